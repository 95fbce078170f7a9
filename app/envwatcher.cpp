// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/envwatcher.h"

#include "core/base/worker.h"
#include "core/connect/databasemarks.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/note.h"
#include "ui/main/mainwindow.h"
#include "ui/main/notestack.h"

#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

using Kind = core::AddressChange::Kind;

constexpr auto goneId = "folder"_L1;

QString noteId(const QString &database)
{
    return u"env:"_s + database;
}

bool areAll(const std::vector<core::AddressChange> &changes, Kind kind)
{
    return std::ranges::all_of(
        changes, [kind](const core::AddressChange &change) { return change.kind == kind; });
}

const core::Database *find(const core::DatabaseSet &set, const QString &name)
{
    const auto found = std::ranges::find(set.databases, name, &core::Database::name);
    return found == set.databases.end() ? nullptr : &*found;
}

} // namespace

EnvWatcher::EnvWatcher(ui::MainWindow &window, QObject *parent)
    : QObject(parent)
    , m_window(window)
{
    connect(&m_watch, &core::FolderWatch::changed, this, &EnvWatcher::take);
    connect(&m_watch, &core::FolderWatch::lost, this, &EnvWatcher::lose);
}

void EnvWatcher::watch(const core::Project &project, const core::DatabaseSet &databases,
                       const std::optional<core::TrustToken> &token, const core::EnvMode &mode)
{
    stop();
    m_project = project;
    m_found = m_used = databases;
    m_token = token;
    m_watch.watch(project, mode);
}

void EnvWatcher::setToken(const std::optional<core::TrustToken> &token)
{
    m_token = token;
    m_used = m_found; // what is trusted now is what the folder says now
    m_refused.clear();
    m_window.notes().takeAll(u"env:"_s);
}

void EnvWatcher::stop()
{
    ++m_serial;
    m_watch.stop();
    m_token.reset();
    m_refused.clear();
    m_project = {};
    m_found = m_used = {};
}

void EnvWatcher::lose(const core::Error &error)
{
    ui::Note *note = m_window.notes().put(
        goneId, ui::Meaning::Warning, error.message,
        tr("%1 Texts and results stay as they are; the folder is looked for until it is back.")
            .arg(ui::isolated(m_project.folder)));
    QObject::connect(note->addButton(tr("Look again")), &QAbstractButton::clicked, this,
                     [this] { m_watch.readAgain(); });
}

void EnvWatcher::take(const core::Project &project)
{
    m_window.notes().take(goneId);
    const int serial = m_serial;
    core::runOnWorker([project = core::Project(project)]() mutable {
        core::DatabaseSet found = core::markedDatabases(project);
        return std::pair(project, std::move(found));
    }).then(this, [this, serial](const std::pair<core::Project, core::DatabaseSet> &read) {
        if (serial == m_serial)
            takeSet(read.first, read.second);
    });
}

bool EnvWatcher::needsConsent(const core::AddressChange &change) const
{
    if (!m_token || !change.after)
        return false; // nothing is connected, or nothing is to be connected to
    const bool covered = m_token->covers(*change.after);
    if (change.kind == core::AddressChange::Kind::Added)
        return !covered;
    return change.isAnotherPlace() || !covered;
}

/// The address of a database is taken as a whole: with one endpoint's consent missing it stays what
/// it was.
void EnvWatcher::takeSet(const core::Project &project, const core::DatabaseSet &found)
{
    const std::vector<core::AddressChange> changes = core::changesBetween(m_used, found);
    m_project = project;
    m_found = found;
    core::DatabaseSet used = found;
    m_window.notes().takeAll(u"env:"_s);
    QMap<QString, std::vector<core::AddressChange>> waiting;
    for (const core::AddressChange &change : changes) {
        if (needsConsent(change))
            waiting[change.database].push_back(change);
    }
    for (const auto &[database, asked] : waiting.asKeyValueRange()) {
        replace(used, m_used, database);
        const bool answered = std::ranges::all_of(asked, [this](const core::AddressChange &one) {
            return m_refused.value({one.database, one.source.key}) == *one.after;
        });
        if (!answered)
            ask(asked);
    }
    for (const core::AddressChange &change : changes) {
        if (!waiting.contains(change.database))
            say(change);
    }
    m_used = used;
    emit changed(m_project, m_found, m_used);
}

/// Puts a database as `with` has it into the set; takes it out where that has none.
void EnvWatcher::replace(core::DatabaseSet &set, const core::DatabaseSet &with,
                         const QString &database)
{
    const core::Database *wanted = find(with, database);
    const auto place = std::ranges::find(set.databases, database, &core::Database::name);
    if (place == set.databases.end()) {
        if (wanted)
            set.databases.push_back(*wanted);
    } else if (wanted) {
        *place = *wanted;
    } else {
        set.databases.erase(place);
    }
}

/// What became of the addresses of one database.
QString EnvWatcher::sentenceOf(const std::vector<core::AddressChange> &changes)
{
    QStringList names;
    QStringList sentences;
    for (const core::AddressChange &change : changes) {
        const QString place = ui::isolated(change.source.text());
        names << tr("%1 in %2").arg(ui::isolated(change.source.key), place);
        sentences << tr("The address in %1 has %2.").arg(place, ui::isolated(change.text));
    }
    if (areAll(changes, Kind::Added))
        return tr("Not agreed to yet: %1").arg(names.join(u", "_s));
    if (areAll(changes, Kind::Parameters))
        return sentences.join(u' ');
    return tr("Another place is named by %1.").arg(names.join(u", "_s));
}

/// One note a database, whichever of its addresses changed.
void EnvWatcher::ask(const std::vector<core::AddressChange> &changes)
{
    QStringList texts;
    for (const core::AddressChange &change : changes) {
        if (!texts.contains(change.text))
            texts << change.text;
    }
    const bool isNew = areAll(changes, Kind::Added);
    const QString rest = isNew ? tr("Nothing has contacted it.")
                               : tr("Open sessions stay where they are; nothing has contacted the "
                                    "new address.");
    const QString database = changes.front().database;
    ui::Note *note = m_window.notes().put(
        noteId(database), ui::Meaning::Warning, sentenceOf(changes),
        areAll(changes, Kind::Parameters)
            ? tr("Open sessions stay as they are; nothing has connected with the new ones.")
            : texts.join(u"; "_s) + u". "_s + rest);
    note->setIconName(u"swap"_s);
    ui::Button *stays = note->addButton(isNew ? tr("Leave it alone") : tr("Stay on the old one"));
    stays->setObjectName(u"notes.stay"_s);
    ui::Button *uses = note->addButton(tr("Use the new address"));
    uses->setObjectName(u"notes.use"_s);
    connect(stays, &QAbstractButton::clicked, this, [this, changes] { stay(changes); });
    connect(uses, &QAbstractButton::clicked, this, [this, database] { use(database); });
}

void EnvWatcher::say(const core::AddressChange &change)
{
    const QString key = ui::isolated(change.source.key);
    const QString place = ui::isolated(change.source.text());
    m_window.showMessage(ui::Meaning::Info,
                         change.kind == core::AddressChange::Kind::Removed
                             ? tr("%1 is not set any more.").arg(key)
                             : tr("%1 changed in %2 and was taken over.").arg(key, place),
                         change.text);
}

void EnvWatcher::stay(const std::vector<core::AddressChange> &changes)
{
    for (const core::AddressChange &change : changes)
        m_refused.insert({change.database, change.source.key}, *change.after);
    m_window.notes().take(noteId(changes.front().database));
}

/// What is agreed to: the folder as it reads, without the other addresses that wait for an answer.
core::Project EnvWatcher::agreedProject(const QString &database) const
{
    core::Project project = m_project;
    const std::vector<core::AddressChange> changes = core::changesBetween(m_used, m_found);
    for (const core::AddressChange &change : changes) {
        if (change.database == database || !needsConsent(change))
            continue;
        std::erase_if(project.values, [&change](const core::UrlValue &value) {
            return value.source == change.source;
        });
    }
    return project;
}

void EnvWatcher::use(const QString &database)
{
    core::runOnWorker([project = agreedProject(database)] {
        return core::TrustStore().grant(project);
    }).then(this, [this, database, serial = m_serial](const core::Result<core::TrustToken> &token) {
        if (serial != m_serial)
            return;
        if (!token)
            return m_window.showMessage(ui::Meaning::Danger, token.error().message,
                                        token.error().place);
        m_token = *token;
        m_window.notes().take(noteId(database));
        replace(m_used, m_found, database);
        m_window.showMessage(ui::Meaning::Info,
                             tr("%1 uses its new address.").arg(ui::isolated(database)));
        emit agreed(*token, m_used);
    });
}

} // namespace app

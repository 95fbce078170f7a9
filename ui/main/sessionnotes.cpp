// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/sessionnotes.h"

#include "core/base/worker.h"
#include "core/project/trust.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/note.h"
#include "ui/main/notestack.h"

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString lostId(const core::OpenDatabase &database)
{
    return u"lost:"_s + database.name();
}

QString unknownId(const core::UnknownCommit &commit)
{
    return u"unknown:"_s + commit.id;
}

/// The server that a database leads to, as a question remembers it.
QString serverOf(const core::OpenDatabase &database)
{
    const core::Endpoint &endpoint = database.database().any();
    return core::TrustTarget::of(endpoint.info).text() + u'/' + endpoint.info.database();
}

} // namespace

SessionNotes::SessionNotes(NoteStack &notes, QObject *parent)
    : QObject(parent)
    , m_notes(notes)
{
}

void SessionNotes::setProject(const QString &folder)
{
    m_folder = folder;
    m_databases.clear();
    const int project = ++m_project;
    if (folder.isEmpty())
        return;
    core::runOnWorker([folder] {
        return core::UnknownCommits(folder).read();
    }).then(this, [this, project](const core::Result<QList<core::UnknownCommit>> &kept) {
        if (project != m_project)
            return;
        if (!kept) {
            emit announced(Meaning::Warning, kept.error().message, kept.error().place);
            return;
        }
        for (const core::UnknownCommit &commit : *kept)
            show(commit);
    });
}

void SessionNotes::setDatabases(const std::vector<core::OpenDatabase *> &databases)
{
    m_databases.clear();
    for (core::OpenDatabase *database : databases)
        m_databases << database;
}

void SessionNotes::showLost(core::OpenDatabase &database, const core::HeldState &state,
                            const core::Error &error)
{
    if (state.isEmpty())
        return;
    const QString time = QLocale().toString(QTime::currentTime(), u"HH:mm"_s);
    Note *note = m_notes.put(
        lostId(database), Meaning::Warning,
        tr("Connection to %1 lost at %2: %3").arg(isolated(database.name()), time, error.message),
        tr("Lost with it: %1. Text, rows and your place are kept.")
            .arg(core::heldWords(state).join(u", "_s)));
    note->setIconName(u"disconnected"_s);
    Button *again = note->addButton(tr("Connect again"));
    again->setObjectName(u"notes.connectAgain"_s);
    connect(again, &QAbstractButton::clicked, this,
            [this, id = lostId(database), database = QPointer(&database)] {
                m_notes.take(id);
                if (!database)
                    return;
                if (const auto session =
                        database->connections().session(core::Purpose::SessionState))
                    (*session)->open();
            });
}

void SessionNotes::addUnknown(core::OpenDatabase &database, const core::Error &error,
                              const QString &words)
{
    core::UnknownCommit commit;
    commit.database = database.name();
    commit.server = serverOf(database);
    commit.transactionId = error.transactionId;
    commit.words = words;
    commit.time = QDateTime::currentDateTimeUtc();
    core::runOnWorker([folder = m_folder, commit] {
        return core::UnknownCommits(folder).add(commit);
    }).then(this, [this, commit, project = m_project](const core::Result<QString> &kept) mutable {
        if (project != m_project)
            return;
        // Asked all the same where it cannot be kept.
        commit.id = kept.value_or(u"unkept%1"_s.arg(commit.time.toMSecsSinceEpoch()));
        if (!kept)
            emit announced(Meaning::Warning, kept.error().message, kept.error().place);
        show(commit);
    });
}

void SessionNotes::show(const core::UnknownCommit &commit)
{
    const QString second =
        commit.transactionId.isEmpty()
            ? tr("The connection broke while it ran, and the server has no number to ask by. "
                 "Compare the rows. Nothing is repeated by itself.")
            : tr("The connection broke after COMMIT was sent. Transaction %1 is on record at the "
                 "server. Nothing is repeated by itself.")
                  .arg(isolated(QString::fromLatin1(commit.transactionId)));
    Note *note =
        m_notes.put(unknownId(commit), Meaning::Danger,
                    tr("It is unknown whether your commit arrived: %1 in %2, %3.")
                        .arg(isolated(commit.words.left(60)), isolated(commit.database),
                             formatWhen(commit.time.toLocalTime(), QDateTime::currentDateTime())),
                    second);
    note->setIconName(u"unknown"_s);
    if (commit.transactionId.isEmpty()) {
        Button *seen = note->addButton(tr("I have looked"));
        seen->setObjectName(u"notes.seen"_s);
        connect(seen, &QAbstractButton::clicked, this, [this, commit] { forget(commit); });
        return;
    }
    Button *look = note->addButton(tr("Look it up"));
    look->setObjectName(u"notes.lookUp"_s);
    connect(look, &QAbstractButton::clicked, this, [this, commit] { lookUp(commit); });
}

core::OpenDatabase *SessionNotes::databaseOf(const core::UnknownCommit &commit) const
{
    for (const QPointer<core::OpenDatabase> &database : m_databases) {
        if (database && database->name() == commit.database && serverOf(*database) == commit.server)
            return database;
    }
    return nullptr;
}

void SessionNotes::lookUp(const core::UnknownCommit &commit)
{
    core::OpenDatabase *database = databaseOf(commit);
    const auto session = database ? database->connections().session(core::Purpose::Catalog)
                                  : core::Result<core::SessionThread *>(nullptr);
    if (!session || !*session) {
        emit announced(
            Meaning::Warning,
            tr("The server of this commit is not open: %1.").arg(isolated(commit.server)),
            session ? tr("Trust the folder, or open the project that names it.")
                    : session.error().message);
        return;
    }
    if (Note *note = m_notes.note(unknownId(commit)))
        note->setSecond(tr("Asking the server…"));
    core::lookUpCommit(**session, commit.transactionId)
        .then(this,
              [this, commit, project = m_project](const core::Result<core::CommitFate> &fate) {
                  if (project != m_project)
                      return;
                  if (fate)
                      return answer(commit, *fate);
                  show(commit);
                  if (Note *note = m_notes.note(unknownId(commit)))
                      note->setSecond(fate.error().text());
              });
}

void SessionNotes::answer(const core::UnknownCommit &commit, const core::CommitFate &fate)
{
    using State = core::CommitFate::State;
    const QString text = core::commitFateText(fate);
    if (fate.state == State::InProgress) {
        show(commit);
        if (Note *note = m_notes.note(unknownId(commit)))
            note->setSecond(text);
        return;
    }
    const bool known = fate.state == State::Committed || fate.state == State::RolledBack;
    Note *note =
        m_notes.put(unknownId(commit), known ? Meaning::Ok : Meaning::Warning, text,
                    tr("%1 in %2, %3.")
                        .arg(isolated(commit.words.left(60)), isolated(commit.database),
                             formatWhen(commit.time.toLocalTime(), QDateTime::currentDateTime())));
    note->setIconName(fate.state == State::Committed    ? u"ok"_s
                      : fate.state == State::RolledBack ? u"undo"_s
                                                        : u"unknown"_s);
    Button *dismiss = note->addLink(tr("Dismiss"));
    dismiss->setObjectName(u"notes.dismiss"_s);
    connect(dismiss, &QAbstractButton::clicked, this, [this, commit] { forget(commit); });
    emit announced(known ? Meaning::Ok : Meaning::Warning, text, commit.words);
}

void SessionNotes::forget(const core::UnknownCommit &commit)
{
    m_notes.take(unknownId(commit));
    core::runOnWorker([folder = m_folder, id = commit.id] {
        return core::UnknownCommits(folder).remove(id);
    }).then(this, [this](const core::Result<> &removed) {
        if (!removed)
            emit announced(Meaning::Warning, removed.error().message, removed.error().place);
    });
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
// The folder changes while it is open: what is taken over, and how.
#include "app/application.h"

#include "app/savedconnections.h"
#include "core/base/worker.h"
#include "core/connect/databasemarks.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/note.h"
#include "ui/main/notestack.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

bool isSamePlace(const std::optional<core::Endpoint> &one,
                 const std::optional<core::Endpoint> &other)
{
    if (!one || !other)
        return one.has_value() == other.has_value();
    return one->info.host() == other->info.host() && one->info.port() == other->info.port()
           && one->info.user() == other->info.user()
           && one->info.database() == other->info.database();
}

bool isSamePlace(const core::Database &one, const core::Database &other)
{
    return isSamePlace(one.pooled, other.pooled) && isSamePlace(one.direct, other.direct);
}

QString waitingId(const QString &database)
{
    return u"waiting:"_s + database;
}

} // namespace

/// Read again, the folder has one address more, which trust is asked for.
void Application::confirmDirect(const QString &name)
{
    const auto database = std::ranges::find(m_databases.databases, name, &core::Database::name);
    if (database == m_databases.databases.end())
        return;
    core::runOnWorker([project = m_project, database = *database] {
        return core::DatabaseMarks().confirmDirect(project, database);
    }).then(this, [this, opening = m_opening](const core::Result<> &confirmed) {
        if (opening != m_opening)
            return;
        if (!confirmed)
            return m_window->showMessage(ui::Meaning::Danger, confirmed.error().message,
                                         confirmed.error().place);
        reload();
    });
}

/// The folder's files changed while it is open.
void Application::followFolder()
{
    connect(m_env.get(), &EnvWatcher::changed, this,
            [this](const core::Project &project, const core::DatabaseSet &found,
                   const core::DatabaseSet &used) {
                m_project = project;
                setDatabases(found);
                useDatabases(used, false);
            });
    connect(m_env.get(), &EnvWatcher::agreed, this,
            [this](const core::TrustToken &token, const core::DatabaseSet &used) {
                m_question.token = token;
                m_question.state = core::TrustQuestion::State::Trusted;
                useDatabases(used, true);
            });
}

/// What would cost somebody's open work waits for a yes; the rest is used at once.
void Application::useDatabases(const core::DatabaseSet &used, bool isAgreed)
{
    QStringList waiting;
    if (m_question.token) {
        core::DatabaseSet now = used;
        for (core::Database &database : now.databases) {
            const auto before =
                std::ranges::find(m_used.databases, database.name, &core::Database::name);
            if (before != m_used.databases.end() && *before == database) {
                stopWaiting(database.name);
            } else if (mustWait(database)) {
                m_waiting.insert(database.name, database);
                waiting << database.name;
                database = *before;
            } else {
                stopWaiting(database.name);
                useDatabase(database, *m_question.token);
            }
        }
        m_used = now;
    }
    m_window->updateProject(assemble());
    for (const QString &name : std::as_const(waiting))
        isAgreed ? useWaiting(name) : offerWaiting(name);
}

std::vector<std::unique_ptr<core::OpenDatabase>>::iterator
Application::openNamed(const QString &name)
{
    return std::ranges::find_if(m_open, [&name](const auto &one) { return one->name() == name; });
}

/// It is another place, and something is going on at the old one.
bool Application::mustWait(const core::Database &database)
{
    const auto open = openNamed(database.name);
    const auto before = std::ranges::find(m_used.databases, database.name, &core::Database::name);
    return open != m_open.end() && before != m_used.databases.end()
           && !isSamePlace(*before, database) && m_window->hasWork(**open);
}

void Application::offerWaiting(const QString &name)
{
    ui::Note *note = m_window->notes().put(
        waitingId(name), ui::Meaning::Warning,
        tr("%1 has another address now.").arg(ui::isolated(name)),
        tr("The old one is used on, because something runs there or a transaction is open."));
    note->setIconName(u"swap"_s);
    ui::Button *uses = note->addButton(tr("Use the new address"));
    uses->setObjectName(u"notes.useWaiting"_s);
    connect(uses, &QAbstractButton::clicked, this, [this, name] { useWaiting(name); });
}

/// Once jobs and transactions have come to an end that a person chose.
void Application::useWaiting(const QString &name)
{
    offerWaiting(name); // it stays where the questions that follow are answered with no
    m_window->whenIdle([this, name] {
        if (!m_waiting.contains(name) || !m_question.token)
            return;
        const core::Database database = m_waiting.take(name);
        stopWaiting(name);
        useDatabase(database, *m_question.token);
        const auto used = std::ranges::find(m_used.databases, name, &core::Database::name);
        if (used != m_used.databases.end())
            *used = database;
        m_window->updateProject(assemble());
    });
}

void Application::stopWaiting(const QString &name)
{
    m_waiting.remove(name);
    m_window->notes().take(waitingId(name));
}

/// The same place keeps its tabs and sessions; another one is another database with the old name.
void Application::useDatabase(const core::Database &database, const core::TrustToken &token)
{
    const auto open = openNamed(database.name);
    const auto before = std::ranges::find(m_used.databases, database.name, &core::Database::name);
    core::Result<> done;
    if (open != m_open.end() && before != m_used.databases.end()
        && isSamePlace(*before, database)) {
        done = (*open)->adopt(database, token);
    } else if (auto opened = core::OpenDatabase::create(database, token); !opened) {
        done = std::unexpected(opened.error());
    } else if (open == m_open.end()) {
        m_open.push_back(std::move(*opened));
    } else {
        m_window->leaveDatabase(**open);
        *open = std::move(*opened);
    }
    if (!done)
        m_window->showMessage(ui::Meaning::Warning, done.error().message, done.error().place);
}

} // namespace app

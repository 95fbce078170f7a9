// SPDX-License-Identifier: GPL-3.0-or-later
// The folder changes while it is open: what is taken over, and how.
#include "app/application.h"

#include "app/savedconnections.h"
#include "core/base/worker.h"
#include "core/connect/databasemarks.h"

#include <algorithm>

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
                useDatabases(used);
            });
    connect(m_env.get(), &EnvWatcher::agreed, this,
            [this](const core::TrustToken &token, const core::DatabaseSet &used) {
                m_question.token = token;
                m_question.state = core::TrustQuestion::State::Trusted;
                useDatabases(used);
            });
}

void Application::useDatabases(const core::DatabaseSet &used)
{
    if (m_question.token) {
        for (const core::Database &database : used.databases) {
            if (std::ranges::find(m_used.databases, database) == m_used.databases.end())
                useDatabase(database, *m_question.token);
        }
        m_used = used;
    }
    m_window->updateProject(assemble());
}

/// The same place keeps its tabs and sessions; another one is another database with the old name.
void Application::useDatabase(const core::Database &database, const core::TrustToken &token)
{
    const auto open = std::ranges::find_if(
        m_open, [&database](const auto &one) { return one->name() == database.name; });
    const auto before = std::ranges::find(m_used.databases, database.name, &core::Database::name);
    core::Result<> done;
    if (open != m_open.end() && before != m_used.databases.end()
        && isSamePlace(before->pooled, database.pooled)
        && isSamePlace(before->direct, database.direct)) {
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

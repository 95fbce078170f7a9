// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

#include "app/cli/secrets.h"
#include "core/connect/databasemarks.h"
#include "core/connect/savedway.h"

#include <QCoreApplication>
#include <QDir>

using namespace Qt::StringLiterals;

namespace cli {

Command::Command(Arguments arguments)
    : m_arguments(std::move(arguments))
{
}

void Command::interrupt()
{
    done(Interrupted);
}

void Command::fail(const core::Error &error)
{
    if (m_ended)
        return;
    if (error.kind != core::ErrorKind::Cancelled)
        printError(error, wantsJson());
    done(exitCodeFor(error));
}

void Command::done(int exitCode)
{
    if (std::exchange(m_ended, true))
        return;
    if (const auto written = outputResult(); exitCode == Done && !written) {
        printError(written.error(), wantsJson());
        exitCode = exitCodeFor(written.error());
    }
    emit finished(exitCode);
}

void ProjectCommand::start()
{
    const auto mode =
        core::EnvMode::ofThisProcess(arguments().value(u"mode"_s).value_or(u"development"_s),
                                     arguments().value(u"env"_s) == u"process"_s);
    const QString folder = arguments().value(u"project"_s).value_or(QDir::currentPath());
    auto project = core::readProject(folder, mode);
    if (!project)
        return fail(project.error());
    m_project = std::move(*project);
    m_databases = core::markedDatabases(m_project);
    if (const auto content = core::SavedConnectionStore().read()) {
        m_saved = content->connections;
        for (const core::Error &problem : content->problems)
            say(errorText(problem));
        core::addSavedDatabases(m_databases, m_saved, m_project.folder,
                                m_saved.empty() ? nullptr : &secrets().keeper());
    }
    run();
}

ProjectCommand::ProjectCommand(Arguments arguments)
    : Command(std::move(arguments))
{
}

ProjectCommand::~ProjectCommand() = default;

Secrets &ProjectCommand::secrets()
{
    if (!m_secrets)
        m_secrets = std::make_unique<Secrets>();
    return *m_secrets;
}

QString ProjectCommand::trustCommand() const
{
    const bool isHere = QDir::current() == QDir(m_project.folder);
    return u"sluicectl --project %1 trust"_s.arg(isHere ? u"."_s : shellWord(m_project.folder));
}

/// A connection that a person entered needs no trust in the folder that they happen to stand in.
void DatabaseCommand::runOnSaved(const core::SavedConnection &connection)
{
    if (const auto file = arguments().value(u"password-file"_s)) {
        const auto secret = readSecretFile(*file);
        if (!secret)
            return fail(secret.error());
        secrets().keeper().remember(connection.id, *secret);
    }
    const auto database = core::openableDatabase(connection, &secrets().keeper());
    if (!database)
        return fail(database.error());
    const auto token = core::SavedConnectionStore::token(connection);
    if (!token)
        return fail(token.error());
    openAndRun(*database, *token);
}

void DatabaseCommand::openAndRun(const core::Database &database, const core::TrustToken &token)
{
    auto connections = core::ConnectionSet::create(database, token);
    if (!connections)
        return fail(connections.error());
    m_connections = std::move(*connections);
    m_token = token;
    runOn(*m_connections);
}

void DatabaseCommand::run()
{
    const QString wanted = arguments().value(u"database"_s).value_or(QString());
    const auto found = core::findDatabase(databases(), wanted);
    const QString savedId = found ? found->any().source.savedId : QString();
    for (const core::SavedConnection &connection : saved()) {
        const bool byName = !found && !wanted.isEmpty() && connection.name == wanted;
        if (byName || (!savedId.isEmpty() && connection.id == savedId))
            return runOnSaved(connection);
    }
    const auto question = core::TrustStore().question(project());
    if (!question)
        return fail(question.error());
    if (!question->token) {
        core::Error error;
        error.kind = core::ErrorKind::Consent;
        error.id = "trust.needed";
        error.message = question->state == core::TrustQuestion::State::Changed
                            ? tr("This folder's addresses have changed since it was trusted.")
                            : tr("This folder is not trusted, so nothing was connected to.");
        error.place = project().folder;
        error.advice = tr("Look at what it names and trust it: %1").arg(trustCommand());
        return fail(error);
    }
    if (!found)
        return fail(found.error());
    openAndRun(*found, *question->token);
}

} // namespace cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/command.h"

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
    m_databases = core::pairDatabases(m_project);
    run();
}

void DatabaseCommand::run()
{
    const auto question = core::TrustStore().question(project());
    if (!question)
        return fail(question.error());
    if (!question->token) {
        const QString command = u"sluicectl --project %1 trust"_s.arg(
            QDir::current() == QDir(project().folder) ? u"."_s : project().folder);
        core::Error error;
        error.kind = core::ErrorKind::Consent;
        error.id = "trust.needed";
        error.message = question->state == core::TrustQuestion::State::Changed
                            ? tr("This folder's addresses have changed since it was trusted.")
                            : tr("This folder is not trusted, so nothing was connected to.");
        error.place = project().folder;
        error.advice = tr("Look at what it names and trust it: %1").arg(command);
        return fail(error);
    }
    const auto database =
        core::findDatabase(databases(), arguments().value(u"database"_s).value_or(QString()));
    if (!database)
        return fail(database.error());
    auto connections = core::ConnectionSet::create(*database, *question->token);
    if (!connections)
        return fail(connections.error());
    m_connections = std::move(*connections);
    runOn(*m_connections);
}

} // namespace cli

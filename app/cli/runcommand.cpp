// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runcommand.h"

#include "app/cli/childprocess.h"
#include "app/cli/writeconsent.h"
#include "app/psqlcall.h"
#include "core/connect/appenvironment.h"
#include "core/session/connectionway.h"

#include <QRegularExpression>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

bool isVariableName(const QString &name)
{
    static const QRegularExpression valid(uR"(\A[A-Za-z_][A-Za-z0-9_]*\z)"_s);
    return valid.match(name).hasMatch();
}

/// How the command line allows it.
core::Error withAdvice(core::Error error)
{
    if (error.id == "shell.pooledWrites") {
        error.advice = ShellCommand::tr("Allow it to write with --write, or leave --pooled out.");
    } else if (error.id == "shell.notReadOnly") {
        error.advice = ShellCommand::tr("Allow it to write with --write, or name the server's own "
                                        "address in DIRECT_URL.");
    }
    return error;
}

} // namespace

void RunCommand::runOn(core::ConnectionSet &connections)
{
    m_database = connections.database();
    for (const auto &endpoint : {m_database.pooled, m_database.direct}) {
        if (endpoint && endpoint->ssh) {
            return fail({.kind = core::ErrorKind::Usage,
                         .id = "run.tunnel"_ba,
                         .message = tr("“%1” is reached through ssh, and a command's address "
                                       "cannot be.")
                                        .arg(m_database.name),
                         .place = endpoint->source.text(),
                         .advice = tr("Keep a tunnel of your own open, and name its end.")});
        }
    }
    openWays();
}

/// A password may be kept in the keychain: it is fetched now.
void RunCommand::openWays()
{
    for (std::optional<core::Endpoint> *endpoint : {&m_database.pooled, &m_database.direct}) {
        if (!*endpoint || !(*endpoint)->way)
            continue;
        (*endpoint)->way->open().then(
            this, [this, endpoint](const core::Result<core::ConnKeywords> &keywords) {
                if (!keywords)
                    return fail(keywords.error());
                if (const auto found = keywords->find("password"_ba); found != keywords->end())
                    (*endpoint)->info.keywords[found->first] = found->second;
                (*endpoint)->way.reset();
                openWays();
            });
        return;
    }
    becomeCommand();
}

void RunCommand::becomeCommand()
{
    const QString pooledAs = arguments().value(u"pooled-as"_s).value_or(u"DATABASE_URL"_s);
    if (!isVariableName(pooledAs) || pooledAs == "DIRECT_URL"_L1)
        return fail(usageError(tr("“%1” cannot be the variable's name.").arg(pooledAs)));
    for (const auto &[name, value] : core::appEnvironment(m_database, pooledAs, project())) {
        if (value)
            qputenv(qPrintable(name), value->toUtf8());
        else
            qunsetenv(qPrintable(name));
    }
    // Comes back only where the command could not be started.
    const ExecFailure failure = becomeProgram(arguments().operands);
    say(u"sluicectl: %1: %2\n"_s.arg(arguments().operands.first(), failure.reason));
    done(failure.exitCode);
}

core::Result<core::Endpoint> ShellCommand::endpointOf(const core::Database &database) const
{
    if (arguments().has(u"pooled"_s)) {
        if (database.pooled)
            return *database.pooled;
        return std::unexpected(usageError(tr("“%1” has no pooled endpoint.").arg(database.name),
                                          tr("Leave --pooled out.")));
    }
    if (database.direct)
        return *database.direct;
    const auto route = core::route(database, core::Purpose::Listen);
    if (route)
        return route->endpoint; // a pooler that keeps a session's state
    core::Error error = route.error();
    error.message = tr("psql keeps state in its session, so it needs the direct endpoint.");
    error.advice =
        (error.advice + u' ' + tr("To go through the pooler all the same: --pooled --write."))
            .trimmed();
    return std::unexpected(std::move(error));
}

void ShellCommand::runOn(core::ConnectionSet &connections)
{
    const core::Database &database = connections.database();
    const auto endpoint = endpointOf(database);
    if (!endpoint)
        return fail(endpoint.error());
    const auto psql = app::findPsql();
    if (!psql)
        return fail(psql.error());
    std::optional<core::WritePermit> permit;
    if (arguments().has(u"write"_s)) {
        const auto allowed = allowWriting(m_writing, database, arguments());
        if (!allowed)
            return fail(allowed.error());
        permit = *allowed;
    }
    if (outputIsTerminal()) {
        say(tr("%1 at %2, %3, %4")
                .arg(database.name, endpoint->info.host(), core::roleName(endpoint->role).toLower(),
                     permit ? tr("writing") : tr("read-only by default"))
            + u'\n');
    }
    // A tunnel lives in this process, which stays until psql has ended.
    app::preparePsql(*endpoint, permit)
        .then(this, [this, psql = *psql](const core::Result<std::shared_ptr<app::PsqlCall>> &call) {
            if (!call)
                return fail(withAdvice(call.error()));
            runPsql(psql, **call);
        });
}

void ShellCommand::runPsql(const QString &psql, app::PsqlCall &call)
{
    const ChildEnd end = runChild(QStringList(psql) + arguments().operands, call.environment);
    call.passFile.reset();
    if (!end.failure.isEmpty())
        say(u"sluicectl: %1: %2\n"_s.arg(psql, end.failure));
    done(end.exitCode);
}

} // namespace cli

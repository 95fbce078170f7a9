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

core::Result<> ShellCommand::mayWrite(const core::Database &database, bool holdsReadOnly) const
{
    if (!arguments().has(u"write"_s)) {
        if (holdsReadOnly)
            return {};
        return core::failure(core::ErrorKind::Consent, "shell.pooledWrites"_ba,
                             tr("Nothing can hold psql read-only through a pooler."),
                             database.any().source.text(),
                             tr("Allow it to write with --write, or leave --pooled out."));
    }
    core::WriteSwitch writing;
    return allowWriting(writing, database, arguments()).transform([](const auto &) {});
}

void ShellCommand::runOn(core::ConnectionSet &connections)
{
    const core::Database &database = connections.database();
    const auto endpoint = endpointOf(database);
    if (!endpoint)
        return fail(endpoint.error());
    // Poolers refuse startup options, or drop them without a word.
    const bool takesOptions =
        endpoint->role == core::EndpointRole::Direct && !core::poolEvidence(endpoint->info).pooled;
    if (const auto may = mayWrite(database, takesOptions); !may)
        return fail(may.error());
    if (outputIsTerminal()) {
        say(tr("%1 at %2, %3, %4")
                .arg(database.name, endpoint->info.host(), core::roleName(endpoint->role).toLower(),
                     arguments().has(u"write"_s) ? tr("writing") : tr("read-only by default"))
            + u'\n');
    }
    if (!endpoint->way)
        return openPsql(endpoint->keywords());
    // Its tunnel lives in this process, which stays until psql has ended.
    endpoint->way->open().then(this, [this](const core::Result<core::ConnKeywords> &keywords) {
        if (!keywords)
            return fail(keywords.error());
        openPsql(*keywords);
    });
}

void ShellCommand::openPsql(const core::ConnKeywords &keywords)
{
    const auto psql = app::findPsql();
    if (!psql)
        return fail(psql.error());
    auto call = app::psqlCall(keywords, {.readOnly = !arguments().has(u"write"_s)});
    if (!call)
        return fail(call.error());
    const ChildEnd end = runChild(QStringList(*psql) + arguments().operands, call->environment);
    call->passFile.reset();
    if (!end.failure.isEmpty())
        say(u"sluicectl: %1: %2\n"_s.arg(*psql, end.failure));
    done(end.exitCode);
}

} // namespace cli

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/runcommand.h"

#include "app/cli/childprocess.h"
#include "app/cli/writeconsent.h"
#include "app/psqlcall.h"
#include "core/connect/appenvironment.h"

#include <QRegularExpression>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

core::Error usageError(const QString &message, const QString &advice = {})
{
    return {.kind = core::ErrorKind::Usage,
            .id = "cli.usage"_ba,
            .message = message,
            .place = {},
            .advice = advice};
}

bool isVariableName(const QString &name)
{
    static const QRegularExpression valid(uR"(\A[A-Za-z_][A-Za-z0-9_]*\z)"_s);
    return valid.match(name).hasMatch();
}

} // namespace

void RunCommand::runOn(core::ConnectionSet &connections)
{
    const QString pooledAs = arguments().value(u"pooled-as"_s).value_or(u"DATABASE_URL"_s);
    if (!isVariableName(pooledAs) || pooledAs == "DIRECT_URL"_L1)
        return fail(usageError(tr("“%1” cannot be the variable's name.").arg(pooledAs)));
    for (const auto &[name, value] :
         core::appEnvironment(connections.database(), pooledAs, project())) {
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
    core::Error error = core::route(database, core::Purpose::Listen).error();
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
    const auto psql = app::findPsql();
    if (!psql)
        return fail(psql.error());
    const bool readOnly = !arguments().has(u"write"_s);
    auto call = app::psqlCall(*endpoint, {.readOnly = readOnly});
    if (!call)
        return fail(call.error());
    if (outputIsTerminal()) {
        say(tr("%1 at %2, %3, %4")
                .arg(database.name, endpoint->info.host(), core::roleId(endpoint->role),
                     readOnly ? tr("read-only by default") : tr("writing"))
            + u'\n');
    }
    const ChildEnd end = runChild(QStringList(*psql) + arguments().operands, call->environment);
    call->passFile.reset();
    if (!end.failure.isEmpty())
        say(u"sluicectl: %1: %2\n"_s.arg(*psql, end.failure));
    done(end.exitCode);
}

} // namespace cli

// SPDX-License-Identifier: GPL-3.0-or-later
// What a pooler says itself, and what goes wrong because one stands between.
#include "core/doctor/rules_p.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace core::doctor {

namespace {

/// The direct address, or how to get one.
Fix useDirect(const Failure &failure)
{
    if (failure.database && failure.database->direct && isPooled(failure))
        return {.sentence = Text::tr("Use the direct address for this (%1).")
                                .arg(failure.database->direct->source.text())};
    if (failure.endpoint) {
        if (const std::optional<DerivedDirect> derived = derivedDirect(failure.endpoint->info))
            return {.sentence = Text::tr("Use a direct address for this. It may be this one: %1")
                                    .arg(derived->rule),
                    .text = u"DIRECT_URL="_s + derived->info.url()};
    }
    return {.sentence = Text::tr("Use the direct address of the server for this.")};
}

Fix tellTheClient(const Failure &failure)
{
    const QString sentence =
        Text::tr("Tell the client that a pooler is in between. Prisma: pgbouncer=true in the URL; "
                 "JDBC: prepareThreshold=0; asyncpg and SQLAlchemy: statement_cache_size=0; pgx: "
                 "default_query_exec_mode=exec; Rails: prepared_statements: false.");
    if (failure.endpoint && failure.endpoint->info.pgbouncerHint)
        return {.sentence = sentence, .text = u"pgbouncer=true"_s};
    return parameterFix(sentence, failure, "pgbouncer"_ba, "true"_ba);
}

bool isKnownAs(const Failure &failure, PoolerKind kind)
{
    return failure.pooler && failure.pooler->kind == kind;
}

/// What is set in pgbouncer.ini helps only whose own it is.
bool mayBePgBouncer(const Failure &failure)
{
    return !failure.pooler || failure.pooler->kind == PoolerKind::None
           || isKnownAs(failure, PoolerKind::PgBouncer) || isKnownAs(failure, PoolerKind::Other);
}

/// "PgBouncer in transaction mode", or "A pooler" where it is not known which.
QString poolerOf(const Failure &failure)
{
    return failure.pooler && failure.pooler->kind != PoolerKind::None ? poolerName(*failure.pooler)
                                                                      : Text::tr("A pooler");
}

Fix raisePreparedStatements()
{
    return {.sentence = Text::tr("Or let the pooler keep them: max_prepared_statements, in "
                                 "PgBouncer from 1.21 on. It keeps those of the protocol, not "
                                 "those of SQL's PREPARE."),
            .text = u"max_prepared_statements = 200"_s};
}

std::vector<Fix> preparedFixes(const Failure &failure)
{
    std::vector<Fix> fixes{tellTheClient(failure)};
    if (mayBePgBouncer(failure))
        fixes.push_back(raisePreparedStatements());
    fixes.push_back(useDirect(failure));
    return fixes;
}

QString quotedWord(const Failure &failure)
{
    static const QRegularExpression quoted(uR"(["“«„]([^"”»“]*)["”»“])"_s);
    return failure.error.server ? quoted.match(failure.error.server->message).captured(1)
                                : QString();
}

std::optional<Explanation> preparedMissing(const Failure &failure)
{
    if (!hasState(failure, "26000"))
        return {};
    return Explanation{
        .title = Text::tr("Prepared statement “%1” does not exist").arg(quotedWord(failure)),
        .why = Text::tr("%1 hands each transaction to another server connection. The client "
                        "prepared the statement on one of them and used it on the next.")
                   .arg(poolerOf(failure)),
        .fixes = preparedFixes(failure),
    };
}

std::optional<Explanation> preparedExists(const Failure &failure)
{
    if (!hasState(failure, "42P05"))
        return {};
    return Explanation{
        .title = Text::tr("Prepared statement “%1” exists already").arg(quotedWord(failure)),
        .why = Text::tr("%1 lent the server connection to another client before, which left a "
                        "statement of the same name in it.")
                   .arg(poolerOf(failure)),
        .fixes = preparedFixes(failure),
    };
}

/// "…: search_path", "…: statement_timeout=5" or "… in options: x".
QString parameterOf(const Failure &failure)
{
    const QString &message = failure.error.server->message;
    return message.sliced(message.lastIndexOf(u':') + 1).section(u'=', 0, 0).trimmed();
}

std::optional<Explanation> startupParameter(const Failure &failure)
{
    if (!failure.error.server
        || (!hasId(failure, "connection.startupParameter")
            && !says(failure, "startup parameter"_L1)))
        return {};
    const QString name = parameterOf(failure);
    const bool inOptions = says(failure, "options"_L1);
    return Explanation{
        .title =
            Text::tr("The pooler does not take the parameter “%1” of the connection").arg(name),
        .why = Text::tr("A server connection serves one client after another, so PgBouncer refuses "
                        "settings that are made while connecting, except a few."),
        .fixes = {{.sentence = inOptions ? Text::tr("Take “options” out of the address, or the "
                                                    "setting out of it.")
                                         : Text::tr("Take “%1” out of the address or out of the "
                                                    "client's configuration.")
                                               .arg(name)},
                  {.sentence = Text::tr("Set it for the role instead; it then holds behind the "
                                        "pooler too."),
                   .text = u"ALTER ROLE %1 SET %2 = '…';"_s.arg(sqlName(userOf(failure)), name)},
                  {.sentence = Text::tr("Or let PgBouncer pass over it: accepted, and without "
                                        "effect."),
                   .text =
                       u"ignore_startup_parameters = %1"_s.arg(inOptions ? u"options"_s : name)},
                  useDirect(failure)},
    };
}

std::optional<Explanation> noSuchDatabase(const Failure &failure)
{
    if (!says(failure, "no such database"_L1))
        return {};
    const QString name = databaseOf(failure);
    return Explanation{
        .title = Text::tr("The pooler has no database “%1”").arg(name),
        .why = Text::tr("PgBouncer knows the databases of its own list only. The server behind it "
                        "was not asked."),
        .fixes = {{.sentence = Text::tr("Check the name at the end of the address.")},
                  {.sentence = Text::tr("Or add it to the section [databases] of pgbouncer.ini and "
                                        "reload."),
                   .text = u"%1 = host=… port=5432"_s.arg(name)}},
    };
}

std::optional<Explanation> configError(const Failure &failure)
{
    if (!says(failure, "bouncer config error"_L1))
        return {};
    return Explanation{
        .title = Text::tr("The pooler could not look up the user"),
        .why = Text::tr("PgBouncer asks the database for passwords with its auth_query, and that "
                        "failed. Mostly the function it calls is gone, or its right to call it: "
                        "DROP SCHEMA public CASCADE and restoring a dump take both along."),
        .fixes = {{.sentence = Text::tr("Make the look-up function again, over the direct address, "
                                        "as an administrator; pgbouncer.ini says its name "
                                        "(auth_query, auth_user).")},
                  {.sentence = Text::tr("Give the pooler's role its rights again."),
                   .text = u"GRANT USAGE ON SCHEMA public TO pgbouncer;\n"
                           "GRANT EXECUTE ON FUNCTION public.user_lookup(text) TO pgbouncer;"_s},
                  {.sentence =
                       Text::tr("On a platform: its “repair” or “reset pooler” does this.")},
                  useDirect(failure)},
    };
}

std::optional<Explanation> waitedTooLong(const Failure &failure)
{
    if (!hasId(failure, "connection.poolerBusy") && !says(failure, "query_wait_timeout"_L1))
        return {};
    return Explanation{
        .title = Text::tr("The pool is exhausted"),
        .why = Text::tr("All server connections of this pool were in use for longer than a client "
                        "may wait (query_wait_timeout). Long or forgotten transactions keep them."),
        .fixes = {seeActivity(Text::tr("See who holds them: sessions that are idle in a "
                                       "transaction come first.")),
                  {.sentence = Text::tr("Let them end by themselves next time."),
                   .text = u"ALTER ROLE %1 SET idle_in_transaction_session_timeout = '60s';"_s.arg(
                       sqlName(userOf(failure)))},
                  {.sentence = Text::tr("Raise default_pool_size if the server has connections to "
                                        "spare.")},
                  useDirect(failure)},
    };
}

std::optional<Explanation> tooManyClients(const Failure &failure)
{
    if (!says(failure, "no more connections allowed"_L1))
        return {};
    return Explanation{
        .title = Text::tr("The pooler takes no more clients"),
        .why = Text::tr("max_client_conn of the pooler is reached. The server itself may have "
                        "connections left."),
        .fixes = {{.sentence = Text::tr("Give each process a smaller pool, and look for processes "
                                        "that were never stopped.")},
                  {.sentence = Text::tr("Or raise it; clients cost a pooler little."),
                   .text = u"max_client_conn = 1000"_s},
                  useDirect(failure)},
    };
}

std::optional<Explanation> statementMode(const Failure &failure)
{
    if (!says(failure, "statement pooling mode"_L1) && !hasId(failure, "route.statementPooler"))
        return {};
    return Explanation{
        .title = Text::tr("This pooler allows no transactions"),
        .why = Text::tr("It runs in statement mode: each statement may go to another server "
                        "connection, so BEGIN means nothing. Migrations, most frameworks and this "
                        "program need transactions."),
        .fixes = {{.sentence = Text::tr("Let it run in transaction mode."),
                   .text = u"pool_mode = transaction"_s},
                  useDirect(failure)},
    };
}

std::optional<Explanation> serverGone(const Failure &failure)
{
    const bool login = says(failure, "server login"_L1) || says(failure, "server down"_L1);
    const bool crash = says(failure, "server conn crashed"_L1)
                       || says(failure, "pooler is shutting down"_L1)
                       || says(failure, "server closed the connection"_L1);
    if (!hasState(failure, "08P01") || (!login && !crash))
        return {};
    return Explanation{
        .title = login ? Text::tr("The pooler is there, the server behind it is not")
                       : Text::tr("The server connection behind the pooler ended"),
        .why = login ? Text::tr("PgBouncer cannot log in to the server: %1")
                           .arg(failure.error.server->message)
                     : Text::tr("The server was restarted, ended this session, or crashed. What "
                                "ran was rolled back; nothing of it was kept."),
        .fixes = {{.sentence = login ? Text::tr("Check that the server runs, and that the pooler's "
                                                "list of users has the present passwords.")
                                     : Text::tr("Try again: the pooler makes a new connection.")},
                  {.sentence = Text::tr("See what the direct address says."),
                   .text = u"sluicectl doctor"_s,
                   .action = "database.doctor"_ba}},
    };
}

std::optional<Explanation> transactionTooIdle(const Failure &failure)
{
    if (!hasState(failure, "08P01")
        || (!says(failure, "idle transaction timeout"_L1) && !says(failure, "query timeout"_L1)))
        return {};
    return Explanation{
        .title = Text::tr("The pooler ended the session: %1").arg(failure.error.server->message),
        .why = Text::tr("A limit of the pooler was reached. The transaction was rolled back."),
        .fixes = {{.sentence = Text::tr("Do nothing slow between BEGIN and COMMIT: no calls of "
                                        "other services, no waiting for people.")},
                  useDirect(failure)},
    };
}

std::optional<Explanation> needsDirect(const Failure &failure)
{
    if (!hasId(failure, "route.needsDirect") && !failure.error.id.startsWith("pooled."))
        return {};
    return Explanation{
        .title = failure.error.message,
        .why = Text::tr("%1 may give the server connection to somebody else after each "
                        "transaction. What has to stay in a session would be lost, or reach the "
                        "next client.")
                   .arg(poolerOf(failure)),
        .where = failure.error.place,
        .fixes = {useDirect(failure)},
    };
}

constexpr std::array rules = {
    Rule{"pooler.preparedMissing", preparedMissing},
    Rule{"pooler.preparedExists", preparedExists},
    Rule{"pooler.startupParameter", startupParameter},
    Rule{"pooler.noDatabase", noSuchDatabase},
    Rule{"pooler.configError", configError},
    Rule{"pooler.exhausted", waitedTooLong},
    Rule{"pooler.tooManyClients", tooManyClients},
    Rule{"pooler.statementMode", statementMode},
    Rule{"pooler.serverGone", serverGone},
    Rule{"pooler.limitReached", transactionTooIdle},
    Rule{"pooler.needsDirect", needsDirect},
};

} // namespace

std::span<const Rule> poolerRules()
{
    return rules;
}

} // namespace core::doctor

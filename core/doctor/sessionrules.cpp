// SPDX-License-Identifier: GPL-3.0-or-later
// Limits of time, locks, ends of sessions, and servers that do not write.
#include "core/doctor/rules_p.h"

#include <array>

using namespace Qt::StringLiterals;

namespace core::doctor {

namespace {

std::optional<Explanation> statementTimeout(const Failure &failure)
{
    const bool own = hasId(failure, "statement.timeout");
    if (!own && !(hasState(failure, "57014") && says(failure, "statement timeout"_L1)))
        return {};
    return Explanation{
        .title = Text::tr("The statement took longer than it may"),
        .why = own ? failure.error.message
                   : Text::tr("A statement_timeout of the role, the database or the server ended "
                              "it. Nothing of it was kept."),
        .fixes = {{.sentence = Text::tr("Look at its plan: EXPLAIN shows what reads most.")},
                  seeActivity(Text::tr("See whether it waited for a lock.")),
                  {.sentence = Text::tr("Find out where the limit is set."),
                   .text = u"SELECT setting, source FROM pg_settings WHERE name = "
                           "'statement_timeout';"_s}},
    };
}

std::optional<Explanation> lockTimeout(const Failure &failure)
{
    if (!hasId(failure, "lock.timeout") && !hasState(failure, "55P03"))
        return {};
    return Explanation{
        .title = Text::tr("Somebody else holds the lock"),
        .why = Text::tr("Another transaction has locked the same rows or table, and it did not end "
                        "in the time that was allowed for waiting."),
        .fixes = {seeActivity(Text::tr("See who blocks whom, and how long already.")),
                  {.sentence = Text::tr("Run it again when that transaction has ended.")}},
    };
}

std::optional<Explanation> deadlock(const Failure &failure)
{
    if (!hasState(failure, "40P01") && !hasState(failure, "40001"))
        return {};
    const bool dead = hasState(failure, "40P01");
    return Explanation{
        .title = dead ? Text::tr("Two transactions waited for each other")
                      : Text::tr("Another transaction changed the same rows first"),
        .why = dead ? Text::tr("Each held what the other wanted. The server ended one of them, and "
                               "this was the one.")
                    : Text::tr("In this isolation the server does not let both win; this one was "
                               "rolled back."),
        .fixes = {{.sentence = Text::tr("Run the whole transaction again.")},
                  {.sentence = Text::tr("Let all code touch tables and rows in the same order.")}},
    };
}

std::optional<Explanation> idleTransaction(const Failure &failure)
{
    if (!hasState(failure, "25P03") && !hasState(failure, "25P04"))
        return {};
    return Explanation{
        .title = hasState(failure, "25P03")
                     ? Text::tr("The session was ended because its transaction was idle")
                     : Text::tr("The session was ended because its transaction took too long"),
        .why = Text::tr("An open transaction holds its locks and keeps vacuum from its work, so "
                        "the server has a limit for it. What it had done was rolled back."),
        .fixes = {{.sentence = Text::tr("Commit or roll back before anything slow: calls of other "
                                        "services, or a person's answer.")},
                  {.sentence = Text::tr("Find out where the limit is set."),
                   .text = u"SELECT name, setting, source FROM pg_settings WHERE name IN "
                           "('idle_in_transaction_session_timeout', 'transaction_timeout');"_s}},
    };
}

std::optional<Explanation> idleSession(const Failure &failure)
{
    if (!hasId(failure, "connection.idleClosed"))
        return {};
    return Explanation{
        .title = Text::tr("The server closed the connection because nothing was done in it"),
        .why = Text::tr("idle_session_timeout is set. Nothing is lost but what was kept in the "
                        "session."),
        .fixes = {{.sentence = Text::tr("Go on: a new connection is made.")}},
    };
}

std::optional<Explanation> ended(const Failure &failure)
{
    if (!hasState(failure, "57P01"))
        return {};
    return Explanation{
        .title = Text::tr("The server ended this connection"),
        .why =
            Text::tr("It is being restarted, or somebody ended the session (pg_terminate_backend). "
                     "An open transaction was rolled back."),
        .fixes = {{.sentence = Text::tr("Try again; a new connection is made.")}},
    };
}

std::optional<Explanation> crashed(const Failure &failure)
{
    if (!hasState(failure, "57P02"))
        return {};
    return Explanation{
        .title = Text::tr("The server ended all connections because one of its processes failed"),
        .why = Text::tr("After a crash it throws everybody out and goes through its log. Committed "
                        "work is kept. Running out of memory is the most usual cause."),
        .fixes = {{.sentence = Text::tr("Try again in a moment.")},
                  {.sentence = Text::tr("Look into the server's log for the process that died.")}},
    };
}

std::optional<Explanation> notReady(const Failure &failure)
{
    if (!hasId(failure, "connection.notReady"))
        return {};
    const bool stopping = says(failure, "shutting down"_L1);
    return Explanation{
        .title =
            stopping ? Text::tr("The server is shutting down") : Text::tr("The server is starting"),
        .why = stopping ? Text::tr("It lets nobody in any more.")
                        : Text::tr("It lets nobody in before it has gone through its log; after a "
                                   "crash that may take minutes."),
        .fixes = {{.sentence = Text::tr("Try again in a moment.")}},
    };
}

std::optional<Explanation> closed(const Failure &failure)
{
    if (!hasId(failure, "connection.closed"))
        return {};
    return Explanation{
        .title = Text::tr("The server closed the connection"),
        .why = Text::tr("It ended without a word. A server process that was killed, a pooler or a "
                        "proxy that was restarted, or a network that forgot an idle connection "
                        "look like this."),
        .fixes = {{.sentence = Text::tr("Try again; a new connection is made.")},
                  {.sentence = Text::tr("If it comes back with the same statement, look into the "
                                        "server's log: it may run out of memory there.")}},
    };
}

std::optional<Explanation> readOnly(const Failure &failure)
{
    if (!hasId(failure, "transaction.readOnly") && !hasState(failure, "25006"))
        return {};
    if (says(failure, "during recovery"_L1))
        return Explanation{
            .title = Text::tr("This server is a copy that only reads"),
            .why = Text::tr("It follows another server and takes no changes of its own."),
            .fixes = {{.sentence = Text::tr("Use the address of the primary server.")}},
        };
    if (failure.ownFrame)
        return Explanation{
            .title = Text::tr("Statements run read-only here"),
            .why = Text::tr("Every statement runs in a transaction that the server keeps "
                            "read-only and that is rolled back. This one would have changed "
                            "something."),
            .fixes = {{.sentence = Text::tr("Switch writing on for this database, and run it "
                                            "again.")}},
        };
    return Explanation{
        .title = Text::tr("The transaction is read-only"),
        .why = Text::tr("The session, its role or its database is set to read only. Behind a "
                        "pooler another client may have left that setting in the server "
                        "connection."),
        .fixes = {{.sentence = Text::tr("Find out where it is set."),
                   .text = u"SELECT setting, source FROM pg_settings WHERE name = "
                           "'default_transaction_read_only';"_s},
                  {.sentence = Text::tr("Set it inside of the transaction only: a session's "
                                        "setting reaches others behind a pooler."),
                   .text = u"SET TRANSACTION READ ONLY;"_s}},
    };
}

std::optional<Explanation> diskFull(const Failure &failure)
{
    if (!hasId(failure, "server.diskFull") && !hasState(failure, "53400"))
        return {};
    const bool limit = hasState(failure, "53400");
    return Explanation{
        .title = limit ? Text::tr("The statement needs more room for temporary files than it may")
                       : Text::tr("The server's disk is full"),
        .why = limit ? Text::tr("temp_file_limit ended it. A sort or a join over many rows writes "
                                "such files.")
                     : Text::tr("It could not write. Reading goes on; what was being written was "
                                "rolled back."),
        .fixes = {{.sentence = limit ? Text::tr("Read fewer rows, or let an index give the order.")
                                     : Text::tr("Replication slots that nobody reads keep old "
                                                "log: look for them first."),
                   .text = limit ? QString() : u"sluicectl doctor"_s,
                   .action = limit ? QByteArray() : "database.doctor"_ba}},
    };
}

std::optional<Explanation> outOfMemory(const Failure &failure)
{
    if (!hasId(failure, "server.outOfMemory"))
        return {};
    return Explanation{
        .title = Text::tr("The server ran out of memory"),
        .why = Text::tr("A statement asked for more than there is, or the table of locks is full: "
                        "each table and partition that a transaction touches takes a place in "
                        "it."),
        .fixes = {{.sentence = Text::tr("Touch fewer tables in one transaction, or raise "
                                        "max_locks_per_transaction.")}},
    };
}

constexpr std::array rules = {
    Rule{"session.statementTimeout", statementTimeout},
    Rule{"session.lockTimeout", lockTimeout},
    Rule{"session.deadlock", deadlock},
    Rule{"session.idleTransaction", idleTransaction},
    Rule{"session.idle", idleSession},
    Rule{"session.ended", ended},
    Rule{"session.crashed", crashed},
    Rule{"session.notReady", notReady},
    Rule{"session.closed", closed},
    Rule{"session.readOnly", readOnly},
    Rule{"session.diskFull", diskFull},
    Rule{"session.outOfMemory", outOfMemory},
};

} // namespace

std::span<const Rule> sessionRules()
{
    return rules;
}

} // namespace core::doctor

// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandtable.h"

#include <QtGlobal>

#include <algorithm>
#include <iterator>

namespace cli {

namespace {

constexpr OptionSpec optionTable[] = {
    {"project", "C", "DIR",
     QT_TRANSLATE_NOOP("cli", "the project folder; default: the current one")},
    {"database", "d", "NAME",
     QT_TRANSLATE_NOOP("cli", "which database of the project, or saved connection; default: main")},
    {"mode", nullptr, "NAME", QT_TRANSLATE_NOOP("cli", "mode for env files; default: development")},
    {"env", nullptr, "process",
     QT_TRANSLATE_NOOP("cli", "let this process's variables override files")},
    {"json", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "print JSON; errors too")},
    {"yes", "y", nullptr, QT_TRANSLATE_NOOP("cli", "consent to what would be asked")},
    {"help", "h", nullptr, QT_TRANSLATE_NOOP("cli", "this text, or that of one command")},
    {"version", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "the version")},
    {"reveal", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "print passwords")},
    {"limit", "n", "N", QT_TRANSLATE_NOOP("cli", "how many rows; default: 100")},
    {"at", nullptr, "FRACTION",
     QT_TRANSLATE_NOOP("cli", "where to begin, 0 to 1 of the table; default: 0")},
    {"format", nullptr, "FORMAT",
     QT_TRANSLATE_NOOP("cli",
                       "table, tsv, csv, json or jsonl; default: table on a terminal, else tsv "
                       "(export: csv, never table)")},
    {"file", "f", "FILE",
     QT_TRANSLATE_NOOP("cli", "read the SQL from a file; - is standard input")},
    {"query", nullptr, "SQL", QT_TRANSLATE_NOOP("cli", "export what one SELECT gives")},
    {"output", "o", "FILE",
     QT_TRANSLATE_NOOP("cli", "write to a file, which appears only when it is complete")},
    {"svg", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "draw it, as an SVG file")},
    {"all", nullptr, nullptr,
     QT_TRANSLATE_NOOP("cli", "everything, in an order that loads into an empty database")},
    {"kind", nullptr, "KIND",
     QT_TRANSLATE_NOOP("cli", "which of the objects of that name: table, view, function, type …")},
    {"no-owner", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "leave out who owns what")},
    {"no-privileges", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "leave out GRANT and REVOKE")},
    {"no-comments", nullptr, nullptr,
     QT_TRANSLATE_NOOP("cli", "leave out comments and security labels")},
    {"extension-members", nullptr, nullptr,
     QT_TRANSLATE_NOOP("cli", "write what extensions brought instead of CREATE EXTENSION")},
    {"no-header", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "leave out the line of column names")},
    {"write", nullptr, nullptr,
     QT_TRANSLATE_NOOP("cli", "allow writing; a remote database asks, production too")},
    {"expect-rows", nullptr, "N[,N…]",
     QT_TRANSLATE_NOOP("cli",
                       "with --write: commit only if exactly so many rows change, one number "
                       "for each INSERT, UPDATE, DELETE and MERGE; else roll back")},
    {"confirm", nullptr, "NAME",
     QT_TRANSLATE_NOOP("cli", "the production database's name, instead of being asked for it")},
    {"pool-size", nullptr, "N",
     QT_TRANSLATE_NOOP("cli", "connections a process may open; default: as the address says")},
    {"processes", nullptr, "N", QT_TRANSLATE_NOOP("cli", "processes at the same time; default: 1")},
    {"extras", nullptr, "N",
     QT_TRANSLATE_NOOP("cli", "connections beside them: migrations, jobs, people")},
    {"plan-limit", nullptr, "N",
     QT_TRANSLATE_NOOP("cli", "connections that the platform's plan allows")},
    {"pooler-size", nullptr, "N",
     QT_TRANSLATE_NOOP("cli", "server connections that the pooler opens at most")},
    {"pooled-as", nullptr, "NAME",
     QT_TRANSLATE_NOOP("cli", "variable for the pooled address; default: DATABASE_URL")},
    {"pooled", nullptr, nullptr,
     QT_TRANSLATE_NOOP("cli", "go through the pooler; only with --write")},
    {"derived-direct", nullptr, nullptr,
     QT_TRANSLATE_NOOP("cli", "also confirm the direct address that a pooled one suggests")},
    {"look-up", nullptr, "NUMBER",
     QT_TRANSLATE_NOOP("cli", "what became of a transaction; done only if it was committed")},
    {"revoke", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "take the trust back")},
    {"cancel", nullptr, "PID", QT_TRANSLATE_NOOP("cli", "stop the statement of this session")},
    {"terminate", nullptr, "PID", QT_TRANSLATE_NOOP("cli", "end this session")},
    {"password-file", nullptr, "FILE",
     QT_TRANSLATE_NOOP("cli", "read a saved connection's password from a file; - is standard "
                              "input")},
    {"url", nullptr, "URL",
     QT_TRANSLATE_NOOP("cli", "host, port, database, user and TLS mode from an address without "
                              "a password")},
    {"name", nullptr, "NAME", QT_TRANSLATE_NOOP("cli", "another name for the connection")},
    {"host", nullptr, "HOST[:PORT]", QT_TRANSLATE_NOOP("cli", "the server")},
    {"pooled-twin", nullptr, "HOST[:PORT]",
     QT_TRANSLATE_NOOP("cli", "a pooler before the same database")},
    {"dbname", nullptr, "NAME", QT_TRANSLATE_NOOP("cli", "the server's name of the database")},
    {"user", "U", "NAME", QT_TRANSLATE_NOOP("cli", "who logs in")},
    {"password", nullptr, "PLACE",
     QT_TRANSLATE_NOOP("cli", "where the password is kept: keychain, ask or none")},
    {"ssh", nullptr, "HOST",
     QT_TRANSLATE_NOOP("cli", "go through this host ([USER@]HOST[:PORT]) by your own ssh")},
    {"sslmode", nullptr, "MODE",
     QT_TRANSLATE_NOOP("cli", "disable, prefer, require, verify-ca or verify-full")},
    {"root-cert", nullptr, "FILE",
     QT_TRANSLATE_NOOP("cli", "authorities that may sign the server's certificate")},
    {"client-cert", nullptr, "FILE", QT_TRANSLATE_NOOP("cli", "certificate to log in with")},
    {"client-key", nullptr, "FILE", QT_TRANSLATE_NOOP("cli", "its private key")},
    {"production", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "mark the connection as production")},
    {"system", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "also the server's own schemas")},
};

} // namespace

const std::vector<OptionSpec> &options()
{
    static const std::vector<OptionSpec> table(std::begin(optionTable), std::end(optionTable));
    return table;
}

const std::vector<const char *> &commonOptions()
{
    static const std::vector<const char *> names = {
        "project", "database", "mode", "env", "password-file", "json", "yes", "help", "version"};
    return names;
}

// clang-format off: a table is read by its rows
const std::vector<CommandSpec> &commands()
{
    static const std::vector<CommandSpec> table = {
        {"env", "", 0, 0, {"reveal"},
         QT_TRANSLATE_NOOP("cli", "Lists the folder's databases, their endpoints and where each address stands.")},
        {"trust", "", 0, 0, {"revoke", "derived-direct"},
         QT_TRANSLATE_NOOP("cli", "Shows what trusting the folder allows and, by being run, trusts it.")},
        {"tables", "", 0, 0, {"system", "format", "no-header"},
         QT_TRANSLATE_NOOP("cli", "Lists tables, views and their estimated rows.")},
        {"search", "TEXT", 1, 1, {"system", "limit", "format", "no-header"},
         QT_TRANSLATE_NOOP("cli", "Finds objects and columns by a part of their names; a dot parts schema, table and column.")},
        {"describe", "NAME", 1, 1, {},
         QT_TRANSLATE_NOOP("cli", "Shows columns, keys and indexes of a table.")},
        {"ddl", "NAME|--all", 0, 1, {"all", "kind", "output", "no-owner", "no-privileges", "no-comments", "extension-members"},
         QT_TRANSLATE_NOOP("cli", "Writes the definition of an object with its parts, or of everything in the database.\n"
                                  "A function may be given with its arguments: 'schema.name(integer)'.")},
        {"diagram", "[SCHEMA|TABLE …]", 0, 1000, {"svg", "output"},
         QT_TRANSLATE_NOOP("cli", "Shows what tables reference and what references them, in words or as a drawing.\n"
                                  "A table alone is shown with those that share a foreign key with it.")},
        {"deps", "NAME", 1, 1, {"kind"},
         QT_TRANSLATE_NOOP("cli", "Shows what breaks if a table, function, type, schema … is dropped.")},
        {"rows", "NAME", 1, 1, {"limit", "at", "format", "no-header"},
         QT_TRANSLATE_NOOP("cli", "Prints rows of a table of any size, from any place in it.")},
        {"query", "[SQL]", 0, 1, {"file", "format", "no-header", "write", "expect-rows", "confirm", "look-up"},
         QT_TRANSLATE_NOOP("cli", "Runs SQL in a read-only transaction that is rolled back; with --write it is committed.")},
        {"export", "[NAME]", 0, 1, {"query", "format", "no-header", "output"},
         QT_TRANSLATE_NOOP("cli", "Exports a table or a query as csv, tsv, json or jsonl.")},
        {"run", "[--] COMMAND …", 1, -1, {"pooled-as"},
         QT_TRANSLATE_NOOP("cli", "Runs a command with DATABASE_URL and DIRECT_URL in its environment.\n"
                                  "libpq's own variables (PG…) are taken out of it; PGOPTIONS names the schema where the address does.\nThe exit status is the command's.")},
        {"shell", "[-- PSQL ARGUMENTS]", 0, -1, {"write", "confirm", "pooled"},
         QT_TRANSLATE_NOOP("cli", "Opens psql on the direct endpoint, read-only by default.\nThe exit status is psql's.")},
        {"pool", "", 0, 0, {"pool-size", "processes", "extras", "plan-limit", "pooler-size"},
         QT_TRANSLATE_NOOP("cli", "Tells whether the application's connection pools fit the server.\n"
                                  "Where an option is not given, its number is that of [pool] in sluice.toml.")},
        {"pooler", "", 0, 0, {},
         QT_TRANSLATE_NOOP("cli", "Finds out which pooler answers at each endpoint, and in which mode.")},
        {"mark", "production|not-production|none", 1, 1, {},
         QT_TRANSLATE_NOOP("cli", "Keeps in your own files whether a database is production.")},
        {"doctor", "", 0, 0, {},
         QT_TRANSLATE_NOOP("cli", "Looks the folder and its servers over and says what to mend.")},
        {"activity", "", 0, 0, {"cancel", "terminate", "confirm"},
         QT_TRANSLATE_NOOP("cli", "Shows the server's sessions, who blocks whom and what connections are left.")},
        {"connections", "[list|add NAME|edit NAME|remove NAME|test NAME]", 0, 2,
         {"url", "name", "host", "pooled-twin", "dbname", "user", "password", "ssh", "sslmode", "root-cert", "client-cert", "client-key", "production"},
         QT_TRANSLATE_NOOP("cli", "Keeps connections that stand in no folder, and tries one step by step.\n"
                                  "With --project, one stands beside that folder's databases.")},
        {"local", "create|start|stop|status|urls", 1, 1, {"reveal"},
         QT_TRANSLATE_NOOP("cli", "Makes and runs a private PostgreSQL and PgBouncer for the folder.")},
        {"demo", "prepare", 1, 1, {},
         QT_TRANSLATE_NOOP("cli", "Prepares the demo project and prints its folder.")},
    };
    return table;
}
// clang-format on

const CommandSpec *findCommand(const QString &name)
{
    const auto found = std::ranges::find_if(
        commands(), [&](const CommandSpec &spec) { return name == QLatin1StringView(spec.name); });
    return found == commands().end() ? nullptr : &*found;
}

const OptionSpec *findOption(const QString &name)
{
    const auto found = std::ranges::find_if(options(), [&](const OptionSpec &spec) {
        return name == QLatin1StringView(spec.name)
               || (spec.shortName && name == QLatin1StringView(spec.shortName));
    });
    return found == options().end() ? nullptr : &*found;
}

} // namespace cli

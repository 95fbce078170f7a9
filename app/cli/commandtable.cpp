// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commandtable.h"

#include <QtGlobal>

#include <algorithm>

namespace cli {

const std::vector<OptionSpec> &options()
{
    static const std::vector<OptionSpec> table = {
        {"project", "C", "DIR",
         QT_TRANSLATE_NOOP("cli", "the project folder; default: the current one")},
        {"database", "d", "NAME",
         QT_TRANSLATE_NOOP("cli", "which database of the project; default: main")},
        {"mode", nullptr, "NAME",
         QT_TRANSLATE_NOOP("cli", "mode for env files; default: development")},
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
         QT_TRANSLATE_NOOP(
             "cli", "table, tsv, csv, json or jsonl; default: table on a terminal, else tsv")},
        {"file", "f", "FILE",
         QT_TRANSLATE_NOOP("cli", "read the SQL from a file; - is standard input")},
        {"query", nullptr, "SQL", QT_TRANSLATE_NOOP("cli", "export what one SELECT gives")},
        {"output", "o", "FILE",
         QT_TRANSLATE_NOOP("cli", "write to a file, which appears only when it is complete")},
        {"no-header", nullptr, nullptr,
         QT_TRANSLATE_NOOP("cli", "leave out the line of column names")},
        {"revoke", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "take the trust back")},
        {"system", nullptr, nullptr, QT_TRANSLATE_NOOP("cli", "also the server's own schemas")},
    };
    return table;
}

const std::vector<const char *> &commonOptions()
{
    static const std::vector<const char *> names = {"project", "database", "mode", "env",
                                                    "json",    "yes",      "help", "version"};
    return names;
}

// clang-format off: a table is read by its rows
const std::vector<CommandSpec> &commands()
{
    static const std::vector<CommandSpec> table = {
        {"env", "", 0, 0, {"reveal"},
         QT_TRANSLATE_NOOP("cli", "Lists the folder's databases, their endpoints and where each address stands.")},
        {"trust", "", 0, 0, {"revoke"},
         QT_TRANSLATE_NOOP("cli", "Shows what trusting the folder allows and, by being run, trusts it.")},
        {"tables", "", 0, 0, {"system", "format", "no-header"},
         QT_TRANSLATE_NOOP("cli", "Lists tables, views and their estimated rows.")},
        {"describe", "NAME", 1, 1, {},
         QT_TRANSLATE_NOOP("cli", "Shows columns, keys and indexes of a table.")},
        {"rows", "NAME", 1, 1, {"limit", "at", "format", "no-header"},
         QT_TRANSLATE_NOOP("cli", "Prints rows of a table of any size, from any place in it.")},
        {"query", "[SQL]", 0, 1, {"file", "format", "no-header"},
         QT_TRANSLATE_NOOP("cli", "Runs SQL in a read-only transaction that is rolled back.")},
        {"export", "[NAME]", 0, 1, {"query", "format", "no-header", "output"},
         QT_TRANSLATE_NOOP("cli", "Exports a table or a query as csv, json or jsonl.")},
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

// SPDX-License-Identifier: GPL-3.0-or-later
// The group `catalog`: what tests/bench/catalog measures, and all definitions against pg_dump.
#include "tests/bench/run/child.h"
#include "tests/bench/run/workbench.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

constexpr qint64 rowsATable = 500;
constexpr qint64 fewestTables = 100;
constexpr qint64 mostTables = 20'000;

/// 20,000 where the rows are not fewer than usual.
int tablesFor(const Options &options)
{
    return int(std::clamp(options.rows / rowsATable, fewestTables, mostTables));
}

Command ourDefinitions(const QString &folder)
{
    return {.program = QStringLiteral(SLUICECTL),
            .arguments = {u"--project"_s, folder, u"ddl"_s, u"--all"_s}};
}

Command theirDefinitions(const test::ClusterFacts &facts, const QString &database)
{
    return {.program = test::serverProgram(u"pg_dump"_s),
            .arguments = {u"--schema-only"_s, u"-w"_s, u"-h"_s, u"127.0.0.1"_s, u"-p"_s,
                          QString::number(facts.port), u"-U"_s, QString::fromUtf8(facts.superuser),
                          u"-d"_s, database},
            .environment = {{"PGPASSWORD"_ba, facts.superPassword}, {"PGSSLMODE"_ba, "prefer"_ba}}};
}

core::Result<Figure> definitions(const Workbench &bench, const QString &folder,
                                 const QString &database)
{
    Samples ours, theirs, ratios;
    for (int round = 0; round < bench.options.rounds; ++round) {
        say(u"catalog, definitions, round %1 of %2"_s.arg(round + 1).arg(bench.options.rounds));
        const auto own = runToEnd(ourDefinitions(folder));
        const auto dump = own ? runToEnd(theirDefinitions(bench.server.facts(), database)) : own;
        if (!dump)
            return std::unexpected(dump.error());
        ours.push_back(own->seconds);
        theirs.push_back(dump->seconds);
        ratios.push_back(own->seconds / dump->seconds);
    }
    return Figure{"catalog.definitions",
                  median(ratios),
                  {{u"ratios"_s, toJson(ratios)},
                   {u"seconds"_s, toJson(ours)},
                   {u"pgDumpSeconds"_s, toJson(theirs)}}};
}

/// The median of samples of milliseconds, or the slowest.
Figure timed(const char *name, const QJsonObject &measured, const QString &key,
             bool slowest = false)
{
    const Samples samples = fromJson(measured[key]);
    const double worst = samples.empty() ? 0 : std::ranges::max(samples);
    return {name,
            slowest ? worst : median(samples),
            {{u"milliseconds"_s, toJson(samples)}, {u"slowest"_s, worst}}};
}

Figure number(const char *name, const QJsonObject &measured, const QString &key, double unit = 1)
{
    return {name, measured[key].toDouble() / unit, {{key, measured[key]}}};
}

} // namespace

core::Result<Figures> measureCatalogs(const Workbench &bench)
{
    const auto database = bench.server.prepareCatalog(tablesFor(bench.options));
    if (!database)
        return std::unexpected(database.error());
    const auto project = bench.project(*database);
    if (!project)
        return std::unexpected(project.error());
    // The first reads what the others find in memory.
    const int rounds = 1 + 2 * bench.options.rounds;
    say(u"catalog, %1 loads"_s.arg(rounds));
    const auto measured =
        runForJson({QStringLiteral(BENCH_CATALOG), {*project, QString::number(rounds)}});
    if (!measured)
        return std::unexpected(measured.error());
    const auto ddl = definitions(bench, *project, *database);
    if (!ddl)
        return std::unexpected(ddl.error());
    return Figures{timed("catalog.names", *measured, u"names"_s),
                   timed("catalog.whole", *measured, u"whole"_s),
                   timed("catalog.check", *measured, u"check"_s),
                   timed("catalog.detail", *measured, u"detail"_s),
                   timed("catalog.search", *measured, u"search"_s, true),
                   timed("catalog.filter", *measured, u"filter"_s, true),
                   timed("catalog.changes", *measured, u"diff"_s),
                   timed("catalog.layout", *measured, u"layout"_s),
                   number("catalog.memory", *measured, u"bytes"_s, 1e6),
                   number("catalog.trips", *measured, u"trips"_s),
                   number("catalog.detailTrips", *measured, u"detailTrips"_s),
                   *ddl};
}

} // namespace bench

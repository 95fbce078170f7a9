// SPDX-License-Identifier: GPL-3.0-or-later
// The group `export`: our exports and psql's, in turns, each a process of its own.
#include "tests/bench/run/child.h"
#include "tests/bench/run/workbench.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>

#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

struct Way {
    QString name;
    QString file;
    Command command;
    Samples seconds = {};
    Samples cpu = {};
    Samples resident = {};
};
enum WayIndex : std::size_t { Psql, Csv, JsonLines, WayCount };
using Ways = std::array<Way, WayCount>;

Way psqlWay(const test::ClusterFacts &facts, const QString &database, const QString &file)
{
    const QString copy = u"\\copy events to '%1' with (format csv, header)"_s.arg(
        QString(file).replace(u'\'', u"''"_s));
    Way way{u"psql"_s, file, {}};
    way.command.program = test::serverProgram(u"psql"_s);
    way.command.arguments = {u"-X"_s,
                             u"-q"_s,
                             u"-w"_s,
                             u"-h"_s,
                             u"127.0.0.1"_s,
                             u"-p"_s,
                             QString::number(facts.port),
                             u"-U"_s,
                             QString::fromUtf8(facts.superuser),
                             u"-d"_s,
                             database,
                             u"-c"_s,
                             copy};
    way.command.environment = {{"PGPASSWORD"_ba, facts.superPassword},
                               {"PGSSLMODE"_ba, "prefer"_ba}};
    return way;
}

Way ourWay(const QString &folder, const QString &format, const QString &file)
{
    Way way{format, file, {}};
    way.command.program = QStringLiteral(SLUICECTL);
    way.command.arguments = {u"--project"_s, folder, u"export"_s, u"events"_s,
                             u"--format"_s,  format, u"-o"_s,     file};
    return way;
}

/// What others left to be written must not be waited for by the next.
void writeOut(const QString &folder)
{
    const int descriptor = open(QFile::encodeName(folder).constData(), O_RDONLY | O_CLOEXEC);
    syncfs(descriptor);
    close(descriptor);
}

core::Result<> runOnce(Way &way, const QString &folder)
{
    QFile::remove(way.file);
    writeOut(folder);
    const auto finished = runToEnd(way.command);
    if (!finished)
        return std::unexpected(finished.error());
    way.seconds.push_back(finished->seconds);
    way.cpu.push_back(finished->cpuSeconds);
    way.resident.push_back(finished->residentBytes);
    say(u"  %1 %2 s"_s.arg(way.name, -6).arg(finished->seconds, 0, 'f', 2));
    return {};
}

bool sameBytes(const QString &one, const QString &other)
{
    QFile first(one);
    QFile second(other);
    if (!first.open(QIODevice::ReadOnly) || !second.open(QIODevice::ReadOnly)
        || first.size() != second.size())
        return false;
    constexpr qint64 piece = qint64(1024) * 1024;
    while (!first.atEnd()) {
        if (first.read(piece) != second.read(piece))
            return false;
    }
    return true;
}

Figure ratio(const char *name, const Way &ours, const Way &theirs)
{
    Samples ratios;
    for (std::size_t round = 0; round < ours.seconds.size(); ++round)
        ratios.push_back(ours.seconds[round] / theirs.seconds[round]);
    return {name,
            median(ratios),
            {{u"ratios"_s, toJson(ratios)},
             {u"seconds"_s, toJson(ours.seconds)},
             {u"cpuSeconds"_s, toJson(ours.cpu)},
             {u"psqlSeconds"_s, toJson(theirs.seconds)},
             {u"psqlCpuSeconds"_s, toJson(theirs.cpu)}}};
}

Figure memory(const char *name, const Way &way)
{
    return {name, std::ranges::max(way.resident) / 1e6, {{u"bytes"_s, toJson(way.resident)}}};
}

} // namespace

core::Result<Figures> measureExports(const Workbench &bench)
{
    const auto database = bench.server.prepareEvents(bench.options.rows);
    if (!database)
        return std::unexpected(database.error());
    const auto project = bench.project(*database);
    if (!project)
        return std::unexpected(project.error());
    if (const auto warm = bench.server.warm(*database); !warm)
        return std::unexpected(warm.error());
    const QString folder = bench.options.folder + u"/out"_s;
    QDir().mkpath(folder);
    Ways ways{psqlWay(bench.server.facts(), *database, folder + u"/psql.csv"_s),
              ourWay(*project, u"csv"_s, folder + u"/sluice.csv"_s),
              ourWay(*project, u"jsonl"_s, folder + u"/sluice.jsonl"_s)};
    for (int round = 0; round < bench.options.rounds; ++round) {
        say(u"export, round %1 of %2"_s.arg(round + 1).arg(bench.options.rounds));
        for (std::size_t turn = 0; turn < ways.size(); ++turn) {
            Way &way = ways[(turn + std::size_t(round)) % ways.size()];
            if (const auto ran = runOnce(way, folder); !ran)
                return std::unexpected(ran.error());
        }
    }
    const bool same = sameBytes(ways[Psql].file, ways[Csv].file);
    const double bytes = double(QFile(ways[Csv].file).size());
    QDir(folder).removeRecursively();
    return Figures{ratio("export.csv", ways[Csv], ways[Psql]),
                   ratio("export.jsonLines", ways[JsonLines], ways[Psql]),
                   {"export.csvDiffers", same ? 0.0 : 1.0, {{u"bytes"_s, bytes}}},
                   memory("export.csvMemory", ways[Csv]),
                   memory("export.jsonLinesMemory", ways[JsonLines])};
}

} // namespace bench

// SPDX-License-Identifier: GPL-3.0-or-later
// The group `stream`: what tests/bench/stream measures, a process for each.
#include "tests/bench/run/child.h"
#include "tests/bench/run/workbench.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

/// Rows of a result that stays below the 256 MB which a result may have in memory.
constexpr qint64 fittingRows = 1'000'000;
constexpr int mostPasses = 3;

Command streamCommand(const QStringList &arguments)
{
    return {QStringLiteral(BENCH_STREAM), arguments};
}

core::Result<Figure> firstRow(const QString &project, int rounds)
{
    say(u"stream, first row"_s);
    const auto measured =
        runForJson(streamCommand({u"first"_s, project, QString::number(2 * rounds + 1)}));
    if (!measured)
        return std::unexpected(measured.error());
    return Figure("stream.firstRow", median(fromJson((*measured)[u"milliseconds"_s])), *measured);
}

core::Result<Figure> store(const QString &project, qint64 rows)
{
    say(u"stream, a result that fits"_s);
    const auto measured = runForJson(streamCommand({u"store"_s, project, QString::number(rows)}));
    if (!measured)
        return std::unexpected(measured.error());
    return Figure("stream.store",
                  (*measured)[u"growth"_s].toDouble() / (*measured)[u"payload"_s].toDouble(),
                  *measured);
}

core::Result<Figures> passes(const QString &project, int count)
{
    Samples stalls;
    Samples growths;
    QJsonArray all;
    for (int pass = 0; pass < count; ++pass) {
        say(u"stream, all rows, %1 of %2"_s.arg(pass + 1).arg(count));
        const auto measured = runForJson(streamCommand({u"pass"_s, project}));
        if (!measured)
            return std::unexpected(measured.error());
        stalls.push_back((*measured)[u"longestStall"_s].toDouble());
        growths.push_back((*measured)[u"growth"_s].toDouble());
        all.append(*measured);
    }
    return Figures{{"stream.stall", median(stalls), {{u"passes"_s, all}}},
                   {"stream.spill", std::ranges::max(growths) / 1e6}};
}

} // namespace

core::Result<Figures> measureStreams(const Workbench &bench)
{
    const auto database = bench.server.prepareEvents(bench.options.rows);
    if (!database)
        return std::unexpected(database.error());
    const auto project = bench.project(*database);
    if (!project)
        return std::unexpected(project.error());
    if (const auto warm = bench.server.warm(*database); !warm)
        return std::unexpected(warm.error());
    const auto first = firstRow(*project, bench.options.rounds);
    if (!first)
        return std::unexpected(first.error());
    const auto fitting = store(*project, std::min(fittingRows, bench.options.rows));
    if (!fitting)
        return std::unexpected(fitting.error());
    const auto streamed = passes(*project, std::min(mostPasses, bench.options.rounds));
    if (!streamed)
        return std::unexpected(streamed.error());
    return Figures{*first, streamed->at(0), *fitting, streamed->at(1)};
}

} // namespace bench

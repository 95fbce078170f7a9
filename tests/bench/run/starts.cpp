// SPDX-License-Identifier: GPL-3.0-or-later
// The group `start`: the program `sluice` itself and an empty Qt window, in turns, each watched by
// the library of tests/bench/start, which is loaded before them.
#include "tests/bench/run/child.h"
#include "tests/bench/run/workbench.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

/// What the library has printed: "name number number …" a line.
using Seen = QHash<QByteArray, QList<double>>;

core::Result<Seen> start(const QString &program, const QStringList &arguments,
                         const QByteArray &until)
{
    const Command command{
        program,
        arguments,
        {{"LD_PRELOAD"_ba, QByteArrayLiteral(BENCH_PROBE)}, {"SLUICE_BENCH_UNTIL"_ba, until}},
        std::chrono::seconds(60)};
    const auto finished = runToEnd(command);
    if (!finished)
        return std::unexpected(finished.error());
    Seen seen;
    for (const QByteArray &line : finished->output.split('\n')) {
        QList<QByteArray> words = line.split(' ');
        const QByteArray name = words.takeFirst();
        for (const QByteArray &word : std::as_const(words))
            seen[name] << word.toDouble();
    }
    seen["startedAt"_ba] << double(finished->startedAt);
    if (!seen.contains(until))
        return core::failure(core::ErrorKind::Local, "bench.notSeen"_ba,
                             u"It ended before it was ready."_s, program);
    return seen;
}

double sinceStart(const Seen &seen, const QByteArray &name)
{
    return (seen[name].value(0) - seen["startedAt"_ba].value(0)) / 1e6;
}

Figure ratio(const char *name, const Samples &ours, const Samples &empty)
{
    return {name,
            median(ours) / median(empty),
            {{u"milliseconds"_s, toJson(ours)}, {u"emptyMilliseconds"_s, toJson(empty)}}};
}

} // namespace

core::Result<Figures> measureStarts(const Workbench &bench)
{
    const auto database = bench.server.prepareDemo();
    if (!database)
        return std::unexpected(database.error());
    const auto project = bench.project(*database);
    if (!project)
        return std::unexpected(project.error());
    // The first start leaves the layout that the others restore; its memory is the figure.
    say(u"start, memory"_s);
    const auto opened = start(QStringLiteral(SLUICE), {*project}, "table"_ba);
    if (!opened)
        return std::unexpected(opened.error());

    Samples empty;
    Samples painted;
    Samples restored;
    const int starts = 2 * bench.options.rounds + 1;
    say(u"start, first paint, %1 starts each"_s.arg(starts));
    for (int round = 0; round < starts; ++round) {
        const auto theirs = start(QStringLiteral(BENCH_EMPTY_WINDOW), {}, "painted"_ba);
        if (!theirs)
            return std::unexpected(theirs.error());
        const auto ours = start(QStringLiteral(SLUICE), {*project}, "restored"_ba);
        if (!ours)
            return std::unexpected(ours.error());
        empty.push_back(sinceStart(*theirs, "painted"_ba));
        painted.push_back(sinceStart(*ours, "painted"_ba));
        restored.push_back(sinceStart(*ours, "restored"_ba));
    }
    const QList<double> memory = (*opened)["table"_ba];
    return Figures{
        ratio("start.firstPaint", painted, empty),
        ratio("start.restored", restored, empty),
        {"start.memory", memory.value(0) / 1e6, {{u"proportionalBytes"_s, memory.value(2)}}},
        {"start.memoryAnonymous", memory.value(1) / 1e6}};
}

} // namespace bench

// SPDX-License-Identifier: GPL-3.0-or-later
// The group `window`: what tests/bench/windows measures.
#include "tests/bench/run/child.h"
#include "tests/bench/run/workbench.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

struct TableNames {
    const char *first;
    const char *middle;
    const char *last;
    const char *spread;
    const char *offset;
};

void addTable(Figures &figures, const TableNames &names, const QJsonObject &measured)
{
    std::array<double, 3> medians{};
    const std::array places{std::pair(names.first, u"first"_s),
                            std::pair(names.middle, u"middle"_s), std::pair(names.last, u"last"_s)};
    for (std::size_t at = 0; at < places.size(); ++at) {
        const Samples samples = fromJson(measured[places[at].second]);
        medians[at] = median(samples);
        figures.push_back(
            {places[at].first,
             medians[at],
             {{u"milliseconds"_s, toJson(samples)}, {u"slowest"_s, std::ranges::max(samples)}}});
    }
    const auto [fastest, slowest] = std::ranges::minmax(medians);
    figures.push_back({names.spread, slowest / fastest});
    const double offset = measured[u"offset"_s].toDouble();
    figures.push_back({names.offset, offset / medians[1], {{u"offsetMilliseconds"_s, offset}}});
}

} // namespace

core::Result<Figures> measureWindows(const Workbench &bench)
{
    const auto database = bench.server.prepareEvents(bench.options.rows);
    if (!database)
        return std::unexpected(database.error());
    const auto project = bench.project(*database);
    if (!project)
        return std::unexpected(project.error());
    if (const auto warm = bench.server.warm(*database); !warm)
        return std::unexpected(warm.error());
    const int positions = 3 * bench.options.rounds;
    say(u"window, %1 positions a place"_s.arg(positions));
    const auto measured =
        runForJson({QStringLiteral(BENCH_WINDOWS), {*project, QString::number(positions)}});
    if (!measured)
        return std::unexpected(measured.error());
    Figures figures;
    addTable(figures,
             {"window.keyFirst", "window.keyMiddle", "window.keyLast", "window.keySpread",
              "window.keyOffset"},
             (*measured)[u"events"_s].toObject());
    addTable(figures,
             {"window.heapFirst", "window.heapMiddle", "window.heapLast", "window.heapSpread",
              "window.heapOffset"},
             (*measured)[u"events_heap"_s].toObject());
    return figures;
}

} // namespace bench

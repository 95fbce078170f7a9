// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/run/figure.h"

#include <algorithm>
#include <array>

namespace bench {

namespace {

using Bound = FigureKind::Bound;

// MB are millions of bytes. Times are wall clock; a ratio compares two programs of one run.
constexpr std::array kinds{
    FigureKind{"export.csv", "x", 2, Bound::AtMost, 0.80, "CSV to a file, against psql \\copy csv"},
    FigureKind{"export.jsonLines", "x", 2, Bound::AtMost, 0.85,
               "JSON Lines to a file, against psql \\copy csv"},
    FigureKind{"export.csvDiffers", "files", 0, Bound::AtMost, 0,
               "CSV files whose bytes are not those of \\copy"},
    FigureKind{"export.csvMemory", "MB", 1, Bound::AtMost, 60, "resident at most, CSV"},
    FigureKind{"export.jsonLinesMemory", "MB", 1, Bound::AtMost, 60,
               "resident at most, JSON Lines"},

    FigureKind{"window.keyFirst", "ms", 2, Bound::AtMost, 2.0,
               "500 rows by primary key, at 0 % of the table"},
    FigureKind{"window.keyMiddle", "ms", 2, Bound::AtMost, 2.0, "the same at 50 %"},
    FigureKind{"window.keyLast", "ms", 2, Bound::AtMost, 2.0, "the same at 99 %"},
    FigureKind{"window.keySpread", "x", 2, Bound::AtMost, 1.5, "slowest of the three / fastest"},
    FigureKind{"window.keyOffset", "x", 0, Bound::None, 0,
               "an OFFSET query at 50 %, against our window there"},
    FigureKind{"window.heapFirst", "ms", 2, Bound::AtMost, 2.0,
               "500 rows of a table without key, at 0 %"},
    FigureKind{"window.heapMiddle", "ms", 2, Bound::AtMost, 2.0, "the same at 50 %"},
    FigureKind{"window.heapLast", "ms", 2, Bound::AtMost, 2.0, "the same at 99 %"},
    FigureKind{"window.heapSpread", "x", 2, Bound::AtMost, 1.5, "slowest of the three / fastest"},
    FigureKind{"window.heapOffset", "x", 0, Bound::None, 0,
               "an OFFSET query at 50 %, against our window there"},

    FigureKind{"stream.firstRow", "ms", 1, Bound::AtMost, 20,
               "first row painted, after the server made it"},
    FigureKind{"stream.stall", "ms", 1, Bound::Below, 50,
               "longest stall of the UI thread while all rows stream"},
    FigureKind{"stream.store", "x", 2, Bound::AtMost, 1.3,
               "memory of a result that fits, against its text"},
    FigureKind{"stream.spill", "MB", 0, Bound::AtMost, 333,
               "memory of all rows: 1.3 x the 256 MB that stay, the rest on disk"},

    FigureKind{
        "pool.neighbour", "x", 2, Bound::Below, 3.0,
        "median of another client's query on a pool of one while Sluice acts, against at rest"},
    FigureKind{"pool.neighbourLate", "x", 2, Bound::None, 0,
               "the same of the 95th percentiles: the queries that wait for Sluice"},

    FigureKind{"catalog.names", "ms", 0, Bound::AtMost, 100,
               "20,000 tables: the tree can be used, after connecting"},
    FigureKind{"catalog.whole", "ms", 0, Bound::AtMost, 500,
               "the same: every name and column is there"},
    FigureKind{"catalog.check", "ms", 1, Bound::AtMost, 20,
               "asking whether anything changed, when nothing did"},
    FigureKind{"catalog.detail", "ms", 1, Bound::None, 0, "all that is shown of one table"},
    FigureKind{"catalog.search", "ms", 1, Bound::Below, 50,
               "slowest search over every name of them"},
    FigureKind{"catalog.filter", "ms", 1, Bound::None, 0, "slowest filter of the tree"},
    FigureKind{"catalog.changes", "ms", 0, Bound::None, 0,
               "what changed between two loads, when nothing did"},
    FigureKind{"catalog.layout", "ms", 1, Bound::None, 0, "diagram of 100 tables laid out"},
    FigureKind{"catalog.memory", "MB", 1, Bound::Below, 100, "the catalog in memory"},
    FigureKind{"catalog.trips", "trips", 0, Bound::AtMost, 1,
               "round trips of a load, of 50 ms each"},
    FigureKind{"catalog.detailTrips", "trips", 0, Bound::AtMost, 1,
               "round trips of all that is shown of one table"},
    FigureKind{"catalog.definitions", "x", 2, Bound::AtMost, 1.0,
               "all definitions, against pg_dump --schema-only"},

    FigureKind{"start.firstPaint", "x", 2, Bound::AtMost, 3.0,
               "first paint of the window, against an empty Qt window"},
    FigureKind{"start.restored", "x", 2, Bound::AtMost, 3.0,
               "first paint of the project's docks in it, against the same"},
    FigureKind{"start.memory", "MB", 1, Bound::AtMost, 90,
               "resident with the demo project and a table open"},
    FigureKind{"start.memoryAnonymous", "MB", 1, Bound::None, 0,
               "of that not shared with any file"},
};

} // namespace

QString FigureKind::group() const
{
    return QString::fromLatin1(name).section(u'.', 0, 0);
}

std::span<const FigureKind> figureKinds()
{
    return kinds;
}

Figure::Figure(const char *name, double measured, QJsonObject more)
    : value(measured)
    , details(std::move(more))
{
    const auto found = std::ranges::find(kinds, QLatin1StringView(name), [](const FigureKind &one) {
        return QLatin1StringView(one.name);
    });
    if (found == kinds.end())
        qFatal("there is no figure %s", name);
    kind = &*found;
}

bool Figure::isMet() const
{
    switch (kind->bound) {
    case Bound::None:
        return true;
    case Bound::AtMost:
        return value <= kind->limit;
    case Bound::Below:
        return value < kind->limit;
    }
    Q_UNREACHABLE_RETURN(false);
}

} // namespace bench

// SPDX-License-Identifier: GPL-3.0-or-later
// The group `pool`: what tests/bench/pool measures, on a server and a PgBouncer of its own.
#include "tests/bench/run/child.h"
#include "tests/bench/run/workbench.h"

using namespace Qt::StringLiterals;

namespace bench {

namespace {

constexpr int actionsARound = 100;
constexpr double late = 0.95;

} // namespace

core::Result<Figures> measurePool(const Workbench &bench)
{
    const int actions = actionsARound * bench.options.rounds;
    say(u"pool, %1 actions"_s.arg(actions));
    const auto measured = runForJson({QStringLiteral(BENCH_POOL), {QString::number(actions)}});
    if (!measured)
        return std::unexpected(measured.error());
    const Samples alone = fromJson((*measured)[u"aloneMilliseconds"_s]);
    const Samples beside = fromJson((*measured)[u"besideMilliseconds"_s]);
    return Figures{{"pool.neighbour", median(beside) / median(alone), *measured},
                   {"pool.neighbourLate",
                    percentile(beside, late) / percentile(alone, late),
                    {{u"milliseconds"_s, percentile(beside, late)},
                     {u"aloneMilliseconds"_s, percentile(alone, late)},
                     {u"longestMilliseconds"_s, percentile(beside, 1)}}}};
}

} // namespace bench

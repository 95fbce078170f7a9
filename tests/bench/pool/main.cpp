// SPDX-License-Identifier: GPL-3.0-or-later
// bench_pool ACTIONS: does the actions of tests/soak through a PgBouncer in transaction mode with
// one server connection, and times the query of another client there: before each action, while
// Sluice has sessions and does nothing, and beside the action. Prints
// {"aloneMilliseconds":[…],"besideMilliseconds":[…],"seed":…,"slowest":[…],"became":"…"}. The
// actions are as they are: a statement that takes long lets the other client wait as long as it
// runs.
#include "tests/bench/common/childresult.h"
#include "tests/bench/common/clock.h"
#include "tests/bench/common/statistics.h"
#include "tests/soak/secondclient.h"
#include "tests/soak/soakactions.h"

#include <QCoreApplication>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <functional>
#include <future>
#include <ranges>

using namespace Qt::StringLiterals;

namespace {

/// The same in every run, for runs to be compared.
constexpr quint32 seed = 1;
constexpr int hostileEvery = 10;
constexpr int asksAlone = 2;
/// More would only count that an action waits for itself, as for rows that are not there.
constexpr std::size_t mostAsksBeside = 3;
constexpr int slowestNamed = 10;
constexpr std::chrono::seconds quietLimit{60};

double timeOfOne(test::SecondClient &client)
{
    const qint64 start = bench::nanoseconds();
    client.ask();
    return bench::milliseconds(bench::nanoseconds() - start);
}

/// What an action has cancelled may go on for a moment, and a server that Sluice has given up is
/// replaced at the next query, which is not timed.
bool comeToRest(const test::TestPooler &pooler, test::SecondClient &client)
{
    const auto isQuiet = [&pooler] {
        return pooler.pool("sv_active"_ba) == 0 && pooler.pool("cl_waiting"_ba) == 0;
    };
    if (!QTest::qWaitFor(isQuiet, quietLimit))
        return false;
    client.ask();
    return true;
}

struct Beside {
    QString action;
    bench::Samples times; ///< of one query at least, the first of which starts with the action
};

Beside actBeside(test::SoakActions &sluice, int number, test::SecondClient &client)
{
    std::atomic_bool acting = true;
    // Its own thread, for the action needs this one's event loop.
    auto asking = std::async(std::launch::async, [&acting, &client] {
        bench::Samples times;
        do
            times.push_back(timeOfOne(client));
        while (acting && times.size() < mostAsksBeside);
        return times;
    });
    const QString action = sluice.act(number, hostileEvery);
    acting = false;
    return {action, asking.get()};
}

/// What the other client waited for longest: "35.7 ms: write: …".
QJsonArray slowest(std::vector<Beside> all)
{
    const auto longest = [](const Beside &one) { return std::ranges::max(one.times); };
    std::ranges::sort(all, std::greater(), longest);
    QJsonArray lines;
    for (const Beside &one : all | std::views::take(slowestNamed))
        lines.append(u"%1 ms: %2"_s.arg(longest(one), 0, 'f', 1).arg(one.action));
    return lines;
}

int measure(int actions)
{
    test::TestDatabase database;
    database.exec(test::SoakActions::schema());
    const test::TestPooler pooler(database, {.maxPreparedStatements = 200, .poolSize = 1});
    test::SecondClient client(pooler);
    test::SoakActions sluice(pooler.url(), seed);
    bench::Samples alone;
    bench::Samples beside;
    std::vector<Beside> all;
    for (int number = 1; number <= actions; ++number) {
        if (!comeToRest(pooler, client)) {
            std::fprintf(stderr, "bench_pool: Sluice does not come to rest\n");
            return 1;
        }
        for (int ask = 0; ask < asksAlone; ++ask)
            alone.push_back(timeOfOne(client));
        all.push_back(actBeside(sluice, number, client));
        const auto &[action, times] = all.back();
        if (action.contains("NO ANSWER"_L1)) {
            std::fprintf(stderr, "bench_pool: %s\n", qPrintable(action));
            return 1;
        }
        beside.insert(beside.end(), times.begin(), times.end());
    }
    bench::printResult({{u"aloneMilliseconds"_s, bench::toJson(alone)},
                        {u"besideMilliseconds"_s, bench::toJson(beside)},
                        {u"seed"_s, qint64(seed)},
                        {u"slowest"_s, slowest(std::move(all))},
                        {u"became"_s, sluice.counts()}});
    return 0;
}

} // namespace

int main(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    return arguments.size() == 2 ? measure(arguments[1].toInt()) : 2;
}

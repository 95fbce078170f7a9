// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/budget.h"

#include <QTest>

#include <limits>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

Endpoint endpointAt(const QString &url)
{
    Endpoint endpoint;
    endpoint.info = parseConnInfo(url, ConnOrigin::File).value();
    endpoint.source = {.file = u".env"_s, .line = 3, .key = u"DATABASE_URL"_s};
    return endpoint;
}

PoolPlan planOf(int size, int processes, int extras, int maxConnections = 100)
{
    return {.size = size,
            .processes = processes,
            .extras = extras,
            .sizeSource = u"connection_limit in .env:3"_s,
            .maxConnections = maxConnections,
            .reserved = 3};
}

} // namespace

class TestBudget : public QObject
{
    Q_OBJECT

private slots:
    void hints_data();
    void hints();
    void direct_data();
    void direct();
    void planBeatsServer();
    void unknowns();
    void throughPooler();
    void whatToSet();
    void oddNumbers();
    void realUseAndTimeout();
};

void TestBudget::hints_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<int>("size"); // -1 = none
    QTest::addColumn<QString>("source");
    QTest::addColumn<int>("timeout");
    QTest::newRow("nothing") << u""_s << -1 << u""_s << -1;
    QTest::newRow("Prisma") << u"?connection_limit=5&pool_timeout=0"_s << 5
                            << u"connection_limit in .env:3"_s << 0;
    QTest::newRow("node") << u"?max=20"_s << 20 << u"max in .env:3"_s << -1;
    QTest::newRow("Rails") << u"?pool=7"_s << 7 << u"pool in .env:3"_s << -1;
    QTest::newRow("pgx") << u"?pool_max_conns=8"_s << 8 << u"pool_max_conns in .env:3"_s << -1;
    QTest::newRow("SQLAlchemy") << u"?pool_size=5&max_overflow=10"_s << 15
                                << u"pool_size in .env:3"_s << -1;
    QTest::newRow("not a number") << u"?connection_limit=many"_s << -1 << u""_s << -1;
    QTest::newRow("less than nothing") << u"?connection_limit=-3"_s << -1 << u""_s << -1;
    QTest::newRow("far too many") << u"?connection_limit=999999999"_s << 100'000
                                  << u"connection_limit in .env:3"_s << -1;
}

void TestBudget::hints()
{
    QFETCH(QString, query);
    const PoolHints hints = poolHints(endpointAt(u"postgres://u@h/d"_s + query));
    QTEST(hints.size.value_or(-1), "size");
    QTEST(hints.source, "source");
    QTEST(hints.timeout.value_or(-1), "timeout");
}

void TestBudget::direct_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("processes");
    QTest::addColumn<int>("extras");
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("suggested"); // -1 = nothing has to be set
    QTest::newRow("roomy") << 10 << 4 << 5 << u"fits"_s << -1;
    QTest::newRow("nearly nothing left") << 10 << 9 << 5 << u"tight"_s << 9;
    QTest::newRow("all of it") << 97 << 1 << 0 << u"tight"_s << 88;
    QTest::newRow("one too many") << 98 << 1 << 0 << u"exceeds"_s << 88;
    QTest::newRow("many processes") << 10 << 20 << 5 << u"exceeds"_s << 4;
    QTest::newRow("not even one each") << 1 << 120 << 0 << u"exceeds"_s << -1;
    QTest::newRow("a process has none") << 0 << 4 << 0 << u"fits"_s << -1;
}

void TestBudget::direct()
{
    QFETCH(int, size);
    QFETCH(int, processes);
    QFETCH(int, extras);
    const PoolVerdict verdict = judgePool(planOf(size, processes, extras));
    QTEST(poolStateId(verdict.state), "state");
    QTEST(verdict.suggestedSize.value_or(-1), "suggested");
    QCOMPARE(verdict.wanted, size * processes + extras);
    QCOMPARE(verdict.available, 97);
    QVERIFY(!verdict.reason.isEmpty());
    QCOMPARE(verdict.sum,
             u"%1 × %2 + %3 = %4 of 97 connections"_s.arg(processes).arg(size).arg(extras).arg(
                 verdict.wanted));
    // What is suggested is good.
    if (verdict.suggestedSize) {
        const PoolVerdict better = judgePool(planOf(*verdict.suggestedSize, processes, extras));
        QCOMPARE(better.state, PoolVerdict::State::Fits);
        QVERIFY(verdict.advice.contains(u"connection_limit to %1"_s.arg(*verdict.suggestedSize)));
    }
}

void TestBudget::planBeatsServer()
{
    PoolPlan plan = planOf(10, 4, 0);
    plan.planLimit = 20;
    const PoolVerdict verdict = judgePool(plan);
    QCOMPARE(verdict.available, 20);
    QCOMPARE(verdict.state, PoolVerdict::State::Exceeds);
    QVERIFY2(verdict.reason.contains("plan's limit of 20"_L1), qPrintable(verdict.reason));
    plan.planLimit = 500; // more than the server takes
    QVERIFY(judgePool(plan).reason.contains("max_connections 100 less 3"_L1));
}

void TestBudget::unknowns()
{
    PoolPlan plan = planOf(10, 4, 0, 0);
    QCOMPARE(judgePool(plan).state, PoolVerdict::State::Unknown);
    QVERIFY(!judgePool(plan).reason.isEmpty());
    plan = planOf(10, 4, 1);
    plan.size.reset();
    plan.sizeSource.clear();
    const PoolVerdict verdict = judgePool(plan);
    QCOMPARE(verdict.state, PoolVerdict::State::Unknown);
    QCOMPARE(verdict.suggestedSize, 21);
    QVERIFY(verdict.advice.contains("21"_L1));
}

void TestBudget::throughPooler()
{
    PoolPlan plan = planOf(10, 500, 5);
    plan.pooled = true;
    QCOMPARE(judgePool(plan).state, PoolVerdict::State::Unknown); // its pool is not known
    QVERIFY(!judgePool(plan).advice.isEmpty());
    plan.poolerSize = 40;
    QCOMPARE(judgePool(plan).state, PoolVerdict::State::Fits);
    QCOMPARE(judgePool(plan).wanted, 45);
    plan.poolerSize = 200;
    const PoolVerdict over = judgePool(plan);
    QCOMPARE(over.state, PoolVerdict::State::Exceeds);
    plan.poolerSize = over.suggestedSize;
    QCOMPARE(judgePool(plan).state, PoolVerdict::State::Fits);
}

void TestBudget::whatToSet()
{
    QCOMPARE(judgePool(planOf(10, 20, 5)).advice, u"Set connection_limit to 4 in .env:3."_s);
    PoolPlan unnamed = planOf(10, 20, 5);
    unnamed.sizeSource.clear();
    QCOMPARE(judgePool(unnamed).advice, u"Set the pool size of each process to 4."_s);
}

void TestBudget::oddNumbers()
{
    constexpr int most = std::numeric_limits<int>::max();
    constexpr int least = std::numeric_limits<int>::min();
    for (const int size : {least, -1, 0, most}) {
        for (const int processes : {least, 0, most}) {
            for (const int connections : {least, 1, 3, most}) {
                PoolPlan plan = planOf(size, processes, size, connections);
                plan.planLimit = size;
                const PoolVerdict direct = judgePool(plan);
                QVERIFY(direct.wanted >= 0 && direct.available >= 0);
                QVERIFY(direct.suggestedSize.value_or(1) >= 1);
                plan.pooled = true;
                plan.poolerSize = size;
                QVERIFY(judgePool(plan).wanted >= 0);
            }
        }
    }
}

void TestBudget::realUseAndTimeout()
{
    PoolPlan plan = planOf(10, 4, 0);
    plan.inUse = 61;
    plan.timeout = 0;
    const PoolVerdict verdict = judgePool(plan);
    QVERIFY(verdict.reason.contains("61"_L1));
    QVERIFY(verdict.advice.contains("pool_timeout=0"_L1));
}

QTEST_APPLESS_MAIN(TestBudget)
#include "tst_budget.moc"

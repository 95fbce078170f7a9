// SPDX-License-Identifier: GPL-3.0-or-later
// The plans that the server makes of window queries, and how many round trips a window costs.
#include "core/browse/windowplan.h"
#include "tests/core/browse/browsing.h"
#include "tests/support/faultproxy.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestWindowPlans : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void keyWindows_data();
    void keyWindows();
    void heapWindows_data();
    void heapWindows();
    void sizesCostNothingWhenRowsAreShort();
    void roundTrips();
    void staleReadsGiveWay();

private:
    [[nodiscard]] QByteArray explained(const WindowPlan &plan, const Statement &statement);
    void learn(WindowPlan &plan);

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Browser> m_browser;
};

void TestWindowPlans::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->execSuper("CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; GRANT USAGE ON "
                          "SCHEMA ext TO PUBLIC");
    m_database->exec(
        "CREATE TABLE one (id bigint PRIMARY KEY, note text);"
        "INSERT INTO one SELECT g, repeat('x', 50) FROM generate_series(1, 50000) g;"
        "CREATE TABLE two (a varchar(20) COLLATE \"en-x-icu\", b timestamptz, note text, PRIMARY "
        "KEY (a, b));"
        "INSERT INTO two SELECT 'k' || g, now() + g * interval '1 s', 'x' FROM generate_series(1, "
        "50000) g;"
        "CREATE TABLE ci (id ext.citext PRIMARY KEY, note text);"
        "INSERT INTO ci SELECT 'k' || g, 'x' FROM generate_series(1, 50000) g;"
        "CREATE TABLE parts (id int, at date, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);"
        "CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2020-07-01');"
        "CREATE TABLE parts_b PARTITION OF parts FOR VALUES FROM ('2020-07-01') TO ('2021-01-01');"
        "INSERT INTO parts SELECT g, date '2020-01-01' + g % 366 FROM generate_series(1, 50000) g;"
        "CREATE TABLE heap (a text, b jsonb); INSERT INTO heap SELECT 'n' || g, '{}' FROM "
        "generate_series(1, 100000) g;"
        "ANALYZE");
    m_browser = std::make_unique<Browser>(m_database->keywords());
    QVERIFY(m_browser->load());
}

void TestWindowPlans::cleanupTestCase()
{
    m_browser.reset();
    m_database.reset();
}

QByteArray TestWindowPlans::explained(const WindowPlan &plan, const Statement &statement)
{
    RequestSpec spec;
    spec.statements = {statement};
    spec.statements.front().sql.prepend("EXPLAIN (COSTS OFF) ");
    plan.applySettings(spec);
    QByteArrayList lines;
    const std::vector<Table> answers = m_browser->answers(spec);
    for (qint64 row = 0; !answers.empty() && row < answers.front().rowCount(); ++row)
        lines.append(answers.front().cell(row, 0).toByteArray());
    return lines.join('\n');
}

void TestWindowPlans::learn(WindowPlan &plan)
{
    RequestSpec spec;
    spec.statements = plan.facts();
    plan.applySettings(spec);
    plan.readFacts(m_browser->answers(spec));
    spec.statements = plan.positionFacts();
    if (!spec.statements.empty())
        plan.readPositionFacts(m_browser->answers(spec));
}

void TestWindowPlans::keyWindows_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<std::vector<QByteArray>>("place");
    QTest::addColumn<QByteArray>("condition");
    QTest::newRow("one column") << u"one"_s << std::vector<QByteArray>{"25000"}
                                << "(id > '25000'::bigint)"_ba;
    QTest::newRow("two columns, collated")
        << u"two"_s << std::vector<QByteArray>{"k25", "2030-01-01 00:00:00+00"}
        << "(ROW((a)::text, b) > ROW('k25'::text, "_ba;
    QTest::newRow("operators off the search path")
        << u"ci"_s << std::vector<QByteArray>{"K25"} << "(id "_ba;
    QTest::newRow("partitions") << u"parts"_s << std::vector<QByteArray>{"2020-03-01", "5"}
                                << "(ROW("_ba;
}

void TestWindowPlans::keyWindows()
{
    QFETCH(QString, table);
    QFETCH(std::vector<QByteArray>, place);
    QFETCH(QByteArray, condition);
    const auto shape = tableShape(*m_browser->catalog(), m_browser->oid(table));
    QVERIFY(shape);
    for (const bool descending : {false, true}) {
        const auto plan = WindowPlan::make(*shape, descending, false);
        learn(*plan);
        const Bound edge{place, true};
        for (const Fetch::Kind kind : {Fetch::Kind::First, Fetch::Kind::Last, Fetch::Kind::At,
                                       Fetch::Kind::After, Fetch::Kind::Before}) {
            const bool onEdge = kind == Fetch::Kind::After || kind == Fetch::Kind::Before;
            const Fetch fetch{kind, 0, 0, false};
            const QByteArray text =
                explained(*plan, plan->statement(fetch, 0.5, onEdge ? &edge : nullptr, 500, 1));
            QVERIFY2(text.contains("Index Scan") || text.contains("Index Only Scan"), text);
            QVERIFY2(!text.contains("Sort"), text);
            QVERIFY2(!text.contains("Filter:"), text);
            if (onEdge || kind == Fetch::Kind::At)
                QVERIFY2(text.contains("Index Cond: ("), text);
            if (kind == Fetch::Kind::After && !descending)
                QVERIFY2(text.contains("Index Cond: "_ba + condition), text);
        }
        const QByteArray one = explained(*plan, plan->one("1", edge));
        QVERIFY2(one.contains("Index Cond: ("), one);
    }
}

void TestWindowPlans::heapWindows_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("first") << int(Fetch::Kind::First);
    QTest::newRow("last") << int(Fetch::Kind::Last);
    QTest::newRow("at") << int(Fetch::Kind::At);
    QTest::newRow("after") << int(Fetch::Kind::After);
    QTest::newRow("before") << int(Fetch::Kind::Before);
}

void TestWindowPlans::heapWindows()
{
    QFETCH(int, kind);
    const auto shape = tableShape(*m_browser->catalog(), m_browser->oid(u"heap"_s));
    QVERIFY(shape);
    const auto plan = WindowPlan::make(*shape, false, false);
    learn(*plan);
    const Bound edge{{"(100,5)"}, true};
    const bool onEdge = kind == int(Fetch::Kind::After) || kind == int(Fetch::Kind::Before);
    const Fetch fetch{Fetch::Kind(kind), 0, 0, false};
    const QByteArray text =
        explained(*plan, plan->statement(fetch, 0.5, onEdge ? &edge : nullptr, 500, 1));
    QVERIFY2(text.contains("Tid Range Scan on heap"), text);
    QVERIFY2(text.contains("TID Cond:"), text);
    QVERIFY2(!text.contains("Filter:"), text);
    const QByteArray one = explained(*plan, plan->one("a", {{"(100,5)"}, false}));
    QVERIFY2(one.contains("Tid Scan on heap"), one);
}

void TestWindowPlans::sizesCostNothingWhenRowsAreShort()
{
    m_database->exec("CREATE TABLE mixed (t text, j jsonb, b bytea, v varchar(20), n numeric, f "
                     "numeric(10,2), a int[])");
    m_database->exec("INSERT INTO mixed VALUES ('t', '{}', '\\x01', 'v', 1.5, 2.5, '{1}')");
    QVERIFY(m_browser->load());
    const auto shape = tableShape(*m_browser->catalog(), m_browser->oid(u"mixed"_s));
    QVERIFY(shape);
    const SelectList list(*shape, false);
    QCOMPARE(list.answerColumns(), 9);
    RequestSpec spec;
    spec.statements = {{"SELECT "_ba + list.sql() + " FROM mixed"_ba}};
    const std::vector<Table> answers = m_browser->answers(spec);
    QCOMPARE(answers.size(), 1U);
    QVERIFY(answers.front().isNull(0, list.sizesColumn()));
    const SelectList whole(*shape, true);
    QCOMPARE(whole.sizesColumn(), -1);
    QCOMPARE(whole.answerColumns(), 8);
}

void TestWindowPlans::roundTrips()
{
    FaultProxy proxy(m_database->facts().port);
    Browser browser(m_database->keywords(Role::Plain, proxy.port()));
    QVERIFY(browser.load());
    for (const QString &table : {u"one"_s, u"heap"_s}) {
        TableOptions options;
        options.windowRows = 500;
        const auto source = browser.open(table, options);
        View view(*source);
        proxy.resetCounts();
        QVERIFY(view.show(0));
        QTRY_COMPARE(proxy.roundTrips(), 1);
        // On into rows that are not here: the one window, in one round trip.
        proxy.resetCounts();
        QVERIFY(view.show(source->rowCount().rows / 2));
        const int jumped = proxy.roundTrips();
        QVERIFY2(jumped == 1, qPrintable(QString::number(jumped)));
    }
}

void TestWindowPlans::staleReadsGiveWay()
{
    FaultProxy proxy(m_database->facts().port);
    Browser browser(m_database->keywords(Role::Plain, proxy.port()));
    QVERIFY(browser.load());
    const auto source = browser.open(u"one"_s);
    View view(*source);
    QVERIFY(view.show(0));
    proxy.resetCounts();
    // A scroll bar that is dragged: a hundred places in one turn of the event loop are one read.
    for (int move = 1; move <= 100; ++move)
        source->want({move * 400, 40});
    QVERIFY(view.show(40'000));
    QVERIFY2(proxy.roundTrips() <= 3, qPrintable(QString::number(proxy.roundTrips())));
    QCOMPARE(view.text(view.top() + 1).toInt(), view.text(view.top()).toInt() + 1);
}

QTEST_GUILESS_MAIN(TestWindowPlans)
#include "tst_windowplans.moc"

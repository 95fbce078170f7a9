// SPDX-License-Identifier: GPL-3.0-or-later
// Scrolling and jumping over tables of every kind of order, against an ORDER BY dump of the same
// table.
#include "tests/core/browse/browsing.h"
#include "tests/support/testpooler.h"

#include <QHash>
#include <QRandomGenerator>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

namespace {

constexpr int rows = 20'000;

constexpr auto keyedByOne = R"sql(
CREATE TABLE by_int (id int PRIMARY KEY, name text, note text);
INSERT INTO by_int SELECT g * 3, 'n' || g, repeat('x', 20) @series;
CREATE TABLE by_int_unanalyzed (id bigint PRIMARY KEY, name text);
INSERT INTO by_int_unanalyzed SELECT g * 7, 'n' || g @series;
CREATE TABLE by_uuid (id uuid PRIMARY KEY, name text);
INSERT INTO by_uuid SELECT md5(g::text)::uuid, 'n' || g @series;
CREATE TABLE by_text (name text COLLATE "en-x-icu" PRIMARY KEY);
INSERT INTO by_text
SELECT (CASE WHEN g % 2 = 0 THEN 'Name ' ELSE 'näme ' END) || md5(g::text) @series;
CREATE TABLE by_text_c (name varchar(60) COLLATE "C" PRIMARY KEY);
INSERT INTO by_text_c SELECT CASE WHEN g % 2 = 0 THEN 'Z' ELSE 'a' END || md5(g::text) @series;
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TABLE by_domain (id positive PRIMARY KEY, name text);
INSERT INTO by_domain SELECT g, 'n' || g @series;
CREATE TABLE by_moment (at timestamptz PRIMARY KEY, name text);
INSERT INTO by_moment
SELECT timestamptz '2020-01-01' + g * g * interval '0.1 seconds', 'n' || g @series;
CREATE TABLE by_float (x float8 PRIMARY KEY, name text);
INSERT INTO by_float SELECT sqrt(g), 'n' || g @series;
INSERT INTO by_float VALUES ('Infinity', 'inf'), ('-Infinity', 'minus inf'), ('NaN', 'nan');
CREATE TABLE by_ci (id ext.citext PRIMARY KEY, name text);
INSERT INTO by_ci
SELECT (CASE WHEN g % 2 = 0 THEN 'Key' ELSE 'kEY' END) || md5(g::text), 'n' || g @series;
)sql";

constexpr auto keyedByMore = R"sql(
CREATE TABLE by_pair (tenant text, id int, name text, PRIMARY KEY (tenant, id));
INSERT INTO by_pair SELECT 'tenant ' || (g % 7), g, 'n' || g @series;
CREATE TYPE kind AS ENUM ('zebra', 'ape', 'mole');
CREATE TABLE by_enum_and_interval (kind kind, span interval, name text, PRIMARY KEY (kind, span));
INSERT INTO by_enum_and_interval
SELECT (ARRAY['zebra','ape','mole'])[g % 3 + 1]::kind, g * interval '-1 month 3 days 7 hours',
       'n' || g @series;
CREATE TABLE parts (id int, at date, name text, PRIMARY KEY (at, id)) PARTITION BY RANGE (at);
CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM ('2020-01-01') TO ('2020-07-01');
CREATE TABLE parts_b PARTITION OF parts FOR VALUES FROM ('2020-07-01') TO ('2021-01-01');
INSERT INTO parts SELECT g, date '2020-01-01' + g % 366, 'n' || g @series;
)sql";

constexpr auto heaps = R"sql(
CREATE TABLE heap (name text);
INSERT INTO heap SELECT 'n' || g @series;
CREATE TABLE heap_unanalyzed (name text, pad text);
INSERT INTO heap_unanalyzed SELECT 'n' || g, repeat('y', g % 100) @series;
CREATE TABLE heap_holes (id int, name text, pad text);
INSERT INTO heap_holes SELECT g, 'n' || g, repeat('y', 90) @series;
DELETE FROM heap_holes WHERE id % 3 = 0 OR id BETWEEN 4000 AND 14000;
CREATE TABLE heap_null_key (k int UNIQUE, name text);
INSERT INTO heap_null_key SELECT CASE WHEN g % 2 = 0 THEN g END, 'n' || g @series;
CREATE UNLOGGED TABLE unlogged_heap AS SELECT * FROM heap;
CREATE MATERIALIZED VIEW snapshot AS SELECT name FROM by_int;
)sql";

int nameColumn(const TableSource &source)
{
    const auto found = std::ranges::find(source.columns(), u"name"_s, &Column::name);
    return found == source.columns().end() ? -1 : int(found - source.columns().begin());
}

/// Each row exactly once, in the order of the dump.
bool isRunOf(const QByteArrayList &shown, const QByteArrayList &dump,
             const QHash<QByteArray, qsizetype> &places)
{
    if (shown.isEmpty())
        return false;
    const qsizetype first = places.value(shown.front(), -1);
    return first >= 0 && dump.sliced(first, std::min(shown.size(), dump.size() - first)) == shown;
}

} // namespace

class TestTableSource : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void scrollsDown_data() { tables(); }
    void scrollsDown();
    void scrollsUpFromTheEnd_data() { tables(); }
    void scrollsUpFromTheEnd();
    void jumps_data() { tables(); }
    void jumps();
    void jumpsThroughAPooler();
    void lastFirst();
    void landsNearTheFraction_data();
    void landsNearTheFraction();
    void countsExactly();
    void readsAgainAtTheSamePlace();

private:
    static void tables();

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Browser> m_browser;
};

void TestTableSource::tables()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QByteArray>("dump");
    const auto table = [](const char *name, const char *order) {
        QTest::newRow(name) << QString::fromLatin1(name)
                            << "SELECT name FROM "_ba + name + " ORDER BY "_ba + order;
    };
    table("by_int", "id");
    table("by_int_unanalyzed", "id");
    table("by_pair", "tenant, id");
    table("by_uuid", "id");
    table("by_text", "name");
    table("by_text_c", "name");
    table("by_domain", "id");
    table("by_enum_and_interval", "kind, span");
    table("by_moment", "at");
    table("by_float", "x");
    table("by_ci", "id");
    table("parts", "at, id");
    table("heap", "ctid");
    table("heap_unanalyzed", "ctid");
    table("heap_holes", "ctid");
    table("heap_null_key", "ctid");
    table("unlogged_heap", "ctid");
    table("snapshot", "ctid");
}

void TestTableSource::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->execSuper("CREATE SCHEMA ext; CREATE EXTENSION citext SCHEMA ext; GRANT USAGE ON "
                          "SCHEMA ext TO PUBLIC");
    const QByteArray series = "FROM generate_series(1, "_ba + QByteArray::number(rows) + ") g"_ba;
    for (const char *tables : {keyedByOne, keyedByMore, heaps})
        m_database->exec(QByteArray(tables).replace("@series", series));
    m_database->exec("SET search_path = public, ext");
    for (const char *table : {"by_int", "by_pair", "by_uuid", "by_text", "by_text_c", "by_domain",
                              "by_enum_and_interval", "by_moment", "by_float", "by_ci", "heap",
                              "heap_null_key", "unlogged_heap", "snapshot"})
        m_database->exec("ANALYZE "_ba + table);
    m_database->exec("VACUUM heap_holes");
    m_browser = std::make_unique<Browser>(m_database->keywords());
    QVERIFY(m_browser->load());
}

void TestTableSource::cleanupTestCase()
{
    m_browser.reset();
    m_database.reset();
}

void TestTableSource::scrollsDown()
{
    QFETCH(QString, table);
    QFETCH(QByteArray, dump);
    const QByteArrayList expected =
        m_database->connect().column("SET search_path = public, ext; "_ba + dump);
    const auto source = m_browser->open(table);
    View view(*source, 300);
    QVERIFY(view.show(0));
    const int name = nameColumn(*source);
    QVERIFY(name >= 0);
    QByteArrayList seen = view.shown(name);
    while (view.end() < source->rowCount().rows
           || source->rowCount().kind != RowCount::Kind::Exact) {
        const qint64 had = view.end();
        QVERIFY(view.show(had));
        for (qint64 row = had; row < view.end(); ++row)
            seen.append(view.text(row, name));
        QVERIFY(seen.size() <= expected.size());
    }
    QCOMPARE(seen, expected);
    QCOMPARE(source->rowCount(), (RowCount{expected.size(), RowCount::Kind::Exact}));
    QVERIFY(!source->positionsAreEstimates());
}

void TestTableSource::scrollsUpFromTheEnd()
{
    QFETCH(QString, table);
    QFETCH(QByteArray, dump);
    const QByteArrayList expected =
        m_database->connect().column("SET search_path = public, ext; "_ba + dump);
    const auto source = m_browser->open(table);
    View view(*source, 300);
    QVERIFY(view.show(0));
    QVERIFY(view.showEnd());
    const int name = nameColumn(*source);
    QCOMPARE(view.text(view.end() - 1, name), expected.last());
    QByteArrayList seen;
    for (qint64 row = view.end() - 1; row >= view.top(); --row)
        seen.prepend(view.text(row, name));
    while (view.top() > 0) {
        const QByteArray topmost = view.text(view.top(), name);
        QVERIFY(view.show(std::max(qint64(0), view.top() - 250)));
        const qsizetype place = view.shown(name).indexOf(topmost);
        QVERIFY2(place >= 0,
                 qPrintable(u"%1 at %2"_s.arg(QString::fromUtf8(topmost)).arg(view.top())));
        seen = view.shown(name).first(place) + seen;
        QVERIFY(seen.size() <= expected.size());
    }
    QCOMPARE(seen, expected);
    QCOMPARE(source->rowCount(), (RowCount{expected.size(), RowCount::Kind::Exact}));
}

void TestTableSource::jumps()
{
    QFETCH(QString, table);
    QFETCH(QByteArray, dump);
    const QByteArrayList expected =
        m_database->connect().column("SET search_path = public, ext; "_ba + dump);
    QHash<QByteArray, qsizetype> places;
    for (qsizetype row = 0; row < expected.size(); ++row)
        places.insert(expected[row], row);
    TableOptions options;
    options.cacheBytes = 300'000;
    options.windowRows = 120;
    const auto source = m_browser->open(table, options);
    View view(*source);
    QVERIFY(view.show(0));
    const int name = nameColumn(*source);
    QRandomGenerator random(7);
    for (int move = 0; move < 150; ++move) {
        const qint64 all = std::max(qint64(1), source->rowCount().rows);
        const quint32 kind = random.bounded(4U);
        const qint64 next = kind == 0   ? random.bounded(quint32(all))
                            : kind == 1 ? view.top() - 33
                                        : view.top() + 33;
        QVERIFY(view.show(std::clamp(next, qint64(0), all - 1)));
        QVERIFY2(isRunOf(view.shown(name), expected, places), qPrintable(u"move %1"_s.arg(move)));
    }
}

void TestTableSource::jumpsThroughAPooler()
{
    const TestPooler pooler(*m_database);
    Browser browser(pooler.keywords(), true);
    QVERIFY(browser.load());
    for (const QString &table : {u"by_int"_s, u"heap"_s, u"parts"_s}) {
        const auto source = browser.open(table);
        View view(*source);
        QVERIFY(view.show(0));
        QVERIFY(view.show(source->rowCount().rows / 2));
        QVERIFY(view.showEnd());
    }
}

void TestTableSource::lastFirst()
{
    TableOptions options;
    options.descending = true;
    const auto source = m_browser->open(u"by_int"_s, options);
    View view(*source);
    QVERIFY(view.show(0));
    QCOMPARE(view.text(0), QByteArray::number(rows * 3));
    QCOMPARE(view.text(39), QByteArray::number((rows - 39) * 3));
    QVERIFY(view.show(rows / 2));
    const int middle = view.text(view.top()).toInt();
    QVERIFY2(std::abs(middle - rows * 3 / 2) < rows * 3 / 50, qPrintable(QString::number(middle)));
    QCOMPARE(view.text(view.top() + 1).toInt(), middle - 3);
    QVERIFY(view.showEnd());
    QCOMPARE(view.text(view.end() - 1), "3"_ba);
    QCOMPARE(source->orderText(), u"by id, last first"_s);
}

void TestTableSource::landsNearTheFraction_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<QByteArray>("dump");
    QTest::addColumn<double>("tolerance");
    QTest::newRow("histogram") << u"by_int"_s << "SELECT name FROM by_int ORDER BY id"_ba << 0.02;
    QTest::newRow("skewed moments")
        << u"by_moment"_s << "SELECT name FROM by_moment ORDER BY at"_ba << 0.02;
    QTest::newRow("uuid") << u"by_uuid"_s << "SELECT name FROM by_uuid ORDER BY id"_ba << 0.02;
    QTest::newRow("collated text")
        << u"by_text"_s << "SELECT name FROM by_text ORDER BY name"_ba << 0.03;
    QTest::newRow("frequent leading values")
        << u"by_pair"_s << "SELECT name FROM by_pair ORDER BY tenant, id"_ba << 0.06;
    QTest::newRow("no statistics")
        << u"by_int_unanalyzed"_s << "SELECT name FROM by_int_unanalyzed ORDER BY id"_ba << 0.06;
    QTest::newRow("heap") << u"heap"_s << "SELECT name FROM heap ORDER BY ctid"_ba << 0.02;
}

void TestTableSource::landsNearTheFraction()
{
    QFETCH(QString, table);
    QFETCH(QByteArray, dump);
    QFETCH(double, tolerance);
    const QByteArrayList expected = m_database->connect().column(dump);
    for (const double fraction : {0.2, 0.5, 0.8}) {
        const auto source = m_browser->open(table);
        View view(*source);
        QVERIFY(view.show(0));
        const qint64 asked = qint64(double(source->rowCount().rows) * fraction);
        QVERIFY(view.show(asked));
        const int name = nameColumn(*source);
        const double met =
            double(expected.indexOf(view.text(view.top(), name))) / double(expected.size());
        QVERIFY2(std::abs(met - fraction) < tolerance,
                 qPrintable(u"asked %1, met %2"_s.arg(fraction).arg(met)));
        QVERIFY(source->positionsAreEstimates());
    }
}

void TestTableSource::countsExactly()
{
    const auto source = m_browser->open(u"heap_holes"_s);
    View view(*source);
    QVERIFY(view.show(0));
    std::vector<Result<qint64>> outcomes;
    connect(source.get(), &TableSource::countFinished, &view,
            [&](const Result<qint64> &outcome) { outcomes.push_back(outcome); });
    source->countExactly();
    QVERIFY(source->isCounting());
    QTRY_COMPARE(outcomes.size(), 1U);
    const qint64 truth = m_database->value("SELECT count(*) FROM heap_holes").toLongLong();
    QCOMPARE(outcomes.front().value_or(-1), truth);
    QCOMPARE(source->rowCount(), (RowCount{truth, RowCount::Kind::Exact}));
    QVERIFY(!source->isCounting());
    source->countExactly();
    source->cancelCount();
    QTRY_COMPARE(outcomes.size(), 2U);
    QVERIFY(outcomes.back() ? *outcomes.back() == truth
                            : outcomes.back().error().kind == ErrorKind::Cancelled);
}

void TestTableSource::readsAgainAtTheSamePlace()
{
    for (const QString &table : {u"by_uuid"_s, u"heap"_s}) {
        const auto source = m_browser->open(table);
        View view(*source);
        QVERIFY(view.show(0));
        QVERIFY(view.show(rows / 3));
        const QByteArrayList before = view.shown();
        const qint64 top = view.top();
        source->refresh();
        QTRY_COMPARE(view.resets(), 1);
        QVERIFY(view.show(view.top()));
        QCOMPARE(view.top(), top);
        QCOMPARE(view.shown(), before);
        QCOMPARE(view.columnsKnown(), 1);
    }
}

QTEST_GUILESS_MAIN(TestTableSource)
#include "tst_tablesource.moc"

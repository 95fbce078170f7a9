// SPDX-License-Identifier: GPL-3.0-or-later
// Rows for a terminal: exactly so many, whole, from about a fraction of the table.
#include "tests/core/browse/browsing.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestReadRows : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void exactlySoMany_data();
    void exactlySoMany();
    void valuesAreWhole();
    void fewerThanAsked();
    void viewsFromTheirBeginning();
    void noRows();

private:
    [[nodiscard]] Result<Table> read(const QString &name, qint64 limit, double fraction);

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Browser> m_browser;
};

void TestReadRows::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec(
        "CREATE TABLE keyed (id int PRIMARY KEY, note text);"
        "INSERT INTO keyed SELECT g, 'x' FROM generate_series(1, 20000) g;"
        "CREATE TABLE fresh (id int PRIMARY KEY, note text); INSERT INTO fresh SELECT * FROM keyed;"
        "CREATE TABLE heap AS SELECT * FROM keyed;"
        "CREATE TABLE holes AS SELECT * FROM keyed; DELETE FROM holes WHERE id BETWEEN 3000 AND "
        "17000;"
        "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id);"
        "CREATE TABLE parts_a PARTITION OF parts FOR VALUES FROM (0) TO (15000);"
        "CREATE TABLE parts_b PARTITION OF parts DEFAULT; INSERT INTO parts SELECT id FROM keyed;"
        "CREATE VIEW v AS SELECT * FROM keyed ORDER BY id DESC;"
        "CREATE TABLE empty (id int);"
        "ANALYZE keyed; ANALYZE heap; ANALYZE holes");
    m_browser = std::make_unique<Browser>(m_database->keywords());
    QVERIFY(m_browser->load());
}

void TestReadRows::cleanupTestCase()
{
    m_browser.reset();
    m_database.reset();
}

Result<Table> TestReadRows::read(const QString &name, qint64 limit, double fraction)
{
    const auto future =
        readRows(m_browser->session(), m_browser->catalog(), m_browser->oid(name), limit, fraction);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return failure(ErrorKind::Timeout, "test.timeout"_ba, u"no answer"_s);
    return future.result();
}

void TestReadRows::exactlySoMany_data()
{
    QTest::addColumn<QString>("table");
    QTest::addColumn<qint64>("limit");
    QTest::addColumn<double>("fraction");
    QTest::addColumn<int>("first");     // 0 = any
    QTest::addColumn<int>("tolerance"); // of the first id
    for (const QString &table : {u"keyed"_s, u"fresh"_s, u"heap"_s, u"parts"_s}) {
        const auto row = [&](const char *name, qint64 limit, double fraction, int first,
                             int tolerance) {
            QTest::addRow("%s %s", qPrintable(table), name)
                << table << limit << fraction << first << tolerance;
        };
        row("one", 1, 0, 1, 0);
        row("beginning", 1000, 0, 1, 0);
        // A heap that was filled at once has empty pages at its end.
        row("middle", 1000, 0.5, 10'000, table == "heap"_L1 ? 4000 : 2000);
        row("too near the end", 1000, 0.99, 19'001, 2000);
        row("end", 1000, 1, 19'001, 0);
        row("more than a window", 7000, 0.2, 4000, 2500);
    }
    QTest::newRow("holes") << u"holes"_s << qint64(2500) << 0.4 << 0 << 0;
    QTest::newRow("holes from the beginning") << u"holes"_s << qint64(4000) << 0.0 << 1 << 0;
}

void TestReadRows::exactlySoMany()
{
    QFETCH(QString, table);
    QFETCH(qint64, limit);
    QFETCH(double, fraction);
    QFETCH(int, first);
    QFETCH(int, tolerance);
    const Result<Table> rows = read(table, limit, fraction);
    QVERIFY2(rows, rows ? "" : qPrintable(rows.error().text()));
    QCOMPARE(rows->rowCount(), limit);
    QCOMPARE(int(rows->columns.size()), rows->chunks.front()->columnCount());
    int last = rows->cell(0, 0).toInt() - 1;
    if (first > 0)
        QVERIFY2(std::abs(last + 1 - first) <= tolerance, qPrintable(QString::number(last + 1)));
    for (const ChunkPtr &chunk : rows->chunks) {
        for (int row = 0; row < chunk->rowCount(); ++row) {
            const int id = chunk->cell(row, 0).toInt();
            QVERIFY(id == last + 1 || (table == "holes"_L1 && last == 2999 && id == 17'001));
            last = id;
        }
    }
}

void TestReadRows::valuesAreWhole()
{
    m_database->exec("CREATE TABLE long AS SELECT repeat('x', 100000) AS a, NULL::text AS b");
    QVERIFY(m_browser->load());
    const Result<Table> rows = read(u"long"_s, 10, 0);
    QVERIFY(rows);
    QCOMPARE(rows->rowCount(), 1);
    QCOMPARE(rows->columns.size(), 2U);
    QCOMPARE(rows->cell(0, 0).size(), 100'000);
    QVERIFY(rows->isNull(0, 1));
}

void TestReadRows::fewerThanAsked()
{
    for (const double fraction : {0.0, 0.5, 1.0}) {
        for (const QString &table : {u"keyed"_s, u"heap"_s}) {
            const Result<Table> rows = read(table, 30'000, fraction);
            QVERIFY(rows);
            QCOMPARE(rows->rowCount(), 20'000);
        }
    }
}

void TestReadRows::viewsFromTheirBeginning()
{
    const Result<Table> rows = read(u"v"_s, 3, 0);
    QVERIFY(rows);
    QCOMPARE(rows->rowCount(), 3);
    QCOMPARE(rows->cell(0, 0), "20000"_ba);
    const Result<Table> middle = read(u"v"_s, 3, 0.5);
    QVERIFY(!middle);
    QCOMPARE(middle.error().id, "rows.noPositions"_ba);
}

void TestReadRows::noRows()
{
    for (const double fraction : {0.0, 0.5, 1.0}) {
        const Result<Table> rows = read(u"empty"_s, 10, fraction);
        QVERIFY(rows);
        QCOMPARE(rows->rowCount(), 0);
        QCOMPARE(rows->columns.size(), 1U);
    }
    const Result<Table> none = read(u"keyed"_s, 0, 0);
    QVERIFY(none);
    QCOMPARE(none->rowCount(), 0);
}

QTEST_GUILESS_MAIN(TestReadRows)
#include "tst_readrows.moc"

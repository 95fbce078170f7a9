// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that are unusual: empty, without columns, with as many as can be, with any name, with
// cells of any length, half granted.
#include "tests/core/browse/browsing.h"
#include "tests/support/hostiletexts.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestTableKinds : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void withoutRows_data();
    void withoutRows();
    void withoutColumns();
    void widestTable();
    void hostileNames();
    void otherEncoding();
    void namesThatAreNoText();
    void someColumnsGranted();
    void onlyOtherColumnsGranted();
    void nothingGranted();
    void views();
    void viewIsCapped();
    void longCells();
    void hundredMegabyteCells();

private:
    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Browser> m_browser;
    [[nodiscard]] std::unique_ptr<TableSource> opened(const QString &name,
                                                      TableOptions options = {});
};

void TestTableKinds::init()
{
    m_database = std::make_unique<TestDatabase>();
    m_browser = std::make_unique<Browser>(m_database->keywords());
}

void TestTableKinds::cleanup()
{
    m_browser.reset();
    m_database.reset();
}

std::unique_ptr<TableSource> TestTableKinds::opened(const QString &name, TableOptions options)
{
    return m_browser->load() ? m_browser->open(name, options) : nullptr;
}

void TestTableKinds::withoutRows_data()
{
    QTest::addColumn<QByteArray>("create");
    QTest::newRow("heap") << "CREATE TABLE t (a int)"_ba;
    QTest::newRow("key") << "CREATE TABLE t (a int PRIMARY KEY)"_ba;
    QTest::newRow("analyzed key") << "CREATE TABLE t (a int PRIMARY KEY); ANALYZE t"_ba;
    QTest::newRow("rows deleted")
        << "CREATE TABLE t AS SELECT g AS a FROM generate_series(1, 50000) g;"
           "ANALYZE t; DELETE FROM t"_ba;
    QTest::newRow("keyed rows deleted") << "CREATE TABLE t (a int PRIMARY KEY);"
                                           "INSERT INTO t SELECT generate_series(1, 50000);"
                                           "ANALYZE t; DELETE FROM t"_ba;
    QTest::newRow("partitioned") << "CREATE TABLE t (a int PRIMARY KEY) PARTITION BY HASH (a)"_ba;
    QTest::newRow("partitioned without key") << "CREATE TABLE t (a int) PARTITION BY HASH (a)"_ba;
    QTest::newRow("view") << "CREATE VIEW t AS SELECT 1 AS a WHERE false"_ba;
}

void TestTableKinds::withoutRows()
{
    QFETCH(QByteArray, create);
    m_database->exec(create);
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    QTRY_COMPARE(source->rowCount(), (RowCount{0, RowCount::Kind::Exact}));
    QVERIFY(view.columnsKnown() == 1);
    QVERIFY(view.errors().empty());
}

void TestTableKinds::withoutColumns()
{
    m_database->exec(
        "CREATE TABLE t (); INSERT INTO t DEFAULT VALUES; INSERT INTO t DEFAULT VALUES;"
        "CREATE VIEW v AS SELECT FROM t");
    for (const QString &name : {u"t"_s, u"v"_s}) {
        const auto source = opened(name);
        View view(*source);
        QVERIFY(view.show(0));
        QTRY_COMPARE(source->rowCount(), (RowCount{2, RowCount::Kind::Exact}));
        QVERIFY(source->columns().empty());
    }
}

void TestTableKinds::widestTable()
{
    QByteArrayList columns;
    for (int column = 1; column <= 1600; ++column)
        columns.append("c"_ba + QByteArray::number(column) + " text"_ba);
    m_database->exec("CREATE TABLE t ("_ba + columns.join(", ") + ")"_ba);
    m_database->exec("INSERT INTO t (c1, c1600) SELECT g, repeat('x', 5000) FROM "
                     "generate_series(1, 300) g; ANALYZE t");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    QCOMPARE(source->columns().size(), 1600U);
    QVERIFY(view.show(200));
    const Cell cell = source->cell(200, 1599);
    QCOMPARE(cell.fullSize, 5000);
    QCOMPARE(cell.bytes.size(), 256);
    QVERIFY(source->cell(200, 1).isNull);
}

void TestTableKinds::hostileNames()
{
    const std::vector<HostileText> names = hostileTexts();
    const auto quoted = [](const QString &name) {
        return u'"' + QString(name).replace(u'"', u"\"\""_s) + u'"';
    };
    QString create;
    for (const HostileText &name : names) {
        // Not arg(): a name may have %1 in it.
        const QString id = quoted(name.text);
        create += u"CREATE TABLE "_s + id + u" ("_s + id + u" int PRIMARY KEY, \"other\" text);"_s
                  + u"INSERT INTO "_s + id + u" SELECT g, 'v' FROM generate_series(1, 2000) g;"_s;
    }
    m_database->exec(create.toUtf8());
    QVERIFY(m_browser->load());
    for (const HostileText &name : names) {
        const auto source = m_browser->open(quoted(name.text));
        View view(*source);
        QVERIFY2(view.show(0), name.name);
        QVERIFY2(view.show(1000), name.name);
        QVERIFY2(view.showEnd(), name.name);
        QCOMPARE(source->columns().front().name, name.text);
        QCOMPARE(view.text(view.end() - 1), "2000"_ba);
    }
}

void TestTableKinds::otherEncoding()
{
    const TestDatabase database({.clauses = "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"});
    Connection setup = database.connect();
    setup.exec("CREATE TABLE t (k text PRIMARY KEY, v text)");
    setup.exec("INSERT INTO t SELECT E'\\xe4' || lpad(g::text, 5, '0'), repeat(E'\\xff', 2000)"
               " FROM generate_series(1, 3000) g");
    Browser browser(database.keywords());
    QVERIFY(browser.load());
    const auto source = browser.open(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    QCOMPARE(view.text(0), "\xe4"
                           "00001"_ba);
    QVERIFY(view.show(600));
    QCOMPARE(view.text(600), "\xe4"
                             "00601"_ba);
    QCOMPARE(source->cell(600, 1).fullSize, 2000);
    QVERIFY(view.show(2000));
    QVERIFY(view.showEnd());
    QCOMPARE(view.text(view.end() - 1), "\xe4"
                                        "03000"_ba);
}

void TestTableKinds::namesThatAreNoText()
{
    TestDatabase database({.clauses = "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"});
    database.exec("SET client_encoding = 'SQL_ASCII'");
    database.exec("CREATE TABLE \"gr\xf6\xdf"
                  "e\" (id int PRIMARY KEY, \"\xe4\" text);"
                  "INSERT INTO \"gr\xf6\xdf"
                  "e\" SELECT g, 'x' FROM generate_series(1, 3000) g");
    const QByteArray oid = database.value("SELECT oid FROM pg_class WHERE relkind = 'r' AND "
                                          "relnamespace = 'public'::regnamespace");
    Browser browser(database.keywords());
    QVERIFY(browser.load());
    const auto source = browser.open(QString::fromLatin1(oid));
    View view(*source);
    source->want({0, 40});
    // Such a name cannot stand in a statement, which is UTF-8: said, not shown as no rows.
    QCOMPARE(view.waitForError(), "quoting.notUtf8"_ba);
    QCOMPARE(source->rowCount().rows, 0);
    QVERIFY(source->rowCount().kind != RowCount::Kind::Exact);
}

void TestTableKinds::someColumnsGranted()
{
    m_database->execSuper(
        "CREATE TABLE t (id int PRIMARY KEY, open text, secret text);"
        "INSERT INTO t SELECT g, 'o', 's' FROM generate_series(1, 3000) g; ANALYZE t;"
        "GRANT SELECT (id, open) ON t TO PUBLIC");
    const auto source = opened(u"t"_s);
    QCOMPARE(source->strategy(), TableSource::Strategy::Key);
    QCOMPARE(source->unreadableColumns(), QStringList{u"secret"_s});
    View view(*source);
    QVERIFY(view.show(0));
    QCOMPARE(source->columns().size(), 2U);
    QVERIFY(view.show(1500));
    QVERIFY(view.showEnd());
    QCOMPARE(view.text(view.end() - 1), "3000"_ba);
}

void TestTableKinds::onlyOtherColumnsGranted()
{
    m_database->execSuper("CREATE TABLE t (id int PRIMARY KEY, open text);"
                          "INSERT INTO t SELECT g, 'o' || g FROM generate_series(1, 3000) g;"
                          "GRANT SELECT (open) ON t TO PUBLIC");
    const auto source = opened(u"t"_s);
    QCOMPARE(source->strategy(), TableSource::Strategy::Streamed);
    View view(*source);
    QVERIFY(view.show(0));
    QTRY_COMPARE(source->rowCount(), (RowCount{3000, RowCount::Kind::Exact}));
    QVERIFY(view.show(2900));
    QVERIFY(view.text(2900).startsWith('o'));
}

void TestTableKinds::nothingGranted()
{
    m_database->execSuper("CREATE TABLE t (id int PRIMARY KEY)");
    const auto source = opened(u"t"_s);
    View view(*source);
    source->want({0, 40});
    QCOMPARE(view.waitForError(), "relation.noPermission"_ba);
}

void TestTableKinds::views()
{
    m_database->exec("CREATE TABLE t AS SELECT g AS id, repeat('x', 3000) AS long FROM "
                     "generate_series(1, 2000) g;"
                     "CREATE VIEW v AS SELECT id AS \"the id\", long FROM t ORDER BY id DESC");
    const auto source = opened(u"v"_s);
    QCOMPARE(source->strategy(), TableSource::Strategy::Streamed);
    View view(*source);
    QVERIFY(view.show(0));
    QCOMPARE(view.text(0), "2000"_ba);
    QTRY_COMPARE(source->rowCount(), (RowCount{2000, RowCount::Kind::Exact}));
    QVERIFY(view.show(1950));
    QCOMPARE(view.text(1999), "1"_ba);
    QCOMPARE(view.text(1999, 1).size(), 3000);
    const auto whole = source->wholeValue(1999, 1);
    QVERIFY(whole.isFinished());
    QCOMPARE(whole.result().value().value().size(), 3000);
    m_database->exec("CREATE OR REPLACE VIEW v AS SELECT id AS \"the id\", long, 1 AS more FROM t");
    source->refresh();
    QTRY_COMPARE(view.resets(), 1);
    QVERIFY(view.show(0));
    QCOMPARE(source->columns().size(), 3U);
    QCOMPARE(view.columnsKnown(), 2);
}

void TestTableKinds::viewIsCapped()
{
    m_database->exec("CREATE VIEW v AS SELECT g FROM generate_series(1, 5000) g");
    TableOptions options;
    options.streamedRows = 1000;
    const auto source = opened(u"v"_s, options);
    View view(*source);
    QVERIFY(view.show(0));
    QTRY_VERIFY(source->isCapped());
    QCOMPARE(source->rowCount(), (RowCount{1000, RowCount::Kind::Growing}));
    QVERIFY(view.show(960));
    QCOMPARE(view.text(999), "1000"_ba);
}

void TestTableKinds::longCells()
{
    m_database->exec(
        "CREATE TABLE t (id int PRIMARY KEY, t text, v varchar, c char(600), x xml, j json, jb "
        "jsonb, b bytea,"
        " a text[], n numeric, umlaut text, big jsonb);"
        "INSERT INTO t VALUES (1, 'short', 'short', 'blanks  ', '<a/>', '{\"a\":1}', '{\"a\":1}', "
        "'\\x0102',"
        " '{a,b}', 1.5, 'ä', '{}'),"
        "(2, repeat('t', 100000), repeat('v', 2000), 'c', ('<a>' || repeat('x', 3000) || "
        "'</a>')::xml,"
        " ('\"' || repeat('j', 2000) || '\"')::json, ('\"' || repeat('j', 2000) || '\"')::jsonb,"
        " decode(repeat('ab', 2000), 'hex'), array_fill('e'::text, ARRAY[1000]), 10::numeric ^ "
        "1999,"
        " repeat('ä', 1000), (SELECT jsonb_agg(md5(g::text)) FROM generate_series(1, 3000) g)),"
        "(3, repeat('ä', 256), repeat('ä', 512), 'c', '<a/>', '1', ('\"' || repeat('ä', 254) || "
        "'\"')::jsonb, '\\x', '{}', 0, '', '1');");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    for (int column = 0; column < 12; ++column) {
        QCOMPARE(source->cell(0, column).fullSize, -1);
        const QByteArray quoted = '"' + source->columns()[std::size_t(column)].name.toUtf8() + '"';
        QCOMPARE(view.text(0, column),
                 m_database->value("SELECT "_ba + quoted + " FROM t WHERE id = 1"_ba));
    }
    const auto size = [&](int column) { return source->cell(1, column).fullSize; };
    QCOMPARE(size(1), 100'000);
    QCOMPARE(view.text(1, 1), QByteArray(256, 't'));
    QCOMPARE(size(2), 2000);
    QCOMPARE(size(3), -1);
    QCOMPARE(view.text(1, 3).size(), 600);
    QCOMPARE(size(4), 3007);
    QCOMPARE(size(5), 2002);
    QCOMPARE(size(6), 2002);
    QCOMPARE(view.text(1, 6), '"' + QByteArray(255, 'j'));
    QCOMPARE(size(7), 2000);
    QCOMPARE(view.text(1, 7), "\\x"_ba + QByteArray("ab").repeated(128));
    QCOMPARE(size(8), 2001);
    QCOMPARE(size(9), 2000);
    QCOMPARE(size(10), 2000);
    QCOMPARE(view.text(1, 10), QByteArray("ä").repeated(256));
    QVERIFY(size(11) > 32 * 1024);
    QCOMPARE(view.text(1, 11), ""_ba);
    // Exactly as long as is shown: not cut.
    QCOMPARE(source->cell(2, 1).fullSize, -1);
    QCOMPARE(source->cell(2, 2).fullSize, -1);
    QCOMPARE(view.text(2, 2), QByteArray("ä").repeated(512));
    QCOMPARE(source->cell(2, 6).fullSize, -1);
    for (const int column : {1, 2, 4, 5, 6, 7, 8, 9, 10, 11}) {
        const auto whole = source->wholeValue(1, column);
        QTRY_VERIFY(whole.isFinished());
        const QByteArray quoted = '"' + source->columns()[std::size_t(column)].name.toUtf8() + '"';
        QCOMPARE(whole.result().value_or(std::nullopt),
                 m_database->value("SELECT "_ba + quoted + " FROM t WHERE id = 2"_ba));
    }
    const auto refused = source->wholeValue(1, 1, 1000);
    QTRY_VERIFY(refused.isFinished());
    QCOMPARE(refused.result().error().id, "result.cellTooBig"_ba);
}

void TestTableKinds::hundredMegabyteCells()
{
    // Stored small and stored whole: both come as a beginning and a size.
    m_database->exec(
        "CREATE TABLE t (id int PRIMARY KEY, packed text, plain bytea STORAGE EXTERNAL);"
        "INSERT INTO t VALUES (1, repeat('x', 100000000), "
        "convert_to(repeat('y', 100000000), 'UTF8'))");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    QCOMPARE(source->cell(0, 1).fullSize, 100'000'000);
    QCOMPARE(view.text(0, 1), QByteArray(256, 'x'));
    QCOMPARE(source->cell(0, 2).fullSize, 100'000'000);
    QCOMPARE(view.text(0, 2), "\\x"_ba + QByteArray("79").repeated(128));
    const auto refused = source->wholeValue(0, 1);
    QTRY_VERIFY(refused.isFinished());
    QCOMPARE(refused.result().error().id, "result.cellTooBig"_ba);
    const auto whole = source->wholeValue(0, 1, 200'000'000);
    QTRY_VERIFY_WITH_TIMEOUT(whole.isFinished(), 60'000);
    QVERIFY(whole.result().value_or(std::nullopt) == QByteArray(100'000'000, 'x'));
}

QTEST_GUILESS_MAIN(TestTableKinds)
#include "tst_tablekinds.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Tables that change or go while they are open.
#include "tests/core/browse/browsing.h"
#include "tests/support/privatecluster.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestTableFaults : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void droppedWhileOpen();
    void renamedWhileOpen();
    void alteredWhileOpen_data();
    void alteredWhileOpen();
    void replacedUnderItsName();
    void permissionTaken();
    void schemaClosed();
    void notInTheCatalog();
    void wholeValueOfRowThatWent();
    void rowsComeAndGoWhileScrolling();
    void statisticsOlderThanRows_data();
    void statisticsOlderThanRows();
    void serverEndsTheConnection();
    void serverIsKilled();
    void databaseDroppedWhileOpen();

private:
    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<Browser> m_browser;
    [[nodiscard]] std::unique_ptr<TableSource> opened(const QString &name,
                                                      TableOptions options = {});
};

void TestTableFaults::init()
{
    m_database = std::make_unique<TestDatabase>();
    m_browser = std::make_unique<Browser>(m_database->keywords());
}

void TestTableFaults::cleanup()
{
    m_browser.reset();
    m_database.reset();
}

std::unique_ptr<TableSource> TestTableFaults::opened(const QString &name, TableOptions options)
{
    return m_browser->load() ? m_browser->open(name, options) : nullptr;
}

void TestTableFaults::droppedWhileOpen()
{
    m_database->exec("CREATE TABLE t AS SELECT g AS id FROM generate_series(1, 5000) g; ANALYZE t");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    const QByteArrayList before = view.shown();
    m_database->exec("DROP TABLE t");
    source->want({4000, 40});
    QCOMPARE(view.waitForError(), "relation.missing"_ba);
    QCOMPARE(view.errors().size(), 1U);
    QVERIFY(view.errors().front().message.contains(u"public.t"));
    QCOMPARE(view.shown(), before);
    view.clearErrors();
    source->refresh();
    QCOMPARE(view.waitForError(), "relation.missing"_ba);
    QCOMPARE(view.shown(), before);
}

void TestTableFaults::renamedWhileOpen()
{
    m_database->exec("CREATE TABLE t AS SELECT g AS id FROM generate_series(1, 5000) g; ANALYZE t");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    m_database->exec("ALTER TABLE t RENAME TO other");
    QVERIFY(view.show(3000));
    QVERIFY(view.errors().empty());
}

void TestTableFaults::alteredWhileOpen_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QByteArray>("columns");
    QTest::newRow("column dropped") << "ALTER TABLE t DROP COLUMN b"_ba << "id,c"_ba;
    QTest::newRow("column renamed") << "ALTER TABLE t RENAME COLUMN b TO d"_ba << "id,d,c"_ba;
    QTest::newRow("type changed") << "ALTER TABLE t ALTER COLUMN c TYPE text"_ba << "id,b,c"_ba;
    QTest::newRow("key changed") << "ALTER TABLE t ALTER COLUMN id TYPE text"_ba << "id,b,c"_ba;
    QTest::newRow("key dropped") << "ALTER TABLE t DROP COLUMN id"_ba << "b,c"_ba;
}

void TestTableFaults::alteredWhileOpen()
{
    QFETCH(QByteArray, change);
    QFETCH(QByteArray, columns);
    m_database->exec("CREATE TABLE t (id int PRIMARY KEY, b int, c int);"
                     "INSERT INTO t SELECT g, g, g FROM generate_series(1, 5000) g; ANALYZE t");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    QCOMPARE(view.columnsKnown(), 1);
    m_database->exec(change);
    source->want({4000, 40});
    QTRY_COMPARE(view.resets(), 1);
    QVERIFY(view.show(100));
    QVERIFY(view.errors().empty());
    QByteArrayList names;
    for (const Column &column : source->columns())
        names.append(column.name.toUtf8());
    QCOMPARE(names.join(','), columns);
    QCOMPARE(view.columnsKnown(), 2);
}

void TestTableFaults::replacedUnderItsName()
{
    m_database->exec("CREATE TABLE t (a int); INSERT INTO t SELECT g FROM generate_series(1, 5000) "
                     "g; ANALYZE t");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    const core::Oid old = source->relation();
    m_database->exec("DROP TABLE t; CREATE TABLE t (a int, b text);"
                     "INSERT INTO t SELECT -g, 'new' FROM generate_series(1, 5000) g");
    source->want({4000, 40});
    QTRY_COMPARE(view.resets(), 1);
    QVERIFY(view.show(0));
    QCOMPARE(view.text(0), "-1"_ba);
    QCOMPARE(view.text(0, 1), "new"_ba);
    QVERIFY(source->relation() != old);
}

void TestTableFaults::permissionTaken()
{
    m_database->execSuper(
        "CREATE TABLE t AS SELECT g AS id FROM generate_series(1, 5000) g; ANALYZE t;"
        "GRANT SELECT ON t TO PUBLIC");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    m_database->execSuper("REVOKE SELECT ON t FROM PUBLIC");
    source->want({4000, 40});
    QCOMPARE(view.waitForError(), "relation.noPermission"_ba);
    QCOMPARE(view.text(0), "1"_ba);
}

void TestTableFaults::schemaClosed()
{
    m_database->execSuper("CREATE SCHEMA s; GRANT USAGE ON SCHEMA s TO PUBLIC; CREATE TABLE s.t AS "
                          "SELECT g AS id FROM generate_series(1, 5000) g; GRANT SELECT ON s.t TO "
                          "PUBLIC; ANALYZE s.t");
    const auto source = opened(u"s.t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    m_database->execSuper("REVOKE USAGE ON SCHEMA s FROM PUBLIC");
    source->want({4000, 40});
    QCOMPARE(view.waitForError(), "permission.denied"_ba);
    QCOMPARE(view.text(0), "1"_ba);
}

void TestTableFaults::notInTheCatalog()
{
    QVERIFY(m_browser->load());
    const auto source =
        openTable(m_browser->session(), m_browser->catalog(), core::Oid{4'000'000'000U});
    View view(*source);
    source->want({0, 40});
    QVERIFY(view.errors().empty());
    QCOMPARE(view.waitForError(), "relation.missing"_ba);
}

void TestTableFaults::wholeValueOfRowThatWent()
{
    m_database->exec("CREATE TABLE t AS SELECT repeat('x', 5000) AS a");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    m_database->exec("DELETE FROM t");
    const auto whole = source->wholeValue(0, 0);
    QTRY_VERIFY(whole.isFinished());
    QCOMPARE(whole.result().error().id, "relation.rowGone"_ba);
    QCOMPARE(source->wholeValue(7, 0).result().error().id, "relation.rowMissing"_ba);
}

void TestTableFaults::rowsComeAndGoWhileScrolling()
{
    m_database->exec("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT g * 10 FROM "
                     "generate_series(1, 20000) g;"
                     "ANALYZE t");
    TableOptions options;
    options.windowRows = 200;
    const auto source = opened(u"t"_s, options);
    View view(*source);
    QVERIFY(view.show(0));
    qint64 last = -1;
    for (int page = 0; page < 60; ++page) {
        QVERIFY(view.show(page * 40));
        const QByteArrayList shown = view.shown();
        for (const QByteArray &id : shown) {
            QVERIFY(id.toLongLong() > last);
            last = id.toLongLong();
        }
        // Around the place that is read next: some rows come, some go.
        const QByteArray at = QByteArray::number(last + 1000);
        m_database->exec("DELETE FROM t WHERE id BETWEEN "_ba + at + " AND "_ba + at
                         + " + 300 AND id % 20 = 0;"
                           "INSERT INTO t SELECT g FROM generate_series("_ba
                         + at + ", "_ba + at
                         + " + 200) g"
                           " ON CONFLICT DO NOTHING"_ba);
    }
}

void TestTableFaults::statisticsOlderThanRows_data()
{
    QTest::addColumn<QByteArray>("create");
    QTest::addColumn<QByteArray>("change");
    const QByteArray keyed = "CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT "
                             "generate_series(1, 50000); ANALYZE t";
    const QByteArray heap =
        "CREATE TABLE t AS SELECT g AS id FROM generate_series(1, 50000) g; ANALYZE t";
    QTest::newRow("upper half of keys deleted") << keyed << "DELETE FROM t WHERE id > 25000"_ba;
    QTest::newRow("all but few keys deleted") << keyed << "DELETE FROM t WHERE id > 1000"_ba;
    QTest::newRow("keys doubled") << keyed
                                  << "INSERT INTO t SELECT generate_series(50001, 100000)"_ba;
    QTest::newRow("upper half of heap deleted") << heap << "DELETE FROM t WHERE id > 25000"_ba;
    QTest::newRow("lower half of heap deleted") << heap << "DELETE FROM t WHERE id <= 25000"_ba;
    QTest::newRow("heap doubled") << heap
                                  << "INSERT INTO t SELECT generate_series(50001, 100000)"_ba;
}

void TestTableFaults::statisticsOlderThanRows()
{
    QFETCH(QByteArray, create);
    QFETCH(QByteArray, change);
    m_database->exec(create);
    const auto source = opened(u"t"_s);
    m_database->exec(change);
    const qint64 lowest = m_database->value("SELECT min(id) FROM t").toLongLong();
    const qint64 highest = m_database->value("SELECT max(id) FROM t").toLongLong();
    View view(*source);
    QVERIFY(view.show(0));
    QCOMPARE(view.text(0).toLongLong(), lowest);
    QVERIFY(view.show(source->rowCount().rows * 4 / 5));
    for (qint64 row = view.top(); row + 1 < view.end(); ++row)
        QCOMPARE(view.text(row + 1).toInt(), view.text(row).toInt() + 1);
    QVERIFY(view.showEnd());
    QCOMPARE(view.text(view.end() - 1).toLongLong(), highest);
}

void TestTableFaults::serverEndsTheConnection()
{
    m_database->exec("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, "
                     "50000); ANALYZE t");
    const auto source = opened(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    m_database->execSuper(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND application_name = 'sluice'");
    QVERIFY(view.show(25'000));
    QVERIFY(view.errors().empty());
}

void TestTableFaults::serverIsKilled()
{
    PrivateCluster server;
    auto database = std::make_unique<TestDatabase>(TestDatabase::Options{.facts = &server.facts()});
    database->exec("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, "
                   "50000); ANALYZE t");
    Browser browser(database->keywords());
    QVERIFY(browser.load());
    const auto source = browser.open(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    const QByteArrayList before = view.shown();
    server.crash();
    source->want({25'000, 40});
    QCOMPARE(view.waitForError(), "connection.refused"_ba);
    QCOMPARE(view.errors().size(), 1U);
    QCOMPARE(view.shown(), before);
    server.start();
    source->refresh();
    QTRY_COMPARE(view.resets(), 1);
    QVERIFY(view.show(25'000));
}

void TestTableFaults::databaseDroppedWhileOpen()
{
    auto database = std::make_unique<TestDatabase>();
    database->exec("CREATE TABLE t (id int PRIMARY KEY); INSERT INTO t SELECT generate_series(1, "
                   "50000); ANALYZE t");
    Browser browser(database->keywords());
    QVERIFY(browser.load());
    const auto source = browser.open(u"t"_s);
    View view(*source);
    QVERIFY(view.show(0));
    database.reset();
    source->want({25'000, 40});
    QCOMPARE(view.waitForError(), "connection.databaseMissing"_ba);
    QCOMPARE(view.text(0), "1"_ba);
}

QTEST_GUILESS_MAIN(TestTableFaults)
#include "tst_tablefaults.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"
#include "ui/common/button.h"

#include <QTest>

using namespace Qt::StringLiterals;
using test::EditorWindow;

/// An editor whose only way leads through a transaction pooler.
class TestEditorPooled : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void saysWhereItRuns();
    void runs();
    void refusesWhatReachesOthers_data();
    void refusesWhatReachesOthers();
    void errorsHaveTheirPlace();
    void cancelInTheQueueLeavesAtOnce();
    void poolerThatDies();

private:
    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::TestPooler> m_pooler;
};

void TestEditorPooled::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_pooler = std::make_unique<test::TestPooler>(*m_database);
}

void TestEditorPooled::cleanupTestCase()
{
    m_pooler.reset();
    m_database.reset();
}

void TestEditorPooled::saysWhereItRuns()
{
    EditorWindow shown;
    QVERIFY(shown.present() && shown.openUrl(m_pooler->url()));
    auto *endpoint = shown.find<ui::Button>(u"editor.endpoint"_s);
    QVERIFY(endpoint->isVisible());
    QCOMPARE(endpoint->text(), u"Pooled"_s);
    QVERIFY(!endpoint->fact().isEmpty());
}

void TestEditorPooled::runs()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_pooler->url()));
    QVERIFY(shown.runAll("select 1; select current_setting('transaction_read_only')"));
    QCOMPARE(shown.errorId(), ""_ba);
    QCOMPARE(shown.rows(1), "on"_ba);
    QVERIFY(shown.runAll("select i from generate_series(1, 20000) i"));
    QCOMPARE(shown.run().results()[0].rows->rowCount().rows, qint64(20'000));
}

void TestEditorPooled::refusesWhatReachesOthers_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("listen") << "listen x"_ba;
    QTest::newRow("prepare") << "prepare p as select 1"_ba;
    QTest::newRow("set") << "set work_mem = '3MB'"_ba;
    QTest::newRow("commit") << "commit"_ba;
    QTest::newRow("advisory lock") << "select pg_advisory_lock(1)"_ba;
    QTest::newRow("second of two") << "select 1; discard all"_ba;
}

void TestEditorPooled::refusesWhatReachesOthers()
{
    QFETCH(const QByteArray, sql);
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_pooler->url()));
    QVERIFY(shown.runAll(sql));
    QCOMPARE(shown.errorId(), "pooled.needsDirect"_ba);
    QVERIFY(shown.run().results().empty()); // nothing was sent
    QVERIFY(!shown.run().failure()->error.message.isEmpty());
}

void TestEditorPooled::errorsHaveTheirPlace()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_pooler->url()));
    QVERIFY(shown.runAll("select 'ä';\nselect wrong"));
    QCOMPARE(shown.errorId(), "column.missing"_ba);
    QCOMPARE(shown.run().failure()->at.line, 2);
    QCOMPARE(shown.run().failure()->at.column, 8);
}

void TestEditorPooled::cancelInTheQueueLeavesAtOnce()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.poolSize = 1});
    test::Connection other = pooler.connect();
    other.exec("begin; select 1"); // has the only server connection
    EditorWindow shown;
    QVERIFY(shown.openUrl(pooler.url()));
    shown.editor().setBytes("select 1");
    shown.tab().runAll();
    QTRY_COMPARE(pooler.pool("cl_waiting"), 1);
    shown.tab().cancelRunning();
    QVERIFY(shown.waitForEnd());
    QVERIFY(shown.run().wasCancelled());
    other.exec("rollback"); // the pooler looks at who is waiting only now
    QTRY_COMPARE(pooler.pool("cl_waiting"), 0);
    QVERIFY(shown.runAll("select 2"));
    QCOMPARE(shown.rows(), "2"_ba);
}

void TestEditorPooled::poolerThatDies()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    EditorWindow shown;
    QVERIFY(shown.openUrl(pooler.url()));
    shown.editor().setBytes("select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(pooler.pool("cl_active"), 1);
    pooler.kill();
    QVERIFY(shown.waitForEnd());
    QVERIFY(shown.run().failure());
    QCOMPARE(shown.run().failure()->error.kind, core::ErrorKind::Connection);
    QVERIFY(shown.runAll("select 1"));
    QCOMPARE(shown.errorId(), "connection.refused"_ba);
}

QTEST_MAIN(TestEditorPooled)
#include "tst_editorpooled.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "tests/support/eventlog.h"
#include "tests/support/testdatabase.h"
#include "ui/common/button.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using test::EditorWindow;

namespace {

/// Tags of the statements that have ended.
QByteArray tags(const ui::QueryRun &run)
{
    QByteArrayList all;
    for (const ui::QueryRun::Result &result : run.results())
        all << result.summary.commandTag;
    return all.join(", ");
}

} // namespace

/// Runs of good statements: what is sent, and what comes back.
class TestEditorRun : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void runsTheStatementAtTheCaret_data();
    void runsTheStatementAtTheCaret();
    void runsTheSelection();
    void runsAllInOneFrame();
    void severalResultsInOrder();
    void statementsWithoutRows();
    void nullIsNotEmpty();
    void signalsInOrder();
    void noticesArrive();
    void explainAndShow();
    void copyToStdout();
    void nothingIsKeptOnTheServer();
    void bigResultWaitsForItsReader();
    void textMayChangeWhileItRuns();
    void nothingToRun();
    void withoutADatabase();
    void buttonsFollowTheRun();

private:
    std::unique_ptr<test::TestDatabase> m_database;
};

void TestEditorRun::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec("CREATE TABLE t (n int, s text); INSERT INTO t VALUES (1, 'a'), (2, NULL)");
}

void TestEditorRun::runsTheStatementAtTheCaret_data()
{
    QTest::addColumn<QByteArray>("text"); // | is the caret
    QTest::addColumn<QByteArray>("rows");
    QTest::newRow("first") << "select| 1; select 2;"_ba << "1"_ba;
    QTest::newRow("second") << "select 1; select |2;"_ba << "2"_ba;
    QTest::newRow("behind its semicolon") << "select 1;|\nselect 2;"_ba << "1"_ba;
    QTest::newRow("begin of the text") << "|select 1; select 2"_ba << "1"_ba;
    QTest::newRow("end of the text") << "select 1; select 2|"_ba << "2"_ba;
    QTest::newRow("letters of several bytes") << "select 'äöü — 日本'; select |2"_ba << "2"_ba;
    QTest::newRow("semicolon in a string") << "select ';|', 3"_ba << ";|3"_ba;
    QTest::newRow("dollar quotes") << "select $x$; select 1;$x$|; select 2"_ba
                                   << "; select 1;"_ba;
    QTest::newRow("comment before it") << "-- two; words\nselect |5 /* ; */; select 6"_ba
                                       << "5"_ba;
    QTest::newRow("byte order mark") << "|\xef\xbb\xbfselect 'ä'; select 2"_ba << "ä"_ba;
    QTest::newRow("line ends of Windows") << "select 1;\r\nselect |2;\r\n"_ba << "2"_ba;
}

void TestEditorRun::runsTheStatementAtTheCaret()
{
    QFETCH(QByteArray, text);
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    const qsizetype caret = text.indexOf('|');
    shown.editor().setBytes(text.remove(caret, 1));
    QVERIFY(shown.runAt(int(caret)));
    QCOMPARE(shown.errorId(), ""_ba);
    QCOMPARE(shown.run().results().size(), std::size_t(1));
    QTEST(shown.rows(), "rows");
}

void TestEditorRun::runsTheSelection()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    shown.editor().setBytes("select 'ä', 10 + 5; select 2");
    shown.editor().select(13, 19); // "10 + 5" alone is no statement
    shown.tab().runStatement();
    QVERIFY(shown.waitForEnd());
    QCOMPARE(shown.errorId(), "sql.syntax"_ba);
    QCOMPARE(shown.run().failure()->begin, 13); // of the whole text
    shown.editor().select(0, 16);
    shown.tab().runStatement();
    QVERIFY(shown.waitForEnd());
    QCOMPARE(shown.rows(), "ä|10"_ba);
    QCOMPARE(shown.editor().errorCount(), 0);
}

void TestEditorRun::runsAllInOneFrame()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select txid_current_if_assigned(), pg_backend_pid();\n"
                         "select now() = transaction_timestamp(), pg_backend_pid();\n"
                         "select current_setting('transaction_read_only'),"
                         " current_setting('transaction_isolation');"));
    QCOMPARE(shown.run().results().size(), std::size_t(3));
    QCOMPARE(shown.rows(0).split('|').last(), shown.rows(1).split('|').last());
    QCOMPARE(shown.rows(2), "on|repeatable read"_ba);
}

void TestEditorRun::severalResultsInOrder()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(
        shown.runAll("select n, s from t order by n; select 1 where false; select 'ö' as \"ä\""));
    QCOMPARE(shown.errorId(), ""_ba);
    QCOMPARE(tags(shown.run()), "SELECT 2, SELECT 0, SELECT 1"_ba);
    QCOMPARE(shown.rows(0), "1|a\n2|␀"_ba);
    QCOMPARE(shown.rows(1), ""_ba);
    QCOMPARE(shown.run().results()[1].rows->columns().size(), std::size_t(1));
    QCOMPARE(shown.rows(2), "ö"_ba);
    QCOMPARE(shown.run().results()[2].rows->columns().front().name, u"ä"_s);
    for (const ui::QueryRun::Result &result : shown.run().results()) {
        QVERIFY(result.finished && result.rows->isFinished());
        QCOMPARE(result.rows->rowCount().kind, core::RowCount::Kind::Exact);
    }
}

void TestEditorRun::statementsWithoutRows()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("set local work_mem = '2MB'; show work_mem; do $$ begin end $$"));
    QCOMPARE(shown.errorId(), ""_ba);
    QCOMPARE(tags(shown.run()), "SET, SHOW, DO"_ba);
    QVERIFY(!shown.run().results()[0].rows && !shown.run().results()[2].rows);
    QCOMPARE(shown.rows(1), "2MB"_ba);
}

void TestEditorRun::nullIsNotEmpty()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select null, '', ' '"));
    QCOMPARE(shown.rows(), "␀|| "_ba);
}

void TestEditorRun::signalsInOrder()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    shown.editor().setBytes("select 1; select 2");
    test::EventLog log;
    QObject::connect(&shown.tab(), &ui::EditorTab::runStarted, &log, [&](ui::QueryRun *run) {
        log.add(u"run"_s);
        QVERIFY(run == shown.tab().run() && run->isRunning());
        log.record(run, &ui::QueryRun::rowsBegan, u"rows"_s);
        log.record(run, &ui::QueryRun::statementEnded, u"statement"_s);
        log.record(run, &ui::QueryRun::ended, u"end"_s);
    });
    log.record(&shown.tab(), &ui::EditorTab::runningChanged,
               [&] { return shown.tab().isRunning() ? u"on"_s : u"off"_s; });
    shown.tab().runAll();
    QTRY_COMPARE(log.count(u"end"_s), 1);
    QTRY_COMPARE(log.text(), u"run, on, rows, statement, rows, statement, off, end"_s);
}

void TestEditorRun::noticesArrive()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    shown.editor().setBytes("do $$ begin raise notice '<b>%</b>', 'x' using hint = 'try y';"
                            " raise warning 'careful'; end $$");
    QList<core::ServerReport> notices;
    QObject::connect(&shown.tab(), &ui::EditorTab::runStarted, &shown.tab(),
                     [&](ui::QueryRun *run) {
                         QObject::connect(run, &ui::QueryRun::noticeReceived, run,
                                          [&](const core::ServerReport &one) { notices << one; });
                     });
    shown.tab().runAll();
    QVERIFY(shown.waitForEnd());
    QCOMPARE(notices.size(), 2);
    QCOMPARE(notices[0].message, u"<b>x</b>"_s);
    QCOMPARE(notices[0].hint, u"try y"_s);
    QCOMPARE(notices[1].severity, u"WARNING"_s);
}

void TestEditorRun::explainAndShow()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("explain select * from t"));
    QVERIFY2(shown.rows().startsWith("Seq Scan on t"), shown.rows().constData());
    QCOMPARE(tags(shown.run()), "EXPLAIN"_ba);
}

void TestEditorRun::copyToStdout()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("copy (select n, s from t order by n) to stdout; select 3"));
    QCOMPARE(shown.errorId(), ""_ba);
    QCOMPARE(shown.rows(0), "1\ta\n2\t\\N"_ba);
    QCOMPARE(shown.rows(1), "3"_ba);
}

void TestEditorRun::nothingIsKeptOnTheServer()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("set work_mem = '3MB'; select set_config('a.b', 'kept', false);"
                         "select pg_try_advisory_lock(77)"));
    QCOMPARE(shown.errorId(), ""_ba);
    QVERIFY(shown.runAll("show work_mem; select current_setting('a.b', true)"));
    QVERIFY(shown.rows(0) != "3MB");
    QVERIFY(shown.rows(1) != "kept");
    QCOMPARE(m_database->value("select count(*) from pg_locks where locktype = 'advisory'"
                               " and objid = 77"),
             "0"_ba);
}

void TestEditorRun::bigResultWaitsForItsReader()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    QVERIFY(shown.runAll("select i, repeat('x', 100) from generate_series(1, 200000) i"));
    QCOMPARE(shown.errorId(), ""_ba);
    const core::StoredSource &rows = *shown.run().results()[0].rows;
    QCOMPARE(rows.rowCount().rows, qint64(200'000));
    QCOMPARE(rows.cell(199'999, 0).bytes.toByteArray(), "200000"_ba);
    QCOMPARE(shown.run().results()[0].summary.rows, qint64(200'000));
}

void TestEditorRun::textMayChangeWhileItRuns()
{
    EditorWindow shown;
    QVERIFY(shown.present() && shown.openUrl(m_database->url()));
    shown.editor().setBytes("select 'before'");
    shown.tab().runAll();
    QTest::keyClicks(&shown.editor(), u"xx"_s);
    QVERIFY(shown.waitForEnd());
    QCOMPARE(shown.rows(), "before"_ba); // what ran is what was there
    QCOMPARE(shown.editor().bytes(), "xxselect 'before'"_ba);
}

void TestEditorRun::nothingToRun()
{
    EditorWindow shown;
    QVERIFY(shown.openUrl(m_database->url()));
    for (const QByteArray &text : {""_ba, "  \n\t"_ba, "-- only words"_ba, ";;"_ba}) {
        QVERIFY(shown.runAll(text));
        QCOMPARE(shown.errorId(), "query.empty"_ba);
        QVERIFY(shown.run().results().empty());
        QCOMPARE(shown.editor().errorCount(), 0);
    }
}

void TestEditorRun::withoutADatabase()
{
    EditorWindow shown;
    QVERIFY(shown.present());
    shown.editor().setBytes("select 1");
    QSignalSpy started(&shown.tab(), &ui::EditorTab::runStarted);
    shown.tab().runAll();
    QVERIFY(!shown.tab().run());
    QVERIFY(started.isEmpty());
    QVERIFY(!shown.find<ui::Button>(u"editor.run"_s)->isEnabled());
}

void TestEditorRun::buttonsFollowTheRun()
{
    EditorWindow shown;
    QVERIFY(shown.present() && shown.openUrl(m_database->url()));
    auto *run = shown.find<ui::Button>(u"editor.run"_s);
    auto *cancel = shown.find<ui::Button>(u"editor.cancel"_s);
    auto *endpoint = shown.find<ui::Button>(u"editor.endpoint"_s);
    QVERIFY(run->isEnabled() && !cancel->isVisible());
    QVERIFY(endpoint->isVisible() && endpoint->text() == u"Direct"_s);
    shown.editor().setBytes("select pg_sleep(60)");
    shown.editor().goToPosition(3);
    QTest::mouseClick(run, Qt::LeftButton);
    QVERIFY(shown.tab().isRunning());
    QVERIFY(!run->isEnabled() && cancel->isVisible() && cancel->isEnabled());
    shown.tab().runAll(); // a second press does nothing
    QVERIFY(shown.tab().isRunning());
    QTest::mouseClick(cancel, Qt::LeftButton);
    QVERIFY(!cancel->isEnabled());
    QVERIFY(shown.waitForEnd());
    QVERIFY(run->isEnabled() && !cancel->isVisible());
    QVERIFY(shown.run().wasCancelled());
}

QTEST_MAIN(TestEditorRun)
#include "tst_editorrun.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "editorwindow.h"
#include "tests/support/faultproxy.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testdatabase.h"
#include "ui/common/button.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using test::EditorWindow;

namespace {

int sleeping(const test::TestDatabase &database)
{
    return database
        .valueSuper("select count(*) from pg_stat_activity where datname = current_database()"
                    " and state = 'active' and query like '%pg_sleep%'"
                    " and pid <> pg_backend_pid()")
        .toInt();
}

} // namespace

/// Runs that end before their end: cancelled, dropped, cut off, left.
class TestEditorCancel : public QObject
{
    Q_OBJECT

private slots:
    void cancelStopsTheServer();
    void cancelKeepsTheRowsThatCame();
    void cancelWithoutARun();
    void nextRunAfterACancel();
    void unansweredCancelOffersToDrop();
    void serverKilledWhileRunning();
    void sessionTerminatedWhileRunning();
    void serverShutDownWhileRunning();
    void runAgainstADeadServer();
    void databaseEndsWhileRunning();
    void tabEndsWhileRunning();
    void otherDatabaseEndsTheRun();
};

void TestEditorCancel::cancelStopsTheServer()
{
    test::TestDatabase database;
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    shown.editor().setBytes("select 1; select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(sleeping(database), 1);
    QSignalSpy ended(shown.tab().run(), &ui::QueryRun::ended);
    shown.tab().cancelRunning();
    shown.tab().cancelRunning(); // impatience changes nothing
    QVERIFY(shown.waitForEnd());
    QCOMPARE(ended.count(), 1);
    QVERIFY(shown.run().wasCancelled());
    QCOMPARE(shown.errorId(), "request.cancelled"_ba);
    QCOMPARE(shown.editor().errorCount(), 0); // nobody has made a mistake
    QTRY_COMPARE(sleeping(database), 0);
    QCOMPARE(shown.rows(), "1"_ba);
}

void TestEditorCancel::cancelKeepsTheRowsThatCame()
{
    test::TestDatabase database;
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    shown.editor().setBytes("select i, case when i > 5000 then pg_sleep(100)::text end"
                            " from generate_series(1, 6000) i");
    shown.tab().runAll();
    QTRY_VERIFY(!shown.run().results().empty()
                && shown.run().results()[0].rows->rowCount().rows > 0);
    shown.tab().cancelRunning();
    QVERIFY(shown.waitForEnd());
    QVERIFY(shown.run().wasCancelled());
    QVERIFY(shown.run().results()[0].rows->rowCount().rows > 0);
    QCOMPARE(shown.run().results()[0].rows->cell(0, 0).bytes.toByteArray(), "1"_ba);
}

void TestEditorCancel::cancelWithoutARun()
{
    test::TestDatabase database;
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    shown.tab().cancelRunning();
    QVERIFY(shown.runAll("select 1"));
    shown.tab().cancelRunning();
    QVERIFY(!shown.run().wasCancelled());
    QCOMPARE(shown.rows(), "1"_ba);
}

void TestEditorCancel::nextRunAfterACancel()
{
    test::TestDatabase database;
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    for (int round = 0; round < 3; ++round) {
        shown.editor().setBytes("select pg_sleep(100)");
        shown.tab().runAll();
        QTRY_COMPARE(sleeping(database), 1);
        shown.tab().cancelRunning();
        QVERIFY(shown.waitForEnd());
        QVERIFY(shown.run().wasCancelled());
        QVERIFY(shown.runAll("select 'again'"));
        QCOMPARE(shown.rows(), "again"_ba);
    }
}

// One button, one place: Cancel, then Cancelling, then a way out without the server.
void TestEditorCancel::unansweredCancelOffersToDrop()
{
    test::TestDatabase database;
    test::FaultProxy proxy(database.facts().port);
    EditorWindow shown;
    QVERIFY(shown.present() && shown.openUrl(database.url(test::Role::Plain, proxy.port())));
    shown.editor().setBytes("select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(sleeping(database), 1);
    proxy.stall();
    auto *cancel = shown.find<ui::Button>(u"editor.cancel"_s);
    QCOMPARE(cancel->text(), u"Cancel"_s);
    QTest::mouseClick(cancel, Qt::LeftButton);
    QCOMPARE(cancel->text(), u"Cancelling…"_s);
    QVERIFY(!cancel->isEnabled());
    QTRY_COMPARE_WITH_TIMEOUT(cancel->text(), u"Drop this connection"_s, 20'000);
    QVERIFY(shown.tab().isRunning());
    // It reacts a moment after it appeared, so that a hand that was clicking already does nothing.
    QTRY_VERIFY_WITH_TIMEOUT((QTest::mouseClick(cancel, Qt::LeftButton), !shown.tab().isRunning()),
                             20'000);
    QVERIFY(shown.run().failure());
    QVERIFY2(shown.errorId() == "request.dropped" || shown.errorId() == "request.cancelled",
             shown.errorId().constData());
    proxy.clearFaults();
    QVERIFY(shown.runAll("select 1"));
    QCOMPARE(shown.rows(), "1"_ba);
}

void TestEditorCancel::serverKilledWhileRunning()
{
    test::PrivateCluster server;
    test::TestDatabase database({.clauses = {}, .facts = &server.facts()});
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    shown.editor().setBytes("select 1; select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(sleeping(database), 1);
    server.crash();
    QVERIFY(shown.waitForEnd());
    const auto &failure = shown.run().failure();
    QVERIFY(failure && !shown.run().wasCancelled());
    QCOMPARE(failure->error.kind, core::ErrorKind::Connection);
    QVERIFY(!failure->error.message.isEmpty());
    QCOMPARE(shown.rows(), "1"_ba); // what came stays
    QCOMPARE(shown.editor().bytes(), "select 1; select pg_sleep(100)"_ba);
    server.start();
    QVERIFY(shown.runAll("select 'back'"));
    QCOMPARE(shown.errorId(), ""_ba);
    QCOMPARE(shown.rows(), "back"_ba);
}

void TestEditorCancel::sessionTerminatedWhileRunning()
{
    test::TestDatabase database;
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    shown.editor().setBytes("select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(sleeping(database), 1);
    database.execSuper("select pg_terminate_backend(pid) from pg_stat_activity"
                       " where datname = current_database() and query like '%pg_sleep%'"
                       " and pid <> pg_backend_pid()");
    QVERIFY(shown.waitForEnd());
    QVERIFY(shown.run().failure());
    QCOMPARE(shown.run().failure()->error.kind, core::ErrorKind::Connection);
    QVERIFY(shown.run().failure()->error.sessionLost);
    QVERIFY(shown.runAll("select 2"));
    QCOMPARE(shown.rows(), "2"_ba);
}

void TestEditorCancel::serverShutDownWhileRunning()
{
    test::PrivateCluster server;
    test::TestDatabase database({.clauses = {}, .facts = &server.facts()});
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    shown.editor().setBytes("select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(sleeping(database), 1);
    server.shutDown();
    QVERIFY(shown.waitForEnd());
    QCOMPARE(shown.errorId(), "connection.shuttingDown"_ba);
    server.start();
    QVERIFY(shown.runAll("select 1"));
    QCOMPARE(shown.rows(), "1"_ba);
}

void TestEditorCancel::runAgainstADeadServer()
{
    test::PrivateCluster server;
    test::TestDatabase database({.clauses = {}, .facts = &server.facts()});
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    QVERIFY(shown.runAll("select 1"));
    server.crash();
    QVERIFY(shown.runAll("select 2"));
    QVERIFY(shown.run().failure());
    QCOMPARE(shown.run().failure()->error.kind, core::ErrorKind::Connection);
    QVERIFY(shown.runAll("select 3"));
    QCOMPARE(shown.errorId(), "connection.refused"_ba);
    server.start();
    QVERIFY(shown.runAll("select 4"));
    QCOMPARE(shown.rows(), "4"_ba);
}

void TestEditorCancel::databaseEndsWhileRunning()
{
    test::TestDatabase database;
    EditorWindow shown;
    QVERIFY(shown.present() && shown.openUrl(database.url()));
    shown.editor().setBytes("select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(sleeping(database), 1);
    shown.home().close(); // the project is closed while the tab is still there
    QVERIFY(!shown.tab().database());
    QTRY_VERIFY(!shown.tab().isRunning());
    QTRY_COMPARE(sleeping(database), 0);
    QVERIFY(!shown.find<ui::Button>(u"editor.cancel"_s)->isVisible());
    QVERIFY(!shown.find<ui::Button>(u"editor.run"_s)->isEnabled());
    QCOMPARE(shown.editor().bytes(), "select pg_sleep(100)"_ba);
}

void TestEditorCancel::tabEndsWhileRunning()
{
    test::TestDatabase database;
    EditorWindow shown;
    QVERIFY(shown.openUrl(database.url()));
    shown.editor().setBytes("select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(sleeping(database), 1);
    shown.dropTab();
    QTRY_COMPARE(sleeping(database), 0); // nobody waits for it any more
    shown.makeTab();
    QVERIFY(shown.runAll("select 1"));
    QCOMPARE(shown.rows(), "1"_ba);
}

void TestEditorCancel::otherDatabaseEndsTheRun()
{
    test::TestDatabase one;
    test::TestDatabase two;
    EditorWindow shown;
    QVERIFY(shown.open({u"DATABASE_URL="_s + one.url(), u"OTHER_DATABASE_URL="_s + two.url()}));
    shown.editor().setBytes("select pg_sleep(100)");
    shown.tab().runAll();
    QTRY_COMPARE(sleeping(one), 1);
    shown.tab().setDatabase(shown.home().open()[1]);
    QVERIFY(!shown.tab().isRunning());
    QTRY_COMPARE(sleeping(one), 0);
    QVERIFY(shown.runAll("select current_database()"));
    QCOMPARE(shown.rows(), two.name().toUtf8());
}

QTEST_MAIN(TestEditorCancel)
#include "tst_editorcancel.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Cancel, drop and shut down, at every moment of a request; limits of time.
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionCancel : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_database.emplace(); }
    void cleanupTestCase() { m_database.reset(); }

    void queued();
    void whileConnecting();
    void whileRunning_data() { frames(); }
    void whileRunning();
    void whileStreaming_data() { frames(); }
    void whileStreaming();
    void whilePaused();
    void beforeTheServerReadTheStatement_data() { frames(); }
    void beforeTheServerReadTheStatement();
    void fromASlotOfItsFirstSignal();
    void twiceAndTooLate();
    void neverHitsTheNextStatement_data() { frames(); }
    void neverHitsTheNextStatement();
    void stalledThenDropped();
    void serverEndsWhileTheCancelIsOnItsWay();
    void dropWhileStreaming();
    void dropLeavesTheQueue();
    void somebodyElseCancels();
    void statementTimeout_data() { frames(); }
    void statementTimeout();
    void lockTimeoutIsNotNowait();
    void shutDownWhileStreaming();
    void shutDownWhileStalled();
    void shutDownWhileConnecting();

private:
    void frames()
    {
        QTest::addColumn<Frame>("frame");
        QTest::newRow("pipelined") << Frame::Pipelined;
        QTest::newRow("guarded") << Frame::Guarded;
    }
    [[nodiscard]] RequestSpec inFrame(std::initializer_list<QByteArray> statements)
    {
        QFETCH(Frame, frame);
        return frame == Frame::Guarded ? guarded(statements) : pipelined(statements);
    }
    [[nodiscard]] SessionConfig config(quint16 port = 0)
    {
        return {.keywords = m_database->keywords(Role::Plain, port)};
    }
    [[nodiscard]] int sleeping()
    {
        return m_database
            ->value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep' "
                    "AND datname = current_database()")
            .toInt();
    }
    /// In the select list, for FROM would gather all of it first.
    static constexpr auto endless = "SELECT generate_series(1, 1000000000000), repeat('x', 500)";

    std::optional<TestDatabase> m_database;
};

void TestSessionCancel::queued()
{
    SessionHarness harness(config());
    const Serial first = harness.send(guarded({"SELECT pg_sleep(0.1)"}));
    const Serial second = harness.send(guarded({"SELECT 2"}));
    const Serial third = harness.send(guarded({"SELECT 3"}));
    harness.session().cancel(second);
    QCOMPARE(harness.answer(second).errorId(), "request.cancelled"_ba);
    QVERIFY(harness.wait(third));
    QVERIFY(harness.answer(first).isOk());
    QVERIFY(harness.answer(third).isOk());
    QCOMPARE(harness.answer(second).finished, 1);
}

void TestSessionCancel::whileConnecting()
{
    FaultProxy proxy(m_database->facts().port);
    proxy.stall();
    SessionHarness harness(config(proxy.port()));
    const Serial serial = harness.send(pipelined({"SELECT 1"}));
    QTRY_COMPARE(proxy.openConnections(), 1);
    harness.session().cancel(serial);
    QCOMPARE(harness.answer(serial).error().kind, ErrorKind::Cancelled);
    QCOMPARE(harness.session().state(), SessionState::Closed);
    QCOMPARE(harness.log().text(), u"request.cancelled"_s);
    proxy.clearFaults();
    QTRY_COMPARE(proxy.openConnections(), 0);
}

void TestSessionCancel::whileRunning()
{
    SessionHarness harness(config());
    RequestSpec spec = inFrame({"SELECT 1", "SELECT pg_sleep(100)", "SELECT 3"});
    spec.statementTimeout = 0ms;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(sleeping(), 1);
    harness.session().cancel(serial);
    QCOMPARE(harness.session().state(), SessionState::Cancelling);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QCOMPARE(harness.answer(serial).error().kind, ErrorKind::Cancelled);
    QVERIFY(!harness.answer(serial).error().sessionLost);
    QCOMPARE(sleeping(), 0);
    const int connections = harness.log().count(u"connected"_s);
    QCOMPARE(harness.run(inFrame({"SELECT 4"})).onlyCell(), "4"_ba);
    QCOMPARE(harness.log().count(u"connected"_s), connections);
}

void TestSessionCancel::whileStreaming()
{
    SessionHarness harness(config());
    Serial serial = {};
    harness.onChunk = [&](Serial which) {
        if (harness.answer(which).chunks.size() == 5)
            harness.session().cancel(which);
    };
    RequestSpec spec = inFrame({endless});
    spec.statementTimeout = 0ms;
    serial = harness.send(spec);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QCOMPARE(harness.answer(serial).chunks.size(), 5U); // what came stays, nothing follows
    QCOMPARE(harness.run(inFrame({"SELECT 2"})).onlyCell(), "2"_ba);
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

// An idle server ignores a cancel request, and so does one between two messages of a pipeline.
void TestSessionCancel::beforeTheServerReadTheStatement()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    proxy.setFaults(Direction::ToServer, {.stallAfter = 0}, FaultProxy::Scope::Existing);
    RequestSpec spec = inFrame({"SELECT pg_sleep(100)"});
    spec.statementTimeout = 0ms;
    const Serial serial = harness.send(spec);
    proxy.resetCounts();
    harness.session().cancel(serial);
    QTRY_COMPARE(proxy.connections(), 1);
    QTRY_COMPARE(proxy.openConnections(), 1); // it has come, and found nothing to cancel
    proxy.clearFaults();
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QCOMPARE(sleeping(), 0);
    QCOMPARE(harness.run(pipelined({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionCancel::whilePaused()
{
    SessionHarness harness(config());
    RequestSpec spec = guarded({endless});
    spec.credits = 3;
    spec.statementTimeout = 0ms;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(harness.answer(serial).chunks.size(), 3U);
    harness.session().cancel(serial);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QCOMPARE(harness.answer(serial).chunks.size(), 3U);
    QCOMPARE(harness.run(pipelined({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionCancel::fromASlotOfItsFirstSignal()
{
    SessionHarness harness(config());
    QObject::connect(&harness.session(), &Session::started, &harness.log(), [&](Serial serial) {
        if (serial == Serial(1))
            harness.session().cancel(serial);
    });
    const Answer &answer = harness.run(guarded({"SELECT 1"}));
    QCOMPARE(answer.errorId(), "request.cancelled"_ba);
    QVERIFY(answer.chunks.empty());
    QCOMPARE(answer.finished, 1);
    QCOMPARE(harness.run(guarded({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionCancel::twiceAndTooLate()
{
    SessionHarness harness(config());
    const Serial serial = harness.send(guarded({"SELECT pg_sleep(100)"}));
    QTRY_COMPARE(sleeping(), 1);
    harness.session().cancel(serial);
    harness.session().cancel(serial);
    QVERIFY(harness.wait(serial));
    harness.session().cancel(serial);
    harness.session().drop(serial);
    harness.session().grant(serial, 1);
    QCOMPARE(harness.run(guarded({"SELECT 2"})).onlyCell(), "2"_ba);
    QCOMPARE(harness.answer(serial).finished, 1);
}

void TestSessionCancel::neverHitsTheNextStatement()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    for (int i = 0; i < 50; ++i) {
        // Ends by itself at about the time the cancel request arrives.
        const Serial victim = harness.send(inFrame({"SELECT 1"}));
        const Serial next = harness.send(inFrame({"SELECT pg_sleep(0.005), 2"}));
        harness.session().cancel(victim);
        QVERIFY(harness.wait(next));
        QCOMPARE(harness.answer(next).errorId(), ""_ba);
        QCOMPARE(harness.answer(victim).errorId(), "request.cancelled"_ba);
    }
}

void TestSessionCancel::stalledThenDropped()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    RequestSpec spec = guarded({"SELECT pg_sleep(100)"});
    spec.statementTimeout = 0ms;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(sleeping(), 1);
    proxy.stall(FaultProxy::Scope::Existing);
    harness.session().cancel(serial);
    QTRY_COMPARE(sleeping(), 0); // the request has a connection of its own; only its answer is lost
    QCOMPARE(harness.answer(serial).errorId(), "none"_ba);
    QCOMPARE(harness.session().state(), SessionState::Cancelling);
    harness.session().drop(serial);
    QCOMPARE(harness.answer(serial).errorId(), "request.dropped"_ba);
    QVERIFY(harness.answer(serial).error().sessionLost);
    QCOMPARE(harness.run(pipelined({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionCancel::serverEndsWhileTheCancelIsOnItsWay()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    Connection other = m_database->connect();
    other.exec("SELECT pg_advisory_lock(1)");
    const Serial serial = harness.send(guarded({"SELECT pg_advisory_lock(1)"}));
    const auto backendIs = [this, &harness](const QByteArray &what) {
        const QByteArray pid = QByteArray::number(harness.session().serverInfo().backendPid);
        return m_database->value("SELECT "_ba + what + " FROM pg_stat_activity WHERE pid = "_ba
                                 + pid)
               == "t";
    };
    QTRY_VERIFY(backendIs("wait_event = 'advisory'"));
    // Only what connects from now on stalls: the cancel request.
    proxy.stall();
    for (const Direction direction : {Direction::ToServer, Direction::ToClient})
        proxy.setFaults(direction, {}, FaultProxy::Scope::Existing);
    harness.session().cancel(serial);
    other.exec("SELECT pg_advisory_unlock(1)");
    QTRY_VERIFY(backendIs("state = 'idle in transaction'"));
    QVERIFY(backendIs("pg_terminate_backend(pid)"));
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QVERIFY(harness.answer(serial).error().sessionLost);
    proxy.cut();
}

void TestSessionCancel::dropWhileStreaming()
{
    SessionHarness harness(config());
    harness.onChunk = [&](Serial which) {
        if (harness.answer(which).chunks.size() == 3)
            harness.session().drop(which);
    };
    const Serial serial = harness.send(guarded({endless}));
    const Serial next = harness.send(guarded({"SELECT 2"}));
    QVERIFY(harness.wait(next));
    QCOMPARE(harness.answer(serial).errorId(), "request.dropped"_ba);
    QCOMPARE(harness.answer(serial).chunks.size(), 3U);
    QCOMPARE(harness.answer(next).onlyCell(), "2"_ba);
}

void TestSessionCancel::dropLeavesTheQueue()
{
    SessionHarness harness(config());
    const Serial first = harness.send(guarded({"SELECT pg_sleep(100)"}));
    const Serial second = harness.send(guarded({"SELECT 2"}));
    const Serial third = harness.send(guarded({"SELECT 3"}));
    harness.session().drop(second);
    QTRY_COMPARE(sleeping(), 1);
    harness.session().drop(first);
    QVERIFY(harness.wait(third));
    QCOMPARE(harness.answer(second).errorId(), "request.dropped"_ba);
    QCOMPARE(harness.answer(third).onlyCell(), "3"_ba);
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                          "wait_event = 'PgSleep' AND datname = current_database()");
    QTRY_COMPARE(sleeping(), 0);
}

void TestSessionCancel::somebodyElseCancels()
{
    SessionHarness harness(config());
    const Serial serial = harness.send(guarded({"SELECT pg_sleep(100)"}));
    QTRY_COMPARE(sleeping(), 1);
    m_database->execSuper("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE "
                          "wait_event = 'PgSleep' AND datname = current_database()");
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "server.57014"_ba);
    QCOMPARE(harness.answer(serial).error().kind, ErrorKind::Server);
}

void TestSessionCancel::statementTimeout()
{
    SessionHarness harness(config());
    RequestSpec spec = inFrame({"SELECT 1", "SELECT pg_sleep(100)"});
    spec.statementTimeout = 1000ms; // of which the first statement needs little
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.errorId(), "statement.timeout"_ba);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QCOMPARE(answer.error().server->sqlState, "57014"_ba);
    QVERIFY(!answer.error().sessionLost);
    QCOMPARE(answer.rowCount(), 1);
}

void TestSessionCancel::lockTimeoutIsNotNowait()
{
    m_database->exec("CREATE TABLE contended (n int)");
    Connection other = m_database->connect();
    other.exec("BEGIN; LOCK TABLE contended");
    SessionHarness harness(config());
    RequestSpec spec = guarded({"SELECT * FROM contended"});
    spec.lockTimeout = 100ms;
    const Answer &waited = harness.run(spec);
    QCOMPARE(waited.errorId(), "lock.timeout"_ba);
    QCOMPARE(waited.error().kind, ErrorKind::Timeout);
    spec = guarded({"LOCK TABLE contended IN ACCESS SHARE MODE NOWAIT"});
    spec.lockTimeout = 60'000ms;
    QCOMPARE(harness.run(spec).errorId(), "lock.notAvailable"_ba);
}

void TestSessionCancel::shutDownWhileStreaming()
{
    SessionHarness harness(config());
    const Serial running = harness.send(guarded({endless}));
    const Serial queued = harness.send(guarded({"SELECT 2"}));
    QTRY_VERIFY(harness.answer(running).chunks.size() > 2);
    harness.session().shutDown(10s);
    QCOMPARE(harness.answer(queued).errorId(), "request.shutDown"_ba);
    QTRY_COMPARE(harness.log().count(u"shut down"_s), 1);
    QCOMPARE(harness.answer(running).errorId(), "request.cancelled"_ba);
    QCOMPARE(harness.answer(running).finished, 1);
    QCOMPARE(harness.session().state(), SessionState::Closed);
    const Serial late = harness.send(guarded({"SELECT 3"}));
    QCOMPARE(harness.answer(late).errorId(), "request.shutDown"_ba);
}

void TestSessionCancel::shutDownWhileStalled()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    const Serial serial = harness.send(guarded({"SELECT pg_sleep(100)"}));
    QTRY_COMPARE(sleeping(), 1);
    proxy.stall();
    harness.session().shutDown(50ms);
    QTRY_COMPARE(harness.log().count(u"shut down"_s), 1);
    QCOMPARE(harness.answer(serial).errorId(), "request.shutDown"_ba);
    QCOMPARE(harness.answer(serial).finished, 1);
}

void TestSessionCancel::shutDownWhileConnecting()
{
    FaultProxy proxy(m_database->facts().port);
    proxy.stall();
    SessionHarness harness(config(proxy.port()));
    const Serial serial = harness.send(guarded({"SELECT 1"}));
    QTRY_COMPARE(proxy.openConnections(), 1);
    harness.session().shutDown(10s);
    QCOMPARE(harness.log().text(), u"request.shutDown, shut down"_s);
    QCOMPARE(harness.answer(serial).finished, 1);
}

QTEST_GUILESS_MAIN(TestSessionCancel)
#include "tst_sessioncancel.moc"

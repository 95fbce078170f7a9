// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that are lost while idle, closed when nobody needs them, and replaced once.
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionReconnect : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_database.emplace(); }
    void cleanupTestCase() { m_database.reset(); }

    void terminatedWhileIdle();
    void cutWhileIdleIsFoundAtTheNextSend_data() { frames(); }
    void cutWhileIdleIsFoundAtTheNextSend();
    void diesAtTheSend_data() { frames(); }
    void diesAtTheSend();
    void isNotRepeatedTwice();
    void freshConnectionIsNotRepeated();
    void closesAfterIdleTimeout();
    void busyIsNotIdle();
    void closeWaitsForTheRunningRequest();
    void closeBetweenRequests();
    void hugeRowsDoNotKeepTheirBuffer();

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
        SessionConfig made{.keywords = m_database->keywords(Role::Plain, port)};
        made.keywords["application_name"_ba] = "tested"_ba;
        return made;
    }

    std::optional<TestDatabase> m_database;
};

void TestSessionReconnect::terminatedWhileIdle()
{
    SessionHarness harness(config());
    const Answer &first = harness.run(pipelined({"SELECT 1"}));
    const int pid = first.outcome->value().backendPid;
    harness.log().clear();
    m_database->execSuper("SELECT pg_terminate_backend(" + QByteArray::number(pid) + ")");
    QTRY_COMPARE(harness.log().text(), u"idleConnectionLost connection.shuttingDown"_s);
    QCOMPARE(harness.session().state(), SessionState::Closed);
    const Answer &second = harness.run(pipelined({"SELECT 2"}));
    QCOMPARE(second.onlyCell(), "2"_ba);
    QVERIFY(second.outcome->value().backendPid != pid);
}

void TestSessionReconnect::cutWhileIdleIsFoundAtTheNextSend()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    QVERIFY(harness.run(inFrame({"SELECT 1"})).isOk());
    proxy.resetCounts();
    harness.log().clear();
    proxy.cut();
    const Answer &answer = harness.run(inFrame({"SELECT 2"})); // the loop did not run in between
    QCOMPARE(answer.onlyCell(), "2"_ba);
    QCOMPARE(answer.finished, 1);
    QCOMPARE(harness.log().text(), u"started, connected, columns, chunk, statement, finished"_s);
    QCOMPARE(proxy.connections(), 1);
}

void TestSessionReconnect::diesAtTheSend()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    QVERIFY(harness.run(inFrame({"SELECT 1"})).isOk());
    proxy.resetCounts();
    harness.log().clear();
    // As behind a NAT that forgot us: the first byte we send makes it close.
    proxy.setFaults(Direction::ToServer, {.cutAfter = 0, .reset = true},
                    FaultProxy::Scope::Existing);
    QCOMPARE(harness.run(inFrame({"SELECT 2"})).onlyCell(), "2"_ba);
    QCOMPARE(harness.log().text(), u"started, connected, columns, chunk, statement, finished"_s);
    QCOMPARE(proxy.connections(), 1);
}

void TestSessionReconnect::isNotRepeatedTwice()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    proxy.resetCounts();
    proxy.refuse(true);
    proxy.cut();
    const Answer &answer = harness.run(pipelined({"SELECT 2"}));
    QVERIFY(answer.error().sessionLost);
    QCOMPARE(answer.finished, 1);
    QCOMPARE(proxy.connections(), 1);
}

void TestSessionReconnect::freshConnectionIsNotRepeated()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness probe(config(proxy.port()));
    probe.session().open();
    QTRY_COMPARE(probe.log().text(), u"connected"_s);
    probe.session().close();
    QTRY_COMPARE(proxy.openConnections(), 0);
    proxy.resetCounts();
    // Dies with the first frame, before an answer: not idle before, so it is an error.
    const auto serial = probe.send(pipelined({"SELECT pg_sleep(60)"}));
    QTRY_COMPARE(m_database->value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = "
                                   "'PgSleep' AND datname = current_database()"),
                 "1"_ba);
    proxy.cut();
    QVERIFY(probe.wait(serial));
    QCOMPARE(probe.answer(serial).errorId(), "connection.closed"_ba);
    QCOMPARE(proxy.connections(), 1);
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                          "wait_event = 'PgSleep' AND datname = current_database()");
    QTRY_COMPARE(m_database->sessions("tested"), 0);
}

void TestSessionReconnect::closesAfterIdleTimeout()
{
    SessionConfig brief = config();
    brief.idleTimeout = 20ms;
    SessionHarness harness(brief);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    QTRY_COMPARE(harness.session().state(), SessionState::Closed);
    QTRY_COMPARE(m_database->sessions("tested"), 0);
    QCOMPARE(harness.log().count(u"connected"_s), 1);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    QCOMPARE(harness.log().count(u"connected"_s), 2);
}

void TestSessionReconnect::busyIsNotIdle()
{
    SessionConfig brief = config();
    brief.idleTimeout = 20ms;
    SessionHarness harness(brief);
    QVERIFY(harness.run(guarded({"SELECT pg_sleep(0.2)"})).isOk());
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestSessionReconnect::closeWaitsForTheRunningRequest()
{
    SessionHarness harness(config());
    const Serial first = harness.send(guarded({"SELECT pg_sleep(0.1), 1"}));
    const Serial second = harness.send(guarded({"SELECT 2"}));
    QTRY_COMPARE(harness.session().state(), SessionState::Busy);
    harness.session().close();
    QVERIFY(harness.wait(second));
    QVERIFY(harness.answer(first).isOk());
    QCOMPARE(harness.answer(second).onlyCell(), "2"_ba);
    QCOMPARE(harness.log().count(u"connected"_s), 2);
    QVERIFY(harness.answer(first).outcome->value().backendPid
            != harness.answer(second).outcome->value().backendPid);
}

void TestSessionReconnect::closeBetweenRequests()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    harness.session().close();
    QCOMPARE(harness.session().state(), SessionState::Closed);
    QTRY_COMPARE(m_database->sessions("tested"), 0);
}

void TestSessionReconnect::hugeRowsDoNotKeepTheirBuffer()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(pipelined({"SELECT repeat('x', 20000000)"})).isOk());
    QCOMPARE(harness.session().state(), SessionState::Closed);
    QVERIFY(harness.run(pipelined({"SELECT repeat('x', 2000000)"})).isOk());
    QCOMPARE(harness.session().state(), SessionState::Idle);
}

QTEST_GUILESS_MAIN(TestSessionReconnect)
#include "tst_sessionreconnect.moc"

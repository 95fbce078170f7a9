// SPDX-License-Identifier: GPL-3.0-or-later
// Servers and poolers that have no time now: what is awaited, what is asked again, and what is not.
#include "core/pq/connsecurity.h"
#include "tests/core/session/sessionharness.h"
#include "tests/support/fakeserver.h"
#include "tests/support/faultproxy.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testpooler.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionWaiting : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_database.emplace(); }
    void cleanupTestCase() { m_database.reset(); }

    void startingServerIsAwaited();
    void cancelEndsTheWaitingAtOnce();
    void patienceEnds();
    void immediateStopAndRecovery();
    void fullServerIsAskedOnce();
    void fullPoolerIsAskedOnce();
    void waitingForAPoolerIsTold();
    void silenceIsTold();
    void sleepIsFollowedByAQuestion_data();
    void sleepIsFollowedByAQuestion();
    void sleepLosesWhatWasHeld();
    void shortSleepAsksNothing();
    void idleCutCostsLessThanTwoRoundTrips_data();
    void idleCutCostsLessThanTwoRoundTrips();
    void poolerRestartsWhileIdle_data();
    void poolerRestartsWhileIdle();
    void clearTextPasswordIsNotGiven();

private:
    [[nodiscard]] SessionConfig config(quint16 port = 0)
    {
        return {.keywords = m_database->keywords(Role::Plain, port)};
    }

    std::optional<TestDatabase> m_database;
};

void TestSessionWaiting::startingServerIsAwaited()
{
    PrivateCluster server;
    SessionHarness harness({.keywords = tcpKeywords(server.facts(), u"postgres"_s, Role::Plain)});
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    server.holdStarting();
    QTRY_COMPARE(harness.session().state(), SessionState::Closed);
    const Serial first = harness.send(pipelined({"SELECT 1"}));
    const Serial second = harness.send(writing({"SELECT 2"}));
    QTRY_VERIFY(harness.answer(first).waits.size() >= 2);
    const WaitNote note = harness.answer(second).waits.front();
    QCOMPARE(note.reason, WaitNote::Reason::ServerStarting);
    QVERIFY(note.givesUpIn > 0ms);
    QVERIFY(!note.message.isEmpty());
    server.letStart();
    QVERIFY(harness.wait(second));
    QVERIFY(harness.answer(first).isOk());
    QVERIFY(harness.answer(second).isOk());
}

void TestSessionWaiting::cancelEndsTheWaitingAtOnce()
{
    PrivateCluster server;
    server.holdStarting();
    SessionHarness harness({.keywords = tcpKeywords(server.facts(), u"postgres"_s, Role::Plain)});
    const Serial serial = harness.send(guarded({"SELECT 1"}));
    QTRY_VERIFY(!harness.answer(serial).waits.empty());
    harness.session().cancel(serial);
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QCOMPARE(harness.session().state(), SessionState::Closed);
}

void TestSessionWaiting::patienceEnds()
{
    PrivateCluster server;
    server.holdStarting();
    SessionConfig brief{.keywords = tcpKeywords(server.facts(), u"postgres"_s, Role::Plain)};
    brief.startupPatience = 300ms;
    SessionHarness harness(brief);
    const Answer &answer = harness.run(pipelined({"SELECT 1"}));
    QCOMPARE(answer.errorId(), "connection.notReady"_ba);
    QCOMPARE(answer.error().server->sqlState, "57P03"_ba);
    // Pauses grow, 100 ms and then 200 ms: no busy loop.
    QVERIFY(!answer.waits.empty() && answer.waits.size() <= 3);
}

void TestSessionWaiting::immediateStopAndRecovery()
{
    PrivateCluster server;
    SessionHarness harness({.keywords = tcpKeywords(server.facts(), u"postgres"_s, Role::Plain)});
    const Serial serial = harness.send(guarded({"SELECT pg_sleep(100)"}));
    Connection admin(socketKeywords(server.facts(), u"postgres"_s, Role::Super));
    QTRY_COMPARE(admin.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"),
                 "1"_ba);
    server.stopImmediately();
    QVERIFY(harness.wait(serial));
    QVERIFY(harness.answer(serial).error().sessionLost);
    QCOMPARE(harness.run(pipelined({"SELECT 1"})).errorId(), "connection.refused"_ba);
    server.start();
    const Answer &after = harness.run(pipelined({"SELECT 1"}));
    QVERIFY2(after.isOk(), qPrintable(after.error().text()));
}

void TestSessionWaiting::fullServerIsAskedOnce()
{
    FakeServer full(FakeServer::Says::TooManyClients);
    SessionConfig asked = config(full.port());
    SessionHarness harness(asked);
    for (int i = 0; i < 20; ++i)
        QCOMPARE(harness.run(pipelined({"SELECT 1"})).errorId(), "connection.tooMany"_ba);
    QVERIFY2(full.connections() < 5, qPrintable(QString::number(full.connections())));
}

void TestSessionWaiting::fullPoolerIsAskedOnce()
{
    const TestPooler pooler(*m_database, PoolerOptions{.maxClients = 1});
    FaultProxy proxy(pooler.port());
    SessionConfig through{.keywords = m_database->keywords(Role::Plain, proxy.port()),
                          .pooled = true};
    SessionHarness harness(through);
    {
        Connection other = pooler.connect();
        for (int i = 0; i < 20; ++i)
            QCOMPARE(harness.run(pipelined({"SELECT 1"})).errorId(), "connection.tooMany"_ba);
        QVERIFY2(proxy.connections() < 5, qPrintable(QString::number(proxy.connections())));
    }
    // As soon as there is room and a moment has passed.
    QTRY_VERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
}

void TestSessionWaiting::waitingForAPoolerIsTold()
{
    const TestPooler pooler(*m_database, PoolerOptions{.poolSize = 1});
    Connection other = pooler.connect();
    other.exec("BEGIN");
    SessionHarness harness({.keywords = pooler.keywords(), .pooled = true});
    const Serial serial = harness.send(writing({"SELECT 1"}));
    QTRY_VERIFY(!harness.answer(serial).waits.empty());
    QCOMPARE(harness.answer(serial).waits.front().reason, WaitNote::Reason::Pooler);
    other.exec("ROLLBACK");
    QVERIFY(harness.wait(serial));
    QVERIFY(harness.answer(serial).isOk());
}

void TestSessionWaiting::silenceIsTold()
{
    FaultProxy proxy(m_database->facts().port);
    SessionConfig impatient = config(proxy.port());
    impatient.stallTimeout = 3000ms;
    SessionHarness harness(impatient);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    proxy.stall(FaultProxy::Scope::Existing);
    const Answer &answer = harness.run(guarded({"SELECT 1"}));
    QCOMPARE(answer.errorId(), "connection.stalled"_ba);
    QCOMPARE(answer.waits.size(), 1U);
    QCOMPARE(answer.waits.front().reason, WaitNote::Reason::Silence);
    QVERIFY(answer.waits.front().givesUpIn > 0ms);
}

void TestSessionWaiting::sleepIsFollowedByAQuestion_data()
{
    QTest::addColumn<Frame>("frame");
    QTest::newRow("pipelined") << Frame::Pipelined;
    QTest::newRow("guarded") << Frame::Guarded;
    QTest::newRow("writing") << Frame::Writing;
    QTest::newRow("plain") << Frame::Plain;
}

void TestSessionWaiting::sleepIsFollowedByAQuestion()
{
    QFETCH(Frame, frame);
    FaultProxy proxy(m_database->facts().port);
    auto asleep = std::make_shared<std::chrono::milliseconds>(0);
    SessionConfig laptop = config(proxy.port());
    laptop.timeAsleep = [asleep] { return *asleep; };
    laptop.stallTimeout = 3000ms;
    SessionHarness harness(laptop);
    RequestSpec spec = plain({"SELECT 7"});
    spec.frame = frame;
    QVERIFY(harness.run(spec).isOk());
    // Woken up, the same connection still works: it is asked and kept.
    *asleep += 1h;
    proxy.resetCounts();
    QVERIFY(harness.run(spec).isOk());
    QCOMPARE(proxy.connections(), 0);
    // Woken up again, nobody answers on it.
    *asleep += 1h;
    proxy.stall(FaultProxy::Scope::Existing);
    harness.log().clear();
    const Answer &answer = harness.run(spec);
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(answer.onlyCell(), "7"_ba);
    QCOMPARE(proxy.connections(), 1);
    QCOMPARE(harness.log().count(u"connected"_s), 1);
    QVERIFY(!harness.log().text().contains(u"connectFailed"_s));
}

void TestSessionWaiting::sleepLosesWhatWasHeld()
{
    FaultProxy proxy(m_database->facts().port);
    auto asleep = std::make_shared<std::chrono::milliseconds>(0);
    SessionConfig laptop = config(proxy.port());
    laptop.timeAsleep = [asleep] { return *asleep; };
    laptop.stallTimeout = 3000ms;
    SessionHarness harness(laptop);
    QVERIFY(harness.run(plain({"BEGIN", "SELECT 1"})).isOk());
    RequestSpec spec = plain({"SELECT 1"});
    spec.transaction = harness.session().heldState().number;
    *asleep += 1h;
    QVERIFY(
        harness.run(spec).isOk()); // it survived the first time, and the question did not harm it
    *asleep += 1h;
    proxy.stall(FaultProxy::Scope::Existing);
    const Serial serial = harness.send(spec, 0);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "session.stateLost"_ba);
    QCOMPARE(harness.lost().size(), 1U);
    QCOMPARE(harness.lost().front().transaction, HeldState::Transaction::Open);
}

void TestSessionWaiting::shortSleepAsksNothing()
{
    FaultProxy proxy(m_database->facts().port);
    auto asleep = std::make_shared<std::chrono::milliseconds>(0);
    SessionConfig laptop = config(proxy.port());
    laptop.timeAsleep = [asleep] { return *asleep; };
    SessionHarness harness(laptop);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    *asleep += 20ms;
    proxy.resetCounts();
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    QCOMPARE(proxy.roundTrips(), 1);
}

void TestSessionWaiting::idleCutCostsLessThanTwoRoundTrips_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::addColumn<bool>("seen"); ///< the cut reached us before the next use
    QTest::newRow("direct, at the next use") << false << false;
    QTest::newRow("direct, before") << false << true;
    QTest::newRow("pooled, at the next use") << true << false;
}

void TestSessionWaiting::idleCutCostsLessThanTwoRoundTrips()
{
    QFETCH(bool, pooled);
    QFETCH(bool, seen);
    const TestPooler pooler(*m_database);
    FaultProxy proxy(pooled ? pooler.port() : m_database->facts().port);
    const SessionConfig through{.keywords = m_database->keywords(Role::Plain, proxy.port()),
                                .pooled = pooled};
    SessionHarness fresh(through);
    QVERIFY(fresh.run(pipelined({"SELECT 1"})).isOk());
    const int connectAndRead = proxy.roundTrips();
    SessionHarness harness(through);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    proxy.resetCounts();
    harness.log().clear();
    if (seen) {
        proxy.cut();
        QTRY_COMPARE(harness.session().state(), SessionState::Closed);
    } else {
        proxy.setFaults(Direction::ToServer, {.cutAfter = 0, .reset = true},
                        FaultProxy::Scope::Existing);
    }
    const Answer &answer = harness.run(pipelined({"SELECT 2"}));
    QCOMPARE(answer.onlyCell(), "2"_ba);
    QVERIFY2(proxy.roundTrips() < connectAndRead + 2,
             qPrintable(QString::number(proxy.roundTrips() - connectAndRead)));
    QCOMPARE(proxy.connections(), 1);
    QCOMPARE(harness.log().text().contains(u"stateLost"_s), false);
}

void TestSessionWaiting::poolerRestartsWhileIdle_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("at once") << SIGQUIT;
    QTest::newRow("in good order") << SIGINT;
}

void TestSessionWaiting::poolerRestartsWhileIdle()
{
    QFETCH(int, signal);
    TestPooler pooler(*m_database, PoolerOptions{.poolSize = 1});
    SessionHarness harness({.keywords = pooler.keywords(), .pooled = true});
    QVERIFY(harness.run(writing({"SELECT 1"})).isOk());
    pooler.restart(signal);
    const Answer &answer = harness.run(writing({"SELECT 2"}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(harness.log().count(u"connected"_s), 2);
}

/// A folder's address leads to somebody who only wants the password.
void TestSessionWaiting::clearTextPasswordIsNotGiven()
{
    FakeServer thief(FakeServer::Says::ClearTextPassword);
    const auto info = parseConnInfo(
        u"postgresql://u:canary-secret@127.0.0.1:%1/d"_s.arg(thief.port()), ConnOrigin::File);
    QVERIFY(info);
    SessionHarness harness({.keywords = secured(*info)});
    for (const RequestSpec &spec : {pipelined({"SELECT 1"}), writing({"SELECT 1"})}) {
        const Answer &answer = harness.run(spec);
        QCOMPARE(answer.errorId(), "auth.clearText"_ba);
        QVERIFY(!answer.error().text().contains(u"canary"_s));
    }
    QVERIFY(thief.connections() > 0);
    QVERIFY2(!thief.heard().contains("canary"), "the password left this machine");
}

QTEST_GUILESS_MAIN(TestSessionWaiting)
#include "tst_sessionwaiting.moc"

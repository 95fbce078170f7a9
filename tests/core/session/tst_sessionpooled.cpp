// SPDX-License-Identifier: GPL-3.0-or-later
// Sessions through PgBouncer in transaction mode, and what they hold in session mode.
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testpooler.h"

#include <QDeadlineTimer>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionPooled : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void tellsThatAPoolerIsBetween();
    void oneRoundTrip();
    void optionsAreLeftOut();
    void creditsAreIgnored();
    void cancelReachesTheServer();
    void cancelSeesWhatWasNotReadYet();
    void cancelWhileWaitingForAServer_data() { frames(); }
    void cancelWhileWaitingForAServer();
    void errorGivesTheServerBack_data() { frames(); }
    void errorGivesTheServerBack();
    void advisoryLocksAreReleased_data();
    void advisoryLocksAreReleased();
    void locksOfOthersStay();
    void whatOutlivesTheFrameIsDropped_data();
    void whatOutlivesTheFrameIsDropped();
    void undeclaredPoolerIsNoted_data() { whatOutlivesTheFrameIsDropped_data(); }
    void undeclaredPoolerIsNoted();
    void copyFromStdinIsEnded();
    void serverProcessEndsMidQuery_data() { frames(); }
    void serverProcessEndsMidQuery();
    void serverProcessEndsWhileIdle();
    void poolerDiesMidQuery();
    void poolerIsBusy();
    void stateNeedsAServerOfItsOwn();
    void whatWasThereIsNotHeld();

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
    [[nodiscard]] SessionConfig config()
    {
        return {.keywords = m_pooler->keywords(), .pooled = true};
    }
    [[nodiscard]] QByteArray advisoryLocks()
    {
        return m_database->valueSuper(
            "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
            "WHERE locktype = 'advisory' AND datname = current_database()");
    }

    [[nodiscard]] QByteArray sleeping()
    {
        return m_database->valueSuper("SELECT count(*) FROM pg_stat_activity WHERE "
                                      "wait_event = 'PgSleep' AND datname = current_database()");
    }

    std::optional<TestDatabase> m_database;
    std::optional<TestPooler> m_pooler; ///< with one server connection
};

void TestSessionPooled::init()
{
    m_database.emplace();
    m_pooler.emplace(*m_database, PoolerOptions{.poolSize = 1});
}

void TestSessionPooled::cleanup()
{
    m_pooler.reset();
    m_database.reset();
}

void TestSessionPooled::tellsThatAPoolerIsBetween()
{
    SessionHarness harness(config());
    harness.session().open();
    QTRY_COMPARE(harness.log().text(), u"connected"_s);
    const ServerInfo &info = harness.session().serverInfo();
    QVERIFY(info.backendPid > 0);
    QVERIFY(info.backendPid != info.announcedPid);
    QVERIFY(info.version >= 170000);
}

void TestSessionPooled::oneRoundTrip()
{
    FaultProxy proxy(m_pooler->port());
    SessionConfig through = config();
    through.keywords["port"_ba] = QByteArray::number(proxy.port());
    SessionHarness harness(through);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    proxy.resetCounts();
    QVERIFY(harness.run(pipelined({"SELECT 1", "SELECT 2"})).isOk());
    QCOMPARE(proxy.roundTrips(), 1);
}

void TestSessionPooled::optionsAreLeftOut()
{
    SessionConfig withOptions = config();
    withOptions.keywords["options"_ba] = "-c work_mem=8MB"_ba;
    SessionHarness harness(withOptions);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
}

void TestSessionPooled::creditsAreIgnored()
{
    SessionHarness harness(config());
    RequestSpec spec = guarded({"SELECT generate_series(1, 5000)"});
    spec.credits = 1;
    QCOMPARE(harness.run(spec).rowCount(), 5000);
}

void TestSessionPooled::cancelReachesTheServer()
{
    SessionHarness harness(config());
    QSignalSpy heard(&harness.session(), &Session::latencyMeasured);
    for (const RequestSpec &spec :
         {pipelined({"SELECT pg_sleep(100)"}), guarded({"SELECT pg_sleep(100)"})}) {
        const qsizetype before = heard.size();
        const Serial serial = harness.send(spec);
        QTRY_COMPARE(sleeping(), "1"_ba);
        QTRY_COMPARE(heard.size(), before + 1);
        harness.session().cancel(serial);
        QVERIFY(harness.wait(serial));
        QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
        QVERIFY(!harness.answer(serial).error().sessionLost);
    }
    QCOMPARE(harness.run(pipelined({"SELECT 2"})).onlyCell(), "2"_ba);
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestSessionPooled::cancelSeesWhatWasNotReadYet()
{
    FaultProxy proxy(m_pooler->port());
    SessionConfig through = config();
    through.keywords["port"_ba] = QByteArray::number(proxy.port());
    SessionHarness harness(through);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    proxy.resetCounts();
    const Serial serial = harness.send(pipelined({"SELECT pg_sleep(100)"}));
    // Without the loop, so that the session does not hear the server that works for it.
    const QDeadlineTimer patience(60s);
    while ((proxy.bytes(Direction::ToClient) == 0 || sleeping() != "1") && !patience.hasExpired()) {
    }
    harness.session().cancel(serial);
    QCOMPARE(harness.session().state(), SessionState::Cancelling);
    QVERIFY(harness.wait(serial));
    QVERIFY(!harness.answer(serial).error().sessionLost);
    QCOMPARE(sleeping(), "0"_ba);
}

void TestSessionPooled::cancelWhileWaitingForAServer()
{
    Connection other = m_pooler->connect();
    other.exec("BEGIN");
    SessionHarness harness(config());
    const Serial serial = harness.send(inFrame({"SELECT 1"}));
    QTRY_COMPARE(m_pooler->pool("cl_waiting"), 1);
    harness.session().cancel(serial);
    // At once: the pooler would not pass a cancel request on.
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QCOMPARE(harness.session().state(), SessionState::Closed);
    other.exec("ROLLBACK"); // PgBouncer looks at a waiting client again when it has a server for it
    QTRY_COMPARE(m_pooler->pool("cl_waiting"), 0);
    QCOMPARE(harness.run(inFrame({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionPooled::errorGivesTheServerBack()
{
    SessionHarness harness(config());
    QCOMPARE(harness.run(inFrame({"SELECT 1/0"})).errorId(), "server.22012"_ba);
    Connection other = m_pooler->connect();
    QCOMPARE(other.value("SELECT 5"), "5"_ba); // the one server connection is free
    QCOMPARE(harness.run(inFrame({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionPooled::advisoryLocksAreReleased_data()
{
    QTest::addColumn<QByteArrayList>("statements");
    QTest::newRow("one") << QByteArrayList{"SELECT pg_advisory_lock(1)"};
    QTest::newRow("thrice") << QByteArrayList{"SELECT pg_advisory_lock(1) "
                                              "FROM generate_series(1, 3)"};
    QTest::newRow("pair and shared")
        << QByteArrayList{"SELECT pg_advisory_lock(-1, 2), pg_advisory_lock_shared(-9)"};
    QTest::newRow("before an error") << QByteArrayList{"SELECT pg_advisory_lock(1)", "SELECT 1/0"};
}

void TestSessionPooled::advisoryLocksAreReleased()
{
    QFETCH(QByteArrayList, statements);
    SessionHarness harness(config());
    RequestSpec spec = guarded({});
    for (const QByteArray &sql : statements)
        spec.statements.push_back({.sql = sql});
    harness.run(spec);
    QCOMPARE(advisoryLocks(), "0"_ba);
    QCOMPARE(harness.session().state(), SessionState::Idle);
}

void TestSessionPooled::locksOfOthersStay()
{
    // Left behind on the server connection by a client that did not clear up; not ours to release.
    Connection other = m_pooler->connect();
    other.exec("SELECT pg_advisory_lock(77), pg_advisory_lock_shared(-5, 6)");
    SessionHarness harness(config());
    QVERIFY(harness
                .run(guarded({"SELECT pg_advisory_lock(78), pg_advisory_lock(78), "
                              "pg_advisory_lock(-9223372036854775808), "
                              "pg_advisory_lock_shared(-1, -2), pg_advisory_lock_shared(79), "
                              "pg_advisory_lock(2147483647, -2147483648)"}))
                .isOk());
    QCOMPARE(advisoryLocks(), "2"_ba);
    QCOMPARE(other.value("SELECT pg_advisory_unlock(77)"), "t"_ba);
    QCOMPARE(other.value("SELECT pg_advisory_unlock_shared(-5, 6)"), "t"_ba);
    QCOMPARE(advisoryLocks(), "0"_ba);
}

void TestSessionPooled::whatOutlivesTheFrameIsDropped_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("prepare") << "PREPARE leaked AS SELECT 1"_ba;
    QTest::newRow("deallocate") << "DEALLOCATE ALL"_ba;
}

void TestSessionPooled::whatOutlivesTheFrameIsDropped()
{
    QFETCH(QByteArray, sql);
    SessionHarness harness(config());
    const int before = harness.run(pipelined({"SELECT 1"})).outcome->value().backendPid;
    const Answer &answer = harness.run(guarded({sql, "SELECT 1"}));
    QCOMPARE(answer.errorId(), "frame.sessionState"_ba);
    QVERIFY(answer.error().sessionLost);
    QVERIFY(answer.chunks.empty());
    Connection other = m_pooler->connect();
    QCOMPARE(other.value("SELECT count(*) FROM pg_prepared_statements WHERE from_sql"), "0"_ba);
    QVERIFY(other.backendPid() != before); // the pooler threw the server connection away
}

void TestSessionPooled::undeclaredPoolerIsNoted()
{
    QFETCH(QByteArray, sql);
    const QByteArray before = m_pooler->connect().value("SELECT pg_backend_pid()");
    SessionConfig declaredDirect = config();
    declaredDirect.pooled = false;
    SessionHarness harness(declaredDirect);
    const Answer &answer = harness.run(guarded({sql, "SELECT 1"})); // the very first text
    QCOMPARE(answer.errorId(), "frame.sessionState"_ba);
    QVERIFY(answer.error().sessionLost);
    QVERIFY(answer.chunks.empty());
    Connection other = m_pooler->connect();
    QCOMPARE(other.value("SELECT count(*) FROM pg_prepared_statements WHERE from_sql"), "0"_ba);
    QVERIFY(other.value("SELECT pg_backend_pid()") != before);
}

void TestSessionPooled::copyFromStdinIsEnded()
{
    // A read-only transaction may write temporary tables; another client left one behind.
    m_pooler->connect().exec("CREATE TEMP TABLE leaked (t text)");
    SessionHarness harness(config());
    const Answer &answer = harness.run(guarded({"COPY leaked FROM STDIN", "SELECT 1"}));
    QCOMPARE(answer.errorId(), "copy.fromStdin"_ba);
    QVERIFY(!answer.error().sessionLost);
    QVERIFY(answer.chunks.empty());
    QCOMPARE(harness.session().state(), SessionState::Idle);
    QCOMPARE(m_pooler->connect().value("SELECT count(*) FROM leaked"), "0"_ba);
}

void TestSessionPooled::serverProcessEndsMidQuery()
{
    SessionHarness harness(config());
    const Serial serial = harness.send(inFrame({"SELECT pg_sleep(100)"}));
    QTRY_COMPARE(sleeping(), "1"_ba);
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                          "wait_event = 'PgSleep' AND datname = current_database()");
    QVERIFY(harness.wait(serial));
    // The server's own word, not the pooler's "server conn crashed?" that follows it.
    QCOMPARE(harness.answer(serial).errorId(), "connection.shuttingDown"_ba);
    QVERIFY(harness.answer(serial).error().sessionLost);
    QCOMPARE(harness.answer(serial).finished, 1);
    QCOMPARE(harness.run(inFrame({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionPooled::serverProcessEndsWhileIdle()
{
    SessionHarness harness(config());
    const int before = harness.run(pipelined({"SELECT 1"})).outcome->value().backendPid;
    m_database->execSuper("SELECT pg_terminate_backend(" + QByteArray::number(before) + ", 10000)");
    QTRY_COMPARE(m_pooler->pool("sv_idle"), 0);
    // The pooler takes another process; nothing of ours was in the old one.
    const Answer &answer = harness.run(pipelined({"SELECT 2"}));
    QCOMPARE(answer.onlyCell(), "2"_ba);
    QVERIFY(answer.outcome->value().backendPid != before);
}

void TestSessionPooled::poolerDiesMidQuery()
{
    SessionHarness harness(config());
    const Serial serial = harness.send(guarded({"SELECT pg_sleep(100)"}));
    QTRY_COMPARE(sleeping(), "1"_ba);
    m_pooler->kill();
    QVERIFY(harness.wait(serial));
    QVERIFY(harness.answer(serial).error().sessionLost);
    QCOMPARE(harness.answer(serial).errorId(), "connection.closed"_ba);
}

void TestSessionPooled::poolerIsBusy()
{
    m_pooler.emplace(*m_database,
                     PoolerOptions{.poolSize = 1, .settings = {"query_wait_timeout = 1"}});
    Connection other = m_pooler->connect();
    other.exec("BEGIN");
    SessionHarness harness(config());
    const Answer &answer = harness.run(pipelined({"SELECT 1"}));
    QCOMPARE(answer.errorId(), "connection.poolerBusy"_ba);
    QVERIFY(answer.error().sessionLost);
}

void TestSessionPooled::stateNeedsAServerOfItsOwn()
{
    const TestPooler pooler(*m_database, PoolerOptions{.poolSize = 1});
    SessionHarness declared({.keywords = pooler.keywords(), .pooled = true});
    QCOMPARE(declared.run(plain({"SET work_mem = '1MB'"})).errorId(), "pooled.needsDirect"_ba);
    SessionHarness unmasked({.keywords = pooler.keywords()});
    QCOMPARE(unmasked.run(plain({"SET work_mem = '1MB'"})).errorId(), "pooled.needsDirect"_ba);
    QVERIFY(pooler.connect().value("SELECT current_setting('work_mem')") != "1MB");
    // One server process a client: as good as direct.
    const TestPooler own(*m_database, PoolerOptions{.poolMode = "session"});
    SessionHarness session({.keywords = own.keywords(), .ownServer = true});
    QVERIFY(session.run(plain({"SET work_mem = '1MB'"})).isOk());
    QCOMPARE(session.session().heldState().settings, QStringList{u"work_mem"_s});
    QVERIFY(session.run(writing({"SELECT set_config('enable_sort', 'off', false)"})).isOk());
    QCOMPARE(session.session().heldState().settings,
             (QStringList{u"enable_sort"_s, u"work_mem"_s}));
    QCOMPARE(session.log().count(u"connected"_s), 1);
}

/// A pooler in session mode that does not clear up after its clients, and somebody who did not.
void TestSessionPooled::whatWasThereIsNotHeld()
{
    m_database->exec("CREATE TABLE t (id int)");
    const TestPooler pooler(
        *m_database,
        PoolerOptions{.poolMode = "session", .poolSize = 1, .settings = {"server_reset_query ="}});
    pooler.connect().exec("SET work_mem = '3MB'; SET my.old = 'x'; LISTEN theirs;"
                          "CREATE TEMP TABLE theirs (id int); SELECT pg_advisory_lock(1)");
    SessionHarness harness({.keywords = pooler.keywords(), .ownServer = true});
    const Answer &first = harness.run(plain({"SELECT current_setting('work_mem')"}));
    QCOMPARE(first.onlyCell(), "3MB"_ba); // it is that process
    QVERIFY(harness.session().heldState().isEmpty());
    QVERIFY(harness
                .run(plain({"SET work_mem = '4MB'", "CREATE TEMP TABLE ours (id int)",
                            "LISTEN ours", "SELECT pg_advisory_lock(2)"}))
                .isOk());
    const HeldState ours{.temporaryObjects = {u"ours"_s},
                         .settings = {u"work_mem"_s},
                         .channels = {u"ours"_s},
                         .advisoryLocks = 1};
    QCOMPARE(harness.session().heldState(), ours);
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (1)"})).isOk());
    QCOMPARE(harness.session().heldState(), ours);
}

QTEST_GUILESS_MAIN(TestSessionPooled)
#include "tst_sessionpooled.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Servers that refuse, die or fall silent, and lines that stall, split and cut.
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();

    void cannotConnect_data();
    void cannotConnect();
    void everybodyWaitingForTheConnectionHears();
    void openHears();
    void tooManyConnections();
    void connectTimeout();
    void silentNameServerIsNotWaitedFor();
    void nameWithAddresses();

    void terminatedMidQuery_data() { frames(); }
    void terminatedMidQuery();
    void databaseDroppedMidQuery();
    void serverShutsDownMidQuery();
    void serverCrashesMidQuery();
    void backendKilled();
    void stalledNetwork_data() { frames(); }
    void stalledNetwork();
    void pausedIsNotStalled();
    void splitAtEveryByte_data() { frames(); }
    void splitAtEveryByte();
    void cutAnywhere_data();
    void cutAnywhere();
    void classEightOfAStatementKeepsTheSession();

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
    [[nodiscard]] bool isSleeping()
    {
        return m_database->value("SELECT count(*) FROM pg_stat_activity WHERE "
                                 "wait_event = 'PgSleep' AND datname = current_database()")
               == "1";
    }

    std::optional<TestDatabase> m_database;
};

void TestSessionFaults::initTestCase()
{
    m_database.emplace();
}

void TestSessionFaults::cleanupTestCase()
{
    m_database.reset();
}

void TestSessionFaults::cannotConnect_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("wrong password")
        << "password"_ba << "wrong"_ba << "auth.password"_ba << ErrorKind::Authentication;
    QTest::newRow("no password") << "password"_ba << ""_ba << "auth.passwordMissing"_ba
                                 << ErrorKind::Authentication;
    QTest::newRow("host down") << "port"_ba << QByteArray::number(freePort())
                               << "connection.refused"_ba << ErrorKind::Connection;
    QTest::newRow("no such name") << "host"_ba << "db.invalid"_ba << "connection.dns"_ba
                                  << ErrorKind::Connection;
    QTest::newRow("no such database") << "dbname"_ba << "no such = database"_ba
                                      << "connection.databaseMissing"_ba << ErrorKind::Connection;
    QTest::newRow("no such keyword")
        << "nonsense"_ba << "1"_ba << "connection.failed"_ba << ErrorKind::Connection;
}

void TestSessionFaults::cannotConnect()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(QByteArray, id);
    QFETCH(ErrorKind, kind);
    SessionConfig broken = config();
    broken.keywords[key] = value;
    SessionHarness harness(broken);
    const Answer &answer = harness.run(pipelined({"SELECT 1"}));
    QCOMPARE(answer.errorId(), id);
    QCOMPARE(answer.error().kind, kind);
    QVERIFY(!answer.error().text().contains(QString::fromUtf8(m_database->facts().plainPassword)));
    QCOMPARE(harness.log().text(),
             u"connectFailed "_s + QString::fromLatin1(id) + u", "_s + QString::fromLatin1(id));
    QCOMPARE(harness.session().state(), SessionState::Closed);
}

void TestSessionFaults::everybodyWaitingForTheConnectionHears()
{
    SessionConfig broken = config();
    broken.keywords["password"_ba] = "wrong"_ba;
    SessionHarness harness(broken);
    const Serial first = harness.send(pipelined({"SELECT 1"}));
    const Serial second = harness.send(guarded({"SELECT 1"}));
    QVERIFY(harness.wait(first));
    QVERIFY(harness.wait(second));
    QCOMPARE(harness.answer(second).errorId(), "auth.password"_ba);
    QCOMPARE(harness.log().text(), u"connectFailed auth.password, auth.password ×2"_s);
}

void TestSessionFaults::openHears()
{
    SessionConfig broken = config();
    broken.keywords["password"_ba] = "wrong"_ba;
    SessionHarness harness(broken);
    harness.session().open();
    QTRY_COMPARE(harness.log().text(), u"connectFailed auth.password"_s);
}

void TestSessionFaults::tooManyConnections()
{
    const TestDatabase narrow;
    narrow.execSuper("ALTER DATABASE " + narrow.name().toUtf8() + " CONNECTION LIMIT 0");
    SessionHarness harness({.keywords = narrow.keywords()});
    const Answer &answer = harness.run(pipelined({"SELECT 1"}));
    QCOMPARE(answer.errorId(), "connection.tooMany"_ba);
    QCOMPARE(answer.error().server->sqlState, "53300"_ba);
}

void TestSessionFaults::connectTimeout()
{
    FaultProxy proxy(m_database->facts().port);
    proxy.stall();
    SessionConfig slow = config(proxy.port());
    slow.connectTimeout = 2000ms; // enough for the second time
    SessionHarness harness(slow);
    const Answer &answer = harness.run(pipelined({"SELECT 1"}));
    QCOMPARE(answer.errorId(), "connection.timeout"_ba);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QVERIFY2(answer.error().message.contains(u"2 s"_s), qPrintable(answer.error().message));
    proxy.clearFaults(); // only now can it see that we closed
    QTRY_COMPARE(proxy.openConnections(), 0);
    QCOMPARE(harness.run(pipelined({"SELECT 1"})).onlyCell(), "1"_ba);
}

void TestSessionFaults::silentNameServerIsNotWaitedFor()
{
    SessionConfig unknown = config();
    unknown.keywords["host"_ba] = "db.invalid"_ba;
    SessionHarness harness(unknown);
    const Serial serial = harness.send(pipelined({"SELECT 1"}));
    QCOMPARE(harness.session().state(), SessionState::Connecting);
    harness.session().cancel(serial); // before the look-up can have answered
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QCOMPARE(harness.session().state(), SessionState::Closed);
}

void TestSessionFaults::nameWithAddresses()
{
    SessionConfig named = config();
    named.keywords["host"_ba] = "localhost"_ba; // 127.0.0.1 and perhaps ::1, where nobody listens
    SessionHarness harness(named);
    QCOMPARE(harness.run(pipelined({"SELECT 1"})).onlyCell(), "1"_ba);
}

void TestSessionFaults::terminatedMidQuery()
{
    SessionHarness harness(config());
    const Serial serial = harness.send(inFrame({"SELECT pg_sleep(60)"}));
    const Serial next = harness.send(inFrame({"SELECT 2"}));
    QTRY_VERIFY(isSleeping());
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                          "wait_event = 'PgSleep' AND datname = current_database()");
    QVERIFY(harness.wait(serial));
    const Error error = harness.answer(serial).error();
    QCOMPARE(error.id, "connection.shuttingDown"_ba);
    QVERIFY(error.sessionLost);
    QCOMPARE(error.server->sqlState, "57P01"_ba); // the first of two results, the one with a reason
    QVERIFY(harness.wait(next));
    QCOMPARE(harness.answer(next).onlyCell(), "2"_ba);
    QCOMPARE(harness.answer(serial).finished, 1);
}

void TestSessionFaults::databaseDroppedMidQuery()
{
    auto doomed = std::make_unique<TestDatabase>();
    const ConnKeywords keywords = doomed->keywords();
    SessionHarness harness({.keywords = keywords});
    const Serial serial = harness.send(guarded({"SELECT pg_sleep(60)"}));
    QTRY_COMPARE(doomed->sessions("sluice"), 1);
    QTRY_COMPARE(doomed->valueSuper("SELECT count(*) FROM pg_stat_activity WHERE "
                                    "wait_event = 'PgSleep' AND datname = current_database()"),
                 "1"_ba);
    doomed.reset();
    QVERIFY(harness.wait(serial));
    QVERIFY(harness.answer(serial).error().sessionLost);
    QCOMPARE(harness.run(pipelined({"SELECT 1"})).errorId(), "connection.databaseMissing"_ba);
}

void TestSessionFaults::serverShutsDownMidQuery()
{
    PrivateCluster server;
    SessionHarness harness({.keywords = tcpKeywords(server.facts(), u"postgres"_s, Role::Plain)});
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    const Serial serial = harness.send(guarded({"SELECT pg_sleep(60)"}));
    {
        // A request that the server has not begun would be sent again.
        Connection admin(socketKeywords(server.facts(), u"postgres"_s, Role::Super));
        QTRY_COMPARE(
            admin.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"),
            "1"_ba);
    }
    server.shutDown();
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "connection.shuttingDown"_ba);
    QCOMPARE(harness.run(pipelined({"SELECT 1"})).errorId(), "connection.refused"_ba);
    server.start();
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
}

void TestSessionFaults::serverCrashesMidQuery()
{
    PrivateCluster server;
    SessionHarness harness({.keywords = tcpKeywords(server.facts(), u"postgres"_s, Role::Plain)});
    // Twenty rows first: what came stays.
    RequestSpec spec = guarded({"SELECT g, pg_sleep(CASE WHEN g > 20 THEN 60 ELSE 0 END) "
                                "FROM generate_series(1, 30) g"});
    spec.rowsPerChunk = 10;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(harness.session().state(), SessionState::Busy);
    Connection admin(socketKeywords(server.facts(), u"postgres"_s, Role::Super));
    QTRY_COMPARE(admin.value("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"),
                 "1"_ba);
    server.crash();
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "connection.closed"_ba);
    QVERIFY(harness.answer(serial).error().sessionLost);
    QCOMPARE(harness.answer(serial).finished, 1);
}

void TestSessionFaults::backendKilled()
{
    PrivateCluster server;
    const ConnKeywords keywords = tcpKeywords(server.facts(), u"postgres"_s, Role::Plain);
    SessionHarness victim({.keywords = keywords});
    SessionHarness bystander({.keywords = keywords});
    QVERIFY(bystander.run(pipelined({"SELECT 1"})).isOk());
    const Serial serial = victim.send(guarded({"SELECT pg_sleep(60)"}));
    Connection admin(socketKeywords(server.facts(), u"postgres"_s, Role::Super));
    QByteArray pid;
    const auto findVictim = [&] {
        pid = admin.value("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'");
        return !pid.isEmpty();
    };
    QTRY_VERIFY(findVictim());
    QCOMPARE(::kill(pid.toInt(), SIGKILL), 0);
    QVERIFY(victim.wait(serial));
    QCOMPARE(victim.answer(serial).errorId(), "connection.closed"_ba);
    QTRY_COMPARE(bystander.session().state(), SessionState::Closed);
    QCOMPARE(bystander.log().count(u"idleConnectionLost connection.shuttingDown"_s), 1); // 57P02
    // The whole server restarts; who asks meanwhile is told to wait and asked again.
    const Answer &after = bystander.run(pipelined({"SELECT 2"}));
    QVERIFY2(after.isOk(), qPrintable(after.error().text()));
    QCOMPARE(victim.run(pipelined({"SELECT 3"})).onlyCell(), "3"_ba);
}

void TestSessionFaults::stalledNetwork()
{
    FaultProxy proxy(m_database->facts().port);
    SessionConfig impatient = config(proxy.port());
    impatient.stallTimeout = 2000ms; // enough for the new connection
    SessionHarness harness(impatient);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    RequestSpec spec = inFrame({"SELECT 2"});
    spec.statementTimeout = 1000ms;
    proxy.stall(FaultProxy::Scope::Existing);
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.errorId(), "connection.stalled"_ba);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QVERIFY(answer.error().sessionLost);
    QCOMPARE(harness.run(spec).onlyCell(), "2"_ba);
    proxy.clearFaults();
    QTRY_COMPARE(proxy.openConnections(), 1);
}

void TestSessionFaults::pausedIsNotStalled()
{
    SessionConfig impatient = config();
    impatient.stallTimeout = 1000ms;
    SessionHarness harness(impatient);
    RequestSpec spec = pipelined({"SELECT repeat('x', 10000) FROM generate_series(1, 20000)"});
    spec.statementTimeout = 2000ms;
    spec.rowsPerRead = 8; // so that little has to come for a pause
    spec.credits = 1;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(harness.answer(serial).chunks.size(), 1U);
    // For much longer than both limits nothing is read: it is us that the server waits for.
    const auto hasPassed = [this] {
        return m_database->value("SELECT count(*) FROM pg_stat_activity WHERE application_name = "
                                 "'sluice' AND datname = current_database() AND "
                                 "clock_timestamp() > query_start + interval '5 s'")
               == "1";
    };
    QTRY_VERIFY_WITH_TIMEOUT(hasPassed(), 60'000);
    QCOMPARE(harness.answer(serial).errorId(), "none"_ba);
    QVERIFY(harness.answer(serial).waits.empty());
    // The server's own limit is over, which it sees as soon as it may go on.
    harness.session().grant(serial, 1'000'000);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "statement.timeout"_ba);
    QVERIFY(!harness.answer(serial).error().sessionLost);
    QVERIFY(harness.answer(serial).chunks.size() > 1);
    // And whoever is granted all of it in time gets all of it.
    spec.statementTimeout = 0ms;
    const Serial whole = harness.send(spec);
    QTRY_COMPARE(harness.answer(whole).chunks.size(), 1U);
    harness.session().grant(whole, 1'000'000);
    QVERIFY(harness.wait(whole));
    QCOMPARE(harness.answer(whole).rowCount(), 20'000);
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestSessionFaults::splitAtEveryByte()
{
    FaultProxy proxy(m_database->facts().port);
    proxy.splitEveryByte();
    SessionHarness harness(config(proxy.port()));
    const Answer &answer = harness.run(
        inFrame({"SELECT g, NULL, 'é' || g FROM generate_series(1, 40) g", "SELECT 1/0"}));
    QCOMPARE(answer.errorId(), "server.22012"_ba);
    QCOMPARE(answer.rowCount(), 40);
    QCOMPARE(answer.rows().at(39), "40|\\N|é40"_ba);
    QCOMPARE(harness.run(inFrame({"SELECT 2"})).onlyCell(), "2"_ba);
}

void TestSessionFaults::cutAnywhere_data()
{
    QTest::addColumn<Frame>("frame");
    QTest::addColumn<bool>("reset");
    QTest::newRow("pipelined, closed") << Frame::Pipelined << false;
    QTest::newRow("pipelined, reset") << Frame::Pipelined << true;
    QTest::newRow("guarded, closed") << Frame::Guarded << false;
    QTest::newRow("guarded, reset") << Frame::Guarded << true;
}

void TestSessionFaults::cutAnywhere()
{
    QFETCH(bool, reset);
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    RequestSpec spec = inFrame({"SELECT g FROM generate_series(1, 5) g"});
    QVERIFY(harness.run(spec).isOk());
    proxy.resetCounts();
    QVERIFY(harness.run(spec).isOk());
    const qint64 whole = proxy.bytes(Direction::ToClient);
    for (qint64 at = 1; at < whole; at += 7) {
        QVERIFY(harness.run(spec).isOk()); // a connection that is alive
        proxy.setFaults(Direction::ToClient, {.cutAfter = at, .reset = reset},
                        FaultProxy::Scope::Existing);
        const Answer &answer = harness.run(spec);
        // Something was heard: never repeated, and never a good end of half an answer.
        QCOMPARE(answer.errorId(), "connection.closed"_ba);
        QVERIFY(answer.error().sessionLost);
        QCOMPARE(answer.finished, 1);
        QVERIFY(answer.rowCount() == 0 || answer.rowCount() == 5);
        proxy.clearFaults();
    }
}

void TestSessionFaults::classEightOfAStatementKeepsTheSession()
{
    SessionHarness harness(config());
    const Answer &answer =
        harness.run(guarded({"DO $$ BEGIN RAISE EXCEPTION 'remote' USING ERRCODE = '08001'; "
                             "END $$"}));
    QCOMPARE(answer.error().server->sqlState, "08001"_ba);
    QVERIFY(!answer.error().sessionLost);
    QCOMPARE(harness.session().state(), SessionState::Idle);
}

QTEST_GUILESS_MAIN(TestSessionFaults)
#include "tst_sessionfaults.moc"

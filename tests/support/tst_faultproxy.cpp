// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>

#include <sys/socket.h>

using namespace Qt::StringLiterals;
using test::Direction;
using test::FaultProxy;

class TestFaultProxy : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();
    void passesAll();
    void countsRoundTrips();
    void countsAPipelineOnce();
    void splitsEveryByte();
    void delays();
    void stallsWithOpenSockets();
    void stallLeavesNewConnections();
    void stallStopsReading();
    void cutsInTheMiddleOfAMessage_data();
    void cutsInTheMiddleOfAMessage();
    void cutsNow();
    void refuses();
    void serverIsAway();

private:
    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<FaultProxy> m_proxy;

    test::Connection through() const
    {
        return test::Connection(m_database->keywords(test::Role::Plain, m_proxy->port()));
    }
};

void TestFaultProxy::init()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_proxy = std::make_unique<FaultProxy>(m_database->facts().port);
}

void TestFaultProxy::cleanup()
{
    m_proxy.reset();
    m_database.reset();
}

void TestFaultProxy::passesAll()
{
    {
        test::Connection connection = through();
        QCOMPARE(connection.value("SELECT md5(repeat('x', 5000000))"_ba).size(), 32);
        QCOMPARE(connection.value("SELECT repeat('x', 5000000)"_ba).size(), 5'000'000);
        QCOMPARE(m_proxy->openConnections(), 1);
        QVERIFY(m_proxy->bytes(Direction::ToClient) > 5'000'000);
        QVERIFY(m_proxy->bytes(Direction::ToServer) > 60);
    }
    QTRY_COMPARE(m_proxy->openConnections(), 0);
}

void TestFaultProxy::countsRoundTrips()
{
    test::Connection connection = through();
    m_proxy->resetCounts();
    connection.exec("SELECT 1"_ba);
    QCOMPARE(m_proxy->roundTrips(), 1);
    connection.exec("SELECT 2; SELECT 3"_ba);
    QCOMPARE(m_proxy->roundTrips(), 2);
    QCOMPARE(m_proxy->connections(), 0); // since the reset
}

void TestFaultProxy::countsAPipelineOnce()
{
    test::Connection connection = through();
    m_proxy->resetCounts();
    PGconn *handle = connection.handle();
    QCOMPARE(PQenterPipelineMode(handle), 1);
    for (const char *sql : {"BEGIN READ ONLY", "SELECT 1", "ROLLBACK"})
        QCOMPARE(PQsendQueryParams(handle, sql, 0, nullptr, nullptr, nullptr, nullptr, 0), 1);
    QCOMPARE(PQpipelineSync(handle), 1);
    for (bool synced = false; !synced;) {
        const core::PgResultHandle result(PQgetResult(handle));
        synced = result && PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC;
    }
    QCOMPARE(m_proxy->roundTrips(), 1);
}

void TestFaultProxy::splitsEveryByte()
{
    m_proxy->splitEveryByte(); // the login too
    test::Connection connection = through();
    QCOMPARE(connection.value("SELECT repeat('abc', 100)"_ba), "abc"_ba.repeated(100));
}

void TestFaultProxy::delays()
{
    test::Connection connection = through();
    m_proxy->setDelay(std::chrono::milliseconds(30));
    QElapsedTimer timer;
    timer.start();
    connection.exec("SELECT 1"_ba);
    // Only the lower bound can be relied on: both directions were held back.
    QVERIFY(timer.elapsed() >= 60);
    m_proxy->clearFaults();
    connection.exec("SELECT 1"_ba);
}

void TestFaultProxy::stallsWithOpenSockets()
{
    test::Connection connection = through();
    const int pid = connection.backendPid();
    m_proxy->stall();
    const qint64 before = m_proxy->bytes(Direction::ToServer);
    QCOMPARE(PQsendQuery(connection.handle(), "SELECT 7"), 1);
    test::Connection other = m_database->connect();
    QCOMPARE(
        other.value("SELECT state FROM pg_stat_activity WHERE pid = " + QByteArray::number(pid)),
        "idle"_ba); // the query has not arrived
    QCOMPARE(m_proxy->bytes(Direction::ToServer), before);
    QCOMPARE(m_proxy->openConnections(), 1);
    m_proxy->clearFaults();
    const core::PgResultHandle result(PQgetResult(connection.handle()));
    QCOMPARE(QByteArray(PQgetvalue(result.get(), 0, 0)), "7"_ba);
}

void TestFaultProxy::stallLeavesNewConnections()
{
    test::Connection stalled = through();
    m_proxy->stall(FaultProxy::Scope::Existing);
    test::Connection fresh = through();
    QCOMPARE(fresh.value("SELECT 1"_ba), "1"_ba);
    QCOMPARE(m_proxy->openConnections(), 2);
}

void TestFaultProxy::stallStopsReading()
{
    test::Connection connection = through();
    const int pid = connection.backendPid();
    m_proxy->setFaults(Direction::ToClient, {.stallAfter = 1000});
    QCOMPARE(PQsendQuery(connection.handle(),
                         "SELECT repeat('x', 1000) FROM generate_series(1, 100000)"),
             1);
    // The server comes to wait for its full socket instead of filling our memory.
    test::Connection other = m_database->connect();
    const QByteArray waits =
        "SELECT wait_event FROM pg_stat_activity WHERE pid = " + QByteArray::number(pid);
    QTRY_COMPARE(other.value(waits), "ClientWrite"_ba);
    QVERIFY(m_proxy->bytes(Direction::ToClient) < 1'000'000);
}

void TestFaultProxy::cutsInTheMiddleOfAMessage_data()
{
    QTest::addColumn<bool>("reset");
    QTest::newRow("closed") << false;
    QTest::newRow("reset") << true;
}

void TestFaultProxy::cutsInTheMiddleOfAMessage()
{
    QFETCH(bool, reset);
    test::Connection connection = through();
    m_proxy->setFaults(Direction::ToClient, {.cutAfter = 100, .reset = reset});
    const auto outcome = connection.tryExec("SELECT repeat('x', 1000)"_ba);
    QVERIFY(!outcome);
    QVERIFY(outcome.error().sessionLost);
    QCOMPARE(outcome.error().id, "connection.closed"_ba);
    QTRY_COMPARE(m_proxy->openConnections(), 0);
}

void TestFaultProxy::cutsNow()
{
    test::Connection one = through();
    test::Connection two = through();
    QCOMPARE(m_proxy->connections(), 2);
    m_proxy->cut();
    QCOMPARE(m_proxy->openConnections(), 0);
    QVERIFY(!one.tryExec("SELECT 1"_ba));
    QVERIFY(!two.tryExec("SELECT 1"_ba));
    test::Connection three = through();
    three.exec("SELECT 1"_ba);
}

void TestFaultProxy::refuses()
{
    m_proxy->refuse(true);
    const auto outcome =
        test::Connection::tryConnect(m_database->keywords(test::Role::Plain, m_proxy->port()));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, core::ErrorKind::Connection);
    m_proxy->refuse(false);
    through().exec("SELECT 1"_ba);
}

void TestFaultProxy::serverIsAway()
{
    FaultProxy proxy(test::freePort());
    QVERIFY(!test::Connection::tryConnect(m_database->keywords(test::Role::Plain, proxy.port())));
}

QTEST_GUILESS_MAIN(TestFaultProxy)
#include "tst_faultproxy.moc"

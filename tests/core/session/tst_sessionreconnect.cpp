// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that are lost while idle, closed when nobody needs them, and replaced once; their
// sockets, and the addresses that they try.
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QDir>
#include <QTest>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

namespace {

sockaddr_in addressOf(const char *ip, quint16 port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, ip, &address.sin_addr);
    return address;
}

/// 127.0.0.9, where connections are neither taken nor refused: the queue of who listens is full.
class SilentAddress
{
public:
    explicit SilentAddress(quint16 port)
        : m_listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
        , m_filler(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        const sockaddr_in address = addressOf("127.0.0.9", port);
        const auto *any = reinterpret_cast<const sockaddr *>(&address);
        if (::bind(m_listener, any, sizeof address) != 0 || ::listen(m_listener, 0) != 0
            || ::connect(m_filler, any, sizeof address) != 0)
            qFatal("no silent address: %s", std::strerror(errno));
    }
    SilentAddress(const SilentAddress &) = delete;
    SilentAddress &operator=(const SilentAddress &) = delete;
    ~SilentAddress()
    {
        ::close(m_filler);
        ::close(m_listener);
    }

private:
    int m_listener;
    int m_filler;
};

/// Of this process, by the port at its other end; -1 for none.
int socketTo(quint16 port)
{
    for (const QString &name :
         QDir(u"/proc/self/fd"_s).entryList(QDir::AllEntries | QDir::System)) {
        sockaddr_in peer = {};
        socklen_t size = sizeof peer;
        if (::getpeername(name.toInt(), reinterpret_cast<sockaddr *>(&peer), &size) == 0
            && peer.sin_family == AF_INET && ntohs(peer.sin_port) == port)
            return name.toInt();
    }
    return -1;
}

int socketOption(int socket, int level, int option)
{
    int value = -1;
    socklen_t size = sizeof value;
    return ::getsockopt(socket, level, option, &value, &size) == 0 ? value : -1;
}

} // namespace

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
    void closedByTheServerForBeingIdle();
    void transactionTookTooLong();
    void silentAddressLeavesTimeForTheNext();
    void everyAddressIsTold();
    void keepaliveOfTheSocket();

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

/// idle_session_timeout: the server says 57P05 and hangs up.
void TestSessionReconnect::closedByTheServerForBeingIdle()
{
    SessionConfig watched = config();
    watched.keywords["options"_ba] = "-c idle_session_timeout=1000"_ba;
    SessionHarness harness(watched);
    QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
    QTRY_COMPARE_WITH_TIMEOUT(harness.log().count(u"idleConnectionLost connection.idleClosed"_s), 1,
                              30'000);
    QCOMPARE(harness.session().state(), SessionState::Closed);
    QCOMPARE(harness.run(pipelined({"SELECT 2"})).onlyCell(), "2"_ba); // on a new one
}

/// transaction_timeout: 25P04, and the session with it.
void TestSessionReconnect::transactionTookTooLong()
{
    SessionConfig watched = config();
    watched.keywords["options"_ba] = "-c transaction_timeout=1000"_ba;
    SessionHarness harness(watched);
    const Answer &answer = harness.run(guarded({"SELECT pg_sleep(60)"}));
    QCOMPARE(answer.errorId(), "server.25P04"_ba);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QVERIFY(answer.error().sessionLost);
    QTRY_COMPARE(harness.session().state(), SessionState::Closed);
    QCOMPARE(harness.run(guarded({"SELECT 2"})).onlyCell(), "2"_ba);
}

/// A name of two machines, the first of which answers nothing at all.
void TestSessionReconnect::silentAddressLeavesTimeForTheNext()
{
    const SilentAddress silent(m_database->facts().port);
    SessionConfig named = config();
    named.keywords["host"_ba] = "db.example.com"_ba;
    named.keywords["hostaddr"_ba] = "127.0.0.9,127.0.0.1"_ba;
    named.connectTimeout = 4000ms;
    SessionHarness harness(named);
    QCOMPARE(harness.run(pipelined({"SELECT 1"})).onlyCell(), "1"_ba);
}

void TestSessionReconnect::everyAddressIsTold()
{
    const quint16 port = freePort();
    const SilentAddress silent(port);
    SessionConfig named = config(port);
    named.keywords["hostaddr"_ba] = "127.0.0.7,127.0.0.9,127.0.0.8"_ba;
    named.connectTimeout = 1000ms;
    SessionHarness harness(named);
    const Answer &answer = harness.run(pipelined({"SELECT 1"}));
    QCOMPARE(answer.errorId(), "connection.refused"_ba);
    const QString advice = answer.error().advice;
    QVERIFY2(advice.contains(u"127.0.0.7: Nothing answers at this address"_s), qPrintable(advice));
    QVERIFY2(advice.contains(u"127.0.0.9 did not answer"_s), qPrintable(advice));
    QVERIFY2(advice.contains(u"Check that the server runs"_s), qPrintable(advice));
}

/// A dead line is noticed by the kernel, also while nothing is sent.
void TestSessionReconnect::keepaliveOfTheSocket()
{
    const FaultProxy proxy(m_database->facts().port); // its port is the session's alone
    SessionHarness harness(config(proxy.port()));
    QCOMPARE(harness.run(pipelined({"SELECT 1"})).onlyCell(), "1"_ba);
    const int socket = socketTo(proxy.port());
    QVERIFY(socket >= 0);
    QCOMPARE(socketOption(socket, SOL_SOCKET, SO_KEEPALIVE), 1);
    QCOMPARE(socketOption(socket, IPPROTO_TCP, TCP_KEEPIDLE), 30);
    QCOMPARE(socketOption(socket, IPPROTO_TCP, TCP_KEEPINTVL), 10);
    QCOMPARE(socketOption(socket, IPPROTO_TCP, TCP_KEEPCNT), 3);
    QCOMPARE(socketOption(socket, IPPROTO_TCP, TCP_USER_TIMEOUT), 30'000);
}

QTEST_GUILESS_MAIN(TestSessionReconnect)
#include "tst_sessionreconnect.moc"

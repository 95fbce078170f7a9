// SPDX-License-Identifier: GPL-3.0-or-later
// SessionThread and Request: threads, ownership, collect().
#include "core/session/collect.h"
#include "core/session/sessionthread.h"
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <memory>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionThread : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase() { m_database.emplace(); }
    void cleanupTestCase() { m_database.reset(); }
    void cleanup();

    void logOfARequest();
    void nothingComesFromInsideSend();
    void openAndClose();
    void deletedRequestIsCancelled();
    void deletedFromItsOwnSignal();
    void destructionFinishesRequests();
    void destructionWhileStalled();
    void manyEndTogether();
    void destructionElsewhereWaits();
    void destructionWhileNamesAreLookedUp();
    void cancelDropGrant();
    void collects();
    void collectsAnError();
    void cancelledFutureCancels();
    void collectOutlivesItsSession();
    void manyAtOnce();

private:
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

    std::optional<TestDatabase> m_database;
};

void TestSessionThread::cleanup()
{
    // A server process sleeps on when its client is gone.
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                          "wait_event = 'PgSleep' AND datname = current_database()");
    QTRY_COMPARE(sleeping(), 0);
}

void TestSessionThread::logOfARequest()
{
    SessionThread session(config());
    EventLog log;
    log.record(&session, &SessionThread::connected, u"connected"_s);
    const std::unique_ptr<Request> request(
        session.send(guarded({"SELECT generate_series(1, 600)"})));
    log.record(request.get(), &Request::started, u"started"_s);
    log.record(request.get(), &Request::columnsKnown, u"columns"_s);
    log.record(request.get(), &Request::chunkReady, u"chunk"_s);
    log.record(request.get(), &Request::statementFinished, u"statement"_s);
    log.record(request.get(), &Request::finished, u"finished"_s);
    QSignalSpy finished(request.get(), &Request::finished);
    QVERIFY(finished.wait(60s));
    QCOMPARE(log.text(), u"started, connected, columns, chunk ×3, statement, finished"_s);
    QVERIFY(request->isFinished());
    QTRY_COMPARE(session.state(), SessionState::Idle);
    QVERIFY(session.serverInfo().version >= 170000);
}

void TestSessionThread::nothingComesFromInsideSend()
{
    SessionConfig broken = config();
    broken.keywords["port"_ba] = QByteArray::number(freePort());
    SessionThread session(broken);
    QSignalSpy failed(&session, &SessionThread::connectFailed);
    const std::unique_ptr<Request> request(session.send(pipelined({"SELECT 1"})));
    QVERIFY(!request->isFinished());
    QSignalSpy finished(request.get(), &Request::finished);
    QVERIFY(finished.wait(60s));
    const auto outcome = finished.at(0).at(0).value<Result<Summary>>();
    QCOMPARE(outcome.error().id, "connection.refused"_ba);
    QCOMPARE(failed.count(), 1);
}

void TestSessionThread::openAndClose()
{
    SessionThread session(config());
    QSignalSpy connected(&session, &SessionThread::connected);
    session.open();
    QVERIFY(connected.wait(60s));
    QTRY_COMPARE(session.state(), SessionState::Idle);
    session.close();
    QTRY_COMPARE(session.state(), SessionState::Closed);
}

void TestSessionThread::deletedRequestIsCancelled()
{
    SessionThread session(config());
    std::unique_ptr<Request> request(session.send(guarded({"SELECT pg_sleep(100)"})));
    const std::unique_ptr<Request> next(session.send(guarded({"SELECT 2"})));
    QTRY_COMPARE(sleeping(), 1);
    request.reset();
    QSignalSpy finished(next.get(), &Request::finished);
    QVERIFY(finished.wait(60s));
    QVERIFY(finished.at(0).at(0).value<Result<Summary>>().has_value());
    QCOMPARE(sleeping(), 0);
}

void TestSessionThread::deletedFromItsOwnSignal()
{
    SessionThread session(config());
    Request *doomed = session.send(guarded({"SELECT generate_series(1, 100000)"}), this);
    connect(doomed, &Request::chunkReady, doomed, [doomed] { doomed->deleteLater(); });
    QSignalSpy destroyed(doomed, &QObject::destroyed);
    QVERIFY(destroyed.wait(60s));
    const std::unique_ptr<Request> next(session.send(guarded({"SELECT 2"})));
    QSignalSpy finished(next.get(), &Request::finished);
    QVERIFY(finished.wait(60s));
}

void TestSessionThread::destructionFinishesRequests()
{
    auto session = std::make_unique<SessionThread>(config());
    const std::unique_ptr<Request> running(session->send(guarded({"SELECT pg_sleep(100)"})));
    const std::unique_ptr<Request> queued(session->send(guarded({"SELECT 2"})));
    QSignalSpy first(running.get(), &Request::finished);
    QSignalSpy second(queued.get(), &Request::finished);
    QTRY_COMPARE(sleeping(), 1);
    session.reset();
    QCOMPARE(first.count(), 0); // from the loop, not from the destructor
    QTRY_COMPARE(first.count(), 1);
    QTRY_COMPARE(second.count(), 1);
    for (const QSignalSpy *spy : {&first, &second}) {
        const auto outcome = spy->at(0).at(0).value<Result<Summary>>();
        QCOMPARE(outcome.error().kind, ErrorKind::Cancelled);
        QVERIFY(outcome.error().sessionLost);
    }
    QTRY_COMPARE(sleeping(), 0); // the server was told
    running->cancel();           // nobody is there any more: no harm
    QCOMPARE(first.count(), 1);
    QTRY_COMPARE(SessionThread::ending(), 0);
}

void TestSessionThread::destructionWhileStalled()
{
    FaultProxy proxy(m_database->facts().port);
    auto session = std::make_unique<SessionThread>(config(proxy.port()));
    const std::unique_ptr<Request> request(session->send(guarded({"SELECT pg_sleep(100)"})));
    QSignalSpy finished(request.get(), &Request::finished);
    QTRY_COMPARE(sleeping(), 1);
    proxy.stall();
    session.reset();
    QCOMPARE(SessionThread::ending(), 1); // it has not waited for a server that does not answer
    QTRY_COMPARE(finished.count(), 1);
    SessionThread::waitForEnding(); // the test's own time limit is the proof that it comes back
    QCOMPARE(SessionThread::ending(), 0);
    proxy.cut();
}

void TestSessionThread::manyEndTogether()
{
    FaultProxy proxy(m_database->facts().port);
    constexpr int count = 5;
    std::vector<std::unique_ptr<SessionThread>> sessions;
    std::vector<std::unique_ptr<Request>> requests;
    for (int i = 0; i < count; ++i) {
        sessions.push_back(std::make_unique<SessionThread>(config(proxy.port())));
        requests.push_back(
            std::unique_ptr<Request>(sessions.back()->send(guarded({"SELECT pg_sleep(100)"}))));
    }
    QTRY_COMPARE(sleeping(), count);
    proxy.stall();
    sessions.clear();
    QCOMPARE(SessionThread::ending(), count); // none has waited for another
    SessionThread::waitForEnding();
    QCOMPARE(SessionThread::ending(), 0);
    proxy.cut();
}

void TestSessionThread::destructionElsewhereWaits()
{
    // Where the application cannot own the thread: nothing may be left of it.
    const std::unique_ptr<QThread> other(QThread::create([this] {
        SessionThread session(config());
        const std::unique_ptr<Request> request(session.send(guarded({"SELECT pg_sleep(100)"})));
    }));
    other->start();
    QVERIFY(other->wait(60s));
    QCOMPARE(SessionThread::ending(), 0);
    QTRY_COMPARE(sleeping(), 0);
}

void TestSessionThread::destructionWhileNamesAreLookedUp()
{
    SessionConfig unknown = config();
    unknown.keywords["host"_ba] = "db.invalid"_ba;
    auto session = std::make_unique<SessionThread>(unknown);
    const std::unique_ptr<Request> request(session->send(pipelined({"SELECT 1"})));
    QSignalSpy finished(request.get(), &Request::finished);
    session.reset();
    QTRY_COMPARE(finished.count(), 1);
}

void TestSessionThread::cancelDropGrant()
{
    SessionThread session(config());
    RequestSpec spec = guarded({"SELECT repeat('x', 100), generate_series(1, 1000000000)"});
    spec.credits = 2;
    const std::unique_ptr<Request> request(session.send(spec));
    QSignalSpy chunks(request.get(), &Request::chunkReady);
    QSignalSpy finished(request.get(), &Request::finished);
    QTRY_COMPARE(chunks.count(), 2);
    request->grant(3);
    QTRY_COMPARE(chunks.count(), 5);
    request->cancel();
    request->cancel();
    QVERIFY(finished.wait(60s));
    QCOMPARE(finished.at(0).at(0).value<Result<Summary>>().error().id, "request.cancelled"_ba);

    const std::unique_ptr<Request> other(session.send(guarded({"SELECT pg_sleep(100)"})));
    QSignalSpy dropped(other.get(), &Request::finished);
    QTRY_COMPARE(sleeping(), 1);
    other->drop();
    QVERIFY(dropped.wait(60s));
    QCOMPARE(dropped.at(0).at(0).value<Result<Summary>>().error().id, "request.dropped"_ba);
}

void TestSessionThread::collects()
{
    SessionThread session(config());
    std::optional<Result<std::vector<Table>>> tables;
    collect(session, pipelined({"SELECT g, NULL FROM generate_series(1, 600) g", "SELECT 'x'"}))
        .then(this, [&tables](const Result<std::vector<Table>> &got) { tables = got; });
    QTRY_VERIFY(tables);
    QVERIFY(tables->has_value());
    const std::vector<Table> &got = **tables;
    QCOMPARE(got.size(), 2U);
    QCOMPARE(got.at(0).rowCount(), 600);
    QCOMPARE(got.at(0).cell(599, 0).toByteArray(), "600"_ba);
    QVERIFY(got.at(0).isNull(256, 1));
    QCOMPARE(got.at(1).cell(0, 0).toByteArray(), "x"_ba);
    QCOMPARE(got.at(1).summary.commandTag, "SELECT 1"_ba);
}

void TestSessionThread::collectsAnError()
{
    SessionThread session(config());
    std::optional<Result<std::vector<Table>>> tables;
    collect(session, pipelined({"SELECT 1/0"}))
        .then(this, [&tables](const Result<std::vector<Table>> &got) { tables = got; });
    QTRY_VERIFY(tables);
    QCOMPARE(tables->error().id, "server.22012"_ba);
}

void TestSessionThread::cancelledFutureCancels()
{
    SessionThread session(config());
    QFuture<Result<std::vector<Table>>> future =
        collect(session, pipelined({"SELECT pg_sleep(100)"}));
    QTRY_COMPARE(sleeping(), 1);
    future.cancel();
    QTRY_COMPARE(sleeping(), 0);
    QTRY_VERIFY(future.isFinished());
}

void TestSessionThread::collectOutlivesItsSession()
{
    auto session = std::make_unique<SessionThread>(config());
    std::optional<Result<std::vector<Table>>> tables;
    collect(*session, pipelined({"SELECT pg_sleep(100)"}))
        .then(this, [&tables](const Result<std::vector<Table>> &got) { tables = got; });
    QTRY_COMPARE(sleeping(), 1);
    session.reset();
    QTRY_VERIFY(tables);
    QCOMPARE(tables->error().kind, ErrorKind::Cancelled);
}

void TestSessionThread::manyAtOnce()
{
    // Eight threads hand chunks over while their requests are cancelled, dropped, deleted and
    // granted.
    std::vector<std::unique_ptr<SessionThread>> sessions;
    for (int i = 0; i < 8; ++i)
        sessions.push_back(std::make_unique<SessionThread>(config()));
    int ended = 0;
    qint64 bytes = 0;
    QObject owner;
    for (int i = 0; i < 160; ++i) {
        RequestSpec spec = pipelined({"SELECT g, repeat('x', 50) FROM generate_series(1, 5000) g"});
        spec.rowsPerChunk = 16;
        spec.credits = i % 3 == 0 ? 4 : -1;
        Request *request = sessions[std::size_t(i) % 8]->send(spec, &owner);
        connect(request, &Request::chunkReady, request,
                [&bytes, request](int, const ChunkPtr &chunk) {
                    bytes += chunk->cell(chunk->rowCount() - 1, 1).size();
                    request->grant(1);
                });
        if (i % 7 == 1)
            connect(request, &Request::columnsKnown, request, &Request::cancel);
        if (i % 7 == 3)
            connect(request, &Request::columnsKnown, request, &Request::drop);
        if (i % 7 == 5) {
            connect(request, &Request::columnsKnown, request, &QObject::deleteLater);
            connect(request, &QObject::destroyed, &owner, [&ended] { ++ended; });
        } else {
            connect(request, &Request::finished, request, [&ended] { ++ended; });
        }
    }
    QTRY_COMPARE_WITH_TIMEOUT(ended, 160, 120s);
    QVERIFY(bytes > 0);
}

QTEST_GUILESS_MAIN(TestSessionThread)
#include "tst_sessionthread.moc"

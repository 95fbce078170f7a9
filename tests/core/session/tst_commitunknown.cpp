// SPDX-License-Identifier: GPL-3.0-or-later
// A writing frame whose connection breaks: done, not done, or unknown with a number to ask for; and
// nothing is ever written twice.
#include "core/session/commitlookup.h"
#include "core/session/sessionthread.h"
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testpooler.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestCommitUnknown : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void cutAnywhere_data();
    void cutAnywhere();
    void cutWhileItCommits_data() { endpoints(); }
    void cutWhileItCommits();
    void endedWhileItCommits_data() { endpoints(); }
    void endedWhileItCommits();
    void poolerDiesWhileItCommits();
    void droppedWhileItCommits();
    void cancelledWhileItCommits();
    void shutDownWhileItCommits();
    void stalledCommit();
    void nothingWrittenIsNotUnknown();
    void idleConnectionIsReplacedAndWrittenOnce_data() { endpoints(); }
    void idleConnectionIsReplacedAndWrittenOnce();

private:
    void endpoints()
    {
        QTest::addColumn<bool>("pooled");
        QTest::newRow("direct") << false;
        QTest::newRow("pooled") << true;
    }
    [[nodiscard]] SessionConfig config(const FaultProxy &proxy)
    {
        QFETCH(bool, pooled);
        return {.keywords = m_database->keywords(Role::Plain, proxy.port()), .pooled = pooled};
    }
    [[nodiscard]] quint16 serverPort()
    {
        QFETCH(bool, pooled);
        return pooled ? m_pooler->port() : m_database->facts().port;
    }
    [[nodiscard]] QByteArray value(const QByteArray &sql) { return m_database->valueSuper(sql); }
    [[nodiscard]] QByteArray committing()
    {
        return value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                     "AND wait_event = 'advisory' AND query LIKE 'COMMIT%'");
    }
    void holdCommits();
    void letCommit() { m_database->exec("SELECT pg_advisory_unlock(7)"); }
    [[nodiscard]] static RequestSpec insertOne();
    [[nodiscard]] CommitFate::State fateOf(const Error &error);

    std::optional<TestDatabase> m_database;
    std::optional<TestPooler> m_pooler;
};

void TestCommitUnknown::init()
{
    m_database.emplace();
    m_database->exec("CREATE TABLE t (id int)");
    m_pooler.emplace(*m_database, PoolerOptions{.poolSize = 1});
}

void TestCommitUnknown::cleanup()
{
    m_pooler.reset();
    m_database.reset();
}

/// COMMIT of a row of t does not end then before letCommit().
void TestCommitUnknown::holdCommits()
{
    m_database->exec(
        "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS $$"
        "BEGIN PERFORM pg_advisory_xact_lock_shared(7); RETURN NULL; END $$;"
        "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION wait()");
    m_database->exec("SELECT pg_advisory_lock(7)");
}

/// Without a limit for locks.
RequestSpec TestCommitUnknown::insertOne()
{
    RequestSpec spec = writing({"INSERT INTO t VALUES (1)"});
    spec.lockTimeout = 0ms;
    return spec;
}

CommitFate::State TestCommitUnknown::fateOf(const Error &error)
{
    SessionThread session({.keywords = m_database->keywords()});
    Result<CommitFate> fate;
    // A server that does not know yet that its client is gone says "in progress".
    const auto isKnown = [&] {
        const QFuture<Result<CommitFate>> future = lookUpCommit(session, error.transactionId);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30'000); }();
        fate = future.result();
        return !fate || fate->state != CommitFate::State::InProgress;
    };
    [&] { QTRY_VERIFY_WITH_TIMEOUT(isKnown(), 60'000); }();
    return fate ? fate->state : CommitFate::State::NotSeen;
}

void TestCommitUnknown::cutAnywhere_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::addColumn<Direction>("direction");
    QTest::addColumn<bool>("reset");
    QTest::newRow("direct, to the server") << false << Direction::ToServer << false;
    QTest::newRow("direct, to the client") << false << Direction::ToClient << false;
    QTest::newRow("direct, to the client, reset") << false << Direction::ToClient << true;
    QTest::newRow("pooled, to the server") << true << Direction::ToServer << false;
    QTest::newRow("pooled, to the client") << true << Direction::ToClient << false;
}

void TestCommitUnknown::cutAnywhere()
{
    QFETCH(Direction, direction);
    QFETCH(bool, reset);
    FaultProxy proxy(serverPort());
    SessionHarness harness(config(proxy));
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (0)"})).isOk());
    proxy.resetCounts();
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (0)"})).isOk());
    const qint64 whole = proxy.bytes(direction);
    QVERIFY(whole > 200);
    int good = 0;
    int unknown = 0;
    int failed = 0;
    int id = 0;
    const qint64 step = std::max<qint64>(whole / 60, 7);
    for (qint64 at = 1; at < whole; at += step) {
        QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk()); // a connection that is alive
        proxy.setFaults(direction, {.cutAfter = at, .reset = reset}, FaultProxy::Scope::Existing);
        const QByteArray row = QByteArray::number(++id);
        const Answer &answer = harness.run(writing({"INSERT INTO t VALUES (" + row + ')'}));
        proxy.clearFaults();
        QCOMPARE(answer.finished, 1);
        const QByteArray rows = "SELECT count(*) FROM t WHERE id = " + row;
        if (answer.isOk()) {
            ++good;
            QCOMPARE(value(rows), "1"_ba);
        } else if (answer.error().kind == ErrorKind::Unknown) {
            ++unknown;
            QCOMPARE(answer.errorId(), "commit.unknown"_ba);
            const bool committed = fateOf(answer.error()) == CommitFate::State::Committed;
            QCOMPARE(value(rows), committed ? "1"_ba : "0"_ba);
        } else {
            ++failed;
            QVERIFY2(answer.error().sessionLost, answer.errorId().constData());
            QTRY_COMPARE(value("SELECT count(*) FROM pg_stat_activity WHERE state <> 'idle' AND "
                               "application_name = 'sluice' AND datname = current_database()"),
                         "0"_ba);
            QCOMPARE(value(rows), "0"_ba);
        }
    }
    QVERIFY2(unknown > 0, "no cut fell between COMMIT and its answer");
    QVERIFY(failed > 0);
    qInfo("%d good, %d unknown, %d failed", good, unknown, failed);
}

void TestCommitUnknown::cutWhileItCommits()
{
    holdCommits();
    FaultProxy proxy(serverPort());
    SessionHarness harness(config(proxy));
    const Serial serial = harness.send(insertOne());
    QTRY_COMPARE(committing(), "1"_ba);
    proxy.cut();
    QVERIFY(harness.wait(serial));
    const Error error = harness.answer(serial).error();
    QCOMPARE(error.id, "commit.unknown"_ba);
    QCOMPARE(error.kind, ErrorKind::Unknown);
    QVERIFY(error.transactionId.toULongLong() > 0);
    QVERIFY(error.advice.contains(QString::fromLatin1(error.transactionId)));
    // The server goes on with it, whether or not anybody hears.
    letCommit();
    QCOMPARE(fateOf(error), CommitFate::State::Committed);
    QCOMPARE(value("SELECT count(*) FROM t"), "1"_ba);
}

void TestCommitUnknown::endedWhileItCommits()
{
    holdCommits();
    FaultProxy proxy(serverPort());
    SessionHarness harness(config(proxy));
    const Serial serial = harness.send(insertOne());
    QTRY_COMPARE(committing(), "1"_ba);
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                          "query LIKE 'COMMIT%' AND datname = current_database()");
    QVERIFY(harness.wait(serial));
    const Error error = harness.answer(serial).error();
    QCOMPARE(error.id, "commit.unknown"_ba);
    QCOMPARE(error.server->sqlState, "57P01"_ba);
    QCOMPARE(fateOf(error), CommitFate::State::RolledBack);
    QCOMPARE(value("SELECT count(*) FROM t"), "0"_ba);
    letCommit();
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (2)"})).isOk());
}

void TestCommitUnknown::poolerDiesWhileItCommits()
{
    holdCommits();
    SessionHarness harness({.keywords = m_pooler->keywords(), .pooled = true});
    const Serial serial = harness.send(insertOne());
    QTRY_COMPARE(committing(), "1"_ba);
    m_pooler->kill();
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "commit.unknown"_ba);
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                          "query LIKE 'COMMIT%' AND datname = current_database()");
    QCOMPARE(fateOf(harness.answer(serial).error()), CommitFate::State::RolledBack);
}

void TestCommitUnknown::droppedWhileItCommits()
{
    holdCommits();
    SessionHarness harness({.keywords = m_database->keywords()});
    const Serial serial = harness.send(insertOne());
    QTRY_COMPARE(committing(), "1"_ba);
    harness.session().drop(serial);
    QCOMPARE(harness.answer(serial).errorId(), "commit.unknown"_ba);
    QCOMPARE(harness.answer(serial).finished, 1);
}

void TestCommitUnknown::cancelledWhileItCommits()
{
    holdCommits();
    SessionHarness harness({.keywords = m_database->keywords()});
    const Serial serial = harness.send(insertOne());
    QTRY_COMPARE(committing(), "1"_ba);
    harness.session().cancel(serial); // too late: what the server answers counts
    letCommit();
    QVERIFY(harness.wait(serial));
    QVERIFY(harness.answer(serial).isOk());
    QVERIFY(harness.answer(serial).outcome->value().committed);
    QCOMPARE(value("SELECT count(*) FROM t"), "1"_ba);
}

void TestCommitUnknown::shutDownWhileItCommits()
{
    holdCommits();
    SessionHarness harness({.keywords = m_database->keywords()});
    const Serial serial = harness.send(insertOne());
    QTRY_COMPARE(committing(), "1"_ba);
    harness.session().shutDown(20ms);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "commit.unknown"_ba);
}

void TestCommitUnknown::stalledCommit()
{
    holdCommits();
    FaultProxy proxy(m_database->facts().port);
    SessionConfig impatient{.keywords = m_database->keywords(Role::Plain, proxy.port())};
    impatient.stallTimeout = 2000ms;
    SessionHarness harness(impatient);
    RequestSpec spec = insertOne();
    spec.statementTimeout = 5s; // the server's, too
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(committing(), "1"_ba);
    proxy.stall(FaultProxy::Scope::Existing);
    letCommit();
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "commit.unknown"_ba);
    QVERIFY(!harness.answer(serial).waits.empty());
    QCOMPARE(harness.answer(serial).waits.front().reason, WaitNote::Reason::Silence);
    QCOMPARE(fateOf(harness.answer(serial).error()), CommitFate::State::Committed);
}

void TestCommitUnknown::nothingWrittenIsNotUnknown()
{
    // Only a deferred trigger could hold COMMIT up, and without a row there is none: cut
    // everywhere.
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness({.keywords = m_database->keywords(Role::Plain, proxy.port())});
    QVERIFY(harness.run(writing({"SELECT 1"})).isOk());
    proxy.resetCounts();
    QVERIFY(harness.run(writing({"SELECT 1"})).isOk());
    const qint64 whole = proxy.bytes(Direction::ToClient);
    const qint64 step = std::max<qint64>(whole / 40, 7);
    for (qint64 at = 1; at < whole; at += step) {
        QVERIFY(harness.run(pipelined({"SELECT 1"})).isOk());
        proxy.setFaults(Direction::ToClient, {.cutAfter = at}, FaultProxy::Scope::Existing);
        const Answer &answer = harness.run(writing({"SELECT 1"}));
        proxy.clearFaults();
        QVERIFY(answer.isOk() || answer.errorId() == "connection.closed");
    }
}

void TestCommitUnknown::idleConnectionIsReplacedAndWrittenOnce()
{
    FaultProxy proxy(serverPort());
    SessionHarness harness(config(proxy));
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (1)"})).isOk());
    proxy.resetCounts();
    proxy.setFaults(Direction::ToServer, {.cutAfter = 0, .reset = true},
                    FaultProxy::Scope::Existing);
    const Answer &answer = harness.run(writing({"INSERT INTO t VALUES (2)"}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(proxy.connections(), 1);
    QCOMPARE(value("SELECT count(*) FROM t WHERE id = 2"), "1"_ba);
}

QTEST_GUILESS_MAIN(TestCommitUnknown)
#include "tst_commitunknown.moc"

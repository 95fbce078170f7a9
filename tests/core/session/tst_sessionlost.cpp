// SPDX-License-Identifier: GPL-3.0-or-later
// Connections that are lost with what they held: told, never replaced silently; and what a person's
// statements were when they were under way.
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestSessionLost : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_database.reset(); }

    void lossWhileIdleIsTold();
    void lossAtTheNextUseIsTold_data();
    void lossAtTheNextUseIsTold();
    void requestsForTheOldConnectionAreRefused();
    void lossInATransactionIsNoDoubt();
    void lossInAutocommitIsUnknown();
    void lossOfAReadIsAnError();
    void lossAtATypedCommitIsUnknown();

private:
    [[nodiscard]] SessionConfig config(quint16 port = 0)
    {
        return {.keywords = m_database->keywords(Role::Plain, port)};
    }
    [[nodiscard]] static RequestSpec within(SessionHarness &harness,
                                            std::initializer_list<QByteArray> statements)
    {
        RequestSpec spec = plain(statements);
        spec.transaction = harness.session().heldState().number;
        return spec;
    }
    void terminate(SessionHarness &harness)
    {
        const int pid = harness.session().serverInfo().backendPid;
        m_database->execSuper("SELECT pg_terminate_backend(" + QByteArray::number(pid)
                              + ", 10000)");
    }
    /// How many wait so: "PgSleep", or "advisory" for the lock that we hold.
    [[nodiscard]] QByteArray waiting(const QByteArray &event)
    {
        return m_database->valueSuper("SELECT count(*) FROM pg_stat_activity WHERE wait_event = '"
                                      + event + "' AND datname = current_database()");
    }
    void hold() { m_database->exec("SELECT pg_advisory_lock(7)"); }
    void letGo() { m_database->exec("SELECT pg_advisory_unlock(7)"); }
    [[nodiscard]] QByteArray count() { return m_database->value("SELECT count(*) FROM t"); }

    std::optional<TestDatabase> m_database;
};

void TestSessionLost::init()
{
    m_database.emplace();
    m_database->exec("CREATE TABLE t (id int)");
}

void TestSessionLost::lossWhileIdleIsTold()
{
    SessionHarness harness(config());
    QVERIFY(
        harness.run(plain({"CREATE TEMP TABLE report (id int)", "SET work_mem = '1MB'"})).isOk());
    const HeldState held = harness.session().heldState();
    harness.log().clear();
    terminate(harness);
    QTRY_COMPARE(harness.log().text(), u"stateLost connection.shuttingDown, "
                                       "idleConnectionLost connection.shuttingDown"_s);
    QCOMPARE(harness.lost().size(), 1U);
    QCOMPARE(harness.lost().front(), held);
    QVERIFY(harness.session().heldState().isEmpty());
    // Said once; who has heard it goes on.
    QCOMPARE(harness.run(plain({"SELECT 2"})).onlyCell(), "2"_ba);
    QCOMPARE(harness.lost().size(), 1U);
}

void TestSessionLost::lossAtTheNextUseIsTold_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<Frame>("frame");
    QTest::newRow("transaction") << "BEGIN"_ba << Frame::Plain;
    QTest::newRow("SET, then plain") << "SET work_mem = '1MB'"_ba << Frame::Plain;
    QTest::newRow("SET, then writing") << "SET work_mem = '1MB'"_ba << Frame::Writing;
    QTest::newRow("SET, then guarded") << "SET work_mem = '1MB'"_ba << Frame::Guarded;
}

void TestSessionLost::lossAtTheNextUseIsTold()
{
    QFETCH(QByteArray, sql);
    QFETCH(Frame, frame);
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    QVERIFY(harness.run(plain({sql})).isOk());
    const HeldState held = harness.session().heldState();
    RequestSpec spec = within(harness, {"SELECT 1"});
    spec.frame = frame;
    proxy.resetCounts();
    // As behind a NAT that forgot us: the first byte we send makes it close.
    proxy.setFaults(Direction::ToServer, {.cutAfter = 0, .reset = true},
                    FaultProxy::Scope::Existing);
    const Answer &answer = harness.run(spec);
    QVERIFY(!answer.isOk());
    QVERIFY(answer.error().sessionLost);
    QVERIFY2(answer.error().advice.contains(heldWords(held).first()),
             qPrintable(answer.error().advice));
    QCOMPARE(harness.lost().size(), 1U);
    QCOMPARE(harness.lost().front(), held);
    QCOMPARE(proxy.connections(), 0); // not on a new one
    // Who belonged to it does not run on the new one either.
    if (held.inTransaction())
        QCOMPARE(harness.run(spec).errorId(), "transaction.gone"_ba);
    else
        QVERIFY(harness.run(spec).isOk());
}

void TestSessionLost::requestsForTheOldConnectionAreRefused()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({"SET search_path = elsewhere"})).isOk());
    terminate(harness);
    QTRY_COMPARE(harness.lost().size(), 1U);
    // Sent by who has not heard yet.
    for (const RequestSpec &spec : {plain({"INSERT INTO t VALUES (1)"}),
                                    writing({"INSERT INTO t VALUES (1)"}), guarded({"SELECT 1"})}) {
        const Serial serial = harness.send(spec, 0);
        QVERIFY(harness.wait(serial));
        QCOMPARE(harness.answer(serial).errorId(), "session.stateLost"_ba);
        QVERIFY(harness.answer(serial).error().message.contains(u"search_path"_s));
    }
    const Serial own = harness.send(pipelined({"SELECT 1"}), 0); // needs nothing of the session
    QVERIFY(harness.wait(own));
    QVERIFY(harness.answer(own).isOk());
    QCOMPARE(count(), "0"_ba);
}

void TestSessionLost::lossInATransactionIsNoDoubt()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({"BEGIN", "INSERT INTO t VALUES (1)"})).isOk());
    const Serial serial = harness.send(within(harness, {"SELECT pg_sleep(100)"}));
    QTRY_COMPARE(waiting("PgSleep"), "1"_ba);
    terminate(harness);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "connection.shuttingDown"_ba);
    QCOMPARE(harness.lost().size(), 1U);
    QCOMPARE(harness.lost().front().statements, 1);
    QCOMPARE(count(), "0"_ba);
}

void TestSessionLost::lossInAutocommitIsUnknown()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    hold();
    const Serial serial =
        harness.send(plain({"INSERT INTO t SELECT 1 FROM pg_advisory_xact_lock(7)"}));
    QTRY_COMPARE(waiting("advisory"), "1"_ba);
    proxy.cut();
    QVERIFY(harness.wait(serial));
    letGo();
    const Error error = harness.answer(serial).error();
    QCOMPARE(error.id, "commit.unknown"_ba);
    QCOMPARE(error.kind, ErrorKind::Unknown);
    QCOMPARE(error.transactionId, QByteArray());
    QTRY_COMPARE(count(), "1"_ba); // it went on; an error would have been a lie
}

void TestSessionLost::lossOfAReadIsAnError()
{
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    hold();
    RequestSpec spec = plain({"SELECT pg_advisory_xact_lock(7)"});
    spec.statements[0].effect = Effect::Reads;
    const Serial serial = harness.send(spec);
    QTRY_COMPARE(waiting("advisory"), "1"_ba);
    proxy.cut();
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "connection.closed"_ba);
}

void TestSessionLost::lossAtATypedCommitIsUnknown()
{
    m_database->exec(
        "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END $$;"
        "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION wait()");
    FaultProxy proxy(m_database->facts().port);
    SessionHarness harness(config(proxy.port()));
    QVERIFY(harness.run(plain({"BEGIN"})).isOk());
    const QByteArray number =
        harness.run(within(harness, {"INSERT INTO t VALUES (1)", "SELECT pg_current_xact_id()"}))
            .onlyCell();
    RequestSpec commit = within(harness, {"COMMIT"});
    commit.statements[0].effect = Effect::Commits;
    hold();
    const Serial serial = harness.send(commit);
    QTRY_COMPARE(waiting("advisory"), "1"_ba);
    proxy.cut();
    QVERIFY(harness.wait(serial));
    letGo();
    QCOMPARE(harness.answer(serial).errorId(), "commit.unknown"_ba);
    QCOMPARE(harness.answer(serial).error().transactionId, number);
    QTRY_COMPARE(count(), "1"_ba);
}

QTEST_GUILESS_MAIN(TestSessionLost)
#include "tst_sessionlost.moc"

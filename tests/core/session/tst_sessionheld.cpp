// SPDX-License-Identifier: GPL-3.0-or-later
// What a connection holds for a person: transactions opened by hand, temporary objects, SET,
// LISTEN; and who may use it meanwhile. What is said when it is lost: tst_sessionlost; behind a
// pooler: tst_sessionpooled.
#include "core/connect/writeswitch.h"
#include "core/session/sessionthread.h"
#include "tests/core/session/sessionharness.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testrole.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

using Transaction = HeldState::Transaction;

class TestSessionHeld : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup() { m_database.reset(); }

    void autocommits();
    void stateIsKnown_data();
    void stateIsKnown();
    void settingsOfOnesOwn();
    void stateGoesAway_data();
    void stateGoesAway();
    void readOnlyFramesHoldNothing_data();
    void readOnlyFramesHoldNothing();
    void transactionByHand();
    void failedTransaction();
    void commitAndChain();
    void othersAreRefusedMeanwhile_data();
    void othersAreRefusedMeanwhile();
    void questionsDoNotComeBeforeSetTransaction();
    void idleTimeoutSparesWhatIsHeld_data();
    void idleTimeoutSparesWhatIsHeld();
    void lateCancelChangesNothing();
    void cancelKeepsTheTransaction();
    void timeLimitWithoutTouchingTheSession();
    void refusesBlocksRunAlone_data();
    void refusesBlocksRunAlone();
    void threadTellsBeforeItFinishes();
    void notificationsArrive();
    void nothingIsWrittenWithoutAPermit();
    void words();

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
    [[nodiscard]] QByteArray sleeping()
    {
        return m_database->valueSuper("SELECT count(*) FROM pg_stat_activity WHERE "
                                      "wait_event = 'PgSleep' AND datname = current_database()");
    }
    [[nodiscard]] QByteArray count() { return m_database->value("SELECT count(*) FROM t"); }

    std::optional<TestDatabase> m_database;
};

void TestSessionHeld::init()
{
    m_database.emplace();
    m_database->exec("CREATE TABLE t (id int)");
}

void TestSessionHeld::autocommits()
{
    SessionHarness harness(config());
    const Answer &answer =
        harness.run(plain({"INSERT INTO t VALUES (1)", "SELECT count(*) FROM t", "SELECT 1/0"}));
    QCOMPARE(answer.errorId(), "server.22012"_ba);
    QCOMPARE(answer.statements.at(0).commandTag, "INSERT 0 1"_ba);
    QCOMPARE(answer.onlyCell(), "1"_ba);
    QCOMPARE(count(), "1"_ba); // each on its own, as typed
    QCOMPARE(harness.session().state(), SessionState::Idle);
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestSessionHeld::stateIsKnown_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<HeldState>("held");
    QTest::newRow("temporary table")
        << "CREATE TEMP TABLE one (id int)"_ba << HeldState{.temporaryObjects = {u"one"_s}};
    QTest::newRow("temporary view")
        << "CREATE TEMP VIEW v AS SELECT 1"_ba << HeldState{.temporaryObjects = {u"v"_s}};
    QTest::newRow("SET") << "SET work_mem = '1MB'"_ba << HeldState{.settings = {u"work_mem"_s}};
    QTest::newRow("SET in a function") << "SELECT set_config('search_path', 'x', false)"_ba
                                       << HeldState{.settings = {u"search_path"_s}};
    QTest::newRow("SET ROLE") << "SET ROLE @role"_ba << HeldState{.settings = {u"role"_s}};
    QTest::newRow("LISTEN") << "LISTEN jobs"_ba << HeldState{.channels = {u"jobs"_s}};
    QTest::newRow("PREPARE") << "PREPARE p AS SELECT 1"_ba << HeldState{.prepared = {u"p"_s}};
    QTest::newRow("cursor") << "DECLARE c CURSOR WITH HOLD FOR SELECT 1"_ba
                            << HeldState{.cursors = {u"c"_s}};
    QTest::newRow("advisory locks") << "SELECT pg_advisory_lock(1), pg_advisory_lock_shared(2)"_ba
                                    << HeldState{.advisoryLocks = 2};
    QTest::newRow("nothing") << "SELECT 1"_ba << HeldState{};
    QTest::newRow("SET LOCAL") << "SET LOCAL work_mem = '1MB'"_ba << HeldState{};
}

void TestSessionHeld::stateIsKnown()
{
    QFETCH(QByteArray, sql);
    QFETCH(HeldState, held);
    const TestRole role(*m_database);
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({sql.replace("@role", role.name())})).isOk());
    QCOMPARE(harness.session().heldState(), held);
    harness.session().close();
    QVERIFY(harness.session().heldState().isEmpty());
    QVERIFY(harness.lost().empty()); // closed on purpose
}

/// The server lists no setting that only a person's text has named.
void TestSessionHeld::settingsOfOnesOwn()
{
    SessionHarness harness(config());
    RequestSpec set = plain({"SET my.tenant = 'seven'"});
    set.statements[0].settings = {"my.tenant", "it's.odd"};
    QVERIFY(harness.run(set).isOk());
    QCOMPARE(harness.session().heldState().settings, QStringList{u"my.tenant"_s});
    // Remembered, by whoever comes next.
    for (const RequestSpec &next : {plain({"SELECT 1"}), writing({"INSERT INTO t VALUES (1)"}),
                                    guarded({"SELECT 1"}), pipelined({"SELECT 1"})}) {
        QVERIFY(harness.run(next).isOk());
        QCOMPARE(harness.session().heldState().settings, QStringList{u"my.tenant"_s});
    }
    RequestSpec another = writing({"SELECT set_config('my.other', 'x', false)"});
    another.statements[0].settings = {"my.other"};
    QVERIFY(harness.run(another).isOk());
    QCOMPARE(harness.session().heldState().settings, (QStringList{u"my.other"_s, u"my.tenant"_s}));
    QVERIFY(harness.run(plain({"RESET my.tenant", "RESET my.other"})).isOk());
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestSessionHeld::stateGoesAway_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("undo");
    QTest::newRow("DROP") << "CREATE TEMP TABLE one (id int)"_ba << "DROP TABLE one"_ba;
    QTest::newRow("RESET") << "SET work_mem = '1MB'"_ba << "RESET work_mem"_ba;
    QTest::newRow("UNLISTEN") << "LISTEN jobs"_ba << "UNLISTEN *"_ba;
    QTest::newRow("DISCARD ALL") << "SET work_mem = '1MB'"_ba << "DISCARD ALL"_ba;
}

void TestSessionHeld::stateGoesAway()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, undo);
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({sql})).isOk());
    QVERIFY(!harness.session().heldState().isEmpty());
    QVERIFY(harness.run(plain({undo})).isOk());
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestSessionHeld::readOnlyFramesHoldNothing_data()
{
    QTest::addColumn<Frame>("frame");
    QTest::newRow("pipelined") << Frame::Pipelined;
    QTest::newRow("guarded") << Frame::Guarded;
}

void TestSessionHeld::readOnlyFramesHoldNothing()
{
    QFETCH(Frame, frame);
    SessionHarness harness(config());
    RequestSpec spec = guarded({"SET work_mem = '1MB'", "SELECT 1"});
    spec.frame = frame;
    QVERIFY(harness.run(spec).isOk());
    QVERIFY(harness.session().heldState().isEmpty());
    QCOMPARE(harness.run(plain({"SELECT current_setting('work_mem') = '1MB'"})).onlyCell(), "f"_ba);
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestSessionHeld::transactionByHand()
{
    SessionHarness harness(config());
    const Answer &began = harness.run(plain({"BEGIN"}));
    const HeldState open = harness.session().heldState();
    QCOMPARE(open.transaction, Transaction::Open);
    QVERIFY(open.number != TransactionNumber::None);
    QCOMPARE(began.outcome->value().transaction, open.number);
    QVERIFY(began.statements.at(0).inTransaction);
    QVERIFY(open.since.isValid());
    QCOMPARE(open.statements, 0);
    QVERIFY(harness.run(within(harness, {"INSERT INTO t VALUES (1)", "SAVEPOINT s"})).isOk());
    QVERIFY(harness.run(within(harness, {"INSERT INTO t VALUES (2)", "ROLLBACK TO s"})).isOk());
    QCOMPARE(harness.session().heldState().statements, 4);
    QCOMPARE(harness.session().heldState().number, open.number);
    QCOMPARE(harness.session().heldState().since, open.since);
    QCOMPARE(count(), "0"_ba);
    const Answer &ended = harness.run(within(harness, {"SELECT 1", "COMMIT"}));
    QVERIFY(ended.isOk());
    QVERIFY(ended.statements.at(0).inTransaction);
    QVERIFY(!ended.statements.at(1).inTransaction);
    QVERIFY(harness.session().heldState().isEmpty());
    QCOMPARE(count(), "1"_ba);
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestSessionHeld::failedTransaction()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({"BEGIN", "INSERT INTO t VALUES (1)"})).isOk());
    QCOMPARE(harness.run(within(harness, {"SELECT 1/0"})).errorId(), "server.22012"_ba);
    QCOMPARE(harness.session().heldState().transaction, Transaction::Failed);
    QCOMPARE(harness.run(within(harness, {"SELECT 1"})).errorId(), "server.25P02"_ba);
    QCOMPARE(harness.run(plain({"SELECT 1"})).errorId(), "transaction.reserved"_ba);
    QVERIFY(harness.run(within(harness, {"ROLLBACK"})).isOk());
    QVERIFY(harness.session().heldState().isEmpty());
    QCOMPARE(count(), "0"_ba);
}

void TestSessionHeld::commitAndChain()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({"BEGIN", "INSERT INTO t VALUES (1)"})).isOk());
    const HeldState first = harness.session().heldState();
    QCOMPARE(first.statements, 1);
    QVERIFY(harness.run(within(harness, {"COMMIT AND CHAIN"})).isOk());
    const HeldState second = harness.session().heldState();
    QCOMPARE(second.transaction, Transaction::Open);
    QVERIFY(second.number != first.number);
    QCOMPARE(second.statements, 0);
    QCOMPARE(count(), "1"_ba);
}

void TestSessionHeld::othersAreRefusedMeanwhile_data()
{
    QTest::addColumn<Frame>("frame");
    QTest::newRow("pipelined") << Frame::Pipelined;
    QTest::newRow("guarded") << Frame::Guarded;
    QTest::newRow("writing") << Frame::Writing;
    QTest::newRow("plain") << Frame::Plain;
}

void TestSessionHeld::othersAreRefusedMeanwhile()
{
    QFETCH(Frame, frame);
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({"BEGIN", "INSERT INTO t VALUES (1)"})).isOk());
    const TransactionNumber number = harness.session().heldState().number;
    RequestSpec other = plain({"SELECT 1"});
    other.frame = frame;
    const Answer &refused = harness.run(other);
    QCOMPARE(refused.errorId(), "transaction.reserved"_ba);
    QVERIFY(!refused.error().sessionLost);
    QVERIFY(harness.run(within(harness, {"COMMIT"})).isOk());
    QVERIFY(harness.run(other).isOk());
    // What was meant for that transaction does not run outside of it.
    RequestSpec late = plain({"INSERT INTO t VALUES (2)"});
    late.transaction = number;
    QCOMPARE(harness.run(late).errorId(), "transaction.gone"_ba);
    QVERIFY(harness.run(plain({"BEGIN"})).isOk());
    QCOMPARE(harness.run(late).errorId(), "transaction.gone"_ba);
    QCOMPARE(count(), "1"_ba);
}

void TestSessionHeld::questionsDoNotComeBeforeSetTransaction()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({"BEGIN"})).isOk());
    const Answer &answer =
        harness.run(within(harness, {"SET TRANSACTION ISOLATION LEVEL SERIALIZABLE"}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
}

void TestSessionHeld::idleTimeoutSparesWhatIsHeld_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("transaction") << "BEGIN"_ba;
    QTest::newRow("temporary table") << "CREATE TEMP TABLE one (id int)"_ba;
}

void TestSessionHeld::idleTimeoutSparesWhatIsHeld()
{
    QFETCH(QByteArray, sql);
    SessionConfig brief = config();
    brief.idleTimeout = 10ms;
    SessionHarness holding(brief);
    QVERIFY(holding.run(plain({sql})).isOk());
    SessionHarness free(brief); // sent later, so its time is over later
    QVERIFY(free.run(plain({"SELECT 1"})).isOk());
    QTRY_COMPARE(free.session().state(), SessionState::Closed);
    QCOMPARE(holding.session().state(), SessionState::Idle);
    QVERIFY(!holding.session().heldState().isEmpty());
}

void TestSessionHeld::lateCancelChangesNothing()
{
    SessionHarness harness(config());
    const Serial serial = harness.send(plain({"INSERT INTO t VALUES (1)"}));
    // Right when the statement has ended, before its outcome is told.
    QObject::connect(&harness.session(), &Session::statementFinished, &harness.log(),
                     [&harness](Serial ended) { harness.session().cancel(ended); });
    QVERIFY(harness.wait(serial));
    QVERIFY(harness.answer(serial).isOk());
    QCOMPARE(count(), "1"_ba);
}

void TestSessionHeld::cancelKeepsTheTransaction()
{
    SessionHarness harness(config());
    QVERIFY(harness.run(plain({"BEGIN", "INSERT INTO t VALUES (1)"})).isOk());
    const Serial serial = harness.send(within(harness, {"SELECT pg_sleep(100)"}));
    QTRY_COMPARE(sleeping(), "1"_ba);
    harness.session().cancel(serial);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QVERIFY(!harness.answer(serial).error().sessionLost);
    QCOMPARE(harness.session().heldState().transaction, Transaction::Failed);
    QVERIFY(harness.run(within(harness, {"ROLLBACK"})).isOk());
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestSessionHeld::timeLimitWithoutTouchingTheSession()
{
    SessionHarness harness(config());
    RequestSpec spec =
        plain({"SELECT current_setting('statement_timeout')", "SELECT pg_sleep(100)"});
    spec.statementTimeout = 1000ms;
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.errorId(), "statement.timeout"_ba);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QCOMPARE(answer.onlyCell(), "0"_ba);
    QVERIFY(harness.session().heldState().isEmpty());
    QCOMPARE(harness.session().state(), SessionState::Idle);
}

void TestSessionHeld::refusesBlocksRunAlone_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("VACUUM") << "VACUUM t"_ba;
    QTest::newRow("index") << "CREATE INDEX CONCURRENTLY i ON t (id)"_ba;
    QTest::newRow("reindex") << "REINDEX TABLE CONCURRENTLY t"_ba;
}

void TestSessionHeld::refusesBlocksRunAlone()
{
    QFETCH(QByteArray, sql);
    SessionHarness harness(config());
    QCOMPARE(harness.run(writing({sql})).errorId(), "server.25001"_ba);
    const Answer &answer = harness.run(plain({sql}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestSessionHeld::threadTellsBeforeItFinishes()
{
    SessionThread thread(config());
    EventLog log;
    log.record(&thread, &SessionThread::heldStateChanged,
               [](const HeldState &held) { return held.inTransaction() ? u"open"_s : u"none"_s; });
    log.record(&thread, &SessionThread::stateLost,
               [](const HeldState &lost, const Error &) { return heldWords(lost).join(u'/'); });
    QObject owner;
    Request *begin = thread.send(plain({"BEGIN"}), &owner);
    log.record(begin, &Request::finished, u"finished"_s);
    QTRY_COMPARE(log.text(), u"open, finished"_s);
    QCOMPARE(thread.heldState().transaction, Transaction::Open);
    RequestSpec insert = plain({"INSERT INTO t VALUES (1)"});
    insert.transaction = thread.heldState().number;
    Request *written = thread.send(insert, &owner);
    log.record(written, &Request::finished, u"written"_s);
    QTRY_COMPARE(log.entries().back(), u"written"_s);
    log.clear();
    m_database->execSuper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE "
                          "application_name = 'sluice' AND datname = current_database()");
    QTRY_COMPARE(log.text(), u"none, the open transaction with 1 statements"_s);
    QVERIFY(thread.heldState().isEmpty());
    Request *after = thread.send(plain({"SELECT 1"}), &owner);
    QSignalSpy finished(after, &Request::finished);
    QVERIFY(finished.wait());
    QVERIFY(finished.front().front().value<Result<Summary>>());
}

void TestSessionHeld::notificationsArrive()
{
    SessionHarness harness(config());
    QObject::connect(&harness.session(), &Session::notified, &harness.log(),
                     [&harness](const QString &channel, const QString &payload, int pid) {
                         harness.log().add(channel + u':' + payload
                                           + (pid > 0 ? QString() : u"?"_s));
                     });
    QVERIFY(harness.run(plain({"LISTEN jobs"})).isOk());
    harness.log().clear();
    m_database->exec("NOTIFY jobs, 'déjà vu'; NOTIFY others"); // while it is idle
    QTRY_COMPARE(harness.log().text(), u"jobs:déjà vu"_s);
    harness.log().clear();
    m_database->exec("NOTIFY jobs, 'two'");
    QVERIFY(harness.run(guarded({"SELECT 1"})).isOk());
    QTRY_COMPARE(harness.log().count(u"jobs:two"_s), 1);
}

void TestSessionHeld::nothingIsWrittenWithoutAPermit()
{
    Database local{.name = u"main"_s};
    local.direct = Endpoint{};
    local.direct->info = *parseConnInfo(u"postgresql://u@127.0.0.1/d"_s, ConnOrigin::User);
    WriteSwitch person;
    const WritePermit permit = *person.turnOn(local, {});
    SessionHarness harness(config());
    RequestSpec begin = plain({"BEGIN", "INSERT INTO t VALUES (1)"});
    begin.permit = permit;
    QVERIFY(harness.run(begin).isOk());
    person.turnOff(u"main"_s);
    for (RequestSpec spec : {within(harness, {"INSERT INTO t VALUES (2)"}),
                             within(harness, {"COMMIT"}), writing({"INSERT INTO t VALUES (3)"})}) {
        for (const std::optional<WritePermit> &over :
             {std::optional(permit), std::optional<WritePermit>()}) {
            spec.permit = over;
            const Answer &answer = harness.run(spec);
            QCOMPARE(answer.errorId(), "write.notAllowed"_ba);
            QCOMPARE(answer.error().kind, ErrorKind::Consent);
        }
    }
    // Giving up what is open is always allowed.
    RequestSpec rollback = within(harness, {"ROLLBACK"});
    rollback.permit.reset();
    QVERIFY(harness.run(rollback).isOk());
    QCOMPARE(harness.run(rollback).errorId(), "transaction.gone"_ba);
    QCOMPARE(count(), "0"_ba);
}

void TestSessionHeld::words()
{
    QVERIFY(heldWords({}).isEmpty());
    const HeldState all{.transaction = Transaction::Failed,
                        .temporaryObjects = {u"a"_s, u"b"_s},
                        .settings = {u"work_mem"_s},
                        .channels = {u"jobs"_s},
                        .prepared = {u"p"_s},
                        .cursors = {u"c"_s},
                        .advisoryLocks = 3};
    const QString text = heldWords(all).join(u"; "_s);
    for (const char *word :
         {"failed", "a, b", "SET work_mem", "LISTEN jobs", "PREPARE p", "c", "3"})
        QVERIFY2(text.contains(QLatin1StringView(word)), word);
}

QTEST_GUILESS_MAIN(TestSessionHeld)
#include "tst_sessionheld.moc"

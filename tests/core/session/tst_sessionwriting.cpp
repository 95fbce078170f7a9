// SPDX-License-Identifier: GPL-3.0-or-later
// The frame that writes: what is committed, what is rolled back, and what a pooler must not keep.
#include "core/session/commitlookup.h"
#include "core/session/sessionthread.h"
#include "tests/core/session/sessionharness.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testpooler.h"
#include "tests/support/testrole.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;
using namespace test;

class TestSessionWriting : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void cleanup();

    void commits_data() { endpoints(); }
    void commits();
    void roundTripsOfItsOwn();
    void roundTrips_data() { endpoints(); }
    void roundTrips();
    void copyIsAStatementToo_data() { endpoints(); }
    void copyIsAStatementToo();
    void whatOnlyReadsHasNoNumber();
    void errorRollsBackAll_data() { endpoints(); }
    void errorRollsBackAll();
    void cancelRollsBackAll_data() { endpoints(); }
    void cancelRollsBackAll();
    void deferredConstraintIsAnError_data() { endpoints(); }
    void deferredConstraintIsAnError();
    void limitsAreSet();
    void lockTimeout();
    void otherDatabaseIsRefused_data() { endpoints(); }
    void otherDatabaseIsRefused();
    void endingTheTransactionIsReported_data();
    void endingTheTransactionIsReported();
    void nothingStaysOnThePooler_data();
    void nothingStaysOnThePooler();
    void cleanServerIsKept();
    void functionsThatSet_data();
    void functionsThatSet();
    void functionsAreReadOnce();
    void directSessionKeepsWhatItWasTold();
    void lookUp();

private:
    void endpoints()
    {
        QTest::addColumn<bool>("pooled");
        QTest::newRow("direct") << false;
        QTest::newRow("pooled") << true;
    }
    [[nodiscard]] SessionConfig config()
    {
        QFETCH(bool, pooled);
        return pooled ? SessionConfig{.keywords = m_pooler->keywords(), .pooled = true}
                      : SessionConfig{.keywords = m_database->keywords()};
    }
    [[nodiscard]] QByteArray count() { return m_database->value("SELECT count(*) FROM t"); }
    [[nodiscard]] QByteArray sleeping()
    {
        return m_database->valueSuper("SELECT count(*) FROM pg_stat_activity WHERE "
                                      "wait_event = 'PgSleep' AND datname = current_database()");
    }

    std::optional<TestDatabase> m_database;
    std::optional<TestPooler> m_pooler; ///< with one server connection
};

void TestSessionWriting::init()
{
    m_database.emplace();
    m_database->exec("CREATE TABLE t (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)");
    m_pooler.emplace(*m_database, PoolerOptions{.poolSize = 1});
}

void TestSessionWriting::cleanup()
{
    m_pooler.reset();
    m_database.reset();
}

void TestSessionWriting::commits()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(
        writing({"INSERT INTO t VALUES (1), (2)", "DELETE FROM t WHERE id = 2 RETURNING id"}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(answer.statements.at(0).commandTag, "INSERT 0 2"_ba);
    QCOMPARE(answer.statements.at(1).commandTag, "DELETE 1"_ba);
    QCOMPARE(answer.onlyCell(), "2"_ba);
    const Summary &summary = answer.outcome->value();
    QVERIFY(summary.committed);
    QVERIFY(summary.transactionId.toULongLong() > 0);
    QCOMPARE(count(), "1"_ba);
    QCOMPARE(harness.session().state(), SessionState::Idle);
    QVERIFY(harness.session().heldState().isEmpty());
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (3)"})).isOk());
    QCOMPARE(count(), "2"_ba);
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestSessionWriting::roundTripsOfItsOwn()
{
    // What a text sends before the mode is proven would be too late to refuse.
    SessionHarness harness({.keywords = m_database->keywords()});
    const Answer &answer = harness.run(writing({"SHOW transaction_read_only"}));
    QCOMPARE(answer.onlyCell(), "off"_ba);
    QVERIFY(answer.outcome->value().backendPid > 0);
}

/// A pooler's other clients wait for each of them.
void TestSessionWriting::roundTrips()
{
    QFETCH(bool, pooled);
    FaultProxy proxy(pooled ? m_pooler->port() : m_database->facts().port);
    SessionHarness harness(
        {.keywords = m_database->keywords(Role::Plain, proxy.port()), .pooled = pooled});
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (1)"})).isOk());
    proxy.resetCounts();
    const Answer &answer = harness.run(writing({"INSERT INTO t VALUES (2)"}));
    QVERIFY(answer.outcome->value().transactionId.toULongLong() > 0);
    QCOMPARE(proxy.roundTrips(), 3); // opening, statement and number, COMMIT and what is left
    proxy.resetCounts();
    QVERIFY(harness.run(writing({"SELECT 1", "INSERT INTO t VALUES (3)"})).isOk());
    QCOMPARE(proxy.roundTrips(), 4);
}

/// libpq has none in a pipeline.
void TestSessionWriting::copyIsAStatementToo()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(
        writing({"INSERT INTO t VALUES (1), (2)", "Copy (SELECT id FROM t) TO STDOUT"}));
    QVERIFY2(answer.isOk(), qPrintable(answer.error().text()));
    QCOMPARE(answer.statements.at(1).commandTag, "COPY 2"_ba);
    QVERIFY(answer.outcome->value().committed);
    QCOMPARE(count(), "2"_ba);
}

void TestSessionWriting::whatOnlyReadsHasNoNumber()
{
    SessionHarness harness({.keywords = m_database->keywords()});
    const Answer &answer = harness.run(writing({"SELECT 1"}));
    QVERIFY(answer.outcome->value().committed);
    QCOMPARE(answer.outcome->value().transactionId, QByteArray());
}

void TestSessionWriting::errorRollsBackAll()
{
    SessionHarness harness(config());
    const Answer &answer = harness.run(
        writing({"INSERT INTO t VALUES (1)", "SELECT 1/0", "INSERT INTO t VALUES (2)"}));
    QCOMPARE(answer.errorId(), "server.22012"_ba);
    QCOMPARE(answer.statements.size(), 1U);
    QCOMPARE(count(), "0"_ba);
    QCOMPARE(harness.session().state(), SessionState::Idle);
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (1)"})).isOk());
}

void TestSessionWriting::cancelRollsBackAll()
{
    SessionHarness harness(config());
    const Serial serial =
        harness.send(writing({"INSERT INTO t VALUES (1)", "SELECT pg_sleep(100)"}));
    QTRY_COMPARE(sleeping(), "1"_ba);
    harness.session().cancel(serial);
    QVERIFY(harness.wait(serial));
    QCOMPARE(harness.answer(serial).errorId(), "request.cancelled"_ba);
    QVERIFY(!harness.answer(serial).error().sessionLost);
    QCOMPARE(count(), "0"_ba);
    QCOMPARE(m_database->sessions("sluice"), 1);
}

void TestSessionWriting::deferredConstraintIsAnError()
{
    SessionHarness harness(config());
    const Answer &answer =
        harness.run(writing({"SELECT pg_advisory_lock(5)", "INSERT INTO t VALUES (1), (1)"}));
    QCOMPARE(answer.errorId(), "server.23505"_ba);
    QVERIFY(!answer.error().sessionLost);
    QCOMPARE(answer.statements.size(), 2U); // both ran well; COMMIT did not
    QCOMPARE(count(), "0"_ba);
    QCOMPARE(harness.session().state(), SessionState::Idle);
    QCOMPARE(m_database->valueSuper("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                                    " AND database = (SELECT oid FROM pg_database WHERE datname ="
                                    " current_database())"),
             "0"_ba);
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (1)"})).isOk());
}

void TestSessionWriting::limitsAreSet()
{
    SessionHarness harness({.keywords = m_database->keywords()});
    RequestSpec spec = writing({"SELECT current_setting('statement_timeout'), "
                                "current_setting('lock_timeout'), "
                                "current_setting('idle_in_transaction_session_timeout'), "
                                "current_setting('work_mem')"});
    spec.statementTimeout = 7s;
    spec.settings = {{"work_mem"_ba, "1MB"_ba}};
    QCOMPARE(harness.run(spec).onlyCell(), "7s|3s|1min|1MB"_ba);
    // None of it stays.
    QCOMPARE(harness.run(plain({"SELECT current_setting('statement_timeout')"})).onlyCell(),
             "0"_ba);
    QVERIFY(harness.session().heldState().isEmpty());
}

void TestSessionWriting::lockTimeout()
{
    Connection other = m_database->connect();
    other.exec("BEGIN; LOCK TABLE t");
    SessionHarness harness({.keywords = m_database->keywords()});
    RequestSpec spec = writing({"INSERT INTO t VALUES (1)"});
    spec.lockTimeout = 50ms;
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.errorId(), "lock.timeout"_ba);
    QCOMPARE(answer.error().kind, ErrorKind::Timeout);
    QCOMPARE(harness.session().state(), SessionState::Idle);
}

void TestSessionWriting::otherDatabaseIsRefused()
{
    SessionHarness harness(config());
    RequestSpec spec = writing({"INSERT INTO t VALUES (1)"});
    spec.database = "another"_ba;
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.errorId(), "frame.otherDatabase"_ba);
    QVERIFY(answer.statements.empty());
    QCOMPARE(count(), "0"_ba);
    QCOMPARE(harness.session().state(), SessionState::Idle);
    spec.database = m_database->name().toUtf8();
    QVERIFY(harness.run(spec).isOk());
    QCOMPARE(harness.session().serverInfo().database, spec.database);
}

void TestSessionWriting::endingTheTransactionIsReported_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql : {"COMMIT", "ROLLBACK", "COMMIT AND CHAIN", "END"}) {
        QTest::addRow("%s, direct", sql) << false << QByteArray(sql);
        QTest::addRow("%s, pooled", sql) << true << QByteArray(sql);
    }
}

void TestSessionWriting::endingTheTransactionIsReported()
{
    QFETCH(QByteArray, sql);
    SessionHarness harness(config());
    const Answer &answer =
        harness.run(writing({"INSERT INTO t VALUES (1)", sql, "INSERT INTO t VALUES (2)"}));
    QCOMPARE(answer.errorId(), "frame.left"_ba);
    QVERIFY(answer.error().sessionLost);
    QCOMPARE(answer.statements.size(), 1U);
    QCOMPARE(m_database->value("SELECT count(*) FROM t WHERE id = 2"), "0"_ba);
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (3)"})).isOk());
}

void TestSessionWriting::nothingStaysOnThePooler_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::newRow("temporary table") << "CREATE TEMP TABLE leaked (id int)"_ba;
    QTest::newRow("SET") << "SET work_mem = '1MB'"_ba;
    QTest::newRow("set_config") << "SELECT set_config('work_mem', '1MB', false)"_ba;
    QTest::newRow("set_config in DO")
        << "DO $$ BEGIN PERFORM set_config('work_mem', '1MB', false); END $$"_ba;
    QTest::newRow("own name") << "SET my.secret = 'x'"_ba;
    QTest::newRow("own name, by a function") << "SELECT remember()"_ba;
    QTest::newRow("LISTEN") << "LISTEN leaked"_ba;
    QTest::newRow("advisory lock") << "SELECT pg_advisory_lock(42)"_ba;
    QTest::newRow("cursor") << "DECLARE leaked CURSOR WITH HOLD FOR SELECT 1"_ba;
    QTest::newRow("PREPARE") << "PREPARE leaked AS SELECT 1"_ba;
    QTest::newRow("temporary function")
        << "CREATE FUNCTION pg_temp.leaked() RETURNS int LANGUAGE sql AS 'SELECT 1'"_ba;
    QTest::newRow("role") << "SET ROLE @role"_ba;
}

void TestSessionWriting::nothingStaysOnThePooler()
{
    QFETCH(QByteArray, sql);
    const TestRole role(*m_database);
    sql.replace("@role", role.name());
    if (sql.contains("remember")) {
        m_database->exec("CREATE FUNCTION remember() RETURNS text LANGUAGE sql AS "
                         "$$ SELECT set_config('my.secret', 'x', false) $$");
    }
    SessionHarness harness({.keywords = m_pooler->keywords(), .pooled = true});
    const QByteArray look =
        "SELECT current_setting('work_mem'), current_setting('my.secret', true), "
        "current_user::text, (SELECT count(*) FROM pg_prepared_statements WHERE from_sql), "
        "(SELECT count(*) FROM pg_cursors), (SELECT count(*) FROM pg_listening_channels()), "
        "(SELECT count(*) FROM pg_class WHERE relnamespace = pg_my_temp_schema()), "
        "(SELECT count(*) FROM pg_proc WHERE pronamespace = pg_my_temp_schema()), "
        "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())"_ba;
    Connection other = m_pooler->connect();
    const std::vector<QByteArrayList> before = other.rows(look);
    const int pid = other.backendPid();
    const Answer &answer = harness.run(writing({"INSERT INTO t VALUES (1)", sql}));
    QCOMPARE(other.rows(look), before);
    QVERIFY(other.backendPid() != pid); // thrown away by the pooler
    // PREPARE is seen before COMMIT, which never comes then.
    const bool committed = sql.startsWith("PREPARE") == false;
    QCOMPARE(answer.isOk(), committed);
    QCOMPARE(count(), committed ? "1"_ba : "0"_ba);
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (2)"})).isOk());
}

void TestSessionWriting::cleanServerIsKept()
{
    SessionHarness harness({.keywords = m_pooler->keywords(), .pooled = true});
    Connection other = m_pooler->connect();
    other.exec("SET work_mem = '3MB'; CREATE TEMP TABLE foreign_one (id int)"); // not ours to judge
    const int pid = other.backendPid();
    QVERIFY(harness.run(writing({"INSERT INTO t VALUES (1)", "UPDATE t SET id = 2 WHERE id = 1"}))
                .isOk());
    QCOMPARE(other.backendPid(), pid);
    QCOMPARE(other.value("SELECT current_setting('work_mem')"), "3MB"_ba);
    QCOMPARE(harness.log().count(u"connected"_s), 1);
}

void TestSessionWriting::functionsThatSet_data()
{
    QTest::addColumn<QByteArray>("function");
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<bool>("kept");
    const QByteArray call = "SELECT f()"_ba;
    const QByteArray other = "SELECT 1"_ba;
    const QByteArray byName = "LANGUAGE sql AS $$ SELECT set_config('My.secret', 'x', false) $$"_ba;
    const QByteArray parsed = "BEGIN ATOMIC SELECT set_config('my.secret', 'x', false); END"_ba;
    const QByteArray executed =
        "LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SET my.secret = 1'; RETURN ''; END $$"_ba;
    const QByteArray built =
        "LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'SET my.' || 'secret = 1'; RETURN ''; END $$"_ba;
    QTest::newRow("by name") << byName << call << false;
    QTest::newRow("by name, not called") << byName << other << true;
    QTest::newRow("parsed") << parsed << call << false;
    QTest::newRow("parsed, not called") << parsed << other << true;
    QTest::newRow("executed") << executed << call << false;
    QTest::newRow("executed, not called") << executed << other << true;
    QTest::newRow("built") << built << call << false;
    QTest::newRow("built, not called") << built << other << false; // nobody can tell
    QTest::newRow("for the transaction")
        << "LANGUAGE sql AS $$ SELECT set_config('my.secret', 'x', true) $$"_ba << call << true;
    QTest::newRow("listed")
        << "LANGUAGE sql AS $$ SELECT set_config('work_mem', '1MB', false) $$"_ba << call << false;
    QTest::newRow("listed, not called")
        << "LANGUAGE sql AS $$ SELECT set_config('work_mem', '1MB', false) $$"_ba << other << true;
}

/// A function that may set what no list tells costs the server process only if it did, as far as
/// its source shows that.
void TestSessionWriting::functionsThatSet()
{
    QFETCH(QByteArray, function);
    QFETCH(QByteArray, sql);
    QFETCH(bool, kept);
    SessionHarness harness({.keywords = m_pooler->keywords(), .pooled = true});
    Connection other = m_pooler->connect();
    const auto isKeptAfter = [&](const QByteArray &text) {
        const int pid = other.backendPid();
        const bool isOk = harness.run(writing({"DELETE FROM t", text})).isOk();
        const QByteArray left = other.value("SELECT current_setting('my.secret', true)");
        return isOk && left.isEmpty() && other.backendPid() == pid;
    };
    QVERIFY(isKeptAfter("SELECT 1")); // what there was is known then, and the function is new
    m_database->exec("CREATE FUNCTION f() RETURNS text " + function);
    QCOMPARE(isKeptAfter(sql), kept);
    QCOMPARE(other.value("SELECT coalesce(current_setting('my.secret', true), '')"), ""_ba);
    QCOMPARE(isKeptAfter(sql), kept); // and known
    SessionHarness fresh({.keywords = m_pooler->keywords(), .pooled = true});
    const int pid = other.backendPid();
    QVERIFY(fresh.run(writing({sql})).isOk());
    QCOMPARE(other.backendPid() == pid, kept);
}

void TestSessionWriting::functionsAreReadOnce()
{
    m_database->exec("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS "
                     "$$ SELECT set_config('my.secret', 'x', false) $$");
    SessionHarness harness({.keywords = m_pooler->keywords(), .pooled = true});
    Connection other = m_pooler->connect();
    QVERIFY(harness.run(writing({"SELECT 1"})).isOk());
    // Another client's, for good or ill: what was there before is not ours to judge.
    other.exec("SET my.secret = 'theirs'");
    const int pid = other.backendPid();
    QVERIFY(harness.run(writing({"SELECT 1"})).isOk());
    QCOMPARE(other.backendPid(), pid);
    QCOMPARE(other.value("SELECT current_setting('my.secret')"), "theirs"_ba);
    QVERIFY(harness.run(writing({"SELECT f()"})).isOk());
    QVERIFY(other.backendPid() != pid);
}

void TestSessionWriting::directSessionKeepsWhatItWasTold()
{
    SessionHarness harness({.keywords = m_database->keywords()});
    QVERIFY(
        harness.run(writing({"CREATE TEMP TABLE mine (id int)", "SET work_mem = '1MB'"})).isOk());
    QCOMPARE(harness.session().heldState().temporaryObjects, QStringList{u"mine"_s});
    QCOMPARE(harness.session().heldState().settings, QStringList{u"work_mem"_s});
    QVERIFY(!harness.session().heldState().inTransaction());
}

void TestSessionWriting::lookUp()
{
    SessionThread session({.keywords = m_database->keywords()});
    const auto stateOf = [&session](const QByteArray &number) {
        const QFuture<Result<CommitFate>> future = lookUpCommit(session, number);
        [&] { QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30'000); }();
        const Result<CommitFate> fate = future.result();
        return fate ? commitFateId(fate->state) : QString::fromLatin1(fate.error().id);
    };
    SessionHarness writer({.keywords = m_database->keywords()});
    const Answer &answer = writer.run(writing({"INSERT INTO t VALUES (1)"}));
    QCOMPARE(stateOf(answer.outcome->value().transactionId), u"committed"_s);
    Connection other = m_database->connect();
    other.exec("BEGIN; INSERT INTO t VALUES (2)");
    const QByteArray open = other.value("SELECT pg_current_xact_id()");
    QCOMPARE(stateOf(open), u"inProgress"_s);
    other.exec("ROLLBACK");
    QCOMPARE(stateOf(open), u"rolledBack"_s);
    QCOMPARE(stateOf("3"_ba), u"tooOld"_s);
    QCOMPARE(stateOf("18446744073709551000"_ba), u"notSeen"_s);
    QCOMPARE(stateOf("1; DROP"_ba), u"commit.badNumber"_s);
    QCOMPARE(stateOf(QByteArray()), u"commit.badNumber"_s);
}

QTEST_GUILESS_MAIN(TestSessionWriting)
#include "tst_sessionwriting.moc"

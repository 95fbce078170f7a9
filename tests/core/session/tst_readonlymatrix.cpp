// SPDX-License-Identifier: GPL-3.0-or-later
// What a person's text can do in the guarded frame: each row runs as plain role and superuser,
// directly and through a pooler, and afterwards a sentinel and a second client look for anything it
// left.
#include "tests/core/session/sessionharness.h"
#include "tests/support/testpooler.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

namespace {

/// How the request must end, whoever runs it.
enum class End : quint8 {
    Blocked,  ///< an error of the server; the session goes on
    Left,     ///< it got out of the frame: frame.left, and the connection is gone
    Harmless, ///< it may run or be refused; nothing is left either way
    Direct,   ///< harmless on a direct endpoint, frame.sessionState on a pooled one
};

struct Attempt {
    const char *name;
    End end;
    QByteArrayList statements;
};

/// Every write that PostgreSQL itself refuses in a read-only transaction.
QList<Attempt> writes()
{
    return {
        {"insert", End::Blocked, {"INSERT INTO sentinel VALUES (2)"}},
        {"update", End::Blocked, {"UPDATE sentinel SET n = 2"}},
        {"delete", End::Blocked, {"DELETE FROM sentinel"}},
        {"merge",
         End::Blocked,
         {"MERGE INTO sentinel s USING (SELECT 1 AS n) v ON s.n = v.n WHEN MATCHED THEN DELETE"}},
        {"truncate", End::Blocked, {"TRUNCATE sentinel"}},
        {"drop", End::Blocked, {"DROP TABLE sentinel"}},
        {"data-modifying CTE",
         End::Blocked,
         {"WITH d AS (DELETE FROM sentinel RETURNING n) SELECT * FROM d"}},
        {"select into", End::Blocked, {"SELECT n INTO leaked FROM sentinel"}},
        {"create table as", End::Blocked, {"CREATE TABLE leaked AS SELECT 1"}},
        {"create temp table", End::Blocked, {"CREATE TEMP TABLE leaked (n int)"}},
        {"explain analyze of a write",
         End::Blocked,
         {"EXPLAIN ANALYZE INSERT INTO sentinel VALUES (2)"}},
        {"function that writes", End::Blocked, {"SELECT writes()"}},
        {"block that writes", End::Blocked, {"DO $$ BEGIN DELETE FROM sentinel; END $$"}},
        {"procedure that commits", End::Blocked, {"CALL commits()"}},
        {"nextval", End::Blocked, {"SELECT nextval('counter')"}},
        {"setval", End::Blocked, {"SELECT setval('counter', 99)"}},
        {"large object", End::Blocked, {"SELECT lo_create(0)"}},
        {"for update", End::Blocked, {"SELECT * FROM sentinel FOR UPDATE"}},
        {"grant", End::Blocked, {"GRANT SELECT ON sentinel TO PUBLIC"}},
        {"comment", End::Blocked, {"COMMENT ON TABLE sentinel IS 'x'"}},
        {"copy from program", End::Blocked, {"COPY sentinel FROM PROGRAM 'echo 2'"}},
        {"vacuum", End::Blocked, {"VACUUM sentinel"}},
        {"alter system", End::Blocked, {"ALTER SYSTEM SET work_mem = '1GB'"}},
        {"commit prepared", End::Blocked, {"COMMIT PREPARED 'x'"}},
    };
}

/// Ways that were seen to lead out of a read-only transaction.
QList<Attempt> escapes()
{
    const QByteArray insert = "INSERT INTO sentinel VALUES (2)";
    return {
        {"set transaction first", End::Blocked, {"SET TRANSACTION READ WRITE", insert}},
        {"set the variable first", End::Blocked, {"SET transaction_read_only = off", insert}},
        {"set_config", End::Blocked, {"SELECT set_config('transaction_read_only', 'off', true)"}},
        {"reset", End::Blocked, {"RESET transaction_read_only", insert}},
        {"in a savepoint", End::Blocked, {"SAVEPOINT s", "SET TRANSACTION READ WRITE", insert}},
        {"default for the session",
         End::Blocked,
         {"SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE", insert}},
        {"commit, then a write", End::Left, {"COMMIT", insert}},
        {"end", End::Left, {"END", insert}},
        {"abort", End::Left, {"ABORT", insert}},
        {"rollback", End::Left, {"ROLLBACK", insert}},
        {"commit and chain", End::Left, {"COMMIT AND CHAIN", "SET TRANSACTION READ WRITE", insert}},
        {"rollback and chain",
         End::Left,
         {"ROLLBACK AND CHAIN", "SET TRANSACTION READ WRITE", insert}},
        {"begin", End::Left, {"BEGIN", insert}},
        {"begin read write", End::Blocked, {"BEGIN READ WRITE", insert}},
        {"start transaction", End::Left, {"START TRANSACTION", insert}},
        {"start transaction read write", End::Blocked, {"START TRANSACTION READ WRITE", insert}},
        {"rollback to savepoint", End::Left, {"SAVEPOINT s", "ROLLBACK TO s", insert}},
        {"commit in the same text", End::Blocked, {"COMMIT; " + insert}},
        {"commit behind a quote", End::Blocked, {"SELECT '\\'; COMMIT; " + insert + " --'"}},
        {"commit behind a dollar quote", End::Blocked, {"SELECT $x$ $x$; COMMIT; " + insert}},
        {"commit behind a comment", End::Blocked, {"SELECT 1 /* ; */; COMMIT; " + insert}},
        {"commit after a comment", End::Left, {"/* SELECT */ COMMIT -- 1", insert}},
        {"discard all", End::Blocked, {"DISCARD ALL", insert}},
    };
}

/// What read-only does not stop, and must not reach the next client of the server connection.
QList<Attempt> leftovers()
{
    return {
        {"setting", End::Harmless, {"SET search_path = nowhere"}},
        {"setting for the session", End::Harmless, {"SET SESSION statement_timeout = '1h'"}},
        {"set_config for the session",
         End::Harmless,
         {"SELECT set_config('search_path', 'nowhere', false)"}},
        {"read-write by default", End::Harmless, {"SET default_transaction_read_only = off"}},
        {"role", End::Harmless, {"SET ROLE pg_monitor"}},
        {"listen", End::Harmless, {"LISTEN leaked"}},
        {"notify", End::Harmless, {"NOTIFY leaked"}},
        {"cursor with hold",
         End::Harmless,
         {"DECLARE leaked CURSOR WITH HOLD FOR SELECT * FROM sentinel"}},
        {"advisory lock", End::Harmless, {"SELECT pg_advisory_lock(1), pg_advisory_lock(1)"}},
        {"advisory lock, shared pair", End::Harmless, {"SELECT pg_advisory_lock_shared(1, 2)"}},
        {"advisory lock, then an error",
         End::Harmless,
         {"SELECT pg_advisory_lock(3)", "SELECT 1/0"}},
        {"table lock", End::Harmless, {"LOCK TABLE sentinel IN ACCESS SHARE MODE"}},
        {"savepoint", End::Harmless, {"SAVEPOINT s", "RELEASE s"}},
        {"set local", End::Harmless, {"SET LOCAL search_path = nowhere"}},
        {"reindex", End::Harmless, {"REINDEX TABLE sentinel"}},
        {"analyze", End::Harmless, {"ANALYZE sentinel"}},
        {"checkpoint", End::Harmless, {"CHECKPOINT"}},
        {"prepare", End::Direct, {"PREPARE leaked AS DELETE FROM sentinel"}},
    };
}

} // namespace

class TestReadOnlyMatrix : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void init();
    void matrix_data();
    void matrix();
    void preparedTransactionLeavesTheFrame();
    void neverRunsWhatIsNotReadOnly();

private:
    [[nodiscard]] static ConnKeywords keywordsOf(bool pooled, Role role);
    void checkNothingLeft(bool pooled, Role role);

    static inline std::optional<TestDatabase> m_database;
    static inline std::optional<TestPooler> m_pooler; ///< with one server connection a role
};

void TestReadOnlyMatrix::initTestCase()
{
    m_database.emplace();
    m_pooler.emplace(*m_database, PoolerOptions{.poolSize = 1});
    m_database->exec("CREATE TABLE sentinel (n int); INSERT INTO sentinel VALUES (1); "
                     "CREATE SEQUENCE counter; "
                     "CREATE FUNCTION writes() RETURNS void LANGUAGE sql AS "
                     "'INSERT INTO sentinel VALUES (3)'; "
                     "CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$ BEGIN COMMIT; "
                     "SET TRANSACTION READ WRITE; INSERT INTO sentinel VALUES (4); END $$");
}

void TestReadOnlyMatrix::cleanupTestCase()
{
    m_pooler.reset();
    m_database.reset();
}

void TestReadOnlyMatrix::init()
{
    QCOMPARE(m_database->value("SELECT string_agg(n::text, ',') FROM sentinel"), "1"_ba);
}

void TestReadOnlyMatrix::matrix_data()
{
    QTest::addColumn<QByteArrayList>("statements");
    QTest::addColumn<int>("end");
    QTest::addColumn<bool>("pooled");
    QTest::addColumn<int>("role");
    for (const Attempt &attempt : writes() + escapes() + leftovers()) {
        for (const bool pooled : {false, true}) {
            for (const Role role : {Role::Plain, Role::Super}) {
                QTest::addRow("%s, %s, %s", attempt.name, pooled ? "pooled" : "direct",
                              role == Role::Super ? "superuser" : "plain role")
                    << attempt.statements << int(attempt.end) << pooled << int(role);
            }
        }
    }
}

ConnKeywords TestReadOnlyMatrix::keywordsOf(bool pooled, Role role)
{
    return pooled ? m_pooler->keywords(role) : m_database->keywords(role);
}

void TestReadOnlyMatrix::matrix()
{
    QFETCH(QByteArrayList, statements);
    QFETCH(int, end);
    QFETCH(bool, pooled);
    QFETCH(int, role);
    SessionHarness harness({.keywords = keywordsOf(pooled, Role(role)), .pooled = pooled});
    RequestSpec spec{.frame = Frame::Guarded};
    for (const QByteArray &sql : statements)
        spec.statements.push_back({.sql = sql});
    const Answer &answer = harness.run(spec);
    QCOMPARE(answer.finished, 1);
    switch (End(end)) {
    case End::Blocked:
        QVERIFY2(answer.error().server.has_value(), answer.errorId().constData());
        QVERIFY(!answer.error().sessionLost);
        break;
    case End::Left:
        QCOMPARE(answer.errorId(), "frame.left"_ba);
        QVERIFY(answer.error().sessionLost);
        break;
    case End::Harmless:
        QVERIFY(answer.isOk() || answer.error().server.has_value());
        break;
    case End::Direct:
        QCOMPARE(answer.errorId(), pooled ? "frame.sessionState"_ba : ""_ba);
        break;
    }
    checkNothingLeft(pooled, Role(role));
    QCOMPARE(harness.run(guarded({"SELECT 1"})).onlyCell(), "1"_ba);
}

void TestReadOnlyMatrix::checkNothingLeft(bool pooled, Role role)
{
    auto super = m_database->connect(Role::Super);
    QCOMPARE(super.value("SELECT string_agg(n::text, ',') FROM sentinel"), "1"_ba);
    QCOMPARE(super.value("SELECT is_called FROM counter"), "f"_ba);
    QCOMPARE(super.value("SELECT count(*) FROM pg_largeobject_metadata"), "0"_ba);
    QCOMPARE(super.value("SELECT count(*) FROM pg_prepared_xacts"), "0"_ba);
    QCOMPARE(super.value("SELECT to_regclass('public.leaked') IS NULL"), "t"_ba);
    QCOMPARE(super.value("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                         "WHERE locktype = 'advisory' AND datname = current_database()"),
             "0"_ba);
    if (!pooled)
        return;
    // The same server connection, as the next client of the pool gets it.
    Connection next = m_pooler->connect(role);
    QCOMPARE(next.value("SELECT count(*) FROM pg_prepared_statements WHERE from_sql"), "0"_ba);
    QCOMPARE(next.value("SELECT count(*) FROM pg_cursors WHERE name = 'leaked'"), "0"_ba);
    QCOMPARE(next.value("SELECT count(*) FROM pg_listening_channels()"), "0"_ba);
    QCOMPARE(next.value("SELECT current_user = session_user"), "t"_ba);
    QCOMPARE(next.value("SELECT count(*) FROM pg_settings WHERE source = 'session' AND name IN "
                        "('search_path', 'statement_timeout', 'lock_timeout', "
                        "'idle_in_transaction_session_timeout', "
                        "'default_transaction_read_only')"),
             "0"_ba);
}

void TestReadOnlyMatrix::preparedTransactionLeavesTheFrame()
{
    SessionHarness harness({.keywords = m_database->keywords(Role::Super)});
    QCOMPARE(harness.run(guarded({"PREPARE TRANSACTION 'left behind'"})).errorId(),
             "frame.left"_ba);
    // Read-only, but it holds its locks until somebody ends it.
    m_database->execSuper("ROLLBACK PREPARED 'left behind'");
}

void TestReadOnlyMatrix::neverRunsWhatIsNotReadOnly()
{
    // A server whose default is read-write, and a caller that asks for it: the frame still decides.
    SessionHarness harness({.keywords = m_database->keywords()});
    RequestSpec spec = guarded({"INSERT INTO sentinel VALUES (5)"});
    spec.settings = {{"transaction_read_only"_ba, "off"_ba}};
    for (const Frame frame : {Frame::Guarded, Frame::Pipelined}) {
        spec.frame = frame;
        QVERIFY(harness.run(spec).error().server.has_value());
    }
}

QTEST_GUILESS_MAIN(TestReadOnlyMatrix)
#include "tst_readonlymatrix.moc"

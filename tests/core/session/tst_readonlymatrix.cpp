// SPDX-License-Identifier: GPL-3.0-or-later
// What a person's text can do in the guarded frame: each row runs as plain role and superuser,
// directly and through a pooler, and afterwards a sentinel and a second client look for anything it
// left.
#include "tests/core/session/sessionharness.h"
#include "tests/support/testpooler.h"

#include <QRandomGenerator>
#include <QTest>

#include <span>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

namespace {

/// How the request must end, whoever runs it.
enum class End : quint8 {
    Blocked,  ///< an error of the server; the session goes on
    Left,     ///< it got out of the frame: frame.left, and the connection is gone
    Harmless, ///< it may run or be refused; nothing is left either way
    Direct,   ///< harmless on a direct endpoint; frame.sessionState on a pooled one, or refused
};

// A name and then the statements of one request. @insert is what must never arrive.

/// What PostgreSQL itself refuses in a read-only transaction.
constexpr const char *writes[] = {
    "insert | @insert",
    "update | UPDATE sentinel SET n = 2",
    "delete | DELETE FROM sentinel",
    "merge | MERGE INTO sentinel s USING (SELECT 1 AS n) v ON s.n = v.n WHEN MATCHED THEN DELETE",
    "truncate | TRUNCATE sentinel",
    "drop | DROP TABLE sentinel",
    "data-modifying CTE | WITH d AS (DELETE FROM sentinel RETURNING n) SELECT * FROM d",
    "select into | SELECT n INTO leaked FROM sentinel",
    "create table as | CREATE TABLE leaked AS SELECT 1",
    "create temp table | CREATE TEMP TABLE leaked (n int)",
    "create temp sequence | CREATE TEMP SEQUENCE leaked",
    "explain analyze of a write | EXPLAIN ANALYZE @insert",
    "function that writes | SELECT writes()",
    "block that writes | DO $$ BEGIN DELETE FROM sentinel; END $$",
    "function that opens the transaction | SELECT opens()",
    "block that opens the transaction | DO $$ BEGIN PERFORM "
    "set_config('transaction_read_only', 'off', true); DELETE FROM sentinel; END $$",
    "procedure that commits | CALL commits()",
    "block that commits | DO $$ BEGIN COMMIT; DELETE FROM sentinel; END $$",
    "nextval | SELECT nextval('counter')",
    "setval | SELECT setval('counter', 99)",
    "create a large object | SELECT lo_create(0)",
    "unlink a large object | SELECT lo_unlink(4711)",
    "write a large object | SELECT lo_put(4711, 0, 'x')",
    "for update | SELECT * FROM sentinel FOR UPDATE",
    "for key share | SELECT * FROM sentinel FOR KEY SHARE",
    "grant | GRANT SELECT ON sentinel TO PUBLIC",
    "comment | COMMENT ON TABLE sentinel IS 'x'",
    "refresh | REFRESH MATERIALIZED VIEW copied",
    "copy from stdin | COPY sentinel FROM STDIN",
    "copy from a program | COPY sentinel FROM PROGRAM 'echo 2'",
    "vacuum | VACUUM sentinel",
    "alter system | ALTER SYSTEM SET work_mem = '1GB'",
    "commit prepared | COMMIT PREPARED 'x'",
};

/// Ways that were seen to lead out of a read-only transaction, and do not.
constexpr const char *escapes[] = {
    "set transaction first | SET TRANSACTION READ WRITE | @insert",
    "set transaction after a select | SELECT 1 | SET TRANSACTION READ WRITE | @insert",
    "set the variable first | SET transaction_read_only = off | @insert",
    "set the variable for the transaction | SET LOCAL transaction_read_only = off | @insert",
    "set_config | SELECT set_config('transaction_read_only', 'off', true) | @insert",
    "reset | RESET transaction_read_only | @insert",
    "reset all | RESET ALL | @insert",
    "in a savepoint | SAVEPOINT s | SET TRANSACTION READ WRITE | @insert",
    "default | SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE | @insert",
    "begin read write | BEGIN READ WRITE | @insert",
    "start transaction read write | START TRANSACTION READ WRITE | @insert",
    "commit in the same text | COMMIT; @insert",
    "commit, begin in the same text | COMMIT; BEGIN READ WRITE; @insert",
    "commit behind a quote | SELECT '\\'; COMMIT; @insert --'",
    "commit behind a dollar quote | SELECT $x$ $x$; COMMIT; @insert",
    "commit behind a comment | SELECT 1 /* ; */; COMMIT; @insert",
    "discard all | DISCARD ALL | @insert",
};

/// Ways out of the transaction: what follows must not be run.
constexpr const char *exits[] = {
    "commit | COMMIT | @insert",
    "end | END | @insert",
    "abort | ABORT | @insert",
    "rollback | ROLLBACK | @insert",
    "commit and chain | COMMIT AND CHAIN | SET TRANSACTION READ WRITE | @insert",
    "rollback and chain | ROLLBACK AND CHAIN | SET TRANSACTION READ WRITE | @insert",
    "begin | BEGIN | @insert",
    "start transaction | START TRANSACTION | @insert",
    "rollback to savepoint | SAVEPOINT s | ROLLBACK TO s | @insert",
    "commit behind comments | /* SELECT */ COMMIT -- 1 | @insert",
};

/// What read-only does not stop, and must not reach the next client of the server connection.
constexpr const char *leftovers[] = {
    "explain analyze of create | EXPLAIN ANALYZE CREATE TABLE leaked AS SELECT 1",
    "setting | SET search_path = nowhere",
    "setting for the session | SET SESSION statement_timeout = '1h'",
    "set_config for the session | SELECT set_config('search_path', 'nowhere', false)",
    "read-write by default | SET default_transaction_read_only = off",
    "setting, then an error | SET work_mem = '1GB' | SELECT 1/0",
    "set local | SET LOCAL search_path = nowhere",
    "role | SET ROLE pg_monitor",
    "session user | SET SESSION AUTHORIZATION pg_monitor",
    "listen | LISTEN leaked",
    "notify | NOTIFY leaked",
    "cursor | DECLARE leaked CURSOR FOR SELECT * FROM sentinel",
    "cursor with hold | DECLARE leaked CURSOR WITH HOLD FOR SELECT * FROM sentinel",
    "advisory lock, twice | SELECT pg_advisory_lock(1), pg_advisory_lock(1)",
    "advisory lock, shared pair | SELECT pg_advisory_lock_shared(1, 2)",
    "advisory lock, then an error | SELECT pg_advisory_lock(3) | SELECT 1/0",
    "advisory lock of the transaction | SELECT pg_advisory_xact_lock(4)",
    "table lock | LOCK TABLE sentinel IN ACCESS SHARE MODE",
    "strongest table lock | LOCK TABLE sentinel IN ACCESS EXCLUSIVE MODE",
    "savepoint | SAVEPOINT s | RELEASE s",
    "snapshot | SELECT pg_export_snapshot()",
    "reindex | REINDEX TABLE sentinel",
    "cluster | CLUSTER sentinel USING sentinel_n",
    "analyze | ANALYZE sentinel",
    "checkpoint | CHECKPOINT",
    "copy to a program | COPY sentinel TO PROGRAM 'cat > /dev/null'",
    "copy to a file | COPY sentinel TO '/dev/null'",
    "read a file | SELECT pg_read_file('PG_VERSION')",
    "reload | SELECT pg_reload_conf()",
    "switch the log | SELECT pg_switch_wal()",
    "restore point | SELECT pg_create_restore_point('leaked')",
    "logical message | SELECT pg_logical_emit_message(true, 'leaked', 'x')",
    "reset the statistics | SELECT pg_stat_reset()",
    "cancel itself | SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(60)",
    "terminate itself | SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(60)",
};

/// What outlives ROLLBACK and cannot be taken back.
constexpr const char *lasting[] = {
    "prepared write | PREPARE p AS @insert | EXECUTE p",
    "prepare | PREPARE leaked AS DELETE FROM sentinel",
    "deallocate | DEALLOCATE ALL",
    "load | LOAD 'auto_explain'",
};

/// Pieces of texts that try to confuse whoever looks at a text instead of asking the server.
constexpr const char *pieces[] = {
    "@insert",
    "DELETE FROM sentinel",
    "SELECT 1",
    ";",
    "COMMIT",
    "COMMIT AND CHAIN",
    "ROLLBACK",
    "BEGIN",
    "BEGIN READ WRITE",
    "SAVEPOINT s",
    "ROLLBACK TO s",
    "RELEASE s",
    "SET TRANSACTION READ WRITE",
    "SET transaction_read_only = off",
    "DISCARD ALL",
    "PREPARE p AS",
    "EXECUTE p",
    "EXPLAIN ANALYZE",
    "DO",
    "CALL commits()",
    "SELECT opens()",
    "WITH d AS (",
    ")",
    "/*",
    "*/",
    "--",
    "\n",
    "'",
    "E'\\'",
    "\"",
    "$$",
    "$x$",
    "\\",
    "COPY sentinel FROM STDIN",
    "RETURNING n",
};

QByteArray withInsert(const char *text)
{
    return QByteArray(text).replace("@insert", "INSERT INTO sentinel VALUES (2)");
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
    void preparedTransactionLeavesTheFrame_data();
    void preparedTransactionLeavesTheFrame();
    void whatAnotherConnectionDoes();
    void neverRunsWhatIsNotReadOnly();
    void anyText_data();
    void anyText();

private:
    static void addRows(std::span<const char *const> attempts, End end);
    [[nodiscard]] static ConnKeywords keywordsOf(bool pooled, Role role);
    void checkNothingLeft(bool pooled, Role role);
    void checkNextClient(Role role);

    static inline std::optional<TestDatabase> m_database;
    static inline std::optional<TestPooler> m_pooler; ///< with one server connection a role
};

void TestReadOnlyMatrix::initTestCase()
{
    m_database.emplace();
    m_pooler.emplace(*m_database, PoolerOptions{.poolSize = 1});
    m_database->exec(R"sql(
CREATE TABLE sentinel (n int);
INSERT INTO sentinel VALUES (1);
CREATE INDEX sentinel_n ON sentinel (n);
CREATE MATERIALIZED VIEW copied AS SELECT * FROM sentinel;
CREATE SEQUENCE counter;
SELECT lo_from_bytea(4711, 'kept');
CREATE FUNCTION writes() RETURNS void LANGUAGE sql AS 'INSERT INTO sentinel VALUES (3)';
CREATE FUNCTION opens() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('transaction_read_only', 'off', true);
    INSERT INTO sentinel VALUES (4);
END $$;
CREATE PROCEDURE commits() LANGUAGE plpgsql AS $$
BEGIN
    COMMIT;
    SET TRANSACTION READ WRITE;
    INSERT INTO sentinel VALUES (5);
END $$)sql");
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

void TestReadOnlyMatrix::addRows(std::span<const char *const> attempts, End end)
{
    for (const char *attempt : attempts) {
        QByteArrayList parts;
        for (const QByteArray &part : withInsert(attempt).split('|'))
            parts << part.trimmed();
        const QByteArray name = parts.takeFirst();
        for (const bool pooled : {false, true}) {
            for (const Role role : {Role::Plain, Role::Super}) {
                QTest::addRow("%s, %s, %s", name.constData(), pooled ? "pooled" : "direct",
                              role == Role::Super ? "superuser" : "plain role")
                    << parts << int(end) << pooled << int(role);
            }
        }
    }
}

void TestReadOnlyMatrix::matrix_data()
{
    QTest::addColumn<QByteArrayList>("statements");
    QTest::addColumn<int>("end");
    QTest::addColumn<bool>("pooled");
    QTest::addColumn<int>("role");
    addRows(writes, End::Blocked);
    addRows(escapes, End::Blocked);
    addRows(exits, End::Left);
    addRows(leftovers, End::Harmless);
    addRows(lasting, End::Direct);
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
        QVERIFY(answer.error().server.has_value()
                || answer.errorId() == (pooled ? "frame.sessionState"_ba : ""_ba));
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
    QCOMPARE(super.value("SELECT string_agg(oid::text, ',') FROM pg_largeobject_metadata"),
             "4711"_ba);
    QCOMPARE(super.value("SELECT lo_get(4711) = 'kept'"), "t"_ba);
    QCOMPARE(super.value("SELECT count(*) FROM pg_prepared_xacts"), "0"_ba);
    QCOMPARE(super.value("SELECT to_regclass('public.leaked') IS NULL"), "t"_ba);
    QCOMPARE(super.value("SELECT count(*) FROM pg_class WHERE relpersistence = 't'"), "0"_ba);
    // A connection that was closed inside its transaction takes a moment to end.
    QTRY_COMPARE(
        super.value("SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"),
        "0"_ba);
    if (pooled)
        checkNextClient(role);
}

/// The same server connection, as the next client of the pool gets it.
void TestReadOnlyMatrix::checkNextClient(Role role)
{
    Connection next = m_pooler->connect(role);
    QCOMPARE(next.value("SELECT count(*) FROM pg_prepared_statements WHERE from_sql"), "0"_ba);
    QCOMPARE(next.value("SELECT count(*) FROM pg_cursors WHERE name = 'leaked'"), "0"_ba);
    QCOMPARE(next.value("SELECT count(*) FROM pg_listening_channels()"), "0"_ba);
    QCOMPARE(next.value("SELECT current_user = session_user"), "t"_ba);
    QCOMPARE(next.value("SELECT session_user"), m_database->facts().user(role));
    QCOMPARE(next.value("SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND granted "
                        "AND locktype = 'advisory'"),
             "0"_ba);
    // What a client says when it connects PgBouncer sets for it; nothing else may be set.
    QCOMPARE(next.value("SELECT string_agg(name, ', ') FROM pg_settings WHERE source = 'session' "
                        "AND name NOT IN ('application_name', 'client_encoding', 'DateStyle', "
                        "'TimeZone', 'standard_conforming_strings')"),
             ""_ba);
}

void TestReadOnlyMatrix::preparedTransactionLeavesTheFrame_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::newRow("direct") << false;
    QTest::newRow("pooled") << true;
}

void TestReadOnlyMatrix::preparedTransactionLeavesTheFrame()
{
    QFETCH(bool, pooled);
    for (const Role role : {Role::Plain, Role::Super}) {
        SessionHarness harness({.keywords = keywordsOf(pooled, role), .pooled = pooled});
        QCOMPARE(harness.run(guarded({"PREPARE TRANSACTION 'left behind'"})).errorId(),
                 "frame.left"_ba);
        // Read-only, but it holds its locks until somebody ends it.
        m_database->execSuper("ROLLBACK PREPARED 'left behind'");
        checkNothingLeft(pooled, role);
    }
}

void TestReadOnlyMatrix::whatAnotherConnectionDoes()
{
    // The one thing in the matrix that the frame cannot see: a superuser's text may open a
    // connection of its own. It works, so that this test says so; a role that may not do it is the
    // wall (TestClassify: such a call is named).
    m_database->execSuper("CREATE EXTENSION dblink; CREATE TABLE elsewhere (n int)");
    SessionHarness harness({.keywords = m_database->keywords(Role::Super)});
    const QByteArray reaches =
        "SELECT dblink_exec('host=" + m_database->facts().socketFolder.toUtf8() + " port="
        + QByteArray::number(m_database->facts().port) + " user=" + m_database->facts().superuser
        + " dbname=' || current_database(), 'INSERT INTO elsewhere VALUES (1)')";
    QCOMPARE(harness.run(guarded({reaches})).errorId(), ""_ba);
    QCOMPARE(m_database->valueSuper("SELECT count(*) FROM elsewhere"), "1"_ba);
    checkNothingLeft(false, Role::Super);
    SessionHarness plain({.keywords = m_database->keywords()});
    QCOMPARE(plain.run(guarded({reaches})).errorId(), "server.2F003"_ba);
    QCOMPARE(m_database->valueSuper("SELECT count(*) FROM elsewhere"), "1"_ba);
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

void TestReadOnlyMatrix::anyText_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 8; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void TestReadOnlyMatrix::anyText()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    const bool pooled = seed % 2 == 0;
    const Role role = seed % 4 < 2 ? Role::Plain : Role::Super;
    SessionHarness harness({.keywords = keywordsOf(pooled, role), .pooled = pooled});
    for (int turn = 0; turn < 60; ++turn) {
        RequestSpec spec{.frame = Frame::Guarded};
        for (quint32 statements = 1 + random.bounded(4U); statements > 0; --statements) {
            QByteArrayList text;
            for (quint32 parts = 1 + random.bounded(5U); parts > 0; --parts)
                text << withInsert(pieces[random.bounded(quint32(std::size(pieces)))]);
            spec.statements.push_back({.sql = text.join(' ')});
        }
        QCOMPARE(harness.run(spec).finished, 1);
        QByteArrayList texts;
        for (const Statement &statement : spec.statements)
            texts << statement.sql;
        QVERIFY2(m_database->value("SELECT string_agg(n::text, ',') FROM sentinel") == "1",
                 texts.join("\n").constData());
    }
    checkNothingLeft(pooled, role);
    QCOMPARE(harness.run(guarded({"SELECT 1"})).onlyCell(), "1"_ba);
}

QTEST_GUILESS_MAIN(TestReadOnlyMatrix)
#include "tst_readonlymatrix.moc"

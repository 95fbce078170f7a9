// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/writefacts.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestWriteFacts : public QObject
{
    Q_OBJECT

private slots:
    void refusesBlock_data();
    void refusesBlock();
    void keepsState_data();
    void keepsState();
    void effects_data();
    void effects();
    void hazards_data();
    void hazards();
    void settings();
    void anythingIsSurvived();
};

void TestWriteFacts::refusesBlock_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<bool>("refuses");
    for (const char *sql :
         {"VACUUM", "VACUUM (FULL) t", "CREATE INDEX CONCURRENTLY i ON t (a)",
          "DROP INDEX CONCURRENTLY i", "REINDEX (CONCURRENTLY) TABLE t", "REINDEX SCHEMA s",
          "REINDEX DATABASE d", "CREATE DATABASE d", "DROP DATABASE d", "CLUSTER",
          "ALTER SYSTEM SET work_mem = '1MB'", "ALTER DATABASE d SET TABLESPACE x",
          "CREATE TABLESPACE x LOCATION '/x'", "DROP TABLESPACE x",
          "ALTER TABLE p DETACH PARTITION q CONCURRENTLY", "DROP SUBSCRIPTION s",
          "CREATE SUBSCRIPTION s CONNECTION '' PUBLICATION p"})
        QTest::newRow(sql) << QByteArray(sql) << true;
    for (const char *sql :
         {"ANALYZE", "CREATE INDEX i ON t (a)", "DROP INDEX i", "REINDEX TABLE t",
          "REINDEX INDEX i", "CLUSTER t USING i", "ALTER DATABASE d SET work_mem = '1MB'",
          "INSERT INTO t VALUES (1)", "ALTER TABLE p DETACH PARTITION q", "SELECT 'VACUUM'",
          "-- VACUUM\nSELECT 1", "REFRESH MATERIALIZED VIEW CONCURRENTLY m"})
        QTest::newRow(sql) << QByteArray(sql) << false;
}

void TestWriteFacts::refusesBlock()
{
    QFETCH(QByteArray, sql);
    QFETCH(bool, refuses);
    QCOMPARE(writeFacts(sql).refusesBlock, refuses);
    QCOMPARE(writeFacts(sql).name.isEmpty(), !refuses);
}

void TestWriteFacts::keepsState_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<bool>("keeps");
    for (const char *sql : {"BEGIN",
                            "COMMIT",
                            "SAVEPOINT s",
                            "SET work_mem = '1MB'",
                            "RESET ALL",
                            "SET ROLE x",
                            "LISTEN x",
                            "UNLISTEN *",
                            "PREPARE p AS SELECT 1",
                            "EXECUTE p",
                            "DEALLOCATE p",
                            "DISCARD ALL",
                            "LOAD 'x'",
                            "CREATE TEMP TABLE t (a int)",
                            "CREATE TEMP VIEW v AS SELECT 1",
                            "CREATE TEMP TABLE t AS SELECT 1",
                            "SELECT 1 INTO TEMP t",
                            "SELECT pg_advisory_lock(1)",
                            "SELECT pg_catalog.pg_try_advisory_lock_shared(1)",
                            "SELECT set_config('a.b', 'c', false)",
                            "DECLARE c CURSOR WITH HOLD FOR SELECT 1"})
        QTest::newRow(sql) << QByteArray(sql) << true;
    for (const char *sql :
         {"SET LOCAL work_mem = '1MB'", "SET CONSTRAINTS ALL DEFERRED", "NOTIFY x",
          "SELECT pg_advisory_xact_lock(1)", "SELECT pg_try_advisory_xact_lock(1)",
          "SELECT set_config('a.b', 'c', true)", "CREATE TABLE t (a int)", "SELECT 1 INTO t",
          "INSERT INTO temp VALUES (1)"})
        QTest::newRow(sql) << QByteArray(sql) << false;
}

void TestWriteFacts::keepsState()
{
    QFETCH(QByteArray, sql);
    QFETCH(bool, keeps);
    QCOMPARE(writeFacts(sql).keepsState, keeps);
}

void TestWriteFacts::effects_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<bool>("commits");
    QTest::addColumn<bool>("onlyReads");
    QTest::newRow("COMMIT") << "COMMIT"_ba << true << false;
    QTest::newRow("END") << "END WORK"_ba << true << false;
    QTest::newRow("COMMIT AND CHAIN") << "COMMIT AND CHAIN"_ba << true << false;
    QTest::newRow("PREPARE TRANSACTION") << "PREPARE TRANSACTION 'x'"_ba << true << false;
    QTest::newRow("ROLLBACK") << "ROLLBACK"_ba << false << false;
    QTest::newRow("SELECT") << "SELECT * FROM t"_ba << false << true;
    QTest::newRow("SHOW") << "SHOW work_mem"_ba << false << true;
    QTest::newRow("a function may do anything") << "SELECT f()"_ba << false << false;
    QTest::newRow("CTE that writes")
        << "WITH x AS (DELETE FROM t WHERE a = 1 RETURNING a) SELECT * FROM x"_ba << false << false;
    QTest::newRow("not understood") << "SELEC 1"_ba << false << false;
    QTest::newRow("nothing") << ""_ba << false << false;
}

void TestWriteFacts::effects()
{
    QFETCH(QByteArray, sql);
    QFETCH(bool, commits);
    QFETCH(bool, onlyReads);
    QCOMPARE(writeFacts(sql).commits, commits);
    QCOMPARE(writeFacts(sql).onlyReads, onlyReads);
}

void TestWriteFacts::hazards_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QStringList>("expected"); ///< kind and object
    const auto row = [](const char *sql, const QStringList &expected) {
        QTest::newRow(sql) << QByteArray(sql) << expected;
    };
    row("UPDATE t SET a = 1", {u"UpdatesAll t"_s});
    row("UPDATE s.t SET a = 1 WHERE a = 2", {});
    row("DELETE FROM s.\"T x\"", {u"DeletesAll s.T x"_s});
    row("DELETE FROM t USING u", {u"DeletesAll t"_s});
    row("WITH d AS (DELETE FROM t RETURNING a) SELECT * FROM d", {u"DeletesAll t"_s});
    row("EXPLAIN DELETE FROM t", {});
    row("EXPLAIN ANALYZE DELETE FROM t", {u"DeletesAll t"_s});
    row("CREATE RULE r AS ON INSERT TO t DO DELETE FROM u", {});
    row("DROP TABLE a, b.c", {u"Drops a"_s, u"Drops b.c"_s});
    row("DROP SCHEMA s", {u"Drops s"_s});
    row("DROP SCHEMA public", {u"Drops public"_s});
    row("DROP SCHEMA public CASCADE", {u"DropsPublic public"_s});
    row("DROP SCHEMA a, \"public\" CASCADE", {u"Drops a"_s, u"DropsPublic public"_s});
    row("DROP SCHEMA \"Public\" CASCADE", {u"Drops Public"_s});
    row("DROP FUNCTION s.f(int)", {u"Drops s.f"_s});
    row("DROP TYPE s.color", {u"Drops s.color"_s});
    row("DROP ROLE r", {u"Drops "_s});
    row("DROP OWNED BY r", {u"Drops "_s});
    row("DROP DATABASE d", {u"Drops d"_s});
    row("ALTER TABLE t DROP COLUMN a", {u"Drops t.a"_s, u"Locks t"_s});
    row("ALTER TABLE t ADD COLUMN a int", {u"Locks t"_s});
    row("ALTER TABLE t VALIDATE CONSTRAINT c", {});
    row("TRUNCATE a, s.b", {u"Truncates a"_s, u"Truncates s.b"_s});
    row("CREATE INDEX i ON t (a)", {u"Locks t"_s});
    row("CREATE INDEX CONCURRENTLY i ON t (a)", {});
    row("VACUUM FULL t", {u"Locks "_s});
    row("INSERT INTO t VALUES (1)", {});
    row("SELECT 'DROP TABLE t'", {});
}

void TestWriteFacts::hazards()
{
    QFETCH(QByteArray, sql);
    QFETCH(QStringList, expected);
    static const QStringList kinds{u"UpdatesAll"_s, u"DeletesAll"_s,  u"Drops"_s,
                                   u"Truncates"_s,  u"DropsPublic"_s, u"Locks"_s};
    QStringList found;
    for (const Hazard &hazard : writeFacts(sql).hazards) {
        found << kinds.at(int(hazard.kind)) + u' ' + hazard.object;
        QVERIFY(!hazard.message.isEmpty());
        QCOMPARE(hazard.asks(), hazard.kind != Hazard::Kind::Locks);
    }
    QCOMPARE(found, expected);
}

void TestWriteFacts::settings()
{
    QCOMPARE(writeFacts("SET my.tenant = 7").settings, QByteArrayList{"my.tenant"});
    QCOMPARE(
        writeFacts("SELECT set_config('my.a', 'x', false), set_config(b, 'x', false)").settings,
        QByteArrayList{"my.a"});
    QCOMPARE(writeFacts("UPDATE t SET a = 1 WHERE b = 2").settings, QByteArrayList());
}

void TestWriteFacts::anythingIsSurvived()
{
    for (const QByteArray &sql :
         {QByteArray("\0", 1), "DROP"_ba, "(("_ba, QByteArray(3'000'000, 'x')})
        QCOMPARE(writeFacts(sql), WriteFacts());
}

QTEST_GUILESS_MAIN(TestWriteFacts)
#include "tst_writefacts.moc"

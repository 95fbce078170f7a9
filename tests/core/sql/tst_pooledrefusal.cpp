// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/classify.h"

#include <QTest>

using namespace Qt::StringLiterals;
using core::Refusal;

class TestPooledRefusal : public QObject
{
    Q_OBJECT

private slots:
    void refuses_data();
    void refuses();
    void lets_data();
    void lets();
    void saysWhereSyntaxBreaks();
};

namespace {

QByteArray rowName(const char *sql)
{
    return QByteArray(sql).left(60).replace('\n', ' ');
}

} // namespace

void TestPooledRefusal::refuses_data()
{
    QTest::addColumn<QByteArray>("sql");
    const char *texts[] = {
        // Transaction control, and ways in which other tools' guards were passed (pgAdmin
        // CVE-2026-12045, -17351).
        "COMMIT",
        "commit; select 1",
        "select 1; commit",
        "/* x */ commit",
        "/* /* */ select 1 */ commit",
        "-- select 1\ncommit",
        "end",
        "end work",
        "abort",
        "rollback",
        "rollback and chain",
        "commit and chain",
        "begin read write",
        "start transaction",
        "savepoint a",
        "release a",
        "rollback to a",
        "prepare transaction 'x'",
        "commit prepared 'x'",
        "rollback prepared 'x'",
        "set transaction read write",
        "set transaction isolation level serializable",
        "select '\\'; commit; --'",
        "select E'\\''; commit; --'",
        "select $$ $$; commit; select $$ $$",
        "select $a$ $b$ $a$; commit",
        "select U&'\\0027'; commit",
        "select \"a\"\"\"; commit",
        // Left in the server process.
        "prepare a as select 1",
        "execute a",
        "explain execute a",
        "create table t as execute a",
        "deallocate a",
        "deallocate prepare all",
        "listen a",
        "unlisten *",
        "load 'auto_explain'",
        "discard all",
        "discard temp",
        "set work_mem = '1GB'",
        "set session work_mem = '1GB'",
        "set session characteristics as transaction read write",
        "set role postgres",
        "set session authorization postgres",
        "set names 'latin1'",
        "set time zone 'UTC'",
        "set search_path to public",
        "reset work_mem",
        "reset all",
        "reset role",
        "select set_config('a.b', 'c', false)",
        "select pg_catalog.set_config('a.b', 'c', 1 > 2)",
        "select \"set_config\"('a.b', 'c', x) from t",
        "select set_config(setting_name => 'a', new_value => 'b', is_local => true)",
        "select set_config(variadic x)",
        "select pg_advisory_lock(1)",
        "SELECT PG_ADVISORY_LOCK(1, 2)",
        "select pg_catalog.pg_advisory_lock(1)",
        "select \"pg_advisory_lock\"(1)",
        "select U&\"pg\\005fadvisory_lock\"(1)",
        "select pg_advisory_lock /* x */ (1)",
        "select pg_try_advisory_lock(1)",
        "select pg_advisory_lock_shared(1)",
        "select pg_try_advisory_lock_shared(1)",
        "select pg_advisory_unlock(1)",
        "select pg_advisory_unlock_all()",
        "select 1 from t where exists (select pg_advisory_lock(a))",
        "select * from pg_advisory_lock(1)",
        "with a as materialized (select pg_advisory_lock(1)) table a",
        "values (pg_advisory_lock(1))",
        "copy (select pg_advisory_lock(1)) to stdout",
        "explain analyze select pg_advisory_lock(1)",
        "select pg_create_logical_replication_slot('a', 'test_decoding', true)",
        "select dblink_connect('a', 'b')",
        "do $$begin perform pg_advisory_lock(1); end$$",
        "do $$begin execute 'prepare a as select 1'; end$$",
        "do 'begin load ''x''; end'",
        // Not understood.
        "selec 1",
        "select 'a",
        "select 1 /*",
        "\\d t",
        "select 1 as of system time x",
    };
    for (const char *sql : texts)
        QTest::newRow(rowName(sql)) << QByteArray(sql);
}

void TestPooledRefusal::refuses()
{
    QFETCH(const QByteArray, sql);
    const Refusal refusal = core::pooledRefusal(core::classify(sql));
    QVERIFY(refusal);
    QCOMPARE(refusal->id, "pooled.needsDirect"_ba);
    QCOMPARE(refusal->kind, core::ErrorKind::Usage);
    QVERIFY2(refusal->message.endsWith("needs the direct endpoint."_L1),
             qPrintable(refusal->message));
}

void TestPooledRefusal::lets_data()
{
    QTest::addColumn<QByteArray>("sql");
    const char *texts[] = {
        "",
        "select 1",
        "select 'commit; begin', \"commit\" from \"begin\"",
        "select $$; commit; $$",
        "select '\\', 'a' -- '; commit",
        "select 1 /* ; commit; */",
        "explain analyze select 1",
        "show work_mem",
        "copy t to stdout",
        "set local work_mem = '1MB'",
        "set local role x",
        "set constraints all immediate",
        "select set_config('a.b', 'c', true)",
        "select pg_advisory_xact_lock(1), pg_try_advisory_xact_lock_shared(1)",
        "select mine.pg_advisory_lock(1)",
        "select pg_advisory_lock from t",
        "select 'pg_advisory_lock(1)'",
        "notify a",
        "lock t",
        "insert into t values (1)",
        "declare c cursor for select 1",
        "do $$begin raise notice 'x'; end$$",
        "create function f() returns void language sql set work_mem = '1MB' as 'select 1'",
        "create table t ()",
    };
    for (const char *sql : texts)
        QTest::newRow(*sql != '\0' ? rowName(sql).constData() : "nothing") << QByteArray(sql);
}

void TestPooledRefusal::lets()
{
    QFETCH(const QByteArray, sql);
    const Refusal refusal = core::pooledRefusal(core::classify(sql));
    QVERIFY2(!refusal, refusal ? qPrintable(refusal->text()) : "");
}

void TestPooledRefusal::saysWhereSyntaxBreaks()
{
    const Refusal refusal = core::pooledRefusal(core::classify("select 'ä' fro fro"));
    QVERIFY(refusal);
    QCOMPARE(refusal->position, 16);
    QVERIFY(refusal->place.contains("syntax error"_L1));
}

QTEST_GUILESS_MAIN(TestPooledRefusal)
#include "tst_pooledrefusal.moc"

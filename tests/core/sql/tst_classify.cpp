// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/classify.h"

#include <QTest>

#include <atomic>
#include <thread>

#include <pthread.h>

using namespace Qt::StringLiterals;
using core::Classification;
using core::StatementKind;

class TestClassify : public QObject
{
    Q_OBJECT

private slots:
    void tellsKinds_data();
    void tellsKinds();
    void tellsReading_data();
    void tellsReading();
    void namesFunctions_data();
    void namesFunctions();
    void tellsErrors_data();
    void tellsErrors();
    void countsStatements();
    void deepTextIsNoCrash_data();
    void deepTextIsNoCrash();
    void manyThreadsAtOnce();
};

void TestClassify::tellsKinds_data()
{
    using Kind = StatementKind;
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<StatementKind>("kind");
    const std::pair<const char *, Kind> rows[] = {
        {"", Kind::Empty},
        {" ; -- x", Kind::Empty},
        {"selec 1", Kind::Unparsed},
        {"select 1; select 2", Kind::Several},
        {"select 1;", Kind::Select},
        {"table t", Kind::Select},
        {"(select 1)", Kind::Select},
        {"values (1)", Kind::Values},
        {"with a as (select 1) table a", Kind::Select},
        {"explain select 1", Kind::Explain},
        {"show all", Kind::Show},
        {"copy t to stdout", Kind::CopyTo},
        {"copy (select 1) to program 'x'", Kind::CopyTo},
        {"copy t from stdin", Kind::CopyFrom},
        {"insert into t values (1)", Kind::Dml},
        {"merge into t using s on true when matched then do nothing", Kind::Dml},
        {"create table t ()", Kind::Ddl},
        {"create table t as select 1", Kind::Ddl},
        {"grant select on t to public", Kind::Ddl},
        {"truncate t", Kind::Ddl},
        {"alter system set a = 1", Kind::Ddl},
        {"begin", Kind::TransactionControl},
        {"start transaction read write", Kind::TransactionControl},
        {"commit and chain", Kind::TransactionControl},
        {"end", Kind::TransactionControl},
        {"abort", Kind::TransactionControl},
        {"savepoint a", Kind::TransactionControl},
        {"prepare transaction 'x'", Kind::TransactionControl},
        {"set transaction read write", Kind::TransactionControl},
        {"set transaction snapshot 'x'", Kind::TransactionControl},
        {"prepare a as select 1", Kind::Prepare},
        {"execute a", Kind::Execute},
        {"deallocate all", Kind::Deallocate},
        {"listen a", Kind::Listen},
        {"unlisten *", Kind::Unlisten},
        {"notify a", Kind::Notify},
        {"load 'x'", Kind::Load},
        {"discard all", Kind::Discard},
        {"set a = 1", Kind::SetSession},
        {"set session a = 1", Kind::SetSession},
        {"set session characteristics as transaction read write", Kind::SetSession},
        {"set role x", Kind::SetSession},
        {"set session authorization x", Kind::SetSession},
        {"set time zone 'UTC'", Kind::SetSession},
        {"reset a", Kind::SetSession},
        {"reset all", Kind::SetSession},
        {"set local a = 1", Kind::SetLocal},
        {"set local role x", Kind::SetLocal},
        {"set constraints all deferred", Kind::SetLocal},
        {"declare c cursor for select 1", Kind::Cursor},
        {"fetch c", Kind::Cursor},
        {"move c", Kind::Cursor},
        {"close c", Kind::Cursor},
        {"lock t", Kind::Lock},
        {"call p()", Kind::Call},
        {"do $$begin end$$", Kind::Do},
        {"vacuum", Kind::Maintenance},
        {"analyze t", Kind::Maintenance},
        {"reindex table t", Kind::Maintenance},
        {"cluster", Kind::Maintenance},
        {"checkpoint", Kind::Maintenance},
        {"refresh materialized view v", Kind::Maintenance},
    };
    for (const auto &[sql, kind] : rows)
        QTest::newRow(sql) << QByteArray(sql) << kind;
}

void TestClassify::tellsKinds()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const StatementKind, kind);
    QCOMPARE(core::classify(sql).kind, kind);
}

void TestClassify::tellsReading_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<bool>("reads");
    QTest::addColumn<bool>("rows");
    const auto row = [](const char *sql, bool reads, bool rows) {
        QTest::newRow(sql) << QByteArray(sql) << reads << rows;
    };
    row("select 1", true, true);
    row("select 'insert into t'", true, true);
    row("select \"InsertStmt\" from \"lockingClause\"", true, true);
    row("select 1 union select 2", true, true);
    row("select 1 into t", false, false);
    row("select 1 union select 2 into t", false, true);
    row("select * from t for update", false, true);
    row("select * from (select * from t for share) s", false, true);
    row("with d as (delete from t returning *) select * from d", false, true);
    row("with a as (with d as (update t set a = 1 returning *) table d) table a", false, true);
    row("with m as (merge into t using s on true when matched then delete returning 1) table m",
        false, true);
    row("values (1)", true, true);
    row("show all", true, true);
    row("explain insert into t values (1)", true, true);
    row("explain analyze insert into t values (1)", false, true);
    row("explain (analyze) delete from t", false, true);
    row("explain (analyze off) delete from t", true, true);
    row("explain (analyze 0) delete from t", true, true);
    row("explain (analyze 1) delete from t", false, true);
    row("explain (analyze false, verbose) delete from t", true, true);
    row("explain (analyze 'OFF') delete from t", true, true);
    row("explain analyze select 1", true, true);
    row("explain analyze create table t as select 1", false, true);
    row("copy t to stdout", true, false);
    row("copy (select 1) to stdout", true, false);
    row("copy (delete from t returning *) to stdout", false, false);
    row("copy t to '/x'", false, false);
    row("copy t to program 'x'", false, false);
    row("copy t from stdin", false, false);
    row("insert into t values (1)", false, false);
    row("insert into t values (1) returning a", false, true);
    row("create table t ()", false, false);
    row("fetch c", false, true);
    row("call p()", false, true);
    row("select 1; select 2", true, true);
    row("select 1; delete from t", false, true);
}

void TestClassify::tellsReading()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const bool, reads);
    QFETCH(const bool, rows);
    const Classification found = core::classify(sql);
    QVERIFY(found.kind != StatementKind::Unparsed);
    QCOMPARE(found.readOnly, reads);
    QCOMPARE(found.returnsRows, rows);
}

void TestClassify::namesFunctions_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArrayList>("functions");
    QTest::newRow("folded") << "select PG_Sleep(1), now(), now()"_ba
                            << QByteArrayList{"pg_sleep", "now"};
    QTest::newRow("quoted") << "select \"PG_Sleep\"(1), \"a\"\"b\"()"_ba
                            << QByteArrayList{"PG_Sleep", "a\"b"};
    QTest::newRow("unicode escape")
        << "select U&\"pg\\005fadvisory\\+00005flock\"(1)"_ba << QByteArrayList{"pg_advisory_lock"};
    QTest::newRow("own escape character")
        << "select U&\"pg!005fsleep\" uescape '!' (1)"_ba << QByteArrayList{"pg_sleep"};
    QTest::newRow("qualified") << "select pg_catalog.\"pg_sleep\"(1)"_ba
                               << QByteArrayList{"pg_catalog.pg_sleep"};
    QTest::newRow("comment inside") << "select pg_sleep/* ( */(1)"_ba << QByteArrayList{"pg_sleep"};
    QTest::newRow("deep")
        << "with a as (select 1 where exists (select f(g(1)))) select 1 from h()"_ba
        << QByteArrayList{"h", "f", "g"};
    QTest::newRow("call") << "call p(1)"_ba << QByteArrayList{"p"};
    QTest::newRow("only a string") << "select 'pg_sleep(1)', $$f()$$"_ba << QByteArrayList{};
    QTest::newRow("UTF-8") << "select größe(1)"_ba << QByteArrayList{"größe"};
    QTest::newRow("control character") << "select \"a\tb\"()"_ba << QByteArrayList{"a\tb"};
    QTest::newRow("do body") << "do $$begin perform a.F(1); execute 'select g(1)'; end$$"_ba
                             << QByteArrayList{"f", "g"};
}

void TestClassify::namesFunctions()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QByteArrayList, functions);
    QCOMPARE(core::classify(sql).functions, functions);
}

void TestClassify::tellsErrors_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("position");
    QTest::newRow("syntax, in characters") << "select 'éé😀' fro fro"_ba << "sql.syntax"_ba << 18;
    QTest::newRow("unclosed") << "select 'a"_ba << "sql.syntax"_ba << 8;
    QTest::newRow("psql command") << "\\d t"_ba << "sql.syntax"_ba << 1;
    QTest::newRow("NUL") << QByteArray("sél\0ect", 8) << "sql.nul"_ba << 4;
    QTest::newRow("too long") << "select " + QByteArray(core::largestParsedText, '1')
                              << "sql.tooLong"_ba << 0;
    QTest::newRow("too deep") << "select " + QByteArray(50'000, '(') + '1' + QByteArray(50'000, ')')
                              << "sql.tooDeep"_ba << 10'004;
}

void TestClassify::tellsErrors()
{
    QFETCH(const QByteArray, sql);
    QFETCH(const QByteArray, id);
    QFETCH(const int, position);
    const Classification found = core::classify(sql);
    QCOMPARE(found.kind, StatementKind::Unparsed);
    QVERIFY(!found.readOnly);
    QVERIFY(found.error);
    QCOMPARE(found.error->id, id);
    QVERIFY(!found.error->message.isEmpty());
    QCOMPARE(found.error->position, position);
}

void TestClassify::countsStatements()
{
    const Classification found = core::classify("select 1; begin; ; insert into t values (1)");
    QCOMPARE(found.statements, 3);
    const std::vector<StatementKind> inner{StatementKind::Select, StatementKind::TransactionControl,
                                           StatementKind::Dml, StatementKind::Values};
    QCOMPARE(found.inner, inner);
}

void TestClassify::deepTextIsNoCrash_data()
{
    QTest::addColumn<QByteArray>("head");
    QTest::addColumn<QByteArray>("link");
    QTest::addColumn<QByteArray>("tail");
    const auto row = [](const char *name, const char *head, const char *link, const char *tail) {
        QTest::newRow(name) << QByteArray(head) << QByteArray(link) << QByteArray(tail);
    };
    row("additions", "select 1", "+1", "");
    row("other operators", "select 1", "!1", "");
    row("concatenations", "select 'a'", "||'a'", "");
    row("comparisons with any", "select 1", "%1", "");
    row("casts", "select 1", "::a", "");
    row("collations", "select 1", " collate a", "");
    row("time zones", "select 1", " at local", "");
    row("is null", "select 1", " isnull", "");
    row("is json", "select 1", " is json", "");
    row("and", "select 1", " and 1", "");
    row("or", "select 1", " or 1", "");
    row("unions", "table a", " union table a", "");
    row("excepts", "table a", " except table a", "");
    row("joins", "select 1 from a", " cross join b", "");
    row("natural joins", "select 1 from a", " natural join b", "");
    row("subscripts", "select a", "[1]", "");
    row("attributes", "select (a)", ".b", "");
    row("array types", "select 1::a", "[]", "");
    row("parentheses", "select ", "(", "1");
    row("minus signs", "select ", "- ", "1");
    row("nots", "select ", "not ", "true");
    row("cases", "select ", "case when ", "1");
    row("functions", "select ", "f(", "1");
    row("arrays", "select array", "[", "1");
    row("subselects", "select ", "(select ", "1");
    row("withs", "", "with a as (", "select 1");
    row("values", "values (1)", ",(1)", "");
    row("in list", "select 1 where a in (1", ",1", ")");
    row("semicolons", "select 1", ";table a", "");
}

/// Each chain fills the longest text that is parsed: the parser's thread must survive the deepest
/// tree, and the reader after it.
void TestClassify::deepTextIsNoCrash()
{
    QFETCH(const QByteArray, head);
    QFETCH(const QByteArray, link);
    QFETCH(const QByteArray, tail);
    const qsizetype room = core::largestParsedText - head.size() - tail.size();
    const QByteArray sql = head + link.repeated(room / link.size()) + tail;
    const Classification found = core::classify(sql);
    if (found.kind == StatementKind::Unparsed) {
        QVERIFY(found.error);
        QVERIFY2(found.error->id == "sql.tooDeep" || found.error->id == "sql.syntax",
                 found.error->id.constData());
    } else {
        QVERIFY(found.readOnly);
    }
}

void TestClassify::manyThreadsAtOnce()
{
    // More threads than a process has pthread keys (1,024): each thread that libpg_query met would
    // keep one for ever.
    std::atomic<int> right = 0;
    for (int round = 0; round < 140; ++round) {
        std::vector<std::jthread> threads;
        for (int number = 0; number < 8; ++number) {
            threads.emplace_back([&right, number] {
                const QByteArray name = "f" + QByteArray::number(number);
                right += core::classify("select " + name + "()").functions == QByteArrayList{name};
            });
        }
    }
    QCOMPARE(right, 140 * 8);
    pthread_key_t key{};
    QCOMPARE(pthread_key_create(&key, nullptr), 0);
    pthread_key_delete(key);
}

QTEST_GUILESS_MAIN(TestClassify)
#include "tst_classify.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/affected.h"
#include "tests/support/hostiletexts.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using Verb = core::Affected::Verb;

class TestAffected : public QObject
{
    Q_OBJECT

private slots:
    void verbs_data();
    void verbs();
    void changesNoRows_data();
    void changesNoRows();
    void countsWhatWouldChange_data();
    void countsWhatWouldChange();
    void cannotBeCounted_data();
    void cannotBeCounted();
    void readsRowsBeforeAndAfter();
    void hostileNames_data();
    void hostileNames();
};

namespace {

void makeTables(test::TestDatabase &database)
{
    database.exec("CREATE TABLE item (id int PRIMARY KEY, price int, note text, \"where\" int);"
                  "CREATE TABLE kind (id int, name text);"
                  "INSERT INTO item SELECT i, i * 10, 'n' || i, i FROM generate_series(1, 30) i;"
                  "INSERT INTO kind SELECT i % 5, 'k' FROM generate_series(1, 10) i;");
}

} // namespace

void TestAffected::verbs_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("verb");
    QTest::addColumn<QByteArrayList>("targets");
    QTest::addColumn<bool>("everyRow");
    const auto row = [](const char *sql, Verb verb, const QByteArrayList &targets, bool everyRow) {
        QTest::newRow(QByteArray(sql).left(50))
            << QByteArray(sql) << int(verb) << targets << everyRow;
    };
    row("update item set price = 1", Verb::Update, {"item"}, true);
    row("UPDATE ONLY public.item AS i SET price = 1 WHERE id = 2", Verb::Update, {"public.item"},
        false);
    row("delete from item", Verb::Delete, {"item"}, true);
    row("delete from item where true", Verb::Delete, {"item"}, false);
    row("/* where */ delete from \"Item\" -- where id = 1", Verb::Delete, {"Item"}, true);
    row("with d as (delete from item returning *) select * from d", Verb::Delete, {"item"}, true);
    row("explain analyze delete from item where id = 1", Verb::Delete, {"item"}, false);
    row("truncate item, s.kind cascade", Verb::Truncate, {"item", "s.kind"}, true);
    row("drop table if exists item", Verb::DropTable, {"item"}, true);
    row("drop materialized view m", Verb::DropTable, {"m"}, true);
    row("drop schema a, public cascade", Verb::DropSchema, {"a", "public"}, true);
}

void TestAffected::verbs()
{
    QFETCH(const QByteArray, sql);
    const auto affected = core::affectedBy(sql);
    QVERIFY(affected);
    QTEST(int(affected->verb), "verb");
    QTEST(affected->targets, "targets");
    QTEST(affected->everyRow, "everyRow");
}

void TestAffected::changesNoRows_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql :
         {"select * from item", "insert into item values (1)", "create table t (a int)",
          "alter table item drop column note", "create index on item (price)", "drop view v",
          "drop database d",
          "create function f() returns void language sql begin atomic delete from"
          " item; end",
          "create rule r as on insert to item do also delete from kind",
          "do $$ begin delete from item; end $$", "not sql", "", "select 1; delete from item"})
        QTest::newRow(QByteArray(sql).left(50)) << QByteArray(sql);
}

void TestAffected::changesNoRows()
{
    QFETCH(const QByteArray, sql);
    QVERIFY(!core::affectedBy(sql));
}

void TestAffected::countsWhatWouldChange_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql :
         {"update item set price = 1", "update item set price = 1 where id <= 7",
          "update item i set price = 1 where i.id <= 7 returning i.id",
          "update item set price = (select 1 from kind where id = 3 limit 1) where id in (1, 2, 3)",
          "update item set note = 'x where y' || $$ from $$ where note like '%1%'",
          "update item set price = 1 where price is distinct from 10 and id < 5",
          "update item set note = (price is distinct from 10)::text where id < 5",
          "update item set note = case when price is distinct from 10 then 'a' else 'b' end",
          "update item set price = k.id from kind k where k.id = item.id",
          "update item as i set price = k.id from kind k, kind l where k.id = i.id and l.id = k.id",
          "update public.item set \"where\" = 1 from kind where kind.id = item.id",
          "with few as (select id from item where id < 4) update item set price = 0 where id in"
          " (select id from few)",
          "delete from item", "delete from only item where id > 20",
          "delete from item using kind where kind.id = item.id",
          "delete from item as i using kind join kind l using (id) where kind.id = i.id",
          "delete from item where id = any (array[1, 2, 99]) returning *"})
        QTest::newRow(QByteArray(sql).left(60)) << QByteArray(sql);
}

// What is counted by reading is what the statement then changes.
void TestAffected::countsWhatWouldChange()
{
    QFETCH(const QByteArray, sql);
    test::TestDatabase database;
    makeTables(database);
    const auto affected = core::affectedBy(sql);
    QVERIFY(affected);
    QVERIFY(!affected->countSql.isEmpty());
    database.exec("SET default_transaction_read_only = on");
    const QByteArray counted = database.value(affected->countSql);
    database.exec("SET default_transaction_read_only = off");
    database.exec(
        "CREATE TABLE seen (n int); CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql"
        " AS $$ BEGIN INSERT INTO seen VALUES (1); RETURN NULL; END $$;"
        "CREATE TRIGGER t AFTER UPDATE OR DELETE ON item FOR EACH ROW EXECUTE FUNCTION see()");
    database.exec(sql);
    QCOMPARE(counted, database.value("SELECT count(*) FROM seen"));
    QVERIFY(counted != "0");
}

void TestAffected::cannotBeCounted_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql :
         {"update item set price = 1 where current of c",
          "with d as (delete from kind returning id) update item set price = 1 where id in"
          " (select id from d)",
          "with d as (delete from item returning *) select * from d"})
        QTest::newRow(QByteArray(sql).left(60)) << QByteArray(sql);
}

void TestAffected::cannotBeCounted()
{
    QFETCH(const QByteArray, sql);
    const auto affected = core::affectedBy(sql);
    QVERIFY(affected);
    QCOMPARE(affected->countSql, QByteArray());
    QCOMPARE(affected->rowsFrom, QByteArray());
}

void TestAffected::readsRowsBeforeAndAfter()
{
    test::TestDatabase database;
    makeTables(database);
    const auto affected =
        core::affectedBy("update item set price = price + 1, note = concat(note, ',', 'x')"
                         " where id = 3");
    QVERIFY(affected);
    QCOMPARE(affected->assignments,
             (std::vector<core::Assignment>{{"price", "price + 1"},
                                            {"note", "concat(note, ',', 'x')"}}));
    QCOMPARE(database.value("SELECT price || '>' || (" + affected->assignments[0].expression + ") "
                            + affected->rowsFrom),
             "30>31"_ba);
    // What sets several columns at once, or a default, has no pairs.
    for (const char *sql : {"update item set (price, note) = (1, 'x')",
                            "update item set price = default", "update item set note[1] = 'a'"})
        QVERIFY2(core::affectedBy(sql)->assignments.empty(), sql);
}

void TestAffected::hostileNames_data()
{
    QTest::addColumn<QString>("name");
    for (const test::HostileText &text : test::hostileTexts())
        QTest::newRow(text.name) << text.text;
}

void TestAffected::hostileNames()
{
    QFETCH(const QString, name);
    test::TestDatabase database;
    const QByteArray quoted = '"' + name.toUtf8().replace('"', "\"\"") + '"';
    database.exec("CREATE SCHEMA s; CREATE TABLE s." + quoted + " (a int); INSERT INTO s." + quoted
                  + " VALUES (1), (2)");
    for (const char *verb : {"TRUNCATE s.", "DROP TABLE s.", "DELETE FROM s."}) {
        const auto affected = core::affectedBy(verb + quoted);
        QVERIFY(affected);
        QCOMPARE(database.value(affected->countSql), "2"_ba);
    }
    const auto schema = core::affectedBy("DROP SCHEMA " + quoted);
    QVERIFY(schema);
    QCOMPARE(database.value(schema->countSql), "0"_ba);
}

QTEST_GUILESS_MAIN(TestAffected)
#include "tst_affected.moc"

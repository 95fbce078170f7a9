// SPDX-License-Identifier: GPL-3.0-or-later
// What breaks when something is dropped, held against what the server itself says.
#include "core/catalog/dependencies.h"
#include "core/catalog/objectinfo.h"
#include "core/catalog/objectsql.h"
#include "core/session/sessionthread.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestDependencies : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void ofATable();
    void asTheServerSays_data();
    void asTheServerSays();
    void ofAFunction();
    void ofAType();
    void ofASchema();
    void ofAView();
    void hostileNames();
    void gone();
    void roleThatMayReadNothing();

private:
    [[nodiscard]] ObjectId id(core::Oid catalog, const QByteArray &oid) const;
    [[nodiscard]] Dependents load(ObjectId object) const;
    [[nodiscard]] QStringList told(ObjectId object) const;

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SessionThread> m_session;
};

ObjectId TestDependencies::id(core::Oid catalog, const QByteArray &oid) const
{
    return {catalog, core::Oid{m_database->value("SELECT " + oid + "::oid").toUInt()}};
}

Dependents TestDependencies::load(ObjectId object) const
{
    const auto future = loadDependents(*m_session, object);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return {};
    if (!future.result())
        qWarning("%s", qPrintable(future.result().error().text()));
    return future.result().value_or(Dependents{});
}

/// "name: how", in the order of the list.
QStringList TestDependencies::told(ObjectId object) const
{
    QStringList lines;
    for (const Dependent &dependent : load(object).list)
        lines << dependent.name + u": "_s + dependencyText(dependent);
    return lines;
}

void TestDependencies::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec(
        "CREATE TYPE state AS ENUM ('draft', 'paid');"
        "CREATE FUNCTION rate() RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT 1';"
        "CREATE TABLE invoices (id serial PRIMARY KEY, n int GENERATED ALWAYS AS IDENTITY, "
        " state state DEFAULT 'draft', total int DEFAULT rate(), twice int GENERATED ALWAYS AS "
        "(rate() * 2) STORED, CHECK (total >= 0), parent int REFERENCES invoices);"
        "CREATE INDEX ON invoices (total); CREATE STATISTICS st ON total, state FROM invoices;"
        "CREATE TABLE lines (invoice int REFERENCES invoices ON DELETE CASCADE, r invoices);"
        "CREATE TABLE payments (invoice int REFERENCES invoices ON DELETE SET NULL);"
        "CREATE VIEW revenue AS SELECT sum(total) AS sum, max(id) AS last FROM invoices;"
        "CREATE VIEW report AS SELECT last FROM revenue;"
        "CREATE MATERIALIZED VIEW kept AS SELECT id FROM invoices WITH NO DATA;"
        "CREATE UNIQUE INDEX kept_id ON kept (id);"
        "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE TRIGGER audited AFTER INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION audit();"
        "CREATE FUNCTION balance() RETURNS bigint LANGUAGE sql RETURN (SELECT sum(total) FROM "
        "invoices);"
        "CREATE FUNCTION of_row(invoices) RETURNS int LANGUAGE sql AS 'SELECT 1';"
        "CREATE FUNCTION close_it() RETURNS void LANGUAGE plpgsql AS 'BEGIN UPDATE public.invoices "
        "SET total = 1; DELETE FROM ONLY \"invoices\"; END';"
        "CREATE FUNCTION other() RETURNS int LANGUAGE sql AS 'SELECT count(*)::int FROM "
        "pg_class c WHERE c.relname = ''my_invoices_2''';"
        "CREATE TABLE watched (invoice int); ALTER TABLE watched ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY mine ON watched USING (EXISTS (SELECT FROM invoices i WHERE i.id = "
        "invoice));"
        "CREATE RULE tell AS ON DELETE TO watched DO ALSO UPDATE invoices SET total = 0;"
        "CREATE TABLE events (at int) PARTITION BY RANGE (at);"
        "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (9);"
        "CREATE TABLE heirs () INHERITS (lines);"
        "CREATE SCHEMA \"we\"\"ird\n<b>\"; CREATE TABLE \"we\"\"ird\n<b>\".\"a.b\" (\"x\"\"y\" int "
        "PRIMARY KEY); CREATE TABLE \"\u202ertl\" (\"<i>\" int REFERENCES "
        "\"we\"\"ird\n<b>\".\"a.b\" "
        "ON DELETE CASCADE)");
    m_database->execSuper("CREATE PUBLICATION news FOR TABLE invoices");
    m_session = std::make_unique<SessionThread>(SessionConfig{.keywords = m_database->keywords()});
}

void TestDependencies::cleanupTestCase()
{
    m_session.reset();
    m_database.reset();
}

void TestDependencies::ofATable()
{
    const Dependents found = load(id(classCatalog, "'invoices'::regclass"));
    QCOMPARE(found.identity, u"public.invoices"_s);
    QVERIFY(found.complete);
    const QStringList wanted{
        u"lines: foreign key, cascade"_s,
        u"payments: foreign key, set null"_s,
        u"balance(): reads total"_s,
        u"kept: reads id"_s,
        u"revenue: reads id, total"_s,
        u"of_row(invoices): uses its row type"_s,
        u"audited: trigger"_s,
        u"watched: rule tell"_s,
        u"watched: policy mine"_s,
        u"heirs: column r"_s,
        u"lines: column r"_s,
        u"invoices_id_seq: sequence of id"_s,
        u"news: publishes it"_s,
        u"close_it(): updates, deletes from"_s,
        u"report: reads revenue"_s,
    };
    QStringList lines;
    for (const Dependent &dependent : found.list)
        lines << dependent.name + u": "_s + dependencyText(dependent);
    QCOMPARE(lines, wanted);
    const auto kindOf = [&](const QString &name) {
        for (const Dependent &dependent : found.list) {
            if (dependent.name == name)
                return dependent.kind;
        }
        return ObjectKind::Role;
    };
    QCOMPARE(kindOf(u"lines"_s), ObjectKind::Table);
    QCOMPARE(kindOf(u"revenue"_s), ObjectKind::View);
    QCOMPARE(kindOf(u"kept"_s), ObjectKind::MaterializedView);
    QCOMPARE(kindOf(u"balance()"_s), ObjectKind::Function);
    QCOMPARE(kindOf(u"audited"_s), ObjectKind::Trigger);
    QCOMPARE(kindOf(u"news"_s), ObjectKind::Publication);
    // What a link of the list opens is what is named.
    QCOMPARE(found.list.front().id, id(classCatalog, "'lines'::regclass"));
}

void TestDependencies::asTheServerSays_data()
{
    QTest::addColumn<QByteArray>("drop");
    QTest::addColumn<QByteArray>("catalog");
    QTest::addColumn<QByteArray>("oid");
    QTest::newRow("table") << "DROP TABLE invoices"_ba << "pg_class"_ba
                           << "'invoices'::regclass"_ba;
    QTest::newRow("function") << "DROP FUNCTION rate()"_ba << "pg_proc"_ba
                              << "'rate'::regproc"_ba;
    QTest::newRow("type") << "DROP TYPE state"_ba << "pg_type"_ba << "'state'::regtype"_ba;
    QTest::newRow("view") << "DROP VIEW revenue"_ba << "pg_class"_ba << "'revenue'::regclass"_ba;
    QTest::newRow("trigger function")
        << "DROP FUNCTION audit()"_ba << "pg_proc"_ba << "'audit'::regproc"_ba;
    QTest::newRow("key") << "DROP TABLE events"_ba << "pg_class"_ba << "'events'::regclass"_ba;
}

/// Each object that the server names when it drops with CASCADE is told of here, by its own name or
/// by that of the table whose part it is.
void TestDependencies::asTheServerSays()
{
    QFETCH(const QByteArray, drop);
    QFETCH(const QByteArray, catalog);
    QFETCH(const QByteArray, oid);
    const QStringList lines = told(
        id(core::Oid{m_database->value("SELECT '" + catalog + "'::regclass::oid").toUInt()}, oid));
    test::Connection connection = m_database->connect();
    connection.exec("BEGIN"_ba);
    connection.exec("CREATE TEMP TABLE said (line text)"_ba);
    // The server names them in the detail of its refusal.
    connection.exec("DO $$DECLARE d text; BEGIN EXECUTE '" + drop
                    + "'; EXCEPTION WHEN dependent_objects_still_exist THEN GET STACKED "
                      "DIAGNOSTICS d = PG_EXCEPTION_DETAIL; INSERT INTO said SELECT "
                      "unnest(string_to_array(d, chr(10))); END$$");
    const QByteArrayList said =
        connection.value("SELECT string_agg(line, chr(10)) FROM said"_ba).split('\n');
    connection.exec("ROLLBACK"_ba);
    for (const QByteArray &line : said) {
        // "constraint lines_invoice_fkey on table lines depends on table invoices"
        const QString first = QString::fromUtf8(line).section(u" depends on "_s, 0, 0);
        if (first.isEmpty())
            continue;
        const QString object =
            first.contains(u" on table "_s) ? first.section(u" on table "_s, 1)
            : first.contains(u" of table "_s)
                ? first.section(u" of table "_s, 1)
                : first.section(u' ', first.startsWith("materialized"_L1) ? 2 : 1);
        const QString bare = object.section(u'(', 0, 0);
        const bool isTold =
            std::ranges::any_of(lines, [&](const QString &one) { return one.startsWith(bare); });
        QVERIFY2(isTold, qPrintable(QString::fromUtf8(line) + u" is not in "_s + lines.join(u'|')));
    }
}

void TestDependencies::ofAFunction()
{
    QCOMPARE(told(id(catalogs::pgProc, "'rate'::regproc")),
             (QStringList{u"invoices: default of total"_s, u"invoices: column twice"_s}));
    QCOMPARE(told(id(catalogs::pgProc, "'audit'::regproc")),
             QStringList{u"invoices: trigger audited"_s});
}

void TestDependencies::ofAType()
{
    QCOMPARE(told(id(catalogs::pgType, "'state'::regtype")),
             (QStringList{u"invoices: column state"_s}));
}

void TestDependencies::ofASchema()
{
    const Dependents found =
        load(id(schemaCatalog, "(SELECT oid FROM pg_namespace WHERE nspname LIKE 'we%')"));
    QStringList lines;
    for (const Dependent &dependent : found.list)
        lines << dependent.name + u": "_s + dependencyText(dependent);
    QCOMPARE(lines, (QStringList{u"a.b: belongs to it"_s,
                                 u"\u202ertl: foreign key, cascade, through a.b"_s}));
}

void TestDependencies::ofAView()
{
    QCOMPARE(told(id(classCatalog, "'revenue'::regclass")), QStringList{u"report: reads last"_s});
    QVERIFY(told(id(classCatalog, "'report'::regclass")).isEmpty());
    QCOMPARE(told(id(classCatalog, "'events'::regclass")), QStringList{u"events_1: partition"_s});
}

void TestDependencies::hostileNames()
{
    const Dependents found =
        load(id(classCatalog, "(SELECT oid FROM pg_class WHERE relname = 'a.b')"));
    QCOMPARE(found.list.size(), 1U);
    QCOMPARE(found.list.front().name, u"\u202ertl"_s);
    QCOMPARE(found.list.front().onDelete, ForeignKeyAction::Cascade);
}

void TestDependencies::gone()
{
    m_database->exec("CREATE TABLE short (a int)");
    const ObjectId object = id(classCatalog, "'short'::regclass");
    m_database->exec("DROP TABLE short");
    const auto future = loadDependents(*m_session, object);
    QTRY_VERIFY(future.isFinished());
    QVERIFY(!future.result());
    QCOMPARE(future.result().error().id, "object.missing");
}

/// Who depends on whom is in catalogs that everybody may read; where that was taken away, it is an
/// error and no empty list.
void TestDependencies::roleThatMayReadNothing()
{
    const ObjectId object = id(classCatalog, "'invoices'::regclass");
    m_database->execSuper("REVOKE SELECT ON pg_depend FROM PUBLIC");
    const auto future = loadDependents(*m_session, object);
    QTRY_VERIFY(future.isFinished());
    m_database->execSuper("GRANT SELECT ON pg_depend TO PUBLIC");
    QVERIFY(!future.result());
    QCOMPARE(future.result().error().server->sqlState, "42501");
}

QTEST_GUILESS_MAIN(TestDependencies)
#include "tst_dependencies.moc"

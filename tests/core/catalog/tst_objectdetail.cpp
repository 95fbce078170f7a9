// SPDX-License-Identifier: GPL-3.0-or-later
// The facts of one object of any kind, in one round trip.
#include "core/catalog/objectdetail.h"
#include "core/catalog/objectinfo.h"
#include "core/catalog/objectsql.h"
#include "core/session/sessionthread.h"
#include "tests/support/testdatabase.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;
using Part = ObjectDetail::Part;

class TestObjectDetail : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void table();
    void partitions();
    void otherKinds_data();
    void otherKinds();
    void statistics();
    void refusedPartsAreNamed();
    void hidesNothingSilently();
    void manyColumns();
    void gone();

private:
    [[nodiscard]] ObjectId id(core::Oid catalog, const QByteArray &oid) const;
    [[nodiscard]] Result<ObjectDetail> load(SessionThread &session, ObjectId object) const;
    [[nodiscard]] ObjectDetail detail(core::Oid catalog, const QByteArray &oid) const;

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SessionThread> m_session;
};

ObjectId TestObjectDetail::id(core::Oid catalog, const QByteArray &oid) const
{
    return {catalog, core::Oid{m_database->value("SELECT " + oid + "::oid").toUInt()}};
}

Result<ObjectDetail> TestObjectDetail::load(SessionThread &session, ObjectId object) const
{
    const auto future = loadObjectDetail(session, object);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return failure(ErrorKind::Local, "no.answer"_ba, u"no answer"_s);
    return future.result();
}

ObjectDetail TestObjectDetail::detail(core::Oid catalog, const QByteArray &oid) const
{
    const auto found = load(*m_session, id(catalog, oid));
    if (!found)
        qWarning("%s", qPrintable(found.error().text()));
    return found.value_or(ObjectDetail{});
}

void TestObjectDetail::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec(
        "CREATE TYPE state AS ENUM ('draft', 'sent');"
        "CREATE TABLE others (id int PRIMARY KEY);"
        "CREATE TABLE \"in\"\"voices\" (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, other "
        "int REFERENCES others ON DELETE RESTRICT DEFERRABLE, state state NOT NULL DEFAULT "
        "'draft', "
        "n numeric(12,2), doubled numeric GENERATED ALWAYS AS (n * 2) STORED, UNIQUE (other, "
        "state));"
        "COMMENT ON TABLE \"in\"\"voices\" IS 'who owes'; COMMENT ON COLUMN \"in\"\"voices\".n IS "
        "'how much';"
        "ALTER TABLE \"in\"\"voices\" ADD CONSTRAINT positive CHECK (n > 0) NOT VALID;"
        "CREATE INDEX \"odd USING btree\" ON \"in\"\"voices\" (n DESC);"
        "CREATE INDEX part ON \"in\"\"voices\" USING hash (n) WHERE n > 5;"
        "CREATE INDEX cover ON \"in\"\"voices\" (n) INCLUDE (state);"
        "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';"
        "CREATE TRIGGER audited BEFORE INSERT OR UPDATE ON \"in\"\"voices\" FOR EACH ROW EXECUTE "
        "FUNCTION audit(); ALTER TABLE \"in\"\"voices\" DISABLE TRIGGER audited;"
        "CREATE RULE quiet AS ON DELETE TO \"in\"\"voices\" DO INSTEAD NOTHING;"
        "ALTER TABLE \"in\"\"voices\" ENABLE ROW LEVEL SECURITY;"
        "CREATE POLICY mine ON \"in\"\"voices\" AS RESTRICTIVE FOR UPDATE TO PUBLIC USING (n > 1) "
        "WITH CHECK (n > 2);"
        "GRANT SELECT ON \"in\"\"voices\" TO PUBLIC; GRANT UPDATE (n) ON \"in\"\"voices\" TO "
        "PUBLIC;"
        "CREATE TABLE events (at int, v text) PARTITION BY RANGE (at);"
        "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM (0) TO (10);"
        "INSERT INTO events SELECT g % 10, 'x' || g % 3 FROM generate_series(1, 300) g;"
        "ANALYZE events; CREATE TABLE heir () INHERITS (others);"
        "CREATE VIEW seen AS SELECT 1 AS one; CREATE SEQUENCE counter INCREMENT 5 MAXVALUE 99 "
        "CYCLE;"
        "CREATE FUNCTION f(a int, b text DEFAULT 'x') RETURNS SETOF int LANGUAGE sql STABLE STRICT "
        "SECURITY DEFINER SET search_path = '' AS 'SELECT 1';"
        "CREATE DOMAIN mail AS text NOT NULL CHECK (VALUE LIKE '%@%');"
        "CREATE TYPE pair AS (a int, b int)");
    m_session = std::make_unique<SessionThread>(SessionConfig{.keywords = m_database->keywords()});
}

void TestObjectDetail::cleanupTestCase()
{
    m_session.reset();
    m_database.reset();
}

void TestObjectDetail::table()
{
    const ObjectDetail found = detail(classCatalog, "'\"in\"\"voices\"'::regclass");
    QCOMPARE(found.kind, ObjectKind::Table);
    QCOMPARE(found.name, u"in\"voices"_s);
    QCOMPARE(found.identity, u"public.\"in\"\"voices\""_s);
    QCOMPARE(found.comment, u"who owes"_s);
    QVERIFY(found.refused.empty());
    QVERIFY(found.state && found.state->rowSecurity && !found.state->forcedRowSecurity);
    QVERIFY(found.state->totalBytes > 0);
    QCOMPARE(found.columns.size(), 5U);
    QCOMPARE(found.columns[0].origin, ColumnOrigin::IdentityAlways);
    QCOMPARE(found.columns[2].labels, u"draft, sent"_s);
    QCOMPARE(found.columns[2].expression, u"'draft'::state"_s);
    QCOMPARE(found.columns[3].comment, u"how much"_s);
    QCOMPARE(found.columns[4].origin, ColumnOrigin::GeneratedStored);
    QCOMPARE(found.constraints.size(), 4U);
    QCOMPARE(found.constraints[0].type, 'p');
    QCOMPARE(found.constraints[1].columnNames, u"other, state"_s);
    QCOMPARE(found.constraints[2].targetName, u"others"_s);
    QCOMPARE(found.constraints[2].onDelete, ForeignKeyAction::Restrict);
    QVERIFY(found.constraints[2].deferrable && !found.constraints[2].deferred);
    QVERIFY(!found.constraints[3].validated);
    QCOMPARE(found.constraints[3].expression, u"n > 0::numeric"_s);
    QStringList indexes;
    for (const IndexDetail &index : found.indexes)
        indexes << index.name + u'|' + index.columns;
    QCOMPARE(indexes,
             (QStringList{u"in\"voices_pkey|id"_s, u"cover|(n) INCLUDE (state)"_s,
                          u"in\"voices_other_state_key|other, state"_s, u"odd USING btree|n DESC"_s,
                          u"part|hash (n) WHERE (n > (5)::numeric)"_s}));
    QCOMPARE(found.indexes.front().scans, std::optional<qint64>(0));
    QCOMPARE(found.triggers.size(), 1U);
    QCOMPARE(found.triggers[0].what, u"BEFORE INSERT OR UPDATE, each row"_s);
    QCOMPARE(found.triggers[0].enabled, 'D');
    QCOMPARE(found.triggers[0].functionName, u"public.audit"_s);
    QCOMPARE(found.rules.size(), 1U);
    QCOMPARE(found.rules[0].what, u"DELETE DO INSTEAD"_s);
    QCOMPARE(found.policies.size(), 1U);
    QVERIFY(!found.policies[0].permissive);
    QCOMPARE(found.policies[0].command, u"UPDATE"_s);
    QCOMPARE(found.policies[0].checkText, u"n > 2::numeric"_s);
    QVERIFY(std::ranges::any_of(found.privileges, [](const PrivilegeDetail &held) {
        return held.everybody && held.column.isEmpty() && held.privileges.contains(u"SELECT"_s);
    }));
    QVERIFY(std::ranges::any_of(found.privileges, [](const PrivilegeDetail &held) {
        return held.everybody && held.column == u"n"_s && held.privileges.contains(u"UPDATE"_s);
    }));
    QVERIFY(found.activity);
}

void TestObjectDetail::partitions()
{
    const ObjectDetail parent = detail(classCatalog, "'events'::regclass");
    QCOMPARE(parent.kind, ObjectKind::PartitionedTable);
    QCOMPARE(parent.state->partitionKey, u"RANGE (at)"_s);
    QCOMPARE(parent.state->rows, 300.0);
    QVERIFY(parent.state->bytesEstimated);
    QCOMPARE(parent.children.size(), 1U);
    QCOMPARE(parent.children[0].bound, u"FOR VALUES FROM (0) TO (10)"_s);
    QVERIFY(parent.children[0].partition && !parent.children[0].isParent);
    const ObjectDetail child = detail(classCatalog, "'events_1'::regclass");
    QVERIFY(child.state->partition);
    QVERIFY(child.children.size() == 1 && child.children[0].isParent);
    QCOMPARE(child.children[0].kind, ObjectKind::PartitionedTable);
    const ObjectDetail base = detail(classCatalog, "'others'::regclass");
    QVERIFY(base.children.size() == 1 && !base.children[0].partition);
}

void TestObjectDetail::otherKinds_data()
{
    QTest::addColumn<int>("catalog");
    QTest::addColumn<QByteArray>("oid");
    QTest::addColumn<ObjectKind>("kind");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("fact");
    const auto row = [](const char *tag, core::Oid catalog, const char *oid, ObjectKind kind,
                        const QString &name, const QString &fact) {
        QTest::newRow(tag) << int(number(catalog)) << QByteArray(oid) << kind << name << fact;
    };
    row("function", catalogs::pgProc, "'f'::regproc", ObjectKind::Function, u"f(integer, text)"_s,
        u"arguments=a integer, b text DEFAULT 'x'::text;returns=SETOF integer;language=sql;"
        "volatility=stable;parallel=unsafe;strict=strict;security=definer;cost=100;rows=1000;"
        "settings=search_path=\"\""_s);
    row("enum", catalogs::pgType, "'state'::regtype", ObjectKind::EnumType, u"state"_s,
        u"labels=draft, sent"_s);
    row("domain", catalogs::pgType, "'mail'::regtype", ObjectKind::Domain, u"mail"_s,
        u"base=text;notNull=not null;checks=CHECK (VALUE ~~ '%@%'::text)"_s);
    row("composite", catalogs::pgType, "'pair'::regtype", ObjectKind::CompositeType, u"pair"_s,
        QString());
    row("sequence", classCatalog, "'counter'::regclass", ObjectKind::Sequence, u"counter"_s,
        u"type=bigint;start=1;increment=5;minimum=1;maximum=99;cache=1;cycle=cycle"_s);
    row("view", classCatalog, "'seen'::regclass", ObjectKind::View, u"seen"_s, QString());
    row("schema", schemaCatalog, "'public'::regnamespace", ObjectKind::Schema, u"public"_s,
        QString());
    row("index", classCatalog, "'part'::regclass", ObjectKind::Index, u"part"_s, QString());
    row("trigger", catalogs::pgTrigger, "(SELECT oid FROM pg_trigger WHERE tgname = 'audited')",
        ObjectKind::Trigger, u"audited on public.\"in\"\"voices\""_s, QString());
}

void TestObjectDetail::otherKinds()
{
    QFETCH(const int, catalog);
    QFETCH(const QByteArray, oid);
    QFETCH(const ObjectKind, kind);
    QFETCH(const QString, name);
    QFETCH(const QString, fact);
    const ObjectDetail found = detail(core::Oid{quint32(catalog)}, oid);
    QCOMPARE(found.kind, kind);
    QCOMPARE(found.name, name);
    QStringList facts;
    for (const auto &[key, value] : found.facts)
        facts << QString::fromUtf8(key) + u'=' + value;
    QCOMPARE(facts.join(u';'), fact);
}

void TestObjectDetail::statistics()
{
    const ObjectDetail found = detail(classCatalog, "'events'::regclass");
    QVERIFY(found.columns[0].hasStatistics);
    QCOMPARE(found.columns[0].distinct, 10.0);
    QVERIFY(found.columns[1].mostCommon.contains(u"x1"_s));
    const ObjectDetail never = detail(classCatalog, "'others'::regclass");
    QVERIFY(!never.columns[0].hasStatistics && never.columns[0].mayRead);
}

void TestObjectDetail::refusedPartsAreNamed()
{
    m_database->execSuper("REVOKE SELECT ON pg_policy, pg_trigger FROM PUBLIC");
    const auto found = load(*m_session, id(classCatalog, "'events'::regclass"));
    m_database->execSuper("GRANT SELECT ON pg_policy, pg_trigger TO PUBLIC");
    QVERIFY2(found, qPrintable(found ? QString() : found.error().text()));
    // The identity reads both, to tell whose part a trigger is.
    QVERIFY(found->isRefused(Part::Policies));
    QVERIFY(found->isRefused(Part::Triggers));
    QVERIFY(!found->isRefused(Part::Attributes));
    QCOMPARE(found->columns.size(), 2U);
}

/// Statistics of what a role may not read are said to be closed to it.
void TestObjectDetail::hidesNothingSilently()
{
    m_database->execSuper("CREATE SCHEMA vault; GRANT USAGE ON SCHEMA vault TO PUBLIC;"
                          "CREATE TABLE vault.secrets (a int); INSERT INTO vault.secrets VALUES "
                          "(1); ANALYZE vault.secrets; CREATE SEQUENCE vault.numbers");
    const ObjectDetail found = detail(classCatalog, "(SELECT oid FROM pg_class WHERE relname = "
                                                    "'secrets')");
    QVERIFY(!found.state->mayRead);
    QVERIFY(!found.columns[0].mayRead && !found.columns[0].hasStatistics);
    const ObjectDetail numbers = detail(classCatalog, "(SELECT oid FROM pg_class WHERE relname = "
                                                      "'numbers')");
    QVERIFY(std::ranges::any_of(numbers.facts,
                                [](const auto &fact) { return fact.first == "lastHidden"; }));
}

void TestObjectDetail::manyColumns()
{
    QByteArrayList columns;
    for (int i = 0; i < 1600; ++i)
        columns << "c" + QByteArray::number(i) + " int";
    m_database->exec("CREATE TABLE wide (" + columns.join(", ") + ')');
    const ObjectDetail found = detail(classCatalog, "'wide'::regclass");
    QCOMPARE(found.columns.size(), 1600U);
    QCOMPARE(found.columns.back().name, u"c1599"_s);
}

void TestObjectDetail::gone()
{
    m_database->exec("CREATE TABLE short (a int)");
    const ObjectId object = id(classCatalog, "'short'::regclass");
    m_database->exec("DROP TABLE short");
    const auto found = load(*m_session, object);
    QVERIFY(!found);
    QCOMPARE(found.error().id, "object.missing");
}

QTEST_GUILESS_MAIN(TestObjectDetail)
#include "tst_objectdetail.moc"

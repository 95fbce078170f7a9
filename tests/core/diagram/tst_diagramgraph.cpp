// SPDX-License-Identifier: GPL-3.0-or-later
// From a catalog to cards and lines: which columns are shown, which keys, and what they say.
#include "core/catalog/loader.h"
#include "core/diagram/diagramgraph.h"
#include "core/diagram/diagramtext.h"
#include "core/session/sessionthread.h"
#include "tests/support/testdatabase.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestDiagramGraph : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void cardsOfASchema();
    void columnsOfACard();
    void manyColumns();
    void cardinality_data();
    void cardinality();
    void partitionsAreFolded();
    void compositeKeysEndAtTheirOwnColumn();
    void bothDirections();
    void neighbours();
    void words();

private:
    [[nodiscard]] core::Oid oid(const char *name, const char *schema = "public") const
    {
        const RelationInfo *relation = m_catalog->relation(schema, name);
        return relation ? relation->oid : core::Oid{};
    }
    [[nodiscard]] DiagramGraph schemaGraph() const
    {
        return diagramGraph(*m_catalog, diagramTables(*m_catalog, *m_catalog->schema("public")));
    }
    [[nodiscard]] static const DiagramTable *table(const DiagramGraph &graph, const QString &name)
    {
        const auto found = std::ranges::find(graph.tables, name, &DiagramTable::name);
        return found == graph.tables.end() ? nullptr : &*found;
    }
    [[nodiscard]] static const DiagramKey *key(const DiagramGraph &graph, const QString &name)
    {
        const auto found = std::ranges::find_if(
            graph.keys, [&](const DiagramKey &one) { return one.fact.name == name; });
        return found == graph.keys.end() ? nullptr : &*found;
    }

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SessionThread> m_session;
    CatalogPtr m_catalog;
};

void TestDiagramGraph::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec(
        "CREATE SCHEMA auth; CREATE TABLE auth.users (id bigint PRIMARY KEY, mail text UNIQUE);"
        "CREATE TABLE plans (id int PRIMARY KEY, code text, price numeric(12,2));"
        "CREATE TABLE orders (a text, b timestamptz(3), c int, d int, e int, id int PRIMARY KEY,"
        " user_id bigint NOT NULL REFERENCES auth.users ON DELETE CASCADE,"
        " plan_id int CONSTRAINT orders_plan REFERENCES plans ON UPDATE SET NULL);"
        "CREATE TABLE profiles (order_id int PRIMARY KEY CONSTRAINT profiles_order REFERENCES "
        "orders,"
        " plan_id int CONSTRAINT profiles_plan REFERENCES plans,"
        " mail text CONSTRAINT profiles_mail REFERENCES auth.users (mail));"
        "CREATE UNIQUE INDEX ON profiles (plan_id) WHERE plan_id > 3;"
        "CREATE TABLE tree (id int PRIMARY KEY, parent int CONSTRAINT tree_parent REFERENCES tree);"
        "CREATE TABLE tenants (id int PRIMARY KEY);"
        "CREATE TABLE members (tenant_id int REFERENCES tenants, id int, PRIMARY KEY (tenant_id, "
        "id));"
        "CREATE TABLE tasks (id int PRIMARY KEY, tenant_id int NOT NULL CONSTRAINT tasks_tenant "
        "REFERENCES tenants, owner int, CONSTRAINT tasks_owner FOREIGN KEY (tenant_id, owner) "
        "REFERENCES members);"
        "CREATE TABLE events (id int, at date, plan_id int CONSTRAINT events_plan REFERENCES plans,"
        " PRIMARY KEY (id, at)) PARTITION BY RANGE (at);"
        "CREATE TABLE events_1 PARTITION OF events FOR VALUES FROM ('2025-01-01') TO "
        "('2026-01-01');"
        "CREATE TABLE event_notes (id int, at date, CONSTRAINT notes_event FOREIGN KEY (id, at) "
        "REFERENCES events);"
        "CREATE TABLE late (plan_id int);"
        "ALTER TABLE late ADD CONSTRAINT late_plan FOREIGN KEY (plan_id) REFERENCES plans NOT "
        "VALID;"
        "CREATE VIEW v AS SELECT 1 AS one");
    m_session = std::make_unique<SessionThread>(SessionConfig{.keywords = m_database->keywords()});
    const auto future = loadCatalog(*m_session);
    QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 30'000));
    QVERIFY(future.result());
    m_catalog = *future.result();
}

void TestDiagramGraph::cleanupTestCase()
{
    m_catalog.reset();
    m_session.reset();
    m_database.reset();
}

void TestDiagramGraph::cardsOfASchema()
{
    const DiagramGraph graph = schemaGraph();
    QStringList names;
    for (const DiagramTable &one : graph.tables)
        names << one.name;
    QCOMPARE(names,
             (QStringList{u"event_notes"_s, u"events"_s, u"late"_s, u"members"_s, u"orders"_s,
                          u"plans"_s, u"profiles"_s, u"tasks"_s, u"tenants"_s, u"tree"_s}));
    QVERIFY(!key(graph, u"orders_user_id_fkey"_s)); // leads out of it
    const DiagramGraph twice =
        diagramGraph(*m_catalog, std::vector<core::Oid>{oid("plans"), oid("plans"), core::Oid{1},
                                                        oid("users", "auth")});
    QCOMPARE(twice.tables.size(), 2U);
    QCOMPARE(twice.tables[1].name, u"auth.users"_s); // of more than one schema: with theirs
}

void TestDiagramGraph::columnsOfACard()
{
    const DiagramGraph graph = schemaGraph();
    const DiagramTable *orders = table(graph, u"orders"_s);
    QVERIFY(orders);
    QStringList names;
    for (const DiagramColumn &column : orders->columns)
        names << column.name;
    QCOMPARE(names, (QStringList{u"id"_s, u"user_id"_s, u"plan_id"_s, u"a"_s, u"b"_s}));
    QCOMPARE(orders->more, 3);
    QVERIFY(orders->columns[0].primary && !orders->columns[0].reference);
    QVERIFY(orders->columns[1].reference);
    QCOMPARE(orders->columns[4].type, u"timestamptz(3)"_s);
    const DiagramTable *plans = table(graph, u"plans"_s);
    QCOMPARE(plans->columns.size(), 3U);
    QCOMPARE(plans->more, 0);
    QCOMPARE(plans->columns[2].type, u"numeric(12,2)"_s);
    const DiagramKey *line = key(graph, u"orders_plan"_s);
    QVERIFY(line);
    QCOMPARE(line->fromRow, 2);
    QCOMPARE(line->toRow, 0);
}

void TestDiagramGraph::manyColumns()
{
    QByteArray columns;
    for (int i = 0; i < 60; ++i)
        columns += ", r" + QByteArray::number(i) + " int REFERENCES plans";
    for (int i = 0; i < 1500; ++i)
        columns += ", c" + QByteArray::number(i) + " int";
    m_database->exec("CREATE TABLE widest (id int PRIMARY KEY" + columns + ")");
    const auto future = loadCatalog(*m_session);
    QVERIFY(QTest::qWaitFor([&] { return future.isFinished(); }, 30'000));
    QVERIFY(future.result());
    const Catalog &catalog = **future.result();
    const DiagramGraph graph = diagramGraph(
        catalog, std::vector<core::Oid>{catalog.relation("public", "widest")->oid, oid("plans")});
    QCOMPARE(graph.keys.size(), 60U);
    const DiagramTable &widest = graph.tables.front();
    QVERIFY(widest.columns.size() < 40);
    QCOMPARE(int(widest.columns.size()) + widest.more, 1561);
    for (const DiagramKey &one : graph.keys)
        QVERIFY(one.fromRow < widest.rowCount());
    m_database->exec("DROP TABLE widest");
}

void TestDiagramGraph::cardinality_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("unique");
    QTest::addColumn<bool>("optional");
    QTest::addColumn<bool>("validated");
    QTest::newRow("many to one") << u"tasks_tenant"_s << false << false << true;
    QTest::newRow("optional") << u"orders_plan"_s << false << true << true;
    QTest::newRow("primary key too") << u"profiles_order"_s << true << false << true;
    QTest::newRow("only partly unique") << u"profiles_plan"_s << false << true << true;
    QTest::newRow("part of a primary key") << u"members_tenant_id_fkey"_s << false << false << true;
    QTest::newRow("itself") << u"tree_parent"_s << false << true << true;
    QTest::newRow("not validated") << u"late_plan"_s << false << true << false;
}

void TestDiagramGraph::cardinality()
{
    QFETCH(const QString, name);
    const DiagramGraph graph = schemaGraph();
    const DiagramKey *line = key(graph, name);
    QVERIFY(line);
    QTEST(line->fact.unique, "unique");
    QTEST(line->fact.optional, "optional");
    QTEST(line->fact.validated, "validated");
}

void TestDiagramGraph::partitionsAreFolded()
{
    const DiagramGraph graph = schemaGraph();
    QVERIFY(!table(graph, u"events_1"_s));
    QCOMPARE(table(graph, u"events"_s)->kind, RelationKind::PartitionedTable);
    QVERIFY(key(graph, u"events_plan"_s));
    QVERIFY(key(graph, u"notes_event"_s));
    QCOMPARE(std::ranges::count_if(graph.keys,
                                   [](const DiagramKey &one) {
                                       return one.fact.fromName == u"event_notes"_s
                                              || one.fact.fromName == u"events"_s;
                                   }),
             2);
}

void TestDiagramGraph::compositeKeysEndAtTheirOwnColumn()
{
    const DiagramGraph graph = schemaGraph();
    const DiagramTable *tasks = table(graph, u"tasks"_s);
    const DiagramKey *owner = key(graph, u"tasks_owner"_s);
    QVERIFY(tasks && owner);
    QCOMPARE(tasks->columns[std::size_t(owner->fromRow)].name, u"owner"_s);
    QCOMPARE(table(graph, u"members"_s)->columns[std::size_t(owner->toRow)].name, u"id"_s);
    QCOMPARE(owner->fact.fromColumns, (QStringList{u"tenant_id"_s, u"owner"_s}));
}

void TestDiagramGraph::bothDirections()
{
    const TableRelations plans = relationsOf(*m_catalog, *m_catalog->relation(oid("plans")));
    QVERIFY(plans.references.empty());
    QStringList from;
    for (const RelationFact &fact : plans.referencedBy)
        from << fact.fromName;
    from.sort();
    QCOMPARE(from, (QStringList{u"events"_s, u"late"_s, u"orders"_s, u"profiles"_s}));
    const TableRelations tree = relationsOf(*m_catalog, *m_catalog->relation(oid("tree")));
    QCOMPARE(tree.references.size(), 1U);
    QCOMPARE(tree.references, tree.referencedBy);
    const TableRelations orders = relationsOf(*m_catalog, *m_catalog->relation(oid("orders")));
    QVERIFY(std::ranges::any_of(orders.references, [](const RelationFact &fact) {
        return fact.toName == u"auth.users"_s && fact.onDelete == ForeignKeyAction::Cascade;
    }));
}

void TestDiagramGraph::neighbours()
{
    std::vector<core::Oid> found = neighbourhood(*m_catalog, oid("profiles"));
    QCOMPARE(found.front(), oid("profiles"));
    QCOMPARE(found.size(), 4U);
    QVERIFY(std::ranges::contains(found, oid("users", "auth")));
    QVERIFY(neighbourhood(*m_catalog, core::Oid{1}).empty());
    const std::vector<core::Oid> own = diagramTables(*m_catalog, *m_catalog->schema("public"));
    const std::vector<core::Oid> all = withForeignNeighbours(*m_catalog, own);
    QCOMPARE(all.size(), own.size() + 1);
    QCOMPARE(all.back(), oid("users", "auth"));
}

void TestDiagramGraph::words()
{
    const DiagramGraph graph = schemaGraph();
    QCOMPARE(referenceLine(key(graph, u"orders_plan"_s)->fact),
             u"plan_id → plans.id, many to one, optional, ON UPDATE SET NULL"_s);
    QCOMPARE(referencedLine(key(graph, u"tasks_owner"_s)->fact),
             u"(tenant_id, id) ← tasks.(tenant_id, owner), many to one, optional"_s);
    QCOMPARE(relationWords(key(graph, u"late_plan"_s)->fact),
             u"many to one, optional, not validated"_s);
    const QString text = diagramText(*m_catalog, graph);
    QVERIFY(text.contains(u"\n  user_id → auth.users.id, many to one, ON DELETE CASCADE\n"_s));
    QVERIFY(text.contains(u"public.tree\n  parent → tree.id, many to one, optional\n"_s));
}

QTEST_GUILESS_MAIN(TestDiagramGraph)
#include "tst_diagramgraph.moc"

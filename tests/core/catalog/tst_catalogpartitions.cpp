// SPDX-License-Identifier: GPL-3.0-or-later
// A table of ten thousand partitions, in two levels, in the catalog, the tree, the definitions and
// the description.
#include "core/catalog/catalogdiff.h"
#include "core/catalog/describe.h"
#include "core/catalog/loader.h"
#include "core/catalog/objectdetail.h"
#include "core/catalog/objectsearch.h"
#include "core/catalog/treemodel.h"
#include "core/ddl/ddl.h"
#include "core/session/sessionthread.h"
#include "tests/support/testdatabase.h"

#include <QPersistentModelIndex>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestCatalogPartitions : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void catalog();
    void treeFoldsThem();
    void treeFindsOne();
    void search();
    void describe();
    void detail();
    void definitionOfOne();
    void definitionOfAll();
    void detached();

private:
    static constexpr int groups = 20;
    static constexpr int inGroup = 500;

    template<class Value>
    [[nodiscard]] static std::optional<Value> waited(QFuture<Result<Value>> f);
    [[nodiscard]] const RelationInfo *relation(QByteArrayView name) const
    {
        return m_catalog->relation("public", name);
    }
    [[nodiscard]] static QModelIndex child(const CatalogTreeModel &model, const QModelIndex &parent,
                                           const QString &name);

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SessionThread> m_session;
    CatalogPtr m_catalog;
};

template<class Value>
std::optional<Value> TestCatalogPartitions::waited(QFuture<Result<Value>> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        return std::nullopt;
    const Result<Value> outcome = future.result();
    if (!outcome)
        qWarning("%s", qPrintable(outcome.error().text()));
    return outcome ? std::optional(*outcome) : std::nullopt;
}

QModelIndex TestCatalogPartitions::child(const CatalogTreeModel &model, const QModelIndex &parent,
                                         const QString &name)
{
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        if (index.data().toString() == name)
            return index;
    }
    return {};
}

void TestCatalogPartitions::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec("CREATE TABLE measured (g int NOT NULL, n int NOT NULL, v real)"
                     " PARTITION BY LIST (g)");
    // More locks than one transaction may hold.
    m_database->exec(
        QStringLiteral(
            "DO $$ BEGIN FOR g IN 1..%1 LOOP"
            "  EXECUTE format('CREATE TABLE m_%s PARTITION OF measured FOR VALUES IN (%s)"
            "                  PARTITION BY LIST (n)', g, g);"
            "  FOR n IN 1..%2 LOOP"
            "    EXECUTE format('CREATE TABLE m_%s_%s PARTITION OF m_%s FOR VALUES IN (%s)',"
            "                   g, n, g, n);"
            "  END LOOP; COMMIT; END LOOP; END $$")
            .arg(groups)
            .arg(inGroup)
            .toUtf8());
    m_database->exec("INSERT INTO measured SELECT 7, 1 + i % 3, i FROM generate_series(1, 30) i;"
                     "ANALYZE m_7_1, m_7_2, m_7_3");
    m_session = std::make_unique<SessionThread>(SessionConfig{.keywords = m_database->keywords()});
    m_catalog = waited(loadCatalog(*m_session)).value_or(nullptr);
    QVERIFY(m_catalog);
}

void TestCatalogPartitions::cleanupTestCase()
{
    m_catalog.reset();
    m_session.reset();
    m_database.reset();
}

void TestCatalogPartitions::catalog()
{
    const RelationInfo *const measured = relation("measured");
    QVERIFY(measured);
    QCOMPARE(measured->kind, RelationKind::PartitionedTable);
    QCOMPARE(m_catalog->childrenOf(*measured).size(), std::size_t(groups));
    int leaves = 0;
    for (const RelationInfo *const group : m_catalog->childrenOf(*measured)) {
        QCOMPARE(group->kind, RelationKind::PartitionedTable);
        for (const RelationInfo *const leaf : m_catalog->childrenOf(*group)) {
            QVERIFY(leaf->partition && leaf->parent == group->oid);
            QCOMPARE(m_catalog->columnsOf(*leaf).size(), 3U);
            ++leaves;
        }
    }
    QCOMPARE(leaves, groups * inGroup);
    QCOMPARE(m_catalog->estimatedRows(*measured), std::optional(30.0));
}

void TestCatalogPartitions::treeFoldsThem()
{
    CatalogTreeModel model;
    model.setCatalog(m_catalog);
    const QModelIndex tables = child(model, child(model, {}, u"public"_s), u"Tables"_s);
    QCOMPARE(model.rowCount(tables), 1);
    QCOMPARE(tables.data(CatalogTreeModel::FactRole).toString(), u"1"_s);
    const QModelIndex folder = child(model, model.index(0, 0, tables), u"Partitions"_s);
    QCOMPARE(model.rowCount(folder), groups);
    QCOMPARE(folder.data(CatalogTreeModel::FactRole).toString(), QString::number(groups));
    int leaves = 0;
    for (int row = 0; row < groups; ++row) {
        const QModelIndex group = model.index(row, 0, folder);
        leaves += model.rowCount(child(model, group, u"Partitions"_s));
    }
    QCOMPARE(leaves, groups * inGroup);
    // A refresh with nothing changed moves nothing.
    const QPersistentModelIndex kept = model.index(3, 0, folder);
    model.setCatalog(waited(loadCatalog(*m_session)).value_or(nullptr));
    QVERIFY(kept.isValid());
    QCOMPARE(kept.row(), 3);
}

void TestCatalogPartitions::treeFindsOne()
{
    CatalogTreeModel model;
    model.setCatalog(m_catalog);
    model.setFilter(u"m_13_477"_s);
    QCOMPARE(model.filterMatches(), 1);
    const QModelIndex tables = child(model, child(model, {}, u"public"_s), u"Tables"_s);
    const QModelIndex groupsOf = child(model, model.index(0, 0, tables), u"Partitions"_s);
    QCOMPARE(model.rowCount(groupsOf), 1);
    const QModelIndex leaves = child(model, model.index(0, 0, groupsOf), u"Partitions"_s);
    QCOMPARE(model.rowCount(leaves), 1);
    QCOMPARE(model.index(0, 0, leaves).data().toString(), u"m_13_477"_s);
}

void TestCatalogPartitions::search()
{
    const auto found = searchObjects(*m_catalog, u"m_20_500"_s, {.limit = 10});
    QVERIFY(!found.empty());
    QCOMPARE(displayName(*m_catalog, found.front()), u"public.m_20_500"_s);
}

void TestCatalogPartitions::describe()
{
    const RelationInfo *const group = relation("m_7");
    const auto detail = waited(loadRelationDetail(*m_session, group->oid));
    QVERIFY(detail);
    QCOMPARE(detail->partitionBound, u"FOR VALUES IN (7)"_s);
    const QString text = describeText(*m_catalog, *group, *detail);
    QCOMPARE(text.count(u"public.m_7_"_s), inGroup);
    const RelationInfo *const measured = relation("measured");
    const auto root = waited(loadRelationDetail(*m_session, measured->oid));
    QVERIFY(root);
    QCOMPARE(describeText(*m_catalog, *measured, *root).count(u"public.m_"_s), groups);
}

void TestCatalogPartitions::detail()
{
    const auto group = waited(loadObjectDetail(*m_session, {classCatalog, relation("m_7")->oid}));
    QVERIFY(group && group->state);
    QCOMPARE(group->children.size(), std::size_t(inGroup + 1));
    QCOMPARE(std::ranges::count_if(group->children, &ChildDetail::isParent), 1);
    const auto root =
        waited(loadObjectDetail(*m_session, {classCatalog, relation("measured")->oid}));
    QVERIFY(root && root->state);
    QCOMPARE(root->children.size(), std::size_t(groups));
    QCOMPARE(root->state->rows, 30.0);
}

void TestCatalogPartitions::definitionOfOne()
{
    const auto root = waited(loadObjectDdl(*m_session, {classCatalog, relation("measured")->oid}));
    QVERIFY(root);
    QCOMPARE(root->count(u"CREATE TABLE"_s), 1);
    QVERIFY(root->contains(u"PARTITION BY LIST (g)"_s));
    const auto leaf = waited(loadObjectDdl(*m_session, {classCatalog, relation("m_9_9")->oid}));
    QVERIFY(leaf);
    QCOMPARE(leaf->count(u"CREATE TABLE"_s), 1);
    QVERIFY2(leaf->contains(u"ATTACH PARTITION public.m_9_9 FOR VALUES IN (9)"_s),
             qPrintable(*leaf));
}

void TestCatalogPartitions::definitionOfAll()
{
    const auto all = waited(loadAllDdl(*m_session));
    QVERIFY(all);
    QCOMPARE(all->count(u"CREATE TABLE "_s), 1 + groups + groups * inGroup);
    QCOMPARE(all->count(u" ATTACH PARTITION "_s), groups + groups * inGroup);
    // A table before what is attached to it.
    QVERIFY(all->indexOf(u"CREATE TABLE public.m_20 ("_s)
            < all->indexOf(u" ATTACH PARTITION public.m_20_500 "_s));
}

void TestCatalogPartitions::detached()
{
    m_database->exec("ALTER TABLE m_5 DETACH PARTITION m_5_5; DROP TABLE m_6_6");
    const CatalogPtr now = waited(loadCatalog(*m_session)).value_or(nullptr);
    QVERIFY(now);
    QStringList changed;
    for (const CatalogChange &change : catalogChanges(*m_catalog, *now)) {
        if (change.object != ObjectKind::Role)
            changed.append(QString::number(int(change.kind)) + u' ' + change.name);
    }
    QCOMPARE(changed, (QStringList{u"2 public.m_5_5"_s, u"1 public.m_6_6"_s}));
}

QTEST_GUILESS_MAIN(TestCatalogPartitions)
#include "tst_catalogpartitions.moc"

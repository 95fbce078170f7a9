// SPDX-License-Identifier: GPL-3.0-or-later
// The tree over two catalogs of a changing database, and the search for names.
#include "core/catalog/loader.h"
#include "core/catalog/namesearch.h"
#include "core/catalog/treemodel.h"
#include "core/session/sessionthread.h"
#include "tests/core/catalog/everyobject.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QPersistentModelIndex>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestCatalogTree : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void shape();
    void refreshKeepsPlaces();
    void filter();
    void systemSchemas();
    void everyObject();
    void filterFindsEverything_data();
    void filterFindsEverything();
    void extensionsHoldTheirMembers();
    void refusedSaysSo();
    void patterns_data();
    void patterns();
    void searchRanks();
    void approximateCounts_data();
    void approximateCounts();

private:
    [[nodiscard]] CatalogPtr load();
    [[nodiscard]] static CatalogPtr loadFrom(SessionThread &session);
    static QStringList names(const QAbstractItemModel &model, const QModelIndex &parent);

    [[nodiscard]] static QModelIndex at(const CatalogTreeModel &model, const QStringList &path);

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SessionThread> m_session;
    std::unique_ptr<TestDatabase> m_every;
    CatalogPtr m_everyCatalog;
};

CatalogPtr TestCatalogTree::load()
{
    return loadFrom(*m_session);
}

CatalogPtr TestCatalogTree::loadFrom(SessionThread &session)
{
    const auto future = loadCatalog(session);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return nullptr;
    return future.result().value_or(nullptr);
}

QStringList TestCatalogTree::names(const QAbstractItemModel &model, const QModelIndex &parent)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(parent); ++row)
        all.append(model.index(row, 0, parent).data().toString());
    return all;
}

QModelIndex TestCatalogTree::at(const CatalogTreeModel &model, const QStringList &path)
{
    QModelIndex index;
    for (const QString &name : path) {
        const qsizetype row = names(model, index).indexOf(name);
        if (row < 0)
            return {};
        index = model.index(int(row), 0, index);
    }
    return index;
}

void TestCatalogTree::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec(
        "CREATE SCHEMA auth; CREATE TABLE auth.users (id int PRIMARY KEY);"
        "CREATE TABLE a (id int PRIMARY KEY, u int REFERENCES auth.users); CREATE TABLE b (x int);"
        "CREATE TABLE order_items (x int); CREATE TABLE \"line\nbreak\" (x int);"
        "CREATE VIEW v AS SELECT 1 AS one;"
        "CREATE TABLE parts (a int) PARTITION BY LIST (a);"
        "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);"
        "CREATE TABLE parts_2 PARTITION OF parts FOR VALUES IN (2)");
    m_session = std::make_unique<SessionThread>(SessionConfig{.keywords = m_database->keywords()});
    m_every = std::make_unique<TestDatabase>();
    makeEveryObject(*m_every);
    SessionThread session(SessionConfig{.keywords = m_every->keywords()});
    m_everyCatalog = loadFrom(session);
    QVERIFY(m_everyCatalog);
}

void TestCatalogTree::cleanupTestCase()
{
    if (m_every)
        dropEveryObject(*m_every);
    m_every.reset();
    m_session.reset();
    m_database.reset();
}

void TestCatalogTree::shape()
{
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(load());
    QCOMPARE(names(model, {}), (QStringList{u"auth"_s, u"public"_s, u"Extensions"_s, u"Roles"_s}));
    const QModelIndex schema = model.index(1, 0);
    QCOMPARE(names(model, schema), (QStringList{u"Tables"_s, u"Views"_s}));
    const QModelIndex tables = model.index(0, 0, schema);
    QCOMPARE(names(model, tables),
             (QStringList{u"a"_s, u"b"_s, u"line\u240abreak"_s, u"order_items"_s, u"parts"_s}));
    QCOMPARE(tables.data(CatalogTreeModel::FactRole).toString(), u"5"_s);
    const QModelIndex parts = model.index(4, 0, tables);
    QCOMPARE(names(model, parts), (QStringList{u"Partitions"_s, u"a"_s}));
    QCOMPARE(names(model, model.index(0, 0, parts)), (QStringList{u"parts_1"_s, u"parts_2"_s}));
    const QModelIndex a = model.index(0, 0, tables);
    const QModelIndex id = model.index(0, 0, a);
    QCOMPARE(id.data(CatalogTreeModel::KeyRole).toInt(), int(CatalogTreeModel::ColumnKey::Primary));
    QCOMPARE(id.data(CatalogTreeModel::FactRole).toString(), u"integer"_s);
    QCOMPARE(model.index(1, 0, a).data(CatalogTreeModel::KeyRole).toInt(),
             int(CatalogTreeModel::ColumnKey::Foreign));
    QCOMPARE(names(model, a),
             (QStringList{u"id"_s, u"u"_s, u"Keys and constraints"_s, u"Indexes"_s}));
    const QModelIndex key =
        at(model, {u"public"_s, u"Tables"_s, u"a"_s, u"Keys and constraints"_s, u"a_u_fkey"_s});
    QCOMPARE(key.data(CatalogTreeModel::FactRole).toString(), u"→ users"_s);
    QVERIFY(!model.hasChildren(key));
    QCOMPARE(model.indexOf(model.ref(key)), key);
    QVERIFY(model.object(key) && !model.object(tables));
    QCOMPARE(model.object(id), model.object(a));
    QVERIFY(!model.hasChildren(id));
    QCOMPARE(model.indexOf(model.ref(id)), id);
    model.setCatalog(nullptr);
    QCOMPARE(model.rowCount(), 0);
}

void TestCatalogTree::refreshKeepsPlaces()
{
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const CatalogPtr before = load();
    model.setCatalog(before);
    const QModelIndex tables = model.index(0, 0, model.index(1, 0));
    const QPersistentModelIndex b(model.index(1, 0, tables));
    const QPersistentModelIndex column(model.index(0, 0, b));
    const QPersistentModelIndex a(model.index(0, 0, tables));
    QCOMPARE(b.data().toString(), u"b"_s);
    m_database->exec("CREATE TABLE aa (x int); ALTER TABLE b ADD y int; DROP TABLE a; ALTER TABLE "
                     "order_items RENAME TO zz");
    model.setCatalog(load());
    QVERIFY(b.isValid() && column.isValid() && !a.isValid());
    QCOMPARE(b.data().toString(), u"b"_s);
    QCOMPARE(names(model, b), (QStringList{u"x"_s, u"y"_s}));
    QCOMPARE(names(model, tables),
             (QStringList{u"aa"_s, u"b"_s, u"line\u240abreak"_s, u"parts"_s, u"zz"_s}));
    m_database->exec("DROP TABLE aa; ALTER TABLE b DROP y; CREATE TABLE a (id int PRIMARY KEY); "
                     "ALTER TABLE zz RENAME TO order_items");
}

void TestCatalogTree::filter()
{
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(load());
    const QModelIndex tables = model.index(0, 0, model.index(1, 0));
    const QPersistentModelIndex parts(model.index(4, 0, tables));
    QCOMPARE(names(model, parts).size(), 2);
    model.setFilter(u"parts_2"_s);
    QCOMPARE(model.filterMatches(), 1);
    QVERIFY(parts.isValid());
    QCOMPARE(names(model, {}), QStringList{u"public"_s});
    QCOMPARE(names(model, model.index(0, 0, parts)), QStringList{u"parts_2"_s});
    model.setFilter(u"auth."_s);
    QCOMPARE(names(model, {}), QStringList{u"auth"_s});
    model.setFilter(u"nothing like it"_s);
    QCOMPARE(model.rowCount(), 0);
    model.setFilter({});
    QCOMPARE(names(model, {}), (QStringList{u"auth"_s, u"public"_s, u"Extensions"_s, u"Roles"_s}));
}

void TestCatalogTree::systemSchemas()
{
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(load());
    model.setSystemSchemasShown(true);
    QCOMPARE(names(model, {}), (QStringList{u"auth"_s, u"information_schema"_s, u"pg_catalog"_s,
                                            u"public"_s, u"Extensions"_s, u"Casts"_s,
                                            u"Languages"_s, u"Access methods"_s, u"Roles"_s}));
    QVERIFY(at(model, {u"pg_catalog"_s, u"Functions"_s, u"abs(integer)"_s}).isValid());
    QVERIFY(at(model, {u"Roles"_s, u"pg_monitor"_s}).isValid());
    model.setSystemSchemasShown(false);
    QCOMPARE(model.rowCount(), 4);
    QVERIFY(!at(model, {u"Roles"_s, u"pg_monitor"_s}).isValid());
}

void TestCatalogTree::everyObject()
{
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(m_everyCatalog);
    QCOMPARE(names(model, {}),
             (QStringList{u"app"_s, u"public"_s, u"Extensions"_s, u"Casts"_s, u"Languages"_s,
                          u"Transforms"_s, u"Access methods"_s, u"Foreign-data wrappers"_s,
                          u"Foreign servers"_s, u"Publications"_s, u"Subscriptions"_s,
                          u"Event triggers"_s, u"Roles"_s}));
    const QModelIndex app = at(model, {u"app"_s});
    QCOMPARE(names(model, app),
             (QStringList{u"Tables"_s, u"Views"_s, u"Materialized views"_s, u"Foreign tables"_s,
                          u"Sequences"_s, u"Functions"_s, u"Procedures"_s, u"Aggregates"_s,
                          u"Types"_s, u"Domains"_s, u"Operators"_s, u"Operator classes"_s,
                          u"Collations"_s, u"Conversions"_s, u"Text search"_s}));
    for (const QString &folder : names(model, app)) {
        const QModelIndex index = at(model, {u"app"_s, folder});
        QVERIFY2(model.hasChildren(index), qPrintable(folder));
        for (int row = 0; row < model.rowCount(index); ++row) {
            const QModelIndex node = model.index(row, 0, index);
            QVERIFY(!node.data().toString().isEmpty() && model.object(node));
            QCOMPARE(model.indexOf(model.ref(node)), node);
        }
    }
    const QModelIndex orders = at(model, {u"app"_s, u"Tables"_s, u"orders"_s});
    QCOMPARE(names(model, orders).mid(5),
             (QStringList{u"Keys and constraints"_s, u"Indexes"_s, u"Triggers"_s, u"Policies"_s,
                          u"Statistics"_s}));
    const auto fact = [&](const QStringList &path) {
        return at(model, path).data(CatalogTreeModel::FactRole).toString();
    };
    QCOMPARE(fact({u"app"_s, u"Functions"_s, u"total(bigint)"_s}), u"numeric"_s);
    QCOMPARE(fact({u"app"_s, u"Types"_s, u"state"_s}), u"open, paid, it's void"_s);
    QCOMPARE(fact({u"Roles"_s, QString::fromUtf8(everyObjectMember(*m_every))}),
             u"may log in, in "_s + QString::fromUtf8(everyObjectGroup(*m_every)));
    QCOMPARE(fact({u"Roles"_s, QString::fromUtf8(everyObjectGroup(*m_every))}), u"group"_s);
    QCOMPARE(names(model, at(model, {u"app"_s, u"Domains"_s, u"positive"_s})),
             QStringList{u"above_zero"_s});
    QCOMPARE(names(model, at(model, {u"Foreign servers"_s, u"far\\away"_s})),
             QStringList{QString::fromUtf8(everyObjectMember(*m_every))});
    const QPersistentModelIndex kept(orders);
    model.setCatalog(m_everyCatalog);
    QVERIFY(kept.isValid());
}

void TestCatalogTree::filterFindsEverything_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QStringList>("path");
    const auto row = [](const char *name, const QString &pattern, const QStringList &path) {
        QTest::newRow(name) << pattern << path;
    };
    row("function", u"total"_s, {u"app"_s, u"Functions"_s, u"total(bigint)"_s});
    row("type", u"state"_s, {u"app"_s, u"Types"_s, u"state"_s});
    row("column", u"amount"_s, {u"app"_s, u"Tables"_s, u"orders"_s});
    row("path to a column", u"app.ord.amo"_s, {u"app"_s, u"Tables"_s, u"orders"_s});
    row("index", u"orders_note"_s, {u"app"_s, u"Tables"_s, u"orders"_s});
    row("trigger", u"touched"_s, {u"app"_s, u"Tables"_s, u"orders"_s});
    row("policy", u"seen"_s, {u"app"_s, u"Tables"_s, u"orders"_s});
    row("domain's constraint", u"above_z"_s,
        {u"app"_s, u"Domains"_s, u"positive"_s, u"above_zero"_s});
    row("server", u"far"_s, {u"Foreign servers"_s, u"far\\away"_s});
    row("publication", u"orders_out"_s, {u"Publications"_s, u"orders_out"_s});
    row("extension", u"plpg"_s, {u"Extensions"_s, u"plpgsql"_s});
}

void TestCatalogTree::filterFindsEverything()
{
    QFETCH(QString, pattern);
    QFETCH(QStringList, path);
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(m_everyCatalog);
    const int whole = model.filterMatches();
    model.setFilter(pattern);
    QVERIFY2(at(model, path).isValid(), qPrintable(names(model, {}).join(u' ')));
    QVERIFY(model.filterMatches() > 0 && model.filterMatches() < whole);
    QVERIFY(!at(model, {u"app"_s, u"Tables"_s, u"parts"_s}).isValid());
}

void TestCatalogTree::extensionsHoldTheirMembers()
{
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(m_everyCatalog);
    const QStringList members = names(model, at(model, {u"Extensions"_s, u"plpgsql"_s}));
    QVERIFY2(members.contains(u"plpgsql_call_handler()"_s), qPrintable(members.join(u' ')));
    QVERIFY(members.contains(u"plpgsql"_s)); // the language
    QCOMPARE(names(model, at(model, {u"Languages"_s})), QStringList{u"mylang"_s});
    const QModelIndex member = at(model, {u"Extensions"_s, u"plpgsql"_s, u"plpgsql"_s});
    QCOMPARE(model.indexOf(model.ref(member)), member);
}

void TestCatalogTree::refusedSaysSo()
{
    const TestDatabase database;
    database.execSuper("REVOKE SELECT ON pg_catalog.pg_proc FROM PUBLIC; "
                       "REVOKE SELECT ON pg_catalog.pg_trigger FROM PUBLIC; "
                       "REVOKE SELECT ON pg_catalog.pg_publication FROM PUBLIC");
    SessionThread session(SessionConfig{.keywords = database.keywords()});
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(loadFrom(session));
    QCOMPARE(names(model, {}), (QStringList{u"public"_s, u"Functions"_s, u"Triggers"_s,
                                            u"Extensions"_s, u"Publications"_s, u"Roles"_s}));
    for (const QString &name : {u"Functions"_s, u"Triggers"_s, u"Publications"_s}) {
        const QModelIndex folder = at(model, {name});
        QVERIFY(folder.data(CatalogTreeModel::NoAccessRole).toBool());
        QVERIFY(!model.hasChildren(folder));
        QVERIFY(folder.data(CatalogTreeModel::FactRole).toString().isEmpty());
    }
    QVERIFY(!at(model, {u"Roles"_s}).data(CatalogTreeModel::NoAccessRole).toBool());
}

void TestCatalogTree::patterns_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QList<int>>("positions"); // empty = no match
    QTest::newRow("inside") << u"tem"_s << "order_items"_ba << QList<int>{7, 8, 9};
    QTest::newRow("initials") << u"oi"_s << "order_items"_ba << QList<int>{0, 6};
    QTest::newRow("runs") << u"ordit"_s << "order_items"_ba << QList<int>{0, 1, 2, 6, 7};
    QTest::newRow("capitals") << u"OI"_s << "orderItems"_ba << QList<int>{0, 5};
    QTest::newRow("two words") << u"items order"_s << "order_items"_ba
                               << QList<int>{0, 1, 2, 3, 4, 6, 7, 8, 9, 10};
    QTest::newRow("schema") << u"pub.ord"_s << "orders"_ba << QList<int>{0, 1, 2};
    QTest::newRow("other schema") << u"auth.ord"_s << "orders"_ba << QList<int>{};
    QTest::newRow("scattered") << u"res"_s << "order_items"_ba << QList<int>{};
    QTest::newRow("other order") << u"io"_s << "order_items"_ba << QList<int>{};
}

void TestCatalogTree::patterns()
{
    QFETCH(QString, pattern);
    QFETCH(QByteArray, name);
    QFETCH(QList<int>, positions);
    const auto match = NamePattern(pattern).match("public", name, true);
    QCOMPARE(match.has_value(), !positions.isEmpty());
    if (match)
        QCOMPARE(match->positions, positions);
}

void TestCatalogTree::searchRanks()
{
    const CatalogPtr catalog = load();
    const auto found = searchNames(*catalog, u"a"_s, 3);
    QVERIFY(!found.empty());
    QCOMPARE(catalog->relation(found.front().relation)->name, "a");
    QVERIFY(searchNames(*catalog, u"pg_class"_s, 3).empty());
    QCOMPARE(searchNames(*catalog, u"pg_class"_s, 3, true).size(), 1U);
}

void TestCatalogTree::approximateCounts_data()
{
    QTest::addColumn<std::optional<double>>("rows");
    QTest::addColumn<QString>("text");
    QTest::newRow("unknown") << std::optional<double>{} << u""_s;
    QTest::newRow("none") << std::optional(0.0) << u"≈ 0"_s;
    QTest::newRow("small") << std::optional(1912.0) << u"≈ 1,912"_s;
    QTest::newRow("millions") << std::optional(3.14e6) << u"≈ 3.1 M"_s;
    QTest::newRow("hundreds of millions") << std::optional(214.4e6) << u"≈ 214 M"_s;
    QTest::newRow("nearly a thousand million") << std::optional(999.9e6) << u"≈ 1.0 B"_s;
}

void TestCatalogTree::approximateCounts()
{
    QFETCH(std::optional<double>, rows);
    QFETCH(QString, text);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QCOMPARE(approximateCount(rows), text);
}

QTEST_GUILESS_MAIN(TestCatalogTree)
#include "tst_catalogtree.moc"

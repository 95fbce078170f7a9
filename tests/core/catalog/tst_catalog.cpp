// SPDX-License-Identifier: GPL-3.0-or-later
// Loading a catalog from a server: facts, names as ::regclass reads them, roles that may read
// little.
#include "core/catalog/describe.h"
#include "core/catalog/loader.h"
#include "core/session/sessionthread.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testdatabase.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestCatalog : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void relations();
    void keysAndIndexes();
    void namesFirstInOneRoundTrip();
    void resolvesAsRegclass_data();
    void resolvesAsRegclass();
    void saysWhatMayBeMeant_data();
    void saysWhatMayBeMeant();
    void columnGrants();
    void refusedFactsAreLeftOut();
    void describes();
    void detailOfWhatIsGone();

private:
    [[nodiscard]] CatalogPtr load(SessionThread &session);

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SessionThread> m_session;
    CatalogPtr m_catalog;
};

CatalogPtr TestCatalog::load(SessionThread &session)
{
    const auto future = loadCatalog(session);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 20'000))
        return nullptr;
    const auto outcome = future.result();
    if (!outcome)
        qWarning("%s", qPrintable(outcome.error().text()));
    return outcome.value_or(nullptr);
}

void TestCatalog::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec(
        "CREATE SCHEMA auth; CREATE SCHEMA \"Odd.Name\";"
        "CREATE TABLE auth.users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mail text "
        "NOT NULL UNIQUE,"
        " made timestamptz DEFAULT now(), shout text GENERATED ALWAYS AS (upper(mail)) STORED);"
        "COMMENT ON TABLE auth.users IS 'who'; COMMENT ON COLUMN auth.users.mail IS 'where';"
        "CREATE TABLE orders (id int PRIMARY KEY, user_id bigint REFERENCES auth.users ON DELETE "
        "CASCADE, n numeric(12,2),"
        " CONSTRAINT positive CHECK (n > 0));"
        "CREATE INDEX orders_user ON orders (user_id) INCLUDE (n);"
        "CREATE INDEX orders_down ON orders (user_id DESC); CREATE INDEX orders_part ON orders (n) "
        "WHERE n > 5;"
        "CREATE INDEX orders_expression ON orders ((n + 1));"
        "CREATE TABLE \"Orders\" (a int); CREATE TABLE \"Odd.Name\".\"t\"\"q\" (a int); CREATE "
        "TABLE \"Odd.Name\".twice (a int);"
        "CREATE TABLE auth.twice (a int); CREATE VIEW v AS SELECT 1 AS one; CREATE MATERIALIZED "
        "VIEW m AS SELECT 1 AS one;"
        "CREATE SEQUENCE s; CREATE UNLOGGED TABLE u (a int);"
        "CREATE TABLE parts (a int PRIMARY KEY) PARTITION BY RANGE (a);"
        "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (0) TO (10);"
        "INSERT INTO parts SELECT generate_series(1, 9); ANALYZE parts_1;"
        "CREATE TEMP TABLE temporary (a int)");
    m_session = std::make_unique<SessionThread>(SessionConfig{.keywords = m_database->keywords()});
    m_catalog = load(*m_session);
    QVERIFY(m_catalog);
}

void TestCatalog::cleanupTestCase()
{
    m_catalog.reset();
    m_session.reset();
    m_database.reset();
}

void TestCatalog::relations()
{
    QVERIFY(m_catalog->hasDetails());
    QCOMPARE(QString::fromUtf8(m_catalog->databaseName()), m_database->name());
    const RelationInfo *const users = m_catalog->relation("auth", "users");
    QVERIFY(users);
    QCOMPARE(users->kind, RelationKind::Table);
    QCOMPARE(m_catalog->comment(users->oid), "who");
    QCOMPARE(m_catalog->comment(users->oid, 2), "where");
    const auto columns = m_catalog->columnsOf(*users);
    QCOMPARE(columns.size(), 4U);
    QCOMPARE(columns[0].origin, ColumnOrigin::IdentityAlways);
    QCOMPARE(columns[2].origin, ColumnOrigin::Default);
    QCOMPARE(columns[3].origin, ColumnOrigin::GeneratedStored);
    QCOMPARE(columns[2].typeText, "timestamp with time zone");
    QVERIFY(columns[1].notNull && !columns[2].notNull);
    QCOMPARE(m_catalog->relation("public", "v")->kind, RelationKind::View);
    QCOMPARE(m_catalog->relation("public", "m")->kind, RelationKind::MaterializedView);
    QCOMPARE(m_catalog->relation("public", "s")->kind, RelationKind::Sequence);
    QCOMPARE(m_catalog->relation("public", "u")->persistence, Persistence::Unlogged);
    const RelationInfo *const parts = m_catalog->relation("public", "parts");
    QCOMPARE(m_catalog->childrenOf(*parts).size(), 1U);
    QCOMPARE(m_catalog->childrenOf(*parts).front()->parent, parts->oid);
    QVERIFY(m_catalog->childrenOf(*parts).front()->partition);
    QCOMPARE(m_catalog->estimatedRows(*parts), std::optional(9.0));
    QCOMPARE(m_catalog->estimatedRows(*users), std::optional<double>{});
    QVERIFY(m_catalog->schema("pg_catalog")->system);
    QVERIFY(m_catalog->relation("pg_catalog", "pg_class"));
    // A table of somebody else's session.
    for (const RelationInfo &relation : m_catalog->relations())
        QVERIFY(relation.name != "temporary");
}

void TestCatalog::keysAndIndexes()
{
    const RelationInfo *const orders = m_catalog->relation("public", "orders");
    const ConstraintInfo *const key = m_catalog->primaryKeyOf(*orders);
    QVERIFY(key);
    QCOMPARE(key->name, "orders_pkey");
    QVERIFY(orders->hasPrimaryKey);
    const RelationInfo *const users = m_catalog->relation("auth", "users");
    const auto references = m_catalog->referencesTo(*users);
    QCOMPARE(references.size(), 1U);
    QCOMPARE(references.front()->relation, orders->oid);
    QCOMPARE(references.front()->onDelete, ForeignKeyAction::Cascade);
    QCOMPARE(references.front()->columns.front(), qint16(2));
    QByteArrayList plain;
    for (const IndexInfo &index : m_catalog->indexesOf(*orders)) {
        if (index.ordersPlainly)
            plain.append(index.name.toByteArray());
        if (index.name == "orders_user") {
            QCOMPARE(index.columns.size(), 1U);
            QCOMPARE(index.includedCount, qint16(1));
        }
    }
    QCOMPARE(plain, (QByteArrayList{"orders_pkey", "orders_user"}));
}

void TestCatalog::namesFirstInOneRoundTrip()
{
    FaultProxy proxy(m_database->facts().port);
    SessionThread session(
        SessionConfig{.keywords = m_database->keywords(Role::Plain, proxy.port())});
    QVERIFY(load(session));
    CatalogLoader loader(session);
    QList<bool> details;
    const auto note = [&](const CatalogPtr &catalog) { details.append(catalog->hasDetails()); };
    connect(&loader, &CatalogLoader::namesLoaded, this, note);
    connect(&loader, &CatalogLoader::loaded, this, note);
    proxy.resetCounts();
    loader.load();
    QTRY_COMPARE_WITH_TIMEOUT(details, (QList<bool>{false, true}), 30'000);
    QCOMPARE(proxy.roundTrips(), 1);
    QVERIFY(!loader.isLoading());
}

void TestCatalog::resolvesAsRegclass_data()
{
    QTest::addColumn<QString>("name");
    for (const char *name :
         {"orders", "ORDERS", "\"Orders\"", "public.orders", " public . orders ", "auth.users",
          "\"Odd.Name\".\"t\"\"q\"", "pg_class", "\"orders\"", "parts_1"})
        QTest::newRow(name) << QString::fromUtf8(name);
}

void TestCatalog::resolvesAsRegclass()
{
    QFETCH(QString, name);
    const QByteArray literal = "'" + name.toUtf8() + "'";
    const quint32 expected = m_database->value("SELECT "_ba + literal + "::regclass::oid").toUInt();
    const auto found = m_catalog->resolve(name);
    QVERIFY2(found, found ? "" : qPrintable(found.error().text()));
    QCOMPARE(number(*found), expected);
    const auto again = m_catalog->resolve(m_catalog->displayName(*m_catalog->relation(*found)));
    QCOMPARE(number(again.value_or(core::Oid{})), expected);
    QCOMPARE(number(m_catalog->resolve(QString::number(expected)).value_or(core::Oid{})), expected);
}

void TestCatalog::saysWhatMayBeMeant_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("advice");
    QTest::newRow("misspelt") << u"ordres"_s << "relation.missing"_ba << u"public.orders"_s;
    QTest::newRow("not on the path") << u"users"_s << "relation.missing"_ba << u"auth.users"_s;
    QTest::newRow("twice elsewhere") << u"twice"_s << "relation.ambiguous"_ba << u"auth.twice"_s;
    QTest::newRow("unknown oid") << u"4000000000"_s << "relation.missing"_ba << u""_s;
    QTest::newRow("empty") << u""_s << "relation.badName"_ba << u""_s;
    QTest::newRow("ends with a dot") << u"public."_s << "relation.badName"_ba << u""_s;
    QTest::newRow("quote not closed") << u"public.\"x"_s << "relation.badName"_ba << u""_s;
    QTest::newRow("empty quotes") << u"\"\""_s << "relation.badName"_ba << u""_s;
    QTest::newRow("after a quote") << u"\"a\"b"_s << "relation.badName"_ba << u""_s;
    QTest::newRow("two words") << u"a b"_s << "relation.badName"_ba << u""_s;
    QTest::newRow("another database") << u"other.public.orders"_s << "relation.badName"_ba << u""_s;
}

void TestCatalog::saysWhatMayBeMeant()
{
    QFETCH(QString, name);
    QFETCH(QByteArray, id);
    QFETCH(QString, advice);
    const auto found = m_catalog->resolve(name);
    QVERIFY(!found);
    QCOMPARE(found.error().id, id);
    QVERIFY2(found.error().advice.contains(advice), qPrintable(found.error().advice));
}

void TestCatalog::columnGrants()
{
    m_database->execSuper(
        "CREATE TABLE granted (a int, b int); GRANT SELECT (a) ON granted TO PUBLIC; "
        "CREATE TABLE withheld (a int)");
    const CatalogPtr catalog = load(*m_session);
    const RelationInfo *const some = catalog->relation("public", "granted");
    QVERIFY(!some->mayReadAll);
    QVERIFY(catalog->columnsOf(*some)[0].mayRead);
    QVERIFY(!catalog->columnsOf(*some)[1].mayRead);
    QVERIFY(!catalog->columnsOf(*catalog->relation("public", "withheld"))[0].mayRead);
}

void TestCatalog::refusedFactsAreLeftOut()
{
    const TestDatabase database;
    database.execSuper("REVOKE SELECT ON pg_catalog.pg_roles FROM PUBLIC; REVOKE SELECT ON "
                       "pg_catalog.pg_constraint FROM PUBLIC");
    SessionThread session(SessionConfig{.keywords = database.keywords()});
    const CatalogPtr catalog = load(session);
    QVERIFY(catalog);
    QCOMPARE(catalog->refused(), (QByteArrayList{"pg_roles", "pg_constraint"}));
    QVERIFY(catalog->relation("pg_catalog", "pg_class"));
}

void TestCatalog::describes()
{
    const RelationInfo *const orders = m_catalog->relation("public", "orders");
    const auto future = loadRelationDetail(*m_session, orders->oid);
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30'000);
    const auto detail = future.result();
    QVERIFY2(detail, detail ? "" : qPrintable(detail.error().text()));
    const QString text = describeText(*m_catalog, *orders, *detail);
    QVERIFY2(text.startsWith(u"Table public.orders\n"_s), qPrintable(text));
    QVERIFY(text.contains(u"numeric(12,2)"_s));
    QVERIFY(text.contains(u"CHECK ((n > (0)::numeric))"_s));
    QVERIFY(text.contains(u"CREATE INDEX orders_down"_s));
    const QJsonObject json = describeJson(*m_catalog, *orders, *detail);
    QCOMPARE(json[u"name"_s].toString(), u"orders"_s);
    QCOMPARE(json[u"columns"_s].toArray().size(), 3);
    QCOMPARE(json[u"indexes"_s].toArray().size(), 5);
    QCOMPARE(json[u"kind"_s].toString(), u"table"_s);
}

void TestCatalog::detailOfWhatIsGone()
{
    const auto future = loadRelationDetail(*m_session, core::Oid{4'000'000'000U});
    QTRY_VERIFY_WITH_TIMEOUT(future.isFinished(), 30'000);
    QCOMPARE(future.result().error().id, "relation.missing"_ba);
}

QTEST_GUILESS_MAIN(TestCatalog)
#include "tst_catalog.moc"

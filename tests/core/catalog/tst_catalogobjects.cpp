// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of object in a catalog: that each is there with its facts, without secrets, for a role
// that may read all or little; and the fingerprint that tells whether something changed.
#include "core/catalog/loader.h"
#include "core/catalog/queries.h"
#include "core/session/sessionthread.h"
#include "tests/core/catalog/everyobject.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestCatalogObjects : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void kindsAreNamed();
    void everyKindIsThere();
    void classesAreTheServers();
    void facts_data();
    void facts();
    void overloads();
    void parts();
    void below();
    void extensions();
    void roles();
    void comments();
    void noSecrets();
    void namesOfAPerson_data();
    void namesOfAPerson();
    void systemObjects();
    void refusedKindsAreNamed();
    void namesStageHasNoObjects();
    void queriesForAllVersions();
    void fingerprintStandsStill();
    void fingerprintMoves_data();
    void fingerprintMoves();

private:
    [[nodiscard]] static CatalogPtr load(SessionThread &session);
    [[nodiscard]] CatalogFingerprint fingerprint();
    [[nodiscard]] static std::vector<ObjectInfo> all(const Catalog &catalog);
    [[nodiscard]] std::optional<ObjectInfo> find(ObjectKind kind, QByteArrayView name) const;

    std::unique_ptr<TestDatabase> m_database;
    std::unique_ptr<SessionThread> m_session;
    CatalogPtr m_catalog;
};

CatalogPtr TestCatalogObjects::load(SessionThread &session)
{
    const auto future = loadCatalog(session);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
        return nullptr;
    const auto outcome = future.result();
    if (!outcome)
        qWarning("%s", qPrintable(outcome.error().text()));
    return outcome.value_or(nullptr);
}

CatalogFingerprint TestCatalogObjects::fingerprint()
{
    const auto future = loadFingerprint(*m_session);
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 30'000))
        return {};
    return future.result().value_or(CatalogFingerprint{});
}

/// Everything that a person could have made or that is in its schemas.
std::vector<ObjectInfo> TestCatalogObjects::all(const Catalog &catalog)
{
    std::vector<ObjectInfo> objects;
    const auto take = [&](std::span<const ObjectInfo> some) {
        objects.insert(objects.end(), some.begin(), some.end());
    };
    for (const SchemaInfo &schema : catalog.schemas()) {
        objects.push_back(*catalog.object({schemaCatalog, schema.oid}));
        take(catalog.objectsOf(schema));
        for (const RelationInfo &relation : catalog.relationsOf(schema)) {
            objects.push_back(catalog.objectOf(relation));
            take(catalog.partsOf(relation));
            for (const IndexInfo &index : catalog.indexesOf(relation))
                objects.push_back(*catalog.object({classCatalog, index.oid}));
            for (const ConstraintInfo &constraint : catalog.constraintsOf(relation))
                objects.push_back(
                    *catalog.object({systemCatalogOf(ObjectKind::Constraint), constraint.oid}));
        }
    }
    take(catalog.databaseObjects());
    return objects;
}

std::optional<ObjectInfo> TestCatalogObjects::find(ObjectKind kind, QByteArrayView name) const
{
    for (const ObjectInfo &object : all(*m_catalog)) {
        if (object.kind == kind && object.name == name && !object.detail.contains("bigint, text"))
            return object;
    }
    return std::nullopt;
}

void TestCatalogObjects::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    makeEveryObject(*m_database);
    m_session = std::make_unique<SessionThread>(SessionConfig{.keywords = m_database->keywords()});
    m_catalog = load(*m_session);
    QVERIFY(m_catalog);
    QCOMPARE(m_catalog->refused(), QByteArrayList{});
}

void TestCatalogObjects::cleanupTestCase()
{
    m_catalog.reset();
    m_session.reset();
    if (m_database)
        dropEveryObject(*m_database);
    m_database.reset();
}

void TestCatalogObjects::kindsAreNamed()
{
    QSet<QByteArray> names;
    for (int kind = 0; kind < objectKindCount; ++kind) {
        const QByteArrayView name = objectKindName(ObjectKind(kind));
        names << name.toByteArray();
        QCOMPARE(objectKindNamed(name), std::optional(ObjectKind(kind)));
    }
    QCOMPARE(names.size(), objectKindCount);
    QVERIFY(!objectKindNamed("nothing"));
}

void TestCatalogObjects::everyKindIsThere()
{
    std::array<int, std::size_t(objectKindCount)> counts = {};
    for (const ObjectInfo &object : all(*m_catalog)) {
        ++counts[std::size_t(object.kind)];
        QVERIFY(!object.name.isEmpty());
        QCOMPARE(object.id.catalog, systemCatalogOf(object.kind));
        const auto again = m_catalog->object(object.id);
        QVERIFY(again);
        QCOMPARE(again->name, object.name);
    }
    for (int kind = 0; kind < objectKindCount; ++kind)
        QVERIFY2(counts[std::size_t(kind)] > 0, objectKindName(ObjectKind(kind)).data());
}

void TestCatalogObjects::classesAreTheServers()
{
    const QByteArray classes[] = {
        "pg_class",          "pg_constraint",    "pg_trigger",     "pg_rewrite",
        "pg_policy",         "pg_proc",          "pg_type",        "pg_collation",
        "pg_conversion",     "pg_operator",      "pg_opclass",     "pg_opfamily",
        "pg_cast",           "pg_ts_config",     "pg_ts_dict",     "pg_ts_parser",
        "pg_ts_template",    "pg_statistic_ext", "pg_namespace",   "pg_extension",
        "pg_language",       "pg_transform",     "pg_am",          "pg_foreign_data_wrapper",
        "pg_foreign_server", "pg_user_mapping",  "pg_publication", "pg_subscription",
        "pg_event_trigger",  "pg_authid"};
    QSet<quint32> servers;
    for (const QByteArray &name : classes)
        servers << m_database->value("SELECT '" + name + "'::regclass::oid").toUInt();
    QSet<quint32> ours;
    for (int kind = 0; kind < objectKindCount; ++kind)
        ours << number(systemCatalogOf(ObjectKind(kind)));
    QCOMPARE(ours, servers);
}

void TestCatalogObjects::facts_data()
{
    QTest::addColumn<ObjectKind>("kind");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("detail");
    const auto row = [](ObjectKind kind, const char *name, const char *detail) {
        QTest::addRow("%s", objectKindName(kind).data())
            << kind << QByteArray(name) << QByteArray(detail);
    };
    row(ObjectKind::Function, "total", "(bigint) → numeric");
    row(ObjectKind::Procedure, "close", "(bigint)");
    row(ObjectKind::Aggregate, "product", "(double precision) → double precision");
    row(ObjectKind::WindowFunction, "number_of", "() → bigint");
    row(ObjectKind::EnumType, "state", "open, paid, it's void");
    row(ObjectKind::RangeType, "span", "double precision");
    row(ObjectKind::Domain, "positive", "numeric(12,2)");
    row(ObjectKind::Trigger, "touched", "before insert, update, disabled");
    row(ObjectKind::Rule, "kept", "instead of delete");
    row(ObjectKind::Policy, "seen", "select");
    row(ObjectKind::Statistics, "together", "ndistinct, mcv");
    row(ObjectKind::Conversion, "latin", "LATIN1 → UTF8");
    row(ObjectKind::Operator, "===", "(integer, integer) → boolean");
    row(ObjectKind::OperatorClass, "numbers_class", "integer (btree)");
    row(ObjectKind::OperatorFamily, "numbers_family", "btree");
    row(ObjectKind::Cast, "bigint AS app.pair", "assignment");
    row(ObjectKind::Transform, "app.pair", "mylang");
    row(ObjectKind::AccessMethod, "tree", "index");
    row(ObjectKind::Language, "mylang", "untrusted");
    row(ObjectKind::ForeignServer, "far\\away", "wrapped");
    row(ObjectKind::Publication, "orders_out", "insert, update");
    row(ObjectKind::EventTrigger, "watched", "ddl_command_end, disabled");
}

void TestCatalogObjects::facts()
{
    QFETCH(ObjectKind, kind);
    QFETCH(QByteArray, name);
    const auto object = find(kind, name);
    QVERIFY(object);
    QTEST(object->detail.toByteArray(), "detail");
    const bool isPart = object->parent.catalog == classCatalog;
    const bool hasNoOwner = isPart || kind == ObjectKind::Cast || kind == ObjectKind::Transform
                            || kind == ObjectKind::AccessMethod;
    if (!isPart || kind == ObjectKind::Statistics)
        QCOMPARE(object->owner.isEmpty(), hasNoOwner && kind != ObjectKind::Statistics);
}

void TestCatalogObjects::overloads()
{
    const auto functions = m_catalog->objectsOf(*m_catalog->schema("app"), ObjectKind::Function);
    QByteArrayList found;
    for (const ObjectInfo &function : functions) {
        if (function.name == "total")
            found << function.detail.toByteArray();
    }
    QCOMPARE(found, (QByteArrayList{"(bigint) → numeric", "(bigint, text) → SETOF text"}));
}

void TestCatalogObjects::parts()
{
    const RelationInfo *const orders = m_catalog->relation("app", "orders");
    QByteArrayList names;
    for (const ObjectInfo &part : m_catalog->partsOf(*orders)) {
        names << part.name.toByteArray();
        QCOMPARE(part.parent, (ObjectId{classCatalog, orders->oid}));
    }
    QCOMPARE(names, (QByteArrayList{"touched", "seen", "together"}));
    const IndexInfo &index = m_catalog->indexesOf(*orders).front();
    QCOMPARE(m_catalog->index(index.oid), &index);
    QCOMPARE(m_catalog->object({classCatalog, index.oid})->parent.object, orders->oid);
    QVERIFY(m_catalog->partsOf(*m_catalog->relation("app", "parts")).empty());
}

void TestCatalogObjects::below()
{
    const auto constraints = m_catalog->objectsBelow(*find(ObjectKind::Domain, "positive"));
    QCOMPARE(constraints.size(), 1U);
    QCOMPARE(constraints.front().name, "above_zero");
    QCOMPARE(constraints.front().detail, "check");
    const auto mappings = m_catalog->objectsBelow(*find(ObjectKind::ForeignServer, "far\\away"));
    QCOMPARE(mappings.size(), 1U);
    QCOMPARE(mappings.front().name, everyObjectMember(*m_database));
    QVERIFY(m_catalog->objectsBelow(*find(ObjectKind::Function, "total")).empty());
}

void TestCatalogObjects::extensions()
{
    const auto extension = find(ObjectKind::Extension, "plpgsql");
    QVERIFY(extension && !extension->detail.isEmpty());
    const auto members = m_catalog->membersOf(extension->id.object);
    QVERIFY(!members.empty());
    bool hasLanguage = false;
    for (const ObjectInfo &member : members) {
        QCOMPARE(member.extension, extension->id.object);
        hasLanguage = hasLanguage || member.kind == ObjectKind::Language;
    }
    QVERIFY(hasLanguage);
    QVERIFY(m_catalog->membersOf(core::Oid{1}).empty());
}

void TestCatalogObjects::roles()
{
    const auto member = find(ObjectKind::Role, everyObjectMember(*m_database));
    QVERIFY(member);
    const RoleInfo *const role = m_catalog->role(member->id.object);
    QVERIFY(role && role->mayLogIn && !role->superuser);
    QCOMPARE(role->connectionLimit, 3);
    const auto memberships = m_catalog->membershipsOf(role->oid);
    QCOMPARE(memberships.size(), 1U);
    QCOMPARE(m_catalog->role(memberships.front().role)->name, everyObjectGroup(*m_database));
    QVERIFY(!memberships.front().admin && memberships.front().sets);
    QVERIFY(!m_catalog->role(core::Oid{1}));
}

void TestCatalogObjects::comments()
{
    QCOMPARE(find(ObjectKind::Function, "total")->comment, "what is owed");
    QCOMPARE(find(ObjectKind::Domain, "positive")->comment, "more than nothing");
    QCOMPARE(find(ObjectKind::Role, everyObjectGroup(*m_database))->comment, "a group");
    QVERIFY(find(ObjectKind::Procedure, "close")->comment.isEmpty());
}

/// Neither for a role that may see them.
void TestCatalogObjects::noSecrets()
{
    SessionThread session(SessionConfig{.keywords = m_database->keywords(test::Role::Super)});
    const CatalogPtr catalog = load(session);
    QVERIFY(catalog);
    for (const ObjectInfo &object : all(*catalog)) {
        for (const QByteArrayView text : {object.name, object.detail, object.comment})
            QVERIFY2(!text.contains("s3cr3t"), text.toByteArray().constData());
    }
}

void TestCatalogObjects::namesOfAPerson_data()
{
    QTest::addColumn<ObjectKind>("kind");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char *title, ObjectKind kind, const char *name,
                        const QString &shown) {
        QTest::newRow(title) << kind << QByteArray(name) << shown;
    };
    row("table", ObjectKind::Table, "orders", u"app.orders"_s);
    row("function", ObjectKind::Function, "total", u"app.total(bigint)"_s);
    row("quoted", ObjectKind::Function, "quo\"te", u"app.\"quo\"\"te\"()"_s);
    row("operator", ObjectKind::Operator, "===", u"app.=== (integer, integer)"_s);
    row("trigger", ObjectKind::Trigger, "touched", u"touched on app.orders"_s);
    row("constraint", ObjectKind::Constraint, "short", u"short on app.orders"_s);
    row("domain's constraint", ObjectKind::Constraint, "above_zero",
        u"above_zero on app.positive"_s);
    row("index", ObjectKind::Index, "orders_note", u"app.orders_note"_s);
    row("cast", ObjectKind::Cast, "bigint AS app.pair", u"bigint AS app.pair"_s);
    row("schema", ObjectKind::Schema, "app", u"app"_s);
}

void TestCatalogObjects::namesOfAPerson()
{
    QFETCH(ObjectKind, kind);
    QFETCH(QByteArray, name);
    const auto object = find(kind, name);
    QVERIFY(object);
    QTEST(m_catalog->displayName(*object), "shown");
}

void TestCatalogObjects::systemObjects()
{
    const SchemaInfo *const schema = m_catalog->schema("pg_catalog");
    QVERIFY(m_catalog->objectsOf(*schema, ObjectKind::Function).size() > 2000);
    QVERIFY(m_catalog->objectsOf(*schema, ObjectKind::Domain).empty());
    QVERIFY(m_catalog->objectsOf(*schema, ObjectKind::Trigger).empty());
}

void TestCatalogObjects::refusedKindsAreNamed()
{
    const TestDatabase database;
    database.execSuper("REVOKE SELECT ON pg_catalog.pg_proc FROM PUBLIC; "
                       "REVOKE SELECT ON pg_catalog.pg_event_trigger FROM PUBLIC");
    SessionThread session(SessionConfig{.keywords = database.keywords()});
    const CatalogPtr catalog = load(session);
    QVERIFY(catalog);
    QCOMPARE(catalog->refused(), (QByteArrayList{"pg_proc", "pg_event_trigger"}));
    QVERIFY(catalog->objectsOf(*catalog->schema("pg_catalog"), ObjectKind::Function).empty());
    QVERIFY(!catalog->objectsOf(*catalog->schema("pg_catalog"), ObjectKind::Operator).empty());
}

void TestCatalogObjects::namesStageHasNoObjects()
{
    CatalogLoader loader(*m_session);
    CatalogPtr names;
    CatalogPtr whole;
    connect(&loader, &CatalogLoader::namesLoaded, this, [&](const CatalogPtr &it) { names = it; });
    connect(&loader, &CatalogLoader::loaded, this, [&](const CatalogPtr &it) { whole = it; });
    loader.load();
    QTRY_VERIFY_WITH_TIMEOUT(whole, 30'000);
    QVERIFY(names && names->databaseObjects().empty());
    QVERIFY(!names->roles().empty()); // owners have names from the beginning
    QVERIFY(names->fingerprint().transaction == whole->fingerprint().transaction);
}

/// Each text is there for each version, and the server at hand takes the one for it.
void TestCatalogObjects::queriesForAllVersions()
{
    for (const CatalogQuery query : catalogQueries()) {
        for (int version = 140000; version <= 180000; version += 10000)
            QVERIFY2(!catalogSql(query, version).isEmpty(), catalogQueryName(query).constData());
        QVERIFY(!isOfObjects(query) || catalogColumnCount(query) == objectColumnCount);
    }
    QVERIFY(catalogSql(CatalogQuery::Collations, 140000).contains("c.collcollate)"));
    QVERIFY(catalogSql(CatalogQuery::Collations, 160000).contains("c.colliculocale"));
    QVERIFY(catalogSql(CatalogQuery::Collations, 180000).contains("c.colllocale"));
}

void TestCatalogObjects::fingerprintStandsStill()
{
    const CatalogFingerprint before = fingerprint();
    QVERIFY(!before.transaction.isEmpty() && !before.written.isEmpty());
    QVERIFY(!mayDiffer(before, before));
    // Another transaction that writes rows, not the catalog.
    m_database->exec("INSERT INTO app.parts VALUES (1); ANALYZE app.parts");
    const CatalogFingerprint after = fingerprint();
    QVERIFY(after.transaction != before.transaction);
    QVERIFY(mayDiffer({before.transaction, {}}, {after.transaction, {}})); // not counted
}

void TestCatalogObjects::fingerprintMoves_data()
{
    QTest::addColumn<QByteArray>("change");
    QTest::newRow("table") << "CREATE TABLE app.newer (a int)"_ba;
    QTest::newRow("column") << "ALTER TABLE app.newer ADD b int"_ba;
    QTest::newRow("not null") << "ALTER TABLE app.newer ALTER b SET NOT NULL"_ba;
    QTest::newRow("comment") << "COMMENT ON COLUMN app.newer.b IS 'b'"_ba;
    QTest::newRow("function")
        << "CREATE FUNCTION app.newer() RETURNS int LANGUAGE sql AS 'SELECT 1'"_ba;
    QTest::newRow("label") << "ALTER TYPE app.state ADD VALUE 'late'"_ba;
    QTest::newRow("policy") << "CREATE POLICY newer ON app.orders USING (true)"_ba;
    QTest::newRow("drop") << "DROP TABLE app.newer"_ba;
    QTest::newRow("sequence") << "CREATE SEQUENCE app.newer"_ba;
    QTest::newRow("step of it") << "ALTER SEQUENCE app.newer INCREMENT 3"_ba;
    QTest::newRow("default privileges")
        << "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC"_ba;
}

void TestCatalogObjects::fingerprintMoves()
{
    QFETCH(const QByteArray, change);
    const CatalogFingerprint before = fingerprint();
    {
        // A connection reports what it counted when it ends.
        Connection other = m_database->connect();
        other.exec(change);
    }
    QTRY_VERIFY_WITH_TIMEOUT(mayDiffer(before, fingerprint()), 30'000);
}

QTEST_GUILESS_MAIN(TestCatalogObjects)
#include "tst_catalogobjects.moc"

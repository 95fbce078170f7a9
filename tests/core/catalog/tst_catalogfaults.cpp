// SPDX-License-Identifier: GPL-3.0-or-later
// Catalogs of databases that are odd, closed, empty or gone, and loads that end early.
#include "core/catalog/loader.h"
#include "core/catalog/treemodel.h"
#include "core/pq/quoting.h"
#include "core/session/sessionthread.h"
#include "tests/support/faultproxy.h"
#include "tests/support/hostiletexts.h"
#include "tests/support/testpooler.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestCatalogFaults : public QObject
{
    Q_OBJECT

private slots:
    void hostileNames();
    void namesThatAreNoText();
    void noColumnsAndMostColumns();
    void pooledLoadsTheSame();
    void emptyDatabase();
    void noSchemaAtAll();
    void closedSchema();
    void closedDatabase();
    void databaseGone();
    void serverEndsTheConnection();
    void cutAnywhere();
    void newLoadReplacesTheOld();
    void cancelIsAnOutcome();
    void deletionSaysNothing();
    void oneRelation();

private:
    using Outcome = Result<CatalogPtr>;
    [[nodiscard]] static Outcome outcomeOf(const QFuture<Outcome> &future);
    [[nodiscard]] static Outcome load(const ConnKeywords &keywords, bool pooled = false);
    /// Everything of a tree, one line a node, as a person sees it when all is open.
    [[nodiscard]] static QStringList lines(const QAbstractItemModel &model,
                                           const QModelIndex &parent = {}, int depth = 0);
};

TestCatalogFaults::Outcome TestCatalogFaults::outcomeOf(const QFuture<Outcome> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        return failure(ErrorKind::Timeout, "test.timeout"_ba, u"no answer"_s);
    return future.result();
}

TestCatalogFaults::Outcome TestCatalogFaults::load(const ConnKeywords &keywords, bool pooled)
{
    SessionThread session({.keywords = keywords, .pooled = pooled});
    return outcomeOf(loadCatalog(session));
}

QStringList TestCatalogFaults::lines(const QAbstractItemModel &model, const QModelIndex &parent,
                                     int depth)
{
    QStringList all;
    for (int row = 0; row < model.rowCount(parent); ++row) {
        const QModelIndex index = model.index(row, 0, parent);
        all << QString(depth, u' ') + index.data().toString();
        all << lines(model, index, depth + 1);
    }
    return all;
}

void TestCatalogFaults::hostileNames()
{
    TestDatabase database;
    for (const HostileText &hostile : hostileTexts()) {
        const QByteArray id = quotedIdentifier(hostile.text).value();
        const QByteArray comment = quotedLiteral(hostile.text).value();
        // A table's name is a type's name too, so the column's type lies elsewhere.
        database.exec("CREATE SCHEMA " + id + "; CREATE TYPE public." + id
                      + " AS ENUM ('a');"
                        "CREATE TABLE "
                      + id + '.' + id + " (" + id + " public." + id + ", UNIQUE (" + id
                      + ")); COMMENT ON TABLE " + id + '.' + id + " IS " + comment);
    }
    const Outcome outcome = load(database.keywords());
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().text()));
    const Catalog &catalog = **outcome;
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(*outcome);
    for (const HostileText &hostile : hostileTexts()) {
        const QByteArray name = hostile.text.toUtf8();
        const RelationInfo *const table = catalog.relation(name, name);
        QVERIFY2(table, hostile.name);
        QCOMPARE(catalog.columnsOf(*table).front().name, name);
        QCOMPARE(catalog.comment(table->oid), name);
        // What is shown is what may be typed.
        QCOMPARE(catalog.resolve(catalog.displayName(*table)).value_or(core::Oid{}), table->oid);
        QCOMPARE(model
                     .match(model.index(0, 0), CatalogTreeModel::NameRole, hostile.text, 1,
                            Qt::MatchExactly | Qt::MatchCaseSensitive)
                     .size(),
                 1);
    }
    const QStringList shown = lines(model);
    QVERIFY(shown.size() >= qsizetype(hostileTexts().size()) * 4);
    for (const QString &line : shown) {
        for (const QChar letter : line)
            QVERIFY2(letter.category() != QChar::Other_Control, qPrintable(line));
    }
}

void TestCatalogFaults::namesThatAreNoText()
{
    TestDatabase database({.clauses = "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"});
    database.exec("SET client_encoding = 'SQL_ASCII'");
    database.exec("CREATE TABLE \"gr\xf6\xdf"
                  "e\" (\"\xe4\" int); COMMENT ON TABLE \"gr\xf6\xdf"
                  "e\" IS '\xff'; CREATE TABLE other (a int)");
    const Outcome outcome = load(database.keywords());
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().text()));
    const RelationInfo *const table = (*outcome)->relation("public", "gr\xf6\xdf"
                                                                     "e");
    QVERIFY(table);
    QCOMPARE((*outcome)->columnsOf(*table).front().name, "\xe4");
    QCOMPARE((*outcome)->resolve(QString::number(number(table->oid))).value_or(core::Oid{}),
             table->oid);
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(*outcome);
    QVERIFY(lines(model).contains(u"  gr\ufffd\ufffde"_s));
}

void TestCatalogFaults::noColumnsAndMostColumns()
{
    TestDatabase database;
    QByteArrayList columns;
    for (int column = 1; column <= 1600; ++column)
        columns.append("c" + QByteArray::number(column) + " int");
    database.exec("CREATE TABLE none (); CREATE TABLE most (" + columns.join(',') + ')');
    const Outcome outcome = load(database.keywords());
    QVERIFY(outcome);
    const RelationInfo *const none = (*outcome)->relation("public", "none");
    QVERIFY((*outcome)->columnsOf(*none).empty());
    const RelationInfo *const most = (*outcome)->relation("public", "most");
    QCOMPARE((*outcome)->columnsOf(*most).size(), 1600U);
    QCOMPARE((*outcome)->columnsOf(*most).back().name, "c1600");
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(*outcome);
    const QModelIndex tables = model.index(0, 0, model.index(0, 0));
    QCOMPARE(model.rowCount(model.index(0, 0, tables)), 1600);
    QVERIFY(!model.hasChildren(model.index(1, 0, tables)));
}

void TestCatalogFaults::pooledLoadsTheSame()
{
    TestDatabase database;
    database.exec("CREATE SCHEMA s; CREATE TABLE s.a (id int PRIMARY KEY, note text);"
                  "CREATE TABLE b (id int REFERENCES s.a, x numeric(9,2));"
                  "CREATE VIEW v AS SELECT * FROM b; CREATE INDEX b_x ON b (x);"
                  "INSERT INTO b (x) SELECT g FROM generate_series(1, 500) g; ANALYZE b");
    const TestPooler pooler(database, {.poolSize = 1});
    const Outcome direct = load(database.keywords());
    QVERIFY(direct);
    // Twice over one server connection: nothing of the first is in the way of the second.
    SessionThread session({.keywords = pooler.keywords(), .pooled = true});
    for (int turn = 0; turn < 2; ++turn) {
        const Outcome pooled = outcomeOf(loadCatalog(session));
        QVERIFY2(pooled, pooled ? "" : qPrintable(pooled.error().text()));
        QStringList trees[2];
        for (const bool second : {false, true}) {
            CatalogTreeModel model;
            model.setCatalog(second ? *pooled : *direct);
            trees[second ? 1 : 0] = lines(model);
        }
        QCOMPARE(trees[1], trees[0]);
        QVERIFY(trees[0].size() > 8);
        QCOMPARE((*pooled)->searchPath(), (*direct)->searchPath());
        QVERIFY((*pooled)->refused().isEmpty());
        const RelationInfo *const b = (*pooled)->relation("public", "b");
        QCOMPARE((*pooled)->estimatedRows(*b), std::optional(500.0));
        QCOMPARE((*pooled)->constraintsOf(*b).size(), 1U);
        QCOMPARE((*pooled)->indexesOf(*b).size(), 1U);
    }
}

void TestCatalogFaults::emptyDatabase()
{
    const TestDatabase database;
    const Outcome outcome = load(database.keywords());
    QVERIFY(outcome);
    QVERIFY((*outcome)->hasDetails());
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(*outcome);
    QStringList roots;
    for (int row = 0; row < model.rowCount(); ++row)
        roots << model.index(row, 0).data().toString();
    QCOMPARE(roots, (QStringList{u"public"_s, u"Extensions"_s, u"Roles"_s}));
    QVERIFY(!model.hasChildren(model.index(0, 0)));
    QCOMPARE((*outcome)->resolve(u"orders").error().id, "relation.missing"_ba);
}

void TestCatalogFaults::noSchemaAtAll()
{
    TestDatabase database;
    database.execSuper("DROP SCHEMA public");
    const Outcome outcome = load(database.keywords());
    QVERIFY(outcome);
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(*outcome);
    QCOMPARE(model.index(0, 0).data().toString(), u"Extensions"_s);
    QCOMPARE((*outcome)->searchPath(), QByteArrayList{"pg_catalog"});
}

void TestCatalogFaults::closedSchema()
{
    const TestDatabase database;
    database.execSuper("CREATE SCHEMA closed; CREATE TABLE closed.t (a int);"
                       "GRANT SELECT ON closed.t TO PUBLIC; CREATE TABLE secret (a int)");
    const Outcome outcome = load(database.keywords());
    QVERIFY(outcome);
    QVERIFY(!(*outcome)->schema("closed")->mayUse);
    QVERIFY((*outcome)->schema("public")->mayUse);
    QVERIFY(!(*outcome)->relation("public", "secret")->mayReadAll);
    CatalogTreeModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCatalog(*outcome);
    QVERIFY(model.index(0, 0).data(CatalogTreeModel::NoAccessRole).toBool());
    const QModelIndex secret = model.index(0, 0, model.index(0, 0, model.index(1, 0)));
    QCOMPARE(secret.data().toString(), u"secret"_s);
    QVERIFY(secret.data(CatalogTreeModel::NoAccessRole).toBool());
}

void TestCatalogFaults::closedDatabase()
{
    const TestDatabase database;
    // Its owner may always connect.
    database.execSuper("ALTER DATABASE " + database.name().toUtf8() + " OWNER TO "
                       + database.facts().superuser + "; REVOKE CONNECT ON DATABASE "
                       + database.name().toUtf8() + " FROM PUBLIC");
    const Outcome outcome = load(database.keywords());
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "permission.denied"_ba);
    QVERIFY2(!outcome.error().advice.isEmpty(), qPrintable(outcome.error().text()));
}

void TestCatalogFaults::databaseGone()
{
    auto database = std::make_unique<TestDatabase>();
    SessionThread session({.keywords = database->keywords()});
    const Outcome before = outcomeOf(loadCatalog(session));
    QVERIFY(before);
    database.reset();
    const Outcome after = outcomeOf(loadCatalog(session));
    QVERIFY(!after);
    QCOMPARE(after.error().id, "connection.databaseMissing"_ba);
    QVERIFY((*before)->schema("public")); // what was loaded stays good
}

void TestCatalogFaults::serverEndsTheConnection()
{
    TestDatabase database;
    database.exec("CREATE TABLE a (x int)");
    SessionThread session({.keywords = database.keywords()});
    // Holds the load where it can be met: nobody may read the catalog's table meanwhile.
    Connection other = database.connect(Role::Super);
    other.exec("BEGIN; LOCK TABLE pg_catalog.pg_constraint IN ACCESS EXCLUSIVE MODE");
    CatalogLoader loader(session);
    QSignalSpy loaded(&loader, &CatalogLoader::loaded);
    QSignalSpy failed(&loader, &CatalogLoader::failed);
    loader.load();
    const QByteArray waiting = "FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND "
                               "application_name = 'sluice' AND datname = current_database()";
    QTRY_COMPARE(database.value("SELECT count(*) " + waiting), "1"_ba);
    database.exec("SELECT pg_terminate_backend(pid) " + waiting);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.front().front().value<Error>().id, "connection.shuttingDown"_ba);
    QVERIFY(loaded.isEmpty());
    QVERIFY(!loader.isLoading());
    other.exec("ROLLBACK");
    loader.load();
    QTRY_COMPARE(loaded.size(), 1);
    QCOMPARE(failed.size(), 1);
}

void TestCatalogFaults::cutAnywhere()
{
    TestDatabase database;
    database.exec("CREATE TABLE a (x int)");
    FaultProxy proxy(database.facts().port);
    SessionThread session({.keywords = database.keywords(Role::Plain, proxy.port())});
    proxy.resetCounts();
    QVERIFY(outcomeOf(loadCatalog(session)));
    const qint64 whole = proxy.bytes(Direction::ToClient);
    for (int part = 1; part < 20; ++part) {
        QVERIFY(outcomeOf(loadCatalog(session))); // a connection that is alive
        proxy.setFaults(Direction::ToClient, {.cutAfter = whole * part / 25},
                        FaultProxy::Scope::Existing);
        const Outcome outcome = outcomeOf(loadCatalog(session));
        QVERIFY2(!outcome, "half an answer was taken for a whole one");
        QVERIFY(outcome.error().sessionLost);
        proxy.clearFaults();
    }
}

void TestCatalogFaults::newLoadReplacesTheOld()
{
    const TestDatabase database;
    SessionThread session({.keywords = database.keywords()});
    CatalogLoader loader(session);
    QSignalSpy loaded(&loader, &CatalogLoader::loaded);
    QSignalSpy failed(&loader, &CatalogLoader::failed);
    for (int turn = 0; turn < 5; ++turn)
        loader.load();
    QTRY_COMPARE(loaded.size(), 1);
    // All that was asked has been answered when a later request has.
    QVERIFY(outcomeOf(loadCatalog(session)));
    QCOMPARE(loaded.size(), 1);
    QVERIFY(failed.isEmpty());
}

void TestCatalogFaults::cancelIsAnOutcome()
{
    const TestDatabase database;
    SessionThread session({.keywords = database.keywords()});
    CatalogLoader loader(session);
    QSignalSpy loaded(&loader, &CatalogLoader::loaded);
    QSignalSpy failed(&loader, &CatalogLoader::failed);
    loader.load();
    loader.cancel();
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.front().front().value<Error>().kind, ErrorKind::Cancelled);
    QVERIFY(loaded.isEmpty());
    QVERIFY(outcomeOf(loadCatalog(session)));
}

void TestCatalogFaults::deletionSaysNothing()
{
    const TestDatabase database;
    SessionThread session({.keywords = database.keywords()});
    int heard = 0;
    {
        CatalogLoader loader(session);
        for (const auto signal : {&CatalogLoader::namesLoaded, &CatalogLoader::loaded})
            connect(&loader, signal, this, [&heard] { ++heard; });
        connect(&loader, &CatalogLoader::failed, this, [&heard] { ++heard; });
        loader.load();
    }
    QVERIFY(outcomeOf(loadCatalog(session)));
    QCOMPARE(heard, 0);
}

void TestCatalogFaults::oneRelation()
{
    TestDatabase database;
    database.exec("CREATE TABLE a (x int PRIMARY KEY, y text); CREATE TABLE b (z int)");
    SessionThread session({.keywords = database.keywords()});
    const core::Oid a{database.value("SELECT 'a'::regclass::oid").toUInt()};
    const auto one = [&](core::Oid oid, const QByteArray &name) {
        return outcomeOf(loadRelationCatalog(session, oid, "public"_ba, name)).value_or(nullptr);
    };
    const CatalogPtr found = one(a, "a"_ba);
    QCOMPARE(found->relations().size(), 1U);
    QCOMPARE(found->columnsOf(found->relations().front()).size(), 2U);
    QVERIFY(found->primaryKeyOf(found->relations().front()));
    database.exec("ALTER TABLE a RENAME TO renamed");
    QCOMPARE(one(a, "a"_ba)->relations().front().name, "renamed");
    database.exec("DROP TABLE renamed; CREATE TABLE a (q int)");
    const CatalogPtr other = one(a, "a"_ba);
    QVERIFY(other->relations().front().oid != a);
    QCOMPARE(other->columnsOf(other->relations().front()).front().name, "q");
    database.exec("DROP TABLE a");
    QVERIFY(one(a, "a"_ba)->relations().empty());
}

QTEST_GUILESS_MAIN(TestCatalogFaults)
#include "tst_catalogfaults.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Failures that a pooler makes, with a real PgBouncer, and what the doctor says of each.
#include "core/connect/routing.h"
#include "core/pq/pgerror.h"
#include "symptoms.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testpooler.h"

using namespace Qt::StringLiterals;
using core::EndpointRole;
using test::Role;

class TestPoolerSymptoms : public QObject
{
    Q_OBJECT

private slots:
    void preparedStatementMissing();
    void preparedStatementExists();
    void startupParameter_data();
    void startupParameter();
    void noSuchDatabase();
    void configError();
    void poolExhausted();
    void tooManyClients();
    void saysWhichPooler();
    void statementMode();
    void serverEnded();
    void serverDown();
    void idleTransaction();
    void ownRefusal();
};

void TestPoolerSymptoms::preparedStatementMissing()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.maxPreparedStatements = 0, .poolSize = 2});
    test::Connection application = pooler.connect();
    application.exec("PREPARE s12 AS SELECT 1"_ba);
    // Somebody else takes the server connection that holds it.
    test::Connection other = pooler.connect();
    other.exec("BEGIN"_ba);
    const auto outcome = application.tryExec("EXECUTE s12"_ba);
    QVERIFY(!outcome);

    const core::Endpoint endpoint = test::endpointOf(
        u"postgres://app@127.0.0.1:%1/shop"_s.arg(pooler.port()), EndpointRole::Pooled);
    const core::Explanation told = test::explained(outcome.error(), endpoint);
    QCOMPARE(told.id, "pooler.preparedMissing"_ba);
    QCOMPARE(told.title, u"Prepared statement “s12” does not exist"_s);
    const QString url = u"DATABASE_URL=postgresql://app@127.0.0.1:%1/shop"_s.arg(pooler.port());
    QCOMPARE(told.fixes[0].before, url);
    QCOMPARE(told.fixes[0].text, url + u"?pgbouncer=true"_s);
    const core::AddressParameter change{endpoint.source, u"pgbouncer"_s, u"true"_s};
    QCOMPARE(told.fixes[0].change, change);
    core::Endpoint elsewhere = endpoint;
    elsewhere.source.file = u"schema.prisma"_s;
    QVERIFY(!test::explained(outcome.error(), elsewhere).fixes[0].change);
    QCOMPARE(told.fixes[1].text, u"max_prepared_statements = 200"_s);
}

void TestPoolerSymptoms::preparedStatementExists()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.maxPreparedStatements = 0, .poolSize = 1});
    pooler.connect().exec("PREPARE s1 AS SELECT 1"_ba);
    const auto outcome = pooler.connect().tryExec("PREPARE s1 AS SELECT 1"_ba);
    QVERIFY(!outcome);
    const core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    const core::Explanation told = test::explained(outcome.error(), endpoint);
    QCOMPARE(told.id, "pooler.preparedExists"_ba);
    QVERIFY(told.fixes[0].before.isEmpty()); // the URL says pgbouncer=true already
    QCOMPARE(told.fixes[1].text, u"max_prepared_statements = 200"_s);
}

void TestPoolerSymptoms::startupParameter_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("named");
    QTest::newRow("timeout") << "-c statement_timeout=5s"_ba << u"statement_timeout"_s;
    QTest::newRow("search path") << "-c search_path=app"_ba << u"search_path"_s;
}

void TestPoolerSymptoms::startupParameter()
{
    QFETCH(QByteArray, options);
    QFETCH(QString, named);
    test::TestDatabase database;
    test::TestPooler pooler(database);
    core::ConnKeywords keywords = pooler.keywords();
    keywords["options"_ba] = options;
    const auto connection = test::Connection::tryConnect(keywords);
    QVERIFY(!connection);
    const core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    const core::Explanation told = test::explained(connection.error(), endpoint);
    QCOMPARE(told.id, "pooler.startupParameter"_ba);
    QVERIFY2(told.title.contains(u"“%1”"_s.arg(named)), qPrintable(told.title));
    QVERIFY(told.fixes[1].text.contains(u" SET %1 = "_s.arg(named)));
    QCOMPARE(told.fixes[2].text, u"ignore_startup_parameters = options"_s);
}

void TestPoolerSymptoms::noSuchDatabase()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    endpoint.info.keywords["dbname"_ba] = "nowhere"_ba;
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "pooler.noDatabase"_ba);
    QVERIFY(told.fixes.back().text.startsWith(u"nowhere = "_s));
}

void TestPoolerSymptoms::configError()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.settings = {"auth_user = " + database.facts().superuser,
                                                    "auth_query = SELECT usename, passwd FROM "
                                                    "public.user_lookup($1)"_ba}});
    core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    endpoint.info.keywords["user"_ba] = "of_the_application"_ba; // not in the pooler's own list
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "pooler.configError"_ba);
    QVERIFY(test::pasteable(told).contains(u"GRANT EXECUTE ON FUNCTION"_s));
}

void TestPoolerSymptoms::poolExhausted()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.poolSize = 1, .settings = {"query_wait_timeout = 1"_ba}});
    test::Connection holder = pooler.connect();
    holder.exec("BEGIN"_ba);
    test::Connection waiter = pooler.connect();
    const auto outcome = waiter.tryExec("SELECT 1"_ba);
    QVERIFY(!outcome);
    core::Database both;
    both.pooled = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    both.direct = test::endpointOf(database.url());
    core::Failure failure;
    failure.error = outcome.error();
    failure.database = &both;
    failure.endpoint = &*both.pooled;
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "pooler.exhausted"_ba);
    QCOMPARE(told.fixes.front().action, "database.activity"_ba);
    QVERIFY(told.fixes.back().sentence.contains(u".env.local:3"_s));
}

void TestPoolerSymptoms::tooManyClients()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.maxClients = 1});
    test::Connection first = pooler.connect();
    const core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "pooler.tooManyClients"_ba);
    QVERIFY(test::pasteable(told).contains(u"max_client_conn"_s));
}

/// What can be set in pgbouncer.ini is no advice for a platform's pooler.
void TestPoolerSymptoms::saysWhichPooler()
{
    const core::Endpoint endpoint =
        test::endpointOf(u"postgres://app@127.0.0.1:6432/shop"_s, EndpointRole::Pooled);
    core::Failure failure;
    failure.error.server = core::ServerReport{
        .sqlState = "26000", .message = u"prepared statement \"s1\" does not exist"_s};
    failure.endpoint = &endpoint;
    QVERIFY(test::explained(failure).why.startsWith("A pooler hands"_L1));
    QVERIFY(test::pasteable(test::explained(failure)).contains("max_prepared_statements"_L1));
    failure.pooler = core::PoolerFinding{.kind = core::PoolerKind::RdsProxy,
                                         .mode = core::PoolMode::Transaction};
    const core::Explanation told = test::explained(failure);
    QVERIFY2(told.why.startsWith("RDS Proxy in transaction mode hands"_L1), qPrintable(told.why));
    QVERIFY(!test::pasteable(told).contains("max_prepared_statements"_L1));
}

void TestPoolerSymptoms::statementMode()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.poolMode = "statement"});
    const auto outcome = pooler.connect().tryExec("BEGIN"_ba);
    QVERIFY(!outcome);
    const core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    const core::Explanation told = test::explained(outcome.error(), endpoint);
    QCOMPARE(told.id, "pooler.statementMode"_ba);
    QCOMPARE(told.fixes.front().text, u"pool_mode = transaction"_s);
}

void TestPoolerSymptoms::serverEnded()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    test::Connection application = pooler.connect();
    application.exec("BEGIN"_ba);
    const QByteArray pid = application.value("SELECT pg_backend_pid()"_ba);
    QCOMPARE(database.valueSuper("SELECT pg_terminate_backend(" + pid + ", 30000)"), "t"_ba);
    const auto outcome = application.tryExec("SELECT 1"_ba);
    QVERIFY(!outcome);
    const core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    // A blocking client hears the server's last words and the pooler's together; the last ones
    // count.
    QCOMPARE(test::explained(outcome.error(), endpoint).id, "pooler.serverGone"_ba);
    // A session takes the first ones (tst_sessionpooled).
    const core::ServerReport said{.sqlState = "57P01"_ba, .severity = u"FATAL"_s};
    QCOMPARE(test::explained(core::serverError(said, {}), endpoint).id, "session.ended"_ba);
}

void TestPoolerSymptoms::serverDown()
{
    test::PrivateCluster own;
    const test::TestDatabase database({.facts = &own.facts()});
    test::TestPooler pooler(
        database, {.settings = {"server_login_retry = 1"_ba, "client_login_timeout = 2"_ba}});
    own.shutDown();
    const core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    const core::Explanation told = test::explainedConnecting(endpoint);
    own.start(); // the database is dropped at the end
    QCOMPARE(told.id, "pooler.serverGone"_ba);
    QVERIFY(told.title.contains(u"behind"_s));
}

void TestPoolerSymptoms::idleTransaction()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.settings = {"idle_transaction_timeout = 1"_ba}});
    test::Connection application = pooler.connect();
    application.exec("BEGIN"_ba);
    // Until the pooler has given the client up.
    QTRY_COMPARE_WITH_TIMEOUT(pooler.pool("cl_active"_ba), 0, 30'000);
    const auto outcome = application.tryExec("SELECT 1"_ba);
    QVERIFY(!outcome);
    const core::Endpoint endpoint = test::endpointOf(pooler.url(), EndpointRole::Pooled);
    QCOMPARE(test::explained(outcome.error(), endpoint).id, "pooler.limitReached"_ba);
}

void TestPoolerSymptoms::ownRefusal()
{
    core::Database pooledOnly;
    pooledOnly.name = u"main"_s;
    pooledOnly.pooled =
        test::endpointOf(u"postgres://app@ep-x-pooler.eu.aws.neon.tech/shop?sslmode=require"_s,
                         EndpointRole::Pooled);
    const auto route = core::route(pooledOnly, core::Purpose::Migrate);
    QVERIFY(!route);
    core::Failure failure;
    failure.error = route.error();
    failure.database = &pooledOnly;
    failure.endpoint = &*pooledOnly.pooled;
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "pooler.needsDirect"_ba);
    QVERIFY(told.fixes.front().text.startsWith(u"DIRECT_URL=postgresql://app@ep-x.eu.aws"_s));
}

QTEST_GUILESS_MAIN(TestPoolerSymptoms)
#include "tst_poolersymptoms.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Statements that a real server refuses, and what the doctor says of each.
#include "core/catalog/loader.h"
#include "core/doctor/definitions.h"
#include "core/pq/pgerror.h"
#include "core/session/collect.h"
#include "core/session/sessionthread.h"
#include "symptoms.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testdatabase.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using test::Role;

namespace {

core::CatalogPtr catalogOf(const test::TestDatabase &database)
{
    core::SessionConfig config;
    config.keywords = database.keywords();
    core::SessionThread session(config);
    QFuture<core::Result<core::CatalogPtr>> loading = core::loadCatalog(session);
    if (!QTest::qWaitFor([&] { return loading.isFinished(); }, 30'000) || !loading.result())
        return nullptr;
    return *loading.result();
}

core::Error errorOf(test::Connection connection, const QByteArray &sql)
{
    const auto outcome = connection.tryExec(sql);
    return outcome ? core::Error{.id = "it ran"_ba} : outcome.error();
}

/// With the catalog of where it failed, and nothing else.
core::Failure failed(const test::TestDatabase &database, const QByteArray &sql)
{
    core::Failure failure;
    failure.error = errorOf(database.connect(Role::Plain), sql);
    failure.catalog = catalogOf(database);
    return failure;
}

} // namespace

class TestStatementSymptoms : public QObject
{
    Q_OBJECT

private slots:
    void relationInAnotherSchema();
    void relationWithCapitals();
    void relationInAnotherDatabase();
    void relationNotMigrated();
    void relationAlike();
    void relationNowhere();
    void column();
    void plain_data();
    void plain();
    void permission();
    void planOfAnotherSchema();
    void types();
    void lockNotFree();
    void deadlock();
    void idleTransaction();
    void longTransaction();
    void idleSession();
    void endedByAnAdministrator();
    void crash();
    void readOnlyFrame();
    void readOnlyRole();
    void unknownErrorsStayAsTheyAre();
};

void TestStatementSymptoms::relationInAnotherSchema()
{
    test::TestDatabase database;
    database.exec("CREATE SCHEMA billing; CREATE TABLE billing.invoices (id int)");
    const core::Endpoint endpoint = test::endpointOf(database.url());
    core::Failure failure = failed(database, "SELECT * FROM invoices"_ba);
    failure.endpoint = &endpoint;
    QVERIFY(failure.catalog);
    failure.statementPlace = u"Line 3, column 8"_s;
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "schema.otherSchema"_ba);
    QCOMPARE(told.fixes.front().text, u"billing.invoices"_s);
    QCOMPARE(told.where, u"Line 3, column 8"_s);
    QVERIFY(told.fixes.back().text.contains(u"search_path = billing, public"_s));
}

void TestStatementSymptoms::relationWithCapitals()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE \"User\" (id int)");
    const core::Failure failure = failed(database, "SELECT * FROM public.User"_ba);
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "schema.capitals"_ba);
    QCOMPARE(told.fixes.front().text, u"public.\"User\""_s);
}

void TestStatementSymptoms::relationInAnotherDatabase()
{
    test::TestDatabase main;
    test::TestDatabase auth;
    auth.exec("CREATE TABLE accounts (id int)");
    core::Failure failure = failed(main, "SELECT * FROM accounts"_ba);
    failure.others = {{u"auth"_s, catalogOf(auth)}};
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "schema.otherDatabase"_ba);
    QVERIFY(told.why.contains(u"“auth”"_s));
}

void TestStatementSymptoms::relationNotMigrated()
{
    QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"db/migrations"_s));
    const auto write = [&folder](const QString &name, const QByteArray &text) {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(u"db/migrations/0001.sql"_s, "create table other (id int);\n"_ba));
    QVERIFY(write(u"db/migrations/0002.sql"_s,
                  "-- next\nCREATE TABLE IF NOT EXISTS \"public\".\"shipments\" (id int);\n"
                  "alter table other add column weight int;\n"_ba));
    const QStringList files = {u"db/migrations/0001.sql"_s, u"db/migrations/0002.sql"_s,
                               u"../outside.sql"_s};

    test::TestDatabase database;
    database.exec("CREATE TABLE other (id int)");
    const core::Endpoint endpoint = test::endpointOf(database.url());
    core::Failure failure = failed(database, "SELECT * FROM shipments"_ba);
    failure.endpoint = &endpoint;
    QCOMPARE(core::missingName(failure.error), u"shipments"_s);
    failure.definitions = core::findDefinitions(folder.path(), files, u"shipments"_s);
    QCOMPARE(failure.definitions.size(), 1u);
    core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "schema.notMigrated"_ba);
    QVERIFY(told.why.contains(u"db/migrations/0002.sql:2"_s));

    failure.error = errorOf(database.connect(Role::Plain), "SELECT o.weight FROM other o"_ba);
    QCOMPARE(core::missingName(failure.error), u"weight"_s);
    failure.definitions = core::findDefinitions(folder.path(), files, u"weight"_s);
    told = test::explained(failure);
    QCOMPARE(told.id, "schema.notMigrated"_ba);
    QVERIFY(told.why.contains(u"0002.sql:3"_s));
    QVERIFY(core::findDefinitions(folder.path(), files, u"ship"_s).empty());
}

void TestStatementSymptoms::relationAlike()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE organisations (id int)");
    const core::Failure failure = failed(database, "SELECT * FROM organistaions"_ba);
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "schema.alike"_ba);
    QCOMPARE(told.fixes.front().text, u"public.organisations"_s);
}

void TestStatementSymptoms::relationNowhere()
{
    test::TestDatabase database;
    core::Failure failure = failed(database, "SELECT * FROM app.users"_ba);
    failure.projectDatabases = {u"main"_s, u"auth"_s};
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "schema.relationMissing"_ba);
    QVERIFY(told.title.contains(u"“app.users”"_s));
    QVERIFY(told.why.contains(u"no tables at all"_s));
    QVERIFY(told.fixes.back().sentence.contains(u"auth"_s));
}

void TestStatementSymptoms::column()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (organisation_id int)");
    const core::Failure failure = failed(database, "SELECT organisaton_id FROM invoices"_ba);
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "schema.columnMissing"_ba);
    QVERIFY(test::words(told).contains(u"invoices.organisation_id"_s));
}

void TestStatementSymptoms::plain_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("text"); // to paste; empty = none
    QTest::newRow("table exists") << "CREATE TABLE t (); CREATE TABLE t ()"_ba
                                  << "schema.existsAlready"_ba << QString();
    QTest::newRow("column exists") << "CREATE TABLE t (a int); ALTER TABLE t ADD a int"_ba
                                   << "schema.existsAlready"_ba << QString();
    QTest::newRow("type exists") << "CREATE TYPE e AS ENUM (); CREATE TYPE e AS ENUM ()"_ba
                                 << "schema.existsAlready"_ba << QString();
    QTest::newRow("schema is missing")
        << "CREATE TABLE billing.t ()"_ba
        << "schema.schemaMissing"_ba << u"CREATE SCHEMA \"billing\";"_s;
    QTest::newRow("function of an extension")
        << "SELECT uuid_generate_v4()"_ba << "schema.extensionMissing"_ba
        << u"CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\";"_s;
    QTest::newRow("type of an extension")
        << "CREATE TABLE t (v vector)"_ba << "schema.extensionMissing"_ba
        << u"CREATE EXTENSION IF NOT EXISTS \"vector\";"_s;
    QTest::newRow("statement timeout") << "SET statement_timeout = 1; SELECT pg_sleep(60)"_ba
                                       << "session.statementTimeout"_ba << u"sluicectl activity"_s;
    QTest::newRow("temporary files")
        << "SET work_mem = 64; SELECT count(*) FROM (SELECT n FROM generate_series(1, 300000) n "
           "ORDER BY n DESC OFFSET 1) s"_ba
        << "session.diskFull"_ba << QString();
    QTest::newRow("read only") << "BEGIN READ ONLY; CREATE TABLE t ()"_ba << "session.readOnly"_ba
                               << u"SET TRANSACTION READ ONLY;"_s;
}

void TestStatementSymptoms::plain()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, id);
    QFETCH(QString, text);
    test::TestDatabase database;
    database.execSuper("ALTER DATABASE " + database.name().toUtf8() + " SET temp_file_limit = 64");
    const core::Endpoint endpoint = test::endpointOf(database.url());
    const core::Explanation told =
        test::explained(errorOf(database.connect(Role::Plain), sql), endpoint);
    QCOMPARE(told.id, id);
    QVERIFY(!told.fixes.empty());
    QVERIFY2(test::pasteable(told).contains(text), qPrintable(test::pasteable(told)));
}

void TestStatementSymptoms::permission()
{
    test::TestDatabase database;
    database.execSuper("CREATE SCHEMA hr; CREATE TABLE hr.pay (id int); CREATE TABLE public.sums "
                       "(id int); CREATE SEQUENCE public.numbers");
    const core::Endpoint endpoint = test::endpointOf(database.url());
    const auto told = [&](const QByteArray &sql) {
        return test::explained(errorOf(database.connect(Role::Plain), sql), endpoint);
    };
    const QString role = u"\"%1\""_s.arg(endpoint.info.user());
    QCOMPARE(told("SELECT * FROM hr.pay").id, "schema.permissionDenied"_ba);
    QCOMPARE(told("SELECT * FROM hr.pay").fixes.front().text,
             u"GRANT USAGE ON SCHEMA \"hr\" TO %1;"_s.arg(role));
    QCOMPARE(told("SELECT * FROM sums").fixes.front().text,
             u"GRANT SELECT ON \"sums\" TO %1;"_s.arg(role));
    QCOMPARE(told("SELECT nextval('numbers')").fixes.front().text,
             u"GRANT USAGE ON SEQUENCE \"numbers\" TO %1;"_s.arg(role));
}

void TestStatementSymptoms::planOfAnotherSchema()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE t (a int); PREPARE p AS SELECT * FROM t; EXECUTE p; "
                  "ALTER TABLE t ADD b int");
    test::Connection connection = database.connect();
    connection.exec("PREPARE p AS SELECT * FROM t; EXECUTE p");
    database.exec("ALTER TABLE t ADD c int");
    const auto outcome = connection.tryExec("EXECUTE p"_ba);
    QVERIFY(!outcome);
    const core::Endpoint endpoint = test::endpointOf(database.url());
    QCOMPARE(test::explained(outcome.error(), endpoint).id, "schema.planChanged"_ba);
}

void TestStatementSymptoms::types()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE t (id int, at date)");
    const core::Endpoint endpoint = test::endpointOf(database.url());
    for (const char *sql :
         {"SELECT * FROM t WHERE id = 'x'::text", "INSERT INTO t (at) VALUES (5)"}) {
        const core::Explanation told =
            test::explained(errorOf(database.connect(Role::Plain), sql), endpoint);
        QCOMPARE(told.id, "schema.mismatch"_ba);
    }
}

void TestStatementSymptoms::lockNotFree()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE t (id int)");
    database.exec("BEGIN; LOCK TABLE t");
    const core::Endpoint endpoint = test::endpointOf(database.url());
    const core::Explanation told = test::explained(
        errorOf(database.connect(), "SET lock_timeout = 1; SELECT * FROM t"_ba), endpoint);
    QCOMPARE(told.id, "session.lockTimeout"_ba);
    QCOMPARE(told.fixes.front().action, "database.activity"_ba);
}

void TestStatementSymptoms::deadlock()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE a (); CREATE TABLE b ()");
    test::Connection one = database.connect();
    test::Connection two = database.connect();
    one.exec("BEGIN; LOCK TABLE a"_ba);
    two.exec("BEGIN; LOCK TABLE b"_ba);
    QCOMPARE(PQsendQuery(one.handle(), "LOCK TABLE b"), 1);
    const QByteArray pid = QByteArray::number(PQbackendPID(one.handle()));
    QTRY_COMPARE(
        database.valueSuper("SELECT wait_event_type FROM pg_stat_activity WHERE pid = " + pid),
        "Lock"_ba);
    // The second closes the circle; either of them may be the one that the server ends.
    core::Error error;
    if (const auto outcome = two.tryExec("LOCK TABLE a"_ba); !outcome) {
        error = outcome.error();
    } else {
        const core::PgResultHandle result(PQgetResult(one.handle()));
        error = core::resultError(result.get(), one.handle(), {});
    }
    core::Failure failure;
    failure.error = error;
    QCOMPARE(test::explained(failure).id, "session.deadlock"_ba);
}

void TestStatementSymptoms::idleTransaction()
{
    test::TestDatabase database;
    test::Connection connection = database.connect();
    const QByteArray pid = QByteArray::number(connection.backendPid());
    connection.exec("SET idle_in_transaction_session_timeout = 1; BEGIN"_ba);
    QTRY_COMPARE_WITH_TIMEOUT(
        database.valueSuper("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid), "0"_ba,
        30'000);
    const auto outcome = connection.tryExec("SELECT 1"_ba);
    QVERIFY(!outcome);
    const core::Endpoint endpoint = test::endpointOf(database.url());
    QCOMPARE(test::explained(outcome.error(), endpoint).id, "session.idleTransaction"_ba);
}

void TestStatementSymptoms::longTransaction()
{
    test::TestDatabase database;
    test::Connection connection = database.connect();
    connection.exec("SET transaction_timeout = 100"_ba);
    const auto outcome = connection.tryExec("SELECT pg_sleep(60)"_ba);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().server->sqlState, "25P04"_ba);
    const core::Endpoint endpoint = test::endpointOf(database.url());
    const core::Explanation told = test::explained(outcome.error(), endpoint);
    QCOMPARE(told.id, "session.idleTransaction"_ba);
    QVERIFY2(told.title.contains(u"took too long"_s), qPrintable(told.title));
}

void TestStatementSymptoms::idleSession()
{
    test::TestDatabase database;
    test::Connection connection = database.connect();
    const QByteArray pid = QByteArray::number(connection.backendPid());
    connection.exec("SET idle_session_timeout = 1"_ba);
    QTRY_COMPARE_WITH_TIMEOUT(
        database.valueSuper("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid), "0"_ba,
        30'000);
    const auto outcome = connection.tryExec("SELECT 1"_ba);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().server->sqlState, "57P05"_ba);
    const core::Endpoint endpoint = test::endpointOf(database.url());
    QCOMPARE(test::explained(outcome.error(), endpoint).id, "session.idle"_ba);
}

void TestStatementSymptoms::endedByAnAdministrator()
{
    test::TestDatabase database;
    test::Connection connection = database.connect();
    const QByteArray pid = QByteArray::number(connection.backendPid());
    QCOMPARE(database.valueSuper("SELECT pg_terminate_backend(" + pid + ", 30000)"), "t"_ba);
    const auto outcome = connection.tryExec("SELECT 1"_ba);
    QVERIFY(!outcome);
    const core::Endpoint endpoint = test::endpointOf(database.url());
    QCOMPARE(test::explained(outcome.error(), endpoint).id, "session.ended"_ba);
}

void TestStatementSymptoms::crash()
{
    test::PrivateCluster own;
    test::Connection connection(test::socketKeywords(own.facts(), u"postgres"_s, Role::Super));
    own.crash();
    const auto lost = connection.tryExec("SELECT 1"_ba);
    QVERIFY(!lost);
    core::Failure failure;
    failure.error = lost.error();
    QCOMPARE(test::explained(failure).id, "session.closed"_ba);
}

void TestStatementSymptoms::readOnlyFrame()
{
    test::TestDatabase database;
    core::SessionConfig config;
    config.keywords = database.keywords();
    core::SessionThread session(config);
    core::RequestSpec spec;
    spec.frame = core::Frame::Guarded;
    spec.statements = {{"CREATE TABLE t ()"_ba}};
    const auto running = core::collect(session, spec);
    QTRY_VERIFY_WITH_TIMEOUT(running.isFinished(), 30'000);
    core::Failure failure;
    failure.error = running.result().error();
    failure.ownFrame = true;
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "session.readOnly"_ba);
    QVERIFY(told.fixes.front().sentence.contains(u"writing"_s));
}

void TestStatementSymptoms::readOnlyRole()
{
    test::TestDatabase database;
    database.execSuper("ALTER DATABASE " + database.name().toUtf8()
                       + " SET default_transaction_read_only = on");
    core::Failure failure;
    failure.error = errorOf(database.connect(), "CREATE TABLE t ()"_ba);
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "session.readOnly"_ba);
    QVERIFY(told.why.contains(u"pooler"_s));
}

void TestStatementSymptoms::unknownErrorsStayAsTheyAre()
{
    test::TestDatabase database;
    core::Failure failure;
    failure.error = errorOf(database.connect(), "SELECT 1 / 0"_ba);
    QVERIFY(!core::explain(failure));
    failure.error.kind = core::ErrorKind::Cancelled;
    failure.error.id = "connection.refused"_ba;
    QVERIFY(!core::explain(failure));
}

QTEST_GUILESS_MAIN(TestStatementSymptoms)
#include "tst_statementsymptoms.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/connsecurity.h"
#include "core/pq/pgerror.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QFile>
#include <QTest>

using namespace Qt::StringLiterals;
using core::ErrorKind;
using test::Role;

namespace {

core::Error connectFailure(const core::ConnKeywords &keywords)
{
    const auto connection = test::Connection::tryConnect(keywords);
    return connection ? core::Error{.id = "it connected"_ba} : connection.error();
}

} // namespace

class TestPgError : public QObject
{
    Q_OBJECT

private slots:
    void everyFieldArrives();
    void statements_data();
    void statements();
    void states_data();
    void states();
    void connecting_data();
    void connecting();
    void tooManyConnections();
    void endedByAnAdministrator();
    void shuttingDown();
    void clearTextPasswordIsNotGiven();
    void notAdmitted();
    void poolerIsBusy();
    void poolerRefusesTheParameter();
    void secretsStayOut();
    void placeNamesTheServer();
    void ownErrors();
};

void TestPgError::everyFieldArrives()
{
    test::TestDatabase database;
    auto connection = database.connect();
    const core::PgResultHandle result(PQexec(
        connection.handle(),
        "DO $$ BEGIN EXECUTE 'SELECT 1'; RAISE EXCEPTION USING ERRCODE = '23514', MESSAGE = 'm', "
        "DETAIL = 'd', HINT = 'h', SCHEMA = 's', TABLE = 't', COLUMN = 'c', DATATYPE = 'y', "
        "CONSTRAINT = 'k'; END $$"));
    const core::Error error = core::resultError(result.get(), connection.handle(), u"here"_s);
    QCOMPARE(error.kind, ErrorKind::Server);
    QCOMPARE(error.id, "server.23514"_ba);
    QCOMPARE(error.message, u"m"_s);
    QCOMPARE(error.place, u"here"_s);
    QCOMPARE(error.advice, u"h"_s);
    QVERIFY(!error.sessionLost);
    QVERIFY(error.server);
    QCOMPARE(error.server->severity, u"ERROR"_s);
    QCOMPARE(error.server->sqlState, "23514"_ba);
    QCOMPARE(error.server->detail, u"d"_s);
    QCOMPARE(error.server->hint, u"h"_s);
    QCOMPARE(error.server->schema, u"s"_s);
    QCOMPARE(error.server->table, u"t"_s);
    QCOMPARE(error.server->column, u"c"_s);
    QCOMPARE(error.server->dataType, u"y"_s);
    QCOMPARE(error.server->constraint, u"k"_s);
    QVERIFY(error.server->context.contains(u"PL/pgSQL"_s));
    QVERIFY(error.server->source.contains(u"pl_exec.c:"_s));

    const core::PgResultHandle inner(
        PQexec(connection.handle(), "DO $$ BEGIN EXECUTE 'SELECT x +'; END $$"));
    const core::ServerReport report = core::serverReport(inner.get());
    QCOMPARE(report.internalQuery, u"SELECT x +"_s);
    QCOMPARE(report.internalPosition, 11);
    QCOMPARE(report.position, 0);
}

void TestPgError::statements_data()
{
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("position");
    QTest::newRow("syntax") << "SELEC 1"_ba << "sql.syntax"_ba << 1;
    QTest::newRow("position counts characters")
        << "SELECT 'é', nope"_ba << "column.missing"_ba << 13;
    QTest::newRow("relation") << "SELECT * FROM nowhere"_ba << "relation.missing"_ba << 15;
    QTest::newRow("schema") << "CREATE TABLE nowhere.t ()"_ba << "schema.missing"_ba << 14;
    QTest::newRow("function") << "SELECT nope()"_ba << "function.missing"_ba << 8;
    QTest::newRow("permission") << "SELECT * FROM pg_authid"_ba << "permission.denied"_ba << 0;
    QTest::newRow("read only") << "BEGIN READ ONLY; CREATE TABLE t ()"_ba
                               << "transaction.readOnly"_ba << 0;
    QTest::newRow("division") << "SELECT 1 / 0"_ba << "server.22012"_ba << 0;
    QTest::newRow("limit") << "SET statement_timeout = 1; SELECT pg_sleep(60)"_ba
                           << "server.57014"_ba << 0;
}

void TestPgError::statements()
{
    QFETCH(QByteArray, sql);
    QFETCH(QByteArray, id);
    QFETCH(int, position);
    test::TestDatabase database;
    const auto outcome = database.connect().tryExec(sql);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, id);
    QCOMPARE(outcome.error().position, position);
    QCOMPARE(outcome.error().kind, ErrorKind::Server);
    QVERIFY(!outcome.error().sessionLost);
}

void TestPgError::states_data()
{
    QTest::addColumn<QByteArray>("state");
    QTest::addColumn<QString>("severity");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("lost");
    const auto row = [](const char *state, const char16_t *severity, ErrorKind kind, const char *id,
                        bool lost) {
        QTest::addRow("%s %s", state, qPrintable(QString(severity)))
            << QByteArray(state) << QString(severity) << kind << QByteArray(id) << lost;
    };
    row("08006", u"ERROR", ErrorKind::Connection, "server.08006", true);
    row("08P01", u"FATAL", ErrorKind::Connection, "server.08P01", true);
    row("28000", u"FATAL", ErrorKind::Authentication, "auth.refused", true);
    row("28P01", u"FATAL", ErrorKind::Authentication, "auth.password", true);
    row("28ABC", u"FATAL", ErrorKind::Authentication, "auth.refused", true);
    row("3D000", u"FATAL", ErrorKind::Connection, "connection.databaseMissing", true);
    row("3D000", u"ERROR", ErrorKind::Connection, "connection.databaseMissing", false);
    row("53300", u"FATAL", ErrorKind::Connection, "connection.tooMany", true);
    row("57014", u"ERROR", ErrorKind::Server, "server.57014", false);
    row("57P01", u"FATAL", ErrorKind::Connection, "connection.shuttingDown", true);
    row("57P02", u"WARNING", ErrorKind::Connection, "connection.shuttingDown", true);
    row("57P03", u"FATAL", ErrorKind::Connection, "connection.notReady", true);
    row("57P04", u"FATAL", ErrorKind::Connection, "connection.databaseDropped", true);
    row("57P05", u"FATAL", ErrorKind::Connection, "connection.idleClosed", true);
    row("25P03", u"FATAL", ErrorKind::Connection, "connection.idleClosed", true);
    row("25P04", u"FATAL", ErrorKind::Timeout, "server.25P04", true);
    row("25P02", u"ERROR", ErrorKind::Server, "server.25P02", false);
    row("XX000", u"PANIC", ErrorKind::Server, "server.XX000", true);
    row("53100", u"ERROR", ErrorKind::Server, "server.diskFull", false);
    row("53200", u"ERROR", ErrorKind::Server, "server.outOfMemory", false);
    row("55P03", u"ERROR", ErrorKind::Server, "lock.notAvailable", false);
    row("", u"ERROR", ErrorKind::Server, "server.unknown", false);
}

void TestPgError::states()
{
    QFETCH(QByteArray, state);
    QFETCH(QString, severity);
    QFETCH(ErrorKind, kind);
    QFETCH(QByteArray, id);
    QFETCH(bool, lost);
    const core::Error error = core::serverError(
        core::ServerReport{.sqlState = state, .severity = severity, .message = u"said"_s}, u"p"_s);
    QCOMPARE(error.kind, kind);
    QCOMPARE(error.id, id);
    QCOMPARE(error.sessionLost, lost);
    QVERIFY(!error.message.isEmpty());
    QCOMPARE(error.server->message, u"said"_s);
}

void TestPgError::connecting_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("password") << "password"_ba << "wrong"_ba << ErrorKind::Authentication
                              << "auth.password"_ba;
    QTest::newRow("no password") << "password"_ba << ""_ba << ErrorKind::Authentication
                                 << "auth.passwordMissing"_ba;
    QTest::newRow("user") << "user"_ba << "nobody"_ba << ErrorKind::Authentication
                          << "auth.password"_ba;
    QTest::newRow("database") << "dbname"_ba << "nowhere"_ba << ErrorKind::Connection
                              << "connection.databaseMissing"_ba;
    QTest::newRow("port") << "port"_ba << QByteArray::number(test::freePort())
                          << ErrorKind::Connection << "connection.refused"_ba;
    QTest::newRow("port of localhost, two addresses")
        << "host+port"_ba << QByteArray::number(test::freePort()) << ErrorKind::Connection
        << "connection.refused"_ba;
    // A label of 64 letters cannot exist, so that nothing is asked of the network.
    QTest::newRow("name") << "host"_ba << "x"_ba.repeated(64) + ".invalid" << ErrorKind::Connection
                          << "connection.dns"_ba;
    QTest::newRow("socket") << "host"_ba << "/nonexistent"_ba << ErrorKind::Connection
                            << "connection.noSocket"_ba;
    QTest::newRow("encryption") << "sslmode"_ba << "require"_ba << ErrorKind::Connection
                                << "connection.tls"_ba;
    QTest::newRow("database that looks like an address")
        << "dbname"_ba << "host=evil"_ba << ErrorKind::Connection
        << "connection.databaseMissing"_ba;
}

void TestPgError::connecting()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    QFETCH(ErrorKind, kind);
    QFETCH(QByteArray, id);
    core::ConnKeywords keywords = test::tcpKeywords(test::cluster(), u"postgres"_s, Role::Plain);
    if (key == "host+port") {
        keywords["host"_ba] = "localhost"_ba;
        key = "port"_ba;
    }
    keywords[key] = value;
    const core::Error error = connectFailure(keywords);
    QCOMPARE(error.id, id);
    QCOMPARE(error.kind, kind);
    QVERIFY(error.sessionLost);
    QCOMPARE(error.place, core::connPlace(keywords));
    QVERIFY(!error.message.isEmpty());
    QVERIFY(!error.text().contains(QString::fromUtf8(test::cluster().plainPassword)));
}

void TestPgError::tooManyConnections()
{
    test::TestDatabase database;
    database.execSuper("ALTER DATABASE " + database.name().toUtf8() + " CONNECTION LIMIT 0");
    const core::Error error = connectFailure(database.keywords());
    QCOMPARE(error.id, "connection.tooMany"_ba);
    QVERIFY(error.server);
    QCOMPARE(error.server->sqlState, "53300"_ba);
}

void TestPgError::endedByAnAdministrator()
{
    test::TestDatabase database;
    auto victim = database.connect();
    const QByteArray pid = QByteArray::number(victim.backendPid());
    QCOMPARE(database.valueSuper("SELECT pg_terminate_backend(" + pid + ", 30000)"), "t"_ba);
    const auto outcome = victim.tryExec("SELECT 1"_ba);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "connection.shuttingDown"_ba);
    QVERIFY(outcome.error().sessionLost);
}

void TestPgError::shuttingDown()
{
    test::PrivateCluster own;
    auto first = test::Connection(test::socketKeywords(own.facts(), u"postgres"_s, Role::Super));
    own.crash();
    const auto lost = first.tryExec("SELECT 1"_ba);
    QVERIFY(!lost);
    QCOMPARE(lost.error().id, "connection.closed"_ba);
    QVERIFY(lost.error().sessionLost);
    QVERIFY(!lost.error().advice.isEmpty());
    QCOMPARE(connectFailure(test::tcpKeywords(own.facts(), u"postgres"_s, Role::Plain)).id,
             "connection.refused"_ba);
}

void TestPgError::clearTextPasswordIsNotGiven()
{
    test::PrivateCluster own;
    QFile rules(own.facts().folder + u"/data/pg_hba.conf"_s);
    QVERIFY(rules.open(QIODevice::WriteOnly | QIODevice::Truncate));
    rules.write("local all all trust\nhost all all 127.0.0.1/32 password\n");
    rules.close();
    test::Connection admin(test::socketKeywords(own.facts(), u"postgres"_s, Role::Super));
    admin.exec("SELECT pg_reload_conf()"_ba);
    QTRY_COMPARE(
        admin.value("SELECT count(*) FROM pg_hba_file_rules WHERE auth_method = 'password'"_ba),
        "1"_ba);
    core::ConnKeywords keywords = test::tcpKeywords(own.facts(), u"postgres"_s, Role::Plain);
    QTRY_COMPARE(connectFailure(keywords).id, "auth.clearText"_ba);
    QCOMPARE(connectFailure(keywords).kind, ErrorKind::Authentication);
    keywords["require_auth"_ba] = "!gss,!sspi"_ba; // a person allowed it
    QCOMPARE(connectFailure(keywords).id, "it connected"_ba);
}

void TestPgError::notAdmitted()
{
    test::PrivateCluster own;
    QFile rules(own.facts().folder + u"/data/pg_hba.conf"_s);
    QVERIFY(rules.open(QIODevice::WriteOnly | QIODevice::Truncate));
    rules.write("local all all trust\n");
    rules.close();
    own.shutDown();
    own.start();
    const core::Error error =
        connectFailure(test::tcpKeywords(own.facts(), u"postgres"_s, Role::Plain));
    QCOMPARE(error.id, "auth.refused"_ba);
    QCOMPARE(error.kind, ErrorKind::Authentication);
    QVERIFY(error.message.contains(u"pg_hba.conf"_s));
}

void TestPgError::poolerIsBusy()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.poolSize = 1, .settings = {"query_wait_timeout = 1"_ba}});
    test::Connection holder = pooler.connect();
    holder.exec("BEGIN"_ba);
    test::Connection waiter = pooler.connect();
    const auto outcome = waiter.tryExec("SELECT 1"_ba);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "connection.poolerBusy"_ba);
    QVERIFY(outcome.error().sessionLost);
}

void TestPgError::poolerRefusesTheParameter()
{
    test::TestDatabase database;
    test::TestPooler pooler(database);
    core::ConnKeywords keywords = pooler.keywords();
    keywords["options"_ba] = "-c statement_timeout=1"_ba;
    QCOMPARE(connectFailure(keywords).id, "connection.startupParameter"_ba);
    keywords = pooler.keywords();
    keywords["dbname"_ba] = "nowhere"_ba;
    QCOMPARE(connectFailure(keywords).id, "connection.databaseMissing"_ba);
    keywords = pooler.keywords();
    keywords["password"_ba] = "wrong"_ba;
    QCOMPARE(connectFailure(keywords).id, "auth.password"_ba);
}

void TestPgError::secretsStayOut()
{
    test::TestDatabase database;
    auto connection = database.connect();
    for (const char *sql :
         {"DO $$ BEGIN EXECUTE 'CREATE ROLE x PASSWORD ''canary-7731'' nonsense'; END $$",
          "DO $$ BEGIN RAISE 'postgres://u:canary-7731@h/db'; END $$",
          "SELECT 'password=canary-7731'::int"}) {
        const auto outcome = connection.tryExec(sql);
        QVERIFY(!outcome);
        const core::ServerReport &report = *outcome.error().server;
        for (const QString &text : {outcome.error().text(), report.message, report.detail,
                                    report.context, report.internalQuery})
            QVERIFY2(!text.contains(u"canary"_s), qPrintable(text));
    }
}

void TestPgError::placeNamesTheServer()
{
    QCOMPARE(core::connPlace({{"host"_ba, "h"_ba}, {"port"_ba, "1"_ba}, {"dbname"_ba, "d"_ba}}),
             u"h:1, database d"_s);
    QCOMPARE(core::connPlace({{"host"_ba, "::1"_ba}, {"port"_ba, "1"_ba}}), u"[::1]:1"_s);
    QCOMPARE(core::connPlace({{"host"_ba, "h"_ba}, {"password"_ba, "p"_ba}}), u"h"_s);
}

void TestPgError::ownErrors()
{
    QCOMPARE(core::connectTimeoutError(u"h:1"_s).id, "connection.timeout"_ba);
    QCOMPARE(core::connectTimeoutError(u"h:1"_s).kind, ErrorKind::Timeout);
    QCOMPARE(core::dnsError(u"reason"_s, u"h:1"_s).id, "connection.dns"_ba);
    QVERIFY(core::dnsError(u"reason"_s, u"h:1"_s).message.contains(u"reason"_s));
    QCOMPARE(core::connectError(nullptr, u"h"_s).id, "memory.out"_ba);
}

QTEST_GUILESS_MAIN(TestPgError)
#include "tst_pgerror.moc"

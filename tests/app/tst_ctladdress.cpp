// SPDX-License-Identifier: GPL-3.0-or-later
// The forms in which applications write addresses, and the schema that one names, on the real
// server by sluicectl.
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;

class TestCtlAddress : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void forms_data();
    void forms();
    void parts();
    void schemaIsSeenByQueries_data();
    void schemaIsSeenByQueries();
    void schemaIsSeenByNames();
    void schemaIsSeenByPrograms();

private:
    [[nodiscard]] QByteArray part(const char *key) { return m_database.keywords().at(key); }

    test::TestDatabase m_database;
};

void TestCtlAddress::initTestCase()
{
    m_database.exec("CREATE SCHEMA \"My app\"; CREATE TABLE \"My app\".orders (id int);"
                    "INSERT INTO \"My app\".orders VALUES (4711)");
}

void TestCtlAddress::forms_data()
{
    QTest::addColumn<QByteArray>("url");
    const QByteArray plain = m_database.url().toUtf8();
    const QByteArray rest = plain.sliced(plain.indexOf("://"));
    QTest::newRow("jdbc, credentials behind")
        << "jdbc:postgresql://" + part("host") + ':' + part("port") + '/' + part("dbname")
               + "?user=" + part("user") + "&password=" + part("password")
               + "&prepareThreshold=0&ApplicationName=shop&loginTimeout=5";
    QTest::newRow("SQLAlchemy") << "postgresql+asyncpg" + rest;
    QTest::newRow("Prisma") << "postgresql" + rest
                                   + "?schema=public&connection_limit=5&pool_timeout=10"
                                     "&connect_timeout=10&socket_timeout=30"
                                     "&statement_cache_size=100&pgbouncer=false"
                                     "&sslmode=prefer&sslaccept=accept_invalid_certs"
                                     "&application_name=shop&max_connection_lifetime=60"
                                     "&max_idle_connection_lifetime=60"
                                     "&single_use_connections=false";
}

void TestCtlAddress::forms()
{
    QFETCH(QByteArray, url);
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=\"" + url + "\"\n");
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"query"_s, u"SELECT current_database()"_s});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QVERIFY2(ran.out.contains(m_database.name().toUtf8()), ran.out.constData());
}

void TestCtlAddress::parts()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "POSTGRES_HOST=" + part("host") + "\nPOSTGRES_PORT=" + part("port")
                                + "\nPOSTGRES_USER=" + part("user")
                                + "\nPOSTGRES_PASSWORD=" + part("password")
                                + "\nPOSTGRES_DATABASE=" + part("dbname") + '\n');
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"query"_s, u"SELECT current_database()"_s});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QVERIFY2(ran.out.contains(m_database.name().toUtf8()), ran.out.constData());
    const test::Ran env = folder.run({u"env"_s});
    for (const QByteArrayView place : {".env:1", ".env:2", ".env:3", ".env:4", ".env:5"})
        QVERIFY2(env.out.contains(place), env.out.constData());
    QVERIFY2(!env.out.contains(part("password")), env.out.constData());
}

void TestCtlAddress::schemaIsSeenByQueries_data()
{
    QTest::addColumn<bool>("pooled");
    QTest::addColumn<bool>("writes");
    QTest::newRow("direct") << false << false;
    QTest::newRow("direct, writing") << false << true;
    QTest::newRow("pooled") << true << false;
    QTest::newRow("pooled, writing") << true << true;
}

void TestCtlAddress::schemaIsSeenByQueries()
{
    QFETCH(bool, pooled);
    QFETCH(bool, writes);
    const test::TestPooler pooler(m_database, {.poolSize = 1});
    const test::ProjectFolder folder;
    const QByteArray url = pooled ? pooler.url().toUtf8() + '&' : m_database.url().toUtf8() + '?';
    folder.write(u".env"_s, "DATABASE_URL=\"" + url + "schema=My%20app\"\n");
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    QStringList arguments = {u"query"_s, u"SELECT max(id) FROM orders"_s};
    if (writes)
        arguments << u"--write"_s;
    const test::Ran ran = folder.run(arguments);
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QVERIFY2(ran.out.contains("4711"), ran.out.constData());
    test::Connection other = pooler.connect();
    QCOMPARE(other.value("SHOW search_path"), "\"$user\", public"_ba);
}

void TestCtlAddress::schemaIsSeenByNames()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=\"" + m_database.url().toUtf8() + "?schema=My%20app\"\n");
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    for (const QStringList &command :
         {QStringList{u"describe"_s, u"orders"_s}, QStringList{u"rows"_s, u"orders"_s},
          QStringList{u"ddl"_s, u"orders"_s}, QStringList{u"export"_s, u"orders"_s}}) {
        const test::Ran ran = folder.run(command);
        QVERIFY2(ran.exitCode == 0, (command.first().toUtf8() + ": " + ran.err).constData());
    }
    const test::Ran env = folder.run({u"env"_s});
    QVERIFY2(env.out.contains("the schema to begin with"), env.out.constData());
    const QByteArray json = folder.run({u"env"_s, u"--json"_s}).out;
    const QJsonValue database = QJsonDocument::fromJson(json)["databases"_L1][0];
    QCOMPARE(database["endpoints"_L1][0]["searchPath"_L1].toString(), u"\"My app\""_s);
}

void TestCtlAddress::schemaIsSeenByPrograms()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=\"" + m_database.url().toUtf8() + "?schema=My%20app\"\n");
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const QByteArray sql = "SELECT max(id) FROM orders";
    const test::Ran shell = folder.run({u"shell"_s, u"--"_s, u"-Atc"_s, QString::fromUtf8(sql)});
    QVERIFY2(shell.exitCode == 0, shell.err.constData());
    QCOMPARE(shell.out.trimmed(), "4711"_ba);
    const test::Ran ran =
        folder.run({u"run"_s, u"--"_s, u"sh"_s, u"-c"_s, u"echo \"$PGOPTIONS\""_s});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QCOMPARE(ran.out.trimmed(), "-c search_path=\"My\\ app\""_ba);
}

QTEST_GUILESS_MAIN(TestCtlAddress)
#include "tst_ctladdress.moc"

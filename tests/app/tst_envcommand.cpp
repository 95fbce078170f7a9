// SPDX-License-Identifier: GPL-3.0-or-later
#include "projectfolder.h"

#include "tests/support/testdatabase.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>

using namespace Qt::StringLiterals;

/// `sluicectl env` on folders whose addresses stand in more than env files.
class TestEnvCommand : public QObject
{
    Q_OBJECT

private slots:
    void showsEverything();
    void masksUnlessAsked();
    void textForPeople();
    void twinReachesTheServer();
    void fallbackIsFound();

private:
    [[nodiscard]] static QJsonObject jsonOf(const test::ProjectFolder &folder)
    {
        return QJsonDocument::fromJson(folder.run({u"env"_s, u"--json"_s}).out).object();
    }
    static void fill(const test::ProjectFolder &folder);
};

void TestEnvCommand::fill(const test::ProjectFolder &folder)
{
    for (const QString &name : {u"prisma"_s, u"apps/api"_s})
        QVERIFY(QDir().mkpath(folder.path() + u'/' + name));
    folder.write(u"package.json"_s, R"({"devDependencies":{"vite":"6"}})");
    folder.write(u".env"_s,
                 "DATABASE_URL=postgres://app:canary@pool.example.com:6432/app?connection_limit=1\n"
                 "RAW_URL=postgres://app:canary@db.example.com/app\n"
                 "JOBS_DATABASE_URL=postgres://app:canary@db/jobs\n"
                 "METRICS_DATABASE_URL=postgres://app:canary@pg.ns.svc/metrics\n"
                 "AUTH_DATABASE_URL=\n"
                 "VITE_DATABASE_URL=postgres://app:canary@h/d\n"
                 "CUT_DATABASE_URL=postgres://app:canary#x@h/d\n"
                 "ODD_DATABASE_URL=postgres://app:can\\$ary@h/odd\n");
    folder.write(u".env.local"_s,
                 "DATABASE_URL=postgres://app:canary@other.example.com:6432/app\n");
    folder.write(
        u"prisma/schema.prisma"_s,
        "datasource db {\n  url = env(\"DATABASE_URL\")\n  directUrl = env(\"RAW_URL\")\n}\n");
    folder.write(u"compose.yaml"_s,
                 "services:\n  db:\n    image: postgres\n    ports: ['54322:5432']\n");
    folder.write(u"apps/api/.env"_s, "DATABASE_URL=postgres://app:canary@api.example.com/api\n");
    folder.write(u"broken.toml"_s, "[database\nurl = 1\n");
}

void TestEnvCommand::showsEverything()
{
    const test::ProjectFolder folder;
    fill(folder);
    const QJsonObject json = jsonOf(folder);
    QHash<QString, QJsonObject> databases;
    for (const QJsonValue &database : json["databases"_L1].toArray())
        databases.insert(database["name"_L1].toString(), database.toObject());
    const QJsonArray main = databases[u"main"_s]["endpoints"_L1].toArray();
    QCOMPARE(main.size(), 2);
    QCOMPARE(main[0]["source"_L1]["file"_L1].toString(), u".env.local"_s);
    QCOMPARE(main[0]["namedBy"_L1][0]["file"_L1].toString(), u"prisma/schema.prisma"_s);
    QCOMPARE(main[1]["role"_L1].toString(), u"direct"_s);
    QCOMPARE(main[1]["reason"_L1].toString(), u"named by directUrl in prisma/schema.prisma:3"_s);
    const QJsonValue jobs = databases[u"jobs"_s]["endpoints"_L1][0];
    QCOMPARE(jobs["host"_L1].toString(), u"127.0.0.1"_s);
    QCOMPARE(jobs["port"_L1].toInt(), 54322);
    QCOMPARE(jobs["twin"_L1]["source"_L1]["line"_L1].toInt(), 4);
    QCOMPARE(jobs["reachable"_L1].toBool(), true);
    QCOMPARE(databases[u"metrics"_s]["endpoints"_L1][0]["reachable"_L1].toBool(true), false);
    QCOMPARE(databases[u"api/main"_s]["package"_L1].toString(), u"apps/api"_s);
    QCOMPARE(databases[u"odd"_s]["endpoints"_L1][0]["otherReadings"_L1][0]["reader"_L1].toString(),
             u"dotenv"_s);
    QCOMPARE(json["fallbacks"_L1][0]["name"_L1].toString(), u"auth"_s);
    QCOMPARE(json["packages"_L1][0]["folder"_L1].toString(), u"apps/api"_s);
    QStringList reasons;
    for (const QJsonValue &ignored : json["ignored"_L1].toArray())
        reasons << ignored["reason"_L1].toString();
    for (const QString &reason : {u"loses"_s, u"browserLeak"_s, u"sameServer"_s, u"empty"_s})
        QVERIFY2(reasons.contains(reason), qPrintable(reasons.join(u' ')));
    QStringList warnings;
    for (const QJsonValue &warning : json["warnings"_L1].toArray())
        warnings << warning["id"_L1].toString();
    for (const QString &id :
         {u"cutAtHash"_s, u"browserLeak"_s, u"readDifferently"_s, u"fileRefused"_s})
        QVERIFY2(warnings.contains(id), qPrintable(warnings.join(u' ')));
}

void TestEnvCommand::masksUnlessAsked()
{
    const test::ProjectFolder folder;
    fill(folder);
    for (const QStringList &arguments :
         {QStringList{u"env"_s}, QStringList{u"env"_s, u"--json"_s}}) {
        const test::Ran masked = folder.run(arguments);
        QCOMPARE(masked.exitCode, 0);
        QVERIFY2(!masked.out.contains("canary") && !masked.err.contains("canary"),
                 masked.out.constData());
        QVERIFY(folder.run(arguments + QStringList{u"--reveal"_s}).out.contains("canary"));
    }
}

void TestEnvCommand::textForPeople()
{
    const test::ProjectFolder folder;
    fill(folder);
    const QByteArray text = folder.run({u"env"_s}).out;
    for (const char *part :
         {"main  pooled and direct", "Pooled: port 6432",
          "Loses to .env.local:1 in the order of Vite.",
          "named by prisma/schema.prisma:2 (datasource db.url)",
          "“db” is a service of compose.yaml:3", "twin    app:••••@127.0.0.1:54322/jobs",
          "reachable inside of Kubernetes only", "AUTH_DATABASE_URL is set to nothing", "leak ",
          "broken.toml was not read. Line 1",
          "Order of files, first wins: .env.development.local (not there)",
          "Vite's order, because package.json names vite", "apps/api: dotenv's order",
          "dotenv: another password.", "\n\njobs  direct only", "→ everything: direct, ",
          "remote: pg.ns.svc is inside of Kubernetes", "saw '\\n'\n"})
        QVERIFY2(text.contains(part), (QByteArray(part) + "\nis not in\n" + text).constData());
}

/// The published port is not only shown but connected to.
void TestEnvCommand::twinReachesTheServer()
{
    const test::TestDatabase database;
    QUrl url(database.url());
    const int port = url.port();
    url.setHost(u"database"_s);
    url.setPort(5432);
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + url.toEncoded() + '\n');
    folder.write(u"compose.yaml"_s, "services:\n  database:\n    image: postgres\n    ports: ['"
                                        + QByteArray::number(port) + ":5432']\n");
    const QJsonValue endpoint = jsonOf(folder)["databases"_L1][0]["endpoints"_L1][0];
    QCOMPARE(endpoint["port"_L1].toInt(), port);
    const test::Ran trusted = folder.run({u"trust"_s});
    QCOMPARE(trusted.exitCode, 0);
    QVERIFY(trusted.out.contains("compose.yaml:4"));
    const test::Ran ran = folder.run({u"query"_s, u"select 40 + 2"_s});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QCOMPARE(ran.out, "42\n"_ba);
}

void TestEnvCommand::fallbackIsFound()
{
    const test::TestDatabase database;
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + database.url().toUtf8() + "\nAUTH_DATABASE_URL=\n");
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"query"_s, u"select 7"_s, u"--database"_s, u"auth"_s});
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QCOMPARE(ran.out, "7\n"_ba);
}

QTEST_GUILESS_MAIN(TestEnvCommand)
#include "tst_envcommand.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/envjson.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestEnvJson : public QObject
{
    Q_OBJECT

private slots:
    void shape();
    void secrets();
    void nothing();
};

namespace {

struct Sample {
    Project project = {};
    DatabaseSet set = {};
};

Sample sampleOf(const QByteArray &env)
{
    QTemporaryDir dir;
    QFile file(dir.filePath(u".env"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(env) != env.size())
        return {};
    file.close();
    const Result<Project> project = readProject(dir.path(), {});
    return project ? Sample{*project, pairDatabases(*project)} : Sample{};
}

} // namespace

void TestEnvJson::shape()
{
    const Sample sample = sampleOf(
        "DATABASE_URL=postgres://app:canary@h:6432/shop?pgbouncer=true&connection_limit=1\n"
        "DIRECT_URL=postgres://app:canary@h/shop\n"
        "SHADOW_DATABASE_URL=postgres://app@h/shadow\n"
        "BAD_DATABASE_URL=postgres://app:1%@h/d\n");
    const QJsonObject json = envJson(sample.project, sample.set);
    const QJsonArray databases = json["databases"_L1].toArray();
    QCOMPARE(databases.size(), 1);
    QCOMPARE(databases[0]["name"_L1].toString(), u"main"_s);
    const QJsonArray endpoints = databases[0]["endpoints"_L1].toArray();
    QCOMPARE(endpoints.size(), 2);
    const QJsonObject pooled = endpoints[0].toObject();
    QCOMPARE(pooled["role"_L1].toString(), u"pooled"_s);
    QCOMPARE(pooled["reason"_L1].toString(), u"port 6432 and pgbouncer=true"_s);
    QCOMPARE(pooled["host"_L1].toString(), u"h"_s);
    QCOMPARE(pooled["port"_L1].toInt(), 6432);
    QCOMPARE(pooled["dbname"_L1].toString(), u"shop"_s);
    QCOMPARE(pooled["user"_L1].toString(), u"app"_s);
    QCOMPARE(pooled["source"_L1].toObject(),
             (QJsonObject{{u"file"_s, u".env"_s}, {u"line"_s, 1}, {u"key"_s, u"DATABASE_URL"_s}}));
    QCOMPARE(pooled["dropped"_L1].toArray(), QJsonArray{u"connection_limit"_s});
    QCOMPARE(endpoints[1]["role"_L1].toString(), u"direct"_s);
    const QJsonArray ignored = json["ignored"_L1].toArray();
    QCOMPARE(ignored.size(), 1);
    QCOMPARE(ignored[0]["reason"_L1].toString(), u"shadow"_s);
    QCOMPARE(ignored[0]["source"_L1]["line"_L1].toInt(), 3);
    const QJsonArray errors = json["errors"_L1].toArray();
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors[0]["id"_L1].toString(), u"conninfo.badPercent"_s);
    QVERIFY(errors[0]["position"_L1].toInt() > 0);
}

void TestEnvJson::secrets()
{
    const Sample sample = sampleOf(
        "DATABASE_URL=postgres://app:canary@h/shop\nVITE_DB_URL=postgres://app:canary@h/d\n"
        "DATABASE_URL=postgres://app:canary$x@h/shop\nA_URL=postgres://app:canary%@h/d\n");
    const QByteArray masked = QJsonDocument(envJson(sample.project, sample.set)).toJson();
    QVERIFY(masked.contains("••••"));
    QVERIFY2(!masked.contains("canary"), masked.constData());
    QVERIFY(QJsonDocument(envJson(sample.project, sample.set, true)).toJson().contains("canary"));
}

void TestEnvJson::nothing()
{
    const QJsonObject json = envJson({}, {});
    QVERIFY(json["databases"_L1].isArray() && json["databases"_L1].toArray().isEmpty());
    QVERIFY(json["ignored"_L1].isArray());
}

QTEST_GUILESS_MAIN(TestEnvJson)
#include "tst_envjson.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envloader.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestEnvLoader : public QObject
{
    Q_OBJECT

private slots:
    void orders_data();
    void orders();
    void choice_data();
    void choice();
    void brokenPackageJsonGivesNothing_data();
    void brokenPackageJsonGivesNothing();
    void others();
};

void TestEnvLoader::orders_data()
{
    QTest::addColumn<int>("loader");
    QTest::addColumn<QString>("mode");
    QTest::addColumn<QString>("files");
    const auto row = [](const char *name, EnvLoader loader, const char *mode, const char *files) {
        QTest::newRow(name) << int(loader) << QString::fromLatin1(mode)
                            << QString::fromLatin1(files);
    };
    row("Next, development", EnvLoader::Next, "development",
        ".env.development.local .env.local .env.development .env");
    row("Next, production", EnvLoader::Next, "production",
        ".env.production.local .env.local .env.production .env");
    row("Next, test", EnvLoader::Next, "test", ".env.test.local .env.test .env");
    row("Vite, development", EnvLoader::Vite, "development",
        ".env.development.local .env.development .env.local .env");
    row("Vite, test", EnvLoader::Vite, "test", ".env.test.local .env.test .env.local .env");
    row("Vite, own mode", EnvLoader::Vite, "staging",
        ".env.staging.local .env.staging .env.local .env");
    row("dotenv-flow", EnvLoader::DotenvFlow, "development",
        ".env.development.local .env.development .env.local .env .env.defaults");
    row("dotenv-flow, test", EnvLoader::DotenvFlow, "test",
        ".env.test.local .env.test .env .env.defaults");
    row("Bun", EnvLoader::Bun, "production",
        ".env.production.local .env.local .env.production .env");
    row("Bun, test", EnvLoader::Bun, "test", ".env.test.local .env.test .env");
    row("dotenv", EnvLoader::Dotenv, "production", ".env");
    row("Prisma", EnvLoader::Prisma, "development", ".env prisma/.env");
}

void TestEnvLoader::orders()
{
    QFETCH(int, loader);
    QFETCH(QString, mode);
    QFETCH(QString, files);
    QCOMPARE(envFiles(EnvLoader(loader), mode), files.split(u' '));
}

void TestEnvLoader::choice_data()
{
    QTest::addColumn<QByteArray>("packageJson");
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QString>("loader");
    QTest::addColumn<QString>("evidence");
    const QStringList none;
    QTest::newRow("nothing") << ""_ba << none << u"dotenv"_s << u"nothing"_s;
    QTest::newRow("only .env") << ""_ba << QStringList{u".env"_s} << u"dotenv"_s << u"nothing"_s;
    QTest::newRow("only .env.local")
        << ""_ba << QStringList{u".env.local"_s} << u"dotenv"_s << u"no .env"_s;
    QTest::newRow("next") << R"({"dependencies":{"next":"15.1.0","vite":"6"}})"_ba << none
                          << u"Next.js"_s << u"names next"_s;
    QTest::newRow("next.config") << ""_ba << QStringList{u"next.config.mjs"_s} << u"Next.js"_s
                                 << u"next.config.mjs is here"_s;
    QTest::newRow("vite, development only")
        << R"({"devDependencies":{"vite":"^6"}})"_ba << none << u"Vite"_s << u"names vite"_s;
    QTest::newRow("vite.config.ts")
        << "{}"_ba << QStringList{u"vite.config.ts"_s} << u"Vite"_s << u"vite.config.ts is here"_s;
    QTest::newRow("vitest is not vite")
        << R"({"devDependencies":{"vitest":"3"}})"_ba << none << u"dotenv"_s << u"nothing"_s;
    QTest::newRow("dotenv-flow") << R"({"dependencies":{"dotenv-flow":"4","dotenv":"16"}})"_ba
                                 << none << u"dotenv-flow"_s << u"names dotenv-flow"_s;
    QTest::newRow("bun.lock") << R"({"dependencies":{"prisma":"6"}})"_ba
                              << QStringList{u"bun.lock"_s} << u"Bun"_s << u"bun.lock is here"_s;
    QTest::newRow("bun by packageManager")
        << R"({"packageManager":"bun@1.2.0"})"_ba << none << u"Bun"_s << u"bun"_s;
    QTest::newRow("prisma 6") << R"({"devDependencies":{"prisma":"^6.2.1"}})"_ba << none
                              << u"Prisma"_s << u"prisma ^6.2.1"_s;
    QTest::newRow("prisma 7 loads nothing")
        << R"({"devDependencies":{"prisma":"^7.0.0","dotenv":"17"}})"_ba << none << u"dotenv"_s
        << u"names dotenv"_s;
    QTest::newRow("prisma by tag")
        << R"({"devDependencies":{"prisma":"latest"}})"_ba << none << u"dotenv"_s << u"nothing"_s;
    QTest::newRow("drizzle-kit") << R"({"devDependencies":{"drizzle-kit":"0.30"}})"_ba << none
                                 << u"dotenv"_s << u"names drizzle-kit"_s;
}

void TestEnvLoader::choice()
{
    QFETCH(QByteArray, packageJson);
    QFETCH(QStringList, names);
    QFETCH(QString, loader);
    QFETCH(QString, evidence);
    const LoaderRule rule = chooseLoader(readLoaderEvidence(packageJson, names), u"development"_s);
    QCOMPARE(rule.name, loader);
    QVERIFY2(rule.evidence.contains(evidence), qPrintable(rule.evidence));
    QVERIFY(!rule.files.isEmpty());
}

void TestEnvLoader::brokenPackageJsonGivesNothing_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("no JSON") << "next"_ba;
    QTest::newRow("cut off") << R"({"dependencies":{"next":)"_ba;
    QTest::newRow("array") << R"([{"dependencies":{"next":"1"}}])"_ba;
    QTest::newRow("table is a list") << R"({"dependencies":["next"]})"_ba;
    QTest::newRow("nested without end") << "["_ba.repeated(100'000);
    QTest::newRow("version is an object")
        << R"({"dependencies":{"prisma":{"next":1}},"packageManager":[1]})"_ba;
}

void TestEnvLoader::brokenPackageJsonGivesNothing()
{
    QFETCH(QByteArray, json);
    QCOMPARE(chooseLoader(readLoaderEvidence(json, {}), u"development"_s).loader,
             EnvLoader::Dotenv);
}

void TestEnvLoader::others()
{
    const QByteArray json = R"({"dependencies":{"next":"15"},"devDependencies":{"prisma":"6.1.0"},
                               "prisma":{"schema":"db/schema.prisma"}})"_ba;
    const LoaderEvidence evidence = readLoaderEvidence(json, {});
    const LoaderRule chosen = chooseLoader(evidence, u"development"_s);
    QCOMPARE(chosen.loader, EnvLoader::Next);
    const std::vector<LoaderRule> beside = otherLoaders(evidence, chosen, u"development"_s);
    QCOMPARE(beside.size(), size_t(1));
    QCOMPARE(beside.front().files, QStringList({u".env"_s, u"db/.env"_s, u"prisma/.env"_s}));
    QCOMPARE(beside.front().expansion, EnvExpansion::Braced);
}

QTEST_APPLESS_MAIN(TestEnvLoader)
#include "tst_envloader.moc"

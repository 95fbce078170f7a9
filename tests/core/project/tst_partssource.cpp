// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses that stand in the variables of env files part by part.
#include "projectfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestPartsSource : public QObject
{
    Q_OBJECT

private slots:
    void families_data();
    void families();
    void everyPartIsNamed();
    void filesInTheirOrder();
    void directTwin();
    void wholeAddressesHoldTheirPlace();
    void partsOfAnother();
    void packagesOfTheirOwn();
    void processWhereChosen();
    void noSecretInTexts();
};

namespace {

QString addressesOf(const Project &project)
{
    QStringList lines;
    for (const UrlValue &value : project.values)
        lines << value.key().database + u' '
                     + (value.info ? value.info->url(true) : QString::fromUtf8(value.error->id));
    return lines.join(u'\n');
}

QString placesOf(const UrlValue &value)
{
    QStringList places;
    for (const SourceLocation &place : value.namedBy)
        places << place.key + u'@' + place.text();
    return places.join(u' ');
}

} // namespace

void TestPartsSource::families_data()
{
    QTest::addColumn<QByteArray>("env");
    QTest::addColumn<QString>("addresses");
    QTest::newRow("libpq's")
        << "PGHOST=h\nPGPORT=6000\nPGUSER=u\nPGPASSWORD=p@ss\nPGDATABASE=d\n"_ba
        << u"main postgresql://u:p%40ss@h:6000/d"_s;
    QTest::newRow("no port") << "PGHOST=h\nPGUSER=u\nPGDATABASE=d\n"_ba
                             << u"main postgresql://u@h:5432/d"_s;
    QTest::newRow("no database") << "PGHOST=h\nPGUSER=u\n"_ba << u"main postgresql://u@h:5432/u"_s;
    QTest::newRow("POSTGRES_") << "POSTGRES_HOST=h\nPOSTGRES_USER=u\nPOSTGRES_PASSWORD=p\n"
                                  "POSTGRES_DATABASE=d\n"_ba
                               << u"main postgresql://u:p@h:5432/d"_s;
    QTest::newRow("POSTGRES_DB") << "POSTGRES_HOST=h\nPOSTGRES_USER=u\nPOSTGRES_DB=d\n"_ba
                                 << u"main postgresql://u@h:5432/d"_s;
    QTest::newRow("of a project") << "SHOP_PGHOST=h\nSHOP_PGUSER=u\nSHOP_PGDATABASE=d\n"_ba
                                  << u"shop postgresql://u@h:5432/d"_s;
    QTest::newRow("IPv6") << "PGHOST=::1\nPGUSER=u\nPGDATABASE=d\n"_ba
                          << u"main postgresql://u@[::1]:5432/d"_s;
    QTest::newRow("TLS") << "PGHOST=h\nPGUSER=u\nPGDATABASE=d\nPGSSLMODE=require\n"_ba
                         << u"main postgresql://u@h:5432/d?sslmode=require"_s;
    QTest::newRow("what a container is made with")
        << "POSTGRES_USER=u\nPOSTGRES_PASSWORD=p\n"_ba << QString();
    QTest::newRow("a host alone") << "PGHOST=h\n"_ba << QString();
    QTest::newRow("an empty host") << "PGHOST=\nPGUSER=u\nPGDATABASE=d\n"_ba << QString();
    QTest::newRow("a port that is none")
        << "PGHOST=h\nPGPORT=x\nPGUSER=u\n"_ba << u"main conninfo.port"_s;
    QTest::newRow("another word") << "MYPGHOST=h\nMYPGUSER=u\nMYPGDATABASE=d\n"_ba << QString();
}

void TestPartsSource::families()
{
    QFETCH(QByteArray, env);
    QFETCH(QString, addresses);
    Folder folder;
    QVERIFY(folder.write(u".env"_s, env));
    QCOMPARE(addressesOf(folder.read()), addresses);
}

void TestPartsSource::everyPartIsNamed()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "PGUSER=u\n# of the server\nPGHOST=h\nPGDATABASE=d\n"
                                    "PGPASSWORD=secret\nPGPORT=6000\n"));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(1));
    const UrlValue &value = project.values.front();
    QCOMPARE(value.source.key + u' ' + value.source.text(), u"PGHOST .env:3"_s);
    QCOMPARE(placesOf(value), u"PGHOST@.env:3 PGPORT@.env:6 PGUSER@.env:1 PGPASSWORD@.env:5 "
                              "PGDATABASE@.env:4"_s);
    QVERIFY(value.text.isEmpty());
}

void TestPartsSource::filesInTheirOrder()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, nextPackage));
    QVERIFY(folder.write(u".env"_s, "PGHOST=weak\nPGUSER=u\nPGDATABASE=d\n"));
    QVERIFY(folder.write(u".env.local"_s, "\nPGHOST=strong\n"));
    QVERIFY(folder.write(u".env.example"_s, "PGHOST=example\nPGPORT=1\n"));
    const Project project = folder.read();
    QCOMPARE(addressesOf(project), u"main postgresql://u@strong:5432/d"_s);
    QCOMPARE(placesOf(project.values.front()),
             u"PGHOST@.env.local:2 PGUSER@.env:2 PGDATABASE@.env:3"_s);
}

void TestPartsSource::directTwin()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "PGHOST=ep-1-pooler.example\nPGHOST_UNPOOLED=ep-1.example\n"
                                    "PGUSER=u\nPGDATABASE=d\nPGPASSWORD=p\n"));
    const Project project = folder.read();
    QCOMPARE(addressesOf(project), u"main postgresql://u:p@ep-1-pooler.example:5432/d\n"
                                   "main postgresql://u:p@ep-1.example:5432/d"_s);
    QVERIFY(project.values[0].key().role == UrlKey::Role::Default);
    QVERIFY(project.values[1].key().role == UrlKey::Role::Direct);
    QCOMPARE(project.values[1].source.text(), u".env:2"_s);
}

/// What Vercel and Neon write: every address twice.
void TestPartsSource::wholeAddressesHoldTheirPlace()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=postgres://u:p@ep-1-pooler.example/d\n"
                                    "DATABASE_URL_UNPOOLED=postgres://u:p@ep-1.example/d\n"
                                    "PGHOST=ep-1-pooler.example\nPGHOST_UNPOOLED=ep-1.example\n"
                                    "PGUSER=u\nPGDATABASE=d\nPGPASSWORD=p\n"
                                    "POSTGRES_HOST=ep-1-pooler.example\nPOSTGRES_USER=u\n"
                                    "POSTGRES_DATABASE=d\nPOSTGRES_PASSWORD=p\n"));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"DATABASE_URL .env:1 ep-1-pooler.example\n"
                                "DATABASE_URL_UNPOOLED .env:2 ep-1.example"_s);
    QCOMPARE(ignoredText(project), QString());
}

void TestPartsSource::partsOfAnother()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "DATABASE_URL=postgres://u:p@far.example/d\n"
                                    "PGHOST=127.0.0.1\nPGUSER=u\nPGDATABASE=d\n"));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(2));
    QCOMPARE(project.values[1].key().ownName, u"pg"_s);
    QVERIFY(project.values[0].key().rank < project.values[1].key().rank);
}

void TestPartsSource::packagesOfTheirOwn()
{
    Folder folder;
    const QByteArray workspaces = "{\"workspaces\":[\"apps/*\"]}"_ba;
    QVERIFY(folder.write(u"package.json"_s, workspaces));
    QVERIFY(folder.write(u".env"_s, "PGHOST=h\nPGUSER=u\nPGDATABASE=d\n"));
    QVERIFY(folder.write(u"apps/web/package.json"_s, "{}"));
    QVERIFY(folder.write(u"apps/web/.env"_s, "PORT=1\n"));
    QVERIFY(folder.write(u"apps/api/package.json"_s, "{}"));
    QVERIFY(folder.write(u"apps/api/.env"_s, "PGHOST=api\n"));
    const Project project = folder.read();
    QCOMPARE(usedText(project), u"PGHOST .env:1 h\nPGHOST apps/api/.env:1 api"_s);
    QCOMPARE(project.values[1].package, u"apps/api"_s);
}

void TestPartsSource::processWhereChosen()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "PGHOST=h\nPGUSER=u\nPGDATABASE=d\n"));
    EnvMode mode;
    mode.process = {{u"PGHOST"_s, u"mine"_s}, {u"PGPORT"_s, u"6000"_s}};
    QCOMPARE(addressesOf(folder.read(mode)), u"main postgresql://u@h:5432/d"_s);
    mode.useProcess = true;
    QCOMPARE(addressesOf(folder.read(mode)), u"main postgresql://u@mine:6000/d"_s);
}

void TestPartsSource::noSecretInTexts()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, "PGHOST=h\nPGPORT=x\nPGUSER=u\nPGPASSWORD=canary-7731\n"
                                    "POSTGRES_HOST=g\nPOSTGRES_USER=u\n"
                                    "POSTGRES_PASSWORD=canary-7731\n"));
    const Project project = folder.read();
    QCOMPARE(project.values.size(), size_t(2));
    QVERIFY(project.values[0].error);
    QVERIFY(!project.values[0].error->text().contains("canary"_L1));
    QVERIFY(!project.values[1].info->url().contains("canary"_L1));
    QVERIFY(!project.searchedText().contains("canary"_L1));
}

QTEST_GUILESS_MAIN(TestPartsSource)
#include "tst_partssource.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/urlkey.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestUrlKey : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void preference();
};

void TestUrlKey::reads_data()
{
    QTest::addColumn<int>("role");
    QTest::addColumn<QString>("database");
    QTest::addColumn<bool>("known");
    QTest::addColumn<bool>("inBrowser");
    using enum UrlKey::Role;
    const auto row = [](const char *key, UrlKey::Role role, const char *database, bool known = true,
                        bool inBrowser = false) {
        QTest::newRow(key) << int(role) << QString::fromLatin1(database) << known << inBrowser;
    };
    row("DATABASE_URL", Default, "main");
    row("database_url", Default, "main");
    row("POSTGRES_URL", Default, "main");
    row("SUPABASE_DB_URL", Default, "main");
    row("PG_URL", Default, "main");
    row("DB_URL", Default, "main");
    row("POSTGRES_PRISMA_URL", Pooled, "main");
    row("DATABASE_CONNECTION_POOL_URL", Pooled, "main");
    row("DIRECT_URL", Direct, "main");
    row("DIRECT_DATABASE_URL", Direct, "main");
    row("DATABASE_URL_UNPOOLED", Direct, "main");
    row("POSTGRES_URL_NON_POOLING", Direct, "main");
    row("POSTGRES_URL_NO_SSL", NoSsl, "main");
    row("DATABASE_PUBLIC_URL", Public, "main");
    row("SHADOW_DATABASE_URL", Shadow, "main");
    row("POSTGRES_SHADOW_URL", Shadow, "main");
    row("AUTH_DATABASE_URL", Default, "auth");
    row("AUTH_DIRECT_URL", Direct, "auth");
    row("AUTH_DIRECT_DATABASE_URL", Direct, "auth");
    row("AUTH_DATABASE_URL_UNPOOLED", Direct, "auth");
    row("AUTH_POSTGRES_URL_NON_POOLING", Direct, "auth");
    row("AUTH_POSTGRES_PRISMA_URL", Pooled, "auth");
    row("AUTH_SHADOW_DATABASE_URL", Shadow, "auth");
    row("MY_APP_POSTGRES_URL", Default, "my_app");
    row("DATABASE_URL_ANALYTICS", Default, "analytics");
    row("HEROKU_POSTGRESQL_AMBER_URL", Default, "heroku_postgresql_amber", false);
    row("ANALYTICS", Default, "analytics", false);
    row("XDATABASE_URL", Default, "xdatabase", false);
    row("VITE_DATABASE_URL", Default, "main", true, true);
    row("NEXT_PUBLIC_AUTH_DATABASE_URL", Default, "auth", true, true);
    row("REACT_APP_DIRECT_URL", Direct, "main", true, true);
    row("PUBLIC_PG", Default, "pg", false, true);
    row("_DATABASE_URL", Default, "main");
}

void TestUrlKey::reads()
{
    QFETCH(int, role);
    QFETCH(QString, database);
    QFETCH(bool, known);
    QFETCH(bool, inBrowser);
    const UrlKey key = readUrlKey(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(int(key.role), role);
    QCOMPARE(key.database, database);
    QCOMPARE(key.known, known);
    QCOMPARE(key.inBrowser, inBrowser);
}

void TestUrlKey::preference()
{
    QVERIFY(readUrlKey(u"DATABASE_URL"_s).rank < readUrlKey(u"POSTGRES_URL"_s).rank);
    QVERIFY(readUrlKey(u"POSTGRES_URL"_s).rank < readUrlKey(u"DB_URL"_s).rank);
    QVERIFY(readUrlKey(u"DB_URL"_s).rank < readUrlKey(u"WHATEVER"_s).rank);
}

QTEST_APPLESS_MAIN(TestUrlKey)
#include "tst_urlkey.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "envsample.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

QString endpointText(const char *role, const std::optional<Endpoint> &endpoint)
{
    return endpoint ? u" %1=%2(%3)"_s.arg(QString::fromLatin1(role), endpoint->source.key,
                                          endpoint->reason)
                    : QString();
}

/// "main pooled=KEY(reason) direct=KEY(reason); auth …"
QString textOf(const DatabaseSet &set)
{
    QStringList texts;
    for (const Database &database : set.databases)
        texts.append(database.name + endpointText("pooled", database.pooled)
                     + endpointText("direct", database.direct));
    return texts.join(u"; "_s);
}

QString ignoredText(const DatabaseSet &set)
{
    QStringList texts;
    for (const IgnoredValue &ignored : set.ignored)
        texts.append(ignored.value.source.key + ": "_L1 + ignored.explanation);
    return texts.join(u' ');
}

} // namespace

class TestPairing : public QObject
{
    Q_OBJECT

private:
    static void addRowsOfSeveral();

private slots:
    void pairs_data();
    void pairs();
    void evidence_data();
    void evidence();
    void derived_data();
    void derived();
    void insideHosts_data();
    void insideHosts();
    void rolesAreConsistent();
    void manyDatabases();
    void finds();
    void brokenIsNamed();
};

void TestPairing::pairs_data()
{
    QTest::addColumn<QStringList>("lines");
    QTest::addColumn<QString>("databases");
    QTest::addColumn<QString>("ignored");
    const auto row = [](const char *name, const QStringList &lines, const QString &databases,
                        const QString &ignored = {}) {
        QTest::newRow(name) << lines << databases << ignored;
    };
    row("nothing", {}, {});
    row("one, nothing said", {u"DATABASE_URL=postgres://u@h/d"_s},
        u"main direct=DATABASE_URL(nothing suggests a pooler)"_s);
    row("one, by port", {u"DATABASE_URL=postgres://u@h:6432/d"_s},
        u"main pooled=DATABASE_URL(port 6432)"_s);
    row("pair by port and hint",
        {u"DATABASE_URL=postgres://u@h:6432/d?pgbouncer=true"_s, u"DIRECT_URL=postgres://u@h/d"_s},
        u"main pooled=DATABASE_URL(port 6432 and pgbouncer=true) direct=DIRECT_URL(named by DIRECT_URL)"_s);
    row("pair by names only",
        {u"DATABASE_URL=postgres://u@a/d"_s, u"DIRECT_URL=postgres://u@b/d"_s},
        u"main pooled=DATABASE_URL(DIRECT_URL is named as the direct one) direct=DIRECT_URL(named by DIRECT_URL)"_s);
    row("same address twice",
        {u"DATABASE_URL=postgres://u@h/d"_s, u"DIRECT_URL=postgres://u:p@H:5432/d?x=1"_s},
        u"main direct=DIRECT_URL(named by DIRECT_URL)"_s,
        u"DATABASE_URL: The same address as DIRECT_URL."_s);
    row("Neon",
        {u"DATABASE_URL=postgres://u:p@ep-a-1-pooler.eu.aws.neon.tech/d?sslmode=require"_s,
         u"DATABASE_URL_UNPOOLED=postgres://u:p@ep-a-1.eu.aws.neon.tech/d?sslmode=require"_s},
        u"main pooled=DATABASE_URL(a “-pooler” host) direct=DATABASE_URL_UNPOOLED(named by DATABASE_URL_UNPOOLED)"_s);
    row("Supabase",
        {u"DATABASE_URL=postgres://postgres.abc:p@aws-0.pooler.supabase.com:6543/postgres?pgbouncer=true"_s,
         u"DIRECT_URL=postgres://postgres.abc:p@aws-0.pooler.supabase.com:5432/postgres"_s},
        u"main pooled=DATABASE_URL(port 6543 and pgbouncer=true and pooler.supabase.com) "
        "direct=DIRECT_URL(named by DIRECT_URL; a pooler in session mode)"_s);
    row("Vercel",
        {u"POSTGRES_URL=postgres://u@h-pooler.x/d"_s,
         u"POSTGRES_PRISMA_URL=postgres://u@h-pooler.x/d?connect_timeout=15"_s,
         u"POSTGRES_URL_NO_SSL=postgres://u@h-pooler.x/d"_s,
         u"POSTGRES_URL_NON_POOLING=postgres://u@h.x/d"_s},
        u"main pooled=POSTGRES_URL(a “-pooler” host) direct=POSTGRES_URL_NON_POOLING(named by "
        "POSTGRES_URL_NON_POOLING)"_s,
        u"POSTGRES_PRISMA_URL: The same address as POSTGRES_URL. "
        "POSTGRES_URL_NO_SSL: The same address as POSTGRES_URL."_s);
    row("Heroku",
        {u"DATABASE_URL=postgres://u@h/d"_s,
         u"DATABASE_CONNECTION_POOL_URL=postgres://u@h:5433/d"_s},
        u"main pooled=DATABASE_CONNECTION_POOL_URL(named by DATABASE_CONNECTION_POOL_URL) "
        "direct=DATABASE_URL(nothing suggests a pooler)"_s);
    row("Railway",
        {u"DATABASE_URL=postgres://u@pg.railway.internal/d"_s,
         u"DATABASE_PUBLIC_URL=postgres://u@x.proxy.rlwy.net:4711/d"_s},
        u"main direct=DATABASE_PUBLIC_URL(nothing suggests a pooler)"_s,
        u"DATABASE_URL: Its host is reachable inside of Railway only; DATABASE_PUBLIC_URL is used from here."_s);
    addRowsOfSeveral();
}

void TestPairing::addRowsOfSeveral()
{
    const auto row = [](const char *name, const QStringList &lines, const QString &databases,
                        const QString &ignored = {}) {
        QTest::newRow(name) << lines << databases << ignored;
    };
    row("own databases by prefix",
        {u"DATABASE_URL=postgres://u@h/d"_s, u"AUTH_DATABASE_URL=postgres://u@h/auth"_s,
         u"JOBS_DATABASE_URL=postgres://u@h:6432/jobs"_s, u"JOBS_DIRECT_URL=postgres://u@h/jobs"_s},
        u"main direct=DATABASE_URL(nothing suggests a pooler); auth "
        u"direct=AUTH_DATABASE_URL(nothing suggests a "
        "pooler); jobs pooled=JOBS_DATABASE_URL(port 6432) direct=JOBS_DIRECT_URL(named by JOBS_DIRECT_URL)"_s);
    row("direct only", {u"AUTH_DIRECT_URL=postgres://u@h/auth"_s},
        u"auth direct=AUTH_DIRECT_URL(named by AUTH_DIRECT_URL)"_s);
    row("called direct, leads to a pooler",
        {u"DATABASE_URL=postgres://u@h:6543/d"_s, u"DIRECT_URL=postgres://u@g:6543/d"_s},
        u"main pooled=DATABASE_URL(port 6543)"_s, u"DIRECT_URL: Not used as direct: port 6543."_s);
    row("called direct, alone, leads to a pooler", {u"DIRECT_URL=postgres://u@g:6543/d"_s},
        u"main pooled=DIRECT_URL(port 6543)"_s);
    row("two direct names",
        {u"DATABASE_URL=postgres://u@h:6432/d"_s, u"DIRECT_URL=postgres://u@a/d"_s,
         u"DIRECT_DATABASE_URL=postgres://u@b/d"_s},
        u"main pooled=DATABASE_URL(port 6432) direct=DIRECT_DATABASE_URL(named by DIRECT_DATABASE_URL)"_s,
        u"DIRECT_URL: DIRECT_DATABASE_URL names the direct address already."_s);
    row("two usual names, one is pooled",
        {u"DATABASE_URL=postgres://u@h:6432/d"_s, u"POSTGRES_URL=postgres://u@h/d"_s},
        u"main pooled=DATABASE_URL(port 6432) direct=POSTGRES_URL(nothing suggests a pooler)"_s);
    row("two usual names, two databases",
        {u"DATABASE_URL=postgres://u@h/d"_s, u"POSTGRES_URL=postgres://u@h/e"_s},
        u"main direct=DATABASE_URL(nothing suggests a pooler); postgres "
        u"direct=POSTGRES_URL(nothing suggests a "
        "pooler)"_s);
    row("names that meet",
        {u"DATABASE_URL=postgres://u@h/d"_s, u"POSTGRES_URL=postgres://u@h/e"_s,
         u"POSTGRES=postgres://u@h/f"_s},
        u"main direct=DATABASE_URL(nothing suggests a pooler); postgres "
        u"direct=POSTGRES_URL(nothing suggests a "
        "pooler); postgres_2 direct=POSTGRES(nothing suggests a pooler)"_s);
}

void TestPairing::pairs()
{
    QFETCH(QStringList, lines);
    QFETCH(QString, databases);
    QFETCH(QString, ignored);
    // The order in the file decides nothing.
    for (int turn = 0; turn < 2; ++turn) {
        const DatabaseSet set = pairDatabases(test::projectOfLines(lines));
        QCOMPARE(textOf(set), databases);
        if (turn == 0)
            QCOMPARE(ignoredText(set), ignored);
        size_t endpoints = 0;
        for (const Database &database : set.databases)
            endpoints += size_t(database.pooled.has_value()) + size_t(database.direct.has_value());
        QVERIFY2(endpoints + set.ignored.size() == size_t(lines.size()), "a value went missing");
        std::ranges::reverse(lines);
    }
}

void TestPairing::evidence_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<bool>("sessionMode");
    QTest::newRow("none") << u"postgres://u@h/d"_s << u""_s << false;
    QTest::newRow("6432") << u"postgres://u@h:6432/d"_s << u"port 6432"_s << false;
    QTest::newRow("6543") << u"postgres://u@h:6543/d"_s << u"port 6543"_s << false;
    QTest::newRow("hint") << u"postgres://u@h/d?pgbouncer=true"_s << u"pgbouncer=true"_s << false;
    QTest::newRow("no hint") << u"postgres://u@h/d?pgbouncer=false"_s << u""_s << false;
    QTest::newRow("Neon") << u"postgres://u@ep-x-pooler.a.b/d"_s << u"a “-pooler” host"_s << false;
    QTest::newRow("-pooler further behind") << u"postgres://u@ep.x-pooler.b/d"_s << u""_s << false;
    QTest::newRow("Fly") << u"postgres://u@pgbouncer.c.flympg.net/d"_s
                         << u"its name holds “pgbouncer”"_s << false;
    QTest::newRow("user") << u"postgres://pgbouncer_app@h/d"_s << u"its name holds “pgbouncer”"_s
                          << false;
    QTest::newRow("Supabase session")
        << u"postgres://u.r@a.pooler.supabase.com/d"_s << u"a pooler in session mode"_s << true;
}

void TestPairing::evidence()
{
    QFETCH(QString, url);
    const Result<ConnInfo> info = parseConnInfo(url, ConnOrigin::File);
    QVERIFY(info);
    const PoolEvidence found = poolEvidence(*info);
    QTEST(found.reason, "reason");
    QTEST(found.sessionMode, "sessionMode");
    QCOMPARE(found.pooled, !found.reason.isEmpty());
}

void TestPairing::derived_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("direct"); // empty: no rule
    QTest::newRow("Neon") << u"postgres://u:p@ep-x-pooler.a.b/d"_s
                          << u"postgresql://u:••••@ep-x.a.b:5432/d"_s;
    QTest::newRow("Supabase") << u"postgres://postgres.ref:p@a.pooler.supabase.com:6543/d"_s
                              << u"postgresql://postgres:••••@db.ref.supabase.co:5432/d"_s;
    QTest::newRow("Supabase without a reference")
        << u"postgres://postgres:p@a.pooler.supabase.com:6543/d"_s << u""_s;
    QTest::newRow("Fly") << u"postgres://u:p@pgbouncer.c.flympg.net/d"_s
                         << u"postgresql://u:••••@direct.c.flympg.net:5432/d"_s;
    QTest::newRow("PgBouncer beside")
        << u"postgres://u:p@h:6432/d"_s << u"postgresql://u:••••@h:5432/d"_s;
    QTest::newRow("hint only") << u"postgres://u:p@h/d?pgbouncer=true"_s << u""_s;
}

void TestPairing::derived()
{
    QFETCH(QString, url);
    QFETCH(QString, direct);
    const Result<ConnInfo> info = parseConnInfo(url, ConnOrigin::File);
    QVERIFY(info);
    const std::optional<DerivedDirect> found = derivedDirect(*info);
    QCOMPARE(found ? found->info.url() : QString(), direct);
    if (found) {
        QVERIFY(!poolEvidence(found->info).pooled);
        QVERIFY(!found->rule.isEmpty());
    }
}

void TestPairing::insideHosts_data()
{
    QTest::addColumn<QString>("platform");
    QTest::newRow("db.example.com") << u""_s;
    QTest::newRow("postgres.railway.internal") << u"Railway"_s;
    QTest::newRow("pg.default.svc") << u"Kubernetes"_s;
    QTest::newRow("pg.default.svc.cluster.local") << u"Kubernetes"_s;
    QTest::newRow("app-db.flycast") << u"Fly.io"_s;
    QTest::newRow("svc") << u""_s;
}

void TestPairing::insideHosts()
{
    QTEST(onlyInside(QString::fromLatin1(QTest::currentDataTag())), "platform");
}

void TestPairing::rolesAreConsistent()
{
    const DatabaseSet set = pairDatabases(test::projectOfLines(
        {u"DATABASE_URL=postgres://u@h:6432/d"_s, u"DIRECT_URL=postgres://u@h/other"_s}));
    QCOMPARE(set.databases.size(), size_t(1));
    QCOMPARE(set.databases.front().pooled->role, EndpointRole::Pooled);
    QCOMPARE(set.databases.front().direct->role, EndpointRole::Direct);
    QCOMPARE(set.warnings.size(), size_t(1));
    QCOMPARE(set.warnings.front().text,
             u"DATABASE_URL names the database “d”, but DIRECT_URL names “other”."_s);
}

void TestPairing::manyDatabases()
{
    QStringList lines;
    for (int i = 0; i < 200; ++i)
        lines.append(u"S%1_DATABASE_URL=postgres://u@h%1:6432/d"_s.arg(i));
    for (int i = 0; i < 200; ++i)
        lines.append(u"S%1_DIRECT_URL=postgres://u@h%1/d"_s.arg(i));
    const DatabaseSet set = pairDatabases(test::projectOfLines(lines));
    QCOMPARE(set.databases.size(), size_t(200));
    QVERIFY(
        std::ranges::all_of(set.databases, [](const Database &d) { return d.pooled && d.direct; }));
    QVERIFY(set.ignored.empty());
}

void TestPairing::finds()
{
    const DatabaseSet set = pairDatabases(test::projectOfLines(
        {u"DATABASE_URL=postgres://u@h/shop"_s, u"AUTH_DATABASE_URL=postgres://u@h/users"_s,
         u"A_DATABASE_URL=postgres://u@h/twice"_s, u"B_DATABASE_URL=postgres://u@h/twice"_s}));
    QCOMPARE(findDatabase(set, {})->name, u"main"_s);
    QCOMPARE(findDatabase(set, u"auth"_s)->name, u"auth"_s);
    QCOMPARE(findDatabase(set, u"users"_s)->name, u"auth"_s);
    QCOMPARE(findDatabase(set, u"twice"_s).error().id, "database.ambiguous"_ba);
    QVERIFY(findDatabase(set, u"twice"_s).error().advice.contains("a, b"_L1));
    QCOMPARE(findDatabase(set, u"none"_s).error().id, "database.unknown"_ba);
    QCOMPARE(findDatabase({}, {}).error().id, "database.none"_ba);
    const DatabaseSet one =
        pairDatabases(test::projectOfLines({u"AUTH_DATABASE_URL=postgres://u@h/users"_s}));
    QCOMPARE(findDatabase(one, {})->name, u"auth"_s);
    const DatabaseSet two = pairDatabases(test::projectOfLines(
        {u"AUTH_DATABASE_URL=postgres://u@h/users"_s, u"JOBS_DATABASE_URL=postgres://u@h/jobs"_s}));
    QCOMPARE(findDatabase(two, {}).error().id, "database.ambiguous"_ba);
}

void TestPairing::brokenIsNamed()
{
    const DatabaseSet set =
        pairDatabases(test::projectOfLines({u"DATABASE_URL=postgres://u:50%@h/d"_s}));
    QVERIFY(set.databases.empty());
    QCOMPARE(set.broken.size(), size_t(1));
    const Error error = findDatabase(set, {}).error();
    QCOMPARE(error.id, "conninfo.badPercent"_ba);
    QCOMPARE(error.place, u"DATABASE_URL in .env:1"_s);
}

QTEST_APPLESS_MAIN(TestPairing)
#include "tst_pairing.moc"

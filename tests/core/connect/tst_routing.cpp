// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/production.h"
#include "core/connect/routing.h"
#include "core/connect/sessionsetup.h"
#include "envsample.h"

#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

const QString pooledLine = u"DATABASE_URL=postgres://u:canary@h:6432/d"_s;
const QString directLine = u"DIRECT_URL=postgres://u:canary@h/d"_s;

Database databaseOf(const QStringList &lines, const QString &file = u".env"_s)
{
    const DatabaseSet set = pairDatabases(test::projectOfLines(lines, file));
    return set.databases.empty() ? Database{} : set.databases.front();
}

PoolerFindings findingsOf(const Endpoint &endpoint, PoolerKind kind,
                          PoolMode mode = PoolMode::Unknown)
{
    PoolerFindings findings;
    findings.byPlace.insert_or_assign(poolerPlace(endpoint),
                                      PoolerFinding{.kind = kind, .mode = mode});
    return findings;
}

/// "direct", "pooled" (shared with others), "own" (pooled, and its server stays ours), or the
/// error's id; with "*" where state lasts one transaction.
QString wayOf(const Database &database, Purpose purpose, const PoolerFindings &findings)
{
    const Result<Route> found = route(database, purpose, {}, findings);
    if (!found)
        return QString::fromUtf8(found.error().id);
    if (found->reason.isEmpty())
        return u"without a reason"_s;
    const QString way =
        found->isShared() || !found->keepsSession ? roleId(found->endpoint.role) : u"own"_s;
    return way + (found->oneTransactionOnly ? u"*"_s : QString());
}

const QString supabaseLine =
    u"DATABASE_URL=postgres://postgres.ref:canary@aws-0-eu.pooler.supabase.com:5432/d"_s;

} // namespace

class TestRouting : public QObject
{
    Q_OBJECT

private slots:
    void table_data();
    void table();
    void budget();
    void lastOnesAreLeftToOthers();
    void sessionPoolerCountsAsDirect_data();
    void sessionPoolerCountsAsDirect();
    void sessionPoolerNamedDirect();
    void sessionPoolerKeepsItsServer();
    void whatWasFoundOut_data();
    void whatWasFoundOut();
    void foundAtTheDirectOne();
    void foundTwoPoolers();
    void noWayOutThroughStatementMode();
    void unreachableDirect();
    void linesHoldEveryPurposeOnce();
    void refusalSaysHow();
    void purposesHaveNames();
    void exposure_data();
    void exposure();
    void markedByUser();
};

void TestRouting::table_data()
{
    QTest::addColumn<int>("purpose");
    QTest::addColumn<QString>("both");
    QTest::addColumn<QString>("directOnly");
    QTest::addColumn<QString>(
        "pooledOnly"); // "refused", or the role, with "*" where state lasts one transaction
    for (const Purpose purpose : allPurposes()) {
        QString pooledOnly = u"refused"_s;
        if (purpose == Purpose::Browse || purpose == Purpose::Catalog || purpose == Purpose::Query
            || purpose == Purpose::Export)
            pooledOnly = u"pooled"_s;
        else if (purpose == Purpose::SessionState)
            pooledOnly = u"pooled*"_s;
        QTest::newRow(qPrintable(purposeId(purpose)))
            << int(purpose) << u"direct"_s << u"direct"_s << pooledOnly;
    }
}

void TestRouting::table()
{
    QFETCH(int, purpose);
    const auto text = [purpose](const QStringList &lines) {
        const Result<Route> found = route(databaseOf(lines), Purpose(purpose));
        if (!found)
            return found.error().id == "route.needsDirect" ? u"refused"_s
                                                           : QString::fromUtf8(found.error().id);
        if (found->reason.isEmpty())
            return u"without a reason"_s;
        return roleId(found->endpoint.role) + (found->oneTransactionOnly ? u"*"_s : QString());
    };
    QTEST(text({pooledLine, directLine}), "both");
    QTEST(text({directLine}), "directOnly");
    QTEST(text({pooledLine}), "pooledOnly");
}

void TestRouting::budget()
{
    const Database both = databaseOf({pooledLine, directLine});
    QCOMPARE(route(both, Purpose::Browse, {.used = 2, .limit = 5})->reason,
             u"within budget, 2 of 5"_s);
    const Result<Route> full = route(both, Purpose::Browse, {.used = 5, .limit = 5});
    QCOMPARE(full->endpoint.role, EndpointRole::Pooled);
    QCOMPARE(full->reason, u"5 of 5 direct connections are in use"_s);
    // What must be direct stays so, and without a pooler there is nowhere else to go.
    QCOMPARE(route(both, Purpose::Dump, {.used = 5, .limit = 5})->endpoint.role,
             EndpointRole::Direct);
    const Database direct = databaseOf({directLine});
    QCOMPARE(route(direct, Purpose::Browse, {.used = 5, .limit = 5})->endpoint.role,
             EndpointRole::Direct);
}

void TestRouting::lastOnesAreLeftToOthers()
{
    const Database both = databaseOf({pooledLine, directLine});
    const auto role = [&both](int used) {
        return route(both, Purpose::Browse, {.used = used, .limit = 20, .spare = 3})->endpoint.role;
    };
    QCOMPARE(role(16), EndpointRole::Direct);
    QCOMPARE(role(17), EndpointRole::Pooled);
}

void TestRouting::sessionPoolerCountsAsDirect_data()
{
    QTest::addColumn<int>("purpose");
    QTest::addColumn<QString>("outcome");
    for (const Purpose purpose : allPurposes()) {
        const bool needsServer = purpose == Purpose::Dump || purpose == Purpose::Restore
                                 || purpose == Purpose::Replication;
        QTest::newRow(qPrintable(purposeId(purpose)))
            << int(purpose) << (needsServer ? u"route.sessionPooler"_s : u"allowed"_s);
    }
}

void TestRouting::sessionPoolerCountsAsDirect()
{
    QFETCH(int, purpose);
    QFETCH(QString, outcome);
    const Result<Route> found = route(databaseOf({supabaseLine}), Purpose(purpose));
    QCOMPARE(found ? u"allowed"_s : QString::fromUtf8(found.error().id), outcome);
    if (found) {
        QVERIFY(!found->oneTransactionOnly);
        return;
    }
    QVERIFY2(found.error().advice.contains("db.ref.supabase.co"_L1),
             qPrintable(found.error().advice));
    QVERIFY2(found.error().place.contains("replication"_L1), qPrintable(found.error().place));
    QVERIFY(!found.error().text().contains("canary"_L1));
}

void TestRouting::sessionPoolerNamedDirect()
{
    const QString named = supabaseLine;
    const Database database =
        databaseOf({pooledLine, QString(named).replace("DATABASE_URL"_L1, "DIRECT_URL"_L1)});
    QVERIFY(database.direct);
    QCOMPARE(route(database, Purpose::SessionState)->endpoint.source.key, u"DIRECT_URL"_s);
    QCOMPARE(route(database, Purpose::Dump).error().id, "route.sessionPooler"_ba);
    // A true direct one beside it serves everything.
    const Database both = databaseOf({supabaseLine, directLine});
    for (const Purpose purpose : allPurposes())
        QVERIFY(route(both, purpose));
}

void TestRouting::sessionPoolerKeepsItsServer()
{
    const SessionConfig session = sessionConfig(databaseOf({supabaseLine}).any());
    QVERIFY(session.ownServer && !session.pooled);
    const Database both = databaseOf({pooledLine, directLine});
    QVERIFY(sessionConfig(*both.pooled).pooled && !sessionConfig(*both.pooled).ownServer);
    QVERIFY(!sessionConfig(*both.direct).pooled && !sessionConfig(*both.direct).ownServer);
    const auto limit = [](const QString &parameters) {
        return sessionConfig(
                   databaseOf({u"DATABASE_URL=postgres://u@h.example.com/d"_s + parameters}).any())
            .connectTimeout;
    };
    QCOMPARE(limit({}), SessionConfig().connectTimeout);
    QCOMPARE(limit(u"?connect_timeout=4"_s), std::chrono::seconds(4));
    QCOMPARE(limit(u"?connect_timeout=300"_s), std::chrono::seconds(30)); // as conninfo says
    QCOMPARE(limit(u"?connect_timeout=soon"_s), SessionConfig().connectTimeout);
}

void TestRouting::whatWasFoundOut_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("mode");
    QTest::addColumn<QStringList>("ways"); // browse, query, state, migrate, listen, dump
    const auto row = [](const char *name, PoolerKind kind, PoolMode mode, const QString &ways) {
        QTest::newRow(name) << int(kind) << int(mode) << ways.split(u' ');
    };
    row("transaction", PoolerKind::PgBouncer, PoolMode::Transaction,
        u"pooled pooled pooled* route.needsDirect route.needsDirect route.needsDirect"_s);
    row("mode unknown", PoolerKind::Neon, PoolMode::Unknown,
        u"pooled pooled pooled* route.needsDirect route.needsDirect route.needsDirect"_s);
    row("session", PoolerKind::PgBouncer, PoolMode::Session,
        u"own own own own own route.sessionPooler"_s);
    row("statement", PoolerKind::PgBouncer, PoolMode::Statement,
        u"pooled route.statementPooler route.statementPooler route.needsDirect route.needsDirect "
        "route.needsDirect"_s);
    row("none", PoolerKind::None, PoolMode::Unknown,
        u"own own own route.needsDirect route.needsDirect route.needsDirect"_s);
}

void TestRouting::whatWasFoundOut()
{
    QFETCH(int, kind);
    QFETCH(int, mode);
    QFETCH(QStringList, ways);
    Database database = databaseOf({pooledLine});
    PoolerFindings findings = findingsOf(*database.pooled, PoolerKind(kind), PoolMode(mode));
    QVERIFY(!applyFindings(database, findings));
    QStringList found;
    for (const Purpose purpose : {Purpose::Browse, Purpose::Query, Purpose::SessionState,
                                  Purpose::Migrate, Purpose::Listen, Purpose::Dump})
        found << wayOf(database, purpose, findings);
    QCOMPARE(found, ways);
    // Each says what was found, and what can be done; a password never.
    const QString answers = PoolerKind(kind) == PoolerKind::None
                                ? u"no pooler was seen"_s
                                : poolerText(*findings.of(*database.pooled)) + u" answers"_s;
    QVERIFY(route(database, Purpose::Browse, {}, findings)->reason.contains(answers));
    const Error dump = route(database, Purpose::Dump, {}, findings).error();
    QVERIFY2(dump.place.contains(answers), qPrintable(dump.place));
    QVERIFY(!dump.advice.isEmpty());
    QVERIFY(!dump.text().contains("canary"_L1));
    // Beside a direct one all of it changes nothing.
    const Database both = databaseOf({pooledLine, directLine});
    for (const Purpose purpose : allPurposes())
        QCOMPARE(wayOf(both, purpose, findings), u"direct"_s);
}

void TestRouting::foundAtTheDirectOne()
{
    Database database = databaseOf({directLine});
    PoolerFindings none = findingsOf(*database.direct, PoolerKind::None);
    QVERIFY(!applyFindings(database, none));
    QCOMPARE(wayOf(database, Purpose::Dump, none), u"direct"_s);
    PoolerFindings session = findingsOf(*database.direct, PoolerKind::PgBouncer, PoolMode::Session);
    QVERIFY(!applyFindings(database, session));
    QCOMPARE(wayOf(database, Purpose::Migrate, session), u"direct"_s);
    QCOMPARE(wayOf(database, Purpose::Dump, session), u"route.sessionPooler"_s);
    PoolerFindings lends = findingsOf(*database.direct, PoolerKind::Other);
    QVERIFY(applyFindings(database, lends));
    QVERIFY(!database.direct && database.pooled && !lends.misnamed);
    QCOMPARE(wayOf(database, Purpose::Browse, lends), u"pooled"_s);
    QCOMPARE(wayOf(database, Purpose::Migrate, lends), u"route.needsDirect"_s);
    QVERIFY2(database.pooled->reason.contains("a pooler"_L1), qPrintable(database.pooled->reason));
}

void TestRouting::foundTwoPoolers()
{
    Database database = databaseOf({pooledLine, directLine});
    PoolerFindings findings =
        findingsOf(*database.direct, PoolerKind::PgBouncer, PoolMode::Transaction);
    QVERIFY(applyFindings(database, findings));
    QVERIFY(!database.direct && findings.misnamed);
    QCOMPARE(findings.misnamed->role, EndpointRole::Pooled);
    const Error migrate = route(database, Purpose::Migrate, {}, findings).error();
    QCOMPARE(migrate.id, "route.needsDirect"_ba);
    QVERIFY2(migrate.place.contains("DIRECT_URL"_L1), qPrintable(migrate.place));
}

void TestRouting::noWayOutThroughStatementMode()
{
    const Database both = databaseOf({pooledLine, directLine});
    const PoolerFindings findings =
        findingsOf(*both.pooled, PoolerKind::PgBouncer, PoolMode::Statement);
    const DirectBudget full{.used = 5, .limit = 5};
    QCOMPARE(route(both, Purpose::Browse, full, findings)->endpoint.role, EndpointRole::Pooled);
    QCOMPARE(route(both, Purpose::Query, full, findings)->endpoint.role, EndpointRole::Direct);
}

void TestRouting::unreachableDirect()
{
    Database database = databaseOf({pooledLine, directLine});
    database.direct->elsewhere = Elsewhere{.where = u"Railway"_s, .reason = u"its name"_s};
    const Result<Route> reading = route(database, Purpose::Browse);
    QCOMPARE(reading->endpoint.role, EndpointRole::Pooled);
    QVERIFY2(reading->reason.contains("Railway"_L1), qPrintable(reading->reason));
    QVERIFY(route(database, Purpose::SessionState)->oneTransactionOnly);
    const Error dump = route(database, Purpose::Dump).error();
    QCOMPARE(dump.id, "route.unreachable"_ba);
    QVERIFY(dump.place.contains("Railway"_L1));
    // Where there is no other way, connecting tells.
    database.pooled->elsewhere = database.direct->elsewhere;
    QCOMPARE(route(database, Purpose::Browse)->endpoint.role, EndpointRole::Direct);
    // A pooler that cannot be reached is no way out of a full server.
    database.direct->elsewhere.reset();
    QCOMPARE(route(database, Purpose::Browse, {.used = 5, .limit = 5})->endpoint.role,
             EndpointRole::Direct);
}

void TestRouting::linesHoldEveryPurposeOnce()
{
    for (const QStringList &lines : {QStringList{pooledLine, directLine}, QStringList{pooledLine},
                                     QStringList{directLine}, QStringList{supabaseLine}}) {
        QStringList purposes;
        for (const RouteLine &line : routeLines(databaseOf(lines))) {
            QVERIFY(line.route.has_value() != line.error.has_value());
            for (const Purpose purpose : line.purposes)
                purposes.append(purposeId(purpose));
        }
        QCOMPARE(size_t(purposes.size()), allPurposes().size());
        QCOMPARE(purposes.removeDuplicates(), 0);
    }
    // What cannot be done is one line.
    const std::vector<RouteLine> pooled = routeLines(databaseOf({pooledLine}));
    QCOMPARE(std::ranges::count_if(pooled, [](const RouteLine &line) { return !line.route; }), 1);
}

void TestRouting::refusalSaysHow()
{
    const Error derived = route(databaseOf({pooledLine}), Purpose::Migrate).error();
    QVERIFY2(derived.advice.contains(u"postgresql://u:••••@h:5432/d"_s),
             qPrintable(derived.advice));
    QVERIFY(!derived.text().contains("canary"_L1));
    QVERIFY(derived.place.contains(".env:1"_L1));
    const Error plain =
        route(databaseOf({u"DATABASE_URL=postgres://u@h/d?pgbouncer=true"_s}), Purpose::Dump)
            .error();
    QCOMPARE(plain.advice, u"Set DIRECT_URL beside DATABASE_URL."_s);
}

void TestRouting::purposesHaveNames()
{
    QStringList names;
    for (const Purpose purpose : allPurposes())
        QVERIFY(!purposeName(purpose).isEmpty());
    for (const Purpose purpose : allPurposes())
        names.append(purposeId(purpose));
    QVERIFY(!names.contains(QString()));
    names.removeDuplicates();
    QCOMPARE(size_t(names.size()), allPurposes().size());
}

void TestRouting::exposure_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("exposure");
    QTest::addColumn<QString>("word"); // in the reason
    const auto row = [](const char *name, const QString &line, const QString &exposure,
                        const QString &word = {}, const QString &file = u".env"_s) {
        QTest::newRow(name) << line << file << exposure << word;
    };
    row("loopback", u"PROD_DATABASE_URL=postgres://u@localhost/prod"_s, u"local"_s);
    row("private range", u"DATABASE_URL=postgres://u@10.1.2.3/production"_s, u"local"_s);
    row("docker's name of this machine", u"DATABASE_URL=postgres://u@Host.docker.internal/prod"_s,
        u"local"_s);
    row("below localhost", u"DATABASE_URL=postgres://u@db.localhost/prod"_s, u"local"_s);
    row("private range, IPv6", u"DATABASE_URL=postgres://u@[fd00::1]/prod"_s, u"local"_s);
    row("inside of a cloud, production", u"DATABASE_URL=postgres://u@prod-db.ec2.internal/shop"_s,
        u"production"_s, u"host"_s);
    row("inside of a cloud", u"DATABASE_URL=postgres://u@ip-10-0-0-7.ec2.internal/shop"_s,
        u"remote"_s);
    row("inside of a platform", u"DATABASE_URL=postgres://u@shop.railway.internal/shop"_s,
        u"remote"_s, u"Railway"_s);
    row("inside of Fly.io", u"DATABASE_URL=postgres://u@shop.flycast/shop"_s, u"remote"_s,
        u"Fly.io"_s);
    row("inside of a cluster", u"DATABASE_URL=postgres://u@db.prod.svc.cluster.local/shop"_s,
        u"production"_s, u"host"_s);
    row("office machine", u"DATABASE_URL=postgres://u@nas.lan/production"_s, u"production"_s,
        u"database"_s);
    row("no dot", u"DATABASE_URL=postgres://u@orders/shop"_s, u"remote"_s, u"any machine"_s);
    row("public", u"DATABASE_URL=postgres://u@db.example.com/shop"_s, u"remote"_s,
        u"public host"_s);
    row("key", u"PROD_DATABASE_URL=postgres://u@db.example.com/shop"_s, u"production"_s,
        u"variable"_s);
    row("file", u"DATABASE_URL=postgres://u@db.example.com/shop"_s, u"production"_s, u"file"_s,
        u".env.production"_s);
    row("host", u"DATABASE_URL=postgres://u@shop-prod1.example.com/shop"_s, u"production"_s,
        u"host"_s);
    row("host, live", u"DATABASE_URL=postgres://u@live.example.com/shop"_s, u"production"_s,
        u"live"_s);
    row("database", u"DATABASE_URL=postgres://u@db.example.com/shop_production"_s, u"production"_s,
        u"database"_s);
    row("part of a word", u"DELIVERY_DATABASE_URL=postgres://u@product.example.com/olive_alive"_s,
        u"remote"_s);
    row("user and password do not count",
        u"DATABASE_URL=postgres://prod:prod@db.example.com/shop"_s, u"remote"_s);
}

void TestRouting::exposure()
{
    QFETCH(QString, line);
    QFETCH(QString, file);
    QFETCH(QString, word);
    const ExposureFinding found = exposureOf(databaseOf({line}, file));
    QTEST(exposureId(found.exposure), "exposure");
    QVERIFY2(!found.reason.isEmpty() && found.reason.contains(word), qPrintable(found.reason));
}

void TestRouting::markedByUser()
{
    Database local = databaseOf({u"DATABASE_URL=postgres://u@localhost/d"_s});
    local.mark = ExposureMark::Production;
    QCOMPARE(exposureOf(local).exposure, Exposure::Production);
    local.mark = ExposureMark::NotProduction;
    QCOMPARE(exposureOf(local).exposure, Exposure::Local);
    Database named = databaseOf({u"DATABASE_URL=postgres://u@prod.example.com/d"_s});
    named.mark = ExposureMark::NotProduction;
    QCOMPARE(exposureOf(named).exposure, Exposure::Remote);
    // The stricter of both endpoints counts.
    const Database mixed = databaseOf({u"DATABASE_URL=postgres://u@pool.example.com:6432/prod"_s,
                                       u"DIRECT_URL=postgres://u@localhost/prod"_s});
    QCOMPARE(exposureOf(mixed).exposure, Exposure::Production);
}

QTEST_APPLESS_MAIN(TestRouting)
#include "tst_routing.moc"

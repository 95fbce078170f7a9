// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/poolerkind.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

ConnInfo infoOf(const QString &url)
{
    return parseConnInfo(url, ConnOrigin::File).value();
}

PoolerFacts said(const QByteArray &sqlState, const QString &message)
{
    PoolerFacts facts;
    facts.errors.push_back({.sqlState = sqlState, .message = message});
    return facts;
}

PoolerFacts seen(int announced, const std::vector<PoolerFacts::Transaction> &transactions)
{
    PoolerFacts facts;
    facts.announcedPid = announced;
    facts.transactions = transactions;
    return facts;
}

/// "pgbouncer transaction", or "none unknown".
QString found(const PoolerFacts &facts)
{
    const PoolerFinding finding = poolerKind(facts);
    if (finding.evidence.isEmpty() != (finding.kind == PoolerKind::None))
        return u"evidence is missing, or of nothing: "_s + finding.evidence;
    return poolerKindId(finding.kind) + u' ' + poolModeId(finding.mode);
}

} // namespace

class TestPoolerKind : public QObject
{
    Q_OBJECT

private slots:
    void byAddress_data();
    void byAddress();
    void bySaying_data();
    void bySaying();
    void byGreeting();
    void byProcess();
    void byTurns_data();
    void byTurns();
    void whatWasDoneBeatsTheAddress();
    void likeAServer();
    void textsForPeople();
};

void TestPoolerKind::byAddress_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &url, const QString &expected) {
        QTest::newRow(name) << url << expected;
    };
    row("nothing", u"postgres://u@db.example.com/d"_s, u"none unknown"_s);
    row("PgBouncer's port", u"postgres://u@h:6432/d"_s, u"pgbouncer unknown"_s);
    row("its hint", u"postgres://u@h/d?pgbouncer=true"_s, u"pgbouncer unknown"_s);
    row("its name", u"postgres://u@pgbouncer.x.flympg.net/d"_s, u"pgbouncer unknown"_s);
    row("Supabase, transactions", u"postgres://postgres.ref@aws-0-eu.pooler.supabase.com:6543/d"_s,
        u"supavisor transaction"_s);
    row("Supabase, sessions", u"postgres://postgres.ref@aws-0-eu.pooler.supabase.com:5432/d"_s,
        u"supavisor session"_s);
    row("Supavisor of one's own", u"postgres://postgres.ref@10.0.0.1:6543/d"_s,
        u"supavisor transaction"_s);
    row("Neon", u"postgres://u@ep-cool-1-pooler.eu-central-1.aws.neon.tech/d"_s,
        u"neon transaction"_s);
    row("Neon, direct", u"postgres://u@ep-cool-1.eu-central-1.aws.neon.tech/d"_s,
        u"none unknown"_s);
    row("RDS Proxy", u"postgres://u@shop.proxy-abc123.eu-west-1.rds.amazonaws.com/d"_s,
        u"rdsProxy transaction"_s);
    row("RDS", u"postgres://u@shop.abc123.eu-west-1.rds.amazonaws.com/d"_s, u"none unknown"_s);
}

void TestPoolerKind::byAddress()
{
    QFETCH(QString, url);
    PoolerFacts facts;
    facts.address = infoOf(url);
    QTEST(found(facts), "expected");
}

void TestPoolerKind::bySaying_data()
{
    QTest::addColumn<QByteArray>("sqlState");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QByteArray &sqlState, const QString &message,
                        const QString &expected) {
        QTest::newRow(name) << sqlState << message << expected;
    };
    row("statement mode", "08P01"_ba, u"transaction blocks not allowed in statement pooling mode"_s,
        u"pgbouncer statement"_s);
    row("no server in time", "08P01"_ba, u"query_wait_timeout"_s, u"pgbouncer unknown"_s);
    row("server gone", "08P01"_ba, u"server conn crashed?"_s, u"pgbouncer unknown"_s);
    row("startup parameter", "08P01"_ba,
        u"unsupported startup parameter in options: statement_timeout"_s, u"pgbouncer unknown"_s);
    row("the same words of a server", "42601"_ba, u"query_wait_timeout"_s, u"none unknown"_s);
    row("RDS Proxy", "0A000"_ba,
        u"Feature not supported: RDS Proxy currently doesn’t support command-line options."_s,
        u"rdsProxy transaction"_s);
    row("Supavisor, a code", "XX000"_ba, u"(ENOTFOUND) tenant/user postgres.x not found"_s,
        u"supavisor unknown"_s);
    row("Supavisor, session mode", "XX000"_ba,
        u"(EMAXCLIENTSESSION) max clients reached in session mode - max clients are limited to "
        "pool_size: 15"_s,
        u"supavisor session"_s);
    row("Supavisor, SET refused", "XX000"_ba,
        u"(ESETNOTALLOWED) session-level SET statements are not allowed in transaction mode"_s,
        u"supavisor transaction"_s);
    row("Supavisor, before it had codes", "XX000"_ba, u"Tenant or user not found"_s,
        u"supavisor unknown"_s);
    row("an error of a server", "XX000"_ba, u"(e) could not read block 3"_s, u"none unknown"_s);
    row("a server's own words", "57P01"_ba,
        u"terminating connection due to administrator command"_s, u"none unknown"_s);
}

void TestPoolerKind::bySaying()
{
    QFETCH(QByteArray, sqlState);
    QFETCH(QString, message);
    QTEST(found(said(sqlState, message)), "expected");
}

void TestPoolerKind::byGreeting()
{
    PoolerFacts facts;
    facts.askedName = "sluice";
    facts.reports = {{"application_name", "sluice"}};
    QCOMPARE(found(facts), u"none unknown"_s);
    facts.reports = {{"application_name", "Supavisor"}};
    QCOMPARE(found(facts), u"supavisor unknown"_s);
    facts.askedName = "Supavisor";
    QCOMPARE(found(facts), u"none unknown"_s);
    facts.preparedNames = {"mine", "PGBOUNCER_12"};
    QCOMPARE(found(facts), u"pgbouncer unknown"_s);
}

void TestPoolerKind::byProcess()
{
    QCOMPARE(found(seen(4711, {{0, 4711}})), u"none unknown"_s);
    QCOMPARE(found(seen(4711, {})), u"none unknown"_s);
    QCOMPARE(found(seen(12, {{0, 4711}})), u"other unknown"_s);
    QCOMPARE(found(seen(1'804'289'383, {{0, 4711}})), u"pgbouncer unknown"_s);
    QCOMPARE(found(seen(-7, {{0, 4711}})), u"pgbouncer unknown"_s);
}

void TestPoolerKind::byTurns_data()
{
    QTest::addColumn<std::vector<PoolerFacts::Transaction>>("transactions");
    QTest::addColumn<bool>("waited");
    QTest::addColumn<QString>("behindPooler"); // where another process was announced
    QTest::addColumn<QString>("plain");        // where the very one was
    using Transactions = std::vector<PoolerFacts::Transaction>;
    QTest::newRow("one of each") << Transactions{{0, 5}, {1, 6}} << false << u"other unknown"_s
                                 << u"none unknown"_s;
    QTest::newRow("wanders") << Transactions{{0, 5}, {0, 6}} << false << u"other transaction"_s
                             << u"other transaction"_s;
    QTest::newRow("shared") << Transactions{{0, 5}, {1, 5}} << false << u"other transaction"_s
                            << u"other transaction"_s;
    QTest::newRow("one alone stays") << Transactions{{0, 5}, {0, 5}, {0, 5}, {0, 5}, {0, 5}}
                                     << false << u"other unknown"_s << u"none unknown"_s;
    QTest::newRow("each keeps its own")
        << Transactions{{0, 5}, {1, 6}, {0, 5}, {1, 6}, {0, 5}, {1, 6}, {0, 5}, {1, 6}} << false
        << u"other session"_s << u"none unknown"_s;
    QTest::newRow("waits for an idle one")
        << Transactions{{0, 5}, {0, 5}} << true << u"other session"_s << u"none unknown"_s;
}

void TestPoolerKind::byTurns()
{
    QFETCH(std::vector<PoolerFacts::Transaction>, transactions);
    QFETCH(bool, waited);
    PoolerFacts facts = seen(12, transactions);
    facts.waitedForIdle = waited;
    QTEST(found(facts), "behindPooler");
    facts.announcedPid = 5;
    QTEST(found(facts), "plain");
}

void TestPoolerKind::whatWasDoneBeatsTheAddress()
{
    PoolerFacts facts = seen(-7, {{0, 5}, {1, 6}, {0, 5}, {1, 6}, {0, 5}, {1, 6}, {0, 5}, {1, 6}});
    facts.address = infoOf(u"postgres://u@h:6432/d?pgbouncer=true"_s);
    QCOMPARE(found(facts), u"pgbouncer session"_s);
    // The name stays the one that is known, the mode is the one that was met.
    facts.address = infoOf(u"postgres://postgres.ref@aws-0-eu.pooler.supabase.com:5432/d"_s);
    facts.transactions = {{0, 5}, {0, 6}};
    const PoolerFinding finding = poolerKind(facts);
    QCOMPARE(finding.kind, PoolerKind::Supavisor);
    QCOMPARE(finding.mode, PoolMode::Transaction);
    QVERIFY(!finding.keepsSession());
    // An address speaks of one pooler, the pooler itself of another.
    facts = said("0A000"_ba, u"RDS Proxy currently doesn’t support this."_s);
    facts.address = infoOf(u"postgres://u@h:6432/d"_s);
    QCOMPARE(found(facts), u"rdsProxy transaction"_s);
}

/// Two connections that keep what was announced to them: as with a server, whatever the address is
/// called. A platform's own pooler stays one.
void TestPoolerKind::likeAServer()
{
    const auto turns = [](int second) {
        return std::vector<PoolerFacts::Transaction>{{0, 5, 5}, {1, 6, second}, {0, 5, 5},
                                                     {0, 5, 5}, {1, 6, second}, {1, 6, second},
                                                     {0, 5, 5}, {1, 6, second}};
    };
    PoolerFacts facts = seen(5, turns(6));
    facts.address = infoOf(u"postgres://u@h/d?pgbouncer=true"_s);
    const PoolerFinding finding = poolerKind(facts);
    QCOMPARE(finding.kind, PoolerKind::None);
    QVERIFY2(finding.evidence.contains("pgbouncer=true"_L1), qPrintable(finding.evidence));
    facts.address = infoOf(u"postgres://u@h/d"_s);
    QVERIFY(!poolerKind(facts).evidence.isEmpty());
    facts.address = infoOf(u"postgres://u@shop.proxy-abc.eu-west-1.rds.amazonaws.com/d"_s);
    QCOMPARE(found(facts), u"rdsProxy session"_s);
    // One of them was announced another.
    facts.address = infoOf(u"postgres://u@h/d?pgbouncer=true"_s);
    facts.transactions = turns(7);
    QCOMPARE(found(facts), u"pgbouncer session"_s);
}

void TestPoolerKind::textsForPeople()
{
    QCOMPARE(poolerName({.kind = PoolerKind::Other, .mode = PoolMode::Session}),
             u"A pooler in session mode"_s);
    QVERIFY(poolerConsequence({}).isEmpty());
    QVERIFY(!poolerConsequence({.kind = PoolerKind::PgBouncer}).isEmpty());
    QCOMPARE(poolerText({.kind = PoolerKind::PgBouncer, .mode = PoolMode::Session}),
             u"PgBouncer in session mode"_s);
    QCOMPARE(poolerText({.kind = PoolerKind::RdsProxy, .mode = PoolMode::Unknown}), u"RDS Proxy"_s);
    QCOMPARE(poolerText({}), u"no pooler"_s);
    QVERIFY(!sessionModeLimit().isEmpty());
}

QTEST_APPLESS_MAIN(TestPoolerKind)
#include "tst_poolerkind.moc"

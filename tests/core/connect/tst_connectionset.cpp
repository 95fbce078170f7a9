// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/writeswitch.h"
#include "openedfolder.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QSignalSpy>
#include <QTest>

#include <memory>
#include <vector>

using namespace Qt::StringLiterals;
using namespace core;
using test::Opened;
using test::outcomeOf;
using test::reading;
using test::runAll;

namespace {

/// Server processes that serve the code under test. It logs in as the plain role and the test's own
/// looks do not, so a look that is still ending is not counted.
int sessionsOn(const test::TestDatabase &server)
{
    return server
        .valueSuper("select count(*) from pg_stat_activity where datname = current_database() "
                    "and application_name = 'sluice' and usename = '"
                    + server.facts().plainUser + '\'')
        .toInt();
}

} // namespace

class TestConnectionSet : public QObject
{
    Q_OBJECT

private slots:
    void needsConsent();
    void nothingConnectsByItself();
    void directTakesThreeAndTwoForJobs();
    void pooledTakesOne();
    void bothPreferDirect();
    void budgetIsMeasured();
    void turnedAwaySendsReadingToThePooler();
    void pooledRefusesWhatNeedsDirect();
    void unmaskedPooler();
    void unmaskedPoolerBesideAnother();
    void changingBackends();
    void reconnectIsNoPooler();
    void closes();
    void writesWithThePermitOfThisDatabase();
};

void TestConnectionSet::needsConsent()
{
    const Opened agreed({u"DATABASE_URL=postgres://u@one.example/d"_s});
    const Opened other({u"DATABASE_URL=postgres://u@two.example/d"_s});
    const Result<TrustToken> token =
        TrustStore(agreed.dir.filePath(u"trust.json"_s)).grant(agreed.project);
    QVERIFY(token);
    QVERIFY(ConnectionSet::create(agreed.database, *token));
    const auto refused = ConnectionSet::create(other.database, *token);
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, "trust.needed"_ba);
    QCOMPARE(refused.error().kind, ErrorKind::Consent);
    QVERIFY(refused.error().message.contains("two.example"_L1));
}

void TestConnectionSet::nothingConnectsByItself()
{
    const test::TestDatabase server;
    const Opened opened({u"DIRECT_URL="_s + server.url()});
    const auto set = opened.connections();
    QVERIFY(set);
    QVERIFY((*set)->session(Purpose::Browse));
    QVERIFY((*set)->session(Purpose::Query));
    QCOMPARE((*set)->openSessions(), 0);
    QCOMPARE(sessionsOn(server), 0);
}

void TestConnectionSet::directTakesThreeAndTwoForJobs()
{
    const test::TestDatabase server;
    const Opened opened({u"DIRECT_URL="_s + server.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Catalog, Purpose::Browse, Purpose::Query,
                          Purpose::SessionState, Purpose::Query, Purpose::Catalog}),
             QStringList());
    QCOMPARE(sessionsOn(server), 2);
    QCOMPARE(set.openSessions(), 2);
    // The third only while something listens.
    QCOMPARE(runAll(set, {Purpose::Listen, Purpose::Listen, Purpose::SchemaChange}), QStringList());
    QCOMPARE(sessionsOn(server), 3);
    QCOMPARE(*set.session(Purpose::Browse), *set.session(Purpose::Catalog));
    QVERIFY(*set.session(Purpose::Browse) != *set.session(Purpose::Query));
    // However many jobs there are, two sessions carry them.
    QCOMPARE(runAll(set, {Purpose::Export, Purpose::Export, Purpose::Export, Purpose::Dump,
                          Purpose::Export}),
             QStringList());
    QVERIFY(sessionsOn(server) >= 4 && sessionsOn(server) <= 5);
    QObject owner;
    for (const int number : {0, 1}) {
        const Result<SessionThread *> job = set.jobSession(Purpose::Export, number);
        QVERIFY(job);
        Request *request = (*job)->send(reading("select 1"), &owner);
        QSignalSpy finished(request, &Request::finished);
        QVERIFY(finished.wait());
    }
    QCOMPARE(sessionsOn(server), 5);
    // Each of them ends by itself (tst_sessionreconnect, tst_sessionheld).
    for (const Purpose purpose :
         {Purpose::Browse, Purpose::Query, Purpose::Listen, Purpose::Export})
        QCOMPARE((*set.session(purpose))->config().idleTimeout, std::chrono::seconds(60));
    QVERIFY(*set.jobSession(Purpose::Export, 0) != *set.jobSession(Purpose::Export, 1));
}

void TestConnectionSet::pooledTakesOne()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server);
    const Opened opened({u"DATABASE_URL="_s + pooler.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QCOMPARE(set.database().pooled->role, EndpointRole::Pooled);
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Query, Purpose::Export, Purpose::Catalog,
                          Purpose::SessionState}),
             QStringList());
    QCOMPARE(set.openSessions(), 1);
    QCOMPARE(pooler.pool("cl_active") + pooler.pool("cl_waiting"), 1);
    QVERIFY((*set.session(Purpose::Browse))->config().pooled);
    QCOMPARE(*set.jobSession(Purpose::Export, 0), *set.jobSession(Purpose::Export, 1));
}

void TestConnectionSet::bothPreferDirect()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server);
    const Opened opened({u"DATABASE_URL="_s + pooler.url(), u"DIRECT_URL="_s + server.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    QCOMPARE(runAll(**made, {Purpose::Browse, Purpose::Query, Purpose::Export}), QStringList());
    QCOMPARE(pooler.pool("cl_active"), 0);
    QCOMPARE((*made)->routeFor(Purpose::Browse)->endpoint.source.key, u"DIRECT_URL"_s);
    QVERIFY(!(*(*made)->session(Purpose::Browse))->config().pooled);
}

void TestConnectionSet::budgetIsMeasured()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server);
    const Opened opened({u"DATABASE_URL="_s + pooler.url(), u"DIRECT_URL="_s + server.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QCOMPARE(set.budget(), DirectBudget{});
    QCOMPARE(runAll(set, {Purpose::Browse}), QStringList());
    QTRY_VERIFY(set.budget().limit > 0);
    QCOMPARE(set.budget().limit,
             server.valueSuper("SHOW max_connections").toInt()
                 - server.valueSuper("SHOW superuser_reserved_connections").toInt()
                 - server.valueSuper("SHOW reserved_connections").toInt());
    QVERIFY(set.budget().used >= 1);
    QVERIFY(set.routeFor(Purpose::Browse)->reason.startsWith("within budget"_L1));
}

/// A full server would need all of its connections; a database's own limit turns away likewise.
void TestConnectionSet::turnedAwaySendsReadingToThePooler()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server);
    {
        test::Connection warm = pooler.connect(); // its server connection stays in the pool
        warm.exec("SELECT 1");
    }
    server.execSuper("ALTER DATABASE \"" + server.name().toUtf8() + "\" CONNECTION LIMIT 1");
    const Opened opened({u"DATABASE_URL="_s + pooler.url(), u"DIRECT_URL="_s + server.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QCOMPARE(runAll(set, {Purpose::Browse}).size(), 1);
    QVERIFY(set.budget().refused);
    QCOMPARE(set.routeFor(Purpose::Browse)->endpoint.role, EndpointRole::Pooled);
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Query}), QStringList());
    // What needs the direct one still asks there.
    QCOMPARE(set.routeFor(Purpose::SessionState)->endpoint.role, EndpointRole::Direct);
    server.execSuper("ALTER DATABASE \"" + server.name().toUtf8() + "\" CONNECTION LIMIT -1");
}

void TestConnectionSet::pooledRefusesWhatNeedsDirect()
{
    const Opened opened({u"DATABASE_URL=postgres://u@127.0.0.1:6432/d"_s});
    const auto made = opened.connections();
    QVERIFY(made);
    for (const Purpose purpose : {Purpose::Migrate, Purpose::Dump, Purpose::Listen}) {
        QCOMPARE((*made)->session(purpose).error().id, "route.needsDirect"_ba);
        QCOMPARE((*made)->jobSession(purpose, 0).error().id, "route.needsDirect"_ba);
        QCOMPARE((*made)->send(purpose, reading("select 1")).error().id, "route.needsDirect"_ba);
    }
    QCOMPARE((*made)->openSessions(), 0);
}

/// A pooler under a name and a port that say nothing shows itself at the first connection.
void TestConnectionSet::unmaskedPooler()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server);
    const Opened opened({u"DATABASE_URL="_s + pooler.url().section(u'?', 0, 0)});
    QVERIFY2(opened.database.direct, "the address itself must not give it away");
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QSignalSpy changed(&set, &ConnectionSet::endpointChanged);
    SessionThread *before = *set.session(Purpose::Browse);
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Query}), QStringList());
    QTRY_COMPARE(changed.count(), 1);
    const Endpoint endpoint = changed.front().front().value<Endpoint>();
    QCOMPARE(endpoint.role, EndpointRole::Pooled);
    QVERIFY(!endpoint.reason.isEmpty());
    QVERIFY(!set.database().direct);
    QCOMPARE(*set.database().pooled, endpoint);
    QCOMPARE(set.session(Purpose::Migrate).error().id, "route.needsDirect"_ba);
    SessionThread *after = *set.session(Purpose::Browse);
    QVERIFY(after != before);
    QVERIFY(after->config().pooled);
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Query, Purpose::Export}), QStringList());
    QTRY_COMPARE(set.openSessions(), 1);
    QTRY_COMPARE(pooler.pool("cl_active"), 1);
    // A pointer that somebody kept still works.
    QVERIFY(!before->config().pooled);
    QCOMPARE(changed.count(), 1);
}

void TestConnectionSet::unmaskedPoolerBesideAnother()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server);
    const test::TestPooler second(server);
    const Opened opened(
        {u"DATABASE_URL="_s + pooler.url(), u"DIRECT_URL="_s + second.url().section(u'?', 0, 0)});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QSignalSpy changed(&set, &ConnectionSet::endpointChanged);
    QCOMPARE(runAll(set, {Purpose::Browse}), QStringList());
    QTRY_COMPARE(changed.count(), 1);
    QCOMPARE(changed.front().front().value<Endpoint>().source.key, u"DIRECT_URL"_s);
    QVERIFY(!set.database().direct);
    QCOMPARE(set.database().pooled->source.key, u"DATABASE_URL"_s);
}

/// Two frames of one connection that name two server processes are evidence too.
void TestConnectionSet::changingBackends()
{
    const test::TestDatabase server;
    const Opened opened({u"DIRECT_URL="_s + server.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QSignalSpy changed(&set, &ConnectionSet::endpointChanged);
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Browse}), QStringList());
    QCOMPARE(changed.count(), 0);
    SessionThread *session = *set.session(Purpose::Browse);
    Request request(Serial{1'000'000});
    set.watch(*session, request);
    Summary summary;
    summary.backendPid = session->serverInfo().backendPid;
    emit request.finished(summary);
    QCOMPARE(changed.count(), 0);
    ++summary.backendPid;
    emit request.finished(summary);
    QCOMPARE(changed.count(), 1);
    QCOMPARE(set.database().pooled->role, EndpointRole::Pooled);
}

void TestConnectionSet::reconnectIsNoPooler()
{
    const test::TestDatabase server;
    const Opened opened({u"DIRECT_URL="_s + server.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QSignalSpy changed(&set, &ConnectionSet::endpointChanged);
    QCOMPARE(runAll(set, {Purpose::Browse}), QStringList());
    SessionThread *session = *set.session(Purpose::Browse);
    const int first = session->serverInfo().backendPid;
    QSignalSpy lost(session, &SessionThread::idleConnectionLost);
    server.execSuper("select pg_terminate_backend(" + QByteArray::number(first) + ')');
    QVERIFY(lost.wait());
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Browse}), QStringList());
    QVERIFY(session->serverInfo().backendPid != first);
    QCOMPARE(changed.count(), 0);
    QVERIFY(set.database().direct);
}

void TestConnectionSet::closes()
{
    const test::TestDatabase server;
    const Opened opened({u"DIRECT_URL="_s + server.url()});
    auto made = opened.connections();
    QVERIFY(made);
    QCOMPARE(runAll(**made, {Purpose::Browse, Purpose::Query, Purpose::Export}), QStringList());
    QCOMPARE(sessionsOn(server), 3);
    (*made)->close();
    QTRY_COMPARE((*made)->openSessions(), 0);
    QTRY_COMPARE(sessionsOn(server), 0);
    QCOMPARE(runAll(**made, {Purpose::Browse}), QStringList());
    QCOMPARE(sessionsOn(server), 1);
    made->reset();
    QTRY_COMPARE(sessionsOn(server), 0);
}

void TestConnectionSet::writesWithThePermitOfThisDatabase()
{
    const test::TestDatabase server;
    const Opened opened({u"DIRECT_URL="_s + server.url()});
    const test::TestDatabase elsewhere;
    const Opened other({u"DIRECT_URL="_s + elsewhere.url()});
    WriteSwitch person;
    const Result<WritePermit> wrong = person.turnOn(other.database, {});
    const auto made = opened.connections();
    QVERIFY(made && wrong);
    const auto write = [&](const std::optional<WritePermit> &permit, const QByteArray &sql) {
        RequestSpec spec = reading(sql);
        spec.frame = Frame::Writing;
        spec.permit = permit;
        const Result<Request *> sent = (*made)->send(Purpose::Query, spec);
        return sent ? outcomeOf(**sent) : sent.error().id;
    };
    QCOMPARE(write({}, "create table t (id int)"), "write.notAllowed"_ba);
    QCOMPARE(write(*wrong, "create table t (id int)"), "write.notAllowed"_ba);
    const Result<WritePermit> right = person.turnOn(opened.database, {});
    QVERIFY(right);
    QCOMPARE(write(*right, "create table t (id int)"), "done"_ba);
    QCOMPARE(server.valueSuper("select count(*) from pg_class where relname = 't'"), "1"_ba);
    QCOMPARE(elsewhere.valueSuper("select count(*) from pg_class where relname = 't'"), "0"_ba);
}

QTEST_GUILESS_MAIN(TestConnectionSet)
#include "tst_connectionset.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// What is found out about a real PgBouncer, and which way requests take from then on.
#include "core/connect/poolerprobe.h"
#include "core/connect/writeswitch.h"
#include "openedfolder.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using test::Opened;
using test::outcomeOf;
using test::reading;
using test::runAll;

namespace {

/// Asks as a person does, and takes what was found.
Result<PoolerFinding> findOut(ConnectionSet &set, const Endpoint &endpoint)
{
    const auto probe = set.probe(endpoint);
    if (!probe)
        return std::unexpected(probe.error());
    QSignalSpy finished(probe->get(), &PoolerProbe::finished);
    (*probe)->start();
    if (!finished.wait(60'000))
        return failure(ErrorKind::Local, "test.noAnswer"_ba, u"no answer"_s);
    Result<PoolerFinding> found = finished.front().front().value<Result<PoolerFinding>>();
    if (found)
        set.learn(endpoint, *found);
    return found;
}

} // namespace

class TestPoolerFindings : public QObject
{
    Q_OBJECT

private slots:
    void sessionModeKeepsState();
    void sessionModeOfOneTakesOne();
    void statementModeRefusesBeforeSending();
    void noPoolerWhereOneWasNamed();
    void foundOutBehindTheDirectOne();
    void whatIsSeenBeatsWhatWasFound();
};

void TestPoolerFindings::sessionModeKeepsState()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server, {.poolMode = "session"});
    const Opened opened({u"DATABASE_URL="_s + pooler.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QSignalSpy changed(&set, &ConnectionSet::endpointChanged);
    QSignalSpy learnt(&set, &ConnectionSet::findingsChanged);
    QCOMPARE(runAll(set, {Purpose::Browse}), QStringList());
    QVERIFY((*set.session(Purpose::Browse))->config().pooled);
    const auto found = findOut(set, *set.database().pooled);
    QVERIFY(found);
    QCOMPARE(found->mode, PoolMode::Session);
    QCOMPARE(learnt.count(), 1);
    QCOMPARE(changed.count(), 0);
    QVERIFY(set.routeFor(Purpose::Listen));
    QCOMPARE(set.routeFor(Purpose::Dump).error().id, "route.sessionPooler"_ba);
    WriteSwitch person;
    const Result<WritePermit> permit = person.turnOn(opened.database, {});
    QVERIFY(permit);
    const auto typed = [&](const QByteArray &sql) {
        RequestSpec spec = reading(sql);
        spec.frame = Frame::Plain;
        spec.permit = *permit;
        const auto sent = set.send(Purpose::SessionState, spec);
        return sent ? outcomeOf(**sent) : sent.error().id;
    };
    QCOMPARE(typed("create temporary table kept (id int)"), "done"_ba);
    QCOMPARE(typed("insert into kept values (1)"), "done"_ba);
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Query, Purpose::Browse}), QStringList());
    QCOMPARE(typed("insert into kept values (2)"), "done"_ba);
    QCOMPARE(changed.count(), 0);
}

void TestPoolerFindings::sessionModeOfOneTakesOne()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server, {.poolMode = "session", .poolSize = 1});
    const Opened opened({u"DATABASE_URL="_s + pooler.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    const auto found = findOut(set, *set.database().pooled);
    QVERIFY(found && found->onlyOne);
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Query, Purpose::Export, Purpose::SessionState}),
             QStringList());
    QCOMPARE(set.openSessions(), 1);
    QVERIFY(!(*set.session(Purpose::Query))->config().pooled);
}

void TestPoolerFindings::statementModeRefusesBeforeSending()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server, {.poolMode = "statement"});
    const Opened opened({u"DATABASE_URL="_s + pooler.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    const auto found = findOut(set, *set.database().pooled);
    QVERIFY(found);
    QCOMPARE(found->mode, PoolMode::Statement);
    for (const Purpose purpose : {Purpose::Query, Purpose::SessionState, Purpose::Export})
        QCOMPARE(set.send(purpose, reading("select 1")).error().id, "route.statementPooler"_ba);
    QCOMPARE(set.openSessions(), 0);
    // What is read in one go still is.
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Catalog}), QStringList());
}

void TestPoolerFindings::noPoolerWhereOneWasNamed()
{
    const test::TestDatabase server;
    const Opened opened({u"DATABASE_URL="_s + server.url() + u"?pgbouncer=true"_s});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QVERIFY(set.database().pooled && !set.database().direct);
    QVERIFY(set.routeFor(Purpose::SessionState)->oneTransactionOnly);
    const auto found = findOut(set, *set.database().pooled);
    QVERIFY(found);
    QCOMPARE(found->kind, PoolerKind::None);
    const auto state = set.routeFor(Purpose::SessionState);
    QVERIFY(state && !state->oneTransactionOnly);
    QVERIFY2(state->reason.contains("no pooler was seen"_L1), qPrintable(state->reason));
    // Not seen is not proven: what must be direct needs a person's word.
    QCOMPARE(set.routeFor(Purpose::Migrate).error().id, "route.needsDirect"_ba);
    QCOMPARE(runAll(set, {Purpose::Browse, Purpose::Query, Purpose::SessionState}), QStringList());
    QVERIFY(!(*set.session(Purpose::Query))->config().pooled);
}

/// A pooler that was named as the direct endpoint is out of use, and said to be one.
void TestPoolerFindings::foundOutBehindTheDirectOne()
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
    const auto found = findOut(set, *set.database().direct);
    QVERIFY(found);
    QCOMPARE(found->mode, PoolMode::Transaction);
    QCOMPARE(changed.count(), 1);
    QVERIFY(!set.database().direct);
    QCOMPARE(set.findings().misnamed->source.key, u"DIRECT_URL"_s);
    // The same addresses read again change nothing of it.
    const auto token = TrustStore(opened.dir.filePath(u"trust.json"_s)).grant(opened.project);
    QVERIFY(token && set.adopt(opened.database, *token));
    QVERIFY(!set.database().direct && set.findings().misnamed);
}

/// Found in session mode by what it did, and one day it does otherwise.
void TestPoolerFindings::whatIsSeenBeatsWhatWasFound()
{
    const test::TestDatabase server;
    const test::TestPooler pooler(server, {.poolMode = "session"});
    const Opened opened({u"DATABASE_URL="_s + pooler.url()});
    const auto made = opened.connections();
    QVERIFY(made);
    ConnectionSet &set = **made;
    QVERIFY(findOut(set, *set.database().pooled));
    QCOMPARE(runAll(set, {Purpose::Browse}), QStringList());
    QSignalSpy changed(&set, &ConnectionSet::endpointChanged);
    SessionThread *session = *set.session(Purpose::Browse);
    Request request(Serial{1'000'000});
    set.watch(*session, request);
    Summary summary;
    summary.backendPid = session->serverInfo().backendPid + 1;
    emit request.finished(summary);
    QCOMPARE(changed.count(), 1);
    const PoolerFinding *now = set.findings().of(*set.database().pooled);
    QVERIFY(now);
    QCOMPARE(now->kind, PoolerKind::PgBouncer);
    QCOMPARE(now->mode, PoolMode::Transaction);
    QVERIFY(set.routeFor(Purpose::SessionState)->oneTransactionOnly);
    QVERIFY((*set.session(Purpose::Browse))->config().pooled);
}

QTEST_GUILESS_MAIN(TestPoolerFindings)
#include "tst_poolerfindings.moc"

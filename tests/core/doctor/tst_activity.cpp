// SPDX-License-Identifier: GPL-3.0-or-later
// What goes on in a real server, seen by roles that may see all and little, and how it is stopped.
#include "core/connect/writeswitch.h"
#include "core/doctor/activitymonitor.h"
#include "core/doctor/sessioncontrol.h"
#include "core/session/collect.h"
#include "core/session/sessionthread.h"
#include "tests/support/faultproxy.h"
#include "tests/support/testpooler.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using core::ActivitySession;
using core::SessionSignal;
using test::Role;

namespace {

core::SessionConfig configOf(const core::ConnKeywords &keywords)
{
    core::SessionConfig config;
    config.keywords = keywords;
    config.keywords["application_name"_ba] = "sluice"_ba;
    return config;
}

template<class Value> Value waited(QFuture<Value> future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 60'000))
        return std::unexpected(core::Error{.id = "no answer"});
    return future.result();
}

core::Activity seen(core::SessionThread &session)
{
    return waited(core::loadActivity(session)).value_or(core::Activity());
}

/// Two transactions, of which the second waits for a row of the first.
struct Queue {
    test::Connection holder;
    test::Connection waiter;
    int holderPid;
    int waiterPid;

    explicit Queue(const test::TestDatabase &database)
        : holder(database.connect())
        , waiter(database.connect())
        , holderPid(holder.backendPid())
        , waiterPid(waiter.backendPid())
    {
        holder.exec("BEGIN; UPDATE invoices SET id = 2"_ba);
        PQsendQuery(waiter.handle(), "UPDATE invoices SET id = 3");
    }

    [[nodiscard]] bool waits(const test::TestDatabase &database) const
    {
        const QByteArray pid = QByteArray::number(waiterPid);
        return QTest::qWaitFor(
            [&] {
                return database.valueSuper("SELECT wait_event_type FROM pg_stat_activity WHERE "
                                           "pid = "
                                           + pid)
                       == "Lock";
            },
            30'000);
    }
};

/// An open database of a trusted folder.
struct Opened {
    QTemporaryDir dir;
    std::unique_ptr<core::OpenDatabase> database;

    explicit Opened(const QString &line)
    {
        QFile file(dir.filePath(u".env"_s));
        if (!file.open(QIODevice::WriteOnly))
            return;
        file.write(line.toUtf8() + '\n');
        file.close();
        const auto project = core::readProject(dir.path(), {});
        const auto token = core::TrustStore(dir.filePath(u"trust.json"_s)).grant(*project);
        const auto found = core::findDatabase(core::pairDatabases(*project), {});
        database = std::move(*core::OpenDatabase::create(*found, *token));
    }
};

} // namespace

class TestActivity : public QObject
{
    Q_OBJECT

private slots:
    void whoBlocksWhom();
    void oneRoundTrip();
    void roleThatMaySeeLittle();
    void serverProcessesAreNoSessions();
    void limits();
    void cancelStopsTheStatement();
    void terminateEndsTheSession();
    void changedMeanwhile();
    void goneMeanwhile();
    void notAllowed();
    void throughAPooler();
    void preparedTransactions();
    void monitorLooksWhileWanted();
    void watcherIsOneWithListening();
    void monitorWithoutAConnectionOfItsOwn();
    void monitorSaysWhatIsWrong();
};

void TestActivity::whoBlocksWhom()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (id int); INSERT INTO invoices VALUES (1)");
    Queue queue(database);
    QVERIFY(queue.waits(database));
    core::SessionThread session(configOf(database.keywords(Role::Super)));
    const core::Activity activity = seen(session);
    const ActivitySession *holder = activity.find(queue.holderPid);
    const ActivitySession *waiter = activity.find(queue.waiterPid);
    QVERIFY(holder && waiter);
    QCOMPARE(holder->state, ActivitySession::State::IdleInTransaction);
    QVERIFY(holder->inTransaction.count() >= 0);
    QCOMPARE(holder->holds, QStringList(u"invoices"_s));
    QVERIFY(!holder->isBlocked());
    QCOMPARE(waiter->state, ActivitySession::State::Active);
    QCOMPARE(waiter->blockedBy, std::vector<int>{queue.holderPid});
    QCOMPARE(core::waitText(*waiter), u"row lock of %1"_s.arg(queue.holderPid));
    QCOMPARE(waiter->query, u"UPDATE invoices SET id = 3"_s);
    QCOMPARE(waiter->application, u"sluice-test"_s);
    QCOMPARE(waiter->database, database.name());
    QVERIFY(activity.seesAll && activity.maySignal && !activity.pooled);

    // A table's lock is told by its name.
    test::Connection ddl = database.connect();
    const int ddlPid = ddl.backendPid();
    PQsendQuery(ddl.handle(), "ALTER TABLE invoices ADD note text");
    QTRY_VERIFY(seen(session).find(ddlPid)->isBlocked());
    const core::Activity later = seen(session);
    const QString words = core::waitText(*later.find(ddlPid));
    QVERIFY2(words.startsWith(u"table lock on invoices after "_s), qPrintable(words));
    QVERIFY(core::consequence(later, *later.find(queue.holderPid), SessionSignal::Terminate)
                .contains(u" 2 sessions wait behind it"_s));
}

void TestActivity::oneRoundTrip()
{
    test::TestDatabase database;
    test::FaultProxy proxy(database.facts().port);
    core::SessionThread session(configOf(database.keywords(Role::Plain, proxy.port())));
    QVERIFY(!seen(session).role.isEmpty());
    proxy.resetCounts();
    QVERIFY(!seen(session).role.isEmpty());
    QCOMPARE(proxy.roundTrips(), 1);
}

void TestActivity::roleThatMaySeeLittle()
{
    test::TestDatabase database;
    test::Connection other = database.connect(Role::Super);
    other.exec("SELECT 'canary-of-another-role'"_ba);
    const int pid = other.backendPid();
    core::SessionThread session(configOf(database.keywords(Role::Plain)));
    const core::Activity activity = seen(session);
    QVERIFY(!activity.seesAll);
    const ActivitySession *hidden = activity.find(pid);
    QVERIFY(hidden);
    QVERIFY(!hidden->visible);
    QCOMPARE(hidden->state, ActivitySession::State::Hidden);
    QCOMPARE(hidden->query, QString());
    QCOMPARE(hidden->user, QString::fromUtf8(database.facts().superuser));
    QVERIFY(!core::obstacle(activity, *hidden, SessionSignal::Terminate).isEmpty());
}

/// The launcher of logical replication has a user, and is no connection of anybody.
void TestActivity::serverProcessesAreNoSessions()
{
    test::TestDatabase database;
    const int launcher =
        database
            .valueSuper("SELECT pid FROM pg_stat_activity WHERE usename IS NOT NULL AND "
                        "backend_type = 'logical replication launcher'")
            .toInt();
    QVERIFY(launcher > 0);
    for (const Role role : {Role::Super, Role::Plain}) {
        core::SessionThread session(configOf(database.keywords(role)));
        const core::Activity activity = seen(session);
        QVERIFY(!activity.role.isEmpty());
        QVERIFY(!activity.find(launcher));
    }
}

void TestActivity::limits()
{
    test::TestDatabase database;
    const QByteArray name = database.name().toUtf8();
    database.execSuper("ALTER DATABASE " + name + " CONNECTION LIMIT 7");
    test::Connection one = database.connect();
    test::Connection two = database.connect();
    core::SessionThread session(configOf(database.keywords(Role::Super)));
    // Connections of the set-up may still be ending.
    QTRY_COMPARE(seen(session).limits.usedByDatabase, 3);
    const core::ConnectionLimits limits = seen(session).limits;
    QCOMPARE(limits.most, 200);
    QCOMPARE(limits.reserved, 3);
    QCOMPARE(limits.mostOfDatabase, 7);
    QCOMPARE(limits.mostOfRole, -1);
    QVERIFY(limits.used >= limits.usedByDatabase);
}

void TestActivity::cancelStopsTheStatement()
{
    test::TestDatabase database;
    test::Connection victim = database.connect();
    const int pid = victim.backendPid();
    PQsendQuery(victim.handle(), "SELECT pg_sleep(3600)");
    core::SessionThread session(configOf(database.keywords(Role::Plain)));
    QTRY_COMPARE(seen(session).find(pid)->query, u"SELECT pg_sleep(3600)"_s);
    const core::Activity activity = seen(session);
    const ActivitySession &target = *activity.find(pid);
    QCOMPARE(core::obstacle(activity, target, SessionSignal::Cancel), QString());
    QVERIFY(waited(
        core::signalSession(session, core::SessionTarget::of(target), SessionSignal::Cancel)));
    const core::PgResultHandle result(PQgetResult(victim.handle()));
    QCOMPARE(QByteArray(PQresultErrorField(result.get(), PG_DIAG_SQLSTATE)), "57014"_ba);
    // Now it runs nothing.
    while (core::PgResultHandle rest{PQgetResult(victim.handle())}) {
    }
    QTRY_COMPARE(seen(session).find(pid)->state, ActivitySession::State::Idle);
    const core::Activity later = seen(session);
    QVERIFY(!core::obstacle(later, *later.find(pid), SessionSignal::Cancel).isEmpty());
}

void TestActivity::terminateEndsTheSession()
{
    test::TestDatabase database;
    database.exec("CREATE TABLE invoices (id int); INSERT INTO invoices VALUES (1)");
    Queue queue(database);
    QVERIFY(queue.waits(database));
    core::SessionThread session(configOf(database.keywords(Role::Plain)));
    const core::Activity activity = seen(session);
    const core::SessionTarget target = core::SessionTarget::of(*activity.find(queue.holderPid));
    QVERIFY(waited(core::signalSession(session, target, SessionSignal::Terminate)));
    // The one behind it goes on.
    const core::PgResultHandle result(PQgetResult(queue.waiter.handle()));
    QCOMPARE(PQresultStatus(result.get()), PGRES_COMMAND_OK);
    QVERIFY(!queue.holder.tryExec("COMMIT"_ba));
}

void TestActivity::changedMeanwhile()
{
    test::TestDatabase database;
    test::Connection victim = database.connect();
    victim.exec("BEGIN; SELECT 1"_ba);
    const int pid = victim.backendPid();
    core::SessionThread session(configOf(database.keywords(Role::Plain)));
    const core::Activity activity = seen(session);
    const core::SessionTarget target = core::SessionTarget::of(*activity.find(pid));
    victim.exec("SELECT 1"_ba); // the same text, at another time
    for (const SessionSignal kind : {SessionSignal::Cancel, SessionSignal::Terminate}) {
        const auto outcome = waited(core::signalSession(session, target, kind));
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().id, "activity.changed"_ba);
    }
    victim.exec("COMMIT"_ba); // untouched

    // Another session under the same number.
    core::SessionTarget reborn = core::SessionTarget::of(*seen(session).find(pid));
    reborn.backendStart = "1.000000"_ba;
    const auto outcome = waited(core::signalSession(session, reborn, SessionSignal::Terminate));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "activity.changed"_ba);
    QCOMPARE(victim.value("SELECT 5"_ba), "5"_ba);
}

void TestActivity::goneMeanwhile()
{
    test::TestDatabase database;
    core::SessionThread session(configOf(database.keywords(Role::Plain)));
    core::SessionTarget target;
    {
        test::Connection victim = database.connect();
        const int pid = victim.backendPid();
        target = core::SessionTarget::of(*seen(session).find(pid));
    }
    QTRY_VERIFY(!seen(session).find(target.pid));
    const auto outcome = waited(core::signalSession(session, target, SessionSignal::Terminate));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "activity.gone"_ba);
}

void TestActivity::notAllowed()
{
    test::TestDatabase database;
    test::Connection victim = database.connect(Role::Super);
    const int pid = victim.backendPid();
    core::SessionThread super(configOf(database.keywords(Role::Super)));
    const core::SessionTarget target = core::SessionTarget::of(*seen(super).find(pid));
    core::SessionThread plain(configOf(database.keywords(Role::Plain)));
    const core::SessionTarget hidden = core::SessionTarget::of(*seen(plain).find(pid));
    const auto outcome = waited(core::signalSession(plain, hidden, SessionSignal::Terminate));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "activity.notAllowed"_ba);
    QCOMPARE(victim.value("SELECT 5"_ba), "5"_ba);
    QCOMPARE(target.pid, hidden.pid);
}

void TestActivity::throughAPooler()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.maxPreparedStatements = 0, .poolSize = 1});
    test::Connection neighbour = pooler.connect();
    core::SessionConfig config = configOf(pooler.keywords());
    config.pooled = true;
    core::SessionThread session(config);
    const core::Activity activity = seen(session);
    QVERIFY(activity.pooled);
    QVERIFY(!activity.role.isEmpty());
    QVERIFY(!core::pooledPidsText().isEmpty());
    // Nothing of it stays behind for the next client.
    QCOMPARE(neighbour.value("SELECT count(*) FROM pg_prepared_statements"_ba), "0"_ba);
    QCOMPARE(neighbour.value("SHOW statement_timeout"_ba), "0"_ba);
    QCOMPARE(neighbour.value("SHOW transaction_read_only"_ba), "off"_ba);
}

void TestActivity::preparedTransactions()
{
    test::TestDatabase database;
    const QByteArray gid = "left-" + test::randomWord().toUtf8();
    database.exec("CREATE TABLE invoices (id int)");
    database.exec("BEGIN; LOCK TABLE invoices; PREPARE TRANSACTION '" + gid + '\'');
    test::Connection waiter = database.connect();
    const int pid = waiter.backendPid();
    PQsendQuery(waiter.handle(), "SELECT * FROM invoices");
    core::SessionThread session(configOf(database.keywords(Role::Plain)));
    QTRY_VERIFY(seen(session).find(pid)->isBlocked());
    const core::Activity activity = seen(session);
    database.exec("ROLLBACK PREPARED '" + gid + '\'');
    QVERIFY(activity.preparedTransactions >= 1);
    QCOMPARE(activity.find(pid)->blockedBy, std::vector<int>{0});
    QVERIFY(core::waitText(*activity.find(pid)).contains(u"a prepared transaction"_s));
}

void TestActivity::monitorLooksWhileWanted()
{
    test::TestDatabase database;
    Opened opened(u"DATABASE_URL="_s + database.url());
    core::ActivityMonitor monitor(*opened.database);
    monitor.setInterval(std::chrono::milliseconds(1));
    QSignalSpy looked(&monitor, &core::ActivityMonitor::looked);
    monitor.start();
    QTRY_VERIFY_WITH_TIMEOUT(looked.count() >= 3, 30'000);
    QVERIFY(monitor.activity());
    QVERIFY(!monitor.error());
    // The watcher, and no other.
    QCOMPARE(database.sessions("sluice"_ba), 1);
    monitor.stop();
    QTRY_VERIFY(!monitor.isLooking());
    const auto count = looked.count();
    monitor.lookNow(); // once
    QTRY_COMPARE(looked.count(), count + 1);
    QVERIFY(!monitor.isLooking());
}

/// Three connections are all that a window holds of a direct endpoint (DESIGN 3).
void TestActivity::watcherIsOneWithListening()
{
    test::TestDatabase database;
    Opened opened(u"DATABASE_URL="_s + database.url());
    core::ConnectionSet &connections = opened.database->connections();
    core::WriteSwitch person;
    core::RequestSpec listen;
    listen.statements = {{.sql = "LISTEN jobs"_ba}};
    listen.frame = core::Frame::Plain;
    listen.permit = *person.turnOn(opened.database->database(), {});
    const core::Result<core::SessionThread *> watcher = connections.session(core::Purpose::Listen);
    QVERIFY(watcher && waited(core::collect(**watcher, listen)));
    core::RequestSpec read;
    read.statements = {{.sql = "SELECT 1"_ba}};
    for (const core::Purpose purpose : {core::Purpose::Catalog, core::Purpose::Query})
        QVERIFY(waited(core::collect(**connections.session(purpose), read)));
    core::ActivityMonitor monitor(*opened.database);
    monitor.setInterval(std::chrono::milliseconds(1));
    QSignalSpy looked(&monitor, &core::ActivityMonitor::looked);
    monitor.start();
    QTRY_VERIFY_WITH_TIMEOUT(looked.count() >= 3, 30'000);
    QVERIFY(!monitor.error());
    QCOMPARE(database.sessions("sluice"_ba), 3);
    QCOMPARE(connections.openSessions(), 3);
    QCOMPARE((*watcher)->heldState().channels, QStringList(u"jobs"_s)); // and is heard all the same
    QSignalSpy heard(*watcher, &core::SessionThread::notified);
    database.exec("NOTIFY jobs, 'one'");
    QTRY_COMPARE_WITH_TIMEOUT(heard.count(), 1, 30'000);
    // What a person's statement waits for is still seen: it does not run there.
    QVERIFY(*connections.session(core::Purpose::Query) != *watcher);
}

void TestActivity::monitorWithoutAConnectionOfItsOwn()
{
    test::TestDatabase database;
    database.execSuper("ALTER DATABASE " + database.name().toUtf8() + " CONNECTION LIMIT 1");
    Opened opened(u"DATABASE_URL="_s + database.url());
    const auto reader = opened.database->connections().session(core::Purpose::Catalog);
    QTRY_VERIFY(!seen(**reader).role.isEmpty()); // has the only one
    core::ActivityMonitor monitor(*opened.database);
    QSignalSpy looked(&monitor, &core::ActivityMonitor::looked);
    monitor.lookNow();
    QTRY_COMPARE_WITH_TIMEOUT(looked.count(), 1, 30'000);
    QVERIFY(!monitor.error());
    QVERIFY(monitor.activity());
}

void TestActivity::monitorSaysWhatIsWrong()
{
    Opened opened(u"DATABASE_URL=postgres://app:x@127.0.0.1:%1/shop"_s.arg(test::freePort()));
    core::ActivityMonitor monitor(*opened.database);
    QSignalSpy looked(&monitor, &core::ActivityMonitor::looked);
    monitor.lookNow();
    QTRY_COMPARE_WITH_TIMEOUT(looked.count(), 1, 30'000);
    QVERIFY(monitor.error());
    QCOMPARE(monitor.error()->id, "connection.refused"_ba);
    QVERIFY(!monitor.activity());
}

QTEST_GUILESS_MAIN(TestActivity)
#include "tst_activity.moc"

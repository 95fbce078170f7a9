// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/daemon.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using test::Role;

namespace {

/// A process of this number exists and is no zombie.
bool lives(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray text = file.readAll();
    return !text.mid(text.lastIndexOf(')')).startsWith(") Z");
}

} // namespace

class TestCluster : public QObject
{
    Q_OBJECT

private slots:
    void isShared();
    void wantsThePasswordOverTcp();
    void databasesAreApart();
    void poolerPools();
    void poolerKeepsPreparedStatements_data();
    void poolerKeepsPreparedStatements();
    void privateClusterComesAndGoes();
    void watchdogStopsTheServerOfAKilledOwner();
    void serverEndsWithAKilledWatchdog();
    void stopEndsEverything();
    void startReportsFailure();
    void daemonSaysWhatItSaid();
};

void TestCluster::isShared()
{
    const test::ClusterFacts &facts = test::cluster();
    QVERIFY(lives(facts.watchdog));
    QVERIFY(lives(facts.postmaster));
    QVERIFY((facts.socketFolder + u"/.s.PGSQL.%1.lock"_s.arg(facts.port)).toUtf8().size() <= 107);
    test::TestDatabase database;
    QVERIFY(database.value("SHOW server_version_num"_ba).toInt() >= 170000);
    QCOMPARE(database.value("SHOW fsync"_ba), "off"_ba);
    QCOMPARE(database.value("SELECT current_user"_ba), facts.plainUser);
    QCOMPARE(database.value("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"_ba),
             "f"_ba);
    QCOMPARE(database.valueSuper("SHOW is_superuser"_ba), "on"_ba);
}

void TestCluster::wantsThePasswordOverTcp()
{
    test::TestDatabase database;
    test::Connection good(database.keywords());
    QCOMPARE(good.value("SELECT host(inet_server_addr())"_ba), "127.0.0.1"_ba);
    core::ConnKeywords bad = database.keywords();
    bad["password"_ba] = "wrong"_ba;
    const auto refused = test::Connection::tryConnect(bad);
    QVERIFY(!refused);
    QCOMPARE(refused.error().id, "auth.password"_ba);
}

void TestCluster::databasesAreApart()
{
    QString name;
    {
        test::TestDatabase one;
        test::TestDatabase two;
        name = one.name();
        one.exec("CREATE TABLE t ()"_ba);
        QCOMPARE(two.value("SELECT to_regclass('t')"_ba), QByteArray());
        test::TestDatabase ascii({.clauses = "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"});
        QCOMPARE(ascii.value("SHOW server_encoding"_ba), "SQL_ASCII"_ba);
        const test::Connection stays = one.connect(); // does not hinder the drop
    }
    test::TestDatabase other;
    QCOMPARE(
        other.value("SELECT count(*) FROM pg_database WHERE datname = '" + name.toUtf8() + '\''),
        "0"_ba);
}

void TestCluster::poolerPools()
{
    test::TestDatabase database;
    test::TestPooler pooler(database, {.poolSize = 1});
    test::Connection first = pooler.connect();
    test::Connection second = pooler.connect();
    const int pid = first.backendPid();
    QCOMPARE(second.backendPid(), pid); // one server connection serves both
    QVERIFY(PQbackendPID(first.handle()) != pid);
    QCOMPARE(pooler.pool("cl_active"_ba), 2);
    QCOMPARE(pooler.pool("sv_idle"_ba), 1);
    core::ConnKeywords bad = pooler.keywords();
    bad["password"_ba] = "wrong"_ba;
    const auto refused = test::Connection::tryConnect(bad);
    QVERIFY(!refused);
    QVERIFY2(refused.error().kind == core::ErrorKind::Authentication,
             qPrintable(refused.error().text() + QString::fromLatin1(refused.error().id)));
    pooler.kill();
    QVERIFY(!first.tryExec("SELECT 1"_ba));
}

void TestCluster::poolerKeepsPreparedStatements_data()
{
    QTest::addColumn<int>("limit");
    QTest::addColumn<bool>("works");
    QTest::newRow("on") << 10 << true;
    QTest::newRow("off") << 0 << false;
}

void TestCluster::poolerKeepsPreparedStatements()
{
    QFETCH(int, limit);
    QFETCH(bool, works);
    test::TestDatabase database;
    test::TestPooler pooler(database, {.maxPreparedStatements = limit, .poolSize = 2});
    test::Connection holder = pooler.connect();
    test::Connection user = pooler.connect();
    const core::PgResultHandle prepared(PQprepare(user.handle(), "p", "SELECT 7", 0, nullptr));
    QCOMPARE(PQresultStatus(prepared.get()), PGRES_COMMAND_OK);
    // The server connection that knows "p" is taken by a transaction, so the next use meets another
    // one.
    holder.exec("BEGIN"_ba);
    const core::PgResultHandle result(
        PQexecPrepared(user.handle(), "p", 0, nullptr, nullptr, nullptr, 0));
    QCOMPARE(PQresultStatus(result.get()) == PGRES_TUPLES_OK, works);
}

void TestCluster::privateClusterComesAndGoes()
{
    test::PrivateCluster own;
    QVERIFY(own.facts().port != test::cluster().port);
    test::TestDatabase database({.facts = &own.facts()});
    test::Connection connection = database.connect();
    own.shutDown();
    const auto told = connection.tryExec("SELECT 1"_ba);
    QVERIFY(!told);
    QCOMPARE(told.error().id, "connection.shuttingDown"_ba);
    QVERIFY(told.error().sessionLost);
    own.start();
    test::Connection again = database.connect();
    own.crash();
    const auto silent = again.tryExec("SELECT 1"_ba);
    QVERIFY(!silent);
    QVERIFY(silent.error().sessionLost);
    own.start();
    QCOMPARE(database.value("SELECT 1"_ba), "1"_ba);
}

void TestCluster::watchdogStopsTheServerOfAKilledOwner()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"facts.json"_s);
    test::Daemon owner; // as ctest would be
    QVERIFY(owner.start(u"/bin/sleep"_s, {u"600"_s}, {}));
    QCOMPARE(QProcess::execute(
                 QStringLiteral(SLUICE_TEST_CLUSTER),
                 {u"start"_s, u"--owner"_s, QString::number(owner.pid()), u"--facts"_s, file}),
             0);
    const auto facts = test::readCluster(file);
    QVERIFY(facts);
    QVERIFY(lives(facts->watchdog));
    QVERIFY(lives(facts->postmaster));
    QVERIFY(test::Connection::tryConnect(test::socketKeywords(*facts, u"postgres"_s, Role::Super)));
    owner.stop(SIGKILL);
    QTRY_VERIFY_WITH_TIMEOUT(!lives(facts->watchdog), 30'000);
    QVERIFY(!lives(facts->postmaster));
    QVERIFY(!QFile::exists(file));
    QVERIFY(!QDir(facts->folder).exists());
    QVERIFY(!QDir(facts->socketFolder).exists());
}

void TestCluster::serverEndsWithAKilledWatchdog()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"facts.json"_s);
    QCOMPARE(QProcess::execute(QStringLiteral(SLUICE_TEST_CLUSTER),
                               {u"start"_s, u"--owner"_s,
                                QString::number(QCoreApplication::applicationPid()), u"--facts"_s,
                                file}),
             0);
    const auto facts = test::readCluster(file);
    QVERIFY(facts);
    QCOMPARE(::kill(pid_t(facts->watchdog), SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(!lives(facts->postmaster), 30'000);
    QDir(facts->folder).removeRecursively();
    QDir(facts->socketFolder).removeRecursively();
}

void TestCluster::stopEndsEverything()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(u"facts.json"_s);
    const QStringList which{u"--owner"_s, QString::number(QCoreApplication::applicationPid()),
                            u"--facts"_s, file};
    QCOMPARE(
        QProcess::execute(QStringLiteral(SLUICE_TEST_CLUSTER), QStringList{u"start"_s} + which), 0);
    const auto facts = test::readCluster(file);
    QVERIFY(facts);
    QCOMPARE(QProcess::execute(QStringLiteral(SLUICE_TEST_CLUSTER), QStringList{u"stop"_s} + which),
             0);
    QVERIFY(!lives(facts->watchdog));
    QVERIFY(!lives(facts->postmaster));
    QVERIFY(!QDir(facts->folder).exists());
    // A second time there is nothing to do.
    QCOMPARE(QProcess::execute(QStringLiteral(SLUICE_TEST_CLUSTER), QStringList{u"stop"_s} + which),
             0);
}

void TestCluster::startReportsFailure()
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SLUICE_PG_BINDIR"_s, u"/nonexistent"_s);
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SLUICE_TEST_CLUSTER),
                  {u"start"_s, u"--facts"_s, u"/nonexistent/f"_s});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    const QByteArray text = process.readAllStandardError();
    QVERIFY(text.contains("cannot make a cluster in "));
    const QByteArray folder = text.mid(text.lastIndexOf(" in ") + 4).trimmed();
    QVERIFY(!QDir(QFile::decodeName(folder)).exists());
}

void TestCluster::daemonSaysWhatItSaid()
{
    test::Daemon daemon;
    const QTemporaryDir folder;
    const QString log = folder.filePath(u"log"_s);
    QVERIFY(daemon.start(u"/bin/sh"_s, {u"-c"_s, u"echo up >&2; cat >&2; echo down >&2"_s},
                         {.logFile = log}));
    QVERIFY(daemon.waitForText("down"_ba, std::chrono::seconds(30)));
    QVERIFY(!daemon.waitForText("never"_ba, std::chrono::seconds(30))); // ended: known at once
    daemon.stop(SIGTERM);
    QFile file(log);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "up\ndown\n"_ba);
    test::Daemon missing;
    QVERIFY(missing.start(u"/nonexistent"_s, {}, {}));
    QVERIFY(!missing.waitForText("x"_ba, std::chrono::seconds(30)));
}

QTEST_GUILESS_MAIN(TestCluster)
#include "tst_cluster.moc"

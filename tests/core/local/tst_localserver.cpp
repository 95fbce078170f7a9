// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/local/localserver.h"
#include "core/local/serverfiles.h"
#include "core/local/serverlock.h"
#include "core/local/tools.h"
#include "tests/support/connection.h"

#include <QDir>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace core;

/// One instance through its life, on real servers. The steps build on each other in the order they
/// stand.
class TestLocalServer : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void create();
    void secondCreateIsRefused();
    void bothEndpointsTakeThePassword();
    void poolerSharesServerProcesses();
    void filesAreOwnerOnly();
    void startIsIdempotent();
    void stopAndStart();
    void survivesKill();
    void takenPortIsNamed();
    void sqlIsAllOrNothing();

private:
    [[nodiscard]] test::Connection connectTo(quint16 port) const
    {
        return test::Connection({{"host", "127.0.0.1"},
                                 {"port", QByteArray::number(port)},
                                 {"dbname", m_instance.database.toUtf8()},
                                 {"user", m_instance.user.toUtf8()},
                                 {"password", m_instance.password.toUtf8()}});
    }
    [[nodiscard]] QByteArray direct(const QByteArray &sql)
    {
        return connectTo(m_instance.port).value(sql);
    }

    QTemporaryDir m_folder;
    std::unique_ptr<LocalStore> m_store;
    LocalInstance m_instance;
};

void TestLocalServer::initTestCase()
{
    m_store = std::make_unique<LocalStore>(m_folder.filePath(u"local"_s));
    QVERIFY(QDir(m_folder.path()).mkdir(u"2. My Shop!"_s));
}

void TestLocalServer::cleanupTestCase()
{
    if (!m_instance.id.isEmpty())
        QVERIFY(LocalServer(*m_store).stop(m_instance));
}

void TestLocalServer::create()
{
    QStringList steps;
    LocalServer server(*m_store, [&](const QString &step) { steps << step; });
    const auto instance = server.create(m_folder.filePath(u"2. My Shop!"_s));
    QVERIFY2(instance, instance ? "" : qPrintable(instance.error().text()));
    m_instance = *instance;
    QCOMPARE(m_instance.database, u"my_shop"_s);
    QCOMPARE(m_instance.id.size(), 8);
    QVERIFY(m_instance.port != m_instance.poolerPort);
    QVERIFY(steps.size() >= 3);
    QCOMPARE(m_store->state(m_instance), LocalState::Running);
    const auto found = m_store->find(m_instance.folder);
    QVERIFY(found);
    QCOMPARE(found->password, m_instance.password);
    QVERIFY(!m_instance.directUrl().contains(m_instance.password));
}

void TestLocalServer::secondCreateIsRefused()
{
    const auto again = LocalServer(*m_store).create(m_instance.folder);
    QVERIFY(!again);
    QCOMPARE(again.error().id, "local.exists"_ba);
}

void TestLocalServer::bothEndpointsTakeThePassword()
{
    QCOMPARE(direct("select current_user"), m_instance.user.toUtf8());
    QCOMPARE(direct("select rolsuper from pg_roles where rolname = current_user"), "f"_ba);
    QCOMPARE(direct("show password_encryption"), "scram-sha-256"_ba);
    QCOMPARE(connectTo(m_instance.poolerPort).value("select current_database()"),
             m_instance.database.toUtf8());
}

void TestLocalServer::poolerSharesServerProcesses()
{
    test::Connection first = connectTo(m_instance.poolerPort);
    const QByteArray pid = first.value("select pg_backend_pid()");
    test::Connection second = connectTo(m_instance.poolerPort);
    QCOMPARE(second.value("select pg_backend_pid()"), pid);
}

void TestLocalServer::filesAreOwnerOnly()
{
    const ServerFiles files(m_store->directoryOf(m_instance.id));
    const auto socket = m_store->socketDirectory(m_instance);
    QVERIFY(socket);
    for (const QString &path :
         {files.directory(), files.directory() + u"/instance.json"_s, files.poolerUsers(),
          files.poolerConfig(), files.postgresLog(), *socket}) {
        struct stat facts = {};
        QCOMPARE(::stat(QFile::encodeName(path).constData(), &facts), 0);
        QVERIFY2((facts.st_mode & 0077U) == 0, qPrintable(path));
    }
    QFile users(files.poolerUsers());
    QVERIFY(users.open(QIODevice::ReadOnly));
    QVERIFY(!users.readAll().contains(m_instance.password.toUtf8()));
}

void TestLocalServer::startIsIdempotent()
{
    const pid_t before = ServerFiles(m_store->directoryOf(m_instance.id)).postmasterPid();
    QVERIFY(LocalServer(*m_store).start(m_instance));
    QCOMPARE(ServerFiles(m_store->directoryOf(m_instance.id)).postmasterPid(), before);
}

void TestLocalServer::stopAndStart()
{
    LocalServer server(*m_store);
    test::Connection idle = connectTo(m_instance.poolerPort); // must not hold the stop up
    QVERIFY(server.stop(m_instance));
    QCOMPARE(m_store->state(m_instance), LocalState::Stopped);
    QVERIFY(server.stop(m_instance)); // nothing to do is fine
    QVERIFY(server.start(m_instance));
    QCOMPARE(m_store->state(m_instance), LocalState::Running);
    QCOMPARE(direct("select 1"), "1"_ba);
}

void TestLocalServer::survivesKill()
{
    const ServerFiles files(m_store->directoryOf(m_instance.id));
    for (const pid_t pid : {files.postmasterPid(), files.poolerPid()}) {
        const ProcessWatch process(pid);
        QVERIFY(process.signal(SIGKILL));
        QVERIFY(process.waitForEnd(30'000));
    }
    // Backends notice that their postmaster is gone and let go of the lock.
    QTRY_VERIFY_WITH_TIMEOUT(!ServerLock::isHeld(files.postgresLock()), 30'000);
    QCOMPARE(m_store->state(m_instance), LocalState::Stopped);
    const auto started = LocalServer(*m_store).start(m_instance);
    QVERIFY2(started, started ? "" : qPrintable(started.error().text()));
    QCOMPARE(direct("select 1"), "1"_ba);
}

void TestLocalServer::takenPortIsNamed()
{
    LocalServer server(*m_store);
    QVERIFY(server.stop(m_instance));
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost, m_instance.port));
        const auto started = server.start(m_instance);
        QVERIFY(!started);
        QCOMPARE(started.error().id, "local.portTaken"_ba);
        QVERIFY(started.error().place.contains(QString::number(m_instance.port)));
    }
    QVERIFY(server.start(m_instance));
}

void TestLocalServer::sqlIsAllOrNothing()
{
    LocalServer server(*m_store);
    QVERIFY(server.runSql(m_instance, "create table kept (id int); insert into kept values (1);"));
    const auto failed = server.runSql(m_instance, "insert into kept values (2); select 1/0;");
    QVERIFY(!failed);
    QCOMPARE(failed.error().id, "local.sqlFailed"_ba);
    QVERIFY(failed.error().advice.contains(u"division by zero"_s));
    QCOMPARE(direct("select count(*) from kept"), "1"_ba);
}

QTEST_GUILESS_MAIN(TestLocalServer)
#include "tst_localserver.moc"

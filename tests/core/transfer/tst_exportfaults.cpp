// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testpooler.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

#include <csignal>
#include <thread>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using core::ExportFormat;
using core::ExportJob;
using core::ExportSpec;
using core::ExportSummary;
using core::Result;
using test::Exporting;
using test::TestDatabase;

class TestExportFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void targetNotWritable_data();
    void targetNotWritable();
    void diskFull();
    void deviceFull();
    void backendKilled();
    void serverCrashed();
    void tableAlteredMeanwhile();
    void permissionDenied();
    void pipeGetsEverything();
    void closedPipeEndsQuietly();
    void slowPipeMakesTheServerWait();
    void slowPipeOnAPooledEndpoint();
    void cleanupTestCase() { m_database.reset(); }

private:
    std::unique_ptr<TestDatabase> m_database;
};

namespace {

/// In the select list the series streams; in FROM the server would first write it all to disk.
constexpr const char *endless =
    "SELECT generate_series(1, 1000000000000) AS n, repeat('x', 1000) AS x";

/// A pipe whose ends close themselves.
struct Pipe {
    Pipe()
    {
        int ends[2];
        if (::pipe2(ends, O_CLOEXEC) != 0)
            qFatal("no pipe");
        read = ends[0];
        write = ends[1];
    }
    ~Pipe()
    {
        closeRead();
        closeWrite();
    }
    Pipe(const Pipe &) = delete;
    Pipe &operator=(const Pipe &) = delete;
    void closeRead() { ::close(std::exchange(read, -1)); }
    void closeWrite() { ::close(std::exchange(write, -1)); }
    int read = -1;
    int write = -1;
};

ExportSpec toDescriptor(ExportSpec spec, int descriptor)
{
    spec.target = {.descriptor = descriptor};
    return spec;
}

} // namespace

void TestExportFaults::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec("create table big as select n, repeat('x', 100) as t "
                     "from generate_series(1, 200000) n");
}

void TestExportFaults::targetNotWritable_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("no such folder") << u"missing/out"_s << "file.folderMissing"_ba;
    QTest::newRow("read-only folder") << u"closed/out"_s << "file.permission"_ba;
    QTest::newRow("folder") << u"closed"_s << "file.notRegular"_ba;
    QTest::newRow("symbolic link") << u"link"_s << "file.symlink"_ba;
    QTest::newRow("folder is a file") << u"plain/out"_s << "file.folderMissing"_ba;
}

void TestExportFaults::targetNotWritable()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, id);
    Exporting exporting(*m_database);
    const QDir folder(exporting.folder());
    QVERIFY(folder.mkdir(u"closed"_s));
    QFile plain(folder.filePath(u"plain"_s));
    QVERIFY(plain.open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(u"plain"_s, folder.filePath(u"link"_s)));
    QVERIFY(
        QFile::setPermissions(folder.filePath(u"closed"_s), QFile::ReadOwner | QFile::ExeOwner));
    const QStringList before = exporting.files();
    ExportSpec spec = exporting.table("big", ExportFormat::Csv);
    spec.target.path = folder.filePath(name);
    const Result<ExportSummary> outcome = exporting.run(spec);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, id);
    QVERIFY2(outcome.error().text().contains(spec.target.path), qPrintable(outcome.error().text()));
    QCOMPARE(exporting.files(), before);
    QVERIFY2(exporting.session().state() == core::SessionState::Closed,
             "the server need not be asked for a file that cannot be written");
    QVERIFY(QFile::setPermissions(folder.filePath(u"closed"_s),
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
}

void TestExportFaults::diskFull()
{
    Exporting exporting(*m_database);
    rlimit old{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &old), 0);
    // SIGXFSZ, which ends a program by default, must not.
    QVERIFY(std::signal(SIGXFSZ, SIG_DFL) != SIG_ERR);
    const rlimit small{8'000'000, old.rlim_max};
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
    const Result<ExportSummary> outcome = exporting.run(exporting.table("big", ExportFormat::Csv));
    QCOMPARE(::setrlimit(RLIMIT_FSIZE, &old), 0);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "file.diskFull"_ba);
    QVERIFY(outcome.error().text().contains(exporting.path()));
    QCOMPARE(exporting.files(), QStringList());
    QVERIFY(exporting.run(exporting.table("big", ExportFormat::Csv)));
}

void TestExportFaults::deviceFull()
{
    Exporting exporting(*m_database);
    const int device = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
    QVERIFY(device >= 0);
    const Result<ExportSummary> outcome =
        exporting.run(toDescriptor(exporting.table("big", ExportFormat::JsonLines), device));
    ::close(device);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "export.diskFull"_ba);
}

void TestExportFaults::backendKilled()
{
    Exporting exporting(*m_database);
    ExportJob job(exporting.session(), exporting.query(endless, ExportFormat::Csv));
    QSignalSpy progressed(&job, &ExportJob::progressed);
    job.start();
    QTRY_VERIFY(!progressed.isEmpty());
    m_database->execSuper("select pg_terminate_backend(pid) from pg_stat_activity "
                          "where query like '%generate_series(1, 1000000000000)%' "
                          "and pid <> pg_backend_pid()");
    const Result<ExportSummary> outcome = Exporting::outcomeOf(job);
    QVERIFY(!outcome);
    // A server process that is ended while it waits for us to read says nothing any more.
    QVERIFY(outcome.error().sessionLost);
    QVERIFY(!outcome.error().message.isEmpty());
    QCOMPARE(exporting.files(), QStringList());
    QVERIFY(exporting.run(exporting.query("SELECT 1", ExportFormat::Csv)));
}

void TestExportFaults::serverCrashed()
{
    test::PrivateCluster server;
    TestDatabase database({.facts = &server.facts()});
    Exporting exporting(database);
    ExportJob job(exporting.session(), exporting.query(endless, ExportFormat::Json));
    QSignalSpy progressed(&job, &ExportJob::progressed);
    job.start();
    QTRY_VERIFY(!progressed.isEmpty());
    server.crash();
    const Result<ExportSummary> outcome = Exporting::outcomeOf(job);
    QVERIFY(!outcome);
    QVERIFY(outcome.error().sessionLost);
    QCOMPARE(exporting.files(), QStringList());
    server.start();
}

void TestExportFaults::tableAlteredMeanwhile()
{
    // The export has asked for the columns and waits for the table, which gets one more.
    m_database->exec("create table altered (a int)");
    test::Connection other = m_database->connect();
    other.exec("begin; alter table altered add column b int");
    Exporting exporting(*m_database);
    ExportJob job(exporting.session(), exporting.table("altered", ExportFormat::Csv));
    QSignalSpy finished(&job, &ExportJob::finished);
    job.start();
    QTRY_COMPARE(other.value("select count(*) from pg_locks where not granted and relation = "
                             "'altered'::regclass"),
                 "1"_ba);
    other.exec("commit");
    QTRY_COMPARE(finished.size(), 1);
    const auto outcome = finished.front().front().value<Result<ExportSummary>>();
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "export.changed"_ba);
    QCOMPARE(exporting.files(), QStringList());
}

void TestExportFaults::permissionDenied()
{
    m_database->execSuper("create table secret (a int)");
    Exporting exporting(*m_database);
    const Result<ExportSummary> outcome =
        exporting.run(exporting.table("secret", ExportFormat::JsonLines));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().server.value_or(core::ServerReport()).sqlState, "42501"_ba);
    QCOMPARE(exporting.files(), QStringList());
}

void TestExportFaults::pipeGetsEverything()
{
    Exporting exporting(*m_database);
    QVERIFY(exporting.run(exporting.table("big", ExportFormat::Csv)));
    Pipe pipe;
    QByteArray received;
    std::jthread reader([&] {
        char block[10'000];
        for (ssize_t got = 0; (got = ::read(pipe.read, block, sizeof block)) > 0;)
            received.append(block, qsizetype(got));
    });
    const Result<ExportSummary> outcome =
        exporting.run(toDescriptor(exporting.table("big", ExportFormat::Csv), pipe.write));
    pipe.closeWrite();
    reader.join();
    QVERIFY(outcome);
    QVERIFY(!outcome->readerGone);
    QCOMPARE(outcome->bytes, received.size());
    QVERIFY(received == exporting.written());
}

void TestExportFaults::closedPipeEndsQuietly()
{
    // Its default ends the program; Qt ignores it in some of its parts, which cannot be relied on.
    QVERIFY(std::signal(SIGPIPE, SIG_DFL) != SIG_ERR);
    Exporting exporting(*m_database);
    Pipe pipe;
    ExportJob job(exporting.session(),
                  toDescriptor(exporting.query(endless, ExportFormat::Csv), pipe.write));
    job.start();
    char block[1000];
    std::jthread reader([&] {
        while (::read(pipe.read, block, sizeof block) > 0 && block[0] == '\0') {
        }
        pipe.closeRead();
    });
    const Result<ExportSummary> outcome = Exporting::outcomeOf(job);
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().text()));
    QVERIFY(outcome->readerGone);
    QVERIFY(exporting.run(exporting.query("SELECT 1", ExportFormat::Csv)));
}

void TestExportFaults::slowPipeMakesTheServerWait()
{
    Exporting exporting(*m_database);
    Pipe pipe;
    ExportJob job(exporting.session(),
                  toDescriptor(exporting.query(endless, ExportFormat::Csv), pipe.write));
    QSignalSpy progressed(&job, &ExportJob::progressed);
    job.start();
    // Nobody reads: what is under way is bounded, so the server comes to wait for us.
    test::Connection other = m_database->connect(test::Role::Super);
    QTRY_COMPARE_WITH_TIMEOUT(
        other.value("select wait_event from pg_stat_activity where pid <> pg_backend_pid() "
                    "and query like '%generate_series(1, 1000000000000)%'"),
        "ClientWrite"_ba, 30'000);
    job.cancel();
    const Result<ExportSummary> outcome = Exporting::outcomeOf(job);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, core::ErrorKind::Cancelled);
}

void TestExportFaults::slowPipeOnAPooledEndpoint()
{
    test::TestPooler pooler(*m_database);
    Exporting exporting(pooler.keywords(), true);
    Pipe pipe;
    const Result<ExportSummary> outcome =
        exporting.run(toDescriptor(exporting.query(endless, ExportFormat::Csv), pipe.write));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "export.tooSlow"_ba);
}

QTEST_GUILESS_MAIN(TestExportFaults)
#include "tst_exportfaults.moc"

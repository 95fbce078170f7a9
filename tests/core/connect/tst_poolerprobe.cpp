// SPDX-License-Identifier: GPL-3.0-or-later
// The real PgBouncer in each of its modes, with and without tracking of prepared statements.
#include "core/connect/poolerprobe.h"
#include "tests/support/testpooler.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

Endpoint endpointAt(const QString &url)
{
    Endpoint endpoint;
    endpoint.info = parseConnInfo(url, ConnOrigin::File).value();
    return endpoint;
}

Project projectOf(const Endpoint &endpoint)
{
    Project project;
    project.folder = u"/nowhere/shop"_s;
    project.values = {{.source = {.file = u".env"_s, .line = 1, .key = u"DATABASE_URL"_s},
                       .info = endpoint.info}};
    return project;
}

Result<PoolerFinding> probe(const Endpoint &endpoint)
{
    const QTemporaryDir folder;
    const TrustToken token =
        TrustStore(folder.filePath(u"trust.json"_s)).grant(projectOf(endpoint)).value();
    const auto made = PoolerProbe::create(endpoint, token);
    if (!made)
        return std::unexpected(made.error());
    QSignalSpy finished(made->get(), &PoolerProbe::finished);
    (*made)->start();
    if (!finished.wait(60'000))
        return failure(ErrorKind::Local, "test.noAnswer"_ba, u"no answer"_s);
    return finished.front().front().value<Result<PoolerFinding>>();
}

} // namespace

class TestPoolerProbe : public QObject
{
    Q_OBJECT

private slots:
    void modes_data();
    void modes();
    void poolOfOneInSessionMode();
    void serversLentInTurns();
    void aBusyPoolIsNoSessionMode();
    void directServer();
    void directServerNamedPooled();
    void leavesNothing();
    void noServer();
    void wrongPassword();
    void needsConsent();

private:
    test::TestDatabase m_database;
};

void TestPoolerProbe::modes_data()
{
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<int>("preparedStatements");
    QTest::addColumn<bool>("masked"); // nothing in the address speaks of a pooler
    for (const QByteArray &mode : {"transaction"_ba, "session"_ba, "statement"_ba}) {
        for (const int prepared : {0, 200}) {
            for (const bool masked : {false, true})
                QTest::addRow("%s, %d prepared statements%s", mode.constData(), prepared,
                              masked ? ", masked" : "")
                    << mode << prepared << masked;
        }
    }
}

void TestPoolerProbe::modes()
{
    QFETCH(QByteArray, mode);
    QFETCH(int, preparedStatements);
    QFETCH(bool, masked);
    const test::TestPooler pooler(m_database,
                                  {.poolMode = mode, .maxPreparedStatements = preparedStatements});
    const Result<PoolerFinding> finding =
        probe(endpointAt(masked ? pooler.url().section(u'?', 0, 0) : pooler.url()));
    QVERIFY2(finding, qPrintable(finding ? QString() : finding.error().text()));
    QCOMPARE(poolModeId(finding->mode), QString::fromLatin1(mode));
    QVERIFY(!finding->evidence.isEmpty());
    // One announced number in a thousand could be a process's.
    if (!masked || finding->kind != PoolerKind::Other)
        QCOMPARE(finding->kind, PoolerKind::PgBouncer);
}

void TestPoolerProbe::poolOfOneInSessionMode()
{
    const test::TestPooler pooler(m_database, {.poolMode = "session", .poolSize = 1});
    const Result<PoolerFinding> finding = probe(endpointAt(pooler.url()));
    QVERIFY(finding);
    QCOMPARE(finding->mode, PoolMode::Session);
    QVERIFY2(finding->evidence.contains("wait"_L1), qPrintable(finding->evidence));
    QVERIFY(finding->onlyOne);
}

/// Two servers that are lent in turns would meet two clients that take turns as if each had its
/// own.
void TestPoolerProbe::serversLentInTurns()
{
    const test::TestPooler pooler(m_database, {.settings = {"server_round_robin = 1"_ba}});
    {
        test::Connection one = pooler.connect();
        test::Connection two = pooler.connect();
        one.exec("BEGIN; SELECT 1");
        two.exec("BEGIN; SELECT 1");
        one.exec("ROLLBACK");
        two.exec("ROLLBACK");
    }
    QTRY_COMPARE(pooler.pool("sv_idle"), 2);
    const Result<PoolerFinding> finding = probe(endpointAt(pooler.url()));
    QVERIFY(finding);
    QCOMPARE(finding->mode, PoolMode::Transaction);
}

/// Somebody else's transaction holds the only server: both of our connections wait for it.
void TestPoolerProbe::aBusyPoolIsNoSessionMode()
{
    const test::TestPooler pooler(m_database, {.poolSize = 1});
    test::Connection other = pooler.connect();
    other.exec("BEGIN; SELECT 1");
    const Result<PoolerFinding> finding = probe(endpointAt(pooler.url()));
    QVERIFY(!finding);
    QCOMPARE(finding.error().id, "pooler.busy"_ba);
    other.exec("ROLLBACK");
}

void TestPoolerProbe::directServer()
{
    const Result<PoolerFinding> finding = probe(endpointAt(m_database.url()));
    QVERIFY(finding);
    QCOMPARE(finding->kind, PoolerKind::None);
    QVERIFY(!finding->evidence.isEmpty());
}

void TestPoolerProbe::directServerNamedPooled()
{
    const Result<PoolerFinding> finding =
        probe(endpointAt(m_database.url() + u"?pgbouncer=true"_s));
    QVERIFY(finding);
    QCOMPARE(finding->kind, PoolerKind::None);
    QVERIFY2(finding->evidence.contains("pgbouncer=true"_L1), qPrintable(finding->evidence));
}

void TestPoolerProbe::leavesNothing()
{
    const test::TestPooler pooler(m_database, {.poolSize = 1});
    QVERIFY(probe(endpointAt(pooler.url())));
    QTRY_COMPARE(pooler.pool("cl_active") + pooler.pool("cl_waiting"), 0);
    test::Connection next = pooler.connect();
    QCOMPARE(next.value("SELECT count(*) FROM pg_prepared_statements"), "0"_ba);
}

void TestPoolerProbe::noServer()
{
    const Result<PoolerFinding> finding =
        probe(endpointAt(u"postgres://u@127.0.0.1:%1/d?pgbouncer=true"_s.arg(test::freePort())));
    QVERIFY(!finding);
    QCOMPARE(finding.error().kind, ErrorKind::Connection);
}

void TestPoolerProbe::wrongPassword()
{
    const test::TestPooler pooler(m_database);
    Endpoint endpoint = endpointAt(pooler.url());
    endpoint.info.keywords["password"_ba] = "wrong"_ba;
    const Result<PoolerFinding> finding = probe(endpoint);
    QVERIFY(!finding);
    QCOMPARE(finding.error().kind, ErrorKind::Authentication);
}

void TestPoolerProbe::needsConsent()
{
    const QTemporaryDir folder;
    const TrustToken token = TrustStore(folder.filePath(u"trust.json"_s))
                                 .grant(projectOf(endpointAt(u"postgres://u@one.example/d"_s)))
                                 .value();
    const auto made = PoolerProbe::create(endpointAt(u"postgres://u@two.example/d"_s), token);
    QVERIFY(!made);
    QCOMPARE(made.error().id, "trust.needed"_ba);
}

QTEST_GUILESS_MAIN(TestPoolerProbe)
#include "tst_poolerprobe.moc"

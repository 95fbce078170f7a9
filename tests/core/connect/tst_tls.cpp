// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/connectiontest.h"

#include "core/connect/connectionset.h"
#include "core/connect/savedway.h"
#include "tests/support/testauthority.h"
#include "tests/support/testsshd.h"

#include <QScopeGuard>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

/// TLS rules of saved connections, on a real server with certificates of a test's authority: both
/// what libpq does with them and what the step-by-step test says.
class TestTls : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void modes_data();
    void modes();
    void clientCertificate_data();
    void clientCertificate();
    void throughSsh();
    void silentServer();
    void noPostgres();
    void testSaysAllSteps();
    void wrongPassword();
    void cancelled();

private:
    [[nodiscard]] SavedConnection connection(const QByteArray &mode, const QString &root) const;
    [[nodiscard]] Error connectError(const SavedConnection &connection,
                                     const SshSetup &setup = {}) const;
    [[nodiscard]] std::unique_ptr<ConnectionTest> tested(const SavedConnection &connection,
                                                         const SshSetup &setup = {}) const;
    std::unique_ptr<test::PrivateCluster> m_cluster;
    std::unique_ptr<test::TestAuthority> m_authority;
    std::unique_ptr<test::TestAuthority> m_other;
};

namespace {

const StepReport *failedStep(const ConnectionTest &test)
{
    for (const StepReport &step : test.steps()) {
        if (step.state == StepReport::State::Failed)
            return &step;
    }
    return nullptr;
}

QString states(const ConnectionTest &test)
{
    QStringList words;
    for (const StepReport &step : test.steps())
        words << ConnectionTest::stepId(step.step) + u' ' + ConnectionTest::stateId(step.state);
    return words.join(u", "_s);
}

} // namespace

void TestTls::initTestCase()
{
    m_cluster = std::make_unique<test::PrivateCluster>();
    m_authority = std::make_unique<test::TestAuthority>(u"internal-ca"_s);
    m_other = std::make_unique<test::TestAuthority>(u"other-ca"_s);
}

void TestTls::cleanupTestCase()
{
    m_cluster.reset();
    m_authority.reset();
    m_other.reset();
}

SavedConnection TestTls::connection(const QByteArray &mode, const QString &root) const
{
    SavedConnection saved;
    saved.id = u"7"_s;
    saved.name = u"tls"_s;
    saved.host = u"localhost"_s;
    saved.port = m_cluster->facts().port;
    saved.database = u"postgres"_s;
    saved.user = QString::fromUtf8(m_cluster->facts().plainUser);
    saved.sslMode = mode;
    saved.rootCert = root;
    return saved;
}

/// As the window connects; an empty id where it does.
Error TestTls::connectError(const SavedConnection &connection, const SshSetup &setup) const
{
    SecretKeeper keeper(nullptr);
    keeper.remember(connection.id, QString::fromUtf8(m_cluster->facts().plainPassword));
    const auto database = openableDatabase(connection, &keeper, setup);
    const auto token = SavedConnectionStore::token(connection);
    if (!database || !token)
        return database ? token.error() : database.error();
    const auto set = ConnectionSet::create(*database, *token);
    RequestSpec spec;
    spec.statements = {{.sql = "select 1"_ba}};
    const std::unique_ptr<Request> request((*set)->send(Purpose::Query, spec).value_or(nullptr));
    QSignalSpy finished(request.get(), &Request::finished);
    if (finished.isEmpty() && !finished.wait(60'000))
        return {.id = "no answer"_ba};
    const auto outcome = finished.front().front().value<Result<Summary>>();
    return outcome ? Error{} : outcome.error();
}

std::unique_ptr<ConnectionTest> TestTls::tested(const SavedConnection &connection,
                                                const SshSetup &setup) const
{
    auto test = std::make_unique<ConnectionTest>(connection, nullptr, setup);
    test->setPassword(QString::fromUtf8(m_cluster->facts().plainPassword));
    QSignalSpy finished(test.get(), &ConnectionTest::finished);
    test->start();
    if (finished.isEmpty() && !finished.wait(60'000))
        qFatal("the test of a connection did not end");
    return test;
}

void TestTls::modes_data()
{
    QTest::addColumn<QString>("names"); // of the certificate; empty = no TLS at all
    QTest::addColumn<bool>("expired");
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<int>("roots"); // 0 = the system's, 1 = the right ones, 2 = others
    QTest::addColumn<QByteArray>("id");
    const QString good = u"DNS:localhost"_s;
    QTest::newRow("verify-full") << good << false << "verify-full"_ba << 1 << ""_ba;
    QTest::newRow("wrong name") << u"DNS:db.internal.example"_s << false << "verify-full"_ba << 1
                                << "tls.wrongName"_ba;
    QTest::newRow("wrong name, verify-ca")
        << u"DNS:db.internal.example"_s << false << "verify-ca"_ba << 1 << ""_ba;
    QTest::newRow("expired") << good << true << "verify-full"_ba << 1 << "tls.expired"_ba;
    QTest::newRow("expired, not looked at") << good << true << "require"_ba << 0 << ""_ba;
    QTest::newRow("unknown authority")
        << good << false << "verify-full"_ba << 2 << "tls.unknownAuthority"_ba;
    QTest::newRow("unknown to the system")
        << good << false << "verify-full"_ba << 0 << "tls.unknownAuthority"_ba;
    QTest::newRow("require looks at given roots")
        << good << false << "require"_ba << 2 << "tls.unknownAuthority"_ba;
    QTest::newRow("require") << good << false << "require"_ba << 0 << ""_ba;
    QTest::newRow("no TLS, required")
        << QString() << false << "require"_ba << 0 << "tls.notOffered"_ba;
    QTest::newRow("no TLS, preferred") << QString() << false << "prefer"_ba << 0 << ""_ba;
    QTest::newRow("off") << good << false << "disable"_ba << 0 << ""_ba;
}

void TestTls::modes()
{
    QFETCH(QString, names);
    QFETCH(bool, expired);
    QFETCH(QByteArray, mode);
    QFETCH(int, roots);
    QFETCH(QByteArray, id);
    if (names.isEmpty())
        test::switchTlsOff(*m_cluster);
    else
        test::useCertificate(*m_cluster, m_authority->issue(u"server"_s, names, expired));
    const QString root = roots == 0   ? QString()
                         : roots == 1 ? m_authority->rootCert()
                                      : m_other->rootCert();
    const SavedConnection saved = connection(mode, root);
    const Error error = connectError(saved);
    QCOMPARE(error.id, id);
    const auto test = tested(saved);
    const StepReport *failed = failedStep(*test);
    QCOMPARE(failed ? failed->error->id : ""_ba, id);
    if (!failed)
        return;
    QCOMPARE(failed->step, TestStep::Tls);
    for (const Error &said : {error, *failed->error}) {
        QVERIFY(!said.message.isEmpty());
        QVERIFY(said.place.contains(u"localhost"_s));
        QVERIFY(!said.advice.isEmpty());
    }
}

void TestTls::clientCertificate_data()
{
    QTest::addColumn<int>("given"); // 0 = none, 1 = ours, 2 = of another authority, 3 = no file
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("needed and given") << 1 << ""_ba;
    QTest::newRow("needed and missing") << 0 << "auth.refused"_ba;
    QTest::newRow("of another authority") << 2 << "connection.tls"_ba;
    QTest::newRow("no such file") << 3 << "tls.clientCert"_ba;
}

void TestTls::clientCertificate()
{
    QFETCH(int, given);
    QFETCH(QByteArray, id);
    test::useCertificate(*m_cluster, m_authority->issue(u"server"_s, u"DNS:localhost"_s),
                         m_authority->rootCert());
    const QByteArray user = m_cluster->facts().plainUser;
    test::setHostRules(*m_cluster, "hostssl all " + user
                                       + " 127.0.0.1/32 scram-sha-256 clientcert=verify-ca\n"
                                         "hostssl all "
                                       + user + " ::1/128 scram-sha-256 clientcert=verify-ca");
    const auto restore = qScopeGuard([this] { test::setHostRules(*m_cluster, {}); });
    SavedConnection saved = connection("verify-full", m_authority->rootCert());
    const auto issued = (given == 2 ? *m_other : *m_authority).issue(u"mira"_s, QString());
    if (given != 0) {
        saved.clientCert = given == 3 ? u"/nonexistent/me.pem"_s : issued.cert;
        saved.clientKey = issued.key;
    }
    const Error error = connectError(saved);
    QCOMPARE(error.id, id);
    const auto test = tested(saved);
    const StepReport *failed = failedStep(*test);
    QCOMPARE(failed != nullptr, !id.isEmpty());
    if (failed)
        QVERIFY(!failed->error->message.isEmpty());
}

void TestTls::throughSsh()
{
    test::useCertificate(*m_cluster, m_authority->issue(u"server"_s, u"DNS:localhost"_s));
    const test::TestSshd sshd;
    SavedConnection saved = connection("verify-full", m_authority->rootCert());
    saved.ssh = SshHop{.host = u"bastion"_s};
    const SshSetup setup{.configFile = sshd.configFile()};
    // The socket goes to 127.0.0.1, the certificate is checked against the real name.
    QCOMPARE(connectError(saved, setup).id, ""_ba);
    const auto good = tested(saved, setup);
    QCOMPARE(states(*good), u"ssh passed, dns unseen, tcp passed, tls passed, login passed, pooler "
                            "passed, server passed"_s);
    QVERIFY(good->steps()[1].fact.contains(u"bastion"_s));
    test::useCertificate(*m_cluster, m_authority->issue(u"server"_s, u"IP:127.0.0.1"_s));
    QCOMPARE(connectError(saved, setup).id, "tls.wrongName"_ba);
    const auto bad = tested(saved, setup);
    QCOMPARE(failedStep(*bad)->error->id, "tls.wrongName"_ba);
    // Nothing behind: the tunnel knows why.
    saved.port = test::freePort();
    const auto nothing = tested(saved, setup);
    QCOMPARE(failedStep(*nothing)->step, TestStep::Tcp);
    QCOMPARE(failedStep(*nothing)->error->id, "connection.refused"_ba);
    QVERIFY(failedStep(*nothing)->error->message.contains(u"bastion"_s));
    // The same where only the pooled twin is not there.
    saved.port = m_cluster->facts().port;
    saved.pooled = SavedConnection::Twin{.host = u"localhost"_s, .port = test::freePort()};
    test::useCertificate(*m_cluster, m_authority->issue(u"server"_s, u"DNS:localhost"_s));
    const auto noTwin = tested(saved, setup);
    QVERIFY(failedStep(*noTwin));
    QCOMPARE(failedStep(*noTwin)->step, TestStep::Twin);
    QCOMPARE(failedStep(*noTwin)->error->id, "connection.refused"_ba);
    QVERIFY(failedStep(*noTwin)->error->message.contains(u"bastion"_s));
    QVERIFY(failedStep(*noTwin)->error->place.contains(QString::number(saved.pooled->port)));
    saved.pooled.reset();
    // And no way at all.
    saved.ssh = SshHop{.host = u"127.0.0.1"_s, .port = test::freePort()};
    const auto unreachable = tested(saved, setup);
    QCOMPARE(states(*unreachable).section(u',', 0, 1), u"ssh failed, dns waiting"_s);
}

void TestTls::silentServer()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    TlsProbe probe({.host = "localhost",
                    .address = "127.0.0.1",
                    .port = silent.serverPort(),
                    .sslMode = "require",
                    .place = u"localhost"_s,
                    .timeout = std::chrono::milliseconds(1000)});
    QSignalSpy finished(&probe, &TlsProbe::finished);
    QSignalSpy connected(&probe, &TlsProbe::connected);
    QSignalSpy answered(&probe, &TlsProbe::answered);
    probe.start();
    QVERIFY(!finished.isEmpty() || finished.wait(30'000));
    QCOMPARE(finished.front().front().value<Result<TlsFacts>>().error().id,
             "connection.timeout"_ba);
    QCOMPARE(connected.count(), 1);
    QCOMPARE(answered.count(), 0);
}

void TestTls::noPostgres()
{
    QTcpServer web;
    QVERIFY(web.listen(QHostAddress::LocalHost));
    connect(&web, &QTcpServer::newConnection, this,
            [&web] { web.nextPendingConnection()->write("HTTP/1.1 400\r\n\r\n"); });
    SavedConnection saved = connection("require", {});
    saved.host = u"127.0.0.1"_s;
    saved.port = web.serverPort();
    const auto test = tested(saved);
    QCOMPARE(failedStep(*test)->step, TestStep::Tls);
    QCOMPARE(failedStep(*test)->error->id, "tls.handshake"_ba);
}

void TestTls::testSaysAllSteps()
{
    test::useCertificate(*m_cluster, m_authority->issue(u"server"_s, u"DNS:localhost"_s));
    SavedConnection saved = connection("verify-full", m_authority->rootCert());
    saved.pooled = SavedConnection::Twin{.host = u"localhost"_s, .port = m_cluster->facts().port};
    ConnectionTest test(saved, nullptr, {});
    test.setPassword(QString::fromUtf8(m_cluster->facts().plainPassword));
    QCOMPARE(states(test), u"dns waiting, tcp waiting, tls waiting, login waiting, pooler waiting, "
                           "server waiting, twin waiting"_s);
    QSignalSpy changed(&test, &ConnectionTest::stepChanged);
    QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start();
    QVERIFY(!finished.isEmpty() || finished.wait(60'000));
    QVERIFY(finished.front().front().toBool());
    QCOMPARE(states(test), u"dns passed, tcp passed, tls passed, login passed, pooler passed, "
                           "server passed, twin passed"_s);
    QVERIFY(changed.count() >= 13); // running and passed
    const StepReport &tls = test.steps()[2];
    QVERIFY2(tls.fact.startsWith(u"internal-ca, name matches, until "_s), qPrintable(tls.fact));
    QVERIFY(tls.title.startsWith(u"TLS 1."_s));
    QVERIFY(test.steps()[5].fact.contains(u"PostgreSQL 17"_s));
    for (const StepReport &step : test.steps())
        QVERIFY(step.took.count() > 0);
}

void TestTls::wrongPassword()
{
    test::switchTlsOff(*m_cluster);
    const SavedConnection saved = connection({}, {});
    ConnectionTest test(saved, nullptr, {});
    test.setPassword(u"p%40ss"_s);
    QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start();
    QVERIFY(!finished.isEmpty() || finished.wait(60'000));
    QCOMPARE(failedStep(test)->step, TestStep::Authentication);
    QCOMPARE(failedStep(test)->error->id, "auth.password"_ba);
    QCOMPARE(test.decodedPassword(), std::optional(u"p@ss"_s));
    QVERIFY(!failedStep(test)->error->text().contains(u"p%40ss"_s));
}

void TestTls::cancelled()
{
    QTcpServer silent;
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    SavedConnection saved = connection("require", {});
    saved.host = u"127.0.0.1"_s;
    saved.port = silent.serverPort();
    ConnectionTest test(saved, nullptr, {});
    QSignalSpy finished(&test, &ConnectionTest::finished);
    test.start();
    QTRY_COMPARE(test.steps()[2].state, StepReport::State::Running);
    test.cancel();
    QCOMPARE(finished.count(), 1);
    QVERIFY(!finished.front().front().toBool());
    QCOMPARE(test.steps()[2].state, StepReport::State::Waiting);
    QVERIFY(!test.isRunning());
}

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// Failures to connect, made with a real server, and what the doctor says of each.
#include "core/session/sessionthread.h"
#include "symptoms.h"
#include "tests/support/faultproxy.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testauthority.h"
#include "tests/support/testrole.h"

#include <QFile>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using test::Role;

class TestConnectSymptoms : public QObject
{
    Q_OBJECT

private slots:
    void unescapedPassword_data();
    void unescapedPassword();
    void refused();
    void hosts_data();
    void hosts();
    void silence();
    void noSocket();
    void noEncryption();
    void encryptionWanted();
    void wrongPassword();
    void passwordOfPercentCodes();
    void noPassword();
    void clearText();
    void notAdmitted();
    void noRole();
    void roleWithoutLogin();
    void noRightToConnect();
    void noDatabase();
    void limitOfRole();
    void limitOfDatabase();
    void serverIsFull();
    void everyIdIsThereOnce();
};

namespace {

/// Other rules for who may connect, in force from here on.
void rule(test::PrivateCluster &own, const QByteArray &lines)
{
    QFile rules(own.facts().folder + u"/data/pg_hba.conf"_s);
    QVERIFY(rules.open(QIODevice::WriteOnly | QIODevice::Truncate));
    rules.write("local all all trust\n" + lines);
    rules.close();
    own.shutDown();
    own.start();
}

/// By the socket, where nobody asks for a password.
core::Endpoint bySocket(const QString &database, const QByteArray &user)
{
    core::Endpoint endpoint;
    endpoint.info.keywords = test::socketKeywords(test::cluster(), database, Role::Plain);
    endpoint.info.keywords["user"_ba] = user;
    return endpoint;
}

} // namespace

void TestConnectSymptoms::unescapedPassword_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("code");
    QTest::newRow("at") << u"postgres://app:p@ss@db.example/shop"_s << u"%40"_s;
    QTest::newRow("hash") << u"postgres://app:pa#ss@db.example/shop"_s << u"%23"_s;
    QTest::newRow("percent") << u"postgres://app:pa%ss@db.example/shop"_s << u"%25"_s;
}

void TestConnectSymptoms::unescapedPassword()
{
    QFETCH(QString, url);
    QFETCH(QString, code);
    const auto info = core::parseConnInfo(url, core::ConnOrigin::File);
    QVERIFY(!info);
    core::Failure failure;
    failure.error = info.error();
    const core::Explanation told = test::explained(failure);
    QCOMPARE(told.id, "address.unescaped"_ba);
    QCOMPARE(told.fixes.size(), 1u);
    QVERIFY(told.fixes.front().sentence.contains(u'%'));
    QVERIFY(!test::words(told).contains(u"ss@"_s));
}

void TestConnectSymptoms::refused()
{
    const core::Endpoint endpoint =
        test::endpointOf(u"postgres://app@127.0.0.1:%1/shop"_s.arg(test::freePort()));
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "reach.refused"_ba);
    QVERIFY(told.title.contains(QString::number(endpoint.info.port())));
    QCOMPARE(told.where, u".env.local:3 (DATABASE_URL)"_s);
    QCOMPARE(told.fixes.back().action, "project.createLocal"_ba);
}

void TestConnectSymptoms::hosts_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("no such name") << u"db.invalid"_s << "reach.dns"_ba;
    QTest::newRow("service of a compose file")
        << u"postgres-of-compose"_s << "address.onlyInside"_ba;
    QTest::newRow("inside of a platform")
        << u"postgres.railway.internal"_s << "address.onlyInside"_ba;
}

void TestConnectSymptoms::hosts()
{
    QFETCH(QString, host);
    QFETCH(QByteArray, id);
    const core::Endpoint endpoint =
        test::endpointOf(u"postgres://app:canary-31@%1/shop"_s.arg(host));
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, id);
    QVERIFY(told.title.contains(host));
    QVERIFY(!test::words(told).contains(u"canary"_s));
    if (id == "address.onlyInside")
        QVERIFY(told.fixes.front().text.contains(u"@localhost:5432/shop"_s));
}

void TestConnectSymptoms::silence()
{
    test::TestDatabase database;
    test::FaultProxy proxy(database.facts().port);
    proxy.stall();
    const core::Endpoint endpoint = test::endpointOf(database.url(Role::Plain, proxy.port()));
    core::SessionConfig config;
    config.keywords = core::secured(endpoint.info);
    config.connectTimeout = std::chrono::milliseconds(300);
    core::SessionThread session(config);
    QSignalSpy failed(&session, &core::SessionThread::connectFailed);
    session.open();
    QVERIFY(failed.wait(30'000));
    const auto error = failed.first().first().value<core::Error>();
    QCOMPARE(test::explained(error, endpoint).id, "reach.timeout"_ba);
}

void TestConnectSymptoms::noSocket()
{
    const core::Endpoint endpoint =
        test::endpointOf(u"host=/nowhere-at-all port=5432 dbname=shop user=app"_s);
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "reach.noSocket"_ba);
    QVERIFY(told.title.contains(u"/nowhere-at-all"_s));
}

void TestConnectSymptoms::noEncryption()
{
    test::TestDatabase database;
    const core::Endpoint endpoint = test::endpointOf(database.url() + u"?sslmode=require"_s);
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "reach.tlsNotOffered"_ba);
    QVERIFY(test::pasteable(told).contains(u"sslmode=prefer"_s));
}

void TestConnectSymptoms::encryptionWanted()
{
    test::PrivateCluster own;
    test::TestAuthority authority(u"internal-ca"_s);
    test::useCertificate(own, authority.issue(u"localhost"_s, u"IP:127.0.0.1"_s));
    rule(own, "hostssl all all 127.0.0.1/32 scram-sha-256\n"_ba);
    const QString url = test::tcpUrl(own.facts(), u"postgres"_s, Role::Plain);
    const core::Endpoint plain = test::unencrypted(url);
    const core::Explanation told = test::explainedConnecting(plain);
    QCOMPARE(told.id, "reach.tlsWanted"_ba);
    QVERIFY(told.fixes.front().text.endsWith(u"sslmode=require"_s));
    QVERIFY(!test::words(told).contains(QString::fromUtf8(own.facts().plainPassword)));
    // and the fix is one
    QCOMPARE(test::connectError(test::endpointOf(url + u"?sslmode=require"_s)).id,
             "it connected"_ba);
}

void TestConnectSymptoms::wrongPassword()
{
    test::TestDatabase database;
    core::Endpoint endpoint = test::endpointOf(database.url());
    endpoint.info.keywords["password"_ba] = "wrong"_ba;
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "auth.password"_ba);
    QVERIFY(told.title.contains(endpoint.info.user()));
}

void TestConnectSymptoms::passwordOfPercentCodes()
{
    test::TestDatabase database;
    const test::TestRole role(database, "LOGIN PASSWORD 'p%41ss'");
    const auto urlWith = [&](const QString &password) {
        return u"postgres://%1:%2@127.0.0.1:%3/%4"_s.arg(QString::fromUtf8(role.name()), password,
                                                         QString::number(database.facts().port),
                                                         database.name());
    };
    const core::Endpoint asItStands = test::endpointOf(urlWith(u"p%41ss"_s));
    const core::Explanation told = test::explainedConnecting(asItStands);
    QCOMPARE(told.id, "auth.passwordEncoding"_ba);
    QVERIFY(told.why.contains(u"%25"_s));
    QVERIFY(!test::words(told).contains(u"pAss"_s));
    QVERIFY(!test::words(told).contains(u"p%41ss"_s));
    // and the fix is one
    QCOMPARE(test::connectError(test::endpointOf(urlWith(u"p%2541ss"_s))).id, "it connected"_ba);
}

void TestConnectSymptoms::noPassword()
{
    test::TestDatabase database;
    core::Endpoint endpoint = test::endpointOf(database.url());
    endpoint.info.keywords.erase("password"_ba);
    QCOMPARE(test::explainedConnecting(endpoint).id, "auth.passwordMissing"_ba);
}

void TestConnectSymptoms::clearText()
{
    test::PrivateCluster own;
    rule(own, "host all all 127.0.0.1/32 password\n"_ba);
    const core::Endpoint endpoint =
        test::endpointOf(test::tcpUrl(own.facts(), u"postgres"_s, Role::Plain));
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "auth.clearText"_ba);
    QVERIFY(test::pasteable(told).contains(u"verify-full"_s));
}

void TestConnectSymptoms::notAdmitted()
{
    test::PrivateCluster own;
    test::TestAuthority authority(u"internal-ca"_s);
    test::useCertificate(own, authority.issue(u"localhost"_s, u"IP:127.0.0.1"_s));
    rule(own, "host nobodys all 127.0.0.1/32 scram-sha-256\n"_ba);
    const QString url = test::tcpUrl(own.facts(), u"postgres"_s, Role::Plain);
    const core::Endpoint encrypted = test::endpointOf(url + u"?sslmode=require"_s);
    core::Explanation told = test::explainedConnecting(encrypted);
    QCOMPARE(told.id, "auth.notInHba"_ba);
    QVERIFY(told.fixes.front().text.startsWith(u"host  postgres  "_s));
    // Tried with encryption and without: it is the rules.
    const core::Endpoint either = test::endpointOf(url);
    QCOMPARE(test::explainedConnecting(either).id, "auth.notInHba"_ba);
    // Without encryption nobody can tell which of both it is: both are said.
    const core::Endpoint plain = test::unencrypted(url);
    told = test::explainedConnecting(plain);
    QCOMPARE(told.id, "reach.tlsWanted"_ba);
    QVERIFY(told.fixes.back().text.startsWith(u"host  postgres  "_s));
}

void TestConnectSymptoms::noRole()
{
    const core::Explanation told =
        test::explainedConnecting(bySocket(u"postgres"_s, "nobody at all"_ba));
    QCOMPARE(told.id, "auth.noRole"_ba);
    QCOMPARE(told.fixes.back().text, u"CREATE ROLE \"nobody at all\" LOGIN;"_s);
}

void TestConnectSymptoms::roleWithoutLogin()
{
    test::TestDatabase database;
    const test::TestRole role(database);
    const core::Explanation told =
        test::explainedConnecting(bySocket(database.name(), role.name()));
    QCOMPARE(told.id, "auth.noLogin"_ba);
    QCOMPARE(told.fixes.front().text,
             u"ALTER ROLE \"%1\" LOGIN;"_s.arg(QString::fromUtf8(role.name())));
}

void TestConnectSymptoms::noRightToConnect()
{
    test::TestDatabase database;
    const test::TestRole role(database, "LOGIN");
    database.execSuper("REVOKE CONNECT ON DATABASE " + database.name().toUtf8() + " FROM PUBLIC");
    const core::Explanation told =
        test::explainedConnecting(bySocket(database.name(), role.name()));
    QCOMPARE(told.id, "auth.noConnect"_ba);
    QVERIFY(told.fixes.front().text.startsWith(u"GRANT CONNECT ON DATABASE"_s));
}

void TestConnectSymptoms::noDatabase()
{
    const core::Endpoint endpoint =
        test::endpointOf(test::tcpUrl(test::cluster(), u"nowhere"_s, Role::Plain));
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "auth.noDatabase"_ba);
    QCOMPARE(told.fixes.back().text, u"CREATE DATABASE \"nowhere\";"_s);
}

void TestConnectSymptoms::limitOfRole()
{
    test::TestDatabase database;
    const test::TestRole role(database, "LOGIN CONNECTION LIMIT 0");
    const core::Explanation told =
        test::explainedConnecting(bySocket(database.name(), role.name()));
    QCOMPARE(told.id, "limits.role"_ba);
    QVERIFY(test::pasteable(told).contains(u"CONNECTION LIMIT 50"_s));
}

void TestConnectSymptoms::limitOfDatabase()
{
    test::TestDatabase database;
    database.execSuper("ALTER DATABASE " + database.name().toUtf8() + " CONNECTION LIMIT 0");
    const core::Endpoint endpoint = test::endpointOf(database.url());
    const core::Explanation told = test::explainedConnecting(endpoint);
    QCOMPARE(told.id, "limits.database"_ba);
    QCOMPARE(told.fixes.front().action, "database.activity"_ba);
}

void TestConnectSymptoms::serverIsFull()
{
    test::PrivateCluster own;
    test::Connection(test::socketKeywords(own.facts(), u"postgres"_s, Role::Super))
        .exec("ALTER SYSTEM SET max_connections = 5"_ba);
    own.shutDown();
    own.start();
    const core::Endpoint endpoint =
        test::endpointOf(test::tcpUrl(own.facts(), u"postgres"_s, Role::Plain));
    std::vector<test::Connection> held;
    const auto fill = [&held](const core::ConnKeywords &keywords) {
        while (held.size() < 20) {
            auto next = test::Connection::tryConnect(keywords);
            if (!next)
                return next.error();
            held.push_back(std::move(*next));
        }
        return core::Error();
    };
    const core::Error reserved = fill(core::secured(endpoint.info));
    QCOMPARE(test::explained(reserved, endpoint).id, "limits.reserved"_ba);
    // The server process that refused may take a moment to give its place back.
    core::Error full;
    QTRY_VERIFY_WITH_TIMEOUT(
        (full = fill(test::socketKeywords(own.facts(), u"postgres"_s, Role::Super)),
         held.size() == 5u),
        30'000);
    QCOMPARE(test::explained(full, endpoint).id, "limits.server"_ba);

    // Where the pooled address exists, it is the way out.
    core::Database both;
    both.direct = endpoint;
    both.pooled =
        test::endpointOf(u"postgres://app@127.0.0.1:6432/postgres"_s, core::EndpointRole::Pooled);
    core::Failure failure;
    failure.error = full;
    failure.database = &both;
    failure.endpoint = &*both.direct;
    QVERIFY(test::words(test::explained(failure)).contains(u"pooled address"_s));
}

void TestConnectSymptoms::everyIdIsThereOnce()
{
    const QByteArrayList ids = core::explanationIds();
    QVERIFY(ids.size() > 40);
    QCOMPARE(QSet<QByteArray>(ids.begin(), ids.end()).size(), ids.size());
}

QTEST_GUILESS_MAIN(TestConnectSymptoms)
#include "tst_connectsymptoms.moc"

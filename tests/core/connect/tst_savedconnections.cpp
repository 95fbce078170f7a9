// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/savedconnections.h"

#include "core/connect/production.h"
#include "core/connect/savedway.h"
#include "core/pq/keyword.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <thread>
#include <vector>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

SavedConnection sample(const QString &name = u"staging"_s)
{
    SavedConnection connection;
    connection.name = name;
    connection.host = u"db.example.com"_s;
    connection.database = u"app"_s;
    connection.user = u"mira"_s;
    return connection;
}

QByteArray keyword(const Endpoint &endpoint, const QByteArray &name)
{
    return core::keyword(endpoint.keywords(), name);
}

} // namespace

class TestSavedConnections : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void keepsEverything();
    void isForItsOwnerOnly();
    void holdsNoSecret();
    void unknownKeysStay();
    void namesAreUnique();
    void removes();
    void damagedFileIsMovedAside();
    void newerFileIsRefused();
    void brokenEntriesAreSaid_data();
    void brokenEntriesAreSaid();
    void twoProgramsLoseNothing();
    void refuses_data();
    void refuses();
    void tlsModes_data();
    void tlsModes();
    void clientCertificateOnlyWhereGiven();
    void pooledTwin();
    void poolerByItsOwnEvidence();
    void exposure_data();
    void exposure();
    void tokenCoversItsOwnAddressesOnly();
    void pastedUrl();
    void pastedUrlErrors();
    void besideAFolder();

private:
    QString file() const { return m_folder->filePath(u"config/connections.json"_s); }
    SavedConnectionStore store() const { return SavedConnectionStore(file()); }
    QByteArray content() const
    {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    void write(const QByteArray &bytes) const
    {
        QVERIFY(QDir().mkpath(QFileInfo(file()).path()));
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestSavedConnections::keepsEverything()
{
    SavedConnection full = sample(u"staging, through bastion"_s);
    full.port = 5433;
    full.secret = SecretPlace::None;
    full.pooled = SavedConnection::Twin{.host = u"pool.example.com"_s, .port = 6543};
    full.sslMode = "verify-ca";
    full.rootCert = u"/certs/ca.pem"_s;
    full.clientCert = u"/certs/me.pem"_s;
    full.clientKey = u"/certs/me.key"_s;
    full.clearTextPassword = true;
    full.ssh = SshHop{.host = u"bastion"_s, .user = u"jump"_s, .port = 2222};
    full.production = true;
    full.folder = u"/work/shop"_s;
    const auto saved = store().save(full);
    QVERIFY(saved);
    QVERIFY(!saved->id.isEmpty());
    full.id = saved->id;
    QCOMPARE(*saved, full);
    const auto plain = store().save(sample(u"another"_s));
    QVERIFY(plain);
    const auto read = store().read();
    QVERIFY(read);
    QVERIFY(read->problems.empty());
    QCOMPARE(read->connections, (std::vector{*plain, full}));

    // Back to a plain one: nothing of the old stays.
    SavedConnection bare = sample(full.name);
    bare.id = full.id;
    QVERIFY(store().save(bare));
    QCOMPARE(*store().find(full.name), bare);
}

void TestSavedConnections::isForItsOwnerOnly()
{
    QVERIFY(store().save(sample()));
    QCOMPARE(QFile::permissions(file()) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    QCOMPARE(QFile::permissions(QFileInfo(file()).path())
                 & (QFile::ReadGroup | QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther),
             QFile::Permissions());
}

void TestSavedConnections::holdsNoSecret()
{
    const auto pasted = connectionOfUrl(u"postgres://mira:canary-8731@db.example.com/app"_s);
    QVERIFY(pasted);
    QCOMPARE(pasted->password, u"canary-8731"_s);
    SavedConnection connection = pasted->connection;
    connection.name = u"pasted"_s;
    QVERIFY(store().save(connection));
    QVERIFY(content().contains("db.example.com"));
    QVERIFY(!content().contains("canary"));
    QVERIFY(!databaseOf(connection)->any().info.hasPassword());
}

void TestSavedConnections::unknownKeysStay()
{
    write(R"({"schema":1,"later":{"a":1},"connections":[{"id":"7","name":"one","host":"h.example",
        "user":"u","colour":"red","pooled":{"host":"p.example","port":6432,"mode":"session"}}]})");
    SavedConnection one = *store().find(u"one"_s);
    one.user = u"other"_s;
    QVERIFY(store().save(one));
    const QJsonObject object = QJsonDocument::fromJson(content()).object();
    QCOMPARE(object["later"_L1]["a"_L1].toInt(), 1);
    const QJsonObject entry = object["connections"_L1][0].toObject();
    QCOMPARE(entry["colour"_L1].toString(), u"red"_s);
    QCOMPARE(entry["user"_L1].toString(), u"other"_s);
    QCOMPARE(entry["pooled"_L1]["mode"_L1].toString(), u"session"_s);
}

void TestSavedConnections::namesAreUnique()
{
    const auto first = store().save(sample());
    QVERIFY(first);
    const auto second = store().save(sample());
    QVERIFY(!second);
    QCOMPARE(second.error().id, "savedConnection.nameTaken"_ba);
    QVERIFY(store().save(*first)); // itself is no other
    QCOMPARE(store().read()->connections.size(), 1U);
}

void TestSavedConnections::removes()
{
    const auto saved = store().save(sample());
    QVERIFY(saved);
    QVERIFY(store().remove(saved->id));
    QVERIFY(store().read()->connections.empty());
    QCOMPARE(store().remove(saved->id).error().id, "savedConnection.unknown"_ba);
    QCOMPARE(store().find(u"staging"_s).error().id, "savedConnection.unknown"_ba);
}

void TestSavedConnections::damagedFileIsMovedAside()
{
    write("{\"connections\": [");
    const auto read = store().read();
    QVERIFY(read);
    QVERIFY(read->connections.empty());
    QCOMPARE(read->problems.size(), 1U);
    QCOMPARE(read->problems.front().id, "savedConnection.movedAside"_ba);
    QVERIFY(read->problems.front().advice.contains(u"connections.json.broken"_s));
    QVERIFY(QFile::exists(file() + u".broken"_s));
    QVERIFY(store().save(sample()));
    QVERIFY(store().read()->problems.empty());
}

void TestSavedConnections::newerFileIsRefused()
{
    const QByteArray newer = R"({"schema":99,"connections":[]})";
    write(newer);
    QCOMPARE(store().read().error().id, "store.newer"_ba);
    QCOMPARE(store().save(sample()).error().id, "store.newer"_ba);
    QCOMPARE(content(), newer);
}

void TestSavedConnections::brokenEntriesAreSaid_data()
{
    QTest::addColumn<QByteArray>("entry");
    QTest::newRow("no object") << "7"_ba;
    QTest::newRow("no id") << R"({"name":"x","host":"h.example","user":"u"})"_ba;
    QTest::newRow("no name") << R"({"id":"1","host":"h.example","user":"u"})"_ba;
    QTest::newRow("port") << R"({"id":"1","name":"x","host":"h.example","port":70000})"_ba;
    QTest::newRow("two hosts") << R"({"id":"1","name":"x","host":"a.example,b.example"})"_ba;
    QTest::newRow("option as ssh host")
        << R"({"id":"1","name":"x","host":"h.example","ssh":{"host":"-oProxyCommand=id"}})"_ba;
    QTest::newRow("control characters")
        << R"({"id":"1","name":"x\u001b[2J","host":"h.example"})"_ba;
}

void TestSavedConnections::brokenEntriesAreSaid()
{
    QFETCH(QByteArray, entry);
    write(R"({"schema":1,"connections":[)" + entry
          + R"(,{"id":"2","name":"good","host":"h.example","user":"u"}]})");
    const auto read = store().read();
    QVERIFY(read);
    QCOMPARE(read->connections.size(), 1U);
    QCOMPARE(read->connections.front().name, u"good"_s);
    QCOMPARE(read->problems.size(), 1U);
    QCOMPARE(read->problems.front().id, "savedConnection.broken"_ba);
    QVERIFY(store().save(sample())); // and it stays in the file
    QCOMPARE(QJsonDocument::fromJson(content()).object()["connections"_L1].toArray().size(), 3);
}

void TestSavedConnections::twoProgramsLoseNothing()
{
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([this, i] {
            for (int k = 0; k < 5; ++k)
                (void)store().save(sample(u"c%1-%2"_s.arg(i).arg(k)));
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(store().read()->connections.size(), 20U);
}

void TestSavedConnections::refuses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("hop");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("no name") << u" "_s << u"h.example"_s << QString() << "savedConnection.name"_ba;
    QTest::newRow("line break") << u"a\nb"_s << u"h.example"_s << QString()
                                << "savedConnection.name"_ba;
    QTest::newRow("right-to-left mark")
        << u"a\u202eb"_s << u"h.example"_s << QString() << "savedConnection.name"_ba;
    QTest::newRow("host with a blank")
        << u"a"_s << u"h example"_s << QString() << "conninfo.host"_ba;
    QTest::newRow("quotes in the host")
        << u"a"_s << u"h' hostaddr='10.0.0.1"_s << QString() << "conninfo.host"_ba;
    QTest::newRow("ssh option") << u"a"_s << u"h.example"_s << u"-oProxyCommand=x"_s
                                << "ssh.host"_ba;
    QTest::newRow("ssh blank") << u"a"_s << u"h.example"_s << u"a b"_s << "ssh.host"_ba;
    QTest::newRow("socket through ssh")
        << u"a"_s << u"/run/postgresql"_s << u"bastion"_s << "savedConnection.socket"_ba;
}

void TestSavedConnections::refuses()
{
    QFETCH(QString, name);
    QFETCH(QString, host);
    QFETCH(QString, hop);
    SavedConnection connection = sample(name);
    connection.host = host;
    if (!hop.isEmpty())
        connection.ssh = SshHop{.host = hop};
    const auto saved = store().save(connection);
    QVERIFY(!saved);
    QTEST(saved.error().id, "id");
    QVERIFY(!QFile::exists(file()));
}

void TestSavedConnections::tlsModes_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QByteArray>("chosen");
    QTest::addColumn<bool>("production");
    QTest::addColumn<QByteArray>("mode");
    QTest::addColumn<QByteArray>("roots");
    QTest::newRow("public") << u"db.example.com"_s << ""_ba << false << "require"_ba << ""_ba;
    QTest::newRow("private") << u"10.1.2.3"_s << ""_ba << false << "prefer"_ba << ""_ba;
    QTest::newRow("production") << u"db.example.com"_s << ""_ba << true << "verify-full"_ba
                                << "system"_ba;
    QTest::newRow("production inside") << u"10.1.2.3"_s << ""_ba << true << "verify-full"_ba
                                       << "system"_ba;
    QTest::newRow("raised") << u"db.example.com"_s << "verify-full"_ba << false << "verify-full"_ba
                            << "system"_ba;
    QTest::newRow("lowered by a person")
        << u"db.example.com"_s << "prefer"_ba << false << "prefer"_ba << ""_ba;
    QTest::newRow("lowered on production")
        << u"db.example.com"_s << "require"_ba << true << "require"_ba << ""_ba;
    QTest::newRow("off") << u"db.example.com"_s << "disable"_ba << false << "disable"_ba << ""_ba;
}

void TestSavedConnections::tlsModes()
{
    QFETCH(QString, host);
    QFETCH(QByteArray, chosen);
    QFETCH(bool, production);
    SavedConnection connection = sample();
    connection.host = host;
    connection.sslMode = chosen;
    connection.production = production;
    const auto database = databaseOf(connection);
    QVERIFY(database);
    QTEST(keyword(database->any(), "sslmode"), "mode");
    QTEST(keyword(database->any(), "sslrootcert"), "roots");
}

void TestSavedConnections::clientCertificateOnlyWhereGiven()
{
    SavedConnection connection = sample();
    QCOMPARE(keyword(databaseOf(connection)->any(), "sslcertmode"), "disable"_ba);
    QCOMPARE(keyword(databaseOf(connection)->any(), "require_auth"), "!password,!gss,!sspi"_ba);
    connection.clientCert = u"/certs/me.pem"_s;
    connection.clientKey = u"/certs/me.key"_s;
    connection.clearTextPassword = true;
    const Endpoint endpoint = databaseOf(connection)->any();
    QCOMPARE(keyword(endpoint, "sslcertmode"), "allow"_ba);
    QCOMPARE(keyword(endpoint, "sslcert"), "/certs/me.pem"_ba);
    QCOMPARE(keyword(endpoint, "sslkey"), "/certs/me.key"_ba);
    QCOMPARE(keyword(endpoint, "require_auth"), "!gss,!sspi"_ba);
}

void TestSavedConnections::pooledTwin()
{
    SavedConnection connection = sample();
    connection.pooled = SavedConnection::Twin{.host = u"pool.example.com"_s, .port = 6432};
    const auto database = databaseOf(connection);
    QVERIFY(database);
    QCOMPARE(database->direct->info.host(), u"db.example.com"_s);
    QCOMPARE(database->pooled->info.host(), u"pool.example.com"_s);
    QCOMPARE(database->pooled->info.database(), u"app"_s);
    QCOMPARE(database->pooled->role, EndpointRole::Pooled);
    QCOMPARE(database->direct->source.text(), u"saved connection"_s);
}

void TestSavedConnections::poolerByItsOwnEvidence()
{
    SavedConnection connection = sample();
    connection.port = 6432;
    const auto database = databaseOf(connection);
    QVERIFY(database && database->pooled && !database->direct);
    connection.pooled = SavedConnection::Twin{.host = u"pool.example.com"_s};
    QCOMPARE(databaseOf(connection).error().id, "savedConnection.twin"_ba);
}

void TestSavedConnections::exposure_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("hop");
    QTest::addColumn<bool>("marked");
    QTest::addColumn<QString>("exposure");
    QTest::newRow("local") << u"localhost"_s << QString() << false << u"local"_s;
    QTest::newRow("marked") << u"localhost"_s << QString() << true << u"production"_s;
    QTest::newRow("public") << u"db.example.com"_s << QString() << false << u"remote"_s;
    QTest::newRow("another machine's localhost")
        << u"localhost"_s << u"bastion"_s << false << u"remote"_s;
    QTest::newRow("by the ssh host")
        << u"localhost"_s << u"prod-bastion"_s << false << u"production"_s;
}

void TestSavedConnections::exposure()
{
    QFETCH(QString, host);
    QFETCH(QString, hop);
    QFETCH(bool, marked);
    SavedConnection connection = sample();
    connection.host = host;
    connection.production = marked;
    if (!hop.isEmpty())
        connection.ssh = SshHop{.host = hop};
    const auto database = databaseOf(connection);
    QVERIFY(database);
    QTEST(exposureId(exposureOf(*database).exposure), "exposure");
}

void TestSavedConnections::tokenCoversItsOwnAddressesOnly()
{
    SavedConnection connection = sample();
    connection.pooled = SavedConnection::Twin{.host = u"pool.example.com"_s};
    const auto token = SavedConnectionStore::token(connection);
    QVERIFY(token);
    const auto database = databaseOf(connection);
    QVERIFY(token->covers(database->direct->info));
    QVERIFY(token->covers(database->pooled->info));
    connection.host = u"evil.example.com"_s;
    QVERIFY(!token->covers(databaseOf(connection)->direct->info));
}

void TestSavedConnections::pastedUrl()
{
    const auto pasted = connectionOfUrl(
        u" postgresql://mira:p%40ss@db.example.com:5433/app?sslmode=verify-full&connection_limit=5&application_name=x "_s);
    QVERIFY(pasted);
    QCOMPARE(pasted->connection.host, u"db.example.com"_s);
    QCOMPARE(pasted->connection.port, 5433);
    QCOMPARE(pasted->connection.database, u"app"_s);
    QCOMPARE(pasted->connection.user, u"mira"_s);
    QCOMPARE(pasted->connection.sslMode, "verify-full"_ba);
    QCOMPARE(pasted->password, u"p@ss"_s);
    QByteArrayList dropped;
    for (const ConnChange &change : pasted->dropped)
        dropped << change.key;
    QVERIFY(dropped.contains("connection_limit"));
    for (const ConnChange &change : pasted->dropped)
        QVERIFY(!change.reason.isEmpty());
}

void TestSavedConnections::pastedUrlErrors()
{
    QCOMPARE(connectionOfUrl(u"mysql://a@b/c"_s).error().id, "conninfo.scheme"_ba);
    const Error error = connectionOfUrl(u"postgres://a:can#ary@b/c"_s).error();
    QCOMPARE(error.id, "conninfo.unescaped"_ba);
    QVERIFY(!error.text().contains(u"can#"_s));
}

void TestSavedConnections::besideAFolder()
{
    SavedConnection mine = sample(u"main"_s);
    mine.id = u"1"_s;
    mine.folder = u"/work/shop"_s;
    SavedConnection other = sample(u"other"_s);
    other.id = u"2"_s;
    DatabaseSet set;
    set.databases.push_back(Database{.name = u"main"_s, .direct = Endpoint{}});
    addSavedDatabases(set, {mine, other}, u"/work/shop"_s, nullptr);
    QCOMPARE(set.databases.size(), 2U);
    QCOMPARE(set.databases.back().name, u"main (saved)"_s);
    QVERIFY(set.databases.back().direct->way);
    addSavedDatabases(set, {mine, other}, QString(), nullptr);
    QCOMPARE(set.databases.size(), 2U);
}

QTEST_GUILESS_MAIN(TestSavedConnections)
#include "tst_savedconnections.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/savedway.h"

#include "core/connect/connectionset.h"
#include "tests/support/eventlog.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testsshd.h"

#include <QDir>
#include <QFile>
#include <QMetaEnum>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

TunnelTarget targetOf(quint16 port, const QString &host = u"127.0.0.1"_s)
{
    return {.hop = {.host = u"bastion"_s}, .host = host, .port = port};
}

/// Opens it and waits; "" or the error's id.
QByteArray opened(SshTunnel &tunnel, Error *error = nullptr)
{
    QSignalSpy good(&tunnel, &SshTunnel::opened);
    QSignalSpy bad(&tunnel, &SshTunnel::failed);
    tunnel.open();
    if (!QTest::qWaitFor([&] { return !good.isEmpty() || !bad.isEmpty(); }, 60'000))
        return "no answer"_ba;
    if (!good.isEmpty())
        return {};
    const auto found = bad.front().front().value<Error>();
    if (error)
        *error = found;
    return found.id;
}

qint64 childOfOurs(const QByteArray &program)
{
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        const qint64 pid = name.toLongLong();
        if (pid <= 0 || test::parentOf(pid) != getpid())
            continue;
        QFile line(u"/proc/%1/cmdline"_s.arg(pid));
        if (line.open(QIODevice::ReadOnly) && line.readAll().startsWith(program))
            return pid;
    }
    return 0;
}

QByteArray commandLineOf(qint64 pid)
{
    QFile line(u"/proc/%1/cmdline"_s.arg(pid));
    return line.open(QIODevice::ReadOnly) ? line.readAll().replace('\0', ' ') : QByteArray();
}

RequestSpec reading(const QByteArray &sql)
{
    RequestSpec spec;
    spec.statements = {{.sql = sql}};
    return spec;
}

/// A saved connection to the test's own server, through the test's own sshd.
struct Through {
    test::TestDatabase database = {};
    test::TestSshd sshd;
    SecretKeeper keeper{nullptr};
    std::unique_ptr<ConnectionSet> set = {};

    explicit Through(const test::SshdOptions &options = {}, quint16 port = 0)
        : sshd(options)
    {
        SavedConnection saved;
        saved.id = u"7"_s;
        saved.name = u"behind"_s;
        saved.host = u"localhost"_s;
        saved.port = port == 0 ? database.facts().port : port;
        saved.database = database.name();
        saved.user = QString::fromUtf8(database.facts().plainUser);
        saved.secret = SecretPlace::Ask;
        saved.ssh = SshHop{.host = u"bastion"_s};
        keeper.remember(saved.id, QString::fromUtf8(database.facts().plainPassword));
        const auto made = openableDatabase(saved, &keeper, {.configFile = sshd.configFile()});
        const auto token = SavedConnectionStore::token(saved);
        if (made && token) {
            if (auto created = ConnectionSet::create(*made, *token))
                set = std::move(*created);
        }
    }

    [[nodiscard]] Result<Summary> run(const QByteArray &sql) const
    {
        const auto sent = set->send(Purpose::Browse, reading(sql));
        if (!sent)
            return std::unexpected(sent.error());
        const std::unique_ptr<Request> request(*sent);
        QSignalSpy finished(request.get(), &Request::finished);
        if (finished.isEmpty() && !finished.wait(60'000))
            return failure(ErrorKind::Local, "no answer"_ba, {});
        return finished.front().front().value<Result<Summary>>();
    }
};

} // namespace

class TestSshTunnel : public QObject
{
    Q_OBJECT

private slots:
    void carriesBytes();
    void commandOfTheChild();
    void refusals_data();
    void refusals();
    void noSsh();
    void slowOne();
    void closes();
    void lostWhileOpen();
    void sayingIsClean();
    void sessionThrough();
    void forwardRefused();
    void nothingBehind();
    void unknownNameBehind();
    void killedUnderAQuery();
    void endsWithTheConnection();
};

void TestSshTunnel::carriesBytes()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        socket->write("hello");
    });
    const test::TestSshd sshd;
    SshTunnel tunnel(targetOf(server.serverPort()), {.configFile = sshd.configFile()});
    test::EventLog log;
    log.record(&tunnel, &SshTunnel::stateChanged, [](SshTunnel::State state) {
        return QString::fromLatin1(QMetaEnum::fromType<SshTunnel::State>().valueToKey(int(state)));
    });
    QCOMPARE(opened(tunnel), ""_ba);
    QCOMPARE(log.text(), u"Starting, Open"_s);
    QVERIFY(tunnel.fact().contains(u"Host key known"_s));
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, tunnel.localPort());
    QTRY_COMPARE(client.bytesAvailable(), 5);
    QCOMPARE(opened(tunnel), ""_ba); // it is
}

void TestSshTunnel::commandOfTheChild()
{
    const test::TestSshd sshd;
    SshTunnel tunnel(targetOf(5432), {.configFile = sshd.configFile()});
    QCOMPARE(opened(tunnel), ""_ba);
    const qint64 pid = childOfOurs("/usr/bin/ssh"_ba);
    QVERIFY(pid > 0);
    const QByteArray line = commandLineOf(pid);
    QVERIFY(line.contains("-L 127.0.0.1:"));
    QVERIFY(line.contains("ExitOnForwardFailure=yes"));
    QVERIFY(line.contains("BatchMode=yes"));
    QVERIFY(line.contains("-- bastion"));
    QVERIFY(::getpgid(pid_t(pid)) != ::getpgrp()); // a terminal's Ctrl+C is not for it
    tunnel.close();
    QTRY_COMPARE(childOfOurs("/usr/bin/ssh"_ba), 0);
}

void TestSshTunnel::refusals_data()
{
    QTest::addColumn<bool>("known");
    QTest::addColumn<bool>("otherKey");
    QTest::addColumn<bool>("rightKey");
    QTest::addColumn<QByteArrayList>("client");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("words");
    QTest::newRow("wrong key") << true << false << false << QByteArrayList() << "ssh.denied"_ba
                               << u"Permission denied"_s;
    QTest::newRow("unknown host key")
        << false << false << true << QByteArrayList() << "ssh.hostKeyUnknown"_ba << u"SHA256:"_s;
    QTest::newRow("changed host key")
        << true << true << true << QByteArrayList() << "ssh.hostKeyChanged"_ba << u"SHA256:"_s;
    QTest::newRow("no such name") << true << false << true
                                  << QByteArrayList{"HostName no-such-host.invalid"_ba}
                                  << "ssh.dns"_ba << u"no-such-host.invalid"_s;
    QTest::newRow("its own forwarding is taken")
        << true << false << true << QByteArrayList{"LocalForward 127.0.0.1:PORT 127.0.0.1:1"_ba}
        << "ssh.forward"_ba << u"forward"_s;
}

void TestSshTunnel::refusals()
{
    QFETCH(bool, known);
    QFETCH(bool, otherKey);
    QFETCH(bool, rightKey);
    QFETCH(QByteArrayList, client);
    QFETCH(QString, words);
    QTcpServer taken;
    QVERIFY(taken.listen(QHostAddress::LocalHost));
    for (QByteArray &line : client)
        line.replace("PORT", QByteArray::number(taken.serverPort()));
    const test::TestSshd sshd(test::SshdOptions{.knownHost = known,
                                                .knowsOtherKey = otherKey,
                                                .rightKey = rightKey,
                                                .clientSettings = client});
    // The first value of a setting counts in ssh's configuration.
    if (client.value(0).startsWith("HostName")) {
        QFile file(sshd.configFile());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray text = file.readAll();
        text.replace("HostName 127.0.0.1", client.front());
        file.resize(0);
        file.seek(0);
        file.write(text);
    }
    SshTunnel tunnel(targetOf(5432), {.configFile = sshd.configFile()});
    Error error;
    QTEST(opened(tunnel, &error), "id");
    QVERIFY2(error.message.contains(words), qPrintable(error.text()));
    QVERIFY(error.place.contains(u"bastion"_s));
    QVERIFY(!error.advice.isEmpty());
    QCOMPARE(tunnel.state(), SshTunnel::State::Closed);
    QCOMPARE(childOfOurs("/usr/bin/ssh"_ba), 0);
}

void TestSshTunnel::noSsh()
{
    SshTunnel tunnel(targetOf(5432), {.program = u"/nonexistent/ssh"_s});
    QCOMPARE(opened(tunnel), "ssh.ended"_ba);
    SshTunnel option({.hop = {.host = u"-oProxyCommand=id"_s}, .host = u"x"_s, .port = 1}, {});
    QCOMPARE(opened(option), "ssh.host"_ba);
}

void TestSshTunnel::slowOne()
{
    QTcpServer silent; // accepts and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const test::TestSshd sshd;
    SshTunnel tunnel({.hop = {.host = u"127.0.0.1"_s, .port = silent.serverPort()},
                      .host = u"127.0.0.1"_s,
                      .port = 5432},
                     {.configFile = sshd.configFile(), .timeout = std::chrono::milliseconds(300)});
    QCOMPARE(opened(tunnel), "ssh.timeout"_ba);
}

void TestSshTunnel::closes()
{
    const test::TestSshd sshd;
    SshTunnel tunnel(targetOf(5432), {.configFile = sshd.configFile()});
    QSignalSpy good(&tunnel, &SshTunnel::opened);
    tunnel.open();
    tunnel.close(); // before it began
    QCOMPARE(tunnel.state(), SshTunnel::State::Closed);
    QCOMPARE(opened(tunnel), ""_ba);
    const quint16 first = tunnel.localPort();
    tunnel.close();
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, first);
    QTRY_COMPARE(client.error(), QAbstractSocket::ConnectionRefusedError);
    QCOMPARE(opened(tunnel), ""_ba);
}

void TestSshTunnel::lostWhileOpen()
{
    test::TestSshd sshd;
    SshTunnel tunnel(targetOf(5432), {.configFile = sshd.configFile()});
    QCOMPARE(opened(tunnel), ""_ba);
    QSignalSpy lost(&tunnel, &SshTunnel::lost);
    sshd.kill();
    QTRY_COMPARE(lost.count(), 1);
    QCOMPARE(tunnel.state(), SshTunnel::State::Closed);
    QCOMPARE(opened(tunnel), "ssh.unreachable"_ba);
    sshd.start();
    QCOMPARE(opened(tunnel), ""_ba);
}

void TestSshTunnel::sayingIsClean()
{
    test::TestSshd sshd({.settings = {"Banner /proc/self/fd/0"_ba}});
    QFile banner(sshd.folder() + u"/banner"_s);
    QVERIFY(banner.open(QIODevice::WriteOnly));
    banner.write("\x1b]0;owned\x07 password=hunter2-canary\n");
    banner.close();
    QFile config(sshd.folder() + u"/sshd_config"_s);
    QVERIFY(config.open(QIODevice::ReadWrite));
    QByteArray text = config.readAll();
    text.replace("/proc/self/fd/0", QFile::encodeName(banner.fileName()));
    config.resize(0);
    config.seek(0);
    config.write(text);
    config.close();
    sshd.kill();
    sshd.start();
    SshTunnel tunnel(targetOf(5432), {.configFile = sshd.configFile()});
    QCOMPARE(opened(tunnel), ""_ba);
    QTRY_VERIFY(tunnel.said().contains(u"owned"_s));
    QVERIFY(!tunnel.said().contains(u'\x1b'));
    QVERIFY(!tunnel.said().contains(u'\x07'));
    QVERIFY(!tunnel.said().contains(u"hunter2-canary"_s));
}

void TestSshTunnel::sessionThrough()
{
    const Through through;
    QVERIFY(through.set);
    QVERIFY(through.run("select 1"));
    QCOMPARE(through.database.sessions("sluice"), 1);
    QVERIFY(through.set->database().direct->info.host() == u"localhost"_s);
}

void TestSshTunnel::forwardRefused()
{
    const Through through({.settings = {"AllowTcpForwarding no"_ba}});
    const auto outcome = through.run("select 1");
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "ssh.forwardRefused"_ba);
    QVERIFY(outcome.error().advice.contains(u"AllowTcpForwarding"_s));
}

void TestSshTunnel::nothingBehind()
{
    const Through through({}, test::freePort());
    const auto outcome = through.run("select 1");
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "connection.refused"_ba);
    QVERIFY2(outcome.error().message.contains(u"bastion"_s), qPrintable(outcome.error().text()));
}

void TestSshTunnel::unknownNameBehind()
{
    const test::TestSshd sshd;
    SshTunnel tunnel(targetOf(5432, u"no-such-host.invalid"_s), {.configFile = sshd.configFile()});
    QCOMPARE(opened(tunnel), ""_ba); // ssh asks for the name when somebody comes
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, tunnel.localPort());
    QSignalSpy closed(&client, &QAbstractSocket::disconnected);
    QVERIFY(!closed.isEmpty() || closed.wait(30'000));
    const auto error = tunnel.takeChannelError();
    QVERIFY(error);
    QCOMPARE(error->id, "connection.dns"_ba);
    QVERIFY(!tunnel.takeChannelError());
}

void TestSshTunnel::killedUnderAQuery()
{
    Through through;
    QVERIFY(through.run("select 1"));
    const auto sent = through.set->send(Purpose::Browse, reading("select pg_sleep(60)"));
    QVERIFY(sent);
    const std::unique_ptr<Request> request(*sent);
    QSignalSpy finished(request.get(), &Request::finished);
    QTRY_COMPARE(through.database.valueSuper(
                     "select count(*) from pg_stat_activity where state = 'active' and query like "
                     "'select pg_sleep%' and datname = current_database()"),
                 "1"_ba);
    through.sshd.kill();
    QVERIFY(!finished.isEmpty() || finished.wait(30'000));
    const auto outcome = finished.front().front().value<Result<Summary>>();
    QVERIFY(!outcome);
    QVERIFY(outcome.error().sessionLost);
    const auto down = through.run("select 1");
    QVERIFY(!down);
    QVERIFY2(down.error().id.startsWith("ssh."), down.error().id.constData());
    QTRY_COMPARE(through.run("select 1").error().id, "ssh.unreachable"_ba);
    through.sshd.start();
    QVERIFY(through.run("select 1")); // a new tunnel by itself
}

void TestSshTunnel::endsWithTheConnection()
{
    {
        const Through through;
        QVERIFY(through.run("select 1"));
        QVERIFY(childOfOurs("/usr/bin/ssh"_ba) > 0);
    }
    QTRY_COMPARE(childOfOurs("/usr/bin/ssh"_ba), 0);
}

QTEST_GUILESS_MAIN(TestSshTunnel)
#include "tst_sshtunnel.moc"

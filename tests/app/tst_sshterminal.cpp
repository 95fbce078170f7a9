// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"
#include "app/cli/secrets.h"
#include "core/connect/sshask.h"
#include "core/connect/sshtunnel.h"
#include "tests/app/onterminal.h"
#include "tests/support/testsshd.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

QByteArray passphrase()
{
    return "canary correct horse"_ba;
}

/// What sluicectl does for a connection behind ssh, with the configuration of the test's sshd.
int openTunnel(const QString &configFile)
{
    cli::Secrets secrets;
    SshTunnel tunnel({.hop = {.host = u"bastion"_s}, .host = u"127.0.0.1"_s, .port = 5432},
                     {.configFile = configFile}, &secrets.keeper());
    QObject::connect(&tunnel, &SshTunnel::opened, &tunnel, [] {
        cli::print(u"the tunnel is open\n"_s);
        QCoreApplication::exit(cli::Done);
    });
    QObject::connect(&tunnel, &SshTunnel::failed, &tunnel, [](const Error &error) {
        cli::say(cli::errorText(error));
        QCoreApplication::exit(cli::exitCodeFor(error));
    });
    tunnel.open();
    return QCoreApplication::exec();
}

QProcessEnvironment ownEnvironment(const QString &home)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    environment.insert(u"XDG_RUNTIME_DIR"_s, home);
    return environment;
}

} // namespace

/// What ssh asks, at a terminal; and sluicectl as what ssh starts to ask.
class TestSshTerminal : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void asked_data();
    void asked();
    void noTerminal();
    void program();
    void programWithoutASocket();

private:
    void prepare(QProcess &process, const test::TestSshd &sshd) const;

    QTemporaryDir m_home;
};

void TestSshTerminal::initTestCase()
{
    qRegisterMetaType<SecretQuestion>();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_home.path()));
}

void TestSshTerminal::prepare(QProcess &process, const test::TestSshd &sshd) const
{
    process.setProgram(QCoreApplication::applicationFilePath());
    process.setArguments({u"--open-tunnel"_s, sshd.configFile()});
    process.setProcessEnvironment(ownEnvironment(m_home.path()));
}

void TestSshTerminal::asked_data()
{
    QTest::addColumn<bool>("known");
    QTest::addColumn<bool>("locked");
    QTest::addColumn<QByteArrayList>("typed");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArrayList>("shown");
    const QByteArray right = passphrase() + '\n';
    QTest::newRow("passphrase") << true << true << QByteArrayList{right} << int(cli::Done)
                                << QByteArrayList{"Passphrase of the key /", "is open"};
    QTest::newRow("wrong, then right")
        << true << true << QByteArrayList{"canary wrong\n"_ba, right} << int(cli::Done)
        << QByteArrayList{"does not fit", "is open"};
    QTest::newRow("wrong each time")
        << true << true << QByteArrayList{"canary 1\n"_ba, "canary 2\n"_ba, "canary 3\n"_ba}
        << int(cli::CannotConnect) << QByteArrayList{"ssh.passphrase", "Permission denied"};
    QTest::newRow("Ctrl+C") << true << true << QByteArrayList{"can\x03"_ba} << int(cli::Interrupted)
                            << QByteArrayList{"request.cancelled"};
    QTest::newRow("host key and passphrase")
        << false << true << QByteArrayList{"yes\n"_ba, right} << int(cli::Done)
        << QByteArrayList{"can't be established", "SHA256:", "is open"};
    QTest::newRow("host key, not understood")
        << false << false << QByteArrayList{"y\n"_ba, "yes\n"_ba} << int(cli::Done)
        << QByteArrayList{"type yes, no or the fingerprint", "is open"};
    QTest::newRow("other host key")
        << false << false << QByteArrayList{"no\n"_ba} << int(cli::Interrupted)
        << QByteArrayList{"The host key of", "was not accepted"};
}

void TestSshTerminal::asked()
{
    QFETCH(bool, known);
    QFETCH(bool, locked);
    QFETCH(QByteArrayList, typed);
    QFETCH(QByteArrayList, shown);
    const test::TestSshd sshd(
        {.knownHost = known, .passphrase = locked ? QString::fromUtf8(passphrase()) : QString()});
    QProcess process;
    prepare(process, sshd);
    const QByteArray seen = test::runOnTerminal(process, typed);
    for (const QByteArray &words : shown)
        QVERIFY2(seen.contains(words), seen.constData());
    QVERIFY2(!seen.contains("canary"), seen.constData());
    QTEST(process.exitCode(), "exitCode");
}

void TestSshTerminal::noTerminal()
{
    const test::TestSshd sshd({.passphrase = QString::fromUtf8(passphrase())});
    QProcess process;
    prepare(process, sshd);
    process.setChildProcessModifier([] { ::setsid(); });
    process.start();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), int(cli::NeedsConsent));
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.contains("secret.needed") && said.contains("ssh-add"), said.constData());
}

void TestSshTerminal::program()
{
    SecretKeeper keeper(nullptr);
    QSignalSpy asked(&keeper, &SecretKeeper::asked);
    SshQuestions questions(keeper, u"bastion"_s, u"a place"_s);
    QVERIFY(questions.listen());
    for (const bool answers : {true, false}) {
        QProcess process;
        QProcessEnvironment environment = ownEnvironment(m_home.path());
        questions.addTo(environment);
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(SLUICECTL), {u"(mira@h) Code: "_s});
        QTRY_COMPARE_WITH_TIMEOUT(asked.count(), answers ? 1 : 2, 60'000);
        const auto question = asked.back().front().value<SecretQuestion>();
        QCOMPARE(question.wanted.kind, SecretKind::Code);
        QCOMPARE(question.wanted.words, u"(mira@h) Code:"_s);
        if (answers)
            keeper.answer(question.number, u"31 41"_s, false);
        else
            keeper.decline(question.number);
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 60'000);
        QCOMPARE(process.exitCode(), answers ? 0 : 1);
        QCOMPARE(process.readAllStandardOutput(), answers ? "31 41\n"_ba : ""_ba);
    }
}

void TestSshTerminal::programWithoutASocket()
{
    QProcess process;
    QProcessEnvironment environment = ownEnvironment(m_home.path());
    environment.insert(QLatin1StringView(sshAskVariable), m_home.filePath(u"none"_s));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral(SLUICECTL), {u"Code: "_s});
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 1);
    QCOMPARE(process.readAllStandardOutput(), ""_ba);
}

int main(int argc, char *argv[])
{
    if (isSshAskCall()) // ssh starts the program that uses it
        return answerSshAskCall(argc, argv);
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == "--open-tunnel"_L1)
        return openTunnel(arguments.value(2));
    TestSshTerminal test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sshterminal.moc"

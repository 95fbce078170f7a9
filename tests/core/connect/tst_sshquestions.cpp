// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"
#include "core/connect/sshask.h"
#include "core/connect/sshtunnel.h"
#include "memorystore.h"
#include "tests/support/cluster.h"
#include "tests/support/daemon.h"
#include "tests/support/testsshd.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <vector>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace core;

namespace {

constexpr int longEnough = 60'000;

QString passphrase()
{
    return u"canary correct horse"_s;
}

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void rewrite(const QString &name, const QByteArray &content)
{
    QFile file(name);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(content), content.size());
}

/// Processes below this one, at any depth.
std::vector<qint64> processesBelow(qint64 parent)
{
    std::vector<qint64> found;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        const qint64 pid = name.toLongLong();
        if (pid <= 0 || test::parentOf(pid) != parent)
            continue;
        found.push_back(pid);
        std::ranges::copy(processesBelow(pid), std::back_inserter(found));
    }
    return found;
}

bool isSshRunning()
{
    return std::ranges::any_of(processesBelow(::getpid()), [](qint64 pid) {
        return contentOf(u"/proc/%1/cmdline"_s.arg(pid)).startsWith("/usr/bin/ssh\0"_ba);
    });
}

/// A tunnel to a sshd of its own, and who is asked.
struct Asking {
    test::MemoryStore store = {};
    SecretKeeper keeper{&store};
    test::TestSshd sshd;
    SshTunnel tunnel;
    QSignalSpy asked{&keeper, &SecretKeeper::asked};
    QSignalSpy settled{&keeper, &SecretKeeper::settled};
    QSignalSpy opened{&tunnel, &SshTunnel::opened};
    QSignalSpy failed{&tunnel, &SshTunnel::failed};

    explicit Asking(const test::SshdOptions &options, std::chrono::milliseconds timeout = 30s)
        : sshd(options)
        , tunnel({.hop = {.host = u"bastion"_s}, .host = u"127.0.0.1"_s, .port = 5432},
                 {.configFile = sshd.configFile(), .timeout = timeout}, &keeper)
    {
    }

    [[nodiscard]] SecretQuestion question() const
    {
        return asked.isEmpty() ? SecretQuestion() : asked.back().front().value<SecretQuestion>();
    }
    /// The next one is asked.
    [[nodiscard]] bool isAsked(int times) const
    {
        return QTest::qWaitFor([&] { return asked.count() == times || !failed.isEmpty(); },
                               longEnough)
               && asked.count() == times;
    }
    [[nodiscard]] bool isOpened() const
    {
        return QTest::qWaitFor([&] { return !opened.isEmpty() || !failed.isEmpty(); }, longEnough)
               && !opened.isEmpty();
    }
    /// The same for a message, without waiting.
    [[nodiscard]] QString why() const
    {
        return failed.isEmpty() ? tunnel.said() : failed.back().front().value<Error>().text();
    }
    /// Why it has failed, once it has.
    [[nodiscard]] Error error() const
    {
        if (!QTest::qWaitFor([&] { return !opened.isEmpty() || !failed.isEmpty(); }, longEnough)
            || failed.isEmpty())
            return {};
        return failed.back().front().value<Error>();
    }
};

/// Why a tunnel does not open where nobody listens to the keeper.
Error errorOfNobody(const test::TestSshd &sshd)
{
    SecretKeeper keeper(nullptr);
    SshTunnel tunnel({.hop = {.host = u"bastion"_s}, .host = u"127.0.0.1"_s, .port = 5432},
                     {.configFile = sshd.configFile()}, &keeper);
    QSignalSpy failed(&tunnel, &SshTunnel::failed);
    tunnel.open();
    if (!QTest::qWaitFor([&] { return !failed.isEmpty(); }, longEnough))
        return {};
    return failed.front().front().value<Error>();
}

} // namespace

class TestSshQuestions : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void unlocksAKey();
    void heldForTheNext();
    void fromTheKeychain();
    void agentHasTheKey();
    void wrongThenRight();
    void wrongEachTime();
    void cancelled();
    void closedMeanwhile();
    void hostKeyAccepted();
    void hostKeyRefused();
    void hostKeyChanged();
    void nobodyToAsk();
    void nobodyToAskAboutTheHost();
    void jumpHostUsesTheSameKey();
    void slowPerson();
    void nowhereInClear();

private:
    QTemporaryDir m_home;
};

void TestSshQuestions::initTestCase()
{
    qRegisterMetaType<SecretQuestion>();
    qputenv("XDG_RUNTIME_DIR", QFile::encodeName(m_home.path()));
}

void TestSshQuestions::unlocksAKey()
{
    Asking asking({.passphrase = passphrase()});
    asking.tunnel.open();
    QVERIFY2(asking.isAsked(1), qPrintable(asking.why()));
    const SecretWanted wanted = asking.question().wanted;
    QCOMPARE(wanted.kind, SecretKind::Passphrase);
    QCOMPARE(wanted.name, asking.sshd.keyFile());
    QVERIFY(wanted.place.contains(u"bastion"_s));
    asking.keeper.answer(asking.question().number, passphrase(), false);
    QVERIFY2(asking.isOpened(), qPrintable(asking.why()));
    QCOMPARE(asking.asked.count(), 1);
    QVERIFY(asking.store.content.isEmpty());
    QVERIFY(asking.tunnel.fact().contains(u"by the key user"_s));
}

void TestSshQuestions::heldForTheNext()
{
    Asking asking({.passphrase = passphrase()});
    asking.tunnel.open();
    QVERIFY(asking.isAsked(1));
    asking.keeper.answer(asking.question().number, passphrase(), true);
    QVERIFY(asking.isOpened());
    QCOMPARE(asking.store.content.value(u"ssh passphrase of "_s + asking.sshd.keyFile()),
             passphrase());
    asking.sshd.kill();
    QTRY_COMPARE(asking.tunnel.state(), SshTunnel::State::Closed);
    asking.sshd.start();
    asking.opened.clear();
    asking.tunnel.open();
    QVERIFY2(asking.isOpened(), qPrintable(asking.why()));
    QCOMPARE(asking.asked.count(), 1);
}

void TestSshQuestions::fromTheKeychain()
{
    Asking asking({.passphrase = passphrase()});
    const QString key = u"ssh passphrase of "_s + asking.sshd.keyFile();
    asking.store.content[key] = u"one that was before"_s;
    asking.tunnel.open();
    QVERIFY(asking.isAsked(1)); // the kept one does not fit
    QCOMPARE(asking.question().reason, SecretQuestion::Reason::Refused);
    asking.keeper.answer(asking.question().number, passphrase(), true);
    QVERIFY(asking.isOpened());
    QCOMPARE(asking.store.content.value(key), passphrase());
}

void TestSshQuestions::agentHasTheKey()
{
    Asking asking({.passphrase = passphrase()});
    const QString folder = asking.sshd.folder();
    test::Daemon agent;
    QVERIFY(agent.start(u"/usr/bin/ssh-agent"_s, {u"-d"_s, u"-a"_s, folder + u"/agent"_s}, {}));
    QTRY_VERIFY(QFile::exists(folder + u"/agent"_s));
    QVERIFY(QFile::copy(asking.sshd.keyFile(), folder + u"/plain"_s));
    QCOMPARE(QProcess::execute(u"/usr/bin/ssh-keygen"_s,
                               {u"-q"_s, u"-p"_s, u"-P"_s, passphrase(), u"-N"_s, QString(),
                                u"-f"_s, folder + u"/plain"_s}),
             0);
    QProcess add;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"SSH_AUTH_SOCK"_s, folder + u"/agent"_s);
    add.setProcessEnvironment(environment);
    add.start(u"/usr/bin/ssh-add"_s, {u"-q"_s, folder + u"/plain"_s});
    QVERIFY(add.waitForFinished(longEnough));
    QCOMPARE(add.exitCode(), 0);
    QByteArray config = contentOf(asking.sshd.configFile());
    config.replace("IdentityAgent none", "IdentityAgent " + QFile::encodeName(folder) + "/agent");
    rewrite(asking.sshd.configFile(), config);
    asking.tunnel.open();
    QVERIFY2(asking.isOpened(), qPrintable(asking.why()));
    QCOMPARE(asking.asked.count(), 0);
    QVERIFY(asking.store.calls.isEmpty());
    QVERIFY(asking.tunnel.fact().contains(u"agent"_s));
}

void TestSshQuestions::wrongThenRight()
{
    Asking asking({.passphrase = passphrase()});
    asking.tunnel.open();
    QVERIFY(asking.isAsked(1));
    QCOMPARE(asking.question().reason, SecretQuestion::Reason::NotKept);
    asking.keeper.answer(asking.question().number, u"another one"_s, false);
    QVERIFY(asking.isAsked(2));
    QCOMPARE(asking.question().reason, SecretQuestion::Reason::Refused);
    asking.keeper.answer(asking.question().number, passphrase(), false);
    QVERIFY2(asking.isOpened(), qPrintable(asking.why()));
}

void TestSshQuestions::wrongEachTime()
{
    Asking asking({.passphrase = passphrase()});
    asking.tunnel.open();
    for (int time = 1; time <= 3; ++time) {
        QVERIFY(asking.isAsked(time));
        asking.keeper.answer(asking.question().number, u"wrong-canary-%1"_s.arg(time), false);
    }
    const Error error = asking.error();
    QCOMPARE(error.id, "ssh.passphrase"_ba);
    QVERIFY2(error.message.contains(u"Permission denied"_s), qPrintable(error.text()));
    QVERIFY(error.message.contains(asking.sshd.keyFile()));
    QVERIFY(error.advice.contains(u"ssh-add"_s));
    QVERIFY(!error.text().contains(u"canary-3"_s));
    asking.failed.clear();
    asking.tunnel.open(); // and again, not with the last one
    QVERIFY(asking.isAsked(4));
    QCOMPARE(asking.question().reason, SecretQuestion::Reason::Refused);
}

void TestSshQuestions::cancelled()
{
    Asking asking({.passphrase = passphrase()});
    asking.tunnel.open();
    QVERIFY(asking.isAsked(1));
    asking.keeper.decline(asking.question().number);
    const Error error = asking.error();
    QCOMPARE(error.id, "request.cancelled"_ba);
    QCOMPARE(error.kind, ErrorKind::Cancelled);
    QVERIFY(error.message.contains(u"passphrase"_s));
    QCOMPARE(asking.asked.count(), 1);
    QTRY_VERIFY(!isSshRunning());
}

void TestSshQuestions::closedMeanwhile()
{
    Asking asking({.passphrase = passphrase()});
    asking.tunnel.open();
    QVERIFY(asking.isAsked(1));
    asking.tunnel.close();
    QTRY_COMPARE(asking.settled.count(), 1);
    QVERIFY(!isSshRunning());
    QVERIFY(asking.keeper.questions().empty());
    asking.keeper.answer(asking.question().number, passphrase(), false); // comes too late
    asking.tunnel.open();
    QVERIFY(asking.isAsked(2));
}

void TestSshQuestions::hostKeyAccepted()
{
    Asking asking({.knownHost = false});
    asking.tunnel.open();
    QVERIFY(asking.isAsked(1));
    const SecretWanted wanted = asking.question().wanted;
    QCOMPARE(wanted.kind, SecretKind::HostKey);
    QVERIFY2(wanted.words.contains(u"can't be established"_s), qPrintable(wanted.words));
    QProcess keygen;
    keygen.start(u"/usr/bin/ssh-keygen"_s, {u"-lf"_s, asking.sshd.folder() + u"/host.pub"_s});
    QVERIFY(keygen.waitForFinished(longEnough));
    const QString shown = QString::fromUtf8(keygen.readAllStandardOutput());
    QCOMPARE(wanted.fingerprint, u"ED25519 "_s + shown.section(u' ', 1, 1));
    asking.keeper.answer(asking.question().number, u"yes"_s, false);
    QVERIFY2(asking.isOpened(), qPrintable(asking.why()));
    QVERIFY(contentOf(asking.sshd.knownHostsFile()).contains("ssh-ed25519"));
}

void TestSshQuestions::hostKeyRefused()
{
    Asking asking({.knownHost = false});
    asking.tunnel.open();
    QVERIFY(asking.isAsked(1));
    asking.keeper.decline(asking.question().number);
    const Error error = asking.error();
    QCOMPARE(error.id, "request.cancelled"_ba);
    QVERIFY(error.message.contains(u"host key"_s));
    QVERIFY(contentOf(asking.sshd.knownHostsFile()).isEmpty());
}

void TestSshQuestions::hostKeyChanged()
{
    Asking asking({.knowsOtherKey = true});
    asking.tunnel.open();
    const Error error = asking.error();
    QCOMPARE(error.id, "ssh.hostKeyChanged"_ba);
    QCOMPARE(asking.asked.count(), 0);
    QVERIFY(asking.tunnel.said().contains(u"REMOTE HOST IDENTIFICATION HAS CHANGED"_s));
}

void TestSshQuestions::nobodyToAsk()
{
    const test::TestSshd sshd({.passphrase = passphrase()});
    const Error error = errorOfNobody(sshd);
    QCOMPARE(error.id, "secret.needed"_ba);
    QVERIFY(error.message.contains(sshd.keyFile()));
    QVERIFY2(error.advice.contains(u"ssh-add"_s), qPrintable(error.advice));
}

void TestSshQuestions::nobodyToAskAboutTheHost()
{
    const test::TestSshd sshd({.knownHost = false});
    const Error error = errorOfNobody(sshd);
    QCOMPARE(error.id, "ssh.hostKeyUnknown"_ba);
    QVERIFY2(error.message.contains(u"SHA256:"_s), qPrintable(error.text()));
}

/// Two ssh ask for one key, each for itself: neither was answered wrongly.
void TestSshQuestions::jumpHostUsesTheSameKey()
{
    const test::TestSshd first;
    Asking asking({.passphrase = passphrase(), .clientSettings = {"ProxyJump jump"}});
    rewrite(first.folder() + u"/authorized_keys"_s, contentOf(asking.sshd.keyFile() + u".pub"_s));
    QByteArray jump = contentOf(first.configFile());
    jump.replace("Host bastion", "Host jump");
    jump.replace(QFile::encodeName(first.keyFile()), QFile::encodeName(asking.sshd.keyFile()));
    rewrite(asking.sshd.configFile(), contentOf(asking.sshd.configFile()) + '\n' + jump);
    asking.tunnel.open();
    QVERIFY2(asking.isAsked(1), qPrintable(asking.why()));
    QCOMPARE(asking.tunnel.state(), SshTunnel::State::Starting);
    asking.keeper.answer(asking.question().number, passphrase(), false);
    QVERIFY2(asking.isOpened(), qPrintable(asking.why()));
    QCOMPARE(asking.asked.count(), 1);
    QVERIFY(first.log().contains("Accepted publickey"));
    QVERIFY(asking.sshd.log().contains("Accepted publickey"));
}

/// Thinking costs none of ssh's own time; and where the server has hung up meanwhile, ssh begins
/// again, with the answer.
void TestSshQuestions::slowPerson()
{
    Asking asking(
        {.settings = {"LoginGraceTime 12", "PerSourcePenalties no"}, .passphrase = passphrase()},
        10s);
    asking.tunnel.open();
    QVERIFY2(asking.isAsked(1), qPrintable(asking.why()));
    QTRY_VERIFY_WITH_TIMEOUT(asking.sshd.log().contains("Timeout before authentication"),
                             longEnough);
    QVERIFY(asking.failed.isEmpty());
    asking.keeper.answer(asking.question().number, passphrase(), false);
    QVERIFY2(asking.isOpened(), qPrintable(asking.why()));
    QCOMPARE(asking.asked.count(), 1);
    QVERIFY(asking.tunnel.waited().count() > 0);
}

/// Not in an argument, a variable or a file of any process that takes part, nor in what is said.
void TestSshQuestions::nowhereInClear()
{
    const QString log = m_home.filePath(u"log"_s);
    QVERIFY(startLogging({.file = log, .standardError = false}));
    Asking asking({.passphrase = passphrase()});
    asking.tunnel.open();
    QVERIFY(asking.isAsked(1));
    const std::vector<qint64> first = processesBelow(::getpid());
    asking.keeper.answer(asking.question().number, u"canary wrong"_s, false);
    QVERIFY(asking.isAsked(2));
    std::vector<qint64> taking = processesBelow(::getpid());
    QVERIFY(taking.size() >= 3); // sshd, ssh, its askpass
    taking.insert(taking.end(), first.begin(), first.end());
    for (const qint64 pid : taking) {
        for (const QString &name : {u"cmdline"_s, u"environ"_s})
            QVERIFY(!contentOf(u"/proc/%1/%2"_s.arg(pid).arg(name)).contains("canary"));
    }
    QDirIterator files(m_home.filePath(u"sluice"_s),
                       QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot,
                       QDirIterator::Subdirectories);
    int sockets = 0;
    while (files.hasNext()) {
        const QByteArray path = QFile::encodeName(files.next());
        struct stat facts{};
        QCOMPARE(::lstat(path.constData(), &facts), 0);
        QVERIFY2((facts.st_mode & 0077U) == 0, path.constData()); // its owner's alone
        sockets += S_ISSOCK(facts.st_mode) ? 1 : 0;
    }
    QCOMPARE(sockets, 1);
    asking.keeper.answer(asking.question().number, passphrase(), false);
    QVERIFY(asking.isOpened());
    QVERIFY(!asking.tunnel.said().contains(u"canary"_s));
    qCWarning(logConnect, "%s", qPrintable(u"it is "_s + passphrase()));
    stopLogging();
    for (const QString &folder : {m_home.path(), asking.sshd.folder()}) {
        QDirIterator left(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (left.hasNext()) {
            const QString name = left.next();
            QVERIFY2(!contentOf(name).contains("canary"), qPrintable(name));
        }
    }
}

int main(int argc, char *argv[])
{
    if (isSshAskCall()) // ssh starts the program that uses it
        return answerSshAskCall(argc, argv);
    QCoreApplication application(argc, argv);
    TestSshQuestions test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_sshquestions.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/app/onterminal.h"
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;

/// Saved connections from a terminal, with the program itself.
class TestConnections : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<test::ProjectFolder>(); }
    void usage_data();
    void usage();
    void addListEditRemove();
    void urlWithAPassword();
    void noKeychain();
    void testSteps();
    void testFails();
    void queryNeedsNoTrust();
    void nobodyToAsk();
    void besideAFolder();
    void promptHidesThePassword();
    void promptCancelled();
    void damagedFileIsSaid();

private:
    [[nodiscard]] test::Ran run(const QStringList &arguments, const QByteArray &input = {}) const;
    [[nodiscard]] QByteArray runOnTerminal(const QStringList &arguments, const QByteArray &typed,
                                           int *exitCode) const;
    [[nodiscard]] QStringList address() const;
    void add(const QStringList &more = {}) const
    {
        const test::Ran ran =
            run(QStringList{u"connections"_s, u"add"_s, u"here"_s} + address() + more);
        QVERIFY2(ran.exitCode == 0, ran.err.constData());
    }
    [[nodiscard]] QByteArray password() const { return m_database.facts().plainPassword; }

    test::TestDatabase m_database;
    std::unique_ptr<test::ProjectFolder> m_folder;
};

/// Without a terminal and without a desktop session.
test::Ran TestConnections::run(const QStringList &arguments, const QByteArray &input) const
{
    QProcess process;
    m_folder->prepare(process, arguments);
    QProcessEnvironment environment = process.processEnvironment();
    environment.remove(u"DBUS_SESSION_BUS_ADDRESS"_s);
    environment.insert(u"XDG_RUNTIME_DIR"_s, m_folder->home());
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier([] { ::setsid(); });
    process.start();
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000))
        qFatal("sluicectl did not end");
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

QByteArray TestConnections::runOnTerminal(const QStringList &arguments, const QByteArray &typed,
                                          int *exitCode) const
{
    QProcess process;
    m_folder->prepare(process, arguments);
    const QByteArray shown = test::runOnTerminal(process, {typed});
    *exitCode = process.exitCode();
    return shown;
}

QStringList TestConnections::address() const
{
    return {u"--host"_s,     u"127.0.0.1:%1"_s.arg(m_database.facts().port),
            u"--dbname"_s,   m_database.name(),
            u"--user"_s,     QString::fromUtf8(m_database.facts().plainUser),
            u"--password"_s, u"ask"_s};
}

void TestConnections::usage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("what") << QStringList{u"frob"_s, u"x"_s};
    QTest::newRow("no name") << QStringList{u"add"_s};
    QTest::newRow("name for a list") << QStringList{u"list"_s, u"x"_s};
    QTest::newRow("unknown") << QStringList{u"test"_s, u"nowhere"_s};
    QTest::newRow("bad port") << QStringList{u"add"_s, u"x"_s, u"--host"_s, u"h.example:0"_s};
    QTest::newRow("bad mode") << QStringList{u"add"_s,       u"x"_s,         u"--host"_s,
                                             u"h.example"_s, u"--sslmode"_s, u"none"_s};
    QTest::newRow("a password as the place") << QStringList{
        u"add"_s, u"x"_s, u"--host"_s, u"h.example"_s, u"--password"_s, u"hunter2"_s};
    QTest::newRow("ssh option") << QStringList{u"add"_s, u"x"_s, u"--host"_s, u"h.example"_s,
                                               u"--ssh=-oProxyCommand=id"_s};
}

void TestConnections::usage()
{
    QFETCH(QStringList, arguments);
    const test::Ran ran = run(QStringList{u"connections"_s} + arguments);
    QCOMPARE(ran.exitCode, 2);
    QVERIFY(!ran.err.isEmpty());
    QVERIFY(!QFile::exists(m_folder->home() + u"/config/sluice/connections.json"_s));
}

void TestConnections::addListEditRemove()
{
    QVERIFY(run({u"connections"_s}).out.contains("No connection"));
    add({u"--ssh"_s, u"mira@bastion:2222"_s, u"--pooled-twin"_s, u"pool.example"_s});
    test::Ran listed = run({u"connections"_s, u"list"_s, u"--json"_s});
    const QJsonObject json =
        QJsonDocument::fromJson(listed.out).object()["connections"_L1][0].toObject();
    QCOMPARE(json["name"_L1].toString(), u"here"_s);
    QCOMPARE(json["ssh"_L1].toString(), u"mira@bastion:2222"_s);
    QCOMPARE(json["pooled"_L1].toString(), u"pool.example:6432"_s);
    QCOMPARE(json["exposure"_L1].toString(), u"remote"_s);
    QCOMPARE(run({u"connections"_s, u"edit"_s, u"here"_s, u"--name"_s, u"there"_s, u"--ssh"_s,
                  u""_s, u"--pooled-twin"_s, u""_s, u"--production"_s})
                 .exitCode,
             0);
    listed = run({u"connections"_s});
    QVERIFY2(listed.out.startsWith("there\n"), listed.out.constData());
    QVERIFY(!listed.out.contains("bastion"));
    QVERIFY(listed.out.contains("production: marked so by you"));
    QCOMPARE(run({u"connections"_s, u"remove"_s, u"there"_s}).exitCode, 4);
    QCOMPARE(run({u"connections"_s, u"remove"_s, u"there"_s, u"--yes"_s}).exitCode, 0);
    QVERIFY(run({u"connections"_s}).out.contains("No connection"));
}

void TestConnections::urlWithAPassword()
{
    const test::Ran refused = run(
        {u"connections"_s, u"add"_s, u"x"_s, u"--url"_s, u"postgres://u:canary-55@h.example/d"_s});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY(!refused.err.contains("canary"));
    const test::Ran taken = run({u"connections"_s, u"add"_s, u"x"_s, u"--url"_s,
                                 u"postgres://u@h.example/d?connection_limit=3"_s});
    QCOMPARE(taken.exitCode, 0);
    QVERIFY(taken.err.contains("connection_limit"));
}

void TestConnections::noKeychain()
{
    const test::Ran ran =
        run(QStringList{u"connections"_s, u"add"_s, u"x"_s} + address()
                + QStringList{u"--password"_s, u"keychain"_s, u"--password-file"_s, u"-"_s},
            "canary-77\n");
    QCOMPARE(ran.exitCode, 1);
    QVERIFY(ran.err.contains("secret.unavailable"));
    QVERIFY(run({u"connections"_s}).out.contains("x\n")); // the connection itself is kept
    QDirIterator files(m_folder->home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains("canary-77"), qPrintable(file.fileName()));
    }
}

void TestConnections::testSteps()
{
    add();
    const test::Ran ran =
        run({u"connections"_s, u"test"_s, u"here"_s, u"--json"_s, u"--password-file"_s, u"-"_s},
            password() + '\n');
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QStringList states;
    const QJsonArray steps = QJsonDocument::fromJson(ran.out).object()["steps"_L1].toArray();
    for (const QJsonValue &step : steps)
        states << step["step"_L1].toString() + u' ' + step["state"_L1].toString();
    QCOMPARE(states.join(u", "_s), u"dns unseen, tcp passed, tls unseen, login passed, pooler "
                                   "passed, server passed"_s);
}

void TestConnections::testFails()
{
    add();
    const test::Ran ran =
        run({u"connections"_s, u"test"_s, u"here"_s, u"--password-file"_s, u"-"_s}, "wrong-one\n");
    QCOMPARE(ran.exitCode, 3);
    QVERIFY(ran.out.contains("failed"));
    QVERIFY(ran.out.contains("waiting"));
    QVERIFY(ran.err.contains("auth.password"));
    QVERIFY(!(ran.out + ran.err).contains("wrong-one"));
}

void TestConnections::queryNeedsNoTrust()
{
    add();
    const test::Ran ran = run({u"query"_s, u"-d"_s, u"here"_s, u"--password-file"_s, u"-"_s,
                               u"select current_database()"_s},
                              password() + '\n');
    QVERIFY2(ran.exitCode == 0, ran.err.constData());
    QCOMPARE(ran.out.trimmed(), m_database.name().toUtf8());
}

void TestConnections::nobodyToAsk()
{
    add();
    const test::Ran ran = run({u"query"_s, u"-d"_s, u"here"_s, u"select 1"_s});
    QCOMPARE(ran.exitCode, 4);
    QVERIFY(ran.err.contains("secret.needed"));
}

void TestConnections::besideAFolder()
{
    m_folder->write(u".env"_s, "DATABASE_URL=postgres://u@127.0.0.1:1/d\n");
    add({u"--project"_s, m_folder->path()});
    const test::Ran listed = run({u"env"_s});
    QVERIFY2(listed.out.contains("saved connection"), listed.out.constData());
    // The folder itself is not trusted; only the saved one may be used.
    QCOMPARE(run({u"query"_s, u"select 1"_s}).exitCode, 4);
    QCOMPARE(run({u"query"_s, u"-d"_s, u"here"_s, u"--password-file"_s, u"-"_s, u"select 1"_s},
                 password() + '\n')
                 .out,
             "1\n"_ba);
}

void TestConnections::promptHidesThePassword()
{
    add();
    int exitCode = -1;
    const QByteArray shown = runOnTerminal({u"query"_s, u"-d"_s, u"here"_s, u"select 41 + 1"_s},
                                           "xx\x15" + password() + "y\x7f\n", &exitCode);
    QVERIFY2(exitCode == 0, shown.constData());
    QVERIFY(shown.contains("Password of"));
    QVERIFY(shown.contains("42"));
    QVERIFY(!shown.contains(password()));
}

void TestConnections::promptCancelled()
{
    add();
    int exitCode = -1;
    const QByteArray shown =
        runOnTerminal({u"query"_s, u"-d"_s, u"here"_s, u"select 41 + 1"_s}, "secr\x03", &exitCode);
    QCOMPARE(exitCode, 130);
    QVERIFY(!shown.contains("42"));
}

void TestConnections::damagedFileIsSaid()
{
    add();
    QFile file(m_folder->home() + u"/config/sluice/connections.json"_s);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write("{");
    file.close();
    const test::Ran ran = run({u"connections"_s});
    QCOMPARE(ran.exitCode, 0);
    QVERIFY(ran.err.contains("connections.json.broken"));
}

QTEST_GUILESS_MAIN(TestConnections)
#include "tst_connections.moc"

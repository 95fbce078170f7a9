// SPDX-License-Identifier: GPL-3.0-or-later
// `sluicectl run` and `sluicectl shell` as a shell's user meets them: real commands, a real psql,
// a real pooler.
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <sys/stat.h>

using namespace Qt::StringLiterals;

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray ofProcess(qint64 pid, const char *what)
{
    return contentOf(u"/proc/%1/%2"_s.arg(pid).arg(QLatin1StringView(what)));
}

/// The processes below one, itself among them.
QList<qint64> family(qint64 pid)
{
    QList<qint64> found = {pid};
    for (const QString &entry : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        bool isNumber = false;
        const qint64 child = entry.toLongLong(&isNumber);
        if (isNumber && test::parentOf(child) == pid)
            found += family(child);
    }
    return found;
}

} // namespace

class TestCtlRun : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void untrustedRunsNothing();
    void handsTheAddressesOver();
    void ofOneEndpoint();
    void ofAnotherDatabase();
    void nameOfThePooledOne_data();
    void nameOfThePooledOne();
    void forPrisma();
    void exitCodes_data();
    void exitCodes();
    void passesThroughInputAndOutput();
    void becomesTheCommand();
    void secretsAreNoArguments();
    void leavesTheProcessAsItWas();
    void shellRuns();
    void shellIsReadOnly();
    void shellMayWrite();
    void shellNeedsDirect();
    void shellThroughThePooler();
    void shellThroughAHiddenPooler();
    void shellOnProduction();
    void shellHonoursPsqlrc();
    void shellKeepsItsSecret();
    void shellHandsSignalsOn();

private:
    [[nodiscard]] test::Ran run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return m_folder->run(arguments, input);
    }
    [[nodiscard]] static std::unique_ptr<test::ProjectFolder> trusted(const QByteArray &env);
    [[nodiscard]] QByteArray pooledUrl() const { return m_pooler->url().toUtf8(); }
    [[nodiscard]] QByteArray directUrl() const { return m_database->url().toUtf8(); }
    [[nodiscard]] QByteArray password() const { return m_database->facts().plainPassword; }

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::TestPooler> m_pooler;
    std::unique_ptr<test::ProjectFolder> m_folder; ///< trusted, with both
    QTemporaryDir m_runtime;
};

std::unique_ptr<test::ProjectFolder> TestCtlRun::trusted(const QByteArray &env)
{
    auto folder = std::make_unique<test::ProjectFolder>();
    folder->write(u".env"_s, env);
    if (folder->run({u"trust"_s}).exitCode != 0)
        qFatal("the folder was not trusted");
    return folder;
}

void TestCtlRun::initTestCase()
{
    qputenv("XDG_RUNTIME_DIR", m_runtime.path().toUtf8());
    for (const char *name : {"DATABASE_URL", "DIRECT_URL", "OTHER_URL"})
        qunsetenv(name);
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec("create table notes (text text)");
    m_pooler = std::make_unique<test::TestPooler>(*m_database);
    m_folder = trusted("DATABASE_URL=" + pooledUrl() + "\nDIRECT_URL=" + directUrl()
                       + "\nAUTH_DATABASE_URL=" + directUrl() + "?application_name=auth\n");
}

void TestCtlRun::untrustedRunsNothing()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + directUrl() + '\n');
    for (const QStringList &arguments :
         {QStringList{u"run"_s, u"--"_s, u"touch"_s, u"made"_s},
          QStringList{u"shell"_s, u"--"_s, u"-c"_s, u"\\! touch made"_s}}) {
        const test::Ran ran = folder.run(arguments);
        QCOMPARE(ran.exitCode, 4);
        QVERIFY(ran.err.contains("trust.needed"));
        QVERIFY(!QFileInfo::exists(folder.path() + u"/made"_s));
    }
}

void TestCtlRun::handsTheAddressesOver()
{
    const test::Ran ran = run({u"run"_s, u"--"_s, u"sh"_s, u"-c"_s,
                               u"printf '%s\\n' \"$DATABASE_URL\" \"$DIRECT_URL\""_s});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out, pooledUrl() + '\n' + directUrl() + '\n');
    QVERIFY(pooledUrl().contains("pgbouncer=true"));
    // Without the two dashes, where the command has none of its own.
    QCOMPARE(run({u"run"_s, u"printenv"_s, u"DIRECT_URL"_s}).out, directUrl() + '\n');
}

void TestCtlRun::ofOneEndpoint()
{
    const QStringList show = {u"run"_s, u"--"_s, u"sh"_s, u"-c"_s,
                              u"echo \"${DATABASE_URL-none} ${DIRECT_URL-none}\""_s};
    qputenv("DIRECT_URL", "postgres://stranger@elsewhere/d");
    const test::Ran pooledOnly = trusted("DATABASE_URL=" + pooledUrl() + '\n')->run(show);
    qunsetenv("DIRECT_URL");
    QCOMPARE(pooledOnly.out, pooledUrl() + " none\n");
    const test::Ran directOnly = trusted("DATABASE_URL=" + directUrl() + '\n')->run(show);
    QCOMPARE(directOnly.out, directUrl() + ' ' + directUrl() + '\n');
}

void TestCtlRun::ofAnotherDatabase()
{
    const test::Ran ran =
        run({u"run"_s, u"--database"_s, u"auth"_s, u"--"_s, u"printenv"_s, u"DATABASE_URL"_s});
    QCOMPARE(ran.out, directUrl() + "?application_name=auth\n");
    QCOMPARE(run({u"run"_s, u"-d"_s, u"nowhere"_s, u"--"_s, u"true"_s}).exitCode, 2);
}

void TestCtlRun::nameOfThePooledOne_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("another name") << u"OTHER_URL"_s << 0;
    QTest::newRow("nothing") << u""_s << 2;
    QTest::newRow("no name") << u"A=B"_s << 2;
    QTest::newRow("the other one's") << u"DIRECT_URL"_s << 2;
}

void TestCtlRun::nameOfThePooledOne()
{
    QFETCH(QString, name);
    QFETCH(int, exitCode);
    const test::Ran ran =
        run({u"run"_s, u"--pooled-as"_s, name, u"--"_s, u"printenv"_s, u"OTHER_URL"_s});
    QCOMPARE(ran.exitCode, exitCode);
    QCOMPARE(ran.out, exitCode == 0 ? pooledUrl() + '\n' : QByteArray());
}

void TestCtlRun::forPrisma()
{
    const QByteArray plain = pooledUrl().split('?').front();
    const auto folder =
        trusted("DATABASE_POOL_URL=" + plain + "\nDIRECT_URL=" + directUrl() + '\n');
    const QStringList show = {u"run"_s, u"-d"_s, u"main"_s, u"printenv"_s, u"DATABASE_URL"_s};
    folder->write(u".env"_s, "DATABASE_URL=" + plain + "\nDIRECT_URL=" + directUrl() + '\n');
    QCOMPARE(folder->run(show).out, plain + '\n'); // another driver would send the word on
    folder->write(u"schema.prisma"_s, "");
    QCOMPARE(folder->run(show).out, plain + "?pgbouncer=true\n");
    folder->write(u".env"_s, "DATABASE_URL=" + plain + "?schema=app&connection_limit=3\nDIRECT_URL="
                                 + directUrl() + '\n');
    QCOMPARE(folder->run(show).out, plain + "?schema=app&connection_limit=3&pgbouncer=true\n");
}

void TestCtlRun::exitCodes_data()
{
    QTest::addColumn<QStringList>("command");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("well") << QStringList{u"true"_s} << 0;
    QTest::newRow("the command's own") << QStringList{u"sh"_s, u"-c"_s, u"exit 42"_s} << 42;
    QTest::newRow("not found") << QStringList{u"no-such-program"_s} << 127;
    QTest::newRow("no such file") << QStringList{u"./missing"_s} << 127;
    QTest::newRow("not executable") << QStringList{u"./plain"_s} << 126;
    QTest::newRow("a folder") << QStringList{u"./sub"_s} << 126;
    QTest::newRow("nothing") << QStringList{} << 2;
}

void TestCtlRun::exitCodes()
{
    QFETCH(QStringList, command);
    m_folder->write(u"plain"_s, "echo no\n");
    QDir(m_folder->path()).mkdir(u"sub"_s);
    const test::Ran ran = run(QStringList{u"run"_s, u"--"_s} + command);
    QTEST(ran.exitCode, "exitCode");
    if (ran.exitCode == 126 || ran.exitCode == 127)
        QVERIFY2(ran.err.contains(command.first().toUtf8()), ran.err.constData());
}

void TestCtlRun::passesThroughInputAndOutput()
{
    const QByteArray input = "one\0two\nthree"_ba;
    const test::Ran ran =
        run({u"run"_s, u"--"_s, u"sh"_s, u"-c"_s, u"cat; echo said >&2"_s}, input);
    QCOMPARE(ran.out, input);
    QCOMPARE(ran.err, "said\n"_ba);
}

/// A signal meets the command itself, and how that ends is how the call ends.
void TestCtlRun::becomesTheCommand()
{
    QProcess process;
    m_folder->prepare(process, {u"run"_s, u"--"_s, u"sh"_s, u"-c"_s,
                                u"trap 'echo told; exit 7' TERM; echo ready; while :; do read x; "
                                "done"_s});
    process.start();
    QTRY_COMPARE_WITH_TIMEOUT(process.bytesAvailable(), 6, 60'000);
    QVERIFY(ofProcess(process.processId(), "cmdline").startsWith("sh"));
    ::kill(pid_t(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 7);
    QCOMPARE(process.readAllStandardOutput(), "ready\ntold\n"_ba);
}

void TestCtlRun::secretsAreNoArguments()
{
    QProcess process;
    m_folder->prepare(process, {u"run"_s, u"--"_s, u"sh"_s, u"-c"_s, u"echo ready; read x"_s});
    process.start();
    QTRY_COMPARE_WITH_TIMEOUT(process.bytesAvailable(), 6, 60'000);
    const QByteArray arguments = ofProcess(process.processId(), "cmdline");
    const QByteArray environment = ofProcess(process.processId(), "environ");
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(60'000));
    QVERIFY(!arguments.contains(password()));
    QVERIFY(!arguments.contains("postgres"));
    QVERIFY(environment.contains("DATABASE_URL=" + pooledUrl()));
    QVERIFY(environment.contains("DIRECT_URL=" + directUrl()));
    for (const QByteArray &variable : environment.split('\0'))
        QVERIFY2(!variable.startsWith("PGPASS"), variable.constData());
}

/// Sluice's own hardening is not the command's: its files, core dumps and SIGPIPE are a shell's.
void TestCtlRun::leavesTheProcessAsItWas()
{
    const mode_t before = ::umask(022);
    const test::Ran ran = run({u"run"_s, u"--"_s, u"sh"_s, u"-c"_s,
                               u"umask; ulimit -Sc; grep SigIgn /proc/self/status"_s});
    QProcess plain;
    plain.start(u"sh"_s, {u"-c"_s, u"umask; ulimit -Sc; grep SigIgn /proc/self/status"_s});
    QVERIFY(plain.waitForFinished(60'000));
    ::umask(before);
    QCOMPARE(ran.out, plain.readAllStandardOutput());
}

void TestCtlRun::shellRuns()
{
    const test::Ran ran = run(
        {u"shell"_s, u"--"_s, u"-Atc"_s, u"select current_database() || ' ' || current_user"_s});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out, m_database->name().toUtf8() + ' ' + m_database->facts().plainUser + '\n');
    // psql's own exit codes, and its own input.
    QCOMPARE(run({u"shell"_s, u"--"_s, u"-c"_s, u"nonsense"_s}).exitCode, 1);
    QCOMPARE(run({u"shell"_s, u"--"_s, u"-At"_s}, "\\echo hello\n").out, "hello\n"_ba);
    QCOMPARE(
        run({u"shell"_s, u"--"_s, u"-At"_s, u"-v"_s, u"ON_ERROR_STOP=1"_s}, "nonsense;\n").exitCode,
        3);
}

void TestCtlRun::shellIsReadOnly()
{
    const test::Ran ran = run({u"shell"_s, u"--"_s, u"-c"_s, u"insert into notes values ('no')"_s});
    QCOMPARE(ran.exitCode, 1);
    QVERIFY2(ran.err.contains("read-only transaction"), ran.err.constData());
    QCOMPARE(m_database->value("select count(*) from notes where text = 'no'"), "0"_ba);
}

void TestCtlRun::shellMayWrite()
{
    const test::Ran ran =
        run({u"shell"_s, u"--write"_s, u"--"_s, u"-c"_s, u"insert into notes values ('direct')"_s});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(m_database->value("select count(*) from notes where text = 'direct'"), "1"_ba);
}

void TestCtlRun::shellNeedsDirect()
{
    const auto folder = trusted("DATABASE_URL=" + pooledUrl() + '\n');
    const test::Ran ran = folder->run({u"shell"_s, u"--"_s, u"-c"_s, u"select 1"_s});
    QCOMPARE(ran.exitCode, 2);
    QVERIFY2(ran.err.contains("route.needsDirect"), ran.err.constData());
    QVERIFY(ran.err.contains("--pooled --write"));
    const auto direct = trusted("DATABASE_URL=" + directUrl() + '\n');
    QCOMPARE(direct->run({u"shell"_s, u"--pooled"_s, u"--write"_s}).exitCode, 2);
}

/// Nothing can hold psql read-only there, so it has to be said that it may write.
void TestCtlRun::shellThroughThePooler()
{
    const test::Ran refused = run({u"shell"_s, u"--pooled"_s, u"--"_s, u"-c"_s, u"select 1"_s});
    QCOMPARE(refused.exitCode, 4);
    QVERIFY2(refused.err.contains("shell.pooledWrites"), refused.err.constData());
    const test::Ran ran = run({u"shell"_s, u"--pooled"_s, u"--write"_s, u"--"_s, u"-c"_s,
                               u"insert into notes values ('pooled')"_s});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(m_database->value("select count(*) from notes where text = 'pooled'"), "1"_ba);
}

/// Named as the server itself, it drops what would hold psql read-only.
void TestCtlRun::shellThroughAHiddenPooler()
{
    const test::TestPooler pooler(*m_database,
                                  {.settings = {"ignore_startup_parameters = options"_ba}});
    const QByteArray named = pooler.url().remove(u"?pgbouncer=true"_s).toUtf8();
    const auto folder = trusted("DATABASE_URL=" + pooledUrl() + "\nDIRECT_URL=" + named + '\n');
    const QStringList insert = {u"--"_s, u"-c"_s, u"insert into notes values ('hidden')"_s};
    const test::Ran refused = folder->run(QStringList{u"shell"_s} + insert);
    QCOMPARE(refused.exitCode, 4);
    QVERIFY2(refused.err.contains("shell.notReadOnly"), refused.err.constData());
    QVERIFY(refused.err.contains("--write"));
    QCOMPARE(m_database->value("select count(*) from notes where text = 'hidden'"), "0"_ba);
    QCOMPARE(folder->run(QStringList{u"shell"_s, u"--write"_s} + insert).exitCode, 0);
    QCOMPARE(m_database->value("select count(*) from notes where text = 'hidden'"), "1"_ba);
}

void TestCtlRun::shellOnProduction()
{
    const auto folder = trusted("DATABASE_URL=" + directUrl() + '\n');
    QCOMPARE(folder->run({u"mark"_s, u"production"_s}).exitCode, 0);
    const QStringList sql = {u"--"_s, u"-c"_s, u"insert into notes values ('production')"_s};
    const QStringList write = {u"shell"_s, u"--write"_s};
    test::Ran ran = folder->run(write + sql);
    QCOMPARE(ran.exitCode, 4);
    QVERIFY2(ran.err.contains("write.needsName"), ran.err.constData());
    QCOMPARE(folder->run(write + QStringList{u"--yes"_s} + sql).exitCode, 4);
    QCOMPARE(folder->run(write + QStringList{u"--confirm"_s, u"main"_s} + sql).exitCode, 4);
    QCOMPARE(m_database->value("select count(*) from notes where text = 'production'"), "0"_ba);
    QCOMPARE(folder->run(write + QStringList{u"--confirm"_s, m_database->name()} + sql).exitCode,
             0);
    QCOMPARE(m_database->value("select count(*) from notes where text = 'production'"), "1"_ba);
}

void TestCtlRun::shellHonoursPsqlrc()
{
    m_folder->write(u"rc"_s, "\\set greeting 'from my own file'\n");
    qputenv("PSQLRC", QFile::encodeName(m_folder->path() + u"/rc"_s));
    const test::Ran ran = run({u"shell"_s, u"--"_s, u"-At"_s}, "\\echo :greeting\n");
    qunsetenv("PSQLRC");
    QCOMPARE(ran.out, "from my own file\n"_ba);
}

void TestCtlRun::shellKeepsItsSecret()
{
    QProcess process;
    m_folder->prepare(process, {u"shell"_s, u"--"_s, u"-At"_s});
    process.start();
    process.write("\\! echo ready\n");
    QTRY_COMPARE_WITH_TIMEOUT(process.bytesAvailable(), 6, 60'000);
    const QDir runtime(m_runtime.path() + u"/sluice"_s);
    const QStringList files = runtime.entryList({u"psql.pass*"_s}, QDir::Files);
    QCOMPARE(files.size(), 1);
    QCOMPARE(QFileInfo(runtime.filePath(files.first())).permissions()
                 & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
             QFile::Permissions());
    const QList<qint64> processes = family(process.processId());
    QVERIFY(processes.size() >= 2);
    for (const qint64 pid : processes) {
        QVERIFY(!ofProcess(pid, "cmdline").contains(password()));
        QVERIFY(!ofProcess(pid, "environ").contains(password()));
    }
    process.closeWriteChannel();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(runtime.entryList({u"psql.pass*"_s}, QDir::Files).isEmpty());
}

void TestCtlRun::shellHandsSignalsOn()
{
    for (const auto &[signal, code] : {std::pair(SIGTERM, 128 + SIGTERM), {SIGHUP, 128 + SIGHUP}}) {
        QProcess process;
        m_folder->prepare(process, {u"shell"_s, u"--"_s, u"-At"_s});
        process.start();
        process.write("\\! echo ready\n");
        QTRY_COMPARE_WITH_TIMEOUT(process.bytesAvailable(), 6, 60'000);
        ::kill(pid_t(process.processId()), signal);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), code);
        QVERIFY(QDir(m_runtime.path() + u"/sluice"_s)
                    .entryList({u"psql.pass*"_s}, QDir::Files)
                    .isEmpty());
    }
}

QTEST_GUILESS_MAIN(TestCtlRun)
#include "tst_ctlrun.moc"

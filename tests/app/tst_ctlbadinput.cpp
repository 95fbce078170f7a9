// SPDX-License-Identifier: GPL-3.0-or-later
// Bad input to the whole program: folders, addresses, servers, tables and disks as they should not
// be. Each ends with a plain sentence, an exit code, and no half file.
#include "core/pq/quoting.h"
#include "tests/app/projectfolder.h"
#include "tests/support/hostiletexts.h"
#include "tests/support/privatecluster.h"
#include "tests/support/testdatabase.h"
#include "tests/support/testpooler.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using test::ProjectFolder;
using test::Ran;

class TestCtlBadInput : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void folder_data();
    void folder();
    void address_data();
    void address();
    void table_data();
    void table();
    void hostileName_data();
    void hostileName();
    void bytesThatAreNoText();
    void target_data();
    void target();
    void fullDiskLeavesNoHalfFile();
    void serverEndsMidWay_data();
    void serverEndsMidWay();
    void interruptOfEveryCommand_data();
    void interruptOfEveryCommand();
    void slowReaderBehindAPooler();

private:
    [[nodiscard]] QStringList partialFiles() const
    {
        return QDir(m_folder->path()).entryList({u".*.partial-*"_s}, QDir::Files | QDir::Hidden);
    }

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<ProjectFolder> m_folder; ///< trusted
};

namespace {

/// The error as --json tells it: one object with an id and a sentence.
QJsonObject errorOf(const Ran &ran)
{
    return QJsonDocument::fromJson(ran.err).object()[u"error"_s].toObject();
}

#define VERIFY_FAILS(ran, wantedCode, wantedId)                                                    \
    QVERIFY2(errorOf(ran)[u"id"_s].toString().toLatin1() == (wantedId), (ran).err.constData());    \
    QVERIFY(!errorOf(ran)[u"message"_s].toString().isEmpty());                                     \
    QCOMPARE((ran).exitCode, wantedCode)

ProjectFolder &trusted(ProjectFolder &folder, const QByteArray &env)
{
    folder.write(u".env"_s, env);
    if (folder.run({u"trust"_s}).exitCode != 0)
        qFatal("the folder could not be trusted");
    return folder;
}

} // namespace

void TestCtlBadInput::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    QByteArray columns;
    for (int i = 1; i <= 1600; ++i)
        columns += (i > 1 ? ",c" : "c") + QByteArray::number(i) + " int";
    m_database->exec(
        "create table empty (id int primary key, note text);"
        "create table nothing ();"
        "insert into nothing default values; insert into nothing default values;"
        "create table widest ("
        + columns
        + "); insert into widest (c1) values (7);"
          "create table nulls (a int, b text); insert into nulls values (null, ''), (1, null);"
          "create table big (id int primary key, x text);"
          "insert into big select i, repeat('x', 1000) from generate_series(1, 20000) i;"
          "create view slow as select pg_sleep(600)::text;"
          "create view failing as select 1 / (2 - i) as x from generate_series(1, 3) i;"
          "analyze");
    m_database->execSuper("create table closed (id int); revoke all on closed from public");
    m_folder = std::make_unique<ProjectFolder>();
    (void)trusted(*m_folder, "DATABASE_URL=" + m_database->url().toUtf8() + '\n');
}

void TestCtlBadInput::folder_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("missing") << u"missing"_s << "project.gone"_ba << 1;
    QTest::newRow("a file") << u"file"_s << "project.notFolder"_ba << 2;
    QTest::newRow("may not be read") << u"closed"_s << "project.permission"_ba << 1;
    QTest::newRow("no env file") << u"empty"_s << "database.none"_ba << 2;
}

void TestCtlBadInput::folder()
{
    QFETCH(const QString, what);
    QFETCH(const QByteArray, id);
    QFETCH(const int, exitCode);
    const ProjectFolder folder;
    const QDir inside(folder.path());
    QVERIFY(inside.mkdir(u"empty"_s) && inside.mkdir(u"closed"_s));
    folder.write(u"file"_s, "x");
    const QString path = inside.filePath(what);
    QCOMPARE(::chmod(QFile::encodeName(inside.filePath(u"closed"_s)).constData(), 0), 0);
    if (id == "database.none")
        QCOMPARE(folder.run({u"trust"_s, u"--project"_s, path}).exitCode, 0);
    const Ran ran = folder.run({u"tables"_s, u"--json"_s, u"--project"_s, path});
    QCOMPARE(::chmod(QFile::encodeName(inside.filePath(u"closed"_s)).constData(), 0700), 0);
    VERIFY_FAILS(ran, exitCode, id);
}

void TestCtlBadInput::address_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("no such host") << "postgresql://a:b@db.invalid/x"_ba << "connection.dns"_ba << 3;
    QTest::newRow("nobody listens")
        << "postgresql://a:b@127.0.0.1:1/x"_ba << "connection.refused"_ba << 3;
    QTest::newRow("does not parse")
        << "postgresql://a:b%zz@127.0.0.1/x"_ba << "conninfo.badPercent"_ba << 2;
}

void TestCtlBadInput::address()
{
    QFETCH(const QByteArray, url);
    QFETCH(const QByteArray, id);
    QFETCH(const int, exitCode);
    ProjectFolder folder;
    (void)trusted(folder, "DATABASE_URL=" + url + '\n');
    for (const QStringList &arguments :
         {QStringList{u"tables"_s}, QStringList{u"rows"_s, u"x"_s},
          QStringList{u"describe"_s, u"x"_s}, QStringList{u"query"_s, u"select 1"_s},
          QStringList{u"export"_s, u"x"_s}}) {
        const Ran ran = folder.run(arguments + QStringList{u"--json"_s});
        VERIFY_FAILS(ran, exitCode, id);
        QCOMPARE(ran.out, QByteArray());
    }
}

void TestCtlBadInput::table_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("rows"); ///< as tsv, or the error's id
    QTest::addColumn<QByteArray>("csv");  ///< likewise, of an export
    QTest::addColumn<int>("exitCode");
    QByteArray header;
    for (int i = 1; i <= 1600; ++i)
        header += (i > 1 ? ",c" : "c") + QByteArray::number(i);
    QTest::newRow("without rows") << u"empty"_s << ""_ba << "id,note\n"_ba << 0;
    QTest::newRow("without columns") << u"nothing"_s << "\n\n"_ba << "\n\n\n"_ba << 0;
    QTest::newRow("1,600 columns") << u"widest"_s << '7' + QByteArray("\t\\N").repeated(1599) + '\n'
                                   << header + "\n7" + QByteArray(1599, ',') + '\n'
                                   << 0;
    QTest::newRow("NULL and nothing")
        << u"nulls"_s << "\\N\t\n1\t\\N\n"_ba << "a,b\n,\"\"\n1,\n"_ba << 0;
    QTest::newRow("no permission")
        << u"closed"_s << "relation.noPermission"_ba << "permission.denied"_ba << 1;
    QTest::newRow("fails half way") << u"failing"_s << "server.22012"_ba << "server.22012"_ba << 1;
    QTest::newRow("not there") << u"nowhere"_s << "relation.missing"_ba
                               << "relation.missing"_ba << 1;
}

void TestCtlBadInput::table()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, rows);
    QFETCH(const QByteArray, csv);
    QFETCH(const int, exitCode);
    const Ran printed = m_folder->run({u"rows"_s, name, u"--json"_s, u"--format"_s, u"tsv"_s});
    const Ran queried =
        m_folder->run({u"query"_s, u"table "_s + name, u"--json"_s, u"--format"_s, u"tsv"_s});
    const Ran exported = m_folder->run({u"export"_s, name, u"--json"_s, u"--format"_s, u"csv"_s});
    const Ran described = m_folder->run({u"describe"_s, name});
    if (exitCode == 0) {
        QCOMPARE(printed.out, rows);
        QCOMPARE(queried.out, rows);
        QCOMPARE(exported.out, csv);
        QCOMPARE(described.exitCode, 0);
    } else {
        QVERIFY2(errorOf(printed)[u"id"_s].toString().toLatin1() == rows, printed.err.constData());
        QVERIFY2(errorOf(exported)[u"id"_s].toString().toLatin1() == csv, exported.err.constData());
        QVERIFY(printed.exitCode != 0 && exported.exitCode != 0);
    }
}

void TestCtlBadInput::hostileName_data()
{
    QTest::addColumn<QString>("name");
    for (const test::HostileText &text : test::hostileTexts())
        QTest::newRow(text.name) << text.text;
}

void TestCtlBadInput::hostileName()
{
    QFETCH(const QString, name);
    const auto quoted = core::quotedIdentifier(name);
    QVERIFY(quoted);
    const QString word = QString::fromUtf8(*quoted);
    m_database->exec("create table " + *quoted + " (" + *quoted
                     + " int);"
                       "insert into "
                     + *quoted + " values (42)");
    QCOMPARE(m_folder->run({u"rows"_s, word}).out, "42\n"_ba);
    QCOMPARE(m_folder->run({u"query"_s, u"table "_s + word}).out, "42\n"_ba);
    QVERIFY(m_folder->run({u"export"_s, word}).out.endsWith("\n42\n"));
    QCOMPARE(m_folder->run({u"describe"_s, word}).exitCode, 0);
    const Ran listed = m_folder->run({u"tables"_s, u"--format"_s, u"json"_s});
    bool found = false;
    for (const QJsonValue &row : QJsonDocument::fromJson(listed.out).array())
        found = found || row.toObject()[u"name"_s].toString() == name;
    QVERIFY2(found, listed.out.constData());
    m_database->exec("drop table " + *quoted);
}

void TestCtlBadInput::bytesThatAreNoText()
{
    test::TestDatabase ascii({.clauses = "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"});
    ascii.exec("create table t (x text); insert into t values (E'\\xffA\\xfe')");
    ProjectFolder folder;
    (void)trusted(folder, "DATABASE_URL=" + ascii.url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"rows"_s, u"t"_s}).out, "\xff\x41\xfe\n"_ba);
    QCOMPARE(folder.run({u"query"_s, u"table t"_s}).out, "\xff\x41\xfe\n"_ba);
    QCOMPARE(folder.run({u"export"_s, u"t"_s, u"--no-header"_s}).out, "\xff\x41\xfe\n"_ba);
    QCOMPARE(folder.run({u"describe"_s, u"t"_s}).exitCode, 0);
}

void TestCtlBadInput::target_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("no such folder") << u"nowhere/x.csv"_s << "file.folderMissing"_ba;
    QTest::newRow("a folder") << u"."_s << "file.notRegular"_ba;
    QTest::newRow("not writable") << u"/proc/x.csv"_s << "file.folderMissing"_ba;
    QTest::newRow("a device") << u"/dev/null"_s << "file.notRegular"_ba;
    QTest::newRow("a name too long") << QString(300, u'n') << "file.nameTooLong"_ba;
}

void TestCtlBadInput::target()
{
    QFETCH(const QString, path);
    QFETCH(const QByteArray, id);
    const Ran ran = m_folder->run({u"export"_s, u"big"_s, u"--json"_s, u"-o"_s, path});
    VERIFY_FAILS(ran, 1, id);
    QCOMPARE(partialFiles(), QStringList());
}

void TestCtlBadInput::fullDiskLeavesNoHalfFile()
{
    QProcess process;
    m_folder->prepare(process, {});
    process.setProgram(u"/bin/bash"_s);
    // The limit of a file stands for the disk's end.
    process.setArguments({u"-c"_s, u"ulimit -f 4096; exec \"$0\" export big --json -o full.csv"_s,
                          QStringLiteral(SLUICECTL)});
    process.start();
    QVERIFY(process.waitForFinished(60'000));
    const Ran ran{process.exitCode(), process.readAllStandardOutput(),
                  process.readAllStandardError()};
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    VERIFY_FAILS(ran, 1, "file.diskFull");
    QVERIFY(!QFile::exists(m_folder->path() + u"/full.csv"_s));
    QCOMPARE(partialFiles(), QStringList());
}

void TestCtlBadInput::serverEndsMidWay_data()
{
    QTest::addColumn<bool>("crash");
    QTest::addColumn<bool>("exporting");
    QTest::newRow("shut down under a query") << false << false;
    QTest::newRow("shut down under an export") << false << true;
    QTest::newRow("killed under a query") << true << false;
    QTest::newRow("killed under an export") << true << true;
}

void TestCtlBadInput::serverEndsMidWay()
{
    QFETCH(const bool, crash);
    QFETCH(const bool, exporting);
    test::PrivateCluster server;
    const QByteArray url = test::tcpUrl(server.facts(), u"postgres"_s, test::Role::Plain).toUtf8();
    ProjectFolder folder;
    (void)trusted(folder, "DATABASE_URL=" + url + '\n');
    // Rows first, then silence: what has come is there when the server goes.
    const QString sql = u"select i, case when i > 1000 then pg_sleep(600) end "
                        "from generate_series(1, 1001) i"_s;
    QProcess process;
    folder.prepare(process, exporting ? QStringList{u"export"_s, u"--query"_s, sql, u"-o"_s,
                                                    u"out.csv"_s, u"--json"_s}
                                      : QStringList{u"query"_s, sql, u"--json"_s});
    process.start();
    {
        test::Connection admin(
            test::socketKeywords(server.facts(), u"postgres"_s, test::Role::Super));
        QTRY_COMPARE_WITH_TIMEOUT(
            admin.value("select count(*) from pg_stat_activity where wait_event = 'PgSleep'"),
            "1"_ba, 30'000);
    }
    if (crash)
        server.crash();
    else
        server.shutDown();
    QVERIFY(process.waitForFinished(60'000));
    const Ran ran{process.exitCode(), process.readAllStandardOutput(),
                  process.readAllStandardError()};
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    VERIFY_FAILS(ran, 3, crash ? "connection.closed"_ba : "connection.shuttingDown"_ba);
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden), QStringList{u".env"_s});
}

void TestCtlBadInput::interruptOfEveryCommand_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("rows") << QStringList{u"rows"_s, u"slow"_s};
    QTest::newRow("query") << QStringList{u"query"_s, u"table slow"_s};
    QTest::newRow("export") << QStringList{u"export"_s, u"slow"_s};
    QTest::newRow("export to a file")
        << QStringList{u"export"_s, u"slow"_s, u"-o"_s, u"interrupted.csv"_s};
}

void TestCtlBadInput::interruptOfEveryCommand()
{
    QFETCH(const QStringList, arguments);
    const QByteArray sleeping = "select count(*) from pg_stat_activity where wait_event = "
                                "'PgSleep' and datname = current_database()";
    QProcess process;
    m_folder->prepare(process, arguments);
    process.start();
    QTRY_COMPARE_WITH_TIMEOUT(m_database->valueSuper(sleeping), "1"_ba, 30'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitCode(), 130);
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QTRY_COMPARE(m_database->valueSuper(sleeping), "0"_ba);
    QVERIFY(!QFile::exists(m_folder->path() + u"/interrupted.csv"_s));
    QCOMPARE(partialFiles(), QStringList());
}

void TestCtlBadInput::slowReaderBehindAPooler()
{
    const test::TestPooler pooler(*m_database);
    ProjectFolder folder;
    (void)trusted(folder, "DATABASE_URL=" + pooler.url().toUtf8() + '\n');
    QVERIFY(QDir().mkpath(folder.home() + u"/config/sluice"_s));
    QFile settings(folder.home() + u"/config/sluice/settings.ini"_s);
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write("[query]\nresultMemoryBytes=16777216\n");
    settings.close();
    const QByteArray fifo = QFile::encodeName(folder.path()) + "/fifo";
    QCOMPARE(::mkfifo(fifo.constData(), 0600), 0);
    const int reader = ::open(fifo.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    QVERIFY(reader >= 0);
    QProcess process;
    folder.prepare(process, {});
    process.setProgram(u"/bin/bash"_s);
    // The limit of a file ends the store on disk long before all rows are in it.
    process.setArguments({u"-c"_s,
                          u"ulimit -f 8192; exec \"$0\" query --json --format tsv "
                          "\"select generate_series(1, 1000000), repeat('x', 1000)\" > fifo"_s,
                          QStringLiteral(SLUICECTL)});
    process.start();
    const QByteArray running =
        "select count(*) from pg_stat_activity where state = 'active' and "
        "datname = current_database() and query like 'select generate_series(1, 1000000)%'";
    QTRY_COMPARE_WITH_TIMEOUT(m_database->valueSuper(running), "1"_ba, 30'000);
    // Nobody reads, and yet the server is let go.
    QTRY_COMPARE_WITH_TIMEOUT(m_database->valueSuper(running), "0"_ba, 60'000);
    QCOMPARE(process.state(), QProcess::Running);
    ::fcntl(reader, F_SETFL, 0);
    QByteArray text;
    QByteArray piece(1 << 20, Qt::Uninitialized);
    for (ssize_t got = 0; (got = ::read(reader, piece.data(), std::size_t(piece.size()))) > 0;)
        text += piece.first(got);
    ::close(reader);
    QVERIFY(process.waitForFinished(60'000));
    const Ran ran{process.exitCode(), {}, process.readAllStandardError()};
    VERIFY_FAILS(ran, 1, "delivery.tooSlow");
    const qsizetype rows = text.count('\n');
    QVERIFY(text.endsWith("x\n"));
    QVERIFY2(rows > 10'000 && rows < 200'000, qPrintable(QString::number(rows)));
    const QString message = errorOf(ran)[u"message"_s].toString();
    QVERIFY2(message.contains(QString::number(rows)), qPrintable(message));
}

QTEST_GUILESS_MAIN(TestCtlBadInput)
#include "tst_ctlbadinput.moc"

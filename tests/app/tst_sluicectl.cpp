// SPDX-License-Identifier: GPL-3.0-or-later
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

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;

/// The program itself, run as a person runs it: real server, real pooler, real files.
class TestSluicectl : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void helpAndUsage_data();
    void helpAndUsage();
    void untrustedFolderConnectsToNothing();
    void tellsHowToTrustAnotherFolder();
    void envSaysWhereEachAddressStands();
    void trustWithoutAnAddress();
    void tablesAndDescribe();
    void rowsPrintsExactlySoMany_data();
    void rowsPrintsExactlySoMany();
    void queryFormats_data();
    void queryFormats();
    void queryIsReadOnly_data();
    void queryIsReadOnly();
    void queryNamesThePlaceOfAnError();
    void queryThroughThePooler();
    void exportsMatchTheServer_data();
    void exportsMatchTheServer();
    void failedExportLeavesNothing();
    void killedExportLeavesTheOldFile();
    void closedPipeEndsQuietly();
    void interruptCancelsOnTheServer();
    void noConnection_data();
    void noConnection();
    void secretsStayWhereTheyAre();

private:
    [[nodiscard]] QByteArray envFile() const
    {
        return "DATABASE_URL=" + m_pooler->url().toUtf8()
               + "\nDIRECT_URL=" + m_database->url().toUtf8() + '\n';
    }
    [[nodiscard]] test::Ran run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return m_folder->run(arguments, input);
    }

    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::TestPooler> m_pooler;
    std::unique_ptr<test::ProjectFolder> m_folder; ///< trusted
};

void TestSluicectl::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec("create table orders (id bigint primary key, name text, price numeric(10,2));"
                     "insert into orders select i, case when i % 10 = 0 then null else 'order ' || "
                     "i end, i / 4.0"
                     "  from generate_series(1, 5000) i;"
                     "create table \"odd \"\"name\" (x int); analyze;");
    m_pooler = std::make_unique<test::TestPooler>(*m_database);
    m_folder = std::make_unique<test::ProjectFolder>();
    m_folder->write(u".env"_s, envFile());
    QCOMPARE(run({u"trust"_s}).exitCode, 0);
}

void TestSluicectl::helpAndUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("help") << QStringList{u"--help"_s} << 0;
    QTest::newRow("help of one") << QStringList{u"rows"_s, u"--help"_s} << 0;
    QTest::newRow("version") << QStringList{u"--version"_s} << 0;
    QTest::newRow("nothing") << QStringList{} << 2;
    QTest::newRow("unknown command") << QStringList{u"frobnicate"_s} << 2;
    QTest::newRow("unknown option") << QStringList{u"tables"_s, u"--frob"_s} << 2;
    QTest::newRow("option of another command")
        << QStringList{u"tables"_s, u"--limit"_s, u"3"_s} << 2;
    QTest::newRow("missing value") << QStringList{u"rows"_s, u"orders"_s, u"--limit"_s} << 2;
    QTest::newRow("missing operand") << QStringList{u"describe"_s} << 2;
    QTest::newRow("too many operands") << QStringList{u"describe"_s, u"a"_s, u"b"_s} << 2;
    QTest::newRow("unknown step of local") << QStringList{u"local"_s, u"frob"_s} << 2;
    QTest::newRow("bad limit") << QStringList{u"rows"_s, u"orders"_s, u"--limit"_s, u"many"_s} << 2;
    QTest::newRow("bad fraction") << QStringList{u"rows"_s, u"orders"_s, u"--at"_s, u"1.5"_s} << 2;
    QTest::newRow("bad format") << QStringList{u"query"_s, u"select 1"_s, u"--format"_s, u"xml"_s}
                                << 2;
    QTest::newRow("query and file") << QStringList{u"query"_s, u"select 1"_s, u"-f"_s, u"-"_s} << 2;
    QTest::newRow("file without a name")
        << QStringList{u"export"_s, u"orders"_s, u"-o"_s, QString()} << 2;
    QTest::newRow("nothing to export") << QStringList{u"export"_s} << 2;
    QTest::newRow("no such table") << QStringList{u"describe"_s, u"nowhere"_s} << 1;
    QTest::newRow("no such database")
        << QStringList{u"tables"_s, u"--database"_s, u"nowhere"_s} << 2;
    QTest::newRow("no such folder")
        << QStringList{u"env"_s, u"--project"_s, u"/nowhere/at/all"_s} << 1;
}

void TestSluicectl::helpAndUsage()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const int, exitCode);
    const test::Ran ran = run(arguments);
    QCOMPARE(ran.exitCode, exitCode);
    QCOMPARE(ran.out.isEmpty(), exitCode != 0);
    QVERIFY2(!ran.out.contains("â"), "its words are read as what they are written in");
    QCOMPARE(ran.err.isEmpty(), exitCode == 0);
}

void TestSluicectl::untrustedFolderConnectsToNothing()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, envFile());
    for (const QStringList &arguments :
         {QStringList{u"tables"_s}, QStringList{u"query"_s, u"select 1"_s},
          QStringList{u"rows"_s, u"orders"_s}, QStringList{u"describe"_s, u"orders"_s},
          QStringList{u"export"_s, u"orders"_s}}) {
        const test::Ran ran = folder.run(arguments);
        QCOMPARE(ran.exitCode, 4);
        QVERIFY(ran.err.contains("trust.needed"));
        QVERIFY(ran.err.contains("sluicectl --project . trust"));
        QVERIFY(ran.out.isEmpty());
    }
    QCOMPARE(folder.run({u"env"_s}).exitCode, 0);
    const test::Ran trusted = folder.run({u"trust"_s});
    QCOMPARE(trusted.exitCode, 0);
    QVERIFY(trusted.out.contains("127.0.0.1"));
    QVERIFY(trusted.out.contains(".env:1"));
    QCOMPARE(folder.run({u"query"_s, u"select 1"_s}).out, "1\n"_ba);
    QCOMPARE(folder.run({u"trust"_s, u"--revoke"_s}).exitCode, 0);
    QCOMPARE(folder.run({u"query"_s, u"select 1"_s}).exitCode, 4);
}

/// As a shell takes it, wherever a person stands.
void TestSluicectl::tellsHowToTrustAnotherFolder()
{
    const test::ProjectFolder folder;
    QVERIFY(QDir(folder.path()).mkdir(u"my shop"_s));
    folder.write(u"my shop/.env"_s,
                 "DATABASE_URL=postgresql://app@ep-shop-pooler.eu.aws.neon.tech/app\n");
    const QString shop = folder.path() + u"/my shop"_s;
    const QByteArray command = "sluicectl --project '" + shop.toUtf8() + "' trust";
    for (const QString &name : {u"tables"_s, u"doctor"_s, u"env"_s}) {
        const test::Ran ran = folder.run({name, u"--project"_s, shop});
        QVERIFY2((ran.out + ran.err).contains(command), (ran.out + ran.err).constData());
    }
}

void TestSluicectl::envSaysWhereEachAddressStands()
{
    const QJsonObject json = QJsonDocument::fromJson(run({u"env"_s, u"--json"_s}).out).object();
    const QJsonObject database = json[u"databases"_s].toArray().first().toObject();
    QCOMPARE(database[u"name"_s].toString(), u"main"_s);
    const QJsonArray endpoints = database[u"endpoints"_s].toArray();
    QCOMPARE(endpoints.size(), 2);
    const QJsonObject pooled = endpoints[0].toObject();
    QCOMPARE(pooled[u"role"_s].toString(), u"pooled"_s);
    QCOMPARE(pooled[u"port"_s].toInt(), int(m_pooler->port()));
    QCOMPARE(pooled[u"source"_s].toObject()[u"file"_s].toString(), u".env"_s);
    QCOMPARE(pooled[u"source"_s].toObject()[u"line"_s].toInt(), 1);
    QCOMPARE(pooled[u"source"_s].toObject()[u"key"_s].toString(), u"DATABASE_URL"_s);
    QCOMPARE(endpoints[1].toObject()[u"role"_s].toString(), u"direct"_s);
}

void TestSluicectl::trustWithoutAnAddress()
{
    const test::ProjectFolder folder;
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"tables"_s});
    QVERIFY(ran.exitCode != 0);
    QVERIFY(ran.err.contains("database.none"));
}

void TestSluicectl::tablesAndDescribe()
{
    const QByteArray tables = run({u"tables"_s}).out;
    QVERIFY(tables.contains("public\torders\ttable\t5000\n"));
    QVERIFY(tables.contains("odd \"name"));
    const test::Ran described = run({u"describe"_s, u"orders"_s});
    QCOMPARE(described.exitCode, 0);
    for (const char *part : {"id", "bigint", "numeric(10,2)", "orders_pkey"})
        QVERIFY2(described.out.contains(part), part);
    QCOMPARE(run({u"describe"_s, u"\"odd \"\"name\""_s}).exitCode, 0);
}

void TestSluicectl::rowsPrintsExactlySoMany_data()
{
    QTest::addColumn<QString>("limit");
    QTest::addColumn<QString>("at");
    QTest::addColumn<int>("lines");
    QTest::newRow("none") << u"0"_s << u"0"_s << 0;
    QTest::newRow("one") << u"1"_s << u"0"_s << 1;
    QTest::newRow("the middle") << u"37"_s << u"0.5"_s << 37;
    QTest::newRow("the end") << u"20"_s << u"1"_s << 20;
    QTest::newRow("more than there are") << u"9000"_s << u"0"_s << 5000;
}

void TestSluicectl::rowsPrintsExactlySoMany()
{
    QFETCH(const QString, limit);
    QFETCH(const QString, at);
    QFETCH(const int, lines);
    const test::Ran ran = run({u"--limit"_s, limit, u"rows"_s, u"orders"_s, u"--at"_s, at});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(int(ran.out.count('\n')), lines);
}

void TestSluicectl::queryFormats_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("tsv") << u"tsv"_s << "1\t\\N\ta\\tb\n"_ba;
    QTest::newRow("csv") << u"csv"_s << "x,y,z\n1,,a\tb\n"_ba;
    QTest::newRow("json") << u"json"_s << "[\n{\"x\":1,\"y\":null,\"z\":\"a\\tb\"}\n]\n"_ba;
    QTest::newRow("jsonl") << u"jsonl"_s << "{\"x\":1,\"y\":null,\"z\":\"a\\tb\"}\n"_ba;
}

void TestSluicectl::queryFormats()
{
    QFETCH(const QString, format);
    QFETCH(const QByteArray, expected);
    const test::Ran ran = run(
        {u"query"_s, u"select 1 as x, null::text as y, E'a\\tb' as z"_s, u"--format"_s, format});
    QCOMPARE(ran.exitCode, 0);
    QCOMPARE(ran.out, expected);
    QCOMPARE(run({u"query"_s, u"-f"_s, u"-"_s}, "select 1; select 2;").out, "1\n2\n"_ba);
}

void TestSluicectl::queryIsReadOnly_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("insert") << u"insert into orders values (99999)"_s;
    QTest::newRow("commit first") << u"commit; insert into orders values (99999)"_s;
    QTest::newRow("read write")
        << u"set transaction read write; insert into orders values (99999)"_s;
    QTest::newRow("chain")
        << u"commit and chain; set transaction read write; insert into orders values (99999)"_s;
    QTest::newRow("function") << u"do $$ begin insert into orders values (99999); end $$"_s;
}

void TestSluicectl::queryIsReadOnly()
{
    QFETCH(const QString, sql);
    const test::Ran ran = run({u"query"_s, sql});
    QVERIFY(ran.exitCode != 0);
    QCOMPARE(m_database->value("select count(*) from orders"), "5000"_ba);
}

void TestSluicectl::queryNamesThePlaceOfAnError()
{
    const test::Ran ran = run({u"query"_s, u"select 1;\nselect id,\n  nowhere from orders"_s});
    QCOMPARE(ran.exitCode, 1);
    QCOMPARE(ran.out, "1\n"_ba); // what came before the error
    QVERIFY2(ran.err.contains("Line 3, column 3"), ran.err.constData());
    const test::Ran json = run({u"--json"_s, u"query"_s, u"select nowhere"_s});
    const QJsonObject error = QJsonDocument::fromJson(json.err).object()[u"error"_s].toObject();
    QCOMPARE(error[u"server"_s].toObject()[u"sqlstate"_s].toString(), u"42703"_s);
}

void TestSluicectl::queryThroughThePooler()
{
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + m_pooler->url().toUtf8() + '\n');
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    QCOMPARE(folder.run({u"query"_s, u"select count(*) from orders"_s}).out, "5000\n"_ba);
    QCOMPARE(folder.run({u"rows"_s, u"orders"_s, u"--limit"_s, u"5"_s}).out.count('\n'), 5);
    const test::Ran refused = folder.run({u"query"_s, u"prepare p as select 1"_s});
    QVERIFY(refused.exitCode != 0);
    QVERIFY(refused.err.contains("pooled.needsDirect"));
    QCOMPARE(folder.run({u"export"_s, u"orders"_s, u"--no-header"_s}).out.count('\n'), 5000);
}

void TestSluicectl::exportsMatchTheServer_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("copy");
    QTest::newRow("csv")
        << u"csv"_s << "copy (select * from orders order by id) to stdout (format csv, header)"_ba;
    QTest::newRow("jsonl") << u"jsonl"_s
                           << "copy (select row_to_json(o) from orders o order by id) to stdout"_ba;
}

void TestSluicectl::exportsMatchTheServer()
{
    QFETCH(const QString, format);
    QFETCH(const QByteArray, copy);
    test::Connection connection = m_database->connect();
    const QByteArray expected = connection.copyOut(copy);
    const QString file = m_folder->path() + u"/out."_s + format;
    QCOMPARE(run({u"export"_s, u"--query"_s, u"select * from orders order by id"_s, u"--format"_s,
                  format, u"-o"_s, file})
                 .exitCode,
             0);
    QFile written(file);
    QVERIFY(written.open(QIODevice::ReadOnly));
    QCOMPARE(written.readAll(), expected);
    QCOMPARE(run({u"export"_s, u"--query"_s, u"select * from orders order by id"_s, u"--format"_s,
                  format})
                 .out,
             expected);
}

void TestSluicectl::failedExportLeavesNothing()
{
    const QString file = m_folder->path() + u"/broken.csv"_s;
    const test::Ran ran =
        run({u"export"_s, u"--query"_s, u"select 1 / (4000 - id) from orders"_s, u"-o"_s, file});
    QCOMPARE(ran.exitCode, 1);
    QVERIFY(!QFile::exists(file));
    QCOMPARE(QDir(m_folder->path()).entryList({u"*partial*"_s}, QDir::Files | QDir::Hidden),
             QStringList());
    QCOMPARE(run({u"export"_s, u"orders"_s, u"-o"_s, u"/nowhere/at/all.csv"_s}).exitCode, 1);
}

void TestSluicectl::killedExportLeavesTheOldFile()
{
    const QString file = m_folder->path() + u"/kept.csv"_s;
    m_folder->write(u"kept.csv"_s, "old");
    QProcess process;
    m_folder->prepare(process, {u"export"_s, u"--query"_s,
                                u"select generate_series(1, 1000000000), repeat('x', 1000)"_s,
                                u"-o"_s, file});
    process.start();
    const QDir folder(m_folder->path());
    const auto underWay = [&folder] {
        const QFileInfoList partial =
            folder.entryInfoList({u".kept.csv.partial-*"_s}, QDir::Files | QDir::Hidden);
        return partial.size() == 1 && partial.front().size() > 1'000'000;
    };
    QTRY_VERIFY_WITH_TIMEOUT(underWay(), 30'000);
    process.kill();
    QVERIFY(process.waitForFinished(30'000));
    QFile kept(file);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), "old"_ba);
    const QStringList partial{u".*.partial-*"_s};
    QCOMPARE(folder.entryList(partial, QDir::Files | QDir::Hidden).size(), 1);
    // The next one into the folder, under whatever name, takes away what was left.
    QCOMPARE(run({u"export"_s, u"orders"_s, u"-o"_s, m_folder->path() + u"/other.csv"_s}).exitCode,
             0);
    QCOMPARE(folder.entryList(partial, QDir::Files | QDir::Hidden), QStringList());
    QCOMPARE(run({u"export"_s, u"orders"_s, u"-o"_s, file}).exitCode, 0);
    QCOMPARE(kept.size(), 3);
    QVERIFY(QFileInfo(file).size() > 50'000);
}

void TestSluicectl::closedPipeEndsQuietly()
{
    QProcess process;
    m_folder->prepare(process, {});
    process.setProgram(u"/bin/sh"_s);
    process.setArguments({u"-c"_s,
                          u"\"$0\" query 'select generate_series(1, 3000000)' | head -n 1; echo"_s,
                          QStringLiteral(SLUICECTL)});
    process.start();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.readAllStandardOutput(), "1\n\n"_ba);
    QCOMPARE(process.readAllStandardError(), QByteArray());
}

void TestSluicectl::interruptCancelsOnTheServer()
{
    QProcess process;
    m_folder->prepare(process, {u"query"_s, u"select pg_sleep(600)"_s});
    process.start();
    const QByteArray running =
        "select count(*) from pg_stat_activity where state = 'active' and "
        "datname = current_database() and query like 'select pg_sleep(600)%'";
    QTRY_COMPARE_WITH_TIMEOUT(m_database->valueSuper(running), "1"_ba, 30'000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(30'000));
    QCOMPARE(process.exitCode(), 130);
    QTRY_COMPARE_WITH_TIMEOUT(m_database->valueSuper(running), "0"_ba, 30'000);
}

void TestSluicectl::noConnection_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("nobody listens")
        << u"postgresql://a:b@127.0.0.1:1/x"_s << "connection.refused"_ba;
    QTest::newRow("wrong password") << m_database->url().replace(
        QString::fromUtf8(m_database->keywords().at("password")), u"wrong"_s)
                                    << "auth.password"_ba;
    QTest::newRow("no such database")
        << m_database->url().replace(m_database->name(), u"nowhere_at_all"_s)
        << "connection.databaseMissing"_ba;
}

void TestSluicectl::noConnection()
{
    QFETCH(const QString, url);
    QFETCH(const QByteArray, id);
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=" + url.toUtf8() + '\n');
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"query"_s, u"select 1"_s});
    QCOMPARE(ran.exitCode, 3);
    QVERIFY2(ran.err.contains(id), ran.err.constData());
}

void TestSluicectl::secretsStayWhereTheyAre()
{
    const QByteArray password = m_database->keywords().at("password");
    QByteArray said;
    for (const QStringList &arguments :
         {QStringList{u"env"_s}, QStringList{u"env"_s, u"--json"_s}, QStringList{u"trust"_s},
          QStringList{u"tables"_s}, QStringList{u"query"_s, u"select nowhere"_s}}) {
        const test::Ran ran = run(arguments);
        said += ran.out + ran.err;
    }
    QVERIFY(!said.contains(password));
    QDirIterator files(m_folder->home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY2(!file.readAll().contains(password), qPrintable(file.fileName()));
        ++looked;
    }
    QVERIFY(looked > 0);
    QVERIFY(run({u"env"_s, u"--reveal"_s}).out.contains(password));
}

QTEST_GUILESS_MAIN(TestSluicectl)
#include "tst_sluicectl.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
// What the program says, and by which exit code, when something is in its way.
#include "tests/app/projectfolder.h"
#include "tests/support/testdatabase.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;

class TestCtlFaults : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void fullDiskIsAnError_data();
    void fullDiskIsAnError();
    void fullDiskEndsTheNextStatements();
    void goneReaderIsNone_data();
    void goneReaderIsNone();
    void silentHostIsNoConnection();
    void whatTheServerShowsIsNoUsage_data();
    void whatTheServerShowsIsNoUsage();
    void standardInputHasALimit();
    void timeoutIsTheSetting();
    void localCreateAsksAgain();

private:
    std::unique_ptr<test::TestDatabase> m_database;
    std::unique_ptr<test::ProjectFolder> m_folder; ///< trusted
};

void TestCtlFaults::initTestCase()
{
    m_database = std::make_unique<test::TestDatabase>();
    m_database->exec("create table orders (id bigint primary key, name text);"
                     "insert into orders select i, 'order ' || i from generate_series(1, 500) i;"
                     "create view seen as select name from orders;"
                     "create schema one; create table one.twice ();"
                     "create schema two; create table two.twice ();"
                     "analyze");
    m_folder = std::make_unique<test::ProjectFolder>();
    m_folder->write(u".env"_s, "DATABASE_URL=" + m_database->url().toUtf8() + '\n');
    QCOMPARE(m_folder->run({u"trust"_s}).exitCode, 0);
}

void TestCtlFaults::fullDiskIsAnError_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("query") << QStringList{u"query"_s, u"select 1"_s};
    QTest::newRow("long query") << QStringList{
        u"query"_s, u"select repeat('x', 1000) from generate_series(1, 1000000)"_s};
    QTest::newRow("rows") << QStringList{u"rows"_s, u"orders"_s};
    QTest::newRow("tables") << QStringList{u"tables"_s};
    QTest::newRow("tables as JSON") << QStringList{u"tables"_s, u"--json"_s};
    QTest::newRow("describe") << QStringList{u"describe"_s, u"orders"_s};
    QTest::newRow("env") << QStringList{u"env"_s};
    QTest::newRow("env as JSON") << QStringList{u"env"_s, u"--json"_s};
    QTest::newRow("export") << QStringList{u"export"_s, u"orders"_s};
    QTest::newRow("help") << QStringList{u"--help"_s};
}

void TestCtlFaults::fullDiskIsAnError()
{
    QFETCH(const QStringList, arguments);
    QProcess process;
    m_folder->prepare(process, arguments);
    process.setStandardOutputFile(u"/dev/full"_s);
    process.start();
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray said = process.readAllStandardError();
    QVERIFY2(said.contains("export.diskFull"), said.constData());
    QCOMPARE(process.exitCode(), 1);
}

void TestCtlFaults::fullDiskEndsTheNextStatements()
{
    QProcess process;
    m_folder->prepare(process, {u"query"_s, u"select 1; select pg_sleep(600)"_s});
    process.setStandardOutputFile(u"/dev/full"_s);
    process.start();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitCode(), 1);
    QTRY_COMPARE(m_database->valueSuper("select count(*) from pg_stat_activity where "
                                        "wait_event = 'PgSleep' and datname = current_database()"),
                 "0"_ba);
}

void TestCtlFaults::goneReaderIsNone_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("query") << u"query 'select generate_series(1, 3000000)'"_s;
    QTest::newRow("tables") << u"tables"_s;
    QTest::newRow("env") << u"env"_s;
}

void TestCtlFaults::goneReaderIsNone()
{
    QFETCH(const QString, command);
    QProcess process;
    m_folder->prepare(process, {});
    process.setProgram(u"/bin/bash"_s);
    process.setArguments({u"-c"_s, u"\"$0\" "_s + command + u" | true; echo ${PIPESTATUS[0]}"_s,
                          QStringLiteral(SLUICECTL)});
    process.start();
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.readAllStandardOutput(), "0\n"_ba);
    QCOMPARE(process.readAllStandardError(), QByteArray());
}

void TestCtlFaults::silentHostIsNoConnection()
{
    QTcpServer silent; // takes the connection and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    const test::ProjectFolder folder;
    folder.write(u".env"_s, "DATABASE_URL=postgresql://a:b@127.0.0.1:"
                                + QByteArray::number(silent.serverPort())
                                + "/x?connect_timeout=2\n");
    QCOMPARE(folder.run({u"trust"_s}).exitCode, 0);
    const test::Ran ran = folder.run({u"query"_s, u"select 1"_s});
    QVERIFY2(ran.err.contains("connection.timeout"), ran.err.constData());
    QVERIFY2(ran.err.contains("within 2 s"), ran.err.constData()); // the address's own limit
    QCOMPARE(ran.exitCode, 3);
}

void TestCtlFaults::whatTheServerShowsIsNoUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("left the frame") << QStringList{u"query"_s, u"commit"_s} << "frame.left"_ba << 1;
    QTest::newRow("a cell of 80 MiB")
        << QStringList{u"query"_s, u"select repeat('x', 80 * 1024 * 1024)"_s}
        << "result.cellTooBig"_ba << 1;
    for (const QString &command : {u"describe"_s, u"rows"_s, u"export"_s})
        QTest::addRow("%s of no table", qPrintable(command))
            << QStringList{command, u"nowhere"_s} << "relation.missing"_ba << 1;
    QTest::newRow("in two schemas")
        << QStringList{u"describe"_s, u"twice"_s} << "relation.ambiguous"_ba << 1;
    QTest::newRow("no positions") << QStringList{u"rows"_s, u"seen"_s, u"--at"_s, u"0.5"_s}
                                  << "rows.noPositions"_ba << 1;
    QTest::newRow("no rows of its own")
        << QStringList{u"export"_s, u"orders_pkey"_s} << "export.notATable"_ba << 1;
    QTest::newRow("no name") << QStringList{u"describe"_s, u"a..b"_s} << "relation.badName"_ba << 2;
    QTest::newRow("nothing to run") << QStringList{u"query"_s, u" ; "_s} << "query.empty"_ba << 2;
}

void TestCtlFaults::whatTheServerShowsIsNoUsage()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const QByteArray, id);
    QFETCH(const int, exitCode);
    const test::Ran ran = m_folder->run(arguments);
    QVERIFY2(ran.err.contains(id), ran.err.constData());
    QCOMPARE(ran.exitCode, exitCode);
}

void TestCtlFaults::standardInputHasALimit()
{
    const QByteArray spaces(qsizetype(64) * 1024 * 1024 - 9, ' ');
    const test::Ran whole = m_folder->run({u"query"_s, u"-f"_s, u"-"_s}, spaces + "select 1;");
    QVERIFY2(whole.out == "1\n", whole.err.left(2000).constData());
    const test::Ran longer = m_folder->run({u"query"_s, u"-f"_s, u"-"_s}, "select 1; " + spaces);
    QCOMPARE(longer.exitCode, 1);
    QCOMPARE(longer.out, QByteArray());
    QVERIFY2(longer.err.contains("file.tooBig"), longer.err.constData());
}

void TestCtlFaults::timeoutIsTheSetting()
{
    const QStringList asked{u"query"_s, u"show statement_timeout"_s};
    QCOMPARE(m_folder->run(asked).out, "0\n"_ba);
    const QString folder = m_folder->home() + u"/config/sluice"_s;
    QVERIFY(QDir().mkpath(folder));
    QFile settings(folder + u"/settings.ini"_s);
    QVERIFY(settings.open(QIODevice::WriteOnly));
    settings.write("[query]\nstatementTimeoutMs=1234567\nproductionTimeoutMs=7654321\n");
    settings.close();
    QCOMPARE(m_folder->run(asked).out, "1234567ms\n"_ba);
    QVERIFY(settings.remove());
}

void TestCtlFaults::localCreateAsksAgain()
{
    const test::ProjectFolder folder;
    const test::Ran unasked = folder.run({u"local"_s, u"create"_s});
    QVERIFY2(unasked.err.contains("local.envConsent"), unasked.err.constData());
    QCOMPARE(unasked.exitCode, 4);
    QVERIFY(!QFile::exists(folder.path() + u"/.env"_s));
    QCOMPARE(folder.run({u"local"_s, u"stop"_s}).exitCode, 0);

    const test::Ran agreed = folder.run({u"local"_s, u"create"_s, u"--yes"_s});
    const test::Ran state = folder.run({u"local"_s, u"status"_s});
    const test::Ran trusted = folder.run({u"trust"_s});
    const test::Ran answer = folder.run({u"query"_s, u"select 1"_s});
    QCOMPARE(folder.run({u"local"_s, u"stop"_s}).exitCode, 0); // whatever came of the rest
    QVERIFY2(agreed.exitCode == 0, agreed.err.constData());
    QCOMPARE(state.out, "running\n"_ba);
    QCOMPARE(trusted.exitCode, 0);
    QVERIFY2(answer.out == "1\n", answer.err.constData());
}

QTEST_GUILESS_MAIN(TestCtlFaults)
#include "tst_ctlfaults.moc"

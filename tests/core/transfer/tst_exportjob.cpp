// SPDX-License-Identifier: GPL-3.0-or-later
#include "exporting.h"
#include "tests/support/testpooler.h"

#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using core::ExportFormat;
using core::ExportJob;
using core::ExportSpec;
using core::ExportSummary;
using core::Result;
using test::Exporting;
using test::TestDatabase;

class TestExportJob : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void takesColumnsAndHeader();
    void findsATableByItsOid();
    void replacesAnOlderFile();
    void exportsExplainAndShow();
    void exportsAHugeCell_data();
    void exportsAHugeCell();
    void refusesWhatIsNoTable_data();
    void refusesWhatIsNoTable();
    void refusesWhatIsNoQuery_data();
    void refusesWhatIsNoQuery();
    void placesErrorsInTheText_data();
    void placesErrorsInTheText();
    void tellsProgressAndEnd();
    void cancelLeavesNothing_data();
    void cancelLeavesNothing();
    void cancelAtOnce();
    void deletionLeavesNothing();
    void runsPooled_data();
    void runsPooled();
    void refusesOnAPooledEndpoint();
    void cleanupTestCase() { m_database.reset(); }

private:
    std::unique_ptr<TestDatabase> m_database;
};

namespace {

void writeOldFile(const Exporting &exporting)
{
    QFile file(exporting.path());
    if (!file.open(QIODevice::WriteOnly) || file.write("old") != 3)
        qFatal("the old file could not be written");
}

/// In the select list the series streams; in FROM the server would first write it all to disk.
constexpr const char *endless =
    "SELECT generate_series(1, 1000000000000) AS n, repeat('x', 100) AS x";

} // namespace

void TestExportJob::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    m_database->exec("create table things (id int primary key, \"Na\"\"me\" text, note text);"
                     "insert into things select n, 'n' || n, 'x' from generate_series(1, 3) n;"
                     "create index on things (note);"
                     "create type pair as (a int, b int);");
}

void TestExportJob::takesColumnsAndHeader()
{
    Exporting exporting(*m_database);
    ExportSpec spec = exporting.table("things", ExportFormat::Csv);
    spec.columns = {"Na\"me", "id"};
    QVERIFY(exporting.run(spec));
    QCOMPARE(exporting.written(), "\"Na\"\"me\",id\nn1,1\nn2,2\nn3,3\n"_ba);
    spec.options.header = false;
    spec.columns = {"id", "id"};
    QVERIFY(exporting.run(spec));
    QCOMPARE(exporting.written(), "1,1\n2,2\n3,3\n"_ba);
    spec.columns = {"id"};
    spec.format = ExportFormat::JsonLines;
    QVERIFY(exporting.run(spec));
    QCOMPARE(exporting.written(), "{\"id\":1}\n{\"id\":2}\n{\"id\":3}\n"_ba);
}

void TestExportJob::findsATableByItsOid()
{
    Exporting exporting(*m_database);
    ExportSpec spec = exporting.table({}, ExportFormat::Csv);
    spec.source.table = core::Oid{m_database->value("select 'things'::regclass::oid").toUInt()};
    const Result<ExportSummary> outcome = exporting.run(spec);
    QVERIFY(outcome);
    QCOMPARE(outcome->rows, 3);
}

void TestExportJob::replacesAnOlderFile()
{
    Exporting exporting(*m_database);
    writeOldFile(exporting);
    QVERIFY(exporting.run(exporting.query("SELECT 1 AS a", ExportFormat::Csv)));
    QCOMPARE(exporting.written(), "a\n1\n"_ba);
    QCOMPARE(exporting.files(), QStringList{u"out"_s});
}

void TestExportJob::exportsExplainAndShow()
{
    Exporting exporting(*m_database);
    QVERIFY(exporting.run(exporting.query("SHOW server_version_num", ExportFormat::JsonLines)));
    QVERIFY(exporting.written().startsWith("{\"server_version_num\":\"17"));
    QVERIFY(exporting.run(exporting.query("EXPLAIN SELECT 1;", ExportFormat::Csv)));
    QVERIFY(exporting.written().startsWith("QUERY PLAN\n"));
}

void TestExportJob::exportsAHugeCell_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::newRow("csv") << ExportFormat::Csv;
    QTest::newRow("jsonl") << ExportFormat::JsonLines;
}

void TestExportJob::exportsAHugeCell()
{
    QFETCH(const ExportFormat, format);
    Exporting exporting(*m_database);
    const Result<ExportSummary> outcome =
        exporting.run(exporting.query("SELECT repeat('12345678\"\n', 10000000) AS a", format));
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().text()));
    const QByteArray written = exporting.written();
    const bool csv = format == ExportFormat::Csv;
    const QByteArray piece = csv ? "12345678\"\"\n"_ba : "12345678\\\"\\n"_ba;
    const QByteArray head = csv ? "a\n\""_ba : "{\"a\":\""_ba;
    const QByteArray tail = csv ? "\"\n"_ba : "\"}\n"_ba;
    QVERIFY(written == head + piece.repeated(10'000'000) + tail);
}

void TestExportJob::refusesWhatIsNoTable_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArrayList>("columns");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("sqlState");
    QTest::newRow("missing") << "nowhere"_ba << QByteArrayList() << QByteArray() << "42P01"_ba;
    QTest::newRow("no name at all") << "a b c"_ba << QByteArrayList() << QByteArray() << "42602"_ba;
    QTest::newRow("index") << "things_note_idx"_ba << QByteArrayList() << "export.notATable"_ba
                           << QByteArray();
    QTest::newRow("row type") << "pair"_ba << QByteArrayList() << "export.notATable"_ba
                              << QByteArray();
    QTest::newRow("dead oid") << "4000000000"_ba << QByteArrayList() << "export.notATable"_ba
                              << QByteArray();
    QTest::newRow("missing column")
        << "things"_ba << QByteArrayList{"id", "nope"} << "export.noSuchColumn"_ba << QByteArray();
}

void TestExportJob::refusesWhatIsNoTable()
{
    QFETCH(const QByteArray, name);
    QFETCH(const QByteArrayList, columns);
    QFETCH(const QByteArray, id);
    QFETCH(const QByteArray, sqlState);
    Exporting exporting(*m_database);
    ExportSpec spec = exporting.table(name, ExportFormat::Csv);
    spec.columns = columns;
    const Result<ExportSummary> outcome = exporting.run(spec);
    QVERIFY(!outcome);
    if (!id.isEmpty())
        QCOMPARE(outcome.error().id, id);
    if (!sqlState.isEmpty())
        QCOMPARE(outcome.error().server.value_or(core::ServerReport()).sqlState, sqlState);
    QCOMPARE(exporting.files(), QStringList());
}

void TestExportJob::refusesWhatIsNoQuery_data()
{
    QTest::addColumn<QByteArray>("sql");
    for (const char *sql :
         {" ; -- nothing", "select 1; select 2", "insert into things values (9)",
          "copy things to stdout", "begin", "create table x ()", "select 1; commit", "vacuum"})
        QTest::newRow(sql) << QByteArray(sql);
}

void TestExportJob::refusesWhatIsNoQuery()
{
    QFETCH(const QByteArray, sql);
    Exporting exporting(*m_database);
    const Result<ExportSummary> outcome = exporting.run(exporting.query(sql, ExportFormat::Csv));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "export.notAQuery"_ba);
    QCOMPARE(exporting.files(), QStringList());
}

void TestExportJob::placesErrorsInTheText_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::addColumn<QByteArray>("sql");
    QTest::addColumn<int>("position");
    const std::pair<QByteArray, int> texts[] = {
        {"-- ü\nSELECT 'ü😀', nope FROM things", 19},
        {"SELECT fro fro frog", 16},
        // Only the rows show it, when the text may have been rewritten for to_json().
        {"/* ä */ SELECT row(1), 1 / (id - id)\n FROM things WHERE nope(1)", 57},
    };
    for (const auto &[sql, position] : texts) {
        for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::JsonLines})
            QTest::addRow("%s: %s", core::nameOf(format).data(), sql.left(12).simplified().data())
                << format << sql << position;
    }
}

void TestExportJob::placesErrorsInTheText()
{
    QFETCH(const ExportFormat, format);
    QFETCH(const QByteArray, sql);
    QFETCH(const int, position);
    Exporting exporting(*m_database);
    const Result<ExportSummary> outcome = exporting.run(exporting.query(sql, format));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().position, position);
    QCOMPARE(exporting.files(), QStringList());
}

void TestExportJob::tellsProgressAndEnd()
{
    Exporting exporting(*m_database);
    ExportJob job(exporting.session(),
                  exporting.query("SELECT * FROM generate_series(1, 500000) n", ExportFormat::Csv));
    qint64 last = 0;
    bool grows = true;
    connect(&job, &ExportJob::progressed, this, [&](qint64 rows, qint64 bytes) {
        grows = grows && rows > last && bytes > rows;
        last = rows;
    });
    QSignalSpy ended(&job, &core::Job::ended);
    QVERIFY(job.isRunning());
    job.start();
    const Result<ExportSummary> outcome = Exporting::outcomeOf(job);
    QVERIFY(outcome);
    QCOMPARE(outcome->rows, 500'000);
    QVERIFY(grows);
    QCOMPARE(last, 500'000);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(job.state(), core::Job::State::Finished);
    QCOMPARE(job.progress().done, 500'000);
    QCOMPARE(job.title(), u"Export to out"_s);
}

void TestExportJob::cancelLeavesNothing_data()
{
    QTest::addColumn<ExportFormat>("format");
    QTest::addColumn<bool>("old");
    QTest::newRow("csv") << ExportFormat::Csv << false;
    QTest::newRow("json over an older file") << ExportFormat::Json << true;
}

void TestExportJob::cancelLeavesNothing()
{
    QFETCH(const ExportFormat, format);
    QFETCH(const bool, old);
    Exporting exporting(*m_database);
    if (old)
        writeOldFile(exporting);
    ExportJob job(exporting.session(), exporting.query(endless, format));
    QSignalSpy progressed(&job, &ExportJob::progressed);
    QSignalSpy ended(&job, &core::Job::ended);
    job.start();
    QTRY_VERIFY(!progressed.isEmpty());
    job.cancel();
    const Result<ExportSummary> outcome = Exporting::outcomeOf(job);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, core::ErrorKind::Cancelled);
    QTRY_COMPARE(ended.size(), 1);
    QCOMPARE(job.state(), core::Job::State::Cancelled);
    QCOMPARE(exporting.files(), old ? QStringList{u"out"_s} : QStringList());
    if (old)
        QCOMPARE(exporting.written(), "old"_ba);
    QVERIFY(exporting.run(exporting.query("SELECT 1", ExportFormat::Csv)));
}

void TestExportJob::cancelAtOnce()
{
    Exporting exporting(*m_database);
    ExportJob job(exporting.session(), exporting.query(endless, ExportFormat::JsonLines));
    job.start();
    job.cancel();
    const Result<ExportSummary> outcome = Exporting::outcomeOf(job);
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().kind, core::ErrorKind::Cancelled);
    QCOMPARE(exporting.files(), QStringList());
}

void TestExportJob::deletionLeavesNothing()
{
    Exporting exporting(*m_database);
    {
        ExportJob job(exporting.session(), exporting.query(endless, ExportFormat::Csv));
        QSignalSpy progressed(&job, &ExportJob::progressed);
        job.start();
        QTRY_VERIFY(!progressed.isEmpty());
    }
    QCOMPARE(exporting.files(), QStringList());
    QVERIFY(exporting.run(exporting.query("SELECT 1", ExportFormat::Csv)));
}

void TestExportJob::runsPooled_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<bool>("isQuery");
    QTest::newRow("table") << "things"_ba << false;
    QTest::newRow("query") << "SELECT *, row(id) AS r FROM things"_ba << true;
}

void TestExportJob::runsPooled()
{
    QFETCH(const QByteArray, source);
    QFETCH(const bool, isQuery);
    test::TestPooler pooler(*m_database);
    Exporting pooled(pooler.keywords(), true);
    Exporting direct(*m_database);
    for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::JsonLines}) {
        const Result<ExportSummary> outcome =
            pooled.run(isQuery ? pooled.query(source, format) : pooled.table(source, format));
        QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().text()));
        QVERIFY(direct.run(isQuery ? direct.query(source, format) : direct.table(source, format)));
        QCOMPARE(pooled.written(), direct.written());
    }
}

void TestExportJob::refusesOnAPooledEndpoint()
{
    test::TestPooler pooler(*m_database);
    Exporting exporting(pooler.keywords(), true);
    const Result<ExportSummary> outcome =
        exporting.run(exporting.query("SELECT pg_advisory_lock(1)", ExportFormat::Csv));
    QVERIFY(!outcome);
    QCOMPARE(outcome.error().id, "pooled.needsDirect"_ba);
}

QTEST_GUILESS_MAIN(TestExportJob)
#include "tst_exportjob.moc"

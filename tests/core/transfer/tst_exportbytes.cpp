// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/quoting.h"
#include "core/session/collect.h"
#include "core/transfer/columntypes.h"
#include "exporting.h"
#include "tests/support/hostiletexts.h"
#include "torture.h"

#include <QFutureWatcher>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using core::ExportFormat;
using core::ExportSummary;
using core::Result;
using test::Exporting;
using test::TestDatabase;

/// The server is the oracle: COPY for CSV and text, row_to_json for JSON.
class TestExportBytes : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void equalsTheServer_data();
    void equalsTheServer();
    void equalsTheServerUnderAnyName_data();
    void equalsTheServerUnderAnyName();
    void equalsTheServerInOtherSettings_data();
    void equalsTheServerInOtherSettings();
    void equalsTheServerInSqlAscii_data();
    void equalsTheServerInSqlAscii();
    void knowsTheBuiltInTypes();
    void cleanupTestCase() { m_database.reset(); }

private:
    void compare(TestDatabase &database, const QByteArray &source, bool isQuery,
                 ExportFormat format, const QByteArray &settings = {});
    std::unique_ptr<TestDatabase> m_database;
};

namespace {

void addFormats(const char *name, const QByteArray &source, bool isQuery)
{
    for (const ExportFormat format :
         {ExportFormat::Csv, ExportFormat::JsonLines, ExportFormat::Json, ExportFormat::Tsv}) {
        QTest::addRow("%s, %s", name, core::nameOf(format).data()) << source << isQuery << format;
    }
}

void addFormatColumns()
{
    QTest::addColumn<QByteArray>("source");
    QTest::addColumn<bool>("isQuery");
    QTest::addColumn<ExportFormat>("format");
}

QByteArray expectedBytes(test::Connection &server, const QByteArray &source, bool isQuery,
                         ExportFormat format)
{
    const QByteArray query = isQuery ? source : "SELECT * FROM " + source;
    if (format == ExportFormat::Csv)
        return server.copyOut("COPY (" + query + "\n) TO STDOUT (FORMAT csv, HEADER)");
    if (format == ExportFormat::Tsv)
        return server.copyOut("COPY (" + query + "\n) TO STDOUT (HEADER)");
    const QByteArrayList lines =
        server.column("SELECT row_to_json(\"whole row\") FROM (" + query + "\n) \"whole row\"");
    if (format == ExportFormat::Json)
        return "[\n" + lines.join(",\n") + "\n]\n";
    return lines.isEmpty() ? QByteArray() : lines.join('\n') + '\n';
}

/// The first place where two texts differ, with what stands around it.
QByteArray difference(const QByteArray &actual, const QByteArray &expected)
{
    const auto [at, other] =
        std::mismatch(actual.begin(), actual.end(), expected.begin(), expected.end());
    const qsizetype place = at - actual.begin();
    const qsizetype from = std::max<qsizetype>(place - 60, 0);
    return "at byte " + QByteArray::number(place) + "\nactual   " + actual.mid(from, 140)
           + "\nexpected " + expected.mid(from, 140);
}

} // namespace

void TestExportBytes::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    test::makeTorture(*m_database);
    m_database->exec(
        "create table empty (a int, b text);"
        "create table bare (); insert into bare select from generate_series(1, 3);"
        "create table single (a text); insert into single values ('\\.'), (''), (null), ('x');"
        "create table \"\\.\" (\"\\.\" int); insert into \"\\.\" values (1);"
        "create table parent (a int); create table child (b int) inherits (parent);"
        "insert into parent values (1); insert into child values (2, 3);"
        "create table parts (a int, b text) partition by range (a);"
        "create table parts1 partition of parts for values from (0) to (10);"
        "create table parts2 partition of parts for values from (10) to (20);"
        "insert into parts select a, 'r' || a from generate_series(0, 19) a;"
        "create table made (a int, b int generated always as (a * 2) stored);"
        "insert into made values (1), (2);"
        "create table dropped (a int, b text, c int); insert into dropped values (1, 'x', 2);"
        "alter table dropped drop column b;"
        "create view viewed as select i4, txt, comp from torture;"
        "create materialized view stored as select d, ts, acomp from torture;"
        "create sequence counted;");
    QByteArrayList wide;
    for (int number = 1; number <= 1600; ++number)
        wide.append("c" + QByteArray::number(number) + " int default "
                    + QByteArray::number(number));
    m_database->exec("create table wide (" + wide.join(',')
                     + "); insert into wide default values;");
    m_database->exec("create schema hostile");
    for (const test::HostileText &hostile : test::hostileTexts()) {
        const QByteArray name = core::quotedIdentifier(hostile.text).value();
        m_database->exec("create table hostile." + name + " (" + name + " text, n int);"
                         + "insert into hostile." + name + " values ("
                         + core::quotedLiteral(hostile.text).value() + ", null)");
    }
    m_database->exec("create schema \"S\"\"x\"; create table \"S\"\"x\".\"t\n<b>\" (a int); "
                     "insert into \"S\"\"x\".\"t\n<b>\" values (1)");
}

void TestExportBytes::compare(TestDatabase &database, const QByteArray &source, bool isQuery,
                              ExportFormat format, const QByteArray &settings)
{
    test::Connection server = database.connect();
    if (!settings.isEmpty())
        server.exec(settings);
    const bool inherits = source == "parent";
    const QByteArray expected =
        expectedBytes(server, inherits ? "ONLY parent"_ba : source, isQuery, format);
    Exporting exporting(database);
    const core::ExportSpec spec =
        isQuery ? exporting.query(source, format) : exporting.table(source, format);
    const Result<ExportSummary> outcome = exporting.run(spec);
    QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().text()));
    const QByteArray written = exporting.written();
    QVERIFY2(written == expected, difference(written, expected).constData());
    QCOMPARE(outcome->bytes, written.size());
    const QByteArray rows = server.value("SELECT count(*) FROM "
                                         + (isQuery    ? '(' + source + "\n) t"
                                            : inherits ? "ONLY parent"_ba
                                                       : source));
    QCOMPARE(outcome->rows, rows.toLongLong());
    QCOMPARE(outcome->path, spec.target.path);
    QCOMPARE(exporting.files(), QStringList{u"out"_s});
}

void TestExportBytes::equalsTheServer_data()
{
    addFormatColumns();
    addFormats("torture", "torture", false);
    addFormats("empty", "empty", false);
    addFormats("no columns", "bare", false);
    addFormats("one column", "single", false);
    addFormats("header that ends a COPY", "\"\\.\"", false);
    addFormats("1,600 columns", "wide", false);
    addFormats("inherited", "parent", false);
    addFormats("partitioned", "parts", false);
    addFormats("generated", "made", false);
    addFormats("dropped column", "dropped", false);
    addFormats("view", "viewed", false);
    addFormats("materialized view", "stored", false);
    addFormats("sequence", "counted", false);
    addFormats("hostile name", "\"S\"\"x\".\"t\n<b>\"", false);
    addFormats("catalog table", "pg_catalog.pg_type", false);
    addFormats("query", "SELECT * FROM torture", true);
    addFormats("query with a comment at its end", "SELECT 1 AS a -- , 2 AS b", true);
    addFormats("same names twice", "SELECT 1 AS a, row(1, 2) AS a, 'x' AS a", true);
    addFormats("records", "SELECT row(1, 'a'), array[row(1, 2)], row()", true);
    addFormats("table row as a value", "SELECT p, p.a FROM parts p ORDER BY a DESC", true);
    addFormats("no columns in a query", "SELECT FROM parts", true);
    addFormats("values", "VALUES (1, 'x'), (2, NULL)", true);
    addFormats("table command", "TABLE parts", true);
    addFormats("with", "WITH a AS (SELECT 1 AS x) SELECT x, NULL, 'u' AS \"?\" FROM a", true);
    addFormats("unknown and void", "SELECT NULL AS n, pg_sleep(0) AS v", true);
}

void TestExportBytes::equalsTheServer()
{
    QFETCH(const QByteArray, source);
    QFETCH(const bool, isQuery);
    QFETCH(const ExportFormat, format);
    compare(*m_database, source, isQuery, format);
}

void TestExportBytes::equalsTheServerUnderAnyName_data()
{
    addFormatColumns();
    for (const test::HostileText &hostile : test::hostileTexts()) {
        const QByteArray name = core::quotedIdentifier(hostile.text).value();
        addFormats(hostile.name, "hostile." + name, false);
    }
}

void TestExportBytes::equalsTheServerUnderAnyName()
{
    QFETCH(const QByteArray, source);
    QFETCH(const bool, isQuery);
    QFETCH(const ExportFormat, format);
    compare(*m_database, source, isQuery, format);
}

void TestExportBytes::equalsTheServerInOtherSettings_data()
{
    addFormatColumns();
    addFormats("torture", "torture", false);
}

void TestExportBytes::equalsTheServerInOtherSettings()
{
    QFETCH(const QByteArray, source);
    QFETCH(const bool, isQuery);
    QFETCH(const ExportFormat, format);
    // CSV and text follow the server's own settings; JSON's dates do not depend on them
    // (datetime.c, USE_XSD_DATES), but texts inside ranges do: there ISO is ours.
    const bool json = format == ExportFormat::Json || format == ExportFormat::JsonLines;
    const QByteArray database = "alter database \"" + m_database->name().toUtf8() + "\" ";
    m_database->exec(database + "set datestyle = 'German, DMY'");
    m_database->exec(database + "set timezone = 'Asia/Kathmandu'");
    m_database->exec(database + "set extra_float_digits = 0");
    m_database->exec(database + "set intervalstyle = 'iso_8601'");
    compare(*m_database, source, isQuery, format,
            json ? "set datestyle = 'ISO'; set extra_float_digits = 1"_ba : QByteArray());
    m_database->exec(database + "reset all");
}

void TestExportBytes::equalsTheServerInSqlAscii_data()
{
    addFormatColumns();
    addFormats("latin-1 bytes", "latin", false);
}

void TestExportBytes::equalsTheServerInSqlAscii()
{
    QFETCH(const QByteArray, source);
    QFETCH(const bool, isQuery);
    QFETCH(const ExportFormat, format);
    TestDatabase database({.clauses = "ENCODING 'SQL_ASCII' TEMPLATE template0 LOCALE 'C'"});
    database.exec("set client_encoding = 'SQL_ASCII'");
    database.exec("create table latin (\"gr\xf6\xdf"
                  "e\" text, b text[]);"
                  "insert into latin values ('\xe4\xff,\"', array['\xfc', 'a b'])");
    compare(database, source, isQuery, format, "set client_encoding = 'SQL_ASCII'");
}

void TestExportBytes::knowsTheBuiltInTypes()
{
    // What is compiled in, against what the catalog says.
    test::Connection server = m_database->connect();
    std::vector<core::Oid> types;
    for (const QByteArray &type : server.column(
             "select oid from pg_type where oid < 10000 and typtype <> 'p' or oid in (2249, 2287)"))
        types.push_back(core::Oid{type.toUInt()});
    Exporting exporting(*m_database);
    core::RequestSpec request;
    request.statements.push_back(core::typeFormatsStatement(types));
    auto answer = core::collect(exporting.session(), request);
    QTRY_VERIFY(answer.isFinished());
    const auto tables = answer.result();
    QVERIFY(tables);
    const core::TypeFormats formats = core::readTypeFormats(tables->front());
    QCOMPARE(formats.size(), qsizetype(types.size()));
    for (const core::Oid type : types) {
        const auto builtin = core::builtinFormat(type);
        const core::TypeFormat asked = formats.value(type);
        QVERIFY2(asked.onServer == !builtin.has_value(),
                 QByteArray::number(number(type)).constData());
        if (builtin)
            QVERIFY2(*builtin == asked.format && asked.described == type,
                     QByteArray::number(number(type)).constData());
    }
}

QTEST_GUILESS_MAIN(TestExportBytes)
#include "tst_exportbytes.moc"

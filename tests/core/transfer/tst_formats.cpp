// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/formats.h"
#include "core/transfer/terminalfilter.h"
#include "formatting.h"

#include <QTest>

using namespace Qt::StringLiterals;
using core::ExportFormat;
using core::FormatColumns;
using core::JsonKind;
using test::formatted;
using test::named;
using test::Row;

/// What needs no server to be known; tst_exportbytes holds the same code against the server.
class TestFormats : public QObject
{
    Q_OBJECT

private slots:
    void hasNames();
    void writesCsv_data();
    void writesCsv();
    void writesJsonValues_data();
    void writesJsonValues();
    void writesJsonArrays();
    void writesJsonKeys();
    void writesText();
    void worksAcrossTheBuffer();
    void quotesOfAnyNumber();
    void keepsTerminalsSafe();
    void filtersAcrossPieces();
};

void TestFormats::hasNames()
{
    for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::JsonLines,
                                      ExportFormat::Json, ExportFormat::Tsv, ExportFormat::Table})
        QCOMPARE(core::exportFormatNamed(core::nameOf(format)), format);
    QVERIFY(!core::exportFormatNamed("xml"));
}

void TestFormats::writesCsv_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("alone");
    QTest::addColumn<QByteArray>("among");
    QTest::newRow("plain") << "a b"_ba << "a b"_ba << "a b"_ba;
    QTest::newRow("empty") << ""_ba << "\"\""_ba << "\"\""_ba;
    QTest::newRow("comma") << "a,b"_ba << "\"a,b\""_ba << "\"a,b\""_ba;
    QTest::newRow("quotes") << "\"\"a\""_ba << "\"\"\"\"\"a\"\"\""_ba << "\"\"\"\"\"a\"\"\""_ba;
    QTest::newRow("line feed") << "a\n"_ba << "\"a\n\""_ba << "\"a\n\""_ba;
    QTest::newRow("carriage return") << "\r"_ba << "\"\r\""_ba << "\"\r\""_ba;
    QTest::newRow("spaces") << " a "_ba << " a "_ba << " a "_ba;
    QTest::newRow("end of a COPY") << "\\."_ba << "\"\\.\""_ba << "\\."_ba;
    QTest::newRow("special at the end of a long text")
        << QByteArray(40, 'x') + ',' << '"' + QByteArray(40, 'x') + ",\""
        << '"' + QByteArray(40, 'x') + ",\"";
}

void TestFormats::writesCsv()
{
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, alone);
    QFETCH(const QByteArray, among);
    const core::FormatOptions noHeader{.header = false};
    QCOMPARE(formatted(ExportFormat::Csv, named({"a"}), {Row{value}, Row{std::nullopt}}, noHeader),
             alone + "\n\n");
    QCOMPARE(formatted(ExportFormat::Csv, named({"a", "b"}), {Row{value, std::nullopt}}, noHeader),
             among + ",\n");
    QCOMPARE(formatted(ExportFormat::Csv, named({value}), {}), alone + '\n');
}

void TestFormats::writesJsonValues_data()
{
    QTest::addColumn<JsonKind>("kind");
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, JsonKind kind, QByteArray value, QByteArray json) {
        QTest::newRow(name) << kind << std::move(value) << std::move(json);
    };
    row("text", JsonKind::String, "a/ü😀", "\"a/ü😀\"");
    row("controls", JsonKind::String, QByteArray("\b\f\n\r\t\x01\x1f\x7f\"\\", 10),
        "\"\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\\\"\\\\\"");
    row("empty", JsonKind::String, "", "\"\"");
    row("invalid UTF-8 passes as it is", JsonKind::String, "\xff", "\"\xff\"");
    row("true", JsonKind::Bool, "t", "true");
    row("false", JsonKind::Bool, "f", "false");
    row("number", JsonKind::Number, "-1.50e+20", "-1.50e+20");
    row("NaN", JsonKind::Number, "NaN", "\"NaN\"");
    row("infinite number", JsonKind::Number, "-Infinity", "\"-Infinity\"");
    row("date", JsonKind::DateTime, "2024-02-29", "\"2024-02-29\"");
    row("date BC", JsonKind::DateTime, "0044-03-15 BC", "\"0044-03-15 BC\"");
    row("timestamp", JsonKind::DateTime, "2024-02-29 12:00:00.5", "\"2024-02-29T12:00:00.5\"");
    row("zone of hours", JsonKind::DateTime, "2024-02-29 12:00:00-05",
        "\"2024-02-29T12:00:00-05:00\"");
    row("zone of minutes", JsonKind::DateTime, "2024-02-29 12:00:00+05:45",
        "\"2024-02-29T12:00:00+05:45\"");
    row("zone of seconds", JsonKind::DateTime, "1890-01-01 00:53:28+00:53:28",
        "\"1890-01-01T00:53:28+00:53:28\"");
    row("zone and BC", JsonKind::DateTime, "0044-03-15 12:00:00+00 BC",
        "\"0044-03-15T12:00:00+00:00 BC\"");
    row("infinite time", JsonKind::DateTime, "-infinity", "\"-infinity\"");
    row("json", JsonKind::Verbatim, "{ \"a\" :\n1}", "{ \"a\" :\n1}");
}

void TestFormats::writesJsonValues()
{
    QFETCH(const JsonKind, kind);
    QFETCH(const QByteArray, value);
    QFETCH(const QByteArray, json);
    const FormatColumns columns{{.name = "k", .kind = kind}};
    QCOMPARE(formatted(ExportFormat::JsonLines, columns, {Row{value}, Row{std::nullopt}}),
             "{\"k\":" + json + "}\n{\"k\":null}\n");
}

void TestFormats::writesJsonArrays()
{
    const FormatColumns columns{{.name = "i", .kind = JsonKind::Number, .isArray = true},
                                {.name = "t", .isArray = true},
                                {.name = "x", .isArray = true, .arrayDelimiter = ';'}};
    const std::vector<Row> rows{
        {"{}", "{}", "{}"},
        {"{{1,NULL},{-3,NaN}}", "[0:1]={\"a\\\"b\\\\\",\"NULL\"}", "{(1,2);(3,4)}"},
        {"[-1:0][2:3]={{1,2},{3,4}}", "{NULL,nUll,\"\",\"a,b\",\"{\"}", "{NULL}"},
    };
    QCOMPARE(formatted(ExportFormat::JsonLines, columns, rows),
             "{\"i\":[],\"t\":[],\"x\":[]}\n"
             "{\"i\":[[1,null],[-3,\"NaN\"]],\"t\":[\"a\\\"b\\\\\",\"NULL\"],"
             "\"x\":[\"(1,2)\",\"(3,4)\"]}\n"
             "{\"i\":[[1,2],[3,4]],\"t\":[null,\"nUll\",\"\",\"a,b\",\"{\"],\"x\":[null]}\n"_ba);
}

void TestFormats::writesJsonKeys()
{
    QCOMPARE(
        formatted(ExportFormat::Json, named({"a\"\n", "a\"\n"}), {Row{"1", "2"}, Row{"3", "4"}}),
        "[\n{\"a\\\"\\n\":\"1\",\"a\\\"\\n\":\"2\"},\n"
        "{\"a\\\"\\n\":\"3\",\"a\\\"\\n\":\"4\"}\n]\n"_ba);
    QCOMPARE(formatted(ExportFormat::Json, named({"a"}), {}), "[\n\n]\n"_ba);
    QCOMPARE(formatted(ExportFormat::JsonLines, {}, {Row{}, Row{}}), "{}\n{}\n"_ba);
}

void TestFormats::writesText()
{
    QCOMPARE(formatted(ExportFormat::Tsv, named({"a\tb", "c"}),
                       {Row{"\b\t\n\v\f\r\\x", std::nullopt}, Row{"", "\\N"}}),
             "a\\tb\tc\n\\b\\t\\n\\v\\f\\r\\\\x\t\\N\n\t\\\\N\n"_ba);
}

void TestFormats::worksAcrossTheBuffer()
{
    // Cells larger than the buffer and its pieces, full of what grows when it is escaped.
    const QByteArray nasty = QByteArray(9'000'000, '\x01') + '"' + QByteArray(300'000, ',');
    QByteArray escaped = "{\"a\":\"";
    for (int count = 0; count < 9'000'000; ++count)
        escaped += "\\u0001";
    escaped += "\\\"" + QByteArray(300'000, ',') + "\"}\n";
    QVERIFY(formatted(ExportFormat::JsonLines, named({"a"}), {Row{nasty}}) == escaped);
    QByteArray quoted = nasty;
    quoted.replace('"', "\"\"");
    QVERIFY(formatted(ExportFormat::Csv, named({"a"}), {Row{nasty}}, {.header = false})
            == '"' + quoted + "\"\n");
}

void TestFormats::quotesOfAnyNumber()
{
    // Around the size up to which a value is quoted in one piece.
    const qsizetype largest = core::OutBuffer::largestPiece / 2;
    for (const qsizetype count : {qsizetype(1), qsizetype(2), largest - 2, largest - 1, largest,
                                  largest + 1, 2 * largest}) {
        const QByteArray quoted = '"' + QByteArray(2 * count, '"') + '"';
        QVERIFY(formatted(ExportFormat::Csv, named({"a", "b"}), {Row{QByteArray(count, '"'), "x,"}},
                          {.header = false})
                == quoted + ",\"x,\"\n");
    }
}

void TestFormats::keepsTerminalsSafe()
{
    const core::FormatOptions safe{.header = true, .stripControls = true};
    const std::vector<Row> rows{Row{"\x1b]0;title\x07"_ba, "\u009b31m\x7fü"_ba}};
    for (const ExportFormat format : {ExportFormat::Csv, ExportFormat::Tsv, ExportFormat::JsonLines,
                                      ExportFormat::Json, ExportFormat::Table}) {
        const QByteArray text = formatted(format, named({"a\x1b", "b"}), rows, safe);
        for (const QByteArray &control : {"\x1b"_ba, "\x07"_ba, "\x7f"_ba, "\u009b"_ba})
            QVERIFY2(!text.contains(control), text.toHex());
        QVERIFY2(text.contains("ü"), text);
    }
    QCOMPARE(formatted(ExportFormat::Csv, named({"a", "b"}), rows, safe),
             "a,b\n]0;title,31mü\n"_ba);
}

void TestFormats::filtersAcrossPieces()
{
    core::TerminalFilter filter;
    QByteArray kept;
    for (const QByteArrayView piece : {"a\xc2", "\x9bz\xc2", "\xa9\xc3", "\xbc\tz\n"})
        kept += filter.filtered(piece);
    QCOMPARE(kept, "az©ü\tz\n"_ba);
}

QTEST_GUILESS_MAIN(TestFormats)
#include "tst_formats.moc"

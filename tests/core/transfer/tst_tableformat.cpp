// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/displaywidth.h"
#include "formatting.h"

#include <QTest>

using namespace Qt::StringLiterals;
using core::ExportFormat;
using core::FormatColumns;
using test::formatted;
using test::named;
using test::Row;

class TestTableFormat : public QObject
{
    Q_OBJECT

private slots:
    void alignsColumns();
    void staysOnOneLine();
    void widensOnlyForTheSample();
    void cutsVeryLongValues();
    void hasNoColumns();
    void measuresWidth_data();
    void measuresWidth();
};

void TestTableFormat::alignsColumns()
{
    const FormatColumns columns{
        {.name = "id", .alignRight = true}, {.name = "名前"}, {.name = "c"}};
    const std::vector<Row> rows{{"1", "漢字テスト", "x"}, {"1000", std::nullopt, ""}};
    QCOMPARE(
        formatted(ExportFormat::Table, columns, rows),
        "   id | 名前       | c\n"
        "------+------------+------\n"
        "    1 | 漢字テスト | x\n"
        " 1000 | NULL       | \n"
        "(2 rows)\n"_ba.replace("c\n------+------------+------", "c\n------+------------+---"));
}

void TestTableFormat::staysOnOneLine()
{
    QCOMPARE(formatted(ExportFormat::Table, named({"a\nb"}), {Row{"x\n\t\x1b[1m\u0085"}},
                       {.header = false}),
             " x\\n\\t\\x1b[1m\\x85\n"_ba);
}

void TestTableFormat::widensOnlyForTheSample()
{
    const std::vector<Row> rows{{"1", "a"}, {"22", "b"}, {"333", "c"}};
    QCOMPARE(
        formatted(ExportFormat::Table, named({"x", "y"}), rows, {.header = false, .sampleRows = 2}),
        " 1  | a\n 22 | b\n 333 | c\n"_ba);
}

void TestTableFormat::cutsVeryLongValues()
{
    const QByteArray text =
        formatted(ExportFormat::Table, named({"x"}), {Row{QByteArray(100'000, 'x')}});
    QVERIFY(text.contains("x…\n"));
    QVERIFY(text.size() < 20'000);
}

void TestTableFormat::hasNoColumns()
{
    QCOMPARE(formatted(ExportFormat::Table, {}, {Row{}, Row{}, Row{}}), "\n\n\n\n\n(3 rows)\n"_ba);
}

void TestTableFormat::measuresWidth_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::newRow("Latin") << u"abc"_s << 3;
    QTest::newRow("combining") << u"e\u0301"_s << 1;
    QTest::newRow("wide") << u"漢字"_s << 4;
    QTest::newRow("full width") << u"Ａ"_s << 2;
    QTest::newRow("half width") << u"ｱ"_s << 1;
    QTest::newRow("emoji") << u"😀"_s << 2;
    QTest::newRow("joiner and marks") << u"\u200b\u202e\ufeff"_s << 0;
    QTest::newRow("Hangul") << u"한"_s << 2;
    QTest::newRow("Hebrew") << u"שלום"_s << 4;
    QTest::newRow("empty") << u""_s << 0;
}

void TestTableFormat::measuresWidth()
{
    QFETCH(const QString, text);
    QFETCH(const int, width);
    QCOMPARE(core::displayWidth(text), width);
}

QTEST_GUILESS_MAIN(TestTableFormat)
#include "tst_tableformat.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/valuetext.h"

#include <QTest>

using namespace Qt::StringLiterals;
using core::Cell;
using core::CellText;
using core::TextMark;
using core::TypeCategory;

class TestValueText : public QObject
{
    Q_OBJECT

private slots:
    void shown_data();
    void shown();
    void marksCoverWhatIsNotTheValue_data();
    void marksCoverWhatIsNotTheValue();
    void states();
    void cutBetweenGraphemes_data();
    void cutBetweenGraphemes();
    void cutByTheServer();
    void costsNothingToCutAGiant();
    void reusedTextForgets();
    void bytea_data();
    void bytea();
    void sizes_data();
    void sizes();
};

void TestValueText::shown_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::addColumn<bool>("complex");
    const auto row = [](const char *name, const QByteArray &bytes, const QString &text,
                        bool complex = false) { QTest::newRow(name) << bytes << text << complex; };
    row("plain", "INV-2026-04417", u"INV-2026-04417"_s);
    row("Latin-1", "gr\xc3\xbc\xc3\x9f", u"grüß"_s);
    row("Latin extended",
        "\xc5\x82\xc3\xb3"
        "d\xc5\xba",
        u"łódź"_s);
    row("Arabic", "\xd9\x85\xd8\xb1", u"مر"_s, true);
    row("emoji", "\xf0\x9f\x98\x80", u"😀"_s, true);
    row("spaces at both ends", "  gold ", u"··gold·"_s);
    row("spaces between", "a  b", u"a  b"_s);
    row("only spaces", "   ", u"···"_s);
    row("space before a line break", "a \n", u"a  ↵ "_s);
    row("space after a line break", "a\n ", u"a ↵ ·"_s);
    row("line feed", "first\nsecond", u"first ↵ second"_s);
    row("carriage return too", "first\r\nsecond", u"firstU+000D ↵ second"_s);
    row("tab", "a\tb", u"a → b"_s);
    row("escape", "\x1b[31m", u"U+001B[31m"_s);
    row("delete", "a\x7f", u"aU+007F"_s);
    row("C1", "\xc2\x85", u"U+0085"_s);
    row("right-to-left override",
        "abc\xe2\x80\xae"
        "fdp.exe",
        u"abcU+202Efdp.exe"_s);
    row("isolates", "\xe2\x81\xa6x\xe2\x81\xa9", u"U+2066xU+2069"_s);
    row("Arabic letter mark", "\xd8\x9c", u"U+061C"_s);
    row("zero width space",
        "a\xe2\x80\x8b"
        "b",
        u"aU+200Bb"_s);
    row("no-break space",
        "1\xc2\xa0"
        "000",
        u"1U+00A0000"_s);
    row("ideographic space inside", "\xe6\x97\xa5\xe3\x80\x80\xe6\x9c\xac", u"日\u3000本"_s, true);
    row("soft hyphen",
        "a\xc2\xad"
        "b",
        u"aU+00ADb"_s);
    row("byte order mark",
        "\xef\xbb\xbf"
        "id",
        u"U+FEFFid"_s);
    row("line separator", "\xe2\x80\xa8", u"U+2028"_s);
    row("tag characters", "\xf3\xa0\x81\xa1", u"U+E0061"_s);
    row("noncharacter", "\xef\xbf\xbf", u"U+FFFF"_s);
    row("joiner in an emoji", "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", u"👩\u200d💻"_s,
        true);
    row("non-joiner in Persian", "\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xae", u"می\u200cخ"_s, true);
    row("joiner between Latin letters",
        "a\xe2\x80\x8d"
        "b",
        u"aU+200Db"_s);
    row("joiner at the end", "\xd9\x85\xe2\x80\x8d", u"مU+200D"_s, true);
    row("Latin-1 bytes", "caf\xe9", u"caf\\xE9"_s);
    row("cut sequence", "a\xe2\x82", u"a\\xE2\\x82"_s);
    row("overlong slash", "\xc0\xaf", u"\\xC0\\xAF"_s);
    row("surrogate", "\xed\xa0\x80", u"\\xED\\xA0\\x80"_s);
    row("beyond Unicode", "\xf4\x90\x80\x80", u"\\xF4\\x90\\x80\\x80"_s);
    row("backslashes of the value itself", "\\xE9", u"\\xE9"_s);
    row("markup", "<b>&amp;</b>", u"<b>&amp;</b>"_s);
}

void TestValueText::shown()
{
    QFETCH(const QByteArray, bytes);
    const CellText text = core::cellText(bytes, TypeCategory::Text);
    QTEST(text.text, "text");
    QTEST(text.complex, "complex");
    QCOMPARE(text.kind, CellText::Kind::Value);
    QVERIFY(!text.cut);
}

void TestValueText::marksCoverWhatIsNotTheValue_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("marked");
    QTest::addColumn<QList<int>>("kinds");
    using Kind = TextMark::Kind;
    const auto row = [](const char *name, const QByteArray &bytes, const QStringList &marked,
                        const QList<Kind> &kinds) {
        QList<int> numbers;
        for (const Kind kind : kinds)
            numbers.append(int(kind));
        QTest::newRow(name) << bytes << marked << numbers;
    };
    row("none", "plain", {}, {});
    row("the value's own middle dot is none", "a·"_ba, {}, {});
    row("spaces", " a ", {u"·"_s, u"·"_s}, {Kind::Space, Kind::Space});
    row("breaks", "a\n\tb", {u" ↵ "_s, u" → "_s}, {Kind::Break, Kind::Break});
    row("control and invalid", "\x01\xff", {u"U+0001"_s, u"\\xFF"_s},
        {Kind::Control, Kind::Invalid});
    row("size", QByteArray(2'000, 'x'), {u" … 1.9 KB"_s}, {Kind::Size});
}

void TestValueText::marksCoverWhatIsNotTheValue()
{
    QFETCH(const QByteArray, bytes);
    const CellText text = core::cellText(bytes, TypeCategory::Text);
    QStringList marked;
    QList<int> kinds;
    int end = 0;
    for (const TextMark &mark : text.marks) {
        QVERIFY(mark.begin >= end);
        end = mark.begin + mark.length;
        QVERIFY(end <= text.text.size());
        marked.append(text.text.mid(mark.begin, mark.length));
        kinds.append(int(mark.kind));
    }
    QTEST(marked, "marked");
    QTEST(kinds, "kinds");
}

void TestValueText::states()
{
    CellText text;
    Cell cell;
    core::setCellText(text, cell, TypeCategory::Text);
    QCOMPARE(text.kind, CellText::Kind::Missing);
    QVERIFY(text.text.isEmpty());
    cell.state = Cell::State::Gone;
    core::setCellText(text, cell, TypeCategory::Number);
    QCOMPARE(text.kind, CellText::Kind::Gone);
    QVERIFY(!text.text.isEmpty());
    cell.state = Cell::State::Present;
    core::setCellText(text, cell, TypeCategory::Text);
    QCOMPARE(text.kind, CellText::Kind::Empty);
    cell.isNull = true;
    core::setCellText(text, cell, TypeCategory::Boolean);
    QCOMPARE(text.kind, CellText::Kind::Null);
    // A text that says NULL or '' is a value like any other.
    QCOMPARE(core::cellText("NULL", TypeCategory::Text).kind, CellText::Kind::Value);
    QCOMPARE(core::cellText("''", TypeCategory::Text).kind, CellText::Kind::Value);
    QCOMPARE(core::cellText("t", TypeCategory::Boolean).text, u"true"_s);
    QCOMPARE(core::cellText("f", TypeCategory::Boolean).text, u"false"_s);
    QCOMPARE(core::cellText("f", TypeCategory::Boolean).kind, CellText::Kind::False);
    QCOMPARE(core::cellText("f", TypeCategory::Text).text, u"f"_s);
}

void TestValueText::cutBetweenGraphemes_data()
{
    QTest::addColumn<QByteArray>("tail"); // stands across the limit of ten units
    QTest::addColumn<int>("kept");
    QTest::newRow("letters") << "xyz"_ba << 10;
    QTest::newRow("emoji across the limit") << "x\xf0\x9f\x98\x80yz"_ba << 11;
    QTest::newRow("accent across the limit") << QByteArray("xe\xcc\x81yz") << 9 + 1;
    QTest::newRow("family across the limit")
        << QByteArray("\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbbyz") << 8;
}

void TestValueText::cutBetweenGraphemes()
{
    QFETCH(const QByteArray, tail);
    QFETCH(const int, kept);
    const CellText text = core::cellText("12345678" + tail, TypeCategory::Text, 10);
    QVERIFY(text.cut);
    const QString shown = text.text.left(text.marks.back().begin);
    QVERIFY2(shown.size() <= 11, qPrintable(shown));
    QVERIFY(u"12345678"_s + QString::fromUtf8(tail) != shown);
    QVERIFY((u"12345678"_s + QString::fromUtf8(tail)).startsWith(shown));
    QCOMPARE(int(shown.size()), kept);
}

void TestValueText::cutByTheServer()
{
    CellText text;
    Cell cell;
    cell.state = Cell::State::Present;
    cell.bytes = "Split over two";
    cell.fullSize = 4096;
    core::setCellText(text, cell, TypeCategory::Text);
    QCOMPARE(text.text, u"Split over two … 4 KB"_s);
    QVERIFY(text.cut);
    cell.bytes = "\\x89504e47";
    cell.fullSize = 49'152;
    core::setCellText(text, cell, TypeCategory::Binary);
    QCOMPARE(text.text, u"\\x89504e47 … 48 KB"_s);
}

void TestValueText::costsNothingToCutAGiant()
{
    // The same work for a value and for its beginning: only the size that is named may differ.
    const QByteArray giant(100'000'000, 'g');
    const CellText whole = core::cellText(giant, TypeCategory::Text);
    const CellText part = core::cellText(QByteArrayView(giant).first(300), TypeCategory::Text);
    QCOMPARE(whole.marks.size(), 1U);
    QCOMPARE(whole.marks.back().begin, core::cellTextLimit);
    QCOMPARE(part.marks.back().begin, core::cellTextLimit);
    QCOMPARE(whole.text.mid(core::cellTextLimit), u" … 95 MB"_s);
}

void TestValueText::reusedTextForgets()
{
    CellText text =
        core::cellText(QByteArray(" \x01\n") + QByteArray(1'000, 'x'), TypeCategory::Text);
    Cell cell;
    cell.state = Cell::State::Present;
    cell.bytes = "7";
    core::setCellText(text, cell, TypeCategory::Number);
    QCOMPARE(text, core::cellText("7", TypeCategory::Number));
}

void TestValueText::bytea_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("empty bytea") << "\\x"_ba << u"\\x"_s;
    QTest::newRow("short") << "\\xdeadbeef"_ba << u"\\xdeadbeef"_s;
    QTest::newRow("sixteen bytes") << "\\x" + QByteArray(32, 'a') << u"\\x"_s + QString(32, u'a');
    QTest::newRow("seventeen bytes") << "\\x" + QByteArray(34, 'a') << u"\\xaaaaaaaa … 17 bytes"_s;
    QTest::newRow("escape output") << "\\000abc"_ba << u"\\000abc"_s;
}

void TestValueText::bytea()
{
    QFETCH(const QByteArray, bytes);
    QTEST(core::cellText(bytes, TypeCategory::Binary).text, "text");
}

void TestValueText::sizes_data()
{
    QTest::addColumn<qint64>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("none") << qint64(0) << u"0 bytes"_s;
    QTest::newRow("one") << qint64(1) << u"1 byte"_s;
    QTest::newRow("71") << qint64(71) << u"71 bytes"_s;
    QTest::newRow("1023") << qint64(1023) << u"1023 bytes"_s;
    QTest::newRow("1 KB") << qint64(1024) << u"1 KB"_s;
    QTest::newRow("under 2 KB") << qint64(2047) << u"1.9 KB"_s;
    QTest::newRow("48 KB") << qint64(49'152) << u"48 KB"_s;
    QTest::newRow("under 1 MB") << qint64(1'048'575) << u"1,023 KB"_s;
    QTest::newRow("3.1 GB") << qint64(3'435'973'837) << u"3.1 GB"_s;
    QTest::newRow("most") << std::numeric_limits<qint64>::max() << u"7.9 EB"_s;
}

void TestValueText::sizes()
{
    QFETCH(const qint64, bytes);
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTEST(core::sizeText(bytes), "text");
}

QTEST_GUILESS_MAIN(TestValueText)
#include "tst_valuetext.moc"

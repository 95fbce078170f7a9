// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/position.h"

#include <QTest>

using namespace Qt::StringLiterals;
using core::TextPosition;

class TestPosition : public QObject
{
    Q_OBJECT

private slots:
    void findsCharacters_data();
    void findsCharacters();
    void countsFromTheStatement();
    void clampsToTheText();
    void agreesWithQString();
    void endsTokens_data();
    void endsTokens();
};

void TestPosition::findsCharacters_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("character");
    QTest::addColumn<int>("byte");
    QTest::addColumn<int>("utf16");
    QTest::addColumn<int>("line");
    QTest::addColumn<int>("column");
    QTest::newRow("first") << "select"_ba << 1 << 0 << 0 << 1 << 1;
    QTest::newRow("ASCII") << "select x"_ba << 8 << 7 << 7 << 1 << 8;
    QTest::newRow("umlaut") << "'ä' x"_ba << 5 << 5 << 4 << 1 << 5;
    QTest::newRow("emoji") << "'😀' x"_ba << 5 << 7 << 5 << 1 << 5;
    QTest::newRow("LF") << "a\nbc"_ba << 4 << 3 << 3 << 2 << 2;
    QTest::newRow("CRLF") << "a\r\nbc"_ba << 5 << 4 << 4 << 2 << 2;
    QTest::newRow("CR") << "a\rbc"_ba << 4 << 3 << 3 << 2 << 2;
    QTest::newRow("between CR and LF") << "a\r\nb"_ba << 3 << 2 << 2 << 1 << 3;
    QTest::newRow("tab is one column") << "\t\tx"_ba << 3 << 2 << 2 << 1 << 3;
    QTest::newRow("invalid bytes count one each") << "\xff\xc3(x"_ba << 4 << 3 << 3 << 1 << 4;
    QTest::newRow("cut sequence at the end") << "a\xf0\x9f\x98"_ba << 4 << 3 << 3 << 1 << 4;
    QTest::newRow("end") << "ab"_ba << 3 << 2 << 2 << 1 << 3;
}

void TestPosition::findsCharacters()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, character);
    QFETCH(const int, byte);
    QFETCH(const int, utf16);
    QFETCH(const int, line);
    QFETCH(const int, column);
    const TextPosition expected{byte, utf16, character, line, column};
    const TextPosition found = core::positionOfCharacter(text, character);
    QCOMPARE(found, expected);
    QCOMPARE(core::positionOfByte(text, byte), expected);
}

void TestPosition::countsFromTheStatement()
{
    const QByteArray text = "select 'ö';\r\nselect 😀 fro";
    const qsizetype begin = text.indexOf("select 😀");
    const TextPosition found = core::positionOfCharacter(text, 10, begin);
    QCOMPARE(found.byte, text.indexOf("fro"));
    QCOMPARE(found.line, 2);
    QCOMPARE(found.column, 10);
}

void TestPosition::clampsToTheText()
{
    QCOMPARE(core::positionOfCharacter("ab", 100).byte, 2);
    QCOMPARE(core::positionOfCharacter("ab", 0).byte, 0);
    QCOMPARE(core::positionOfByte("ab", 100).byte, 2);
    QCOMPARE(core::positionOfByte("ab", -5).byte, 0);
    QCOMPARE(core::positionOfCharacter("", 1), TextPosition{});
    QCOMPARE(core::positionOfByte("ä", 1).byte, 0);
}

void TestPosition::agreesWithQString()
{
    const QByteArray text = "a\u00e4\u20ac😀\xed\xa0\x80z"; // with a surrogate, which UTF-8 has not
    for (qsizetype byte = 0; byte <= text.size(); ++byte) {
        const TextPosition found = core::positionOfByte(text, byte);
        QCOMPARE(found.utf16, QString::fromUtf8(QByteArrayView(text).first(found.byte)).size());
    }
}

void TestPosition::endsTokens_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("byte");
    QTest::addColumn<int>("end");
    QTest::newRow("word") << "select fro x"_ba << 7 << 10;
    QTest::newRow("string") << "a 'b c' d"_ba << 2 << 7;
    QTest::newRow("operator") << "a + b"_ba << 2 << 3;
    QTest::newRow("a blank") << "a  b"_ba << 1 << 2;
    QTest::newRow("emoji") << "😀 b"_ba << 0 << 4;
    QTest::newRow("end of the text") << "a"_ba << 1 << 1;
}

void TestPosition::endsTokens()
{
    QFETCH(const QByteArray, text);
    QFETCH(const int, byte);
    QFETCH(const int, end);
    QCOMPARE(core::endOfToken(text, byte), end);
}

QTEST_GUILESS_MAIN(TestPosition)
#include "tst_position.moc"

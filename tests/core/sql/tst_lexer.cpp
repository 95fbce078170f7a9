// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/lexer.h"

#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using core::SqlLexer;
using core::SqlToken;

class TestLexer : public QObject
{
    Q_OBJECT

private slots:
    void cutsTokens_data();
    void cutsTokens();
    void goesThroughAnyBytes();
    void comparesWords();
};

void TestLexer::cutsTokens_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("tokens");
    const auto row = [](const char *name, QByteArray text, QByteArrayList tokens) {
        QTest::newRow(name) << std::move(text) << std::move(tokens);
    };
    row("words and operators", "select a+1", {"select", "a", "+", "1"});
    row("doubled quote", "'it''s'x", {"'it''s'", "x"});
    row("backslash is plain in a string", R"('a\';b)", {R"('a\')", ";", "b"});
    row("escape string", R"(E'a\';'b)", {R"(E'a\';')", "b"});
    row("escape string, lower case", R"(e'\\';)", {R"(e'\\')", ";"});
    row("escape string goes on", "E'a'\n  'b\\';c' d", {"E'a'\n  'b\\';c'", "d"});
    row("escape string goes on past a comment", "E'a' -- c\n 'b\\'' d",
        {"E'a' -- c\n 'b\\''", "d"});
    row("no continuation on one line", "E'a' 'b\\'", {"E'a'", "'b\\'"});
    row("a word that ends in e", R"(type'\' x)", {"type", R"('\')", "x"});
    row("prefixes", "b'1' X'f' n'x' U&'y'", {"b'1'", "X'f'", "n'x'", "U", "&", "'y'"});
    row("identifier", R"("a""b;"."c")", {R"("a""b;")", ".", R"("c")"});
    row("dollar strings", "$$;'$$ $a$ $$ $b$ $a$", {"$$;'$$", "$a$ $$ $b$ $a$"});
    row("dollar inside a word", "a$b$ c$1", {"a$b$", "c$1"});
    row("dollar behind a number", "1$$;$$", {"1", "$$;$$"});
    row("tag with umlaut", "$ä$;$ä$", {"$ä$;$ä$"});
    row("tag cannot begin with a digit", "$1a$", {"$1", "a$"});
    row("parameter", "$1$$x$$", {"$1", "$$x$$"});
    row("lone dollar", "$ 1", {"$", "1"});
    row("line comment", "1 -- ;'\n2", {"1", "-- ;'", "2"});
    row("line comment, CR", "1 --x\r2", {"1", "--x", "2"});
    row("comment in an operator", "1+--x\n2", {"1", "+", "--x", "2"});
    row("nested comment", "/* /* ; */ ' */1", {"/* /* ; */ ' */", "1"});
    row("slash star slash", "/*/ */1", {"/*/ */", "1"});
    row("stars", "/***/1", {"/***/", "1"});
    row("unclosed string", "'a;b", {"'a;b"});
    row("unclosed comment", "/* /* */", {"/* /* */"});
    row("unclosed dollar string", "$a$ $b$", {"$a$ $b$"});
    row("unclosed escape", "E'\\", {"E'\\"});
    row("backslash", "\\d x", {"\\", "d", "x"});
    row("UTF-8 words", "größe, 表", {"größe", ",", "表"});
    row("number with letters", "1e10 0x1F 12_3", {"1e10", "0x1F", "12_3"});
    row("blanks of every kind", " \t\n\r\v\f1", {"1"});
    row("nothing", "", {});
}

void TestLexer::cutsTokens()
{
    QFETCH(const QByteArray, text);
    QFETCH(const QByteArrayList, tokens);
    QByteArrayList found;
    SqlLexer lexer(text);
    for (SqlToken token = lexer.next(); token.kind != SqlToken::Kind::End; token = lexer.next())
        found.append(lexer.textOf(token).toByteArray());
    QCOMPARE(found, tokens);
}

void TestLexer::goesThroughAnyBytes()
{
    QRandomGenerator random(17);
    const QByteArrayView bytes("'\"$-/*;()\\eE \nab1\0\xc3\xa4\xff", 22);
    for (int round = 0; round < 20'000; ++round) {
        QByteArray text;
        for (int length = random.bounded(40); length > 0; --length)
            text.append(bytes[random.bounded(int(bytes.size()))]);
        SqlLexer lexer(text);
        qsizetype at = 0;
        SqlToken token = lexer.next();
        for (; token.kind != SqlToken::Kind::End; token = lexer.next()) {
            QVERIFY2(token.begin >= at && token.end > token.begin && token.end <= text.size(),
                     text.toHex().constData());
            QVERIFY2(text.sliced(at, token.begin - at).trimmed().isEmpty(),
                     text.toHex().constData());
            at = token.end;
        }
        QCOMPARE(token.end, text.size());
    }
}

void TestLexer::comparesWords()
{
    QVERIFY(core::isWord("SeLeCt", "select"));
    QVERIFY(!core::isWord("selects", "select"));
    QVERIFY(!core::isWord("\xc3\x9f", "ss"));
    QVERIFY(!core::isWord("@", "`"));
}

QTEST_GUILESS_MAIN(TestLexer)
#include "tst_lexer.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/codetokens.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestCodeTokens : public QObject
{
    Q_OBJECT

private slots:
    void tokens_data();
    void tokens();
    void values_data();
    void values();
    void objects();
    void hugeAndHostile();
};

void TestCodeTokens::tokens_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("tokens");
    QTest::newRow("words") << u"a.b = 12"_s << u"a|.|b|=|12"_s;
    QTest::newRow("comments") << u"a // b\n/* c\n\"d */ e"_s << u"a|e"_s;
    QTest::newRow("texts") << uR"("a//b" 'c"d' `e${f}g`)"_s << u"a//b|c\"d|e${f}g"_s;
    QTest::newRow("escapes") << uR"("a\"b\n")"_s << u"a\"b\n"_s;
    QTest::newRow("text not ended") << u"'a\nb"_s << u"a|b"_s;
    QTest::newRow("pattern") << uR"(x = /["'`]/, y)"_s << u"x|=|,|y"_s;
    QTest::newRow("division") << u"a / b / c"_s << u"a|/|b|/|c"_s;
    QTest::newRow("nothing") << u""_s << u""_s;
}

void TestCodeTokens::tokens()
{
    QFETCH(QString, text);
    QStringList tokens;
    for (const CodeToken &token : codeTokens(text))
        tokens << token.text;
    QTEST(tokens.join(u'|'), "tokens");
}

void TestCodeTokens::values_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("parts"); // $NAME for variables; empty = cannot be read
    const auto row = [](const char *name, const QString &value, const QString &parts) {
        QTest::newRow(name) << value << parts;
    };
    row("text", u"'postgres://h/d'"_s, u"postgres://h/d"_s);
    row("process.env", u"process.env.DATABASE_URL"_s, u"$DATABASE_URL"_s);
    row("not null", u"process.env.DATABASE_URL!"_s, u"$DATABASE_URL"_s);
    row("as string", u"process.env.A as string"_s, u"$A"_s);
    row("brackets", u"process.env['A']"_s, u"$A"_s);
    row("optional chain", u"process?.env?.A"_s, u"$A"_s);
    row("import.meta", u"import.meta.env.A"_s, u"$A"_s);
    row("checked env", u"env.DATABASE_URL"_s, u"$DATABASE_URL"_s);
    row("Bun", u"Bun.env.A"_s, u"$A"_s);
    row("Deno", u"Deno.env.get(\"A\")"_s, u"$A"_s);
    row("Prisma's env", u"env(\"A\")"_s, u"$A"_s);
    row("otherwise", u"process.env.A ?? 'x'"_s, u"$A otherwise x"_s);
    row("or", u"process.env.A || \"x\""_s, u"$A otherwise x"_s);
    row("or nothing", u"process.env.A || ''"_s, u"$A"_s);
    row("template", u"`postgres://${process.env.U}:x@h/d`"_s, u"postgres://+$U+:x@h/d"_s);
    row("template with otherwise", u"`postgres://${process.env.H ?? 'h'}/d`"_s,
        u"postgres://+$H+/d otherwise h"_s);
    row("sum, and something behind it", u"process.env.A + process.env.B ?? 'x'"_s, u"$A+$B"_s);
    row("sum", u"'postgres://' + process.env.H + '/d'"_s, u"postgres://+$H+/d"_s);
    row("number", u"5432"_s, u"5432"_s);
    row("number of a text", u"Number(process.env.PORT)"_s, u"$PORT"_s);
    row("with a base", u"parseInt(process.env.PORT, 10)"_s, u"$PORT"_s);
    row("constant", u"url"_s, u"$URL_OF_ALL"_s);
    row("constant of a template", u"`${url}?x=1`"_s, u"$URL_OF_ALL+?x=1"_s);
    row("unknown name", u"elsewhere"_s, {});
    row("a function of its own", u"makeUrl()"_s, {});
    row("a choice", u"isProd ? 'a' : 'b'"_s, {});
    row("a choice by a variable", u"process.env.A ? 'a' : 'b'"_s, {});
    row("command in a template", u"`${require('child_process').execSync('id')}`"_s, {});
    row("itself", u"loop"_s, {});
    row("nothing", {}, {});
}

void TestCodeTokens::values()
{
    QFETCH(QString, value);
    const std::vector<CodeToken> all =
        codeTokens(u"const url: string = process.env.URL_OF_ALL!;\nconst loop = loop;\n"_s);
    const std::vector<CodeToken> tokens = codeTokens(value);
    const CodeValue read = readCodeValue(tokens, all);
    QStringList parts;
    QString otherwise;
    for (const CodeValue::Part &part : read.parts) {
        parts << (part.isVariable ? u'$' + part.text : part.text);
        otherwise += part.otherwise;
    }
    QString text = parts.join(u'+');
    if (!otherwise.isEmpty())
        text += " otherwise "_L1 + otherwise;
    QTEST(text, "parts");
}

void TestCodeTokens::objects()
{
    const std::vector<CodeToken> tokens = codeTokens(
        u"export default defineConfig({ a: 1, db: {\n url: 'x', ...rest, port: f(1, 2),\n name, "
        "get(x) { return 1 }, 'quoted': [1, {url: 2}] } })"_s);
    const auto object = findObject(tokens, "db"_L1);
    QVERIFY(object);
    QStringList names;
    for (const CodeProperty &property : *object)
        names << u"%1@%2"_s.arg(property.name).arg(property.line);
    QCOMPARE(names.join(u' '), u"url@2 port@2 name@3 quoted@3"_s);
    QVERIFY(!findObject(tokens, "nobody"_L1));
    QCOMPARE(findProperty(tokens, "a"_L1)->value.front().text, u"1"_s);
}

void TestCodeTokens::hugeAndHostile()
{
    for (const QString &piece : {u"{"_s, u"a:{"_s, u"`${"_s, u"("_s, u"/*"_s, u"'\\"_s, u"a+"_s}) {
        const QString text = piece.repeated(100'000);
        const std::vector<CodeToken> tokens = codeTokens(text);
        QVERIFY(tokens.size() <= 200'000);
        [[maybe_unused]] const auto object = findObject(tokens, "a"_L1);
        [[maybe_unused]] const CodeValue value = readCodeValue(tokens, tokens);
    }
}

QTEST_APPLESS_MAIN(TestCodeTokens)
#include "tst_codetokens.moc"

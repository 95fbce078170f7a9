// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/settingtexts.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

class TestSettingTexts : public QObject
{
    Q_OBJECT

private slots:
    void reads_data();
    void reads();
    void errorsNameTheLine_data();
    void errorsNameTheLine();
    void bombsEnd_data();
    void bombsEnd();
    void keysAndTexts();
};

namespace {

Result<SettingTexts> readAs(const QByteArray &format, const QString &text)
{
    if (format == "toml")
        return readTomlTexts(text);
    return format == "yaml" ? readYamlTexts(text) : readJsonTexts(text);
}

/// "path=text@line …"
QString flat(const Result<SettingTexts> &texts)
{
    if (!texts)
        return texts.error().text();
    QStringList parts;
    for (const SettingText &text : *texts)
        parts << u"%1=%2@%3"_s.arg(text.name(), text.text).arg(text.line);
    return parts.join(u' ');
}

QString deep(const QString &open, int depth)
{
    return open.repeated(depth);
}

} // namespace

void TestSettingTexts::reads_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("texts");
    const auto row = [](const char *name, const char *format, const QString &text,
                        const QString &texts) {
        QTest::newRow(name) << QByteArray(format) << text << texts;
    };
    row("toml", "toml", u"a = 'x'\n[t]\nb = 1\nc = [true, \"y\"]\n[z.u]\nd = \"\"\"\nm\"\"\"\n"_s,
        u"a=x@1 t.b=1@3 t.c.0=true@4 t.c.1=y@4 z.u.d=m@6"_s);
    row("toml, empty", "toml", {}, {});
    row("toml, order of the file", "toml", u"[z]\nk=1\n[a]\nk=2\n"_s, u"z.k=1@2 a.k=2@4"_s);
    row("yaml", "yaml", u"a: x\nt:\n  b: 1\n  c: [y, 'z']\nnothing:\n"_s,
        u"a=x@1 t.b=1@3 t.c.0=y@4 t.c.1=z@4"_s);
    row("yaml, alias", "yaml", u"a: &v x\nb: *v\n"_s, u"a=x@1 b=x@1"_s);
    row("yaml, merged", "yaml", u"d: &d\n  p: 1\n  q: 2\ne:\n  <<: *d\n  q: 3\n"_s,
        u"d.p=1@2 d.q=2@3 e.q=3@6 e.p=1@2 e.q=2@3"_s);
    row("yaml, a tag is not obeyed", "yaml", u"a: !!python/object:os.system x\n"_s, u"a=x@1"_s);
    row("yaml, first document", "yaml", u"a: 1\n---\nb: 2\n"_s, u"a=1@1"_s);
    row("json", "json", uR"({"a": "x", "t": {"b": 1.5, "c": [true, "y"]}, "n": null})"_s,
        u"a=x@1 t.b=1.5@1 t.c.0=true@1 t.c.1=y@1 n=null@1"_s);
    row("json with comments", "json",
        u"{ // one\n \"a\": \"http://x\", /* two\n \"b\": 1 */ \"c\": \"d\",\n}"_s,
        u"a=http://x@2 c=d@3"_s);
    row("json, empty", "json", {}, {});
}

void TestSettingTexts::reads()
{
    QFETCH(QByteArray, format);
    QFETCH(QString, text);
    QTEST(flat(readAs(format, text)), "texts");
}

void TestSettingTexts::errorsNameTheLine_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("line");
    QTest::newRow("toml, no value") << "toml"_ba << u"a = 1\nb =\n"_s << 2;
    QTest::newRow("toml, twice") << "toml"_ba << u"a = 1\n\na = 2\n"_s << 3;
    QTest::newRow("toml, control character") << "toml"_ba << u"a = 'x\x01'\n"_s << 1;
    QTest::newRow("yaml, two values") << "yaml"_ba << u"x: 1\na: b: c\n"_s << 2;
    QTest::newRow("yaml, unknown alias") << "yaml"_ba << u"a: *nobody\n"_s << 1;
    QTest::newRow("json, no value") << "json"_ba << u"{\n\"a\": }"_s << 2;
    QTest::newRow("json, not ended") << "json"_ba << u"{\"a\": [1,\n2"_s << 2;
}

void TestSettingTexts::errorsNameTheLine()
{
    QFETCH(QByteArray, format);
    QFETCH(QString, text);
    QFETCH(int, line);
    const Result<SettingTexts> texts = readAs(format, text);
    QVERIFY(!texts);
    QCOMPARE(texts.error().id, "settings.syntax"_ba);
    QVERIFY2(texts.error().message.startsWith(u"Line %1 "_s.arg(line)),
             qPrintable(texts.error().message));
}

void TestSettingTexts::bombsEnd_data()
{
    QTest::addColumn<QByteArray>("format");
    QTest::addColumn<QString>("text");
    QString laughs = u"a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"_s;
    for (int i = 1; i < 40; ++i)
        laughs +=
            u"a%1: &a%1 [*a%2, *a%2, *a%2, *a%2, *a%2, *a%2, *a%2, *a%2]\n"_s.arg(i).arg(i - 1);
    QTest::newRow("yaml, aliases of aliases") << "yaml"_ba << laughs;
    QTest::newRow("yaml, an alias of itself") << "yaml"_ba << u"a: &a\n  b: *a\n  c: 1\n"_s;
    QTest::newRow("yaml, merged into itself") << "yaml"_ba << u"a: &a\n  <<: *a\n  c: 1\n"_s;
    QTest::newRow("yaml, deep") << "yaml"_ba << deep(u"["_s, 50'000);
    QTest::newRow("toml, deep") << "toml"_ba << u"a = "_s + deep(u"["_s, 50'000);
    QTest::newRow("json, deep") << "json"_ba << deep(u"["_s, 50'000);
    QTest::newRow("json, deep objects") << "json"_ba << deep(u"{\"a\":"_s, 50'000);
    QTest::newRow("toml, many") << "toml"_ba << u"[[a]]\nb=1\n"_s.repeated(30'000);
}

void TestSettingTexts::bombsEnd()
{
    QFETCH(QByteArray, format);
    QFETCH(QString, text);
    const Result<SettingTexts> texts = readAs(format, text);
    if (texts)
        QVERIFY(texts->size() <= 20'001);
    else
        QVERIFY(texts.error().id.startsWith("settings."));
}

void TestSettingTexts::keysAndTexts()
{
    const SettingTexts texts = readYamlTexts(u"s:\n  b: {x: 1}\n  a: 2\nt: 3\n"_s).value();
    QCOMPARE(keysBelow(texts, {u"s"_s}), (QStringList{u"b"_s, u"a"_s}));
    QCOMPARE(keysBelow(texts, {}), (QStringList{u"s"_s, u"t"_s}));
    QVERIFY(keysBelow(texts, {u"nobody"_s}).isEmpty());
    QVERIFY(findText(texts, {u"s"_s, u"b"_s, u"x"_s}));
    QVERIFY(!findText(texts, {u"s"_s, u"b"_s}));
}

QTEST_APPLESS_MAIN(TestSettingTexts)
#include "tst_settingtexts.moc"

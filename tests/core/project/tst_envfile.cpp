// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envfile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

QMap<QString, QString> lastValues(const std::vector<EnvEntry> &entries)
{
    QMap<QString, QString> values;
    for (const EnvEntry &entry : entries)
        values.insert(entry.key, entry.value);
    return values;
}

QMap<QString, QString> mapOf(const QJsonObject &object)
{
    QMap<QString, QString> values;
    for (auto it = object.begin(); it != object.end(); ++it)
        values.insert(it.key(), it.value().toString());
    return values;
}

QMap<QString, QString> expanded(const QString &text, EnvExpansion expansion,
                                const EnvLookup &outer = {})
{
    std::vector<EnvEntry> entries = parseEnv(text, EnvGrammar::Dotenv);
    (void)expandEnv(entries, expansion, outer);
    return lastValues(entries);
}

} // namespace

class TestEnvFile : public QObject
{
    Q_OBJECT

private slots:
    void golden_data();
    void golden();
    void linesAndQuotes();
    void decodes_data();
    void decodes();
    void cyclesAreNamed_data();
    void cyclesAreNamed();
    void outerValuesWin();
    void hugeFilesStayLinear_data();
    void hugeFilesStayLinear();
};

/// Each row of envgolden.json holds a text and what the loaders' own code answers
/// (data/envgolden.js made it).
void TestEnvFile::golden_data()
{
    QTest::addColumn<QJsonObject>("expected");
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/data/envgolden.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QJsonArray cases = QJsonDocument::fromJson(file.readAll()).array();
    QVERIFY(cases.size() > 100);
    for (qsizetype i = 0; i < cases.size(); ++i)
        QTest::addRow("case %lld", qlonglong(i)) << cases[i].toObject();
}

void TestEnvFile::golden()
{
    QFETCH(QJsonObject, expected);
    const QString text = expected["text"_L1].toString();
    const auto show = qScopeGuard([&] {
        if (QTest::currentTestFailed())
            qWarning().noquote() << QJsonDocument(expected).toJson(QJsonDocument::Compact);
    });
    QCOMPARE(lastValues(parseEnv(text, EnvGrammar::Dotenv)),
             mapOf(expected["dotenv"_L1].toObject()));
    QCOMPARE(lastValues(parseEnv(text, EnvGrammar::NodeParse)),
             mapOf(expected["node"_L1].toObject()));
    const std::pair<QLatin1StringView, EnvExpansion> expansions[] = {
        {"v10"_L1, EnvExpansion::Expand10},
        {"v12"_L1, EnvExpansion::Expand12},
        {"braced"_L1, EnvExpansion::Braced}};
    for (const auto &[name, expansion] : expansions) {
        if (expected[name].isObject())
            QCOMPARE(expanded(text, expansion), mapOf(expected[name].toObject()));
    }
}

void TestEnvFile::linesAndQuotes()
{
    const QString text = u"# first\nA=1\n\nB=\"two\nlines\"\nexport C='x'\nA=`3`\n"_s;
    for (const EnvGrammar grammar : {EnvGrammar::Dotenv, EnvGrammar::NodeParse}) {
        const std::vector<EnvEntry> expected = {
            {u"A"_s, u"1"_s, 2, EnvEntry::Quote::None},
            {u"B"_s, u"two\nlines"_s, 4, EnvEntry::Quote::Double},
            {u"C"_s, u"x"_s, 6, EnvEntry::Quote::Single},
            {u"A"_s, u"3"_s, 7, EnvEntry::Quote::Backtick},
        };
        QCOMPARE(parseEnv(text, grammar), expected);
    }
    QCOMPARE(parseEnv(u"\r\nA=1\r\nB=2"_s, EnvGrammar::Dotenv).back().line, 3);
}

void TestEnvFile::decodes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << "A=é"_ba << ""_ba << u"A=é"_s;
    QTest::newRow("UTF-8 mark") << "\xef\xbb\xbf"
                                   "A=1"_ba
                                << ""_ba << u"A=1"_s;
    QTest::newRow("empty") << ""_ba << ""_ba << u""_s;
    QTest::newRow("UTF-16 LE mark") << "\xff\xfe"
                                       "A\0=\0"_ba
                                    << "envfile.utf16"_ba << u""_s;
    QTest::newRow("UTF-16 BE mark") << "\xfe\xff\0A\0="_ba << "envfile.utf16"_ba << u""_s;
    QTest::newRow("UTF-16 LE bare") << QByteArray("A\0=\0b\0", 6) << "envfile.utf16"_ba << u""_s;
    QTest::newRow("binary") << QByteArray("A=1\n\0\1\2", 7) << "envfile.binary"_ba << u""_s;
    QTest::newRow("latin-1") << "A=1\nB=\xe9\n"_ba << "envfile.encoding"_ba << u""_s;
}

void TestEnvFile::decodes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, id);
    QFETCH(QString, text);
    const Result<QString> decoded = decodeEnvText(bytes);
    QCOMPARE(decoded ? ""_ba : decoded.error().id, id);
    if (decoded)
        QCOMPARE(*decoded, text);
    if (id == "envfile.encoding")
        QVERIFY(decoded.error().message.contains(u"2"));
}

void TestEnvFile::cyclesAreNamed_data()
{
    QTest::addColumn<int>("expansion");
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("unsettled");
    QTest::newRow("10, itself") << int(EnvExpansion::Expand10) << u"A=${A}"_s << 1;
    QTest::newRow("10, two") << int(EnvExpansion::Expand10) << u"A=${B}\nB=${A}\nC=1"_s << 2;
    QTest::newRow("12 knows no later name")
        << int(EnvExpansion::Expand12) << u"A=${B}\nB=${A}"_s << 0;
    QTest::newRow("braced, two") << int(EnvExpansion::Braced) << u"A=${B}\nB=${A}"_s << 2;
    QString doubling = u"A0=0123456789\n"_s;
    for (int i = 1; i < 60; ++i)
        doubling += u"A%1=${A%2}${A%2}\n"_s.arg(i).arg(i - 1);
    QTest::newRow("12, doubling") << int(EnvExpansion::Expand12) << doubling << 47;
}

void TestEnvFile::cyclesAreNamed()
{
    QFETCH(int, expansion);
    QFETCH(QString, text);
    QFETCH(int, unsettled);
    std::vector<EnvEntry> entries = parseEnv(text, EnvGrammar::Dotenv);
    QCOMPARE(int(expandEnv(entries, EnvExpansion(expansion)).size()), unsettled);
}

void TestEnvFile::outerValuesWin()
{
    const EnvLookup outer = [](const QString &name) -> std::optional<QString> {
        return name == "B"_L1 ? std::optional(u"outer"_s) : std::nullopt;
    };
    const QString text = u"B=inner\nA=${B}"_s;
    for (const EnvExpansion expansion :
         {EnvExpansion::Expand10, EnvExpansion::Expand12, EnvExpansion::Braced}) {
        QCOMPARE(expanded(text, expansion).value(u"A"_s), u"inner"_s);
        QCOMPARE(expanded(text, expansion, outer).value(u"A"_s), u"outer"_s);
    }
}

void TestEnvFile::hugeFilesStayLinear_data()
{
    QTest::addColumn<QByteArray>("unit");
    QTest::newRow("empty lines") << "\n"_ba;
    QTest::newRow("open quotes") << "A='\nB=\"\nC=`\n"_ba;
    QTest::newRow("escaped quotes") << "A='\\'\\'\\' x\n"_ba;
    QTest::newRow("keys without values") << "KEY\n"_ba;
    QTest::newRow("export") << "export\n"_ba;
    QTest::newRow("colons") << "A:\n"_ba;
    QTest::newRow("comments") << "# c = '\n"_ba;
    QTest::newRow("blanks") << "          \n"_ba;
}

/// A quadratic scanner needs hours for a mebibyte of these, and the test's time limit ends it.
void TestEnvFile::hugeFilesStayLinear()
{
    QFETCH(QByteArray, unit);
    const QString text = QString::fromLatin1(unit.repeated(1024 * 1024 / unit.size()));
    for (const EnvGrammar grammar : {EnvGrammar::Dotenv, EnvGrammar::NodeParse})
        QVERIFY(parseEnv(text, grammar).size() < size_t(text.size()));
}

QTEST_APPLESS_MAIN(TestEnvFile)
#include "tst_envfile.moc"

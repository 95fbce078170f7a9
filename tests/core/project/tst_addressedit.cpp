// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/addressedit.h"

#include "projectfolder.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;

namespace {

AddressParameter parameter(int line = 1)
{
    return {.source = {.file = u".env"_s, .line = line, .key = u"URL"_s},
            .key = u"pgbouncer"_s,
            .value = u"true"_s};
}

} // namespace

class TestAddressEdit : public QObject
{
    Q_OBJECT

private slots:
    void isSet_data();
    void isSet();
    void isLeftAlone_data();
    void isLeftAlone();
    void refusesAFileThatChanged();
    void linesOfEnvFilesOnly();
};

void TestAddressEdit::isSet_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<int>("line");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char *name, const QByteArray &before, const QByteArray &after,
                        int line = 1) { QTest::newRow(name) << before << line << after; };
    row("bare", "URL=postgres://u:p@h/d\n", "URL=postgres://u:p@h/d?pgbouncer=true\n");
    row("at the end of the file", "URL=postgres://u:p@h/d",
        "URL=postgres://u:p@h/d?pgbouncer=true");
    row("double quotes", "URL=\"postgres://u:p@h/d\" # the pool\nB=2\n",
        "URL=\"postgres://u:p@h/d?pgbouncer=true\" # the pool\nB=2\n");
    row("single quotes", "export URL='postgres://u:p@h/d'\n",
        "export URL='postgres://u:p@h/d?pgbouncer=true'\n");
    row("beside others", "URL=postgres://u@h/d?a=1&b=2\n",
        "URL=postgres://u@h/d?a=1&b=2&pgbouncer=true\n");
    row("in place of another value", "URL=postgres://u@h/d?pgbouncer=false&b=2\n",
        "URL=postgres://u@h/d?pgbouncer=true&b=2\n");
    row("an empty query", "URL=postgres://u@h/d?\n", "URL=postgres://u@h/d?pgbouncer=true\n");
    row("Windows line ends", "A=1\r\nURL=postgres://u@h/d\r\nB=2\r\n",
        "A=1\r\nURL=postgres://u@h/d?pgbouncer=true\r\nB=2\r\n", 2);
    row("that line of two", "URL=postgres://u@h/d\nURL=postgres://u@h/d\n",
        "URL=postgres://u@h/d\nURL=postgres://u@h/d?pgbouncer=true\n", 2);
    row("of parts", "PW=x\nURL=\"postgres://u:${PW}@h/d\"\n",
        "PW=x\nURL=\"postgres://u:${PW}@h/d?pgbouncer=true\"\n", 2);
    row("a byte order mark", "\xEF\xBB\xBFURL=postgres://u@h/d\n",
        "\xEF\xBB\xBFURL=postgres://u@h/d?pgbouncer=true\n");
    row("behind a value of many lines", "KEY=\"one\ntwo\"\nURL=postgres://u@h/d\n",
        "KEY=\"one\ntwo\"\nURL=postgres://u@h/d?pgbouncer=true\n", 3);
}

void TestAddressEdit::isSet()
{
    QFETCH(QByteArray, before);
    QFETCH(int, line);
    QFETCH(QByteArray, after);
    test::Folder folder;
    QVERIFY(folder.write(u".env"_s, before));
    const auto plan = planAddressParameter(folder.path(), parameter(line));
    QVERIFY2(plan, plan ? "" : plan.error().id.constData());
    QCOMPARE(plan->after, after);
    QCOMPARE(plan->before, before);
    QVERIFY(applyEnvFileEdit(*plan));
    QFile file(plan->file);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), after);
}

void TestAddressEdit::isLeftAlone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("id");
    QTest::newRow("another name") << "OTHER=postgres://u@h/d\n"_ba << "env.changed"_ba;
    QTest::newRow("a comment") << "# URL=postgres://u@h/d\n"_ba << "env.changed"_ba;
    QTest::newRow("keywords") << "URL='host=h dbname=d'\n"_ba << "env.notPlain"_ba;
    QTest::newRow("another variable's") << "URL=$OTHER\n"_ba << "env.notPlain"_ba;
    QTest::newRow("a query of parts") << "URL=postgres://u@h/d$QUERY\n"_ba << "env.notPlain"_ba;
    QTest::newRow("a fragment") << "URL='postgres://u@h/d#x'\n"_ba << "env.notPlain"_ba;
    QTest::newRow("escaped") << "URL=\"postgres://u@h/d\\n\"\n"_ba << "env.notPlain"_ba;
    QTest::newRow("UTF-16") << "\xFF\xFEU\0R\0L\0"_ba << "envfile.utf16"_ba;
}

void TestAddressEdit::isLeftAlone()
{
    QFETCH(QByteArray, text);
    test::Folder folder;
    QVERIFY(folder.write(u".env"_s, text));
    const auto plan = planAddressParameter(folder.path(), parameter());
    QVERIFY(!plan);
    QTEST(plan.error().id, "id");
    QVERIFY(!plan.error().message.isEmpty());
}

void TestAddressEdit::refusesAFileThatChanged()
{
    test::Folder folder;
    QVERIFY(folder.write(u".env"_s, "URL=postgres://u@h/d\n"));
    const auto plan = planAddressParameter(folder.path(), parameter());
    QVERIFY(plan);
    QVERIFY(folder.write(u".env"_s, "URL=postgres://u@other/d\n"));
    const auto applied = applyEnvFileEdit(*plan);
    QVERIFY(!applied);
    QCOMPARE(applied.error().id, "env.changed"_ba);
    QVERIFY(QFile::remove(plan->file));
    QVERIFY(!planAddressParameter(folder.path(), parameter()));
}

void TestAddressEdit::linesOfEnvFilesOnly()
{
    QVERIFY(isEnvLine({.file = u"apps/web/.env.local"_s, .line = 3, .key = u"URL"_s}));
    QVERIFY(!isEnvLine({.file = u"schema.prisma"_s, .line = 3, .key = u"url"_s}));
    QVERIFY(!isEnvLine({.key = u"URL"_s})); // of the environment
    QVERIFY(!isEnvLine({.savedId = u"1"_s}));
}

QTEST_GUILESS_MAIN(TestAddressEdit)
#include "tst_addressedit.moc"

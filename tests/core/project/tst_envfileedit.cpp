// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envfileedit.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace core;

class TestEnvFileEdit : public QObject
{
    Q_OBJECT

private slots:
    void plan_data();
    void plan();
    void makesAMissingFile();
    void refusesALink();
    void refusesAFileThatChanged();
    void keepsPermissions();

private:
    static void fill(const QString &path, const QByteArray &content)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
    }
};

void TestEnvFileEdit::plan_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<int>("line");

    QTest::newRow("added at the end")
        << "A=1\n"_ba << u"postgresql://u:p@h/d"_s << "A=1\nURL=postgresql://u:p@h/d\n"_ba << 0;
    QTest::newRow("no newline at the end") << "A=1"_ba << u"x"_s << "A=1\nURL=x\n"_ba << 0;
    QTest::newRow("replaced, the old line kept")
        << "URL=old\nB=2\n"_ba << u"x"_s << "# replaced by Sluice: URL=old\nURL=x\nB=2\n"_ba << 1;
    QTest::newRow("the last one counts")
        << "URL=1\nURL=2\n"_ba << u"x"_s << "URL=1\n# replaced by Sluice: URL=2\nURL=x\n"_ba << 2;
    QTest::newRow("same value stays") << "URL=x\n"_ba << u"x"_s << "URL=x\n"_ba << 1;
    QTest::newRow("windows line ends")
        << "A=1\r\nB=2\r\n"_ba << u"x"_s << "A=1\r\nB=2\r\nURL=x\r\n"_ba << 0;
    QTest::newRow("export is seen")
        << "export URL=1\n"_ba << u"x"_s << "# replaced by Sluice: export URL=1\nURL=x\n"_ba << 1;
    QTest::newRow("a comment is not a key") << "#URL=1\n"_ba << u"x"_s << "#URL=1\nURL=x\n"_ba << 0;
    QTest::newRow("quoted when it must be") << ""_ba << u"a b#c"_s << "URL='a b#c'\n"_ba << 0;
}

void TestEnvFileEdit::plan()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QString, value);
    QFETCH(const QByteArray, after);
    QFETCH(const int, line);
    QTemporaryDir folder;
    const QString path = folder.filePath(u".env"_s);
    fill(path, before);
    const auto plan = planEnvFileEdit(path, {{u"URL"_s, value}});
    QVERIFY(plan);
    QCOMPARE(plan->after, after);
    QCOMPARE(plan->changes.front().line, line);
    QVERIFY(applyEnvFileEdit(*plan));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), after);
}

void TestEnvFileEdit::makesAMissingFile()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u".env"_s);
    const auto plan = planEnvFileEdit(path, {{u"A"_s, u"1"_s}, {u"B"_s, u"2"_s}});
    QVERIFY(plan);
    QVERIFY(plan->creates);
    QVERIFY(applyEnvFileEdit(*plan));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "A=1\nB=2\n"_ba);
    QCOMPARE(file.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestEnvFileEdit::refusesALink()
{
    QTemporaryDir folder;
    fill(folder.filePath(u"target"_s), "A=1\n"_ba);
    QVERIFY(QFile::link(folder.filePath(u"target"_s), folder.filePath(u".env"_s)));
    const auto plan = planEnvFileEdit(folder.filePath(u".env"_s), {{u"A"_s, u"2"_s}});
    QVERIFY(!plan);
    QCOMPARE(plan.error().id, "file.symlink"_ba);
}

void TestEnvFileEdit::refusesAFileThatChanged()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u".env"_s);
    fill(path, "A=1\n"_ba);
    const auto plan = planEnvFileEdit(path, {{u"A"_s, u"2"_s}});
    QVERIFY(plan);
    fill(path, "A=3\n"_ba);
    const auto applied = applyEnvFileEdit(*plan);
    QVERIFY(!applied);
    QCOMPARE(applied.error().id, "env.changed"_ba);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "A=3\n"_ba);
}

void TestEnvFileEdit::keepsPermissions()
{
    QTemporaryDir folder;
    const QString path = folder.filePath(u".env"_s);
    fill(path, "A=1\n"_ba);
    QCOMPARE(::chmod(QFile::encodeName(path).constData(), 0640), 0);
    const auto plan = planEnvFileEdit(path, {{u"A"_s, u"2"_s}});
    QVERIFY(plan);
    QVERIFY(applyEnvFileEdit(*plan));
    struct stat facts = {};
    QCOMPARE(::stat(QFile::encodeName(path).constData(), &facts), 0);
    QCOMPARE(facts.st_mode & 0777U, 0640U);
}

QTEST_GUILESS_MAIN(TestEnvFileEdit)
#include "tst_envfileedit.moc"

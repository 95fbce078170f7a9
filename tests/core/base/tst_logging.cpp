// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/logging.h"
#include "core/base/redact.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <thread>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class TestLogging : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        core::stopLogging();
        m_folder.reset();
    }
    void linesHaveTimeLevelAndCategory();
    void secretsAndControlsStayOut();
    void categoriesAreNamed();
    void fileIsOwnerOnlyAndAppended();
    void filesAreRotated();
    void linksAndDevicesAreRefused();
    void manyThreadsWriteWholeLines();
    void oneLineIsOneLine_data();
    void oneLineIsOneLine();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    core::Result<> start(const core::LogOptions &extra = {})
    {
        core::LogOptions options = extra;
        options.file = path(u"log"_s);
        options.standardError = false;
        return core::startLogging(options);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLogging::linesHaveTimeLevelAndCategory()
{
    QVERIFY(start());
    qCWarning(core::logPq) << "first";
    qCInfo(core::logApp, "second %d", 2);
    qCCritical(core::logBase, "third");
    core::stopLogging();
    static const QRegularExpression expected(
        uR"(\A\S+T\S+Z warning sluice\.pq: first\n\S+ info sluice\.app: second 2\n)"
        uR"(\S+ error sluice\.base: third\n\z)"_s);
    const QString text = QString::fromUtf8(content(u"log"_s));
    QVERIFY2(expected.match(text).hasMatch(), qPrintable(text));
}

void TestLogging::secretsAndControlsStayOut()
{
    QVERIFY(start());
    core::rememberSecret(u"remembered-canary"_s);
    qCWarning(core::logPq, "postgres://u:canary@h/db");
    qCWarning(core::logPq, "it is remembered-canary");
    qCWarning(core::logPq, "ALTER ROLE x PASSWORD 'canary'");
    qCWarning(core::logPq, "\x1b]0;title\x07 two\nlines");
    core::stopLogging();
    const QByteArray text = content(u"log"_s);
    QVERIFY(!text.contains("canary"));
    QVERIFY(!text.contains('\x1b') && !text.contains('\x07'));
    QCOMPARE(text.count('\n'), 4);
}

void TestLogging::categoriesAreNamed()
{
    QCOMPARE(core::logSession().categoryName(), "sluice.session");
    QVERIFY(core::logSession().isWarningEnabled());
    QVERIFY(!core::logSession().isDebugEnabled());
}

void TestLogging::fileIsOwnerOnlyAndAppended()
{
    QFile old(path(u"log"_s));
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old\n");
    old.close();
    QVERIFY(::chmod(QFile::encodeName(old.fileName()).constData(), 0644) == 0);
    QVERIFY(start());
    qCWarning(core::logPq, "new");
    core::stopLogging();
    QVERIFY(content(u"log"_s).startsWith("old\n"));
    QVERIFY(content(u"log"_s).contains("new"));
    struct stat facts{};
    QCOMPARE(::stat(QFile::encodeName(old.fileName()).constData(), &facts), 0);
    QCOMPARE(facts.st_mode & 0777U, 0600U);
}

void TestLogging::filesAreRotated()
{
    QVERIFY(start({.fileLimit = 1000, .oldFiles = 2}));
    for (int i = 0; i < 100; ++i)
        qCWarning(core::logPq, "message %03d of some length", i);
    core::stopLogging();
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files),
             QStringList({u"log"_s, u"log.1"_s, u"log.2"_s}));
    for (const QString &name : {u"log"_s, u"log.1"_s, u"log.2"_s}) {
        QVERIFY(content(name).size() <= 1000);
        QVERIFY(!content(name).isEmpty());
    }
    QVERIFY(content(u"log"_s).contains("message 099"));
    // Nothing is missing between the files.
    const QByteArray all = content(u"log.2"_s) + content(u"log.1"_s) + content(u"log"_s);
    const int first = all.mid(all.indexOf("message ") + 8, 3).toInt();
    QCOMPARE(all.count("message "), 100 - first);
}

void TestLogging::linksAndDevicesAreRefused()
{
    QVERIFY(QFile::link(path(u"target"_s), path(u"log"_s)));
    const auto link = start();
    QVERIFY(!link);
    QCOMPARE(link.error().id, "file.symlink"_ba);
    QVERIFY(!QFile::exists(path(u"target"_s)));
    QVERIFY(QFile::remove(path(u"log"_s)));
    QCOMPARE(::mkfifo(QFile::encodeName(path(u"log"_s)).constData(), 0600), 0);
    QCOMPARE(start().error().id, "file.notRegular"_ba);
    QVERIFY(QFile::remove(path(u"log"_s)));
    QCOMPARE(core::startLogging({.file = path(u"no/log"_s), .standardError = false}).error().id,
             "file.folderMissing"_ba);
}

void TestLogging::manyThreadsWriteWholeLines()
{
    QVERIFY(start({.fileLimit = 100'000'000}));
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number) {
        threads.emplace_back([number] {
            for (int i = 0; i < 200; ++i)
                qCWarning(core::logPq, "thread %d writes %d end", number, i);
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    core::stopLogging();
    const QList<QByteArray> lines = content(u"log"_s).trimmed().split('\n');
    QCOMPARE(lines.size(), 1600);
    for (const QByteArray &line : lines)
        QVERIFY2(line.contains("thread ") && line.endsWith(" end"), line.constData());
}

void TestLogging::oneLineIsOneLine_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("plain") << u"é 注"_s << u"é 注"_s;
    QTest::newRow("line feed") << u"a\nb"_s << u"a ⏎ b"_s;
    QTest::newRow("Windows") << u"a\r\nb"_s << u"a ⏎ b"_s;
    QTest::newRow("separator") << u"a\u2028b"_s << u"a ⏎ b"_s;
    QTest::newRow("tab") << u"a\tb"_s << u"a b"_s;
    QTest::newRow("escape") << u"\x1b[31m"_s << u"\uFFFD[31m"_s;
    QTest::newRow("C1") << u"\u009b31m"_s << u"\uFFFD31m"_s;
    QTest::newRow("zero") << u"a"_s + QChar(u'\0') << u"a\uFFFD"_s;
}

void TestLogging::oneLineIsOneLine()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(core::oneLine(text), expected);
}

QTEST_GUILESS_MAIN(TestLogging)
#include "tst_logging.moc"

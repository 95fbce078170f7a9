// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/folderwatch.h"

#include "projectfolder.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

class TestFolderWatch : public QObject
{
    Q_OBJECT

private slots:
    void writtenInPlace();
    void replaced();
    void newFile();
    void newPackage();
    void settingsFile();
    void sameContentSaysNothing();
    void burstIsOneChange();
    void refusedFilesAreHarmless();
    void disappearsAndComesBack();
    void exchanged();
    void stops();
};

namespace {

/// A folder being watched.
struct Watched {
    explicit Watched(Folder &folder)
        : m_changed(&m_watch, &FolderWatch::changed)
        , m_lost(&m_watch, &FolderWatch::lost)
    {
        m_watch.watch(folder.read(), {});
    }

    /// The addresses once they are these; the last ones that were told otherwise.
    [[nodiscard]] QString waitFor(const QString &text)
    {
        for (int i = 0; i < 20 && last() != text; ++i) {
            if (!m_changed.wait())
                break;
        }
        return last();
    }
    [[nodiscard]] QString last() const
    {
        return m_changed.isEmpty() ? QString()
                                   : usedText(m_changed.last().first().value<Project>());
    }

    FolderWatch m_watch;
    QSignalSpy m_changed;
    QSignalSpy m_lost;
};

/// As editors save: a new file under the old name.
bool replace(Folder &folder, const QString &name, const QByteArray &text)
{
    return folder.write(name + ".tmp"_L1, text)
           && ::rename(QFile::encodeName(folder.path(name + ".tmp"_L1)).constData(),
                       QFile::encodeName(folder.path(name)).constData())
                  == 0;
}

QByteArray line(const char *host)
{
    return "DATABASE_URL=" + url(host) + '\n';
}

} // namespace

void TestFolderWatch::writtenInPlace()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, line("a")));
    Watched watched(folder);
    for (const char *host : {"b", "c", "d"}) {
        QVERIFY(folder.write(u".env"_s, line(host)));
        const QString expected = u"DATABASE_URL .env:1 "_s + QString::fromLatin1(host);
        QCOMPARE(watched.waitFor(expected), expected);
    }
}

void TestFolderWatch::replaced()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, line("a")));
    Watched watched(folder);
    for (const char *host : {"b", "c", "d"}) {
        QVERIFY(replace(folder, u".env"_s, line(host)));
        const QString expected = u"DATABASE_URL .env:1 "_s + QString::fromLatin1(host);
        QCOMPARE(watched.waitFor(expected), expected);
    }
    // And written in place afterwards, which is told by the new file alone.
    QVERIFY(folder.write(u".env"_s, line("e")));
    QCOMPARE(watched.waitFor(u"DATABASE_URL .env:1 e"_s), u"DATABASE_URL .env:1 e"_s);
}

void TestFolderWatch::newFile()
{
    Folder folder;
    QVERIFY(folder.write(u"package.json"_s, nextPackage));
    Watched watched(folder);
    QVERIFY(folder.write(u".env.local"_s, line("a")));
    QCOMPARE(watched.waitFor(u"DATABASE_URL .env.local:1 a"_s), u"DATABASE_URL .env.local:1 a"_s);
    QVERIFY(QFile::remove(folder.path(u".env.local"_s)));
    QCOMPARE(watched.waitFor(QString()), QString());
}

void TestFolderWatch::newPackage()
{
    Folder folder;
    QVERIFY(folder.write(u"apps/web/.env"_s, line("a")));
    Watched watched(folder);
    QVERIFY(folder.write(u"apps/api/.env"_s, line("b")));
    const QString both = u"DATABASE_URL apps/api/.env:1 b\nDATABASE_URL apps/web/.env:1 a"_s;
    QCOMPARE(watched.waitFor(both), both);
}

void TestFolderWatch::settingsFile()
{
    Folder folder;
    QVERIFY(folder.write(u"prisma/schema.prisma"_s, "x"));
    Watched watched(folder);
    QVERIFY(replace(folder, u"prisma/schema.prisma"_s,
                    "datasource db {\n url = \"" + url("a") + "\"\n}"));
    const QString expected = u"datasource db.url prisma/schema.prisma:2 a"_s;
    QCOMPARE(watched.waitFor(expected), expected);
}

void TestFolderWatch::sameContentSaysNothing()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, line("a")));
    Watched watched(folder);
    QSignalSpy settled(&watched.m_watch, &FolderWatch::settled);
    QVERIFY(replace(folder, u".env"_s, line("a")));
    QVERIFY(folder.write(u"main.ts"_s, "x"));
    QVERIFY(settled.wait());
    QVERIFY(watched.m_changed.isEmpty());
    // The next change is the first that is told.
    QVERIFY(folder.write(u".env"_s, line("b")));
    QCOMPARE(watched.waitFor(u"DATABASE_URL .env:1 b"_s), u"DATABASE_URL .env:1 b"_s);
    QCOMPARE(watched.m_changed.size(), 1);
}

void TestFolderWatch::burstIsOneChange()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, line("a")));
    Watched watched(folder);
    for (int i = 0; i < 50; ++i)
        QVERIFY(folder.write(u".env"_s, line(i == 49 ? "last" : "between")));
    QCOMPARE(watched.waitFor(u"DATABASE_URL .env:1 last"_s), u"DATABASE_URL .env:1 last"_s);
    QCOMPARE(watched.m_changed.size(), 1);
}

void TestFolderWatch::refusedFilesAreHarmless()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, line("a")));
    Watched watched(folder);
    QVERIFY(QFile::remove(folder.path(u".env"_s)));
    QCOMPARE(::mkfifo(QFile::encodeName(folder.path(u".env"_s)).constData(), 0600), 0);
    QVERIFY(watched.m_changed.wait());
    QVERIFY(QFile::remove(folder.path(u".env"_s)));
    QVERIFY(QFile::link(u"/etc/passwd"_s, folder.path(u".env"_s)));
    QVERIFY(watched.m_changed.wait());
    QVERIFY(replace(folder, u".env"_s, line("b")));
    QCOMPARE(watched.waitFor(u"DATABASE_URL .env:1 b"_s), u"DATABASE_URL .env:1 b"_s);
}

void TestFolderWatch::disappearsAndComesBack()
{
    QTemporaryDir parent;
    const QString path = parent.filePath(u"shop"_s);
    QVERIFY(QDir().mkdir(path));
    const auto write = [&](const QByteArray &text) {
        QFile file(path + "/.env"_L1);
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
    };
    QVERIFY(write(line("a")));
    FolderWatch watch;
    QSignalSpy changed(&watch, &FolderWatch::changed);
    QSignalSpy lost(&watch, &FolderWatch::lost);
    watch.watch(readProject(path, {}).value(), {});
    QVERIFY(QDir().rename(path, path + ".old"_L1));
    QVERIFY(lost.size() || lost.wait());
    QCOMPARE(lost.last().first().value<Error>().id, "project.gone"_ba);
    QVERIFY(QDir().rename(path + ".old"_L1, path));
    QVERIFY(changed.size() || changed.wait());
    QCOMPARE(usedText(changed.last().first().value<Project>()), u"DATABASE_URL .env:1 a"_s);
    changed.clear();
    QVERIFY(write(line("b")));
    QVERIFY(changed.wait());
    QCOMPARE(usedText(changed.last().first().value<Project>()), u"DATABASE_URL .env:1 b"_s);
    QCOMPARE(lost.size(), 1);
}

/// Another folder under the old name, as a checkout of another branch beside it.
void TestFolderWatch::exchanged()
{
    QTemporaryDir parent;
    const auto fill = [&](const QString &name, const char *host) {
        QFile file(parent.filePath(name) + "/.env"_L1);
        const QByteArray text = line(host);
        return QDir().mkpath(parent.filePath(name)) && file.open(QIODevice::WriteOnly)
               && file.write(text) == text.size();
    };
    QVERIFY(fill(u"shop"_s, "a") && fill(u"other"_s, "b"));
    FolderWatch watch;
    QSignalSpy changed(&watch, &FolderWatch::changed);
    watch.watch(readProject(parent.filePath(u"shop"_s), {}).value(), {});
    QVERIFY(QDir().rename(parent.filePath(u"shop"_s), parent.filePath(u"old"_s)));
    QVERIFY(QDir().rename(parent.filePath(u"other"_s), parent.filePath(u"shop"_s)));
    QVERIFY(changed.wait());
    QCOMPARE(usedText(changed.last().first().value<Project>()), u"DATABASE_URL .env:1 b"_s);
    QVERIFY(fill(u"shop"_s, "c"));
    QVERIFY(changed.wait());
    QCOMPARE(usedText(changed.last().first().value<Project>()), u"DATABASE_URL .env:1 c"_s);
}

void TestFolderWatch::stops()
{
    Folder folder;
    QVERIFY(folder.write(u".env"_s, line("a")));
    Watched watched(folder);
    watched.m_watch.readAgain();
    watched.m_watch.stop();
    QVERIFY(folder.write(u".env"_s, line("b")));
    // Another watch sees it: by then the first one has had its chance.
    Watched other(folder);
    QVERIFY(folder.write(u".env"_s, line("c")));
    QCOMPARE(other.waitFor(u"DATABASE_URL .env:1 c"_s), u"DATABASE_URL .env:1 c"_s);
    QVERIFY(watched.m_changed.isEmpty());
}

QTEST_GUILESS_MAIN(TestFolderWatch)
#include "tst_folderwatch.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/gitindex.h"

#include "projectfolder.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace core;
using namespace test;

/// Against indexes that git itself wrote, in every version.
class TestGitIndex : public QObject
{
    Q_OBJECT

private slots:
    void written_data();
    void written();
    void worktreesAndStrangers();
    void broken();
};

namespace {

bool git(const QString &folder, const QStringList &arguments)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    environment.insert(u"HOME"_s, folder);
    environment.insert(u"GIT_CONFIG_NOSYSTEM"_s, u"1"_s);
    process.setProcessEnvironment(environment);
    process.start(u"/usr/bin/git"_s,
                  QStringList{u"-c"_s, u"user.name=a"_s, u"-c"_s, u"user.email=a@example.com"_s}
                      + arguments);
    return process.waitForFinished() && process.exitCode() == 0;
}

QByteArray indexOf(const Folder &folder)
{
    QFile file(folder.path(u".git/index"_s));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

const QStringList names = {u".env"_s, u"a"_s, u"apps/web/.env.local"_s, u"apps/web/b"_s,
                           u"ünï/c d"_s};

bool fill(const Folder &folder, Folder &writable, const QStringList &init)
{
    if (!git(folder.path(), init))
        return false;
    return std::ranges::all_of(names,
                               [&](const QString &name) { return writable.write(name, "x"); });
}

} // namespace

void TestGitIndex::written_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<QString>("format");
    for (const char *version : {"2", "3", "4"}) {
        for (const char *format : {"sha1", "sha256"})
            QTest::addRow("version %s, %s", version, format)
                << QString::fromLatin1(version) << QString::fromLatin1(format);
    }
}

void TestGitIndex::written()
{
    QFETCH(QString, version);
    QFETCH(QString, format);
    Folder folder;
    QVERIFY(fill(folder, folder, {u"init"_s, u"-q"_s, "--object-format="_L1 + format}));
    QVERIFY(git(folder.path(), {u"add"_s, u"."_s}));
    if (version == "3"_L1) // git writes version 3 where an entry needs more flags
        QVERIFY(folder.write(u"later"_s, "x")
                && git(folder.path(), {u"add"_s, u"-N"_s, u"later"_s}));
    else
        QVERIFY(git(folder.path(), {u"update-index"_s, u"--index-version"_s, version}));
    const QByteArray index = indexOf(folder);
    QCOMPARE(index.mid(4, 4), QByteArray("\0\0\0", 3) + char(version.toInt()));
    const Result<QSet<QByteArray>> paths = readGitIndex(index);
    QVERIFY(paths);
    for (const QString &name : names)
        QVERIFY2(paths->contains(name.toUtf8()), qPrintable(name));
    QCOMPARE(paths->size(), names.size() + (version == "3"_L1 ? 1 : 0));
    const GitTracked tracked(folder.path(u"apps"_s));
    QVERIFY(tracked.holds(folder.path(u".env"_s)));
    QVERIFY(!tracked.holds(folder.path(u"none"_s)));
    QVERIFY(!tracked.holds(u"/etc/passwd"_s));
}

void TestGitIndex::worktreesAndStrangers()
{
    Folder folder;
    QVERIFY(fill(folder, folder, {u"init"_s, u"-q"_s}));
    QVERIFY(git(folder.path(), {u"add"_s, u"."_s}));
    QVERIFY(git(folder.path(), {u"commit"_s, u"-q"_s, u"-m"_s, u"x"_s}));
    QTemporaryDir tree;
    QVERIFY(git(folder.path(), {u"worktree"_s, u"add"_s, u"-q"_s, tree.filePath(u"w"_s)}));
    QVERIFY(GitTracked(tree.filePath(u"w"_s)).holds(tree.filePath(u"w/.env"_s)));
    // A file that points anywhere else is not followed.
    Folder stranger;
    QVERIFY(stranger.write(u".git"_s, "gitdir: " + folder.path(u".git"_s).toUtf8() + '\n'));
    QVERIFY(!GitTracked(stranger.path()).holds(stranger.path(u".env"_s)));
}

void TestGitIndex::broken()
{
    Folder folder;
    QVERIFY(fill(folder, folder, {u"init"_s, u"-q"_s}));
    QVERIFY(git(folder.path(), {u"add"_s, u"."_s}));
    const QByteArray index = indexOf(folder);
    QCOMPARE(readGitIndex({}).error().id, "gitindex.broken"_ba);
    QCOMPARE(readGitIndex("DIRC").error().id, "gitindex.broken"_ba);
    QCOMPARE(readGitIndex(QByteArray("DIRC\0\0\0\2\xff\xff\xff\xff", 12)).error().id,
             "gitindex.broken"_ba);
    for (qsizetype size = 0; size < index.size(); ++size) [[maybe_unused]]
        const auto cut = readGitIndex(index.first(size));
    QRandomGenerator random(7);
    for (int i = 0; i < 2000; ++i) {
        QByteArray damaged = index;
        for (int j = 0; j < 4; ++j)
            damaged[random.bounded(damaged.size())] = char(random.bounded(256));
        [[maybe_unused]] const auto read = readGitIndex(damaged);
    }
}

QTEST_GUILESS_MAIN(TestGitIndex)
#include "tst_gitindex.moc"

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomicfile.h"
#include "core/base/filelock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <csignal>
#include <memory>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using core::AtomicFile;
using core::FileLock;

namespace {

/// Another program that holds a lock on a file until it is killed.
class LockHolder
{
public:
    explicit LockHolder(const QByteArray &name)
    {
        std::array<int, 2> pipe{};
        if (::pipe(pipe.data()) != 0)
            qFatal("no pipe");
        m_child = ::fork();
        if (m_child == 0) {
            // Plain calls: after fork in a program with threads nothing else is safe.
            const int fd = ::open(name.constData(), O_RDWR | O_CREAT, 0600);
            ::flock(fd, LOCK_EX);
            [[maybe_unused]] const ssize_t told = ::write(pipe[1], "x", 1);
            ::pause();
            ::_exit(0);
        }
        char ready = 0;
        m_holds = ::read(pipe[0], &ready, 1) == 1;
        for (const int end : pipe)
            ::close(end);
    }
    ~LockHolder()
    {
        kill();
        wait();
    }
    LockHolder(const LockHolder &) = delete;
    LockHolder &operator=(const LockHolder &) = delete;

    [[nodiscard]] bool holds() const { return m_holds; }
    void kill() const
    {
        if (m_child > 0)
            ::kill(m_child, SIGKILL);
    }
    void wait()
    {
        if (m_child > 0)
            ::waitpid(std::exchange(m_child, -1), nullptr, 0);
    }

private:
    pid_t m_child = -1;
    bool m_holds = false;
};

} // namespace

class TestAtomicFile : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void appearsWhole();
    void manyMegabytes();
    void replacesAndKeepsPermissions();
    void leavesNothingUncommitted();
    void refuses();
    void refusesALinkThatCameMeanwhile();
    void namesOfAllLengths_data();
    void namesOfAllLengths();
    void fullDiskLeavesTheOldFile_data();
    void fullDiskLeavesTheOldFile();
    void abandonedFilesAreRemoved();
    void otherFilesStay_data();
    void otherFilesStay();
    void locksExclude();
    void locksShare();
    void locksEndWithTheProcess();
    void locksRefuseLinks();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    QByteArray native(const QString &name) const { return QFile::encodeName(path(name)); }
    QStringList names() const
    {
        return QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden | QDir::System);
    }
    QByteArray content(const QString &name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    mode_t mode(const QString &name) const
    {
        struct stat facts{};
        ::lstat(native(name).constData(), &facts);
        return facts.st_mode & 0777U;
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestAtomicFile::appearsWhole()
{
    AtomicFile file(path(u"f"_s));
    QVERIFY(file.open());
    QVERIFY(file.write("one "_ba));
    QVERIFY(!QFile::exists(path(u"f"_s)));
    QVERIFY(file.write("two"_ba));
    QVERIFY(file.commit());
    QCOMPARE(content(u"f"_s), "one two"_ba);
    QCOMPARE(mode(u"f"_s), mode_t(0600));
    QCOMPARE(names(), QStringList{u"f"_s});
}

void TestAtomicFile::manyMegabytes()
{
    QByteArray expected;
    AtomicFile file(path(u"f"_s));
    QVERIFY(file.open());
    for (int piece = 0; piece < 30; ++piece) {
        const QByteArray bytes(777'777, char('a' + piece % 26));
        expected += bytes;
        QVERIFY(file.write(bytes));
    }
    QVERIFY(file.commit());
    QVERIFY(content(u"f"_s) == expected);
}

void TestAtomicFile::replacesAndKeepsPermissions()
{
    QVERIFY(core::writeFileAtomically(path(u"f"_s), "old"_ba));
    QCOMPARE(::chmod(native(u"f"_s).constData(), 0640), 0);
    AtomicFile file(path(u"f"_s));
    QVERIFY(file.open());
    QVERIFY(file.write("new"_ba));
    QCOMPARE(content(u"f"_s), "old"_ba);
    QVERIFY(file.commit());
    QCOMPARE(content(u"f"_s), "new"_ba);
    QCOMPARE(mode(u"f"_s), mode_t(0640));
}

void TestAtomicFile::leavesNothingUncommitted()
{
    {
        AtomicFile file(path(u"f"_s));
        QVERIFY(file.open());
        QVERIFY(file.write("half"_ba));
        QCOMPARE(names().size(), 1);
    }
    QVERIFY(names().isEmpty());
    AtomicFile file(path(u"f"_s));
    QVERIFY(file.open());
    file.discard();
    file.discard();
    QVERIFY(names().isEmpty());
}

void TestAtomicFile::refuses()
{
    const auto idOf = [this](const QString &name) {
        const auto written = core::writeFileAtomically(path(name), "x"_ba);
        return written ? QByteArray() : written.error().id;
    };
    QVERIFY(core::writeFileAtomically(path(u"target"_s), "old"_ba));
    QVERIFY(QFile::link(path(u"target"_s), path(u"link"_s)));
    QCOMPARE(idOf(u"link"_s), "file.symlink"_ba);
    QVERIFY(QFile::link(path(u"nothing"_s), path(u"dangling"_s)));
    QCOMPARE(idOf(u"dangling"_s), "file.symlink"_ba);
    QVERIFY(QDir().mkdir(path(u"folder"_s)));
    QCOMPARE(idOf(u"folder"_s), "file.notRegular"_ba);
    QCOMPARE(::mkfifo(native(u"fifo"_s).constData(), 0600), 0);
    QCOMPARE(idOf(u"fifo"_s), "file.notRegular"_ba);
    QCOMPARE(idOf(u"no/f"_s), "file.folderMissing"_ba);
    QCOMPARE(idOf(u"n"_s.repeated(256)), "file.nameTooLong"_ba);
    QCOMPARE(core::writeFileAtomically(path(u"f"_s) + QChar(u'\0'), "x"_ba).error().id,
             "file.folderMissing"_ba);
    QCOMPARE(core::writeFileAtomically(u"/dev/null"_s, "x"_ba).error().id, "file.notRegular"_ba);
    QCOMPARE(::chmod(native(u"folder"_s).constData(), 0500), 0);
    QCOMPARE(idOf(u"folder/f"_s), "file.permission"_ba);
    QCOMPARE(content(u"target"_s), "old"_ba);
    QVERIFY(!QFile::exists(path(u"nothing"_s)));
    QCOMPARE(names().size(), 4); // nothing was left behind
}

void TestAtomicFile::refusesALinkThatCameMeanwhile()
{
    QVERIFY(core::writeFileAtomically(path(u"target"_s), "old"_ba));
    AtomicFile file(path(u"f"_s));
    QVERIFY(file.open());
    QVERIFY(file.write("new"_ba));
    QVERIFY(QFile::link(path(u"target"_s), path(u"f"_s)));
    const auto committed = file.commit();
    QVERIFY(!committed);
    QCOMPARE(committed.error().id, "file.symlink"_ba);
    QCOMPARE(content(u"target"_s), "old"_ba);
    QCOMPARE(names(), QStringList({u"f"_s, u"target"_s}));
}

void TestAtomicFile::namesOfAllLengths_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("one letter") << u"f"_s;
    QTest::newRow("255 bytes") << u"n"_s.repeated(255);
    QTest::newRow("255 bytes of three-byte letters") << u"注"_s.repeated(85);
    QTest::newRow("252 bytes of four-byte letters") << u"😀"_s.repeated(63);
    QTest::newRow("line break") << u"a\nb"_s;
    QTest::newRow("leading dash") << u"-rf"_s;
}

void TestAtomicFile::namesOfAllLengths()
{
    QFETCH(QString, name);
    const auto written = core::writeFileAtomically(path(name), "x"_ba);
    QVERIFY2(written, written ? "" : qPrintable(written.error().text()));
    QCOMPARE(content(name), "x"_ba);
    QCOMPARE(names().size(), 1);
}

void TestAtomicFile::fullDiskLeavesTheOldFile_data()
{
    QTest::addColumn<int>("room");
    for (const int room : {0, 1, 4095, 4096, 9999})
        QTest::addRow("%d bytes", room) << room;
}

void TestAtomicFile::fullDiskLeavesTheOldFile()
{
    QFETCH(int, room);
    QVERIFY(core::writeFileAtomically(path(u"f"_s), "old"_ba));
    // The size limit of a process stands for the disk: writing fails after so many bytes.
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const auto oldHandler = std::signal(SIGXFSZ, SIG_IGN);
    AtomicFile file(path(u"f"_s));
    QVERIFY(file.open());
    rlimit limit = before;
    limit.rlim_cur = rlim_t(room);
    ::setrlimit(RLIMIT_FSIZE, &limit);
    const auto written = file.write(QByteArray(10'000, 'x'));
    ::setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, oldHandler);
    QVERIFY(!written);
    QCOMPARE(written.error().id, "file.diskFull"_ba);
    QCOMPARE(content(u"f"_s), "old"_ba);
    QCOMPARE(names(), QStringList{u"f"_s});
}

void TestAtomicFile::abandonedFilesAreRemoved()
{
    QVERIFY(core::writeFileAtomically(path(u"f"_s), "old"_ba));
    AtomicFile atWork(path(u"f"_s));
    QVERIFY(atWork.open());
    QVERIFY(atWork.write("half"_ba));
    LockHolder other(native(u".other.partial-0123456789xyz"_s));
    QVERIFY(other.holds());
    QCOMPARE(names().size(), 3);
    QCOMPARE(AtomicFile::removeAbandoned(m_folder->path()), 0); // both writers live
    other.kill();
    other.wait();
    QCOMPARE(AtomicFile::removeAbandoned(m_folder->path()), 1);
    QCOMPARE(names().size(), 2);
    QVERIFY(QFile::exists(atWork.temporaryPath()));
    QVERIFY(atWork.write(" and the other"_ba));
    QVERIFY(atWork.commit());
    QCOMPARE(content(u"f"_s), "half and the other"_ba);
    QCOMPARE(names(), QStringList{u"f"_s});
}

void TestAtomicFile::otherFilesStay_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("another program's") << u".film.partial-abc"_s;
    QTest::newRow("too long") << u".f.partial-00000000000000"_s;
    QTest::newRow("capitals") << u".f.partial-000000000000A"_s;
    QTest::newRow("not hidden") << u"f.partial-0000000000000"_s;
    QTest::newRow("without the file's name") << u".partial-0000000000000"_s;
    QTest::newRow("more behind it") << u".f.partial-0000000000000.txt"_s;
}

void TestAtomicFile::otherFilesStay()
{
    QFETCH(QString, name);
    QVERIFY(QFile(path(name)).open(QIODevice::WriteOnly));
    // The right name alone is not enough either.
    QVERIFY(QFile(path(u"target"_s)).open(QIODevice::WriteOnly));
    QVERIFY(QFile::link(path(u"target"_s), path(u".link.partial-0000000000000"_s)));
    QCOMPARE(::link(native(u"target"_s).constData(),
                    native(u".twice.partial-0000000000000"_s).constData()),
             0);
    QVERIFY(QDir().mkdir(path(u".folder.partial-0000000000000"_s)));
    QCOMPARE(::mkfifo(native(u".fifo.partial-0000000000000"_s).constData(), 0600), 0);
    const QStringList before = names();
    QCOMPARE(AtomicFile::removeAbandoned(m_folder->path()), 0);
    QCOMPARE(names(), before);
    QVERIFY(before.contains(name));
    QVERIFY(QFile(path(u".f.partial-0000000000000"_s)).open(QIODevice::WriteOnly));
    QCOMPARE(AtomicFile::removeAbandoned(m_folder->path()), 1);
    QCOMPARE(names(), before);
    QCOMPARE(AtomicFile::removeAbandoned(path(u"nowhere"_s)), 0);
}

void TestAtomicFile::locksExclude()
{
    std::optional<core::Result<FileLock>> first =
        FileLock::acquire(path(u"l"_s), FileLock::Mode::Exclusive, FileLock::Wait::No);
    QVERIFY(first->has_value());
    QCOMPARE(mode(u"l"_s), mode_t(0600));
    for (const auto wanted : {FileLock::Mode::Exclusive, FileLock::Mode::Shared}) {
        const auto second = FileLock::acquire(path(u"l"_s), wanted, FileLock::Wait::No);
        QVERIFY(!second);
        QCOMPARE(second.error().id, "lock.held"_ba);
    }
    first.reset();
    QVERIFY(FileLock::acquire(path(u"l"_s), FileLock::Mode::Exclusive, FileLock::Wait::No));
}

void TestAtomicFile::locksShare()
{
    const auto one = FileLock::acquire(path(u"l"_s), FileLock::Mode::Shared, FileLock::Wait::No);
    const auto two = FileLock::acquire(path(u"l"_s), FileLock::Mode::Shared, FileLock::Wait::No);
    QVERIFY(one && two);
    QVERIFY(!FileLock::acquire(path(u"l"_s), FileLock::Mode::Exclusive, FileLock::Wait::No));
}

void TestAtomicFile::locksEndWithTheProcess()
{
    const LockHolder other(native(u"l"_s));
    QVERIFY(other.holds());
    QVERIFY(!FileLock::acquire(path(u"l"_s), FileLock::Mode::Exclusive, FileLock::Wait::No));
    other.kill();
    QVERIFY(FileLock::acquire(path(u"l"_s), FileLock::Mode::Exclusive, FileLock::Wait::Yes));
}

void TestAtomicFile::locksRefuseLinks()
{
    QVERIFY(QFile::link(path(u"target"_s), path(u"l"_s)));
    const auto lock = FileLock::acquire(path(u"l"_s), FileLock::Mode::Shared, FileLock::Wait::No);
    QVERIFY(!lock);
    QCOMPARE(lock.error().id, "file.symlink"_ba);
    QVERIFY(!QFile::exists(path(u"target"_s)));
}

QTEST_GUILESS_MAIN(TestAtomicFile)
#include "tst_atomicfile.moc"

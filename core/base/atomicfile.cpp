// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/atomicfile.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QRegularExpression>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <linux/magic.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::AtomicFile", text);
}

Error error(QByteArray id, const QString &message, const QString &path, const QString &advice = {})
{
    return failure(ErrorKind::Local, std::move(id), message, path, advice).error();
}

constexpr mode_t ownerOnly = 0600;
constexpr qint64 sendAtOnce = qint64(8) * 1024 * 1024;
constexpr qint64 keptInCache = qint64(64) * 1024 * 1024;
/// Digits of base 36 that hold 64 bits; always all of them, so that others' names are not taken for
/// ours.
constexpr int randomDigits = 13;

/// The file's name, until it has its own. Names have 255 bytes, and a character has up to four.
QString temporaryName(const QString &fileName)
{
    const QString random = QString::number(QRandomGenerator::system()->generate64(), 36);
    return u'.' + fileName.left(50) + u".partial-"_s + random.rightJustified(randomDigits, u'0');
}

bool isTemporaryName(const QString &fileName)
{
    static const QRegularExpression ours(u"^\\..+\\.partial-[0-9a-z]{%1}$"_s.arg(randomDigits),
                                         QRegularExpression::DotMatchesEverythingOption);
    return ours.match(fileName).hasMatch();
}

/// The open file is what stands under the name now, nobody else's, and nothing but a file.
bool isOwnFile(int descriptor, const QByteArray &name)
{
    struct stat open = {};
    struct stat named = {};
    return ::fstat(descriptor, &open) == 0 && ::lstat(name.constData(), &named) == 0
           && open.st_dev == named.st_dev && open.st_ino == named.st_ino && S_ISREG(open.st_mode)
           && open.st_uid == ::geteuid() && open.st_nlink == 1;
}

/// Where a lock of another machine, or of what serves the files, would not be seen.
bool locksAreOfThisMachine(int descriptor)
{
    constexpr unsigned long cifs = 0xFF534D42;
    constexpr unsigned long smb2 = 0xFE534D42;
    constexpr unsigned long fuse = 0x65735546;
    struct statfs facts = {};
    if (::fstatfs(descriptor, &facts) != 0)
        return false;
    const auto type = static_cast<unsigned long>(facts.f_type) & 0xFFFFFFFFUL;
    const auto elsewhere = {cifs,
                            smb2,
                            fuse,
                            static_cast<unsigned long>(NFS_SUPER_MAGIC),
                            static_cast<unsigned long>(SMB_SUPER_MAGIC),
                            static_cast<unsigned long>(V9FS_MAGIC),
                            static_cast<unsigned long>(AFS_SUPER_MAGIC)};
    return std::ranges::find(elsewhere, type) == elsewhere.end();
}

/// What stands under the name may be replaced; its permissions, or owner-only where there is none.
Result<mode_t> replaceableMode(const QString &path)
{
    if (path.contains(QChar::Null))
        return std::unexpected(writeError(ENOENT, path));
    struct stat facts = {};
    if (::lstat(QFile::encodeName(path).constData(), &facts) != 0)
        return ownerOnly; // what else is wrong with the path, opening will tell
    if (S_ISLNK(facts.st_mode))
        return std::unexpected(writeError(ELOOP, path));
    if (!S_ISREG(facts.st_mode))
        return std::unexpected(writeError(ENXIO, path));
    return mode_t(facts.st_mode & 0777U);
}

} // namespace

Error writeError(int code, const QString &path)
{
    switch (code) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return error("file.diskFull"_ba, tr("There is no room left to write the file."), path,
                     tr("Nothing was left behind. Free some space, or choose another place."));
    case EROFS:
        return error("file.readOnly"_ba, tr("The file lies on a disk that cannot be written."),
                     path, tr("Choose another place."));
    case EACCES:
    case EPERM:
        return error("file.permission"_ba, tr("You may not write here."), path,
                     tr("Choose another place."));
    case ENOENT:
    case ENOTDIR:
        return error("file.folderMissing"_ba, tr("The folder of the file does not exist."), path);
    case ELOOP:
        return error("file.symlink"_ba,
                     tr("The file is a symbolic link, which is not written through."), path,
                     tr("Name the file that it points to."));
    case EISDIR:
    case ENXIO: // a FIFO or a socket
        return error("file.notRegular"_ba, tr("This is not an ordinary file."), path);
    case ENAMETOOLONG:
        return error("file.nameTooLong"_ba, tr("The name of the file is too long."), path);
    default:
        return error("file.cannotWrite"_ba, qt_error_string(code), path);
    }
}

AtomicFile::AtomicFile(QString path)
    : m_path(std::move(path))
{
}

AtomicFile::~AtomicFile()
{
    discard();
}

Result<> AtomicFile::open()
{
    const Result<mode_t> mode = replaceableMode(m_path);
    if (!mode)
        return std::unexpected(mode.error());
    const QFileInfo info(m_path);
    for (int attempt = 0; attempt < 16; ++attempt) {
        if (createTemporary(info.path() + u'/' + temporaryName(info.fileName())))
            break;
        if (errno != EEXIST)
            return std::unexpected(writeError(errno, m_path));
    }
    if (!m_file.isValid())
        return std::unexpected(writeError(EEXIST, m_path));
    if (*mode != ownerOnly)
        ::fchmod(m_file.get(), *mode);
    return {};
}

/// False and errno where there is no file, or where removeAbandoned() came between making and
/// locking it: EEXIST, as for any name that is taken. A file system without locks is none of its.
bool AtomicFile::createTemporary(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    Descriptor file(
        ::open(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, ownerOnly));
    if (!file.isValid())
        return false;
    struct stat facts = {};
    const bool held = ::flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    const bool removed = locksAreOfThisMachine(file.get()) && ::fstat(file.get(), &facts) == 0
                         && facts.st_nlink == 0;
    if (held || removed) {
        errno = EEXIST;
        return false;
    }
    m_file = std::move(file);
    m_temporary = path;
    return true;
}

int AtomicFile::removeAbandoned(const QString &folder)
{
    int removed = 0;
    QDirIterator files(folder, {u".*.partial-*"_s}, QDir::Files | QDir::Hidden | QDir::System);
    while (files.hasNext()) {
        const QString path = files.next();
        if (!isTemporaryName(files.fileName()))
            continue;
        const QByteArray name = QFile::encodeName(path);
        const Descriptor file(
            ::open(name.constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
        // Locked first, looked at then: until the lock is ours its writer may still rename it.
        if (file.isValid() && locksAreOfThisMachine(file.get())
            && ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 && isOwnFile(file.get(), name)
            && ::unlink(name.constData()) == 0)
            ++removed;
    }
    return removed;
}

Result<> AtomicFile::write(QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(m_file.get(), bytes.data(), std::size_t(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            const int code = errno;
            discard();
            return std::unexpected(writeError(code, m_path));
        }
        bytes = bytes.sliced(qsizetype(written));
        m_written += written;
        writeOut();
    }
    return {};
}

/// What has been written is sent to the disk as it comes: commit() would wait for all of it. Of a
/// big file only the end stays in the kernel's cache: its memory serves again for what comes next,
/// which costs a fraction of new memory, and the cache keeps what others need (a database's
/// tables). All of it hints: what the calls answer does not matter.
void AtomicFile::writeOut()
{
    if (m_written - m_sent < sendAtOnce)
        return;
    ::sync_file_range(m_file.get(), m_sent, m_written - m_sent, SYNC_FILE_RANGE_WRITE);
    m_sent = m_written;
    const qint64 forgotten = m_sent - keptInCache;
    if (forgotten - m_forgotten < sendAtOnce)
        return;
    const qint64 count = forgotten - m_forgotten;
    ::sync_file_range(m_file.get(), m_forgotten, count,
                      SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE
                          | SYNC_FILE_RANGE_WAIT_AFTER);
    ::posix_fadvise(m_file.get(), m_forgotten, count, POSIX_FADV_DONTNEED);
    m_forgotten = forgotten;
}

Result<> AtomicFile::commit()
{
    // What stands under the name may have been exchanged while we wrote.
    if (const Result<mode_t> mode = replaceableMode(m_path); !mode) {
        discard();
        return std::unexpected(mode.error());
    }
    if (::fdatasync(m_file.get()) != 0
        || std::rename(QFile::encodeName(m_temporary).constData(),
                       QFile::encodeName(m_path).constData())
               != 0) {
        const int code = errno;
        discard();
        return std::unexpected(writeError(code, m_path));
    }
    m_temporary.clear();
    m_file.reset();
    // The name is as lasting as the content only after the folder is synced; file systems without
    // it say EINVAL.
    const Descriptor folder(::open(QFile::encodeName(QFileInfo(m_path).path()).constData(),
                                   O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.isValid() && ::fsync(folder.get()) != 0 && errno != EINVAL)
        return std::unexpected(writeError(errno, m_path));
    return {};
}

void AtomicFile::discard()
{
    m_file.reset();
    if (!m_temporary.isEmpty())
        ::unlink(QFile::encodeName(m_temporary).constData());
    m_temporary.clear();
}

Result<> writeFileAtomically(const QString &path, QByteArrayView bytes)
{
    AtomicFile file(path);
    if (auto opened = file.open(); !opened)
        return opened;
    if (auto written = file.write(bytes); !written)
        return written;
    return file.commit();
}

} // namespace core

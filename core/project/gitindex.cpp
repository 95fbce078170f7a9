// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/gitindex.h"

#include "core/base/boundedfile.h"
#include "core/project/gitignore.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QtEndian>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 largestIndex = qint64(64) << 20;
constexpr quint32 maxEntries = 1'000'000;
constexpr qsizetype headerSize = 12;
constexpr qsizetype statSize = 40; ///< times, device, inode, mode, owner and size of an entry
constexpr qsizetype sha1Size = 20;
constexpr qsizetype sha256Size = 32;

std::unexpected<Error> broken()
{
    return failure(
        ErrorKind::Local, "gitindex.broken"_ba,
        QCoreApplication::translate("core::GitIndex", "git's index cannot be understood."));
}

/// One index with hashes of one size, from its front to the end.
class IndexReader
{
public:
    IndexReader(const QByteArray &index, qsizetype hashSize)
        : m_index(index)
        , m_hashSize(hashSize)
    {
    }
    Result<QSet<QByteArray>> read();

private:
    [[nodiscard]] quint32 number(qsizetype at) const
    {
        return qFromBigEndian<quint32>(m_index.constData() + at);
    }
    /// Reads one name and moves behind it; false where the entry is not whole.
    bool readEntry();
    bool readName(qsizetype begin);
    bool readPackedName();

    const QByteArray &m_index;
    qsizetype m_hashSize;
    quint32 m_version = 0;
    qsizetype m_at = headerSize;
    QByteArray m_name;
};

/// Names that are filled up with NULs to a multiple of eight, together with their entry.
bool IndexReader::readName(qsizetype begin)
{
    const qsizetype end = m_index.indexOf('\0', m_at);
    if (end < 0)
        return false;
    m_name = m_index.sliced(m_at, end - m_at);
    m_at = begin + (end - begin + 8) / 8 * 8;
    return m_at <= m_index.size();
}

/// Version 4: how much of the name before is cut off, then what comes in its place.
bool IndexReader::readPackedName()
{
    quint64 cut = 0;
    for (int i = 0;; ++i) {
        if (m_at >= m_index.size() || i > 8)
            return false;
        const auto byte = quint8(m_index[m_at++]);
        cut = i == 0 ? byte & 0x7f : ((cut + 1) << 7) | (byte & 0x7f);
        if (!(byte & 0x80))
            break;
    }
    const qsizetype end = m_index.indexOf('\0', m_at);
    if (end < 0 || cut > quint64(m_name.size()))
        return false;
    m_name.chop(qsizetype(cut));
    m_name += m_index.sliced(m_at, end - m_at);
    m_at = end + 1;
    return true;
}

bool IndexReader::readEntry()
{
    const qsizetype begin = m_at;
    const qsizetype flagsAt = begin + statSize + m_hashSize;
    if (flagsAt + 4 > m_index.size())
        return false;
    // Only these kinds of files can be in it: hashes of another size are told by it.
    const quint32 kind = number(begin + 24) >> 12;
    if (kind != 0x8 && kind != 0xa && kind != 0xe && kind != 0x4)
        return false;
    const bool isExtended = quint8(m_index[flagsAt]) & 0x40;
    m_at = flagsAt + (isExtended && m_version >= 3 ? 4 : 2);
    return m_version == 4 ? readPackedName() : readName(begin);
}

Result<QSet<QByteArray>> IndexReader::read()
{
    if (m_index.size() < headerSize || !m_index.startsWith("DIRC"))
        return broken();
    m_version = number(4);
    const quint32 count = number(8);
    if (m_version < 2 || m_version > 4 || count > maxEntries)
        return broken();
    QSet<QByteArray> paths;
    for (quint32 i = 0; i < count; ++i) {
        if (!readEntry() || m_name.isEmpty())
            return broken();
        paths.insert(m_name);
    }
    return paths;
}

/// The folder with the index: `.git`, or where a `.git` file points inside of a repository.
QString gitFolder(const QString &top)
{
    const QString place = top + "/.git"_L1;
    if (!QFileInfo(place).isFile())
        return place;
    const Result<QByteArray> text = readBoundedFile(place, 4096);
    if (!text || !text->startsWith("gitdir: "))
        return {};
    const QString target =
        QDir::cleanPath(QDir(top).absoluteFilePath(QFile::decodeName(text->sliced(8).trimmed())));
    const bool isOwn =
        target.contains("/.git/worktrees/"_L1) || target.contains("/.git/modules/"_L1);
    return isOwn ? target : QString();
}

} // namespace

Result<QSet<QByteArray>> readGitIndex(const QByteArray &index)
{
    Result<QSet<QByteArray>> paths = IndexReader(index, sha1Size).read();
    return paths ? paths : IndexReader(index, sha256Size).read();
}

GitTracked::GitTracked(const QString &folder)
    : m_top(topOfRepository(folder))
{
    if (m_top.isEmpty())
        return;
    const QString git = gitFolder(m_top);
    if (git.isEmpty())
        return;
    const Result<QByteArray> index = readBoundedFile(git + "/index"_L1, largestIndex);
    if (!index)
        return;
    if (Result<QSet<QByteArray>> paths = readGitIndex(*index))
        m_paths = std::move(*paths);
}

bool GitTracked::holds(const QString &path) const
{
    return !m_paths.isEmpty() && path.startsWith(m_top + u'/')
           && m_paths.contains(QFile::encodeName(path.sliced(m_top.size() + 1)));
}

} // namespace core

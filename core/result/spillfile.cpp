// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/spillfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
#include <utility>

namespace core {

namespace {

using namespace Qt::StringLiterals;

std::unexpected<Error> spillError(int code, const QString &place)
{
    if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
        return failure(ErrorKind::Local, "result.spillFull"_ba,
                       QCoreApplication::translate(
                           "core::SpillFile", "There is no more space on disk for further rows."),
                       place,
                       QCoreApplication::translate(
                           "core::SpillFile",
                           "The rows read so far stay. Free some space and run it again, or read "
                           "fewer rows."));
    }
    return failure(ErrorKind::Local, "result.spillFailed"_ba,
                   QCoreApplication::translate("core::SpillFile",
                                               "The file of rows on disk could not be used: %1.")
                       .arg(qt_error_string(code)),
                   place,
                   QCoreApplication::translate("core::SpillFile", "The rows in memory stay."));
}

int openUnnamed(const QByteArray &folder)
{
    const int descriptor =
        ::open(folder.constData(), O_TMPFILE | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != ENOENT))
        return descriptor;
    // Some network and overlay file systems know no unnamed files.
    QByteArray pattern = folder + "/rows-XXXXXX";
    const int named = ::mkostemp(pattern.data(), O_CLOEXEC);
    if (named >= 0)
        ::unlink(pattern.constData());
    return named;
}

/// Moves both runs whole with `transfer` (pwritev or preadv); 0 or errno.
template<class Byte, class Transfer>
int moveAll(std::span<Byte> first, std::span<Byte> second, qint64 offset, Transfer transfer)
{
    while (!first.empty() || !second.empty()) {
        std::array<iovec, 2> runs{};
        int used = 0;
        for (const std::span<Byte> run : {first, second}) {
            if (!run.empty())
                runs[std::size_t(used++)] = {const_cast<char *>(run.data()), run.size()};
        }
        const ssize_t moved = transfer(runs.data(), used, off_t(offset));
        if (moved < 0 && errno == EINTR)
            continue;
        if (moved <= 0)
            return moved < 0 ? errno : EIO;
        offset += moved;
        const std::size_t fromFirst = std::min(std::size_t(moved), first.size());
        first = first.subspan(fromFirst);
        second = second.subspan(std::size_t(moved) - fromFirst);
    }
    return 0;
}

} // namespace

Result<SpillFile> SpillFile::create(const QString &folder)
{
    const QByteArray path = QFile::encodeName(folder);
    if (!QDir().mkpath(QFileInfo(folder).path()))
        return spillError(errno, folder);
    if (::mkdir(path.constData(), S_IRWXU) != 0 && errno != EEXIST)
        return spillError(errno, folder);
    const int descriptor = openUnnamed(path);
    if (descriptor < 0)
        return spillError(errno, folder);
    return SpillFile(descriptor);
}

SpillFile::SpillFile(SpillFile &&other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
    , m_size(std::exchange(other.m_size, 0))
{
}

SpillFile &SpillFile::operator=(SpillFile &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    std::swap(m_size, other.m_size);
    return *this;
}

SpillFile::~SpillFile()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

Result<qint64> SpillFile::append(std::span<const char> first, std::span<const char> second)
{
    const qint64 at = m_size;
    const int code = moveAll(first, second, at, [this](const iovec *runs, int count, off_t offset) {
        return ::pwritev(m_descriptor, runs, count, offset);
    });
    if (code != 0) {
        // Gives the space of a half-written run back; if that fails too, it is overwritten next
        // time.
        [[maybe_unused]] const int ignored = ::ftruncate(m_descriptor, off_t(at));
        return spillError(code, {});
    }
    m_size = at + qint64(first.size() + second.size());
    return at;
}

Result<> SpillFile::read(qint64 offset, std::span<char> first, std::span<char> second) const
{
    const int code =
        moveAll(first, second, offset, [this](const iovec *runs, int count, off_t from) {
            return ::preadv(m_descriptor, runs, count, from);
        });
    if (code != 0)
        return spillError(code, {});
    return {};
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/boundedfile.h"

#include "core/base/descriptor.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>
#include <QStringDecoder>
#include <QStringList>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::BoundedFile", text);
}

std::unexpected<Error> openFailure(int code, const QString &path)
{
    switch (code) {
    case ENOENT:
    case ENOTDIR:
        return failure(ErrorKind::Local, "file.missing"_ba, tr("There is no such file."), path);
    case EACCES:
    case EPERM:
        return failure(ErrorKind::Local, "file.permission"_ba,
                       tr("The file may not be read by you."), path);
    case ELOOP:
        return failure(ErrorKind::Local, "file.symlink"_ba,
                       tr("The file is a symbolic link, which is not followed."), path);
    case ENXIO:
        return failure(ErrorKind::Local, "file.notRegular"_ba, tr("This is not an ordinary file."),
                       path);
    default:
        return failure(ErrorKind::Local, "file.unreadable"_ba, qt_error_string(code), path);
    }
}

Result<QByteArray> readAll(int fd, qint64 size, qint64 largest, const QString &path)
{
    QByteArray content(qsizetype(size), Qt::Uninitialized);
    qsizetype filled = 0;
    while (true) {
        if (filled == content.size())
            content.resize(filled
                           + 1); // one byte more tells the end from a file that grows meanwhile
        const ssize_t got =
            ::read(fd, content.data() + filled, std::size_t(content.size() - filled));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return openFailure(errno, path);
        if (got == 0)
            break;
        filled += qsizetype(got);
        if (filled > largest)
            return failure(ErrorKind::Local, "file.tooBig"_ba,
                           tr("The file grows while it is read."), path);
    }
    content.truncate(filled);
    return content;
}

constexpr int openFlags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;

Result<QByteArray> readOpened(const Descriptor &file, const QString &path, qint64 largest)
{
    if (!file.isValid())
        return openFailure(errno, path);
    struct stat facts = {};
    if (::fstat(file.get(), &facts) != 0)
        return openFailure(errno, path);
    if (!S_ISREG(facts.st_mode))
        return openFailure(ENXIO, path);
    if (facts.st_size > largest) {
        const QLocale locale;
        return failure(
            ErrorKind::Local, "file.tooBig"_ba,
            tr("The file holds %1, more than the %2 that are read.")
                .arg(locale.formattedDataSize(facts.st_size), locale.formattedDataSize(largest)),
            path);
    }
    return readAll(file.get(), facts.st_size, largest, path);
}

/// One folder further down. With O_DIRECTORY the kernel calls a link "not a directory".
Result<Descriptor> enterFolder(const Descriptor &from, const QString &name, const QString &path)
{
    const QByteArray part = QFile::encodeName(name);
    Descriptor next(
        ::openat(from.get(), part.constData(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (next.isValid())
        return next;
    const int code = errno;
    struct stat facts = {};
    const bool isLink = ::fstatat(from.get(), part.constData(), &facts, AT_SYMLINK_NOFOLLOW) == 0
                        && S_ISLNK(facts.st_mode);
    return openFailure(isLink ? ELOOP : code, path);
}

} // namespace

Result<QByteArray> readBoundedFile(const QString &path, qint64 largest)
{
    if (path.contains(QChar::Null)) // would end the name for the system
        return openFailure(ENOENT, path);
    return readOpened(Descriptor(::open(QFile::encodeName(path).constData(), openFlags)), path,
                      largest);
}

Result<QByteArray> readFileBeneath(const QString &folder, const QString &relativePath,
                                   qint64 largest)
{
    const QString whole = folder + u'/' + relativePath;
    const QStringList parts = relativePath.split(u'/');
    const bool leavesFolder = std::ranges::any_of(parts, [](const QString &part) {
        return part.isEmpty() || part == "."_L1 || part == ".."_L1;
    });
    if (leavesFolder || whole.contains(QChar::Null))
        return openFailure(ENOENT, whole);
    Descriptor at(::open(QFile::encodeName(folder).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!at.isValid())
        return openFailure(errno, whole);
    for (const QString &part : parts.first(parts.size() - 1)) {
        Result<Descriptor> next = enterFolder(at, part, whole);
        if (!next)
            return std::unexpected(std::move(next.error()));
        at = std::move(*next);
    }
    const QByteArray name = QFile::encodeName(parts.last());
    return readOpened(Descriptor(::openat(at.get(), name.constData(), openFlags)), whole, largest);
}

Result<QString> decodedText(const QByteArray &bytes, const QString &path)
{
    if (bytes.isValidUtf8())
        return QString::fromUtf8(bytes.startsWith("\xef\xbb\xbf") ? bytes.sliced(3) : bytes);
    // The longest beginning that a decoder takes ends where the text does.
    qsizetype good = 0;
    qsizetype bad = bytes.size() + 1;
    while (bad - good > 1) {
        const qsizetype middle = good + (bad - good) / 2;
        QStringDecoder decoder(QStringDecoder::Utf8);
        [[maybe_unused]] const QString text = decoder(bytes.first(middle));
        (decoder.hasError() ? bad : good) = middle;
    }
    const qsizetype line = 1 + QByteArrayView(bytes).first(good).count('\n');
    return failure(ErrorKind::Local, "file.notUtf8"_ba,
                   tr("Line %1 is not text in UTF-8 (at byte %2 of the file).")
                       .arg(line)
                       .arg(std::min(good + 1, bytes.size())),
                   path, tr("Save the file as UTF-8."));
}

} // namespace core

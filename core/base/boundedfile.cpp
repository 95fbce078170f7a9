// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/boundedfile.h"

#include "core/base/descriptor.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

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

} // namespace

Result<QByteArray> readBoundedFile(const QString &path, qint64 largest)
{
    const Descriptor file(::open(QFile::encodeName(path).constData(),
                                 O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY));
    if (!file.isValid())
        return openFailure(errno, path);
    struct stat facts = {};
    if (::fstat(file.get(), &facts) != 0)
        return openFailure(errno, path);
    if (!S_ISREG(facts.st_mode))
        return failure(ErrorKind::Local, "file.notRegular"_ba, tr("This is not an ordinary file."),
                       path);
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

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/folderreach.h"

#include <QCoreApplication>
#include <QFile>
#include <QPromise>

#include <cerrno>
#include <memory>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::FolderReach", text);
}

Result<> reasonOf(int code, const QString &folder)
{
    switch (code) {
    case ENOENT:
        return failure(ErrorKind::Local, "project.gone"_ba, tr("The folder is not there any more."),
                       folder);
    case ENOTDIR:
        return failure(ErrorKind::Local, "project.notFolder"_ba, tr("This is not a folder."),
                       folder);
    case EACCES:
    case EPERM:
        return failure(ErrorKind::Local, "project.permission"_ba, tr("The folder may not be read."),
                       folder);
    default:
        return failure(ErrorKind::Local, "project.unreachable"_ba, qt_error_string(code), folder);
    }
}

/// Blocks as long as the file system does.
Result<> look(const QString &folder)
{
    const QByteArray path = QFile::encodeName(folder);
    struct stat facts = {};
    if (::stat(path.constData(), &facts) != 0)
        return reasonOf(errno, folder);
    if (!S_ISDIR(facts.st_mode))
        return reasonOf(ENOTDIR, folder);
    if (::access(path.constData(), R_OK | X_OK) != 0)
        return reasonOf(errno, folder);
    return {};
}

} // namespace

QFuture<Result<>> lookAtFolder(const QString &folder)
{
    auto promise = std::make_shared<QPromise<Result<>>>();
    QFuture<Result<>> future = promise->future();
    promise->start();
    std::thread([promise, folder] {
        promise->addResult(look(folder));
        promise->finish();
    }).detach();
    return future;
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Paths", text);
}

/// The specification ignores relative paths.
QString base(const char *variable, const QString &belowHome)
{
    const QString value = qEnvironmentVariable(variable);
    const QString root =
        value.startsWith(u'/') ? QDir::cleanPath(value) : QDir::homePath() + u'/' + belowHome;
    return root + u"/sluice"_s;
}

bool isPrivate(const QString &path)
{
    struct stat facts = {};
    return ::lstat(QFile::encodeName(path).constData(), &facts) == 0 && S_ISDIR(facts.st_mode)
           && facts.st_uid == ::geteuid() && (facts.st_mode & 0077U) == 0;
}

} // namespace

QString configDirectory()
{
    return base("XDG_CONFIG_HOME", u".config"_s);
}
QString dataDirectory()
{
    return base("XDG_DATA_HOME", u".local/share"_s);
}
QString stateDirectory()
{
    return base("XDG_STATE_HOME", u".local/state"_s);
}
QString cacheDirectory()
{
    return base("XDG_CACHE_HOME", u".cache"_s);
}

Result<QString> runtimeDirectory()
{
    const QString given = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QString path = given.startsWith(u'/') ? QDir::cleanPath(given) + u"/sluice"_s
                                                : u"/tmp/sluice-%1"_s.arg(::geteuid());
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0 && errno != EEXIST) {
        return failure(ErrorKind::Local, "path.runtime"_ba, qt_error_string(errno), path,
                       tr("Set XDG_RUNTIME_DIR to a folder of yours."));
    }
    if (!isPrivate(path)) {
        return failure(ErrorKind::Local, "path.runtime"_ba,
                       tr("The runtime folder is open to other users."), path,
                       tr("Remove it, or set XDG_RUNTIME_DIR to a folder of yours."));
    }
    return path;
}

Result<> makePrivateDirectory(const QString &path)
{
    const QString clean = QDir::cleanPath(path);
    for (qsizetype slash = clean.indexOf(u'/', 1);; slash = clean.indexOf(u'/', slash + 1)) {
        const QString part = slash < 0 ? clean : clean.left(slash);
        if (::mkdir(QFile::encodeName(part).constData(), 0700) != 0 && errno != EEXIST
            && !QDir(part).exists()) {
            return failure(ErrorKind::Local, "path.cannotMake"_ba, tr("The folder cannot be made."),
                           path, qt_error_string(errno));
        }
        if (slash < 0)
            break;
    }
    if (QDir(clean).exists())
        return {};
    return failure(ErrorKind::Local, "path.cannotMake"_ba, tr("The folder cannot be made."), path,
                   tr("Something else has its name."));
}

} // namespace core

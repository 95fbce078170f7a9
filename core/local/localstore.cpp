// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/local/instance.h"
#include "core/local/serverfiles.h"
#include "core/local/serverlock.h"

#include "core/base/atomicfile.h"
#include "core/base/boundedfile.h"
#include "core/base/paths.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 largestDescription = 64 * 1024;

Result<LocalInstance> readInstance(const QString &file)
{
    const auto bytes = readBoundedFile(file, largestDescription);
    if (!bytes)
        return std::unexpected(bytes.error());
    return LocalInstance::fromJson(QJsonDocument::fromJson(*bytes).object(), file);
}

} // namespace

LocalStore::LocalStore()
    : m_directory(dataDirectory() + u"/local"_s)
{
}

LocalStore::LocalStore(QString directory)
    : m_directory(std::move(directory))
{
}

QString LocalStore::directoryOf(const QString &id) const
{
    return m_directory + u'/' + id;
}

std::vector<LocalInstance> LocalStore::list(std::vector<Error> *damaged) const
{
    std::vector<LocalInstance> instances;
    const QStringList ids =
        QDir(m_directory).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &id : ids) {
        const QString file = directoryOf(id) + u"/instance.json"_s;
        if (!QFile::exists(file))
            continue; // being made, or the remains of a make that was killed
        auto instance = readInstance(file);
        if (instance)
            instances.push_back(std::move(*instance));
        else if (damaged)
            damaged->push_back(instance.error());
    }
    return instances;
}

Result<LocalInstance> LocalStore::find(const QString &projectFolder) const
{
    std::vector<Error> damaged;
    const std::vector<LocalInstance> instances = list(&damaged);
    const auto found = std::ranges::find(instances, projectFolder, &LocalInstance::folder);
    if (found != instances.end())
        return *found;
    if (!damaged.empty())
        return std::unexpected(damaged.front());
    return failure(
        ErrorKind::Local, "local.none"_ba,
        QCoreApplication::translate("core::LocalStore", "This folder has no local database."),
        projectFolder,
        QCoreApplication::translate("core::LocalStore", "Make one with: sluicectl local create"));
}

Result<> LocalStore::save(const LocalInstance &instance) const
{
    const QByteArray json = QJsonDocument(instance.toJson()).toJson();
    return writeFileAtomically(directoryOf(instance.id) + u"/instance.json"_s, json);
}

LocalState LocalStore::state(const LocalInstance &instance) const
{
    const ServerFiles files(directoryOf(instance.id));
    if (!ServerLock::isHeld(files.postgresLock()))
        return LocalState::Stopped;
    if (files.postmasterStatus() != "ready")
        return LocalState::Starting;
    return ServerLock::isHeld(files.poolerLock()) ? LocalState::Running : LocalState::PoolerDown;
}

Result<QString> LocalStore::socketDirectory(const LocalInstance &instance) const
{
    const auto runtime = runtimeDirectory();
    if (!runtime)
        return std::unexpected(runtime.error());
    const QString directory = *runtime + u"/local/"_s + instance.id;
    // sun_path holds 107 bytes and the file is called .s.PGSQL.<port>
    constexpr qsizetype longest = 107 - qsizetype(sizeof("/.s.PGSQL.65535")) + 1;
    if (QFile::encodeName(directory).size() > longest) {
        return failure(
            ErrorKind::Local, "local.runtimePath"_ba,
            QCoreApplication::translate("core::LocalStore",
                                        "The runtime folder's path is too long for a socket."),
            directory,
            QCoreApplication::translate("core::LocalStore",
                                        "Set XDG_RUNTIME_DIR to a shorter folder of yours."));
    }
    if (!QDir().mkpath(directory)
        || !QFile::setPermissions(directory,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner)) {
        return failure(
            ErrorKind::Local, "local.runtimeFolder"_ba,
            QCoreApplication::translate("core::LocalStore",
                                        "The folder for the server's socket cannot be made."),
            directory);
    }
    return directory;
}

} // namespace core

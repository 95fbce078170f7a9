// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/jsonstore.h"

#include "core/base/atomicfile.h"
#include "core/base/boundedfile.h"
#include "core/base/filelock.h"
#include "core/base/paths.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <cerrno>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 storeLimit = qint64(16) * 1024 * 1024;

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::JsonStore)
};

Result<FileLock> lockOf(const QString &file)
{
    return makePrivateDirectory(QFileInfo(file).path()).and_then([&file] {
        return FileLock::acquire(file + u".lock"_s, FileLock::Mode::Exclusive, FileLock::Wait::Yes);
    });
}

} // namespace

JsonStore::JsonStore(QString file, int schema)
    : m_file(std::move(file))
    , m_schema(schema)
{
}

Result<QJsonObject> JsonStore::read() const
{
    const Result<QByteArray> bytes = readBoundedFile(m_file, storeLimit);
    if (!bytes) {
        if (bytes.error().id == "file.missing")
            return QJsonObject{};
        return std::unexpected(bytes.error());
    }
    const QJsonDocument document = QJsonDocument::fromJson(*bytes);
    const int schema = document.object()["schema"_L1].toInt(-1);
    if (!document.isObject() || schema < 0) {
        return failure(ErrorKind::Local, "store.broken"_ba, Text::tr("This file is damaged."),
                       m_file, Text::tr("Move it away, or restore it from a backup."));
    }
    if (schema > m_schema) {
        return failure(ErrorKind::Local, "store.newer"_ba,
                       Text::tr("A newer version of Sluice has written this file."), m_file,
                       Text::tr("Use that version, or move the file away."));
    }
    return document.object();
}

Result<> JsonStore::update(const std::function<Result<>(QJsonObject &)> &change) const
{
    const Result<FileLock> lock = lockOf(m_file);
    if (!lock)
        return std::unexpected(lock.error());
    Result<QJsonObject> object = read();
    if (!object)
        return std::unexpected(std::move(object.error()));
    const QJsonObject before = *object;
    if (Result<> changed = change(*object); !changed)
        return changed;
    object->insert("schema"_L1, m_schema);
    if (*object == before)
        return {};
    return writeFileAtomically(m_file, QJsonDocument(*object).toJson());
}

Result<> JsonStore::updateOrReplace(const std::function<Result<>(QJsonObject &)> &change) const
{
    Result<> written = update(change);
    if (!written && written.error().id == "store.broken")
        written = moveAside().and_then([&](const QString &) { return update(change); });
    return written;
}

Result<QString> JsonStore::moveAside() const
{
    const Result<FileLock> lock = lockOf(m_file);
    if (!lock)
        return std::unexpected(lock.error());
    const QString aside = m_file + u".broken"_s;
    if (std::rename(QFile::encodeName(m_file).constData(), QFile::encodeName(aside).constData())
        != 0)
        return std::unexpected(writeError(errno, m_file));
    return aside;
}

} // namespace core

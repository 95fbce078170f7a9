// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/local/instance.h"

#include <QCoreApplication>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int schemaVersion = 1;

QString address(const LocalInstance &instance, quint16 port, bool reveal)
{
    const QString password =
        reveal ? QString::fromLatin1(QUrl::toPercentEncoding(instance.password)) : u"••••"_s;
    return u"postgresql://%1:%2@127.0.0.1:%3/%4"_s.arg(
        QString::fromLatin1(QUrl::toPercentEncoding(instance.user)), password,
        QString::number(port), QString::fromLatin1(QUrl::toPercentEncoding(instance.database)));
}

} // namespace

QString LocalInstance::directUrl(bool reveal) const
{
    return address(*this, port, reveal);
}

QString LocalInstance::pooledUrl(bool reveal) const
{
    return address(*this, poolerPort, reveal) + u"?pgbouncer=true"_s;
}

QJsonObject LocalInstance::toJson() const
{
    return {{u"schemaVersion"_s, schemaVersion},
            {u"id"_s, id},
            {u"folder"_s, folder},
            {u"database"_s, database},
            {u"user"_s, user},
            {u"password"_s, password},
            {u"port"_s, port},
            {u"poolerPort"_s, poolerPort},
            {u"created"_s, created.toString(Qt::ISODate)}};
}

Result<LocalInstance> LocalInstance::fromJson(const QJsonObject &json, const QString &file)
{
    LocalInstance instance;
    instance.id = json[u"id"_s].toString();
    instance.folder = json[u"folder"_s].toString();
    instance.database = json[u"database"_s].toString();
    instance.user = json[u"user"_s].toString();
    instance.password = json[u"password"_s].toString();
    instance.port = quint16(json[u"port"_s].toInt());
    instance.poolerPort = quint16(json[u"poolerPort"_s].toInt());
    instance.created = QDateTime::fromString(json[u"created"_s].toString(), Qt::ISODate);
    const bool known = json[u"schemaVersion"_s].toInt() == schemaVersion;
    if (!known || instance.id.isEmpty() || instance.database.isEmpty() || instance.user.isEmpty()
        || instance.port == 0 || instance.poolerPort == 0) {
        return failure(
            ErrorKind::Local, "local.damaged"_ba,
            QCoreApplication::translate("core::LocalInstance",
                                        "The description of a local server cannot be read."),
            file,
            QCoreApplication::translate("core::LocalInstance",
                                        "Its data is untouched; restore the file from a backup."));
    }
    return instance;
}

} // namespace core

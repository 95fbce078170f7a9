// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/local/serverfiles.h"

#include <QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 largestStatusFile = 4096;

QList<QByteArray> statusLines(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.read(largestStatusFile).split('\n');
}

} // namespace

QString ServerFiles::data() const
{
    return m_directory + u"/data"_s;
}
QString ServerFiles::postgresLog() const
{
    return m_directory + u"/postgresql.log"_s;
}
QString ServerFiles::postgresLock() const
{
    return m_directory + u"/postgresql.lock"_s;
}
QString ServerFiles::poolerConfig() const
{
    return m_directory + u"/pgbouncer.ini"_s;
}
QString ServerFiles::poolerUsers() const
{
    return m_directory + u"/userlist.txt"_s;
}
QString ServerFiles::poolerLog() const
{
    return m_directory + u"/pgbouncer.log"_s;
}
QString ServerFiles::poolerLock() const
{
    return m_directory + u"/pgbouncer.lock"_s;
}
QString ServerFiles::poolerPidFile() const
{
    return m_directory + u"/pgbouncer.pid"_s;
}

QByteArray ServerFiles::postmasterStatus() const
{
    return statusLines(data() + u"/postmaster.pid"_s).value(7).trimmed();
}

pid_t ServerFiles::postmasterPid() const
{
    return pid_t(statusLines(data() + u"/postmaster.pid"_s).value(0).trimmed().toInt());
}

pid_t ServerFiles::poolerPid() const
{
    return pid_t(statusLines(poolerPidFile()).value(0).trimmed().toInt());
}

QString ServerFiles::tail(const QString &log, int lines)
{
    QFile file(log);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    file.seek(std::max<qint64>(0, file.size() - largestStatusFile));
    const QStringList all = QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts);
    return QStringList(all.mid(std::max<qsizetype>(0, all.size() - lines))).join(u'\n');
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/run/benchserver.h"

#include "core/base/atomicfile.h"
#include "core/base/boundedfile.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <csignal>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

constexpr qint64 megabyte = qint64(1024) * 1024;
constexpr qint64 longestPassword = 100;

std::unexpected<core::Error> serverError(const QString &what, const QString &place)
{
    return core::failure(core::ErrorKind::Local, "bench.server"_ba, what, place);
}

qint64 sharedBuffersMegabytes()
{
    const qint64 memory = qint64(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE);
    return std::min(qint64(4096), memory / 4 / megabyte);
}

} // namespace

BenchServer::BenchServer(const QString &folder)
{
    m_facts.folder = folder;
    m_facts.superuser = "postgres"_ba;
    m_facts.plainUser = "plain"_ba;
}

BenchServer::~BenchServer()
{
    if (m_server)
        m_server->stop(SIGINT);
    if (!m_facts.socketFolder.isEmpty())
        QDir(m_facts.socketFolder).removeRecursively();
}

core::Result<> BenchServer::start()
{
    if (!QDir().mkpath(m_facts.folder)
        || !QFile::setPermissions(m_facts.folder,
                                  QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return serverError(u"The folder of the server cannot be made."_s, m_facts.folder);
    m_facts.socketFolder = test::shortFolder(u"slb"_s);
    m_server = std::make_unique<test::Server>(m_facts.folder, m_facts.socketFolder);
    if (const auto initialised = initialise(); !initialised)
        return initialised;
    if (const auto written = writeSettings(); !written)
        return written;
    if (!m_server->start())
        return serverError(u"The server does not start."_s, m_facts.logFile());
    m_facts.port = m_server->port();
    return {};
}

core::Result<> BenchServer::initialise()
{
    const QString passwordFile = m_facts.folder + u"/password"_s;
    const QString finished = m_facts.folder + u"/initialised"_s;
    if (QFile::exists(finished)) {
        const auto password = core::readBoundedFile(passwordFile, longestPassword);
        if (!password)
            return std::unexpected(password.error());
        m_facts.superPassword = password->trimmed();
        return {};
    }
    QDir(m_facts.folder + u"/data"_s).removeRecursively();
    m_facts.superPassword = test::randomWord().toUtf8();
    if (!m_server->initialise(m_facts.superPassword))
        return serverError(u"The cluster cannot be made."_s, m_facts.folder);
    return core::writeFileAtomically(finished, "1\n"_ba);
}

core::Result<> BenchServer::writeSettings() const
{
    // Read after postgresql.conf. Without replicas a table that is filled by the transaction which
    // made it needs no log. Scans that join each other would begin in the middle, and the bytes of
    // two exports could not be compared.
    const QByteArray settings = "shared_buffers = " + QByteArray::number(sharedBuffersMegabytes())
                                + "MB\n"
                                  "work_mem = 64MB\nmaintenance_work_mem = 512MB\n"
                                  "wal_level = minimal\nmax_wal_senders = 0\nmax_wal_size = 16GB\n"
                                  "max_connections = 40\nmax_prepared_transactions = 0\n"
                                  // pg_dump locks every table.
                                  "max_locks_per_transaction = 2048\n"
                                  "jit = off\nmax_parallel_workers_per_gather = 0\n"
                                  "max_parallel_maintenance_workers = 0\n"
                                  "synchronize_seqscans = off\ncheckpoint_timeout = 1h\n";
    return core::writeFileAtomically(m_facts.folder + u"/data/postgresql.auto.conf"_s, settings);
}

} // namespace bench

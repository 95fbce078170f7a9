// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace test {

/// Who connects. Super may do anything; Plain owns the test databases and nothing else.
enum class Role : quint8 { Super, Plain };

/// One running PostgreSQL 17, as `test_cluster start` wrote it down. The socket admits everybody
/// (its folder is owner-only), TCP on 127.0.0.1 wants SCRAM-SHA-256. Settings: fsync off,
/// autovacuum off, wal_level logical, max_connections 200, max_prepared_transactions 4; locale
/// C.UTF-8.
struct ClusterFacts {
    QString folder = {}; ///< data, log and lock of the watchdog
    QString socketFolder = {};
    quint16 port = 0; ///< of TCP and of the socket's name
    QByteArray superuser = {};
    QByteArray superPassword = {};
    QByteArray plainUser = {};
    QByteArray plainPassword = {};
    qint64 watchdog = 0;   ///< process id
    qint64 postmaster = 0; ///< process id

    [[nodiscard]] QByteArray user(Role role) const;
    [[nodiscard]] QByteArray password(Role role) const;
    [[nodiscard]] QString logFile() const { return folder + QStringLiteral("/server.log"); }
};

/// Where `test_cluster` writes the facts for the process `owner`.
[[nodiscard]] QString clusterFile(qint64 owner);
[[nodiscard]] std::optional<ClusterFacts> readCluster(const QString &file);
[[nodiscard]] bool writeCluster(const QString &file, const ClusterFacts &facts);

/// The server for this process: that of the ctest run which it belongs to (a process above it owns
/// one), else a cluster of its own, which a watchdog stops when this process ends. Ends the program
/// if there is none: a test without a server proves nothing.
[[nodiscard]] const ClusterFacts &cluster();

/// Facts of a cluster to be made: new folders, names and passwords; port and processes are 0.
[[nodiscard]] ClusterFacts newClusterFacts();
/// The statement that makes the plain role.
[[nodiscard]] QByteArray createPlainRole(const ClusterFacts &facts);

/// libpq keywords of a database of a cluster over TCP, as core::secured() makes them.
[[nodiscard]] core::ConnKeywords tcpKeywords(const ClusterFacts &facts, const QString &database,
                                             Role role, quint16 port = 0);
/// The same over the socket, without a password.
[[nodiscard]] core::ConnKeywords socketKeywords(const ClusterFacts &facts, const QString &database,
                                                Role role);
/// postgresql://user:password@127.0.0.1:port/database; `port` 0 means the server's own.
[[nodiscard]] QString tcpUrl(const ClusterFacts &facts, const QString &database, Role role,
                             quint16 port = 0);

/// A TCP port of 127.0.0.1 that was free a moment ago.
[[nodiscard]] quint16 freePort();
/// A new owner-only folder with a path short enough for sockets (≤ 107 bytes with the socket's
/// name).
[[nodiscard]] QString shortFolder(const QString &prefix);
[[nodiscard]] QString randomWord();
/// The parent of a process; 0 when there is no such process.
[[nodiscard]] qint64 parentOf(qint64 pid);
/// Where the server's programs are: SLUICE_PG_BINDIR, else Debian's place.
[[nodiscard]] QString serverProgram(const QString &name);

} // namespace test

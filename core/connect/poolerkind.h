// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"

#include <map>
#include <vector>

namespace core {

/// Which pooler answers behind an address. PgBouncer is told by tests on the real one in its three
/// modes. The others were not run here: Supavisor by the application_name of its greeting and by
/// the code in front of its messages (its source, 2026), RDS Proxy by its host and by its refusals
/// as users report them, Neon by its host; what stands in their place is PgBouncer's own behaviour.
enum class PoolerKind : quint8 {
    None,      ///< nothing was seen
    PgBouncer, ///< also Neon's, Fly's and others' own
    Supavisor,
    Neon, ///< its proxy, with PgBouncer in transaction mode behind it
    RdsProxy,
    Other, ///< something stands between, and nothing tells what
};

/// For how long a client keeps its server connection.
enum class PoolMode : quint8 { Unknown, Session, Transaction, Statement };

/// What was seen of one endpoint; everything but the address may be missing.
struct PoolerFacts {
    ConnInfo address = {};
    int announcedPid = 0; ///< PQbackendPID
    /// PQparameterStatus by name, of those that were reported.
    std::map<QByteArray, QByteArray> reports = {};
    /// application_name that was asked for; empty = not known
    QByteArray askedName = {};
    /// One transaction after the other: on which of our connections, and in which server process.
    struct Transaction {
        int connection = 0;
        int backend = 0;
        int announced = 0; ///< PQbackendPID of that connection; 0 = not known
        bool operator==(const Transaction &) const = default;
    };
    /// No two of them at the same time, and all connections open from the first to the last.
    std::vector<Transaction> transactions = {};
    /// A connection had to wait for a server while another one of ours was idle.
    bool waitedForIdle = false;
    /// Names in pg_prepared_statements.
    QByteArrayList preparedNames = {};
    /// Errors of this endpoint.
    std::vector<ServerReport> errors = {};
    bool operator==(const PoolerFacts &) const = default;
};

struct PoolerFinding {
    PoolerKind kind = PoolerKind::None;
    PoolMode mode = PoolMode::Unknown;
    /// A sentence or two, the strongest of what was seen. None has one only where the endpoint
    /// behaved as a server does, which is more than that nothing was seen.
    QString evidence = {};
    bool onlyOne = false; ///< a second connection of ours got no server while the first was idle
    bool operator==(const PoolerFinding &) const = default;

    /// SET, LISTEN, temporary tables and session locks stay with the client, as on a direct one.
    /// A dump or a replication stream needs more than that: see sessionModeLimit().
    [[nodiscard]] bool keepsSession() const { return mode == PoolMode::Session; }
};

/// Pure. What was said or done beats what the address looks like.
[[nodiscard]] PoolerFinding poolerKind(const PoolerFacts &facts);

/// Stable, for --json: "pgbouncer", "rdsProxy" …; "transaction" ….
[[nodiscard]] QString poolerKindId(PoolerKind kind);
[[nodiscard]] QString poolModeId(PoolMode mode);
/// For people: "PgBouncer in transaction mode".
[[nodiscard]] QString poolerText(const PoolerFinding &finding);
/// The same at the beginning of a sentence: "A pooler in session mode".
[[nodiscard]] QString poolerName(const PoolerFinding &finding);
/// What follows for whoever connects through it, in a sentence or two; empty where nothing does.
[[nodiscard]] QString poolerConsequence(const PoolerFinding &finding);
/// Why a pooler in session mode still is no direct endpoint for dumps and replication; one
/// sentence.
[[nodiscard]] QString sessionModeLimit();

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/session/collect.h"

#include <QFuture>
#include <QString>
#include <QStringList>

#include <chrono>
#include <memory>
#include <vector>

namespace core {

class SessionThread;

/// One session of the server as pg_stat_activity shows it to this role. Where the role may not look
/// at a session, `visible` is false and all but pid, user, database and application is unknown:
/// shown as such, never as nothing.
struct ActivitySession {
    enum class State : quint8 { Hidden, Active, Idle, IdleInTransaction, Failed, Other };

    int pid = 0;
    QString kind = {}; ///< "client backend", "autovacuum worker" …
    QString database = {};
    QString user = {};
    QString application = {};
    QString address = {}; ///< empty = a local socket, or hidden
    QString stateText = {};
    State state = State::Hidden;
    bool visible = false;
    bool own = false; ///< of this program, in any of its windows
    QString waitEvent = {};
    QString query = {};           ///< the last or running statement, at most 4,000 characters
    QByteArray backendStart = {}; ///< seconds since 1970 as the server counts, exact
    QByteArray stateChange = {};
    std::chrono::milliseconds inState{0};
    std::chrono::milliseconds inTransaction{0}; ///< 0 = none is open
    std::vector<int> blockedBy = {};            ///< pids; 0 = a prepared transaction
    QString lockType = {}; ///< of the lock it waits for: "relation", "transactionid" …
    QString lockMode = {};
    QString lockRelation = {};
    QStringList holds = {}; ///< tables of this database on which it has more than a reading lock
    bool operator==(const ActivitySession &) const = default;

    /// The same session as long as it lives.
    [[nodiscard]] QString key() const;
    [[nodiscard]] bool isBlocked() const { return !blockedBy.empty(); }
};

/// How many connections there are and may be. Limits below 0 = none.
struct ConnectionLimits {
    int used = 0; ///< of max_connections
    int most = 0;
    int reserved = 0; ///< kept for superusers and reserved roles
    int usedByRole = 0;
    int mostOfRole = -1;
    int usedByDatabase = 0;
    int mostOfDatabase = -1;
    bool operator==(const ConnectionLimits &) const = default;

    [[nodiscard]] int free() const { return std::max(0, most - reserved - used); }
};

/// What goes on in a server at one moment.
struct Activity {
    std::vector<ActivitySession> sessions = {};
    ConnectionLimits limits = {};
    QString role = {};
    QString database = {};
    bool seesAll = false;   ///< superuser or pg_read_all_stats
    bool maySignal = false; ///< superuser or pg_signal_backend; its own sessions it always may
    bool pooled = false;    ///< read through a pooler: sessions are the pooler's
    int preparedTransactions = 0;
    std::chrono::milliseconds oldestPrepared{0};
    bool operator==(const Activity &) const = default;

    [[nodiscard]] const ActivitySession *find(int pid) const;
};
using ActivityPtr = std::shared_ptr<const Activity>;

/// Sessions of one application among all connections; an empty name = those without one.
struct ConnectionShare {
    QString application = {};
    int count = 0;
    bool operator==(const ConnectionShare &) const = default;
};
/// The largest first. Sessions of this program are left out.
[[nodiscard]] std::vector<ConnectionShare> connectionShares(const Activity &activity);

inline constexpr std::chrono::seconds longStatement{10};
inline constexpr std::chrono::seconds longTransaction{60};
/// Runs, or keeps a transaction open, for longer than is usual.
[[nodiscard]] bool isLong(const ActivitySession &session);

/// "row lock of 21044", "table lock on invoices after 21102"; empty when it waits for no lock.
[[nodiscard]] QString waitText(const ActivitySession &session);
/// "38 ms", "4.1 s", "6 m 12 s", "3 h 04 m".
[[nodiscard]] QString activityDuration(std::chrono::milliseconds time);
/// Pids of a pooled endpoint are those of the pooler's server connections: one sentence.
[[nodiscard]] QString pooledPidsText();

/// The statements of one look; one pipeline, one round trip.
[[nodiscard]] RequestSpec activityRequest();
/// What they answered. Pure.
[[nodiscard]] Activity readActivity(const std::vector<Table> &tables);
/// Both. The future's continuation runs where `.then(context, …)` says.
[[nodiscard]] QFuture<Result<Activity>> loadActivity(SessionThread &session);

} // namespace core

Q_DECLARE_METATYPE(core::ActivityPtr)

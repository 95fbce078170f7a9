// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/poolerfindings.h"

namespace core {

/// Why a session is wanted.
enum class Purpose : quint8 {
    Browse,
    Catalog,
    Query, ///< short read-only SQL
    Export,
    SessionState, ///< temporary tables, SET, LISTEN, advisory locks, cursors WITH HOLD, manual
                  ///< transactions
    Migrate,
    SchemaChange,
    Dump,
    Restore,
    Listen,
    Replication,
};

/// Stable name, for --json: "browse", "sessionState" …
[[nodiscard]] QString purposeId(Purpose purpose);

/// Where a purpose goes.
struct Route {
    Endpoint endpoint = {};
    QString reason = {}; ///< one clause for the status bar: "direct, as reads go where it exists"
    bool oneTransactionOnly = false; ///< state must not outlive one transaction
    bool keepsSession = false; ///< a pooled endpoint whose server process stays ours while we stay
    bool operator==(const Route &) const = default;

    /// The server process goes to somebody else after each transaction.
    [[nodiscard]] bool isShared() const
    {
        return endpoint.role == EndpointRole::Pooled && !keepsSession;
    }
};

/// How many of the direct endpoint's connections may be used; 0 = no limit is known.
struct DirectBudget {
    int used = 0;
    int limit = 0;
    int spare = 0;        ///< of the limit, left to others
    bool refused = false; ///< the server has just turned a connection away
    [[nodiscard]] bool allows() const { return !refused && (limit <= 0 || used < limit - spare); }
    bool operator==(const DirectBudget &) const = default;
};

/// DESIGN 4's table, by what the addresses say and by what was found out (applyFindings() has been
/// called). A pooler in session mode counts as direct but for dumps, restoring and replication. A
/// pooled address at which no pooler was seen keeps a session's state and no more: for what must be
/// direct, a person has to say that it is. One in statement mode serves what is read in one go.
/// Errors: route.needsDirect, route.sessionPooler (there is such a pooler where the direct endpoint
/// should be), route.statementPooler (the advice of these holds the derived direct address where
/// there is one), route.unreachable (the direct address means nothing on this computer).
[[nodiscard]] Result<Route> route(const Database &database, Purpose purpose,
                                  const DirectBudget &budget = {},
                                  const PoolerFindings &findings = {});

/// Every purpose, in the order of the table.
[[nodiscard]] const std::vector<Purpose> &allPurposes();
/// For people: "browsing", "dumps" …
[[nodiscard]] QString purposeName(Purpose purpose);

/// Purposes that go the same way for the same reason, for `sluicectl env` and the project page.
struct RouteLine {
    std::vector<Purpose> purposes = {};
    std::optional<Route> route = {}; ///< or
    std::optional<Error> error = {}; ///< why there is no way
};
[[nodiscard]] std::vector<RouteLine> routeLines(const Database &database,
                                                const DirectBudget &budget = {},
                                                const PoolerFindings &findings = {});

} // namespace core

Q_DECLARE_METATYPE(core::Purpose)

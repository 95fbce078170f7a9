// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

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
    bool operator==(const Route &) const = default;
};

/// How many of the direct endpoint's connections may be used; 0 = no limit is known.
struct DirectBudget {
    int used = 0;
    int limit = 0;
    [[nodiscard]] bool allows() const { return limit <= 0 || used < limit; }
    bool operator==(const DirectBudget &) const = default;
};

/// DESIGN 4's table. Error route.needsDirect, whose advice holds the derived direct address where
/// there is one.
[[nodiscard]] Result<Route> route(const Database &database, Purpose purpose,
                                  const DirectBudget &budget = {});

} // namespace core

Q_DECLARE_METATYPE(core::Purpose)

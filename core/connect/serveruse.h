// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/routing.h"
#include "core/session/collect.h"

namespace core {

/// How many connections a server takes and has, as one read tells it.
struct ServerUse {
    int maxConnections = 0;
    int reserved = 0; ///< superuser_reserved_connections and reserved_connections
    int used = 0;     ///< client connections of all databases, our own among them
    int ours = 0;     ///< of those, this program's kind (application_name sluice)
    int database = 0; ///< of those, on the same database
    bool operator==(const ServerUse &) const = default;
};

/// The one statement that asks. Needs no privilege: what a role may not see of other's sessions is
/// not needed to count them.
[[nodiscard]] Statement serverUseStatement();
/// Of its result. Error protocol.unexpected for anything else.
[[nodiscard]] Result<ServerUse> serverUseOf(const Table &table);

/// Of which routing makes its choice: the last of the server's connections are left to others.
[[nodiscard]] DirectBudget budgetOf(const ServerUse &use);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"
#include "core/connect/poolerkind.h"

#include <map>

namespace core {

/// What trying and using the endpoints of one database showed of them, beside what their addresses
/// say. By address: the same one is not asked again.
struct PoolerFindings {
    /// By poolerPlace(). PoolerKind::None: it was tried, and no pooler was seen.
    std::map<QString, PoolerFinding> byPlace = {};
    /// Was named as the direct endpoint and leads to a pooler, beside another pooled one: it is
    /// used for nothing.
    std::optional<Endpoint> misnamed = {};
    bool operator==(const PoolerFindings &) const = default;

    /// Null where nothing was found out; borrowed.
    [[nodiscard]] const PoolerFinding *of(const Endpoint &endpoint) const;
};

/// user@host:port/database, by which findings are kept. No password.
[[nodiscard]] QString poolerPlace(const Endpoint &endpoint);

/// How an endpoint may be used.
enum class Standing : quint8 {
    Direct,
    /// Its address speaks of a pooler, and trying it showed none. That is no proof: state stays
    /// with the client, but what needs the direct endpoint by rule still needs a person's word.
    NoPoolerSeen,
    SessionPooler,   ///< keeps a client's state
    Pooled,          ///< in transaction mode, or in one that is not known
    StatementPooler, ///< allows no transaction that lasts
};

/// What was found out beats what the address says.
[[nodiscard]] Standing standingOf(const Endpoint &endpoint, const PoolerFindings &findings);
/// One clause for people: the pooler that was found, else Endpoint::reason.
[[nodiscard]] QString standingReason(const Endpoint &endpoint, const PoolerFindings &findings);

/// A direct endpoint at which a pooler was found that lends its servers becomes the pooled one, or
/// `findings.misnamed` where there is another. True if it was so. Pure.
bool applyFindings(Database &database, PoolerFindings &findings);

} // namespace core

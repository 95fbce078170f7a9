// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"
#include "core/project/urlvalue.h"

#include <optional>

namespace core {

enum class EndpointRole : quint8 { Pooled, Direct };

/// "pooled" or "direct"; stable, for --json. The words for people come from roleName().
[[nodiscard]] QString roleId(EndpointRole role);
[[nodiscard]] QString roleName(EndpointRole role);

/// One way to reach a database, and why it is taken for pooled or direct. Holds the password.
struct Endpoint {
    EndpointRole role = EndpointRole::Direct;
    QString reason = {}; ///< one clause for people: "port 6432 and pgbouncer=true"
    ConnInfo info = {};
    SourceLocation source = {};
    std::vector<OtherReading> otherReadings = {};
    bool operator==(const Endpoint &) const = default;
};

/// What says that an address leads to a pooler.
struct PoolEvidence {
    bool pooled = false;
    bool sessionMode =
        false;           ///< a pooler that keeps one server connection a client: as good as direct
    QString reason = {}; ///< empty where nothing was found
    bool operator==(const PoolEvidence &) const = default;
};

/// By the address alone, without its variable's name: port 6432 or 6543, a `-pooler` host,
/// pooler.supabase.com, `pgbouncer.`, pgbouncer=true, pgbouncer in the user's or the host's name
/// (MIGRATION-FORMATS 6.2).
[[nodiscard]] PoolEvidence poolEvidence(const ConnInfo &info);

/// The platform or cluster inside of which alone a host's name means something ("Railway"); empty
/// for every other host. By the name alone, nothing is looked up.
[[nodiscard]] QString onlyInside(const QString &host);

/// The direct address behind a pooled one, where a platform's rule gives it: a suggestion that a
/// person must confirm.
struct DerivedDirect {
    ConnInfo info = {};
    QString rule = {}; ///< one sentence
    bool operator==(const DerivedDirect &) const = default;
};
[[nodiscard]] std::optional<DerivedDirect> derivedDirect(const ConnInfo &pooled);

} // namespace core

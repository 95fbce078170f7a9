// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/sshhop.h"
#include "core/pq/conninfo.h"
#include "core/pq/connsecurity.h"
#include "core/project/hosts.h"
#include "core/project/urlvalue.h"

#include <memory>
#include <optional>

namespace core {

class ConnectionWay;

enum class EndpointRole : quint8 { Pooled, Direct };

/// "pooled" or "direct"; stable, for --json. The words for people come from roleName().
[[nodiscard]] QString roleId(EndpointRole role);
[[nodiscard]] QString roleName(EndpointRole role);

/// The same database as it is reached from here, where the address in the file means nothing.
struct LocalTwin {
    ConnInfo named = {};        ///< as the file has it; Endpoint::info is the one that works here
    SourceLocation source = {}; ///< what says so: the published port in a compose file
    bool operator==(const LocalTwin &) const = default;
};

/// One way to reach a database, and why it is taken for pooled or direct. Holds the password.
struct Endpoint {
    EndpointRole role = EndpointRole::Direct;
    QString reason = {}; ///< one clause for people: "port 6432 and pgbouncer=true"
    ConnInfo info = {};  ///< what is connected to
    QString text = {};   ///< the address as its file has it; empty where it stands in none
    SourceLocation source = {};
    std::vector<OtherReading> otherReadings = {};
    std::optional<Elsewhere> elsewhere = {};  ///< the address in the file means nothing here
    std::optional<LocalTwin> twin = {};       ///< with `elsewhere` only; without it: unreachable
    std::vector<SourceLocation> namedBy = {}; ///< settings that name the variable
    // Only of saved connections, never filled from a file of the project:
    ConnSecurity security = {};              ///< what a person decided for this host
    std::optional<SshHop> ssh = {};          ///< the machine it goes through
    std::shared_ptr<ConnectionWay> way = {}; ///< opened before each attempt to connect; may be null
    bool operator==(const Endpoint &) const = default;

    /// What to connect with: core::secured() with the person's decisions.
    [[nodiscard]] ConnKeywords keywords() const { return secured(info, security); }
    /// The address as the file has it.
    [[nodiscard]] const ConnInfo &asWritten() const { return twin ? twin->named : info; }
    [[nodiscard]] bool isUnreachable() const { return elsewhere && !twin; }
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

/// The direct address behind a pooled one, where a platform's rule gives it: a suggestion that a
/// person must confirm.
struct DerivedDirect {
    ConnInfo info = {};
    QString rule = {}; ///< one sentence
    bool operator==(const DerivedDirect &) const = default;
};
[[nodiscard]] std::optional<DerivedDirect> derivedDirect(const ConnInfo &pooled);

} // namespace core

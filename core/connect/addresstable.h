// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

namespace core {

/// One line of the table of addresses: what `sluicectl env` prints and the project page shows.
struct AddressRow {
    enum class Kind : quint8 {
        Pooled,
        Direct,
        Elsewhere, ///< its host means nothing here; a Twin follows where the folder names one
        Twin,
        Loser,    ///< loses to another place, or holds an address that is there already
        Fallback, ///< unset: the application uses another database
        NotUsed,  ///< other modes, examples, what no loader reads, the process's own
        Shadow,
        Leak,   ///< visible in the browser
        Broken, ///< an address that does not parse; `action` says where
    };
    Kind kind = Kind::NotUsed;
    SourceLocation source = {};        ///< its key is the name in the environment
    std::optional<ConnInfo> info = {}; ///< holds the password; none where there is no address
    QString action = {};               ///< what Sluice does with it and why, one sentence
    std::vector<SourceLocation> namedBy = {};
    bool operator==(const AddressRow &) const = default;

    /// user:••••@host:port/database, or what stands instead of an address.
    [[nodiscard]] QString address(bool reveal = false) const;
};

/// A database with everything that was found for it, or (with `database` empty) what is none.
struct AddressGroup {
    QString database = {}; ///< its name
    QString package = {};
    QString summary = {}; ///< "pooled and direct", "no pooler named", "reachable inside of … only"
    bool pooled = false;
    bool direct = false;
    bool unreachable = false; ///< no endpoint of it means anything here
    std::vector<AddressRow> rows = {};
    bool operator==(const AddressGroup &) const = default;
};

/// A part of an address that was left out or passed on as something else.
struct AddressChangeNote {
    QString text = {}; ///< "connection_limit=1"
    SourceLocation source = {};
    QString what = {}; ///< "a setting of the application's connection pool"
    bool operator==(const AddressChangeNote &) const = default;
};

/// The databases in their order, then one group of what is none of them where there is any. Losers
/// stand below what they lose to. Pure.
[[nodiscard]] std::vector<AddressGroup> addressTable(const DatabaseSet &set);

/// What became of the parameters of all addresses in use, in the order of the table.
[[nodiscard]] std::vector<AddressChangeNote> changeNotes(const DatabaseSet &set);

} // namespace core

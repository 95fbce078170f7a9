// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

namespace core {

/// One address that is not what it was (P6). Holds passwords; the texts do not.
struct AddressChange {
    enum class Kind : quint8 {
        Added,
        Removed,
        Target,     ///< host, port, user or database: another place
        Password,   ///< the password only
        Parameters, ///< anything else of the address (sslmode, schema), and perhaps the password
    };
    Kind kind = Kind::Target;
    QString database = {};
    SourceLocation source = {}; ///< as it is now; of what was removed, as it was
    std::optional<ConnInfo> before = {};
    std::optional<ConnInfo> after = {};
    /// One clause: "db.eu1.example → db.eu2.example", "another password", "other parameters:
    /// sslmode was require, is prefer". Names the parts that differ only, and no value that might
    /// be a secret.
    QString text = {};
    bool operator==(const AddressChange &) const = default;

    /// Switching to it means to talk to another host, port or user, which trust must cover anew.
    [[nodiscard]] bool isAnotherPlace() const;
};

/// What a change of the folder's files does to the addresses in use, told by the names of their
/// variables. A value that moved to another file and stayed the same is no change. Pure.
[[nodiscard]] std::vector<AddressChange> changesBetween(const DatabaseSet &before,
                                                        const DatabaseSet &after);

/// "added", "removed", "target", "password", "parameters"; stable, for --json.
[[nodiscard]] QString changeId(AddressChange::Kind kind);

} // namespace core

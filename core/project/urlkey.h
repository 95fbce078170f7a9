// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core {

/// What the name of a variable says (MIGRATION-FORMATS 6.1). Case does not count.
struct UrlKey {
    enum class Role : quint8 {
        Default, ///< may be either; the address decides
        Pooled,
        Direct,
        Shadow, ///< a migration tool's scratch database
        NoSsl,  ///< the default address once more, without sslmode
        Public, ///< the default address once more, as seen from outside of the platform
    };
    Role role = Role::Default;
    QString database = {}; ///< "main" or the lower-cased prefix
    int rank = 0;          ///< among keys of one role and database the lowest is preferred
    bool known =
        false; ///< follows a convention; without one any PostgreSQL address counts all the same
    bool inBrowser = false; ///< bundlers put variables of this name into web pages
    QString ownName =
        {}; ///< what its database is called where another value has the place; empty = by the name
    bool operator==(const UrlKey &) const = default;
};

/// Any name gives an answer: one that follows no convention is a database of its own.
[[nodiscard]] UrlKey readUrlKey(const QString &key);

} // namespace core

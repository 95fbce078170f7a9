// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <map>
#include <vector>

namespace core {

/// libpq keywords and their values, UTF-8, ready for PQconnectStartParams with expand_dbname = 0.
/// Holds the password.
using ConnKeywords = std::map<QByteArray, QByteArray>;

/// Something of a URL that was not passed on as it stood.
struct ConnChange {
    enum class Kind : quint8 {
        Dropped,    ///< not a matter of the connection (connection_limit)
        Translated, ///< passed on under another name or value (ssl=true → sslmode=require)
        Refused,    ///< must not come from a file (sslkey, options, service)
        Hint,       ///< not sent, but acted on (pgbouncer, schema)
    };
    Kind kind = Kind::Dropped;
    QByteArray key = {};
    QByteArray value = {}; ///< as it stood, cut short; only of what can be no secret
    QString reason = {};   ///< one phrase for people; holds no secret
    bool operator==(const ConnChange &) const = default;
};

/// A parsed address. `keywords` holds host, port, dbname, user, password and the allowed rest; no
/// default is filled in except port 5432. Hints are what the text says beyond libpq's keywords.
struct ConnInfo {
    ConnKeywords keywords = {};
    std::vector<ConnChange> changes = {};
    bool pgbouncerHint = false;   ///< pgbouncer=true
    bool passwordDecoded = false; ///< percent codes in the password were read as characters
    QByteArray schemaHint = {};   ///< schema=, search_path=, currentSchema=
    bool operator==(const ConnInfo &) const = default;

    [[nodiscard]] QString host() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QString database() const;
    [[nodiscard]] QString user() const;
    [[nodiscard]] bool hasPassword() const;
    /// postgresql://user:••••@host:port/db — with the password only where `reveal` says so.
    [[nodiscard]] QString url(bool reveal = false) const;
};

/// Where an address comes from; decides what it may set (TRUST A2).
enum class ConnOrigin : quint8 { File, User };

/// Any URL or keyword string that people use for PostgreSQL → clean keywords. Accepts postgres://,
/// postgresql://, postgresql+driver://, jdbc:postgresql:, and `key=value` text. Percent-decoding is
/// strict. Errors: conninfo.scheme, conninfo.badPercent, conninfo.control, conninfo.port,
/// conninfo.host, conninfo.unescaped (with the corrected form, password masked),
/// conninfo.multipleHosts, conninfo.socketHost, conninfo.syntax (keyword text), conninfo.empty;
/// Error::position names the character. A colon in a password is taken as it stands, as every
/// driver does. The password is given to rememberSecret().
[[nodiscard]] Result<ConnInfo> parseConnInfo(const QString &text, ConnOrigin origin);

/// True where the text looks like a PostgreSQL address, so that other URLs under the same variable
/// are passed over.
[[nodiscard]] bool looksLikePostgres(const QString &text);

/// Network facts that rules depend on; pure text and arithmetic, no look-up.
enum class HostClass : quint8 { Loopback, Private, Public, Socket };
[[nodiscard]] HostClass classifyHost(const QString &host);

} // namespace core

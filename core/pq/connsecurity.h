// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"

namespace core {

/// What a person has decided for one host; never filled from a file of the project.
struct ConnSecurity {
    QByteArray lowestSslMode = {};  ///< instead of the rule's minimum; empty = the rule
    bool clearTextPassword = false; ///< the server may ask for the password in clear text
    bool operator==(const ConnSecurity &) const = default;
};

/// 0 (not set) … 6 (verify-full), in libpq's order.
[[nodiscard]] int sslModeRank(const QByteArray &mode);

/// The least sslmode for a host: require for public hosts, prefer for loopback and private ranges
/// (DESIGN 5).
[[nodiscard]] QByteArray minimumSslMode(HostClass host);

/// The keywords to connect with, and the only ones: those of `info`, raised to the rules of DESIGN
/// 5 and TRUST A2. Nothing is left to the environment or to files in the home folder: passfile,
/// sslcertmode, gssencmode, require_auth, sslmode and the names (application_name, client_encoding)
/// are always set. Pass the result to PQconnectStartParams with expand_dbname = 0. Pure.
[[nodiscard]] ConnKeywords secured(const ConnInfo &info, const ConnSecurity &choices = {});

/// The password stays inside an encrypted or local connection, whatever happens between.
[[nodiscard]] bool needsTls(const ConnKeywords &secured);

} // namespace core

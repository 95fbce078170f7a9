// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

namespace core {

/// How careful a database must be treated (DESIGN 5).
enum class Exposure : quint8 {
    Local,      ///< loopback, an address of a private range, or a socket
    Remote,     ///< another host: read-only, no typed confirmation
    Production, ///< such a host, and called so, or marked by a person
};

struct ExposureFinding {
    Exposure exposure = Exposure::Local;
    QString reason = {}; ///< one clause: "the host name contains “prod”"
    bool operator==(const ExposureFinding &) const = default;
};

/// Production is: not loopback or private, and key, file, host or database name contains prod,
/// production or live as a word. A name is private by no ending (docs/decisions/0008), but for
/// localhost, and host.docker.internal, which is this machine too. The strictest of both endpoints
/// counts. A person's mark (Database::mark) beats the words: "not production" makes a public host
/// Remote. Pure text, nothing is looked up.
[[nodiscard]] ExposureFinding exposureOf(const Database &database);

/// "local", "remote", "production"; stable, for --json.
[[nodiscard]] QString exposureId(Exposure exposure);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"
#include "core/project/urlkey.h"

#include <optional>
#include <vector>

namespace core {

/// Where a value stands.
struct SourceLocation {
    QString file =
        {};       ///< relative to the folder, with '/'; empty = the environment of this process
    int line = 0; ///< 1-based; 0 = none
    QString key = {};
    QString savedId = {}; ///< of a saved connection, which stands in no file of the folder
    bool operator==(const SourceLocation &) const = default;

    /// ".env:3", "the environment" or "saved connection".
    [[nodiscard]] QString text() const;
};

/// The same text as another loader would read it.
struct OtherReading {
    QString reader = {}; ///< "dotenv", "Vite"
    std::optional<ConnInfo> info = {};
    std::optional<Error> error = {};
    QString difference = {}; ///< one sentence that names what differs; holds no secret
    bool operator==(const OtherReading &) const = default;
};

/// Why a host's name means nothing on this computer.
struct Elsewhere {
    QString where = {};  ///< "Railway", "Kubernetes", "the compose network"
    QString reason = {}; ///< one clause: "“postgres” is a service of compose.yaml:14"
    bool operator==(const Elsewhere &) const = default;
};

/// One address that was found. Exactly one of `info` and `error` is there; `info` holds the
/// password.
struct UrlValue {
    SourceLocation source = {};
    std::optional<ConnInfo> info = {};
    std::optional<Error> error = {};
    QString text = {}; ///< as it stands, after expansion; for a command that is to read it itself
    std::vector<OtherReading> otherReadings = {};
    QString package = {}; ///< relative folder of a monorepo's package; empty = the project itself
    std::optional<UrlKey> purpose = {}; ///< as a tool's file says it; else the name says it
    std::vector<SourceLocation> namedBy =
        {}; ///< settings that name this variable (schema.prisma's url)
    std::optional<Elsewhere> elsewhere = {};
    /// This address was not found but made: the same database as reached from here. Names the
    /// value that it stands for; `source` is the place that says so (a published port).
    std::optional<SourceLocation> twinOf = {};
    bool operator==(const UrlValue &) const = default;

    /// What it is for.
    [[nodiscard]] UrlKey key() const { return purpose ? *purpose : readUrlKey(source.key); }
};

enum class IgnoredReason : quint8 {
    Loses,       ///< the same key stands in a stronger place, which `winner` names
    SameAddress, ///< another key, which `winner` names, holds the same address
    Shadow,      ///< a scratch database of a migration tool
    NotPostgres, ///< a URL variable that holds something else
    Example,     ///< an example or a copy kept by a platform's tool
    OtherMode,   ///< a file of another mode
    NotRead,     ///< a file that the folder's loader does not read
    BrowserLeak, ///< its name puts it into web pages
    Process,     ///< of this process, and nobody chose to use it
    Empty,       ///< set to nothing; applications fall back to the unprefixed URL
    Encrypted,   ///< dotenvx; needs a private key
    Unpaired,    ///< pairing found no place for it: the sentence says why
    Unset,       ///< a setting names a variable that nothing sets
    Computed,    ///< code that would have to be run to know it
    SameServer,  ///< a compose service that another value leads to already
    Inside,      ///< a service that can be reached inside of its network only
};

/// A value that was seen and is not used.
struct IgnoredValue {
    UrlValue value = {};
    IgnoredReason reason = IgnoredReason::NotPostgres;
    QString explanation = {}; ///< one sentence for people
    std::optional<SourceLocation> winner = {};
    bool operator==(const IgnoredValue &) const = default;
};

} // namespace core

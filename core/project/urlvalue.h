// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"

#include <optional>
#include <vector>

namespace core {

/// Where a value stands.
struct SourceLocation {
    QString file =
        {};       ///< relative to the folder, with '/'; empty = the environment of this process
    int line = 0; ///< 1-based; 0 = none
    QString key = {};
    bool operator==(const SourceLocation &) const = default;

    /// ".env:3", or "environment".
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

/// One address that was found. Exactly one of `info` and `error` is there; `info` holds the
/// password.
struct UrlValue {
    SourceLocation source = {};
    std::optional<ConnInfo> info = {};
    std::optional<Error> error = {};
    std::vector<OtherReading> otherReadings = {};
    bool operator==(const UrlValue &) const = default;
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

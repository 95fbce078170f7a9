// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <optional>

namespace core {

/// `[pool]` of a folder's sluice.toml: what no address tells of how its application connects.
struct PoolSettings {
    std::optional<int> size = {};       ///< size: connections a process may open
    std::optional<int> processes = {};  ///< processes
    std::optional<int> extras = {};     ///< extras: connections beside them
    std::optional<int> planLimit = {};  ///< plan_limit
    std::optional<int> poolerSize = {}; ///< pooler_size: server connections of the pooler
    bool operator==(const PoolSettings &) const = default;
};

/// All empty where there is no such file or no such part. Follows no link, reads at most 1 MiB.
/// Errors: settings.syntax, settings.number (both name the line), and those of reading files.
[[nodiscard]] Result<PoolSettings> readPoolSettings(const QString &folder);

} // namespace core

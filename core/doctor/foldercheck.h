// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/finding.h"

namespace core {

/// What a folder's files alone say: addresses that cannot be read, leaks, loaders that disagree,
/// hosts that exist elsewhere only. Pure; nothing is connected to.
[[nodiscard]] std::vector<Finding> checkFolder(const Project &project, const DatabaseSet &set);

} // namespace core

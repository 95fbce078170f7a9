// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"
#include "core/project/trust.h"

namespace bench {

/// A project folder as the programs open it: read, paired, trusted.
struct OpenedFolder {
    core::Project project = {};
    core::DatabaseSet databases = {};
    core::TrustQuestion question = {}; ///< in the state Trusted
};

/// Blocks. Trusts what the folder names: the caller wrote it.
[[nodiscard]] core::Result<OpenedFolder> openFolder(const QString &folder);

} // namespace bench

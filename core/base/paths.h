// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace core {

/// The program's own folders (XDG base directories), without a slash at the end. They are not made
/// by asking.
[[nodiscard]] QString configDirectory(); ///< $XDG_CONFIG_HOME/sluice
[[nodiscard]] QString dataDirectory();   ///< $XDG_DATA_HOME/sluice
[[nodiscard]] QString stateDirectory();  ///< $XDG_STATE_HOME/sluice: session, journal, history, log
[[nodiscard]] QString cacheDirectory();  ///< $XDG_CACHE_HOME/sluice

/// $XDG_RUNTIME_DIR/sluice, made owner-only; sockets and passfiles. Where the variable is missing,
/// a folder below /tmp that belongs to this user. Errors: path.runtime when there is none that only
/// its owner may enter.
[[nodiscard]] Result<QString> runtimeDirectory();

/// Makes a folder and its parents, owner-only where they are new. Errors: path.cannotMake.
[[nodiscard]] Result<> makePrivateDirectory(const QString &path);

} // namespace core

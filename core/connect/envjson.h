// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

#include <QJsonObject>

namespace core {

/// `sluicectl env --json`:
/// {"databases":[{"name","exposure","endpoints":[{"role","reason","host","port","dbname","user",
/// "source":{"file","line","key"},"dropped":[…],"url"}],"routes":[{"purpose","endpoint","reason"}]}],"ignored":[…],"errors":[…],"warnings":[…],"loader":{…}}.
/// Passwords are masked unless `reveal`. Pooled comes first.
[[nodiscard]] QJsonObject envJson(const Project &project, const DatabaseSet &set,
                                  bool reveal = false);

/// "gitTracked", "cutAtHash" …; stable.
[[nodiscard]] QString warningId(ProjectWarning::Kind kind);

} // namespace core

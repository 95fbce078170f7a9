// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core {

/// Names the files that are kept of a project folder: 16 hexadecimal digits of its path; "none" for
/// what belongs to no project.
[[nodiscard]] QString projectKey(const QString &folder);

} // namespace core

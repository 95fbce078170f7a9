// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QString>

namespace core {

/// Looks whether a folder can be opened, and says why not: project.gone, project.notFolder,
/// project.permission, project.unreachable (the system's own words). Each look has a thread of its
/// own that nobody waits for: a network share that does not answer holds up neither the caller, nor
/// other work, nor the end of the program; its future then never finishes. Any thread.
[[nodiscard]] QFuture<Result<>> lookAtFolder(const QString &folder);

} // namespace core

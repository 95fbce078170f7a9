// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/urlvalue.h"

#include <QStringList>

#include <vector>

namespace core {

/// Where SQL files of the folder make a table, view or column of this name: file and line, at most
/// five. Reads at most 500 files of at most 1 MiB; blocks, so it runs on a worker. A hint for
/// people: the text is looked at with a tolerant pattern, not parsed.
[[nodiscard]] std::vector<SourceLocation>
findDefinitions(const QString &folder, const QStringList &sqlFiles, const QString &name);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>

namespace app {

/// The .sql files of a folder, relative and sorted; four levels deep, at most 500, none from build
/// output, packages or hidden folders, and without following links. Reads names only. Blocks: for a
/// worker.
[[nodiscard]] QStringList sqlFilesIn(const QString &folder);

} // namespace app

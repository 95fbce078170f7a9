// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main/commandpalette.h"

#include <QStringList>

class QAction;

namespace ui {

// What the palette offers for a pattern, by kind; an empty pattern offers everything that fits.

// Best names first; `open` is called with the chosen relation.
[[nodiscard]] std::vector<PaletteEntry> tableEntries(const core::CatalogPtr &catalog,
                                                     const QString &pattern,
                                                     const std::function<void(core::Oid)> &open);
// `files` are relative paths; `open` gets the chosen one.
[[nodiscard]] std::vector<PaletteEntry>
fileEntries(const QStringList &files, const QString &pattern,
            const std::function<void(const QString &)> &open);
// Commands of the action table, with their shortcuts and why they cannot be chosen now.
[[nodiscard]] std::vector<PaletteEntry> commandEntries(const QList<QAction *> &actions,
                                                       const QString &pattern);

} // namespace ui

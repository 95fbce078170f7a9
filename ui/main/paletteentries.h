// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/main/commandpalette.h"

#include <QStringList>

class QAction;

namespace ui {

// What the palette offers for a pattern, by kind; an empty pattern offers everything that fits.

// One object, shown as the palette shows it; `open` is called with it.
[[nodiscard]] PaletteEntry objectEntry(const core::Catalog &catalog, core::ObjectId object,
                                       const std::function<void(core::ObjectId)> &open);
// Best names first, of tables and every other object and, once something is typed, of their parts;
// `open` is called with the chosen object, of a column with its table.
[[nodiscard]] std::vector<PaletteEntry>
objectEntries(const core::CatalogPtr &catalog, const QString &pattern,
              const std::function<void(core::ObjectId)> &open);
// `files` are relative paths; `open` gets the chosen one.
[[nodiscard]] std::vector<PaletteEntry>
fileEntries(const QStringList &files, const QString &pattern,
            const std::function<void(const QString &)> &open);
// Commands of the action table, with their shortcuts and why they cannot be chosen now.
[[nodiscard]] std::vector<PaletteEntry> commandEntries(const QList<QAction *> &actions,
                                                       const QString &pattern);

} // namespace ui

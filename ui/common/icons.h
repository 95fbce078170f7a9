// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"

#include <QIcon>
#include <QStringList>

#include <optional>

class QPainter;

namespace ui {

// The bundled line set, :/icons/sluice-<name>.svg, 16 px grid, one colour. Nothing is asked of the
// desktop's icon theme. GUI thread.

// A symbol that is drawn in the ink of the place it stands in: Text2 at rest, Text when pointed at,
// Text3 when disabled. Sharp at every size and ratio, mirrored where it has a direction, follows
// the palette. An unknown name gives a null icon and one line in the log.
[[nodiscard]] QIcon icon(const QString &name);
// The same with an ink of its own; disabled it is Text3 too.
[[nodiscard]] QIcon icon(const QString &name, Ink ink);

// The symbol in one colour, square, centred in `rect`; `direction` decides about mirroring.
void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, const QColor &color,
               Qt::LayoutDirection direction = Qt::LeftToRight);

// Draws any icon: a bundled one without an ink of its own in `color`, others as they are.
void paintIcon(QPainter *painter, const QRectF &rect, const QIcon &icon, const QColor &color,
               Qt::LayoutDirection direction, bool enabled = true);

// The symbol as a picture of size x size device-independent pixels.
[[nodiscard]] QPixmap iconPixmap(const QString &name, int size, qreal ratio, const QColor &color,
                                 Qt::LayoutDirection direction = Qt::LeftToRight);

// Every bundled name, sorted, without the prefix.
[[nodiscard]] QStringList iconNames();
[[nodiscard]] bool hasIcon(const QString &name);
// The symbol points somewhere and is mirrored in right-to-left interfaces.
[[nodiscard]] bool isMirrored(const QString &name);
// The name of an icon made by icon(), empty for others.
[[nodiscard]] QString iconName(const QIcon &icon);

// The program's own icon, in colour, never recoloured.
[[nodiscard]] QIcon applicationIcon();

} // namespace ui

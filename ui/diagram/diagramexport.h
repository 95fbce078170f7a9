// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagram/diagramlayout.h"

#include <QByteArray>
#include <QString>

class QPainter;

namespace ui {

enum class DiagramFormat : quint8 { Svg, Png, Pdf };

// The whole drawing as a file, in the light colours of paper whatever the window has. A picture has
// two pixels for one, fewer where it would be larger than any program shows; a document one page of
// the drawing's size. GUI thread.
[[nodiscard]] QByteArray diagramFile(const core::DiagramGraph &graph,
                                     const core::DiagramLayout &layout,
                                     const core::DiagramMetrics &metrics, DiagramFormat format,
                                     const QString &title);

// The whole drawing on one page of this size in points, in the middle, no larger than it is.
void paintDiagramPage(QPainter *painter, const QSizeF &page, const core::DiagramGraph &graph,
                      const core::DiagramLayout &layout, const core::DiagramMetrics &metrics);

// "svg", and what a file dialog says of it.
[[nodiscard]] QString diagramSuffix(DiagramFormat format);
[[nodiscard]] QString diagramFilter(DiagramFormat format);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagram/diagramlayout.h"
#include "ui/common/theme.h"

#include <QSet>

class QPainter;

namespace ui {

// What stands out in a drawing, by index.
struct DiagramEmphasis {
    int current = -1; // ringed, its lines and neighbours in the accent
    int hovered = -1; // its lines and neighbours too
    int hoveredKey = -1;
    QSet<int> found = {}; // of a search
    bool focused = true;  // the canvas has the focus
};

// Draws cards and lines of a diagram in its own coordinates: on the canvas, into a picture, on
// paper. Lines are one device pixel at every scale.
class DiagramPainter
{
public:
    DiagramPainter(const core::DiagramGraph &graph, const core::DiagramLayout &layout,
                   const core::DiagramMetrics &metrics, const Theme &colors);

    // `exposed` in the diagram's coordinates: what lies outside of it is left out.
    void paint(QPainter *painter, const QRectF &exposed,
               const DiagramEmphasis &emphasis = {}) const;

    // One line alone, with the signs at its ends, for a legend.
    static void paintLine(QPainter *painter, const core::DiagramKey &key,
                          const core::DiagramRoute &route, const core::DiagramMetrics &metrics,
                          const Theme &colors);

    // The sizes for the present font.
    [[nodiscard]] static core::DiagramMetrics metrics();
    // A name as it fits; for the drawing as a file too.
    [[nodiscard]] static QString elided(const QString &text, double width, bool heading);

private:
    struct Look {
        bool current = false;
        bool neighbour = false;
        bool found = false;
    };
    // One device pixel where the width is 0.
    void paintLines(QPainter *painter, const std::vector<std::size_t> &keys, const QColor &ink,
                    double width) const;
    void paintCard(QPainter *painter, int table, const Look &look, bool focused) const;
    void paintHeader(QPainter *painter, const core::DiagramTable &table, const QRectF &card,
                     const Look &look, bool focused) const;
    void paintRows(QPainter *painter, const core::DiagramTable &table, const QRectF &card) const;

    const core::DiagramGraph &m_graph;
    const core::DiagramLayout &m_layout;
    const core::DiagramMetrics &m_metrics;
    const Theme &m_colors;
};

} // namespace ui

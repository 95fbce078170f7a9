// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagram/diagramgraph.h"

#include <QByteArray>
#include <QList>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <functional>
#include <optional>
#include <vector>

namespace core {

/// Sizes of a drawing, in device-independent pixels; grown with the font by whoever draws.
struct DiagramMetrics {
    double cardWidth = 216;
    double headerHeight = 32;
    double rowHeight = 24;
    double padding = 4;    ///< above the first and below the last row
    double columnGap = 72; ///< between cards side by side, at least
    double rowGap = 36;    ///< between cards one below the other
    double margin = 40;    ///< around all of it
    double track = 10;     ///< between lines side by side
    double stub = 22;      ///< of a line, straight, before its card: room for its end's symbol
    bool operator==(const DiagramMetrics &) const = default;

    [[nodiscard]] double cardHeight(const DiagramTable &table) const
    {
        return headerHeight + (table.rowCount() > 0 ? 2 * padding : 0)
               + table.rowCount() * rowHeight;
    }
    /// Below the card's top.
    [[nodiscard]] double rowCentre(int row) const
    {
        return headerHeight + padding + (row + 0.5) * rowHeight;
    }
};

/// The line of a key: right-angled, from the referencing column's side of its card to the
/// referenced one's. Lines to the same column run together as far as they go the same way.
struct DiagramRoute {
    QList<QPointF> points = {};
    bool operator==(const DiagramRoute &) const = default;
};

/// Where everything lies; cards and routes in the order of the graph's tables and keys.
struct DiagramLayout {
    std::vector<QRectF> cards = {};
    std::vector<DiagramRoute> routes = {};
    QRectF bounds = {}; ///< of all of it, with its margin
    bool operator==(const DiagramLayout &) const = default;
};

/// Asks Graphviz' dot, given a graph in its language, for an answer in the format "plain"; nothing
/// where there is none.
using DotRunner = std::function<std::optional<QByteArray>(const QByteArray &graph)>;

/// In layers: what is referenced stands left of what references it, as far as there is no circle;
/// many tables at one layer are spread over several. Lines run between the cards, never over one.
/// Parts that no key joins stand apart, tables without keys below. The same graph gives the same
/// layout. Pure computation, for a worker when there are many tables. Where `dot` is given, its
/// order of the cards is taken if fewer lines cross.
[[nodiscard]] DiagramLayout layOut(const DiagramGraph &graph, const DiagramMetrics &metrics,
                                   const DotRunner &dot = {});

/// The layout after a person put these cards elsewhere (by table index, their top left corners):
/// lines of moved cards go the short way, whatever stands there; the others keep theirs.
[[nodiscard]] DiagramLayout moved(const DiagramGraph &graph, const DiagramMetrics &metrics,
                                  const DiagramLayout &layout,
                                  const std::vector<std::pair<int, QPointF>> &places);

/// A part of a drawn line: straight to a point, or round a corner to it.
struct DiagramStep {
    QPointF to = {};
    QPointF corner = {}; ///< of a quadratic curve
    bool round = false;
};
/// The steps from the first point on, with corners of this radius where there is room.
[[nodiscard]] std::vector<DiagramStep> roundedSteps(const QList<QPointF> &points, double radius);

} // namespace core

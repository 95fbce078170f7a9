// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/diagram/diagramlayout.h"

#include <QLineF>
#include <QList>

namespace core {

/// What stands at the ends of a line: a crow's foot where there are many, a bar where there is one,
/// a ring beside the bar where there may be none.
struct DiagramMarks {
    QList<QLineF> strokes = {};
    QList<QPointF> rings = {}; ///< their middles
    bool operator==(const DiagramMarks &) const = default;
};
inline constexpr double ringRadius = 3.5; ///< for rows of 24

/// Empty for a route of fewer than two points.
[[nodiscard]] DiagramMarks marksOf(const DiagramKey &key, const DiagramRoute &route,
                                   const DiagramMetrics &metrics);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/diagram/diagrammarks.h"

#include <cmath>

namespace core {

namespace {

// Away from the card along the line, and to its sides; for rows of 24.
constexpr double footLength = 10;
constexpr double footSide = 5;
constexpr double barAway = 7;
constexpr double barSide = 5;
constexpr double ringAway = 14;

/// The end of a line: where it meets the card, and the way from there.
struct LineEnd {
    QPointF at;
    QPointF along;

    LineEnd(const QPointF &end, const QPointF &next)
        : at(end)
    {
        const QPointF way = next - end;
        const double length = std::hypot(way.x(), way.y());
        along = length > 0 ? way / length : QPointF(1, 0);
    }
    [[nodiscard]] QPointF point(double away, double side) const
    {
        return at + along * away + QPointF(-along.y(), along.x()) * side;
    }
};

} // namespace

DiagramMarks marksOf(const DiagramKey &key, const DiagramRoute &route,
                     const DiagramMetrics &metrics)
{
    DiagramMarks marks;
    if (route.points.size() < 2)
        return marks;
    const double scale = metrics.rowHeight / 24;
    const LineEnd many(route.points.first(), route.points[1]);
    const LineEnd one(route.points.last(), route.points[route.points.size() - 2]);
    const auto bar = [&](const LineEnd &end) {
        marks.strokes << QLineF(end.point(barAway * scale, -barSide * scale),
                                end.point(barAway * scale, barSide * scale));
    };
    if (key.fact.unique) {
        bar(many);
    } else {
        for (const double side : {-footSide, footSide})
            marks.strokes << QLineF(many.point(footLength * scale, 0), many.point(0, side * scale));
    }
    bar(one);
    if (key.fact.optional)
        marks.rings << one.point(ringAway * scale, 0);
    return marks;
}

} // namespace core

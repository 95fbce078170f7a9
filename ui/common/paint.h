// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QRectF>
#include <QString>

class QPainter;

namespace ui {

struct Theme;

// Geometry in device-independent pixels, drawn on whole device pixels: lines are one device pixel
// wide at every ratio, also at 125, 150 and 175 %.

inline constexpr qreal controlRadius = 4;
inline constexpr qreal popupRadius = 6;
inline constexpr qreal sheetRadius = 8;

// One device pixel.
[[nodiscard]] qreal hairWidth(const QPainter *painter);

// The nearest place, or the rectangle with its sides, on whole device pixels.
[[nodiscard]] QPointF snapped(const QPainter *painter, const QPointF &point);
[[nodiscard]] QRectF snapped(const QPainter *painter, const QRectF &rect);

// A line of one device pixel along the inside of an edge of the rectangle.
void drawHairLine(QPainter *painter, const QRectF &rect, Qt::Edge edge, const QColor &color);

// A rounded rectangle; an invalid colour leaves that part out. The edge lies inside; its width 0 is
// one device pixel.
void drawBox(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill,
             const QColor &edge = {}, qreal edgeWidth = 0, Qt::PenStyle pen = Qt::SolidLine);

// Focus ring of 2 px, inside of the rectangle.
void drawRing(QPainter *painter, const QRectF &rect, qreal radius, const QColor &color,
              qreal width = 2);

// The soft shadow of a popup or sheet, around the card; it reaches shadowReach() beyond it.
void drawShadow(QPainter *painter, const QRectF &card, qreal radius, const Theme &theme);
[[nodiscard]] int shadowReach();

// One line of text inside of the rectangle. `side` is logical: AlignLeft is where lines begin in
// the interface's direction. The text itself takes its direction from its first strong letter, so
// that
// "-240.00" and "/home" stay what they are in a right-to-left window.
void drawLine(QPainter *painter, const QRect &rect, Qt::Alignment side,
              Qt::LayoutDirection direction, const QString &text, int flags = 0);

// Diagonal stripes of two colours, the sign of writing on production.
void drawHatch(QPainter *painter, const QRectF &rect, const QColor &ground, const QColor &stripe);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/paint.h"

#include "ui/common/theme.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyle>

#include <cmath>

namespace ui {

namespace {

constexpr int shadowBlur = 24;
constexpr int shadowDrop = 8;

// The device pixels of a painter, redirection to a backing store or a grab included.
QTransform toDevice(const QPainter *painter)
{
    return painter->deviceTransform();
}

} // namespace

qreal hairWidth(const QPainter *painter)
{
    return 1.0 / painter->device()->devicePixelRatio();
}

QPointF snapped(const QPainter *painter, const QPointF &point)
{
    const QTransform transform = toDevice(painter);
    const QPointF device = transform.map(point);
    return transform.inverted().map(QPointF(std::round(device.x()), std::round(device.y())));
}

QRectF snapped(const QPainter *painter, const QRectF &rect)
{
    return QRectF(snapped(painter, rect.topLeft()), snapped(painter, rect.bottomRight()));
}

void drawHairLine(QPainter *painter, const QRectF &rect, Qt::Edge edge, const QColor &color)
{
    const qreal hair = hairWidth(painter);
    QRectF line = snapped(painter, rect);
    switch (edge) {
    case Qt::TopEdge:
        line.setHeight(hair);
        break;
    case Qt::BottomEdge:
        line.setTop(line.bottom() - hair);
        break;
    case Qt::LeftEdge:
        line.setWidth(hair);
        break;
    case Qt::RightEdge:
        line.setLeft(line.right() - hair);
        break;
    }
    painter->fillRect(line, color);
}

void drawBox(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill,
             const QColor &edge, qreal edgeWidth, Qt::PenStyle pen)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    QRectF box = snapped(painter, rect);
    painter->setPen(Qt::NoPen);
    if (edge.isValid()) {
        const qreal width = edgeWidth > 0 ? edgeWidth : hairWidth(painter);
        const qreal half = width / 2.0;
        box.adjust(half, half, -half, -half);
        QPen stroke(edge, width, pen);
        if (pen == Qt::DashLine)
            stroke.setDashPattern({3.0 / width, 2.0 / width});
        painter->setPen(stroke);
        radius = std::max(0.0, radius - half);
    }
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(box, radius, radius);
    painter->restore();
}

void drawRing(QPainter *painter, const QRectF &rect, qreal radius, const QColor &color, qreal width)
{
    drawBox(painter, rect, radius, {}, color, width);
}

void drawShadow(QPainter *painter, const QRectF &card, qreal radius, const Theme &theme)
{
    if (theme.shadow.alpha() == 0)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    // Stacked outlines whose shares add up to a bell, as cheap as it gets without a blurred image.
    constexpr int steps = shadowBlur;
    const QRectF dropped = card.translated(0, theme.isDark() ? shadowDrop * 1.5 : shadowDrop);
    QPainterPath hole;
    hole.addRect(card.adjusted(-100, -100, 100, 100));
    QPainterPath inside;
    inside.addRoundedRect(card, radius, radius);
    painter->setClipPath(hole.subtracted(inside));
    for (int step = steps; step > 0; --step) {
        const double reach = double(step) / steps;
        QColor ink = theme.shadow;
        const double weight = std::exp(-4.0 * reach * reach) * 4.0 / steps;
        ink.setAlphaF(float(theme.shadow.alphaF() * weight));
        painter->setBrush(ink);
        const qreal grow = step * 0.8;
        painter->drawRoundedRect(dropped.adjusted(-grow, -grow, grow, grow), radius + grow,
                                 radius + grow);
    }
    painter->restore();
}

void drawLine(QPainter *painter, const QRect &rect, Qt::Alignment side,
              Qt::LayoutDirection direction, const QString &text, int flags)
{
    if (!(side & Qt::AlignVertical_Mask))
        side |= Qt::AlignVCenter;
    const Qt::LayoutDirection before = painter->layoutDirection();
    painter->setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    painter->drawText(
        rect, flags | Qt::TextSingleLine | int(QStyle::visualAlignment(direction, side)), text);
    painter->setLayoutDirection(before);
}

int shadowReach()
{
    return shadowBlur + shadowDrop * 2;
}

void drawHatch(QPainter *painter, const QRectF &rect, const QColor &ground, const QColor &stripe)
{
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->fillRect(rect, ground);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(stripe);
    constexpr qreal period = 20;
    const qreal height = rect.height();
    for (qreal x = rect.left() - height; x < rect.right(); x += period) {
        const qreal half = period / 2;
        painter->drawPolygon(QPolygonF({{x, rect.bottom()},
                                        {x + half, rect.bottom()},
                                        {x + half + height, rect.top()},
                                        {x + height, rect.top()}}));
    }
    painter->restore();
}

} // namespace ui

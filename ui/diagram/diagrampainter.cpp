// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/diagrampainter.h"

#include "core/catalog/treemodel.h"
#include "core/diagram/diagrammarks.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/kindicon.h"
#include "ui/common/paint.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr double cornerRadius = 6;
constexpr double iconSize = 14;
constexpr double iconLeft = 11;
constexpr double nameLeft = 32;
constexpr double textRight = 12;
constexpr double smallestText = 0.25; // below that scale, texts are bars

QFont nameFont()
{
    return font(TextRole::Grid);
}

void drawText(QPainter *painter, const QRectF &rect, Qt::Alignment side, const QString &text)
{
    painter->drawText(rect, int(side | Qt::AlignVCenter | Qt::TextSingleLine), text);
}

void addLine(QPainterPath *path, const core::DiagramRoute &route)
{
    if (route.points.size() < 2)
        return;
    path->moveTo(route.points.first());
    for (const core::DiagramStep &step : core::roundedSteps(route.points, cornerRadius)) {
        if (step.round)
            path->quadTo(step.corner, step.to);
        else
            path->lineTo(step.to);
    }
}

double scaleOf(const QPainter *painter)
{
    return painter->worldTransform().m11();
}

} // namespace

DiagramPainter::DiagramPainter(const core::DiagramGraph &graph, const core::DiagramLayout &layout,
                               const core::DiagramMetrics &metrics, const Theme &colors)
    : m_graph(graph)
    , m_layout(layout)
    , m_metrics(metrics)
    , m_colors(colors)
{
}

core::DiagramMetrics DiagramPainter::metrics()
{
    core::DiagramMetrics metrics;
    metrics.cardWidth = grown(int(metrics.cardWidth));
    metrics.headerHeight = rowHeight(int(metrics.headerHeight), TextRole::Heading);
    metrics.rowHeight = rowHeight(int(metrics.rowHeight), TextRole::Grid);
    const double scale = metrics.rowHeight / core::DiagramMetrics().rowHeight;
    metrics.track = qRound(metrics.track * scale);
    metrics.stub = qRound(metrics.stub * scale);
    metrics.columnGap = qRound(metrics.columnGap * scale);
    return metrics;
}

QString DiagramPainter::elided(const QString &text, double width, bool heading)
{
    const QFontMetricsF measure(heading ? font(TextRole::Heading) : nameFont());
    return measure.elidedText(text, Qt::ElideMiddle, width);
}

void DiagramPainter::paint(QPainter *painter, const QRectF &exposed,
                           const DiagramEmphasis &emphasis) const
{
    painter->setRenderHint(QPainter::Antialiasing);
    QSet<int> neighbours;
    std::vector<std::size_t> quiet;
    std::vector<std::size_t> strong; // they lie on the others
    for (std::size_t i = 0; i < m_graph.keys.size(); ++i) {
        const core::DiagramKey &key = m_graph.keys[i];
        const auto touches = [&key](int table) {
            return table >= 0 && (key.from == table || key.to == table);
        };
        if (touches(emphasis.current) || touches(emphasis.hovered)
            || int(i) == emphasis.hoveredKey) {
            neighbours << key.from << key.to;
            strong.push_back(i);
        } else {
            quiet.push_back(i);
        }
    }
    paintLines(painter, quiet, m_colors.text3, 0);
    paintLines(painter, strong, m_colors.accent, 1.6);
    for (int i = 0; i < int(m_layout.cards.size()); ++i) {
        if (m_layout.cards[std::size_t(i)].adjusted(-4, -4, 4, 4).intersects(exposed))
            paintCard(painter, i,
                      {.current = i == emphasis.current,
                       .neighbour = neighbours.contains(i) || i == emphasis.hovered,
                       .found = emphasis.found.contains(i)},
                      emphasis.focused);
    }
}

/// All at once: where lines run together they are no darker than one.
void DiagramPainter::paintLines(QPainter *painter, const std::vector<std::size_t> &keys,
                                const QColor &ink, double width) const
{
    QPainterPath solid;
    QPainterPath dashed;
    QList<QPointF> rings;
    for (const std::size_t i : keys) {
        const core::DiagramKey &key = m_graph.keys[i];
        addLine(key.fact.validated ? &solid : &dashed, m_layout.routes[i]);
        const core::DiagramMarks marks = core::marksOf(key, m_layout.routes[i], m_metrics);
        for (const QLineF &stroke : marks.strokes) {
            solid.moveTo(stroke.p1());
            solid.lineTo(stroke.p2());
        }
        rings += marks.rings;
    }
    // A pen of no width of its own would draw each piece alone, one on the other.
    QPen pen(ink,
             width > 0 ? width : 1 / (scaleOf(painter) * painter->device()->devicePixelRatio()));
    pen.setCapStyle(Qt::FlatCap);
    pen.setJoinStyle(Qt::RoundJoin);
    painter->save();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(pen);
    painter->drawPath(solid);
    QPen broken = pen;
    broken.setDashPattern({5 / pen.widthF(), 4 / pen.widthF()});
    painter->setPen(broken);
    painter->drawPath(dashed);
    painter->setPen(pen);
    painter->setBrush(m_colors.alternate);
    const double radius = core::ringRadius * m_metrics.rowHeight / 24;
    for (const QPointF &ring : std::as_const(rings))
        painter->drawEllipse(ring, radius, radius);
    painter->restore();
}

void DiagramPainter::paintLine(QPainter *painter, const core::DiagramKey &key,
                               const core::DiagramRoute &route, const core::DiagramMetrics &metrics,
                               const Theme &colors)
{
    const core::DiagramGraph graph{.tables = {}, .keys = {key}};
    const core::DiagramLayout layout{.cards = {}, .routes = {route}};
    DiagramPainter(graph, layout, metrics, colors).paintLines(painter, {0}, colors.text3, 0);
}

void DiagramPainter::paintCard(QPainter *painter, int table, const Look &look, bool focused) const
{
    const core::DiagramTable &shown = m_graph.tables[std::size_t(table)];
    const QRectF card = m_layout.cards[std::size_t(table)];
    painter->save();
    QPainterPath shape;
    shape.addRoundedRect(card, controlRadius, controlRadius);
    painter->fillPath(shape, m_colors.base);
    painter->setClipPath(shape, Qt::IntersectClip);
    paintHeader(painter, shown, card, look, focused);
    painter->restore();
    paintRows(painter, shown, card);
    const bool strong = look.current || look.found;
    QPen edge(look.neighbour || strong ? m_colors.accent : m_colors.edge);
    if (look.found && !look.current)
        edge.setColor(m_colors.warning.ink);
    edge.setWidthF(strong ? 2 : look.neighbour ? 1.2 : 0);
    edge.setCosmetic(!strong && !look.neighbour);
    painter->save();
    painter->setBrush(Qt::NoBrush);
    painter->setPen(edge);
    painter->drawPath(shape);
    painter->restore();
}

void DiagramPainter::paintHeader(QPainter *painter, const core::DiagramTable &table,
                                 const QRectF &card, const Look &look, bool focused) const
{
    const QRectF header(card.topLeft(), QSizeF(card.width(), m_metrics.headerHeight));
    const QColor fill = look.current ? (focused ? m_colors.selection : m_colors.inactiveSelection)
                        : look.found ? m_colors.warning.tint
                                     : m_colors.window;
    const QColor ink = look.current && focused ? m_colors.onSelection : m_colors.text;
    painter->fillRect(header, fill);
    if (table.rowCount() > 0) {
        painter->setPen(QPen(m_colors.line, 0));
        painter->drawLine(header.bottomLeft(), header.bottomRight());
    }
    QRectF inner = header.adjusted(nameLeft, 0, -textRight, 0);
    if (scaleOf(painter) < smallestText) {
        painter->fillRect(QRectF(inner.left(), inner.center().y() - 4, inner.width() * 0.6, 8),
                          ink);
        return;
    }
    const QRectF symbol(card.left() + iconLeft, header.center().y() - iconSize / 2, iconSize,
                        iconSize);
    paintIcon(painter, symbol, kindIcon(table.kind),
              look.current && !m_colors.isHighContrast() ? m_colors.accent
              : look.current                             ? ink
                                                         : m_colors.text2);
    const QString rows = core::approximateCount(table.rows);
    const QFont caption = font(TextRole::Caption);
    const double used = rows.isEmpty() ? 0 : QFontMetricsF(caption).horizontalAdvance(rows) + 8;
    painter->setFont(caption);
    painter->setPen(look.current ? ink : m_colors.text2);
    drawText(painter, inner, Qt::AlignRight, rows);
    inner.adjust(0, 0, -used, 0);
    painter->setFont(font(TextRole::Heading));
    painter->setPen(ink);
    drawText(painter, inner, Qt::AlignLeft, elided(oneLine(table.name), inner.width(), true));
}

void DiagramPainter::paintRows(QPainter *painter, const core::DiagramTable &table,
                               const QRectF &card) const
{
    const QFont names = nameFont();
    const QFont types = font(TextRole::Caption);
    const QFontMetricsF typeMeasure(types);
    const bool texts = scaleOf(painter) >= smallestText;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const core::DiagramColumn &column = table.columns[i];
        const double middle = card.top() + m_metrics.rowCentre(int(i));
        QRectF row(card.left() + nameLeft, middle - m_metrics.rowHeight / 2,
                   card.width() - nameLeft - textRight, m_metrics.rowHeight);
        if (!texts) {
            painter->fillRect(QRectF(row.left(), middle - 2, row.width() * 0.5, 4), m_colors.thumb);
            continue;
        }
        if (column.primary || column.reference)
            paintIcon(painter,
                      QRectF(card.left() + iconLeft, middle - iconSize / 2, iconSize, iconSize),
                      column.primary ? u"key-primary"_s : u"key-foreign"_s,
                      column.primary ? m_colors.text2 : m_colors.accent);
        const QString type =
            typeMeasure.elidedText(oneLine(column.type), Qt::ElideRight, row.width() * 0.45);
        painter->setFont(types);
        painter->setPen(m_colors.text3);
        drawText(painter, row, Qt::AlignRight, type);
        row.adjust(0, 0, -typeMeasure.horizontalAdvance(type) - 8, 0);
        painter->setFont(names);
        painter->setPen(m_colors.text);
        drawText(painter, row, Qt::AlignLeft, elided(oneLine(column.name), row.width(), false));
    }
    if (table.more > 0 && texts) {
        const double middle = card.top() + m_metrics.rowCentre(int(table.columns.size()));
        painter->setFont(names);
        painter->setPen(m_colors.text2);
        drawText(painter,
                 QRectF(card.left() + nameLeft, middle - m_metrics.rowHeight / 2,
                        card.width() - nameLeft - textRight, m_metrics.rowHeight),
                 Qt::AlignLeft,
                 QCoreApplication::translate("core::Diagram", "+ %1 more").arg(table.more));
    }
}

} // namespace ui

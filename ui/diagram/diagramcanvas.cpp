// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/diagramcanvas.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/paint.h"
#include "ui/diagram/minimap.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr double leastZoom = 0.1;
constexpr double mostZoom = 4;
constexpr double zoomStep = 1.2;
constexpr double besideLine = 5; // px: still the line
constexpr int minimapMargin = 16;
constexpr double keepInSight = 24; // px around a card that is brought into sight

} // namespace

DiagramCanvas::DiagramCanvas(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_metrics(DiagramPainter::metrics())
    , m_minimap(new Minimap(*this))
{
    setFrameShape(NoFrame);
    setLayoutDirection(Qt::LeftToRight); // as code does, a diagram runs left to right everywhere
    setFocusPolicy(Qt::StrongFocus);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::AlternateBase);
    viewport()->setAutoFillBackground(true);
}

void DiagramCanvas::setDiagram(const core::DiagramGraph &graph, const core::DiagramLayout &layout)
{
    const int before = m_emphasis.current;
    const core::Oid kept = before >= 0 && before < int(m_graph.tables.size())
                               ? m_graph.tables[std::size_t(before)].relation
                               : core::Oid{};
    m_graph = graph;
    m_layout = layout;
    m_drag.reset();
    const auto found = std::ranges::find(m_graph.tables, kept, &core::DiagramTable::relation);
    m_emphasis = {.current =
                      found == m_graph.tables.end() ? -1 : int(found - m_graph.tables.begin()),
                  .focused = hasFocus()};
    adjustBars();
    describeCurrent();
    viewport()->update();
    m_minimap->update();
}

void DiagramCanvas::setCurrent(int table)
{
    if (table < 0 || table >= int(m_graph.tables.size()))
        table = -1;
    const bool changed = std::exchange(m_emphasis.current, table) != table;
    if (table >= 0)
        reveal(table);
    viewport()->update();
    m_minimap->update();
    if (!changed)
        return;
    describeCurrent();
    emit currentChanged(table);
}

/// What a screen reader says of the canvas; the whole is in the list.
void DiagramCanvas::describeCurrent()
{
    QString words;
    if (m_emphasis.current >= 0) {
        const core::DiagramTable &table = m_graph.tables[std::size_t(m_emphasis.current)];
        int out = 0;
        int in = 0;
        for (const core::DiagramKey &key : m_graph.keys) {
            out += key.from == m_emphasis.current ? 1 : 0;
            in += key.to == m_emphasis.current ? 1 : 0;
        }
        words = tr("%1, references %2, referenced by %3")
                    .arg(isolated(table.qualifiedName))
                    .arg(out)
                    .arg(in);
    }
    if (accessibleDescription() == words)
        return;
    setAccessibleDescription(words);
    QAccessibleEvent event(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

void DiagramCanvas::setFound(const QSet<int> &tables)
{
    m_emphasis.found = tables;
    viewport()->update();
}

QPointF DiagramCanvas::offset() const
{
    const QSizeF whole = m_layout.bounds.size() * m_zoom;
    const auto along = [](double all, int room, const QScrollBar *bar) {
        return all < room ? (room - all) / 2 : -double(bar->value());
    };
    const QPointF corner(along(whole.width(), viewport()->width(), horizontalScrollBar()),
                         along(whole.height(), viewport()->height(), verticalScrollBar()));
    return {std::round(corner.x()), std::round(corner.y())};
}

QPointF DiagramCanvas::toViewport(const QPointF &place) const
{
    return (place - m_layout.bounds.topLeft()) * m_zoom + offset();
}

QPointF DiagramCanvas::toDiagram(const QPointF &place) const
{
    return (place - offset()) / m_zoom + m_layout.bounds.topLeft();
}

QRectF DiagramCanvas::inSight() const
{
    return {toDiagram({0, 0}), QSizeF(viewport()->size()) / m_zoom};
}

QRectF DiagramCanvas::cardRect(int table) const
{
    const QRectF &card = m_layout.cards[std::size_t(table)];
    return {toViewport(card.topLeft()), card.size() * m_zoom};
}

void DiagramCanvas::adjustBars()
{
    const QSizeF whole = m_layout.bounds.size() * m_zoom;
    const QSize room = viewport()->size();
    horizontalScrollBar()->setPageStep(room.width());
    verticalScrollBar()->setPageStep(room.height());
    horizontalScrollBar()->setSingleStep(int(m_metrics.rowHeight));
    verticalScrollBar()->setSingleStep(int(m_metrics.rowHeight));
    horizontalScrollBar()->setRange(0, qMax(0, int(std::ceil(whole.width())) - room.width()));
    verticalScrollBar()->setRange(0, qMax(0, int(std::ceil(whole.height())) - room.height()));
    m_minimap->place(viewport()->rect(), minimapMargin);
}

void DiagramCanvas::setZoom(double zoom, const std::optional<QPointF> &around)
{
    const double wanted = qBound(leastZoom, zoom, mostZoom);
    if (qFuzzyCompare(wanted, m_zoom))
        return;
    const QPointF still = around.value_or(QRectF(viewport()->rect()).center());
    const QPointF place = toDiagram(still);
    m_zoom = wanted;
    adjustBars();
    const QPointF away = toViewport(place) - still;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(away.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(away.y()));
    viewport()->update();
    m_minimap->update();
    emit zoomChanged(m_zoom);
}

void DiagramCanvas::zoomBy(int steps)
{
    setZoom(m_zoom * std::pow(zoomStep, steps));
}

void DiagramCanvas::fit()
{
    const QSizeF whole = m_layout.bounds.size();
    if (whole.isEmpty())
        return;
    setZoom(qMin(1.0,
                 qMin(viewport()->width() / whole.width(), viewport()->height() / whole.height())));
}

void DiagramCanvas::centreOn(const QPointF &place)
{
    const QPointF away = toViewport(place) - QRectF(viewport()->rect()).center();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(away.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(away.y()));
}

void DiagramCanvas::reveal(int table)
{
    const QRectF card =
        cardRect(table).adjusted(-keepInSight, -keepInSight, keepInSight, keepInSight);
    const auto bring = [](QScrollBar *bar, double first, double last, int room) {
        if (first < 0 || last - first > room)
            bar->setValue(bar->value() + int(std::floor(first)));
        else if (last > room)
            bar->setValue(bar->value() + int(std::ceil(last - room)));
    };
    bring(horizontalScrollBar(), card.left(), card.right(), viewport()->width());
    bring(verticalScrollBar(), card.top(), card.bottom(), viewport()->height());
}

int DiagramCanvas::tableAt(const QPointF &place) const
{
    const QPointF at = toDiagram(place);
    for (int i = int(m_layout.cards.size()) - 1; i >= 0; --i) {
        if (m_layout.cards[std::size_t(i)].contains(at))
            return i;
    }
    return -1;
}

int DiagramCanvas::keyAt(const QPointF &place) const
{
    const QPointF at = toDiagram(place);
    const double reach = besideLine / m_zoom;
    for (int i = 0; i < int(m_layout.routes.size()); ++i) {
        const QList<QPointF> &points = m_layout.routes[std::size_t(i)].points;
        for (qsizetype k = 1; k < points.size(); ++k) {
            if (QRectF(points[k - 1], points[k])
                    .normalized()
                    .adjusted(-reach, -reach, reach, reach)
                    .contains(at))
                return i;
        }
    }
    return -1;
}

void DiagramCanvas::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    const Theme &colors = theme(this);
    painter.fillRect(event->rect(), colors.alternate);
    painter.translate(toViewport({0, 0}));
    painter.scale(m_zoom, m_zoom);
    const QRectF exposed(toDiagram(event->rect().topLeft()), QSizeF(event->rect().size()) / m_zoom);
    DiagramPainter(m_graph, m_layout, m_metrics, colors).paint(&painter, exposed, m_emphasis);
    painter.resetTransform();
    if (hasFocus() && m_emphasis.current < 0)
        drawRing(&painter, QRectF(viewport()->rect()), 0, colors.accent);
}

void DiagramCanvas::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    adjustBars();
}

void DiagramCanvas::scrollContentsBy(int, int)
{
    viewport()->update();
    m_minimap->update();
}

void DiagramCanvas::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    m_emphasis.focused = true;
    viewport()->update();
}

void DiagramCanvas::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    m_emphasis.focused = false;
    viewport()->update();
}

void DiagramCanvas::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        viewport()->update();
}

bool DiagramCanvas::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = tipAt(help->pos());
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, viewport());
        return true;
    }
    if (event->type() == QEvent::Leave)
        hover({-1e6, -1e6});
    return QAbstractScrollArea::viewportEvent(event);
}

} // namespace ui

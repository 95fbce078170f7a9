// SPDX-License-Identifier: GPL-3.0-or-later
// What a person does on the canvas by mouse and keys.
#include "ui/diagram/diagramcanvas.h"

#include "ui/common/format.h"
#include "ui/common/tooltip.h"
#include "ui/diagram/minimap.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QWheelEvent>

#include <cmath>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr double keyMove = 16;   // of a card, by Shift and an arrow
constexpr double sideWeight = 2; // a card straight ahead is nearer than one aside

} // namespace

QString DiagramCanvas::tipAt(const QPointF &place) const
{
    if (const int table = tableAt(place); table >= 0)
        return tipText(oneLine(m_graph.tables[std::size_t(table)].qualifiedName));
    const int index = keyAt(place);
    if (index < 0)
        return {};
    const core::RelationFact &fact = m_graph.keys[std::size_t(index)].fact;
    return tipText(oneLine(fact.name), {},
                   oneLine(tr("%1 (%2) references %3 (%4): %5")
                               .arg(fact.fromName, fact.fromColumns.join(u", "_s), fact.toName,
                                    fact.toColumns.join(u", "_s), core::relationWords(fact))));
}

void DiagramCanvas::hover(const QPointF &place)
{
    const int table = tableAt(place);
    const int key = table >= 0 ? -1 : keyAt(place);
    if (table == m_emphasis.hovered && key == m_emphasis.hoveredKey)
        return;
    m_emphasis.hovered = table;
    m_emphasis.hoveredKey = key;
    viewport()->update();
}

void DiagramCanvas::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier))
        return QAbstractScrollArea::wheelEvent(event);
    setZoom(m_zoom * std::pow(1.2, event->angleDelta().y() / 120.0), event->position());
    event->accept();
}

void DiagramCanvas::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton && event->button() != Qt::MiddleButton)
        return;
    const int table = event->button() == Qt::LeftButton ? tableAt(event->position()) : -1;
    if (table >= 0)
        setCurrent(table);
    Drag drag{.table = table, .from = event->position()};
    drag.start = table >= 0 ? m_layout.cards[std::size_t(table)].topLeft()
                            : QPointF(horizontalScrollBar()->value(), verticalScrollBar()->value());
    m_drag = drag;
}

void DiagramCanvas::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_drag)
        return hover(event->position());
    const QPointF way = event->position() - m_drag->from;
    if (!m_drag->moved && way.manhattanLength() < QApplication::startDragDistance())
        return;
    m_drag->moved = true;
    if (m_drag->table < 0) {
        viewport()->setCursor(Qt::ClosedHandCursor);
        horizontalScrollBar()->setValue(qRound(m_drag->start.x() - way.x()));
        verticalScrollBar()->setValue(qRound(m_drag->start.y() - way.y()));
        return;
    }
    const QPointF place = m_drag->start + way / m_zoom;
    // The bounds stay until the card is let go, else the ground would move below the hand.
    const QRectF bounds = m_layout.bounds;
    m_layout =
        core::moved(m_graph, m_metrics, m_layout,
                    {{m_drag->table, QPointF(std::round(place.x()), std::round(place.y()))}});
    m_layout.bounds = bounds;
    viewport()->update();
    m_minimap->update();
}

void DiagramCanvas::mouseReleaseEvent(QMouseEvent *event)
{
    viewport()->unsetCursor();
    if (!m_drag)
        return;
    const Drag drag = *std::exchange(m_drag, std::nullopt);
    if (!drag.moved && drag.table < 0)
        setCurrent(-1);
    if (drag.moved && drag.table >= 0)
        emit cardMoved(drag.table, m_layout.cards[std::size_t(drag.table)].topLeft());
    hover(event->position());
}

void DiagramCanvas::mouseDoubleClickEvent(QMouseEvent *event)
{
    m_drag.reset();
    const int table = tableAt(event->position());
    if (event->button() == Qt::LeftButton && table >= 0)
        emit activated(table);
}

void DiagramCanvas::contextMenuEvent(QContextMenuEvent *event)
{
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    const int table = byKey ? m_emphasis.current : tableAt(event->pos());
    if (table < 0)
        return;
    setCurrent(table);
    emit menuWanted(table, byKey ? viewport()->mapToGlobal(cardRect(table).center().toPoint())
                                 : event->globalPos());
}

/// The nearest card in that direction; from none, the first one.
int DiagramCanvas::neighbour(int key) const
{
    if (m_graph.tables.empty())
        return -1;
    if (m_emphasis.current < 0)
        return 0;
    const QPointF from = m_layout.cards[std::size_t(m_emphasis.current)].center();
    int nearest = m_emphasis.current;
    double least = 1e18;
    for (int i = 0; i < int(m_layout.cards.size()); ++i) {
        const QPointF way = m_layout.cards[std::size_t(i)].center() - from;
        const bool level = key == Qt::Key_Left || key == Qt::Key_Right;
        const double forward = key == Qt::Key_Left    ? -way.x()
                               : key == Qt::Key_Right ? way.x()
                               : key == Qt::Key_Up    ? -way.y()
                                                      : way.y();
        const double aside = std::abs(level ? way.y() : way.x());
        if (i == m_emphasis.current || forward <= 1)
            continue;
        const double distance = forward + aside * (level ? 0.5 : sideWeight);
        if (distance < least) {
            least = distance;
            nearest = i;
        }
    }
    return nearest;
}

void DiagramCanvas::moveCurrent(const QPointF &by)
{
    const int table = m_emphasis.current;
    if (table < 0)
        return;
    m_layout = core::moved(m_graph, m_metrics, m_layout,
                           {{table, m_layout.cards[std::size_t(table)].topLeft() + by}});
    adjustBars();
    reveal(table);
    viewport()->update();
    m_minimap->update();
    emit cardMoved(table, m_layout.cards[std::size_t(table)].topLeft());
}

void DiagramCanvas::step(int key)
{
    setCurrent(neighbour(key));
}

void DiagramCanvas::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool arrow =
        key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
    if (arrow && modifiers == Qt::ShiftModifier)
        return moveCurrent({key == Qt::Key_Left    ? -keyMove
                            : key == Qt::Key_Right ? keyMove
                                                   : 0,
                            key == Qt::Key_Up     ? -keyMove
                            : key == Qt::Key_Down ? keyMove
                                                  : 0});
    if (arrow && modifiers == Qt::NoModifier)
        return step(key);
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && modifiers == Qt::NoModifier
        && m_emphasis.current >= 0)
        return emit activated(m_emphasis.current);
    if (event->matches(QKeySequence::ZoomIn) || key == Qt::Key_Plus)
        return zoomBy(1);
    if (event->matches(QKeySequence::ZoomOut) || key == Qt::Key_Minus)
        return zoomBy(-1);
    if (key == Qt::Key_0)
        return modifiers & Qt::ControlModifier ? fit() : setZoom(1);
    if (key == Qt::Key_Home)
        return setCurrent(m_graph.tables.empty() ? -1 : 0);
    if (key == Qt::Key_End)
        return setCurrent(int(m_graph.tables.size()) - 1);
    QAbstractScrollArea::keyPressEvent(event);
}

} // namespace ui

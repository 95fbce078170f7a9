// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridheader.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"
#include "ui/grid/gridview.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int padding = int(CellPainter::padding);
constexpr int iconSize = 12;
constexpr int borderReach = 4;
constexpr int mostHead = 320;

QString factIcon(const ColumnFacts &facts)
{
    if (facts.primaryKey)
        return u"key-primary"_s;
    return facts.references.isEmpty() ? QString() : u"key-foreign"_s;
}

QString sortIcon(const ColumnFacts &facts)
{
    if (facts.sort == ColumnFacts::Sort::None)
        return {};
    return facts.sort == ColumnFacts::Sort::Ascending ? u"ascending"_s : u"descending"_s;
}

/// Names hold anything that 63 bytes can: line breaks and controls of direction are made visible.
QString shownName(const QString &name)
{
    return core::cellText(name.toUtf8(), core::TypeCategory::Code).text;
}

} // namespace

GridHeader::GridHeader(GridView *view)
    : QWidget(view)
    , m_view(view)
{
    setMouseTracking(true);
    setAttribute(Qt::WA_OpaquePaintEvent);
    resetFonts();
}

void GridHeader::resetFonts()
{
    m_nameFont = ui::font(TextRole::Heading);
    m_typeFont = ui::font(TextRole::Caption);
    update();
}

QSize GridHeader::sizeHint() const
{
    const int lines = QFontMetrics(m_nameFont).height() + QFontMetrics(m_typeFont).height();
    return {100, std::max(grown(44), lines + 12)};
}

int GridHeader::fittedWidth(int column) const
{
    const GridColumns::Item &item = m_view->m_columns.item(column);
    int name = QFontMetrics(m_nameFont).horizontalAdvance(shownName(item.column.name));
    name += factIcon(item.facts).isEmpty() ? 0 : iconRoom;
    name += sortIcon(item.facts).isEmpty() ? 0 : iconRoom;
    const int type = QFontMetrics(m_typeFont).horizontalAdvance(item.typeText);
    return std::clamp(std::max(name, type) + 2 * padding + 1, GridColumns::leastWidth, mostHead);
}

int GridHeader::contentX(const QPoint &position) const
{
    const int fromEdge = isRightToLeft() ? width() - 1 - position.x() : position.x();
    return fromEdge - m_view->gutter() + m_view->horizontalScrollBar()->value();
}

QRect GridHeader::placeRect(int place) const
{
    const QRectF cell = m_view->placeRect(0, place);
    return {int(cell.left()), 0, int(cell.width()), height()};
}

void GridHeader::paintEvent(QPaintEvent *event)
{
    QPainter painter(this);
    const Theme &now = theme(this);
    painter.fillRect(rect(), now.window);
    const int gutter = m_view->gutter();
    const QRect columns =
        rect().adjusted(isRightToLeft() ? 0 : gutter, 0, isRightToLeft() ? -gutter : 0, 0);
    const QRect corner(isRightToLeft() ? width() - gutter : 0, 0, gutter, height());
    painter.save();
    painter.setClipRect(columns.intersected(event->rect()));
    for (int place = 0; place < m_view->m_columns.shownCount(); ++place) {
        if (placeRect(place).intersects(event->rect()))
            paintPlace(&painter, place);
    }
    painter.restore();
    drawHairLine(&painter, corner, isRightToLeft() ? Qt::LeftEdge : Qt::RightEdge, now.line);
    drawHairLine(&painter, rect(), Qt::BottomEdge, now.line);
}

void GridHeader::paintPlace(QPainter *painter, int place) const
{
    const Theme &now = theme(this);
    const QRect rect = placeRect(place);
    if (place == m_movingTo)
        painter->fillRect(rect, now.hover);
    const GridColumns::Item &item = m_view->m_columns.shown(place);
    const bool right = isRightToLeft() || core::alignsRight(item.category);
    const QFontMetrics name(m_nameFont);
    const QFontMetrics type(m_typeFont);
    const int top = (height() - name.height() - type.height() - 1) / 2;
    const QRect room = rect.adjusted(padding, 0, -padding, 0);
    paintName(painter, QRect(room.left(), top, room.width(), name.height()), place, right);
    painter->setFont(m_typeFont);
    painter->setPen(now.text2);
    const QRect below(room.left(), top + name.height() + 1, room.width(), type.height());
    painter->drawText(
        below, (right ? Qt::AlignRight : Qt::AlignLeft) | Qt::TextSingleLine | Qt::AlignAbsolute,
        type.elidedText(item.typeText, Qt::ElideRight, below.width()));
    drawHairLine(painter, rect, isRightToLeft() ? Qt::LeftEdge : Qt::RightEdge, now.line);
}

int GridHeader::nameRoom(const QRect &room, const ColumnFacts &facts) const
{
    return room.width() - (factIcon(facts).isEmpty() ? 0 : iconRoom)
           - (sortIcon(facts).isEmpty() ? 0 : iconRoom);
}

void GridHeader::paintName(QPainter *painter, const QRect &room, int place, bool right) const
{
    const Theme &now = theme(this);
    const GridColumns::Item &item = m_view->m_columns.shown(place);
    const QFontMetrics metrics(m_nameFont);
    const QString text = metrics.elidedText(shownName(item.column.name), Qt::ElideMiddle,
                                            nameRoom(room, item.facts));
    const QString before = factIcon(item.facts);
    const QString after = sortIcon(item.facts);
    int width = metrics.horizontalAdvance(text);
    width += (before.isEmpty() ? 0 : iconRoom) + (after.isEmpty() ? 0 : iconRoom);
    // Mirrored as a whole: the symbol of a key stands before the name in reading order.
    int x = right ? room.right() + 1 - width : room.left();
    const auto icon = [&](const QString &symbol, bool trailing) {
        if (symbol.isEmpty())
            return;
        const int gap = iconRoom - iconSize;
        const QRectF spot(trailing ? x + gap : x, room.center().y() + 1 - iconSize / 2.0, iconSize,
                          iconSize);
        paintIcon(painter, spot, symbol, now.text2, layoutDirection());
        x += iconRoom;
    };
    icon(isRightToLeft() ? after : before, false);
    painter->setFont(m_nameFont);
    painter->setPen(now.text);
    painter->drawText(QRect(x, room.top(), metrics.horizontalAdvance(text) + 2, room.height()),
                      Qt::AlignLeft | Qt::AlignAbsolute | Qt::TextSingleLine, text);
    x += metrics.horizontalAdvance(text);
    icon(isRightToLeft() ? before : after, true);
}

void GridHeader::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const int x = contentX(event->position().toPoint());
    const int border = m_view->m_columns.borderAt(x, borderReach);
    m_pressedAt = event->position().toPoint();
    if (border >= 0) {
        m_resizing = m_view->m_columns.columnAt(border);
        m_resizeFrom = x;
        m_widthBefore = m_view->m_columns.width(border);
    } else {
        m_pressed = m_view->m_columns.placeAt(x);
    }
}

void GridHeader::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    const int x = contentX(at);
    if (m_resizing >= 0) {
        m_view->setColumnWidth(m_resizing, m_widthBefore + x - m_resizeFrom);
        return;
    }
    if (m_pressed >= 0 && (at - m_pressedAt).manhattanLength() >= QApplication::startDragDistance())
        setMovingTo(m_view->m_columns.placeAt(x));
    const bool onBorder = m_pressed < 0 && m_view->m_columns.borderAt(x, borderReach) >= 0;
    setCursor(m_movingTo >= 0 ? Qt::ClosedHandCursor
              : onBorder      ? Qt::SplitHCursor
                              : Qt::ArrowCursor);
}

void GridHeader::setMovingTo(int place)
{
    if (place == m_movingTo)
        return;
    m_movingTo = place;
    update();
}

void GridHeader::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const int place = m_view->m_columns.placeAt(contentX(event->position().toPoint()));
    const int pressed = std::exchange(m_pressed, -1);
    const int target = m_movingTo;
    setMovingTo(-1);
    setCursor(Qt::ArrowCursor);
    if (std::exchange(m_resizing, -1) >= 0) {
        emit m_view->columnsChanged();
    } else if (target >= 0) {
        if (target != pressed) {
            m_view->moveColumn(pressed, target);
            emit m_view->columnsChanged();
        }
    } else if (pressed >= 0 && place == pressed) {
        emit m_view->headerClicked(m_view->m_columns.columnAt(pressed));
    }
}

void GridHeader::mouseDoubleClickEvent(QMouseEvent *event)
{
    const int border =
        m_view->m_columns.borderAt(contentX(event->position().toPoint()), borderReach);
    if (event->button() == Qt::LeftButton && border >= 0) {
        m_resizing = -1;
        m_view->fitColumn(m_view->m_columns.columnAt(border));
    }
}

QString GridHeader::tip(const QPoint &position) const
{
    const int place = m_view->m_columns.placeAt(contentX(position));
    if (place < 0)
        return {};
    const GridColumns::Item &item = m_view->m_columns.shown(place);
    const QRect room = placeRect(place).adjusted(padding, 0, -padding, 0);
    const QString name = shownName(item.column.name);
    const bool cut = QFontMetrics(m_nameFont).horizontalAdvance(name) > nameRoom(room, item.facts)
                     || QFontMetrics(m_typeFont).horizontalAdvance(item.typeText) > room.width();
    return cut ? name + u'\n' + item.typeText : QString();
}

bool GridHeader::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        QToolTip::showText(help->globalPos(), tip(help->pos()), this);
        return true;
    }
    return QWidget::event(event);
}

void GridCorner::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &now = theme(this);
    painter.fillRect(rect(), now.window);
    drawHairLine(&painter, rect(), Qt::BottomEdge, now.line);
}

} // namespace ui

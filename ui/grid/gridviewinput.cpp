// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/icons.h"
#include "ui/common/menu.h"
#include "ui/grid/gridaccessible.h"
#include "ui/grid/gridcopier.h"
#include "ui/grid/gridheader.h"
#include "ui/grid/gridview.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
// What a tooltip shows of a value.
constexpr int tipUnits = 1'000;
} // namespace

bool GridView::inGutter(QPoint position) const
{
    return isRightToLeft() ? position.x() >= viewport()->width() - gutter()
                           : position.x() < gutter();
}

GridCell GridView::cellAt(QPoint position) const
{
    const int fromEdge = isRightToLeft() ? viewport()->width() - 1 - position.x() : position.x();
    const qint64 row = m_scroller.rowAt(int(position.y() * ratio()));
    const int place = m_columns.placeAt(fromEdge - gutter() + horizontalScrollBar()->value());
    if (inGutter(position) || position.y() < 0 || row >= m_scroller.rows() || place < 0)
        return {};
    return {row, place};
}

bool GridView::onArrow(QPoint position, GridCell cell) const
{
    if (!cell.isValid() || m_columns.shown(cell.place).facts.references.isEmpty()
        || (cell.row != m_hovered.row && cell.row != currentRow()))
        return false;
    const QRectF rect = placeRect(cell.row, cell.place);
    // 24 px, as everything that can be clicked.
    return isRightToLeft() ? position.x() < rect.left() + 24 : position.x() > rect.right() - 24;
}

void GridView::setCurrent(qint64 row, int column, Extend extend)
{
    const int place = m_columns.placeOf(column);
    if (row < 0 || row >= m_scroller.rows() || place < 0)
        return;
    moveTo({row, place}, extend);
}

void GridView::announce(const GridRange &before, GridCell beforeCurrent)
{
    const GridCell now = m_selection.current();
    const GridRange range = m_selection.range();
    if (now != beforeCurrent || range != before) {
        for (const GridRange &changed : {before, range}) {
            if (!changed.isEmpty())
                updateRows(changed.firstRow, changed.lastRow);
        }
        emit selectionChanged();
    }
    if (now != beforeCurrent) {
        AccessibleGrid::announceCurrent(this);
        emit currentCellChanged(now.row, currentColumn());
    }
}

void GridView::moveTo(GridCell cell, Extend extend)
{
    const GridRange before = m_selection.range();
    const GridCell beforeCurrent = m_selection.current();
    cell.row = std::clamp<qint64>(cell.row, 0, std::max<qint64>(m_scroller.rows() - 1, 0));
    cell.place = std::clamp(cell.place, 0, std::max(m_columns.shownCount() - 1, 0));
    if (m_scroller.rows() == 0 || m_columns.shownCount() == 0)
        return;
    m_selection.set(cell, extend == Extend::Yes);
    moved(m_scroller.reveal(cell.row));
    syncBars();
    QScrollBar *bar = horizontalScrollBar();
    const int room = viewport()->width() - gutter();
    const int begin = m_columns.begin(cell.place);
    const int end = m_columns.end(cell.place);
    bar->setValue(std::min(std::max(bar->value(), end - room), begin));
    announce(before, beforeCurrent);
}

void GridView::select(GridCell anchor, GridCell current)
{
    const GridRange before = m_selection.range();
    const GridCell beforeCurrent = m_selection.current();
    m_selection.span(anchor, current);
    announce(before, beforeCurrent);
}

void GridView::selectAll()
{
    if (m_scroller.rows() == 0 || m_columns.shownCount() == 0)
        return;
    // Two corners, whatever lies between them. The current cell is one of them, and what shows
    // stays.
    select({m_scroller.rows() - 1, m_columns.shownCount() - 1}, {0, 0});
}

bool GridView::moveByKey(QKeyEvent *event)
{
    GridCell to = m_selection.current();
    const bool control = event->modifiers() & Qt::ControlModifier;
    const qint64 lastRow = m_scroller.rows() - 1;
    const int lastPlace = m_columns.shownCount() - 1;
    const int forward = isRightToLeft() ? -1 : 1;
    if (!to.isValid())
        to = {m_scroller.visible().first, 0};
    switch (event->key()) {
    case Qt::Key_Up:
        to.row = control ? 0 : to.row - 1;
        break;
    case Qt::Key_Down:
        to.row = control ? lastRow : to.row + 1;
        break;
    case Qt::Key_Left:
        to.place = control ? (forward > 0 ? 0 : lastPlace) : to.place - forward;
        break;
    case Qt::Key_Right:
        to.place = control ? (forward > 0 ? lastPlace : 0) : to.place + forward;
        break;
    case Qt::Key_Home:
        to = {control ? 0 : to.row, 0};
        break;
    case Qt::Key_End:
        to = {control ? lastRow : to.row, lastPlace};
        break;
    case Qt::Key_PageUp:
        to.row -= m_scroller.page();
        break;
    case Qt::Key_PageDown:
        to.row += m_scroller.page();
        break;
    default:
        return false;
    }
    // The window's own keys: documents by Ctrl+PgUp, history by Alt+Left.
    if (event->modifiers() & (Qt::AltModifier | Qt::MetaModifier)
        || (control && (event->key() == Qt::Key_PageUp || event->key() == Qt::Key_PageDown)))
        return false;
    moveTo(to, event->modifiers() & Qt::ShiftModifier ? Extend::Yes : Extend::No);
    return true;
}

void GridView::keyPressEvent(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->matches(QKeySequence::Copy)) {
        copy();
    } else if (event->matches(QKeySequence::SelectAll)) {
        selectAll();
    } else if (event->key() == Qt::Key_C
               && modifiers == (Qt::ControlModifier | Qt::ShiftModifier)) {
        openCopyMenu();
    } else if (enter && hasCurrent() && modifiers == Qt::NoModifier) {
        emit cellActivated(currentRow(), currentColumn());
    } else if (enter && hasCurrent() && modifiers == Qt::ControlModifier
               && !m_columns.item(currentColumn()).facts.references.isEmpty()) {
        emit referenceActivated(currentRow(), currentColumn());
    } else if (event->key() != Qt::Key_Escape || !cancelCopy()) {
        if (!moveByKey(event))
            event->ignore();
    }
}

void GridView::wheelEvent(QWheelEvent *event)
{
    const QPoint pixels = event->pixelDelta();
    const QPoint steps = event->angleDelta();
    const bool sideways =
        std::abs(steps.x()) > std::abs(steps.y()) || event->modifiers() & Qt::ShiftModifier;
    if (sideways) {
        QScrollBar *bar = horizontalScrollBar();
        const int along = steps.x() != 0 ? steps.x() : steps.y();
        const int exact = pixels.x() != 0 ? pixels.x() : pixels.y();
        const int delta = !pixels.isNull()
                              ? exact
                              : along * bar->singleStep() * QApplication::wheelScrollLines() / 120;
        bar->setValue(bar->value() - (isRightToLeft() ? -delta : delta));
    } else if (!pixels.isNull()) {
        scrollPixels(-pixels.y() * ratio());
    } else {
        const double rows = double(steps.y()) / 120 * QApplication::wheelScrollLines();
        scrollPixels(-rows * m_scroller.rowHeight());
    }
    setHovered(cellAt(event->position().toPoint()));
    event->accept();
}

void GridView::mousePressEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    GridCell cell = cellAt(at);
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    if (event->button() == Qt::RightButton) {
        // A menu on a range is about the range.
        if (cell.isValid() && !m_selection.range().contains(cell.row, cell.place))
            moveTo(cell, Extend::No);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (onArrow(at, cell)) {
        moveTo(cell, Extend::No);
        emit referenceActivated(currentRow(), currentColumn());
        return;
    }
    const qint64 row = m_scroller.rowAt(int(at.y() * ratio()));
    m_draggingRows = inGutter(at) && row < m_scroller.rows() && m_columns.shownCount() > 0;
    m_dragging = cell.isValid() || m_draggingRows;
    if (m_draggingRows) {
        const qint64 anchor = extend && hasCurrent() ? m_selection.anchor().row : row;
        select({anchor, m_columns.shownCount() - 1}, {row, 0});
    } else if (cell.isValid()) {
        moveTo(cell, extend ? Extend::Yes : Extend::No);
    }
}

void GridView::dragTo(QPoint position)
{
    const int below = position.y() - viewport()->height();
    const int above = -position.y();
    if (const int beyond = std::max(above, below); beyond > 0 && m_autoScroll.isActive())
        scrollPixels((above > 0 ? -1 : 1) * m_scroller.rowHeight() * (1.0 + beyond / 40.0));
    const int y = std::clamp(position.y(), 0, viewport()->height() - 1);
    const qint64 row = std::min(m_scroller.rowAt(int(y * ratio())), m_scroller.rows() - 1);
    if (m_draggingRows) {
        select({m_selection.anchor().row, m_columns.shownCount() - 1}, {row, 0});
        return;
    }
    const int fromEdge = isRightToLeft() ? viewport()->width() - 1 - position.x() : position.x();
    const int x = std::clamp(fromEdge - gutter(), 0, viewport()->width() - gutter())
                  + horizontalScrollBar()->value();
    const int place = m_columns.placeAt(x);
    moveTo({row, place < 0 ? m_columns.shownCount() - 1 : place}, Extend::Yes);
}

void GridView::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint at = event->position().toPoint();
    if (!m_dragging || !(event->buttons() & Qt::LeftButton)) {
        const GridCell cell = cellAt(at);
        setHovered(cell);
        viewport()->setCursor(onArrow(at, cell) ? Qt::PointingHandCursor : Qt::ArrowCursor);
        return;
    }
    m_dragPosition = at;
    if (viewport()->rect().contains(at))
        m_autoScroll.stop();
    else if (!m_autoScroll.isActive())
        m_autoScroll.start();
    dragTo(at);
}

void GridView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_dragging = false;
    m_draggingRows = false;
    m_autoScroll.stop();
}

void GridView::mouseDoubleClickEvent(QMouseEvent *event)
{
    const GridCell cell = cellAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && cell.isValid())
        emit cellActivated(cell.row, m_columns.columnAt(cell.place));
}

void GridView::setHovered(GridCell cell)
{
    if (cell == m_hovered)
        return;
    const qint64 before = std::exchange(m_hovered, cell).row;
    if (before == cell.row)
        return;
    for (const qint64 row : {before, cell.row}) {
        if (row >= 0)
            updateRows(row, row);
    }
}

bool GridView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::Leave)
        setHovered({});
    if (event->type() == QEvent::ToolTip)
        return showTip(*static_cast<QHelpEvent *>(event));
    return QAbstractScrollArea::viewportEvent(event);
}

bool GridView::showTip(const QHelpEvent &event)
{
    const GridCell cell = cellAt(event.pos());
    QString tip;
    if (m_source && cell.isValid()) {
        const int column = m_columns.columnAt(cell.place);
        const GridColumns::Item &item = m_columns.item(column);
        core::CellText text;
        core::setCellText(text, m_source->cell(cell.row, column), item.category, tipUnits);
        const int arrow = item.facts.references.isEmpty() ? 0 : GridHeader::iconRoom;
        if (m_painter.width(text, item.monospaced) + arrow > m_columns.width(cell.place))
            tip = text.text;
    }
    QToolTip::showText(event.globalPos(), tip, viewport());
    return true;
}

void GridView::contextMenuEvent(QContextMenuEvent *event)
{
    QPoint at = event->globalPos();
    if (event->reason() != QContextMenuEvent::Mouse && hasCurrent())
        at = viewport()->mapToGlobal(
            placeRect(currentRow(), m_selection.current().place).bottomLeft().toPoint());
    if (hasCurrent())
        openMenu(at);
}

void GridView::addCopyActions(QMenu *menu)
{
    const auto add = [&](const QString &text, CopyFormat format) {
        connect(menu->addAction(text), &QAction::triggered, this,
                [this, format] { copyAs(format); });
    };
    add(tr("Text, tabs between"), CopyFormat::Text);
    add(tr("Text with column names"), CopyFormat::TextWithNames);
    add(tr("CSV with column names"), CopyFormat::CsvWithNames);
}

void GridView::openMenu(QPoint position)
{
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copyAction = menu->addAction(icon(u"copy"_s), tr("Copy"));
    copyAction->setShortcut(QKeySequence::Copy);
    connect(copyAction, &QAction::triggered, this, &GridView::copy);
    addCopyActions(menu->addMenu(tr("Copy as")));
    emit menuAboutToShow(menu, currentRow(), currentColumn());
    menu->popup(position);
}

void GridView::openCopyMenu()
{
    if (!hasCurrent())
        return;
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    addCopyActions(menu);
    menu->popup(viewport()->mapToGlobal(
        placeRect(currentRow(), m_selection.current().place).bottomLeft().toPoint()));
}

void GridView::copyAs(CopyFormat format)
{
    const GridRange range = m_selection.range();
    if (!m_source || range.isEmpty())
        return;
    std::vector<int> columns;
    for (int place = range.firstPlace; place <= range.lastPlace; ++place)
        columns.push_back(m_columns.columnAt(place));
    m_copier = std::make_unique<GridCopier>(
        *m_source, std::move(columns), core::RowRange{range.firstRow, range.rowCount()}, format);
    connect(m_copier.get(), &GridCopier::finished, this,
            [this](const QString &text, const QString &sentence) {
                if (!text.isNull())
                    QApplication::clipboard()->setText(text);
                m_copier.release()->deleteLater(); // it is the sender
                wantVisible();
                emit copied(sentence);
            });
    m_copier->start();
}

bool GridView::cancelCopy()
{
    if (!m_copier)
        return false;
    m_copier.reset();
    wantVisible();
    emit copied(tr("Nothing was copied."));
    return true;
}

void GridView::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    // Focus must be visible: by keyboard the first cell on screen takes it.
    if (!hasCurrent() && m_scroller.rows() > 0 && event->reason() != Qt::MouseFocusReason)
        moveTo({m_scroller.visible().first, 0}, Extend::No);
    AccessibleGrid::announceCurrent(this);
    viewport()->update();
}

void GridView::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

} // namespace ui

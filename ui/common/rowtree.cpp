// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/rowtree.h"

#include <QAbstractItemDelegate>
#include <QMouseEvent>

namespace ui {

bool RowTree::isPointed(const QModelIndex &index) const
{
    return m_pointed.isValid() && m_pointed == index.siblingAtColumn(0);
}

void RowTree::drawCells(QPainter *painter, const QStyleOptionViewItem &option,
                        const QModelIndex &index, bool selected) const
{
    for (int column = 0; column < model()->columnCount(); ++column) {
        const QModelIndex cell = index.siblingAtColumn(column);
        QStyleOptionViewItem place = option;
        place.rect = visualRect(cell);
        place.widget = this;
        place.state.setFlag(QStyle::State_Selected, selected);
        if (place.rect.width() > 0)
            itemDelegate()->paint(painter, place, cell);
    }
}

void RowTree::pointAt(const QModelIndex &index)
{
    const QModelIndex row = index.siblingAtColumn(0);
    if (m_pointed == row)
        return;
    m_pointed = row;
    viewport()->update();
}

void RowTree::mouseMoveEvent(QMouseEvent *event)
{
    pointAt(indexAt(event->position().toPoint()));
    QTreeView::mouseMoveEvent(event);
}

void RowTree::leaveEvent(QEvent *event)
{
    pointAt({});
    QTreeView::leaveEvent(event);
}

} // namespace ui

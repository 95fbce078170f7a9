// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPersistentModelIndex>
#include <QTreeView>

namespace ui {

// A tree whose rows are drawn as wholes by a class of its own: knows the row under the pointer, and
// draws the cells of one.
class RowTree : public QTreeView
{
    Q_OBJECT

public:
    using QTreeView::QTreeView;

protected:
    [[nodiscard]] bool isPointed(const QModelIndex &index) const;
    // Over the ground that drawRow() has drawn.
    void drawCells(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                   bool selected) const;

    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void pointAt(const QModelIndex &index);

    QPersistentModelIndex m_pointed;
};

} // namespace ui

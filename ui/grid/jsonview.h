// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QTreeView>

namespace ui {

// A core::JsonTreeModel as keys and coloured values in the fixed-width font; reads on where its end
// comes into view. Always left to right. Its menu copies the value or its path.
class JsonView : public QTreeView
{
    Q_OBJECT

public:
    explicit JsonView(QWidget *parent = nullptr);
    // Opens the root, and what it holds where that is little.
    void openFirst();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void readOn();
    void copyRole(const QModelIndex &index, int role) const;
};

// Draws a row of a JsonTreeModel.
class JsonDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
};

} // namespace ui

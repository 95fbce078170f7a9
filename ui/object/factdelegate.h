// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHeaderView>
#include <QStyledItemDelegate>

namespace ui {

// Cells of a FactModel: the row's symbol, a meaning's symbol, words, smaller words. The row's
// ground is the view's.
class FactDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    // What more there is to know, or the whole text while it is elided.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
    // Where the words of a cell stand, left to right.
    [[nodiscard]] static QRect wordsRect(const QRect &cell, const QModelIndex &index);
};

// Titles in the caption font on the window's colour, rounded as the card around them.
class FactHeader : public QHeaderView
{
    Q_OBJECT

public:
    explicit FactHeader(QWidget *parent);

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override;
};

} // namespace ui

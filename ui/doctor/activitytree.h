// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/activitymodel.h"
#include "ui/common/rowtree.h"

#include <QStyledItemDelegate>

namespace ui {

// Cells of a session: state symbol, number and application first, then who, state, since when,
// and whom it waits for. The row's ground is the tree's.
class ActivityDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option,
                                 const QModelIndex &index) const override;
    // The whole text while it is elided.
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;
};

// The tree of core::ActivityModel in rows of 32 px, with lines that lead to whom a session waits
// for. After each look() the chosen session stays chosen and in its place; new branches are open.
class ActivityTree : public RowTree
{
    Q_OBJECT

public:
    explicit ActivityTree(QWidget *parent = nullptr);

    [[nodiscard]] core::ActivityModel &sessions() const { return *m_model; }
    void look(const core::ActivityPtr &activity);
    // The chosen session; null for none.
    [[nodiscard]] const core::ActivitySession *chosen() const;

signals:
    // Another session, or the same one in another state.
    void chosenChanged();

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void drawGuides(QPainter *painter, const QModelIndex &index, const QRect &row) const;
    void fitColumns();

    core::ActivityModel *m_model;
    QString m_chosen; // its key
};

} // namespace ui

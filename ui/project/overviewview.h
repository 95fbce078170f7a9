// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTreeView>

namespace ui {

// A table as tall as its rows, for a page that scrolls as a whole: groups span it, symbols stand in
// the first column, addresses in the monospace font. Shows models with the roles of OverviewModel.
class OverviewView : public QTreeView
{
    Q_OBJECT

public:
    // Shares of the width, one a column.
    OverviewView(const QList<int> &shares, QWidget *parent);

    void setModel(QAbstractItemModel *model) override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    // The row that a person wants to see: Enter or double click.
    void opened(const QModelIndex &index);
    // The current row moved; `place` is in the view.
    void currentMoved(const QRect &place);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void changeEvent(QEvent *event) override;

private:
    void fit();
    void share();

    QList<int> m_shares;
};

} // namespace ui

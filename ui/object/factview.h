// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/rowtree.h"
#include "ui/object/factmodel.h"

namespace ui {

// A list of facts as tall as its rows, for a page that scrolls as a whole. Rows can be chosen,
// several at a time, and copied (Ctrl+C: a line a row, cells parted by tabs); those with a target
// open by Enter or a double click.
class FactView : public RowTree
{
    Q_OBJECT

public:
    FactView(std::vector<FactColumn> columns, QWidget *parent);

    [[nodiscard]] FactModel &facts() const { return *m_facts; }
    // The target of the current row; {} = none.
    [[nodiscard]] core::ObjectId chosen() const;
    // Of the chosen rows, or of all when none is; with the titles above them if wanted.
    [[nodiscard]] QString textOfChosen(bool titles) const;
    // The last row is the end of the card, which is round.
    void setRoundEnd(bool round);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

signals:
    void opened(core::ObjectId object);
    // The current row moved; `place` is in the view.
    void currentMoved(const QRect &place);

protected:
    void drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                 const QModelIndex &index) const override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void focusInEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void fit();
    void share();
    void showMenu(const QPoint &at);
    void copy(bool titles) const;

    FactModel *m_facts;
    bool m_roundEnd = true;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/collect.h"

#include <QTableView>

class QStandardItemModel;

namespace ui {

// A few rows of a table as they are and as they would be: key columns as values, changed ones as
// "before → after", the old value struck through. As tall as its rows.
class BeforeAfterView : public QTableView
{
    Q_OBJECT

public:
    explicit BeforeAfterView(QWidget *parent);

    // `keys` columns stand first in the table; then each name of `changed` has two: before, after.
    void setRows(const core::Table &table, int keys, const QByteArrayList &changed);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

    enum Role : int { BeforeRole = Qt::UserRole, AfterRole };

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QStandardItemModel *m_model;
};

} // namespace ui

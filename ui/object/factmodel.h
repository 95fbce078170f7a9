// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectkind.h"
#include "ui/common/fonts.h"
#include "ui/common/theme.h"

#include <QAbstractTableModel>

#include <vector>

namespace ui {

// A cell of a list of facts. Text is plain, whatever is in it.
struct FactCell {
    QString text = {};
    TextRole role = TextRole::Body;
    Ink ink = Ink::Text;
    Meaning meaning = Meaning::Neutral; // a symbol before the words, and their ink
    QString note = {};                  // smaller words behind: "nullable"
    bool operator==(const FactCell &) const = default;
};

struct FactRow {
    QString iconName = {};
    std::vector<FactCell> cells = {};
    core::ObjectId target = {}; // what opens; {} = nothing
    QString tip = {};           // more than the cells say
    bool operator==(const FactRow &) const = default;
};

struct FactColumn {
    QString title = {};
    int share = 1; // of the width
    Qt::Alignment side = Qt::AlignLeft;
    bool operator==(const FactColumn &) const = default;
};

// Rows of facts, all of them or those that a filter finds, folded after the first few.
class FactModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit FactModel(std::vector<FactColumn> columns, QObject *parent = nullptr);

    void setRows(std::vector<FactRow> rows);
    // Only rows of which a cell has this in it, in any capitals; empty = all.
    void setFilter(const QString &text);
    // Only so many rows while there is no filter; 0 = all.
    void setFold(int rows);
    [[nodiscard]] int foldedCount() const;
    [[nodiscard]] int totalCount() const { return int(m_rows.size()); }

    [[nodiscard]] const std::vector<FactColumn> &columns() const { return m_columns; }
    // Null for an index that is none.
    [[nodiscard]] const FactRow *row(const QModelIndex &index) const;
    [[nodiscard]] const FactCell *cell(const QModelIndex &index) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    void choose();

    std::vector<FactColumn> m_columns;
    std::vector<FactRow> m_rows;
    std::vector<std::size_t> m_shown; // of m_rows
    QString m_filter;
    int m_fold = 0;
    int m_folded = 0;
};

} // namespace ui

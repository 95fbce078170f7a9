// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/factmodel.h"

#include "ui/common/format.h"

#include <algorithm>

namespace ui {

FactModel::FactModel(std::vector<FactColumn> columns, QObject *parent)
    : QAbstractTableModel(parent)
    , m_columns(std::move(columns))
{
}

void FactModel::setRows(std::vector<FactRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    choose();
    endResetModel();
}

void FactModel::setFilter(const QString &text)
{
    if (m_filter == text)
        return;
    beginResetModel();
    m_filter = text;
    choose();
    endResetModel();
}

void FactModel::setFold(int rows)
{
    if (m_fold == rows)
        return;
    beginResetModel();
    m_fold = rows;
    choose();
    endResetModel();
}

void FactModel::choose()
{
    m_shown.clear();
    m_folded = 0;
    for (std::size_t at = 0; at < m_rows.size(); ++at) {
        const bool matches = m_filter.isEmpty()
                             || std::ranges::any_of(m_rows[at].cells, [this](const FactCell &cell) {
                                    return cell.text.contains(m_filter, Qt::CaseInsensitive)
                                           || cell.note.contains(m_filter, Qt::CaseInsensitive);
                                });
        if (!matches)
            continue;
        if (m_filter.isEmpty() && m_fold > 0 && int(m_shown.size()) >= m_fold)
            ++m_folded;
        else
            m_shown.push_back(at);
    }
}

int FactModel::foldedCount() const
{
    return m_folded;
}

const FactRow *FactModel::row(const QModelIndex &index) const
{
    if (!index.isValid() || std::size_t(index.row()) >= m_shown.size())
        return nullptr;
    return &m_rows[m_shown[std::size_t(index.row())]];
}

const FactCell *FactModel::cell(const QModelIndex &index) const
{
    const FactRow *found = row(index);
    return found && std::size_t(index.column()) < found->cells.size()
               ? &found->cells[std::size_t(index.column())]
               : nullptr;
}

int FactModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_shown.size());
}

int FactModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant FactModel::data(const QModelIndex &index, int role) const
{
    const FactCell *found = cell(index);
    if (!found)
        return {};
    const QString whole = found->note.isEmpty() ? found->text : found->text + u' ' + found->note;
    switch (role) {
    case Qt::DisplayRole:
        return whole;
    case Qt::AccessibleTextRole: {
        const QString title = m_columns[std::size_t(index.column())].title;
        return title.isEmpty() ? sentenceLine(whole) : tr("%1, %2").arg(sentenceLine(whole), title);
    }
    case Qt::ToolTipRole: {
        const QString &tip = row(index)->tip;
        return tip.isEmpty() ? whole : tip;
    }
    default:
        return {};
    }
}

QVariant FactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0
        || std::size_t(section) >= m_columns.size())
        return {};
    return m_columns[std::size_t(section)].title;
}

} // namespace ui

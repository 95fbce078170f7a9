// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/parametermodel.h"

#include "ui/project/overviewmodel.h"

namespace ui {

namespace {

enum Column : int { NameColumn, PlaceColumn, ReasonColumn, columnsOf };

} // namespace

void ParameterModel::setParameters(std::vector<OverviewParameter> parameters)
{
    if (parameters == m_parameters)
        return;
    beginResetModel();
    m_parameters = std::move(parameters);
    endResetModel();
}

int ParameterModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_parameters.size());
}

int ParameterModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : columnsOf;
}

QVariant ParameterModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const OverviewParameter &parameter = m_parameters[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
    case Qt::ToolTipRole:
        return index.column() == NameColumn    ? parameter.name
               : index.column() == PlaceColumn ? parameter.place
                                               : parameter.reason;
    case OverviewModel::IconNameRole:
        return index.column() == NameColumn ? parameter.iconName : QString();
    case OverviewModel::MeaningRole:
        return int(index.column() == NameColumn ? parameter.meaning : Meaning::Neutral);
    case OverviewModel::MonoRole:
        return index.column() != ReasonColumn;
    case OverviewModel::QuietRole:
        return index.column() != NameColumn;
    case OverviewModel::PathRole:
        return parameter.file;
    case OverviewModel::LineRole:
        return parameter.line;
    default:
        return {};
    }
}

QVariant ParameterModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == NameColumn    ? tr("Parameter")
           : section == PlaceColumn ? tr("Address in")
                                    : tr("What becomes of it");
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/project/overviewrows.h"

#include <QAbstractTableModel>

namespace ui {

// Parameters of addresses that were left out, translated or refused: name, place, why. Speaks the
// roles of OverviewModel, so that the same view shows it.
class ParameterModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    void setParameters(std::vector<OverviewParameter> parameters);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<OverviewParameter> m_parameters;
};

} // namespace ui

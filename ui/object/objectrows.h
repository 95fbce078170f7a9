// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectdetail.h"
#include "ui/object/factmodel.h"

namespace ui {

// What is known of an object as rows to read; columns as the functions beside them give them.

[[nodiscard]] std::vector<FactColumn> columnColumns();
[[nodiscard]] std::vector<FactRow> columnRows(const core::ObjectDetail &object);
[[nodiscard]] std::vector<FactColumn> constraintColumns();
[[nodiscard]] std::vector<FactRow> constraintRows(const core::ObjectDetail &object);
[[nodiscard]] std::vector<FactColumn> indexColumns();
[[nodiscard]] std::vector<FactRow> indexRows(const core::ObjectDetail &object);
// "5, 5.4 GB, scans counted since 12 March".
[[nodiscard]] QString indexCount(const core::ObjectDetail &object);

[[nodiscard]] std::vector<FactColumn> triggerColumns();
[[nodiscard]] std::vector<FactRow> triggerRows(const std::vector<core::TriggerDetail> &triggers);
[[nodiscard]] std::vector<FactColumn> policyColumns();
[[nodiscard]] std::vector<FactRow> policyRows(const core::ObjectDetail &object);
[[nodiscard]] std::vector<FactColumn> childColumns();
// What it is a part of, or its own parts.
[[nodiscard]] std::vector<FactRow> childRows(const core::ObjectDetail &object, bool parents);
[[nodiscard]] std::vector<FactColumn> privilegeColumns();
[[nodiscard]] std::vector<FactRow> privilegeRows(const core::ObjectDetail &object);
[[nodiscard]] std::vector<FactColumn> commentColumns();
[[nodiscard]] std::vector<FactRow> commentRows(const core::ObjectDetail &object);

// Label and value, without titles.
[[nodiscard]] std::vector<FactColumn> factColumns();
[[nodiscard]] std::vector<FactRow> factRows(const core::ObjectDetail &object);
[[nodiscard]] std::vector<FactRow> activityRows(const core::ObjectDetail &object);
[[nodiscard]] std::vector<FactColumn> statisticsColumns();
[[nodiscard]] std::vector<FactRow> statisticsRows(const core::ObjectDetail &object);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"
#include "ui/grid/gridcolumns.h"

#include <vector>

namespace ui {

// The foreign key that a column alone makes; null = none.
[[nodiscard]] const core::ConstraintInfo *
foreignKeyOf(const core::Catalog &catalog, const core::RelationInfo &relation, int attnum);

// Keys and references of a result's columns, as far as they come from tables of the catalog.
[[nodiscard]] std::vector<ColumnFacts> factsOf(const core::Columns &columns,
                                               const core::Catalog *catalog);

// The table that all columns with a table come from; null = none, or several.
[[nodiscard]] const core::RelationInfo *tableOf(const core::Columns &columns,
                                                const core::Catalog *catalog);

} // namespace ui

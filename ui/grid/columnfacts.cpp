// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/columnfacts.h"

#include <algorithm>

namespace ui {

const core::ConstraintInfo *foreignKeyOf(const core::Catalog &catalog,
                                         const core::RelationInfo &relation, int attnum)
{
    for (const core::ConstraintInfo &constraint : catalog.constraintsOf(relation)) {
        if (constraint.kind == core::ConstraintKind::ForeignKey && constraint.columns.size() == 1
            && constraint.columns.front() == attnum)
            return &constraint;
    }
    return nullptr;
}

std::vector<ColumnFacts> factsOf(const core::Columns &columns, const core::Catalog *catalog)
{
    std::vector<ColumnFacts> all(columns.size());
    for (std::size_t i = 0; catalog && i < columns.size(); ++i) {
        const core::Column &column = columns[i];
        const core::RelationInfo *relation =
            core::isValid(column.table) ? catalog->relation(column.table) : nullptr;
        if (!relation)
            continue;
        const core::ConstraintInfo *primary = catalog->primaryKeyOf(*relation);
        all[i].primaryKey =
            primary && std::ranges::contains(primary->columns, qint16(column.tableColumn));
        if (const auto *key = foreignKeyOf(*catalog, *relation, column.tableColumn)) {
            if (const core::RelationInfo *target = catalog->relation(key->target))
                all[i].references = QString::fromUtf8(target->name);
        }
    }
    return all;
}

const core::RelationInfo *tableOf(const core::Columns &columns, const core::Catalog *catalog)
{
    core::Oid table = {};
    for (const core::Column &column : columns) {
        if (!core::isValid(column.table))
            continue;
        if (core::isValid(table) && table != column.table)
            return nullptr;
        table = column.table;
    }
    return catalog && core::isValid(table) ? catalog->relation(table) : nullptr;
}

} // namespace ui

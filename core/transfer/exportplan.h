// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/collect.h"
#include "core/transfer/columntypes.h"
#include "core/transfer/exporter.h"

namespace core {

/// What will be read, and what is known of its columns beforehand.
struct ExportPlan {
    RequestSpec request = {};
    /// Empty: nothing is known, the result's own description is taken.
    std::optional<FormatColumns> columns = {};
    /// Types that the result must have, one a column, where columns are known: else the table was
    /// altered meanwhile.
    std::vector<Oid> types = {};
    std::vector<bool> onServer = {}; ///< selected as to_json(column)
    /// Characters that stand before the person's text in the statement (positive) or that were left
    /// out of it (negative).
    int shift = 0;
};

/// JSON needs the catalog's word on columns; other formats take any text.
[[nodiscard]] bool isJson(ExportFormat format);

/// A table: facts, columns and the formats of their types, in one round trip.
[[nodiscard]] RequestSpec tableQuestion(const ExportSource &source);
/// Errors: export.notATable, export.noSuchColumn, and quoting's.
[[nodiscard]] Result<ExportPlan> tablePlan(const ExportSpec &spec,
                                           const std::vector<Table> &answer);

/// A person's text as one statement. Errors: export.notAQuery, pooled.needsDirect.
[[nodiscard]] Result<ExportPlan> queryPlan(const ExportSpec &spec, bool pooled);
/// Whether the columns of the query must be asked for first: JSON of anything but EXPLAIN and SHOW.
[[nodiscard]] bool needsColumns(const ExportSpec &spec, const ExportPlan &plan);
/// The query without its rows, to have its columns described.
[[nodiscard]] ExportPlan columnsQuestion(const ExportPlan &plan);
/// The types among the columns that are not built in; for typeFormatsStatement().
[[nodiscard]] std::vector<Oid> unknownTypes(const Columns &columns);
/// The plan with its columns known; rewrites the statement if some must be written by the server.
[[nodiscard]] ExportPlan withColumns(ExportPlan plan, const Columns &columns,
                                     const TypeFormats &formats);
/// The error with its position counted in the person's text.
[[nodiscard]] Error placed(Error error, const ExportPlan &plan);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/kindicon.h"

#include <iterator>

namespace ui {

namespace {

// In the order of core::ObjectKind.
constexpr const char *icons[] = {
    "table",
    "table-partitioned",
    "view",
    "view-materialized",
    "foreign-server", // foreign table
    "sequence",
    "index",
    "constraint",
    "trigger",
    "swap", // rule
    "policy",
    "function",
    "function", // procedure
    "function", // aggregate
    "function", // window function
    "type",     // enum
    "type",     // composite
    "type",     // range
    "type",     // base
    "domain",
    "sort",     // collation
    "swap",     // conversion
    "equal",    // operator
    "equal",    // operator class
    "equal",    // operator family
    "swap",     // cast
    "search",   // text search configuration
    "search",   // dictionary
    "search",   // parser
    "search",   // template
    "activity", // statistics
    "schema",
    "extension",
    "sql",            // language
    "sql",            // transform
    "index",          // access method
    "foreign-server", // wrapper
    "foreign-server",
    "role", // user mapping
    "publication",
    "import",  // subscription
    "trigger", // event trigger
    "role",
};
static_assert(std::size(icons) == std::size_t(core::objectKindCount));

} // namespace

QString kindIcon(core::ObjectKind kind)
{
    return QString::fromLatin1(icons[std::size_t(kind)]);
}

QString kindIcon(core::RelationKind kind)
{
    using core::ObjectKind;
    switch (kind) {
    case core::RelationKind::Table:
        return kindIcon(ObjectKind::Table);
    case core::RelationKind::PartitionedTable:
        return kindIcon(ObjectKind::PartitionedTable);
    case core::RelationKind::View:
        return kindIcon(ObjectKind::View);
    case core::RelationKind::MaterializedView:
        return kindIcon(ObjectKind::MaterializedView);
    case core::RelationKind::ForeignTable:
        return kindIcon(ObjectKind::ForeignTable);
    case core::RelationKind::Sequence:
        return kindIcon(ObjectKind::Sequence);
    }
    return {};
}

} // namespace ui

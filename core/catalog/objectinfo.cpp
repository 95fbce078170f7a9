// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/objectinfo.h"

#include <algorithm>
#include <iterator>

namespace core {

namespace {

struct KindSpec {
    ObjectKind kind;
    quint32 catalog; ///< fixed in all servers: src/include/catalog/pg_*.h
    const char *name;
};

// In the order of the kinds.
constexpr KindSpec kinds[] = {
    {ObjectKind::Table, 1259, "table"},
    {ObjectKind::PartitionedTable, 1259, "partitioned table"},
    {ObjectKind::View, 1259, "view"},
    {ObjectKind::MaterializedView, 1259, "materialized view"},
    {ObjectKind::ForeignTable, 1259, "foreign table"},
    {ObjectKind::Sequence, 1259, "sequence"},
    {ObjectKind::Index, 1259, "index"},
    {ObjectKind::Constraint, 2606, "constraint"},
    {ObjectKind::Trigger, 2620, "trigger"},
    {ObjectKind::Rule, 2618, "rule"},
    {ObjectKind::Policy, 3256, "policy"},
    {ObjectKind::Function, 1255, "function"},
    {ObjectKind::Procedure, 1255, "procedure"},
    {ObjectKind::Aggregate, 1255, "aggregate"},
    {ObjectKind::WindowFunction, 1255, "window function"},
    {ObjectKind::EnumType, 1247, "enum"},
    {ObjectKind::CompositeType, 1247, "composite type"},
    {ObjectKind::RangeType, 1247, "range type"},
    {ObjectKind::BaseType, 1247, "base type"},
    {ObjectKind::Domain, 1247, "domain"},
    {ObjectKind::Collation, 3456, "collation"},
    {ObjectKind::Conversion, 2607, "conversion"},
    {ObjectKind::Operator, 2617, "operator"},
    {ObjectKind::OperatorClass, 2616, "operator class"},
    {ObjectKind::OperatorFamily, 2753, "operator family"},
    {ObjectKind::Cast, 2605, "cast"},
    {ObjectKind::TextSearchConfiguration, 3602, "text search configuration"},
    {ObjectKind::TextSearchDictionary, 3600, "text search dictionary"},
    {ObjectKind::TextSearchParser, 3601, "text search parser"},
    {ObjectKind::TextSearchTemplate, 3764, "text search template"},
    {ObjectKind::Statistics, 3381, "statistics"},
    {ObjectKind::Schema, 2615, "schema"},
    {ObjectKind::Extension, 3079, "extension"},
    {ObjectKind::Language, 2612, "language"},
    {ObjectKind::Transform, 3576, "transform"},
    {ObjectKind::AccessMethod, 2601, "access method"},
    {ObjectKind::ForeignDataWrapper, 2328, "foreign-data wrapper"},
    {ObjectKind::ForeignServer, 1417, "foreign server"},
    {ObjectKind::UserMapping, 1418, "user mapping"},
    {ObjectKind::Publication, 6104, "publication"},
    {ObjectKind::Subscription, 6100, "subscription"},
    {ObjectKind::EventTrigger, 3466, "event trigger"},
    {ObjectKind::Role, 1260, "role"},
};
static_assert(std::size(kinds) == std::size_t(objectKindCount));

} // namespace

Oid systemCatalogOf(ObjectKind kind)
{
    return Oid{kinds[std::size_t(kind)].catalog};
}

QByteArrayView objectKindName(ObjectKind kind)
{
    return kinds[std::size_t(kind)].name;
}

std::optional<ObjectKind> objectKindNamed(QByteArrayView name)
{
    const auto *const found = std::ranges::find(
        kinds, name, [](const KindSpec &spec) { return QByteArrayView(spec.name); });
    return found == std::end(kinds) ? std::nullopt : std::optional(found->kind);
}

bool mayDiffer(const CatalogFingerprint &before, const CatalogFingerprint &now)
{
    if (before.transaction == now.transaction && !now.transaction.isEmpty())
        return false;
    return before.written.isEmpty() || before.written != now.written;
}

} // namespace core

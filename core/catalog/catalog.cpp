// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/catalog.h"

#include "core/catalog/arena.h"
#include "core/catalog/relationname.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

template<class Info> std::span<const Info> part(const std::vector<Info> &all, CatalogSlice slice)
{
    return std::span(all).subspan(slice.first, slice.count);
}

template<class Info> qsizetype bytesOf(const std::vector<Info> &all)
{
    return qsizetype(all.capacity() * sizeof(Info));
}

} // namespace

Catalog::Catalog()
    : m_strings(std::make_unique<StringArena>())
    , m_numbers(std::make_unique<NumberArena>())
{
}

Catalog::~Catalog() = default;

std::span<const RelationInfo> Catalog::relationsOf(const SchemaInfo &schema) const
{
    return part(m_relations, schema.relations);
}

std::span<const ColumnInfo> Catalog::columnsOf(const RelationInfo &relation) const
{
    return part(m_columns, relation.columns);
}

std::span<const IndexInfo> Catalog::indexesOf(const RelationInfo &relation) const
{
    return part(m_indexes, relation.indexes);
}

std::span<const ConstraintInfo> Catalog::constraintsOf(const RelationInfo &relation) const
{
    return part(m_constraints, relation.constraints);
}

std::span<const ConstraintInfo *const> Catalog::referencesTo(const RelationInfo &relation) const
{
    return std::span<const ConstraintInfo *const>(m_references)
        .subspan(relation.references.first, relation.references.count);
}

std::vector<const RelationInfo *> Catalog::childrenOf(const RelationInfo &relation) const
{
    std::vector<const RelationInfo *> children;
    children.reserve(relation.children.count);
    for (const quint32 index : part(m_children, relation.children))
        children.push_back(&m_relations[index]);
    return children;
}

const SchemaInfo *Catalog::schema(Oid oid) const
{
    const auto found = std::ranges::find(m_schemas, oid, &SchemaInfo::oid);
    return found == m_schemas.end() ? nullptr : &*found;
}

const SchemaInfo *Catalog::schema(QByteArrayView name) const
{
    const auto found =
        std::ranges::lower_bound(m_schemas, name, std::ranges::less{}, &SchemaInfo::name);
    return found == m_schemas.end() || found->name != name ? nullptr : &*found;
}

const RelationInfo *Catalog::relation(Oid oid) const
{
    const auto oidAt = [this](quint32 index) { return m_relations[index].oid; };
    const auto found = std::ranges::lower_bound(m_byOid, oid, std::ranges::less{}, oidAt);
    return found == m_byOid.end() || oidAt(*found) != oid ? nullptr : &m_relations[*found];
}

const RelationInfo *Catalog::relation(QByteArrayView schemaName, QByteArrayView name) const
{
    const SchemaInfo *const owner = schema(schemaName);
    if (!owner)
        return nullptr;
    const auto own = relationsOf(*owner);
    const auto found =
        std::ranges::lower_bound(own, name, std::ranges::less{}, &RelationInfo::name);
    return found == own.end() || found->name != name ? nullptr : &*found;
}

const ColumnInfo *Catalog::column(const RelationInfo &relation, int attnum) const
{
    const auto own = columnsOf(relation);
    const auto found = std::ranges::lower_bound(
        own, attnum, {}, [](const ColumnInfo &info) { return int(info.number); });
    return found == own.end() || found->number != attnum ? nullptr : &*found;
}

const ConstraintInfo *Catalog::primaryKeyOf(const RelationInfo &relation) const
{
    const auto own = constraintsOf(relation);
    return own.empty() || own.front().kind != ConstraintKind::PrimaryKey ? nullptr : &own.front();
}

const TypeInfo *Catalog::type(Oid oid) const
{
    const auto found = std::ranges::lower_bound(m_types, oid, std::ranges::less{}, &TypeInfo::oid);
    return found == m_types.end() || found->oid != oid ? nullptr : &*found;
}

Oid Catalog::baseType(Oid oid) const
{
    const TypeInfo *info = type(oid);
    while (info && info->kind == 'd' && isValid(info->base)) {
        oid = info->base;
        info = type(oid);
    }
    return oid;
}

QByteArrayView Catalog::comment(ObjectId object, int part) const
{
    const auto key = [](const Comment &comment) { return std::pair(comment.object, comment.part); };
    const auto found =
        std::ranges::lower_bound(m_comments, std::pair(object, part), std::ranges::less{}, key);
    return found == m_comments.end() || key(*found) != std::pair(object, part) ? QByteArrayView{}
                                                                               : found->text;
}

std::optional<double> Catalog::estimatedRows(const RelationInfo &relation) const
{
    switch (relation.kind) {
    case RelationKind::View:
    case RelationKind::Sequence:
        return std::nullopt;
    case RelationKind::PartitionedTable:
        break;
    default:
        return relation.rows < 0 ? std::nullopt : std::optional(double(relation.rows));
    }
    std::optional<double> sum;
    for (const RelationInfo *child : childrenOf(relation)) {
        if (const auto rows = estimatedRows(*child))
            sum = sum.value_or(0) + *rows;
    }
    return sum;
}

QString Catalog::displayName(const RelationInfo &relation) const
{
    const SchemaInfo *const owner = schema(relation.schema);
    return (owner ? writtenName(owner->name) : QString{}) + u'.' + writtenName(relation.name);
}

qsizetype Catalog::residentBytes() const
{
    return m_strings->residentBytes() + m_numbers->residentBytes() + bytesOf(m_schemas)
           + bytesOf(m_relations) + bytesOf(m_columns) + bytesOf(m_indexes) + bytesOf(m_constraints)
           + bytesOf(m_references) + bytesOf(m_children) + bytesOf(m_types) + bytesOf(m_comments)
           + bytesOf(m_byOid) + bytesOf(m_objects) + bytesOf(m_objectsById) + bytesOf(m_members)
           + bytesOf(m_indexesByOid) + bytesOf(m_constraintsByOid) + bytesOf(m_roles)
           + bytesOf(m_memberships) + qsizetype(sizeof(Catalog));
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
// What relations are made of: columns, constraints, indexes.
#include "core/catalog/arena.h"
#include "core/catalog/builder.h"
#include "core/catalog/factrows.h"

#include <algorithm>
#include <tuple>

namespace core {

namespace {

using Numbers = std::vector<qint16>;

// Oids of what initdb makes are below (FirstNormalObjectId).
constexpr quint32 firstOwnOid = 16384;

/// columns.sql: identity and generation as the server writes them, D for a default.
ColumnOrigin columnOrigin(char letter)
{
    switch (letter) {
    case 'a':
        return ColumnOrigin::IdentityAlways;
    case 'd':
        return ColumnOrigin::IdentityByDefault;
    case 's':
        return ColumnOrigin::GeneratedStored;
    case 'v':
        return ColumnOrigin::GeneratedVirtual;
    case 'D':
        return ColumnOrigin::Default;
    default:
        return ColumnOrigin::Plain;
    }
}

ConstraintKind constraintKind(char letter)
{
    switch (letter) {
    case 'p':
        return ConstraintKind::PrimaryKey;
    case 'u':
        return ConstraintKind::Unique;
    case 'f':
        return ConstraintKind::ForeignKey;
    case 'x':
        return ConstraintKind::Exclusion;
    default:
        return ConstraintKind::Check;
    }
}

} // namespace

std::optional<quint32> CatalogBuilder::indexOf(Oid relation) const
{
    const auto found = m_relationByOid.find(number(relation));
    return found == m_relationByOid.end() ? std::nullopt : std::optional(found->second);
}

/// Moves sorted parts into the catalog's own vector and tells each relation where its own lie.
template<class Info>
void CatalogBuilder::place(std::vector<Part<Info>> &parts, std::vector<Info> &infos,
                           CatalogSlice RelationInfo::*slice)
{
    infos.reserve(parts.size());
    for (const Part<Info> &part : parts) {
        CatalogSlice &own = m_catalog->m_relations[part.relation].*slice;
        if (own.count == 0)
            own.first = quint32(infos.size());
        ++own.count;
        infos.push_back(part.info);
    }
}

void CatalogBuilder::readTypes(const CatalogFacts &facts)
{
    FactRows row(facts.of(CatalogQuery::Types));
    while (row.next()) {
        TypeInfo type;
        type.oid = row.oid(0);
        type.element = row.oid(1);
        type.base = row.oid(2);
        type.array = row.oid(3);
        type.length = row.number<qint16>(4);
        type.kind = row.letter(5);
        type.category = row.letter(6);
        m_catalog->m_types.push_back(type);
    }
    std::ranges::sort(m_catalog->m_types, {}, &TypeInfo::oid);
    FactRows classes(facts.of(CatalogQuery::OperatorClasses));
    while (classes.next()) {
        if (classes.flag(0))
            m_defaultClasses.insert(classes.number<quint32>(1));
    }
}

/// Of types whose oids are the same in all databases of a version; see typenames.sql.
void CatalogBuilder::readTypeNames(const CatalogFacts &facts)
{
    m_commonTypes.assign(firstOwnOid, {});
    FactRows row(facts.of(CatalogQuery::TypeNames));
    while (row.next()) {
        if (const auto oid = row.number<quint32>(0); oid < firstOwnOid)
            m_commonTypes[oid].name = keep(row.text(1));
    }
    for (const TypeInfo &type : m_catalog->m_types) {
        if (number(type.oid) < firstOwnOid)
            m_commonTypes[number(type.oid)].length = type.length;
    }
}

/// Says of each relation where its columns will lie, so that they are read into their places.
void CatalogBuilder::countAttributes(const CatalogFacts &facts)
{
    FactRows row(facts.of(CatalogQuery::Attributes));
    Oid last = {};
    std::optional<quint32> relation;
    while (row.next()) {
        if (const Oid oid = row.oid(0); oid != last) {
            last = oid;
            relation = indexOf(oid);
        }
        if (relation)
            ++m_catalog->m_relations[*relation].columns.count;
    }
    quint32 first = 0;
    for (RelationInfo &info : m_catalog->m_relations) {
        info.columns.first = first;
        first += info.columns.count;
        info.columns.count = 0;
    }
    m_catalog->m_columns.resize(first);
}

ColumnInfo CatalogBuilder::columnOf(const FactRows &row, const RelationInfo &relation)
{
    ColumnInfo column;
    column.number = row.number<qint16>(1);
    column.name = keep(row.text(2));
    column.type = row.oid(3);
    column.typeModifier = row.number<qint32>(4);
    column.collation = row.oid(6);
    if (number(column.type) < firstOwnOid) {
        const CommonType &type = m_commonTypes[number(column.type)];
        column.typeText = type.name;
        column.typeLength = type.length;
    } else if (const TypeInfo *const type = m_catalog->type(column.type)) {
        column.typeLength = type->length;
    }
    if (!row.isNull(5))
        column.typeText = keep(row.text(5));
    column.notNull = row.flag(7);
    column.origin = columnOrigin(row.letter(8));
    column.mayRead = relation.mayReadAll || row.flag(9);
    return column;
}

void CatalogBuilder::readAttributes(const CatalogFacts &facts)
{
    readTypeNames(facts);
    countAttributes(facts);
    auto &relations = m_catalog->m_relations;
    auto &columns = m_catalog->m_columns;
    FactRows row(facts.of(CatalogQuery::Attributes));
    Oid last = {};
    std::optional<quint32> relation;
    while (row.next()) {
        if (const Oid oid = row.oid(0); oid != last) {
            last = oid;
            relation = indexOf(oid);
        }
        if (!relation)
            continue;
        CatalogSlice &own = relations[*relation].columns;
        columns[own.first + own.count++] = columnOf(row, relations[*relation]);
    }
    for (const RelationInfo &info : relations) {
        const auto own = std::span(columns).subspan(info.columns.first, info.columns.count);
        if (!std::ranges::is_sorted(own, {}, &ColumnInfo::number))
            std::ranges::sort(own, {}, &ColumnInfo::number);
    }
}

void CatalogBuilder::readConstraints(const CatalogFacts &facts)
{
    std::vector<Part<ConstraintInfo>> parts;
    FactRows row(facts.of(CatalogQuery::Constraints));
    while (row.next()) {
        const auto relation = indexOf(row.oid(1));
        if (!relation)
            continue;
        ConstraintInfo constraint;
        constraint.oid = row.oid(0);
        constraint.relation = row.oid(1);
        constraint.name = keep(row.text(2));
        constraint.kind = constraintKind(row.letter(3));
        row.numbers(4, m_buffer);
        constraint.columns = m_catalog->m_numbers->keep(m_buffer);
        constraint.target = row.oid(5);
        row.numbers(6, m_buffer);
        constraint.targetColumns = m_catalog->m_numbers->keep(m_buffer);
        constraint.index = row.oid(7);
        constraint.onUpdate = foreignKeyAction(row.letter(8));
        constraint.onDelete = foreignKeyAction(row.letter(9));
        constraint.validated = row.flag(10);
        constraint.deferrable = row.flag(11);
        constraint.inherited = row.flag(12);
        if (constraint.kind == ConstraintKind::PrimaryKey)
            m_catalog->m_relations[*relation].hasPrimaryKey = true;
        parts.push_back({*relation, constraint});
    }
    std::ranges::sort(parts, [](const auto &left, const auto &right) {
        return std::tie(left.relation, left.info.kind, left.info.name)
               < std::tie(right.relation, right.info.kind, right.info.name);
    });
    place(parts, m_catalog->m_constraints, &RelationInfo::constraints);
    linkReferences();
}

void CatalogBuilder::linkReferences()
{
    std::vector<Part<const ConstraintInfo *>> parts;
    for (const ConstraintInfo &constraint : m_catalog->m_constraints) {
        const auto target = indexOf(constraint.target);
        if (target && constraint.kind == ConstraintKind::ForeignKey && !constraint.inherited)
            parts.push_back({*target, &constraint});
    }
    std::ranges::stable_sort(parts, {}, [](const auto &part) { return part.relation; });
    place(parts, m_catalog->m_references, &RelationInfo::references);
}

bool CatalogBuilder::ordersPlainly(const IndexInfo &index, const RelationInfo &relation,
                                   const FactRows &row)
{
    if (index.method != "btree" || !index.valid || index.partial || row.text(13).isEmpty())
        return false;
    row.numbers(11, m_oidBuffer);
    const std::vector<quint32> classes = m_oidBuffer;
    row.numbers(12, m_oidBuffer);
    const std::vector<quint32> &collations = m_oidBuffer;
    Numbers options;
    row.numbers(13, options);
    const std::size_t count = index.columns.size();
    if (classes.size() < count || collations.size() < count || options.size() < count)
        return false;
    for (std::size_t at = 0; at < count; ++at) {
        const ColumnInfo *column = m_catalog->column(relation, index.columns[at]);
        if (!column || options[at] != 0 || !m_defaultClasses.contains(classes[at])
            || number(column->collation) != collations[at])
            return false;
    }
    return true;
}

void CatalogBuilder::readIndexes(const CatalogFacts &facts)
{
    std::vector<Part<IndexInfo>> parts;
    FactRows row(facts.of(CatalogQuery::Indexes));
    while (row.next()) {
        const auto relation = indexOf(row.oid(1));
        if (!relation)
            continue;
        IndexInfo index;
        index.oid = row.oid(0);
        index.relation = row.oid(1);
        index.name = keep(row.text(2));
        index.method = keep(row.text(3));
        row.numbers(4, m_buffer);
        const std::size_t keys = std::min(m_buffer.size(), row.number<std::size_t>(5));
        index.includedCount = qint16(m_buffer.size() - keys);
        m_buffer.resize(keys);
        index.columns = m_catalog->m_numbers->keep(m_buffer);
        index.unique = row.flag(6);
        index.primary = row.flag(7);
        index.valid = row.flag(8);
        index.partial = row.flag(9);
        index.nullsNotDistinct = row.flag(10);
        index.ordersPlainly = ordersPlainly(index, m_catalog->m_relations[*relation], row);
        parts.push_back({*relation, index});
    }
    std::ranges::sort(parts, [](const auto &left, const auto &right) {
        return std::tie(left.relation, left.info.name) < std::tie(right.relation, right.info.name);
    });
    place(parts, m_catalog->m_indexes, &RelationInfo::indexes);
}

} // namespace core

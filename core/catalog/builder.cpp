// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/builder.h"

#include "core/catalog/arena.h"
#include "core/catalog/factrows.h"
#include "core/catalog/objectbuilder.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace core {

namespace {

using Numbers = std::vector<qint16>;

std::optional<RelationKind> relationKind(char letter)
{
    switch (letter) {
    case 'r':
        return RelationKind::Table;
    case 'p':
        return RelationKind::PartitionedTable;
    case 'v':
        return RelationKind::View;
    case 'm':
        return RelationKind::MaterializedView;
    case 'f':
        return RelationKind::ForeignTable;
    case 'S':
        return RelationKind::Sequence;
    default:
        return std::nullopt;
    }
}

Persistence persistence(char letter)
{
    return letter == 'u'   ? Persistence::Unlogged
           : letter == 't' ? Persistence::Temporary
                           : Persistence::Permanent;
}

ColumnOrigin columnOrigin(bool hasDefault, char identity, char generated)
{
    if (identity == 'a')
        return ColumnOrigin::IdentityAlways;
    if (identity == 'd')
        return ColumnOrigin::IdentityByDefault;
    if (generated == 's')
        return ColumnOrigin::GeneratedStored;
    if (generated == 'v')
        return ColumnOrigin::GeneratedVirtual;
    return hasDefault ? ColumnOrigin::Default : ColumnOrigin::Plain;
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

ForeignKeyAction foreignKeyAction(char letter)
{
    switch (letter) {
    case 'r':
        return ForeignKeyAction::Restrict;
    case 'c':
        return ForeignKeyAction::Cascade;
    case 'n':
        return ForeignKeyAction::SetNull;
    case 'd':
        return ForeignKeyAction::SetDefault;
    default:
        return ForeignKeyAction::NoAction;
    }
}

} // namespace

/// Fills one Catalog; its parts are read in the order in which they need each other.
class CatalogBuilder
{
public:
    explicit CatalogBuilder(const CatalogFacts &facts)
        : m_facts(facts)
        , m_catalog(new Catalog)
    {
    }
    [[nodiscard]] CatalogPtr build(bool details);

private:
    template<class Info> struct Part {
        quint32 relation = 0;
        Info info = {};
    };
    [[nodiscard]] QByteArrayView keep(QByteArrayView text)
    {
        return m_catalog->m_strings->keep(text);
    }
    [[nodiscard]] std::optional<quint32> indexOf(Oid relation) const;
    template<class Info>
    void place(std::vector<Part<Info>> &parts, std::vector<Info> &infos,
               CatalogSlice RelationInfo::*slice);
    void readContext();
    void readRoles();
    void readSchemas();
    void readRelations();
    void sortRelations();
    void readInheritance();
    void readTypes();
    void readColumns();
    void readConstraints();
    void linkReferences();
    void readIndexes();
    [[nodiscard]] bool ordersPlainly(const IndexInfo &index, const RelationInfo &relation,
                                     const FactRows &row);

    const CatalogFacts &m_facts;
    std::shared_ptr<Catalog> m_catalog;
    std::unordered_map<quint32, QByteArrayView> m_owners;
    std::unordered_map<quint32, quint32> m_relationByOid;
    std::unordered_set<quint32> m_defaultClasses;
    Numbers m_buffer;
    std::vector<quint32> m_oidBuffer;
};

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

void CatalogBuilder::readContext()
{
    FactRows row(m_facts.of(CatalogQuery::Context));
    while (row.next()) {
        m_catalog->m_database = row.text(0).toByteArray();
        m_catalog->m_serverVersion = row.number<int>(1);
        const auto names = QJsonDocument::fromJson(row.text(2).toByteArray()).array();
        for (const QJsonValue &name : names)
            m_catalog->m_searchPath.append(name.toString().toUtf8());
    }
}

void CatalogBuilder::readRoles()
{
    FactRows row(m_facts.of(CatalogQuery::Roles));
    while (row.next()) {
        RoleInfo role;
        role.oid = row.oid(0);
        role.name = keep(row.text(1));
        role.superuser = row.flag(2);
        role.inherits = row.flag(3);
        role.createsRoles = row.flag(4);
        role.createsDatabases = row.flag(5);
        role.mayLogIn = row.flag(6);
        role.replicates = row.flag(7);
        role.bypassesRowSecurity = row.flag(8);
        role.connectionLimit = row.number<int>(9);
        role.validUntil = keep(row.text(10));
        m_owners[number(role.oid)] = role.name;
        m_catalog->m_roles.push_back(role);
    }
    std::ranges::sort(m_catalog->m_roles, {}, &RoleInfo::oid);
}

void CatalogBuilder::readSchemas()
{
    FactRows row(m_facts.of(CatalogQuery::Schemas));
    while (row.next()) {
        SchemaInfo schema;
        schema.oid = row.oid(0);
        schema.name = keep(row.text(1));
        schema.owner = keep(m_owners[row.number<quint32>(2)]);
        schema.mayUse = row.flag(3);
        schema.comment = keep(row.text(4));
        schema.system = schema.name == "pg_catalog" || schema.name == "information_schema";
        m_catalog->m_schemas.push_back(schema);
    }
    std::ranges::sort(m_catalog->m_schemas, {}, [](const SchemaInfo &schema) {
        return std::string_view(schema.name.data(), std::size_t(schema.name.size()));
    });
}

void CatalogBuilder::readRelations()
{
    FactRows row(m_facts.of(CatalogQuery::Relations));
    while (row.next()) {
        const std::optional<RelationKind> kind = relationKind(row.letter(3));
        if (!kind)
            continue;
        RelationInfo relation;
        relation.kind = *kind;
        relation.oid = row.oid(0);
        relation.schema = row.oid(1);
        relation.name = keep(row.text(2));
        relation.persistence = persistence(row.letter(4));
        relation.partition = row.flag(5);
        relation.rowSecurity = row.flag(6);
        relation.rows = row.number<float>(7);
        relation.pages = row.number<qint32>(8);
        relation.attributeCount = row.number<qint16>(9);
        relation.owner = keep(m_owners[row.number<quint32>(10)]);
        relation.mayReadAll = row.flag(11);
        m_catalog->m_relations.push_back(relation);
    }
    sortRelations();
}

/// By schema, then name; relations of schemas that are not shown (pg_toast) drop out.
void CatalogBuilder::sortRelations()
{
    std::unordered_map<quint32, quint32> ranks;
    for (quint32 rank = 0; const SchemaInfo &schema : m_catalog->m_schemas)
        ranks[number(schema.oid)] = rank++;
    auto &relations = m_catalog->m_relations;
    std::erase_if(relations, [&](const RelationInfo &relation) {
        return !ranks.contains(number(relation.schema));
    });
    std::ranges::sort(relations, [&](const RelationInfo &left, const RelationInfo &right) {
        if (left.schema != right.schema)
            return ranks[number(left.schema)] < ranks[number(right.schema)];
        return left.name < right.name;
    });
    m_relationByOid.reserve(relations.size());
    for (quint32 index = 0; const RelationInfo &relation : relations) {
        CatalogSlice &own = m_catalog->m_schemas[ranks[number(relation.schema)]].relations;
        if (own.count++ == 0)
            own.first = index;
        m_relationByOid[number(relation.oid)] = index++;
    }
    auto &byOid = m_catalog->m_byOid;
    byOid.resize(relations.size());
    std::ranges::generate(byOid, [next = 0U]() mutable { return next++; });
    std::ranges::sort(byOid, {}, [&](quint32 index) { return relations[index].oid; });
}

void CatalogBuilder::readInheritance()
{
    struct Child {
        quint32 parent = 0;
        quint32 relation = 0;
    };
    std::vector<Child> children;
    FactRows row(m_facts.of(CatalogQuery::Inheritance));
    while (row.next()) {
        const auto child = indexOf(row.oid(0));
        const auto parent = indexOf(row.oid(1));
        if (!child || !parent)
            continue;
        RelationInfo &relation = m_catalog->m_relations[*child];
        if (!isValid(relation.parent))
            relation.parent = row.oid(1);
        children.push_back({*parent, *child});
    }
    std::ranges::sort(children, [](const Child &left, const Child &right) {
        return std::pair(left.parent, left.relation) < std::pair(right.parent, right.relation);
    });
    for (const Child &child : children) {
        CatalogSlice &own = m_catalog->m_relations[child.parent].children;
        if (own.count++ == 0)
            own.first = quint32(m_catalog->m_children.size());
        m_catalog->m_children.push_back(child.relation);
    }
}

void CatalogBuilder::readTypes()
{
    FactRows row(m_facts.of(CatalogQuery::Types));
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
    FactRows classes(m_facts.of(CatalogQuery::OperatorClasses));
    while (classes.next()) {
        if (classes.flag(0))
            m_defaultClasses.insert(classes.number<quint32>(1));
    }
}

void CatalogBuilder::readColumns()
{
    std::vector<Part<ColumnInfo>> parts;
    FactRows row(m_facts.of(CatalogQuery::Attributes));
    while (row.next()) {
        const auto relation = indexOf(row.oid(0));
        if (!relation)
            continue;
        ColumnInfo column;
        column.number = row.number<qint16>(1);
        column.name = keep(row.text(2));
        column.type = row.oid(3);
        column.typeModifier = row.number<qint32>(4);
        column.typeText = keep(row.text(5));
        column.collation = row.oid(6);
        column.typeLength = row.number<qint16>(7);
        column.notNull = row.flag(8);
        column.origin = columnOrigin(row.flag(9), row.letter(10), row.letter(11));
        column.mayRead = m_catalog->m_relations[*relation].mayReadAll || row.flag(12);
        parts.push_back({*relation, column});
    }
    std::ranges::sort(parts, [](const auto &left, const auto &right) {
        return std::pair(left.relation, left.info.number)
               < std::pair(right.relation, right.info.number);
    });
    place(parts, m_catalog->m_columns, &RelationInfo::columns);
}

void CatalogBuilder::readConstraints()
{
    std::vector<Part<ConstraintInfo>> parts;
    FactRows row(m_facts.of(CatalogQuery::Constraints));
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

void CatalogBuilder::readIndexes()
{
    std::vector<Part<IndexInfo>> parts;
    FactRows row(m_facts.of(CatalogQuery::Indexes));
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

CatalogPtr CatalogBuilder::build(bool details)
{
    readContext();
    readRoles();
    readSchemas();
    readRelations();
    readInheritance();
    if (details) {
        readTypes();
        readColumns();
        readConstraints();
        readIndexes();
        ObjectBuilder(m_facts, *m_catalog).build();
    }
    m_catalog->m_fingerprint = fingerprintOf(m_facts.of(CatalogQuery::Fingerprint));
    m_catalog->m_details = details;
    m_catalog->m_refused = m_facts.refused;
    m_catalog->m_strings->seal();
    return m_catalog;
}

CatalogFingerprint fingerprintOf(const std::vector<ChunkPtr> &answer)
{
    FactRows row(answer);
    if (!row.next())
        return {};
    return {row.text(0).toByteArray(), row.text(1).toByteArray()};
}

Result<CatalogPtr> buildCatalog(const CatalogFacts &facts, bool details)
{
    for (const CatalogQuery query : catalogQueries()) {
        for (const ChunkPtr &chunk : facts.of(query)) {
            if (chunk->columnCount() != catalogColumnCount(query)) {
                return failure(ErrorKind::Protocol, "catalog.unexpected",
                               QCoreApplication::translate(
                                   "core::Catalog",
                                   "The server's catalog could not be read: %1 has other columns.")
                                   .arg(QString::fromLatin1(catalogQueryName(query))));
            }
        }
    }
    return CatalogBuilder(facts).build(details);
}

} // namespace core

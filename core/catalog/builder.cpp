// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/builder.h"

#include "core/catalog/arena.h"
#include "core/catalog/factrows.h"
#include "core/catalog/objectbuilder.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace core {

namespace {

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

} // namespace

CatalogBuilder::CatalogBuilder()
    : m_catalog(new Catalog)
{
}

CatalogBuilder::~CatalogBuilder() = default;

QByteArrayView CatalogBuilder::keep(QByteArrayView text)
{
    return m_catalog->m_strings->keep(text);
}

void CatalogBuilder::readContext(const CatalogFacts &facts)
{
    FactRows row(facts.of(CatalogQuery::Context));
    while (row.next()) {
        m_catalog->m_database = row.text(0).toByteArray();
        m_catalog->m_serverVersion = row.number<int>(1);
        const auto names = QJsonDocument::fromJson(row.text(2).toByteArray()).array();
        for (const QJsonValue &name : names)
            m_catalog->m_searchPath.append(name.toString().toUtf8());
    }
}

void CatalogBuilder::readRoles(const CatalogFacts &facts)
{
    FactRows row(facts.of(CatalogQuery::Roles));
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

void CatalogBuilder::readSchemas(const CatalogFacts &facts)
{
    FactRows row(facts.of(CatalogQuery::Schemas));
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

void CatalogBuilder::readRelations(const CatalogFacts &facts)
{
    FactRows row(facts.of(CatalogQuery::Relations));
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

void CatalogBuilder::readInheritance(const CatalogFacts &facts)
{
    struct Child {
        quint32 parent = 0;
        quint32 relation = 0;
    };
    std::vector<Child> children;
    FactRows row(facts.of(CatalogQuery::Inheritance));
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

void CatalogBuilder::readNames(const CatalogFacts &facts)
{
    readContext(facts);
    readRoles(facts);
    readSchemas(facts);
    readRelations(facts);
    readInheritance(facts);
}

void CatalogBuilder::readColumns(const CatalogFacts &facts)
{
    readTypes(facts);
    readAttributes(facts);
}

void CatalogBuilder::readRest(const CatalogFacts &facts)
{
    readConstraints(facts);
    readIndexes(facts);
    ObjectBuilder(facts, *m_catalog).build();
    m_catalog->m_details = true;
}

CatalogPtr CatalogBuilder::take(const CatalogFacts &facts)
{
    m_catalog->m_fingerprint = fingerprintOf(facts.of(CatalogQuery::Fingerprint));
    m_catalog->m_refused = facts.refused;
    m_catalog->m_strings->seal();
    return std::move(m_catalog);
}

CatalogFingerprint fingerprintOf(const std::vector<ChunkPtr> &answer)
{
    FactRows row(answer);
    if (!row.next())
        return {};
    return {row.text(0).toByteArray(), row.text(1).toByteArray()};
}

Result<> checkFacts(const CatalogFacts &facts)
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
    return {};
}

Result<CatalogPtr> buildCatalog(const CatalogFacts &facts, bool details)
{
    if (const Result<> checked = checkFacts(facts); !checked)
        return std::unexpected(checked.error());
    CatalogBuilder builder;
    builder.readNames(facts);
    if (details) {
        builder.readColumns(facts);
        builder.readRest(facts);
    }
    return builder.take(facts);
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/objectbuilder.h"

#include "core/catalog/arena.h"
#include "core/catalog/factrows.h"

#include <algorithm>
#include <tuple>

namespace core {

namespace {

quint64 keyOf(ObjectId id)
{
    return (quint64(number(id.catalog)) << 32) | number(id.object);
}

/// The kind of what an object of this kind hangs on; the server says only its oid.
std::optional<ObjectKind> parentKindOf(ObjectKind kind)
{
    switch (kind) {
    case ObjectKind::Trigger:
    case ObjectKind::Rule:
    case ObjectKind::Policy:
    case ObjectKind::Statistics:
        return ObjectKind::Table;
    case ObjectKind::Constraint:
        return ObjectKind::Domain;
    case ObjectKind::OperatorClass:
        return ObjectKind::OperatorFamily;
    case ObjectKind::TextSearchConfiguration:
        return ObjectKind::TextSearchParser;
    case ObjectKind::TextSearchDictionary:
        return ObjectKind::TextSearchTemplate;
    case ObjectKind::Transform:
        return ObjectKind::Language;
    case ObjectKind::Extension:
        return ObjectKind::Schema;
    case ObjectKind::ForeignServer:
        return ObjectKind::ForeignDataWrapper;
    case ObjectKind::UserMapping:
        return ObjectKind::ForeignServer;
    default:
        return std::nullopt;
    }
}

/// The places of all infos in the order of their ids.
template<class Info, class Id>
std::vector<quint32> ordered(const std::vector<Info> &infos, Id Info::*id)
{
    std::vector<quint32> places(infos.size());
    std::ranges::generate(places, [next = 0U]() mutable { return next++; });
    std::ranges::sort(places, {}, [&](quint32 place) { return infos[place].*id; });
    return places;
}

bool isPartOfRelation(ObjectKind kind)
{
    return parentKindOf(kind) == ObjectKind::Table;
}

} // namespace

ObjectBuilder::ObjectBuilder(const CatalogFacts &facts, Catalog &catalog)
    : m_facts(facts)
    , m_catalog(catalog)
{
    for (quint32 rank = 0; const SchemaInfo &schema : m_catalog.m_schemas)
        m_schemaRanks[number(schema.oid)] = rank++;
}

QByteArrayView ObjectBuilder::keep(QByteArrayView text)
{
    return m_catalog.m_strings->keep(text);
}

QByteArrayView ObjectBuilder::ownerOf(quint32 role) const
{
    const RoleInfo *const owner = m_catalog.role(Oid{role});
    return owner ? owner->name : QByteArrayView{};
}

/// None for what is in a schema that is not shown, or on a relation that is not there.
std::optional<quint32> ObjectBuilder::placeOf(const ObjectInfo &object) const
{
    const quint32 ofDatabase = quint32(m_catalog.m_schemas.size());
    if (isPartOfRelation(object.kind)) {
        const RelationInfo *const relation = m_catalog.relation(object.parent.object);
        if (!relation)
            return std::nullopt;
        return ofDatabase + 1 + quint32(relation - m_catalog.m_relations.data());
    }
    if (!isValid(object.schema))
        return ofDatabase;
    const auto rank = m_schemaRanks.find(number(object.schema));
    return rank == m_schemaRanks.end() ? std::nullopt : std::optional(rank->second);
}

void ObjectBuilder::add(ObjectInfo object, QByteArrayView name, QByteArrayView detail)
{
    const auto place = placeOf(object);
    if (!place)
        return;
    object.name = keep(name);
    object.detail = keep(detail);
    object.comment = m_catalog.comment(object.id);
    if (const auto extension = m_extensions.find(keyOf(object.id)); extension != m_extensions.end())
        object.extension = extension->second;
    m_placed.push_back({*place, object});
}

void ObjectBuilder::readComments()
{
    FactRows row(m_facts.of(CatalogQuery::Comments));
    while (row.next())
        m_catalog.m_comments.push_back(
            {{row.oid(0), row.oid(1)}, row.number<int>(2), keep(row.text(3))});
    std::ranges::sort(m_catalog.m_comments, [](const auto &left, const auto &right) {
        return std::pair(left.object, left.part) < std::pair(right.object, right.part);
    });
}

void ObjectBuilder::readMembers()
{
    FactRows row(m_facts.of(CatalogQuery::Members));
    while (row.next()) {
        const ObjectId member{row.oid(0), row.oid(1)};
        m_extensions[keyOf(member)] = row.oid(2);
        m_catalog.m_members.push_back({row.oid(2), member});
    }
    std::ranges::sort(m_catalog.m_members);
    for (RelationInfo &relation : m_catalog.m_relations) {
        const auto found = m_extensions.find(keyOf({classCatalog, relation.oid}));
        if (found != m_extensions.end())
            relation.extension = found->second;
    }
}

void ObjectBuilder::readMemberships()
{
    FactRows row(m_facts.of(CatalogQuery::Memberships));
    while (row.next()) {
        const RoleInfo *const member = m_catalog.role(row.oid(0));
        const bool inherits = row.isNull(3) ? !member || member->inherits : row.flag(3);
        m_catalog.m_memberships.push_back(
            {row.oid(0), row.oid(1), row.flag(2), inherits, row.flag(4)});
    }
    std::ranges::sort(m_catalog.m_memberships, {}, [](const RoleMembership &membership) {
        return std::pair(membership.member, membership.role);
    });
}

void ObjectBuilder::readTypes()
{
    FactRows row(m_facts.of(CatalogQuery::Types));
    while (row.next()) {
        const auto kind = objectKindNamed(row.text(7));
        if (!kind)
            continue;
        ObjectInfo object;
        object.kind = *kind;
        object.id = {systemCatalogOf(*kind), row.oid(0)};
        object.schema = row.oid(8);
        object.owner = ownerOf(row.number<quint32>(11));
        add(object, row.text(9), row.text(10));
    }
}

/// Of a row whose ObjectColumns begin at `first`; without name and detail.
ObjectInfo ObjectBuilder::read(const FactRows &row, int first) const
{
    ObjectInfo object;
    object.kind = objectKindNamed(row.text(first + KindColumn)).value_or(ObjectKind::Function);
    object.id = {systemCatalogOf(object.kind), row.oid(first + OidColumn)};
    object.schema = row.oid(first + SchemaColumn);
    const Oid parent = row.oid(first + ParentColumn);
    if (const auto parentKind = parentKindOf(object.kind); parentKind && isValid(parent))
        object.parent = {systemCatalogOf(*parentKind), parent};
    object.owner = ownerOf(row.number<quint32>(first + OwnerColumn));
    return object;
}

void ObjectBuilder::readOperatorClasses()
{
    FactRows row(m_facts.of(CatalogQuery::OperatorClasses));
    while (row.next())
        add(read(row, 1), row.text(1 + NameColumn), row.text(1 + DetailColumn));
}

void ObjectBuilder::readObjects(CatalogQuery query)
{
    FactRows row(m_facts.of(query));
    while (row.next())
        add(read(row, 0), row.text(NameColumn), row.text(DetailColumn));
}

void ObjectBuilder::addRoles()
{
    for (const RoleInfo &role : m_catalog.m_roles) {
        ObjectInfo object;
        object.kind = ObjectKind::Role;
        object.id = {systemCatalogOf(object.kind), role.oid};
        add(object, role.name, {});
    }
}

void ObjectBuilder::sort()
{
    const auto key = [](const Placed &placed) {
        return std::tie(placed.place, placed.object.kind, placed.object.name, placed.object.detail,
                        placed.object.id);
    };
    std::ranges::sort(m_placed, [key](const Placed &left, const Placed &right) {
        return key(left) < key(right);
    });
    auto &objects = m_catalog.m_objects;
    objects.reserve(m_placed.size());
    for (const Placed &placed : m_placed)
        objects.push_back(placed.object);
    m_catalog.m_objectsById = ordered(objects, &ObjectInfo::id);
    m_catalog.m_indexesByOid = ordered(m_catalog.m_indexes, &IndexInfo::oid);
    m_catalog.m_constraintsByOid = ordered(m_catalog.m_constraints, &ConstraintInfo::oid);
}

/// Tells each schema, the database and each relation where its own lie.
void ObjectBuilder::slice()
{
    const quint32 ofDatabase = quint32(m_catalog.m_schemas.size());
    for (quint32 index = 0; const Placed &placed : m_placed) {
        CatalogSlice *own = &m_catalog.m_databaseObjects;
        if (placed.place < ofDatabase)
            own = &m_catalog.m_schemas[placed.place].objects;
        else if (placed.place > ofDatabase)
            own = &m_catalog.m_relations[placed.place - ofDatabase - 1].parts;
        if (own->count++ == 0)
            own->first = index;
        ++index;
    }
}

void ObjectBuilder::build()
{
    readComments();
    readMembers();
    readMemberships();
    readTypes();
    readOperatorClasses();
    for (const CatalogQuery query : catalogQueries()) {
        if (isOfObjects(query))
            readObjects(query);
    }
    addRoles();
    sort();
    slice();
}

} // namespace core

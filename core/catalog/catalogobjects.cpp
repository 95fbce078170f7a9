// SPDX-License-Identifier: GPL-3.0-or-later
// What a Catalog knows of objects other than relations.
#include "core/catalog/catalog.h"
#include "core/catalog/relationname.h"

#include <algorithm>
#include <iterator>
#include <tuple>

using namespace Qt::StringLiterals;

namespace core {

namespace {

std::span<const ObjectInfo> ofKind(std::span<const ObjectInfo> objects, ObjectKind kind)
{
    const auto found =
        std::ranges::equal_range(objects, kind, std::ranges::less{}, &ObjectInfo::kind);
    return {found.begin(), found.end()};
}

ObjectKind objectKindOf(RelationKind kind)
{
    switch (kind) {
    case RelationKind::Table:
        return ObjectKind::Table;
    case RelationKind::PartitionedTable:
        return ObjectKind::PartitionedTable;
    case RelationKind::View:
        return ObjectKind::View;
    case RelationKind::MaterializedView:
        return ObjectKind::MaterializedView;
    case RelationKind::ForeignTable:
        return ObjectKind::ForeignTable;
    case RelationKind::Sequence:
        return ObjectKind::Sequence;
    }
    Q_UNREACHABLE_RETURN(ObjectKind::Table);
}

/// "(integer, text) → boolean" without what it returns.
QByteArrayView argumentsOf(const ObjectInfo &object)
{
    const qsizetype arrow = object.detail.indexOf(" \xE2\x86\x92 ");
    return arrow < 0 ? object.detail : object.detail.first(arrow);
}

} // namespace

std::span<const ObjectInfo> Catalog::objectsOf(const SchemaInfo &schema) const
{
    return std::span(m_objects).subspan(schema.objects.first, schema.objects.count);
}

std::span<const ObjectInfo> Catalog::objectsOf(const SchemaInfo &schema, ObjectKind kind) const
{
    return ofKind(objectsOf(schema), kind);
}

std::span<const ObjectInfo> Catalog::databaseObjects() const
{
    return std::span(m_objects).subspan(m_databaseObjects.first, m_databaseObjects.count);
}

std::span<const ObjectInfo> Catalog::databaseObjects(ObjectKind kind) const
{
    return ofKind(databaseObjects(), kind);
}

std::span<const ObjectInfo> Catalog::partsOf(const RelationInfo &relation) const
{
    return std::span(m_objects).subspan(relation.parts.first, relation.parts.count);
}

std::vector<ObjectInfo> Catalog::objectsBelow(const ObjectInfo &parent) const
{
    std::span<const ObjectInfo> candidates;
    if (parent.kind == ObjectKind::Domain) {
        if (const SchemaInfo *const owner = schema(parent.schema))
            candidates = objectsOf(*owner, ObjectKind::Constraint);
    } else if (parent.kind == ObjectKind::ForeignServer) {
        candidates = databaseObjects(ObjectKind::UserMapping);
    }
    std::vector<ObjectInfo> below;
    std::ranges::copy_if(candidates, std::back_inserter(below),
                         [&](const ObjectInfo &object) { return object.parent == parent.id; });
    return below;
}

std::vector<ObjectInfo> Catalog::membersOf(Oid extension) const
{
    std::vector<ObjectInfo> members;
    for (const Member &member :
         std::ranges::equal_range(m_members, extension, std::ranges::less{}, &Member::extension)) {
        if (const auto found = object(member.object))
            members.push_back(*found);
    }
    std::ranges::stable_sort(members, [](const ObjectInfo &left, const ObjectInfo &right) {
        return std::tie(left.kind, left.name, left.detail)
               < std::tie(right.kind, right.name, right.detail);
    });
    return members;
}

ObjectInfo Catalog::objectOf(const RelationInfo &relation) const
{
    ObjectInfo info;
    info.id = {classCatalog, relation.oid};
    info.kind = objectKindOf(relation.kind);
    info.schema = relation.schema;
    info.extension = relation.extension;
    info.name = relation.name;
    info.owner = relation.owner;
    info.comment = comment(info.id);
    return info;
}

std::optional<ObjectInfo> Catalog::object(ObjectId id) const
{
    const auto idAt = [this](quint32 index) { return m_objects[index].id; };
    const auto found = std::ranges::lower_bound(m_objectsById, id, std::ranges::less{}, idAt);
    if (found != m_objectsById.end() && idAt(*found) == id)
        return m_objects[*found];
    ObjectInfo info;
    info.id = id;
    info.comment = comment(id);
    if (id.catalog == schemaCatalog) {
        const SchemaInfo *const known = schema(id.object);
        if (!known)
            return std::nullopt;
        info.kind = ObjectKind::Schema;
        info.name = known->name;
        info.owner = known->owner;
        info.comment = known->comment;
        return info;
    }
    if (const RelationInfo *const known = relation(id.object); known && id.catalog == classCatalog)
        return objectOf(*known);
    const IndexInfo *const ofIndex =
        id.catalog == systemCatalogOf(ObjectKind::Index) ? index(id.object) : nullptr;
    const ConstraintInfo *const ofConstraint =
        id.catalog == systemCatalogOf(ObjectKind::Constraint) ? constraint(id.object) : nullptr;
    if (!ofIndex && !ofConstraint)
        return std::nullopt;
    const RelationInfo *const table =
        relation(ofIndex ? ofIndex->relation : ofConstraint->relation);
    if (!table)
        return std::nullopt;
    info.kind = ofIndex ? ObjectKind::Index : ObjectKind::Constraint;
    info.name = ofIndex ? ofIndex->name : ofConstraint->name;
    info.schema = table->schema;
    info.owner = table->owner;
    info.parent = {classCatalog, table->oid};
    return info;
}

const IndexInfo *Catalog::index(Oid oid) const
{
    const auto oidAt = [this](quint32 at) { return m_indexes[at].oid; };
    const auto found = std::ranges::lower_bound(m_indexesByOid, oid, std::ranges::less{}, oidAt);
    return found == m_indexesByOid.end() || oidAt(*found) != oid ? nullptr : &m_indexes[*found];
}

const ConstraintInfo *Catalog::constraint(Oid oid) const
{
    const auto oidAt = [this](quint32 at) { return m_constraints[at].oid; };
    const auto found =
        std::ranges::lower_bound(m_constraintsByOid, oid, std::ranges::less{}, oidAt);
    return found == m_constraintsByOid.end() || oidAt(*found) != oid ? nullptr
                                                                     : &m_constraints[*found];
}

const RoleInfo *Catalog::role(Oid oid) const
{
    const auto found = std::ranges::lower_bound(m_roles, oid, std::ranges::less{}, &RoleInfo::oid);
    return found == m_roles.end() || found->oid != oid ? nullptr : &*found;
}

std::span<const RoleMembership> Catalog::membershipsOf(Oid role) const
{
    const auto found =
        std::ranges::equal_range(m_memberships, role, std::ranges::less{}, &RoleMembership::member);
    return {found.begin(), found.end()};
}

QString Catalog::displayName(const ObjectInfo &object) const
{
    const SchemaInfo *const owner = schema(object.schema);
    const QString qualifier = owner ? writtenName(owner->name) + u'.' : QString();
    switch (object.kind) {
    case ObjectKind::Function:
    case ObjectKind::Procedure:
    case ObjectKind::Aggregate:
    case ObjectKind::WindowFunction:
        return qualifier + writtenName(object.name) + QString::fromUtf8(argumentsOf(object));
    case ObjectKind::Operator:
        return qualifier + QString::fromUtf8(object.name) + u' '
               + QString::fromUtf8(argumentsOf(object));
    case ObjectKind::Cast:
    case ObjectKind::Transform:
        return QString::fromUtf8(object.name);
    case ObjectKind::Constraint:
    case ObjectKind::Trigger:
    case ObjectKind::Rule:
    case ObjectKind::Policy: {
        const auto parent = this->object(object.parent);
        return writtenName(object.name) + (parent ? u" on "_s + displayName(*parent) : QString());
    }
    case ObjectKind::UserMapping:
        return writtenName(object.name) + u" on "_s + writtenName(object.detail);
    default:
        return qualifier + writtenName(object.name);
    }
}

} // namespace core

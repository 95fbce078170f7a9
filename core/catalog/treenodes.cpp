// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/treenodes.h"

#include "core/catalog/objectsearch.h"

#include <algorithm>

namespace core {

namespace {

using Kind = TreeRef::Kind;
using Folder = TreeRef::Folder;

// Fewer letters are in nearly every column's name.
constexpr qsizetype leastForParts = 3;

TreeRef relationRef(const RelationInfo &relation)
{
    return {.kind = Kind::Relation, .object = relation.oid};
}

TreeRef objectRef(ObjectKind kind, Oid object)
{
    return {.kind = Kind::Object, .object = object, .what = kind};
}

TreeRef folderRef(Folder folder, Oid of)
{
    return {.kind = Kind::Folder, .folder = folder, .object = of};
}

quint64 keyOf(ObjectId id)
{
    return (quint64(number(id.catalog)) << 32) | number(id.object);
}

ObjectId idOf(const TreeRef &object)
{
    return {systemCatalogOf(object.what), object.object};
}

} // namespace

TreeContent::TreeContent(CatalogPtr catalog, const QString &filter, bool systemSchemas)
    : m_catalog(std::move(catalog))
    , m_pattern(filter)
    , m_systemSchemas(systemSchemas)
{
    if (m_catalog)
        findMatches();
}

void TreeContent::findMatches()
{
    const bool partsToo = isFiltered() && m_pattern.shortest() >= leastForParts;
    for (const SchemaInfo &schema : m_catalog->schemas()) {
        if (!schema.system || m_systemSchemas)
            findIn(schema, partsToo);
    }
    for (const ObjectInfo &object : m_catalog->databaseObjects()) {
        if (isFiltered() && (m_systemSchemas || !isSystemObject(*m_catalog, object))
            && m_pattern.match({}, object.name))
            found(object);
    }
    m_partMatches.clear();
}

void TreeContent::findIn(const SchemaInfo &schema, bool partsToo)
{
    for (const RelationInfo &relation : m_catalog->relationsOf(schema)) {
        const bool matches = !isFiltered() || m_pattern.match(schema.name, relation.name);
        if (matches && isFiltered())
            m_matched.insert(number(relation.oid));
        if (matches || (partsToo && hasMatchingPart(schema, relation)))
            found(relation);
    }
    for (const ObjectInfo &object : m_catalog->objectsOf(schema)) {
        if (!isFiltered() || m_pattern.match(schema.name, object.name))
            found(object);
    }
}

bool TreeContent::hasMatchingPart(const SchemaInfo &schema, const RelationInfo &relation)
{
    if (!m_pattern.matchPath(schema.name, relation.name))
        return false;
    const auto matches = [this](const auto &part) {
        const auto [known, isNew] = m_partMatches.try_emplace(part.name.data());
        if (isNew)
            known->second = m_pattern.matchName(part.name).has_value();
        return known->second;
    };
    return std::ranges::any_of(m_catalog->columnsOf(relation), matches)
           || std::ranges::any_of(m_catalog->indexesOf(relation), matches)
           || std::ranges::any_of(m_catalog->constraintsOf(relation), matches)
           || std::ranges::any_of(m_catalog->partsOf(relation), matches);
}

void TreeContent::found(const RelationInfo &relation)
{
    ++m_matchCount;
    if (!isFiltered())
        return;
    const RelationInfo *above = &relation;
    while (above && m_shown.insert(number(above->oid)).second) {
        if (isOfExtension(above->extension))
            m_shownObjects.insert(
                keyOf({systemCatalogOf(ObjectKind::Extension), above->extension}));
        above = isFolded(*above) ? m_catalog->relation(above->parent) : nullptr;
    }
}

void TreeContent::found(const ObjectInfo &object)
{
    ++m_matchCount;
    if (!isFiltered())
        return;
    m_shownObjects.insert(keyOf(object.id));
    if (object.kind == ObjectKind::Constraint || object.kind == ObjectKind::UserMapping)
        m_shownObjects.insert(keyOf(object.parent)); // which it lies below
    if (isValid(object.extension))
        m_shownObjects.insert(keyOf({systemCatalogOf(ObjectKind::Extension), object.extension}));
}

/// A partition lies below its parent, wherever the schema of it is.
bool TreeContent::isFolded(const RelationInfo &relation) const
{
    return relation.partition && m_catalog->relation(relation.parent);
}

/// What an extension made lies below it, where it is known.
bool TreeContent::isOfExtension(Oid extension) const
{
    return isValid(extension)
           && m_catalog->object({systemCatalogOf(ObjectKind::Extension), extension});
}

bool TreeContent::isShown(const RelationInfo &relation) const
{
    if (!isFiltered() || m_shown.contains(number(relation.oid)))
        return true;
    // Partitions of a table that matches by itself.
    const RelationInfo *above = &relation;
    while (above && isFolded(*above)) {
        above = m_catalog->relation(above->parent);
        if (above && m_matched.contains(number(above->oid)))
            return true;
    }
    return false;
}

bool TreeContent::isShown(const SchemaInfo &schema) const
{
    if (schema.system && !m_systemSchemas)
        return false;
    return !isFiltered() || !folderNodes(schema).empty();
}

bool TreeContent::isShown(const ObjectInfo &object) const
{
    if (!isValid(object.schema) && !m_systemSchemas && isSystemObject(*m_catalog, object))
        return false;
    return !isFiltered() || m_shownObjects.contains(keyOf(object.id));
}

bool TreeContent::isRefused(const TreeRef &folder) const
{
    const QByteArrayView source = sourceOf(folder.folder);
    return folder.kind == Kind::Folder && !isValid(folder.object) && !source.isEmpty() && m_catalog
           && m_catalog->refused().contains(source.toByteArray());
}

TreeContent::Nodes TreeContent::rootNodes() const
{
    Nodes nodes;
    for (const SchemaInfo &schema : m_catalog->schemas()) {
        if (isShown(schema))
            nodes.push_back({.kind = Kind::Schema, .object = schema.oid});
    }
    for (const FolderPlace place :
         {FolderPlace::Schema, FolderPlace::Relation, FolderPlace::Database}) {
        for (const Folder folder : foldersOf(place)) {
            const TreeRef ref = folderRef(folder, {});
            if (isRefused(ref) ? !isFiltered()
                               : place == FolderPlace::Database && !nodesIn(ref).empty())
                nodes.push_back(ref);
        }
    }
    return nodes;
}

TreeContent::Nodes TreeContent::folderNodes(const SchemaInfo &schema) const
{
    std::unordered_set<Folder> present;
    for (const RelationInfo &relation : m_catalog->relationsOf(schema)) {
        const Folder folder = folderOf(relation.kind);
        if (!present.contains(folder) && !isFolded(relation) && !isOfExtension(relation.extension)
            && isShown(relation))
            present.insert(folder);
    }
    Nodes nodes;
    for (const Folder folder : foldersOf(FolderPlace::Schema)) {
        const bool hasObjects = std::ranges::any_of(kindsIn(folder), [&](ObjectKind kind) {
            return std::ranges::any_of(
                m_catalog->objectsOf(schema, kind), [&](const ObjectInfo &object) {
                    return !isOfExtension(object.extension) && isShown(object);
                });
        });
        if (hasObjects || present.contains(folder))
            nodes.push_back(folderRef(folder, schema.oid));
    }
    return nodes;
}

TreeContent::Nodes TreeContent::nodesInSchema(const SchemaInfo &schema, Folder folder) const
{
    Nodes nodes;
    for (const ObjectKind kind : kindsIn(folder)) {
        for (const ObjectInfo &object : m_catalog->objectsOf(schema, kind)) {
            if (!isOfExtension(object.extension) && isShown(object))
                nodes.push_back(objectRef(kind, object.id.object));
        }
    }
    if (!kindsIn(folder).empty())
        return nodes;
    for (const RelationInfo &relation : m_catalog->relationsOf(schema)) {
        if (folderOf(relation.kind) == folder && !isFolded(relation)
            && !isOfExtension(relation.extension) && isShown(relation))
            nodes.push_back(relationRef(relation));
    }
    return nodes;
}

TreeContent::Nodes TreeContent::nodesInRelation(const RelationInfo &relation, Folder folder) const
{
    Nodes nodes;
    switch (folder) {
    case Folder::Partitions:
        for (const RelationInfo *const child : m_catalog->childrenOf(relation)) {
            if (child->partition && isShown(*child))
                nodes.push_back(relationRef(*child));
        }
        break;
    case Folder::Keys:
        for (const ConstraintInfo &constraint : m_catalog->constraintsOf(relation))
            nodes.push_back(objectRef(ObjectKind::Constraint, constraint.oid));
        break;
    case Folder::Indexes:
        for (const IndexInfo &index : m_catalog->indexesOf(relation))
            nodes.push_back(objectRef(ObjectKind::Index, index.oid));
        break;
    default:
        for (const ObjectInfo &part : m_catalog->partsOf(relation)) {
            if (std::ranges::contains(kindsIn(folder), part.kind))
                nodes.push_back(objectRef(part.kind, part.id.object));
        }
    }
    return nodes;
}

TreeContent::Nodes TreeContent::nodesInDatabase(Folder folder) const
{
    Nodes nodes;
    for (const ObjectKind kind : kindsIn(folder)) {
        for (const ObjectInfo &object : m_catalog->databaseObjects(kind)) {
            if (!isOfExtension(object.extension) && isShown(object))
                nodes.push_back(objectRef(kind, object.id.object));
        }
    }
    return nodes;
}

TreeContent::Nodes TreeContent::nodesIn(const TreeRef &folder) const
{
    switch (placeOf(folder.folder)) {
    case FolderPlace::Schema: {
        const SchemaInfo *const schema = m_catalog->schema(folder.object);
        return schema ? nodesInSchema(*schema, folder.folder) : Nodes{};
    }
    case FolderPlace::Relation: {
        const RelationInfo *const relation = m_catalog->relation(folder.object);
        return relation ? nodesInRelation(*relation, folder.folder) : Nodes{};
    }
    case FolderPlace::Database:
        return nodesInDatabase(folder.folder);
    }
    Q_UNREACHABLE_RETURN({});
}

TreeContent::Nodes TreeContent::partNodes(const RelationInfo &relation) const
{
    Nodes nodes;
    const auto addFolder = [&](Folder folder) {
        const TreeRef ref = folderRef(folder, relation.oid);
        if (!nodesIn(ref).empty())
            nodes.push_back(ref);
    };
    if (relation.kind == RelationKind::PartitionedTable)
        addFolder(Folder::Partitions);
    for (const ColumnInfo &column : m_catalog->columnsOf(relation))
        nodes.push_back({.kind = Kind::Column, .object = relation.oid, .number = column.number});
    for (const Folder folder : foldersOf(FolderPlace::Relation)) {
        if (folder != Folder::Partitions)
            addFolder(folder);
    }
    return nodes;
}

TreeContent::Nodes TreeContent::nodesBelow(const TreeRef &object) const
{
    Nodes nodes;
    if (object.what == ObjectKind::Extension) {
        for (const ObjectInfo &member : m_catalog->membersOf(object.object)) {
            const RelationInfo *const relation =
                member.id.catalog == classCatalog ? m_catalog->relation(member.id.object) : nullptr;
            if (relation && isShown(*relation))
                nodes.push_back(relationRef(*relation));
            else if (!relation && (!isFiltered() || m_shownObjects.contains(keyOf(member.id))))
                nodes.push_back(objectRef(member.kind, member.id.object));
        }
        return nodes;
    }
    if (const auto info = m_catalog->object(idOf(object));
        info && mayHaveObjectsBelow(object.what)) {
        for (const ObjectInfo &below : m_catalog->objectsBelow(*info))
            nodes.push_back(objectRef(below.kind, below.id.object));
    }
    return nodes;
}

TreeContent::Nodes TreeContent::children(const TreeRef &node) const
{
    if (!m_catalog)
        return {};
    switch (node.kind) {
    case Kind::None:
        return rootNodes();
    case Kind::Schema: {
        const SchemaInfo *const schema = m_catalog->schema(node.object);
        return schema ? folderNodes(*schema) : Nodes{};
    }
    case Kind::Folder:
        return nodesIn(node);
    case Kind::Relation: {
        const RelationInfo *const relation = m_catalog->relation(node.object);
        return relation ? partNodes(*relation) : Nodes{};
    }
    case Kind::Object:
        return nodesBelow(node);
    case Kind::Column:
        break;
    }
    return {};
}

bool TreeContent::hasChildren(const TreeRef &node) const
{
    if (!m_catalog)
        return false;
    switch (node.kind) {
    case Kind::Relation: {
        const RelationInfo *const relation = m_catalog->relation(node.object);
        if (!relation)
            return false;
        // Before the details there are no columns yet, but the arrow must not appear only then.
        return relation->columns.count > 0 || relation->children.count > 0
               || relation->constraints.count > 0 || relation->parts.count > 0
               || (!m_catalog->hasDetails() && relation->attributeCount > 0);
    }
    case Kind::Folder:
        return !isRefused(node);
    case Kind::Column:
        return false;
    case Kind::Object:
        return mayHaveObjectsBelow(node.what) && !nodesBelow(node).empty();
    default:
        return !children(node).empty();
    }
}

int TreeContent::folderCount(const TreeRef &folder) const
{
    return m_catalog ? int(nodesIn(folder).size()) : 0;
}

TreeRef TreeContent::parentOfObject(const TreeRef &node) const
{
    const auto object = m_catalog->object(idOf(node));
    if (!object)
        return {};
    if (isOfExtension(object->extension))
        return objectRef(ObjectKind::Extension, object->extension);
    if (object->kind == ObjectKind::UserMapping)
        return objectRef(ObjectKind::ForeignServer, object->parent.object);
    if (object->kind == ObjectKind::Index)
        return folderRef(Folder::Indexes, object->parent.object);
    if (object->kind == ObjectKind::Constraint) {
        return object->parent.catalog == classCatalog
                   ? folderRef(Folder::Keys, object->parent.object)
                   : objectRef(ObjectKind::Domain, object->parent.object);
    }
    const Folder folder = folderOf(object->kind);
    switch (placeOf(folder)) {
    case FolderPlace::Schema:
        return folderRef(folder, object->schema);
    case FolderPlace::Relation:
        return folderRef(folder, object->parent.object);
    case FolderPlace::Database:
        return folderRef(folder, {});
    }
    Q_UNREACHABLE_RETURN({});
}

TreeRef TreeContent::parentOf(const TreeRef &node) const
{
    if (!m_catalog)
        return {};
    switch (node.kind) {
    case Kind::Column:
        return {.kind = Kind::Relation, .object = node.object};
    case Kind::Folder:
        if (!isValid(node.object))
            return {};
        return {.kind =
                    placeOf(node.folder) == FolderPlace::Relation ? Kind::Relation : Kind::Schema,
                .object = node.object};
    case Kind::Relation: {
        const RelationInfo *const relation = m_catalog->relation(node.object);
        if (!relation)
            return {};
        if (isFolded(*relation))
            return folderRef(Folder::Partitions, relation->parent);
        return isOfExtension(relation->extension)
                   ? objectRef(ObjectKind::Extension, relation->extension)
                   : folderRef(folderOf(relation->kind), relation->schema);
    }
    case Kind::Object:
        return parentOfObject(node);
    default:
        return {};
    }
}

} // namespace core

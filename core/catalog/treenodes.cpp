// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/treenodes.h"

#include <algorithm>
#include <array>

namespace core {

namespace {

using Kind = TreeRef::Kind;
using Folder = TreeRef::Folder;

constexpr Folder schemaFolders[] = {Folder::Tables, Folder::Views, Folder::MaterializedViews,
                                    Folder::ForeignTables, Folder::Sequences};

TreeRef relationRef(const RelationInfo &relation)
{
    return {Kind::Relation, Folder::None, relation.oid, 0};
}

} // namespace

TreeRef::Folder folderOf(RelationKind kind)
{
    switch (kind) {
    case RelationKind::Table:
    case RelationKind::PartitionedTable:
        return Folder::Tables;
    case RelationKind::View:
        return Folder::Views;
    case RelationKind::MaterializedView:
        return Folder::MaterializedViews;
    case RelationKind::ForeignTable:
        return Folder::ForeignTables;
    case RelationKind::Sequence:
        return Folder::Sequences;
    }
    Q_UNREACHABLE_RETURN(Folder::None);
}

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
    for (const SchemaInfo &schema : m_catalog->schemas()) {
        if (schema.system && !m_systemSchemas)
            continue;
        for (const RelationInfo &relation : m_catalog->relationsOf(schema)) {
            if (isFiltered() && !m_pattern.match(schema.name, relation.name))
                continue;
            ++m_matchCount;
            if (!isFiltered())
                continue;
            m_matched.insert(number(relation.oid));
            const RelationInfo *above = &relation;
            while (above && m_shown.insert(number(above->oid)).second && isFolded(*above))
                above = m_catalog->relation(above->parent);
        }
    }
}

/// A partition lies below its parent, wherever the schema of it is.
bool TreeContent::isFolded(const RelationInfo &relation) const
{
    return relation.partition && m_catalog->relation(relation.parent);
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

std::vector<TreeRef> TreeContent::schemaNodes() const
{
    std::vector<TreeRef> nodes;
    for (const SchemaInfo &schema : m_catalog->schemas()) {
        if (isShown(schema))
            nodes.push_back({Kind::Schema, Folder::None, schema.oid, 0});
    }
    return nodes;
}

std::vector<TreeRef> TreeContent::folderNodes(const SchemaInfo &schema) const
{
    std::array<bool, std::size_t(Folder::Partitions)> present = {};
    for (const RelationInfo &relation : m_catalog->relationsOf(schema)) {
        bool &known = present[std::size_t(folderOf(relation.kind))];
        known = known || (!isFolded(relation) && isShown(relation));
    }
    std::vector<TreeRef> nodes;
    for (const Folder folder : schemaFolders) {
        if (present[std::size_t(folder)])
            nodes.push_back({Kind::Folder, folder, schema.oid, 0});
    }
    return nodes;
}

std::vector<TreeRef> TreeContent::relationNodes(const TreeRef &folder) const
{
    std::vector<TreeRef> nodes;
    if (folder.folder == Folder::Partitions) {
        const RelationInfo *const parent = m_catalog->relation(folder.object);
        if (!parent)
            return nodes;
        for (const RelationInfo *const child : m_catalog->childrenOf(*parent)) {
            if (child->partition && isShown(*child))
                nodes.push_back(relationRef(*child));
        }
        return nodes;
    }
    const SchemaInfo *const schema = m_catalog->schema(folder.object);
    if (!schema)
        return nodes;
    for (const RelationInfo &relation : m_catalog->relationsOf(*schema)) {
        if (folderOf(relation.kind) == folder.folder && !isFolded(relation) && isShown(relation))
            nodes.push_back(relationRef(relation));
    }
    return nodes;
}

std::vector<TreeRef> TreeContent::partNodes(const RelationInfo &relation) const
{
    std::vector<TreeRef> nodes;
    const TreeRef partitions{Kind::Folder, Folder::Partitions, relation.oid, 0};
    if (relation.kind == RelationKind::PartitionedTable && !relationNodes(partitions).empty())
        nodes.push_back(partitions);
    for (const ColumnInfo &column : m_catalog->columnsOf(relation))
        nodes.push_back({Kind::Column, Folder::None, relation.oid, column.number});
    return nodes;
}

std::vector<TreeRef> TreeContent::children(const TreeRef &node) const
{
    if (!m_catalog)
        return {};
    switch (node.kind) {
    case Kind::None:
        return schemaNodes();
    case Kind::Schema: {
        const SchemaInfo *const schema = m_catalog->schema(node.object);
        return schema ? folderNodes(*schema) : std::vector<TreeRef>{};
    }
    case Kind::Folder:
        return relationNodes(node);
    case Kind::Relation: {
        const RelationInfo *const relation = m_catalog->relation(node.object);
        return relation ? partNodes(*relation) : std::vector<TreeRef>{};
    }
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
               || (!m_catalog->hasDetails() && relation->attributeCount > 0);
    }
    case Kind::Folder:
        return true;
    case Kind::Column:
        return false;
    default:
        return !children(node).empty();
    }
}

int TreeContent::folderCount(const TreeRef &folder) const
{
    return m_catalog ? int(relationNodes(folder).size()) : 0;
}

TreeRef TreeContent::parentOf(const TreeRef &node) const
{
    if (!m_catalog)
        return {};
    switch (node.kind) {
    case Kind::Column:
        return {Kind::Relation, Folder::None, node.object, 0};
    case Kind::Folder:
        return {node.folder == Folder::Partitions ? Kind::Relation : Kind::Schema, Folder::None,
                node.object, 0};
    case Kind::Relation: {
        const RelationInfo *const relation = m_catalog->relation(node.object);
        if (!relation)
            return {};
        return isFolded(*relation)
                   ? TreeRef{Kind::Folder, Folder::Partitions, relation->parent, 0}
                   : TreeRef{Kind::Folder, folderOf(relation->kind), relation->schema, 0};
    }
    default:
        return {};
    }
}

} // namespace core

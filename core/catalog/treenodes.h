// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/namesearch.h"
#include "core/catalog/treefolders.h"
#include "core/catalog/treemodel.h"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace core {

/// What the tree shows of a catalog: which children each node has, in their order. Pure computation
/// over a Catalog and a filter, made anew when one of them changes.
class TreeContent
{
public:
    TreeContent() = default;
    TreeContent(CatalogPtr catalog, const QString &filter, bool systemSchemas);

    [[nodiscard]] const CatalogPtr &catalog() const { return m_catalog; }
    [[nodiscard]] bool isFiltered() const { return !m_pattern.isEmpty(); }
    [[nodiscard]] const NamePattern &pattern() const { return m_pattern; }
    [[nodiscard]] int matchCount() const { return m_matchCount; }

    /// Children of a node; of the root for TreeRef{}.
    [[nodiscard]] std::vector<TreeRef> children(const TreeRef &node) const;
    /// The same question without making the list.
    [[nodiscard]] bool hasChildren(const TreeRef &node) const;
    [[nodiscard]] int folderCount(const TreeRef &folder) const;
    /// It stands for what this role may not read.
    [[nodiscard]] bool isRefused(const TreeRef &folder) const;
    /// The node above; TreeRef{} for a schema, a folder of the database, and for what is not there.
    [[nodiscard]] TreeRef parentOf(const TreeRef &node) const;

private:
    using Nodes = std::vector<TreeRef>;
    [[nodiscard]] bool isShown(const RelationInfo &relation) const;
    [[nodiscard]] bool isShown(const SchemaInfo &schema) const;
    [[nodiscard]] bool isShown(const ObjectInfo &object) const;
    [[nodiscard]] bool isFolded(const RelationInfo &relation) const;
    [[nodiscard]] bool isOfExtension(Oid extension) const;
    [[nodiscard]] Nodes rootNodes() const;
    [[nodiscard]] Nodes folderNodes(const SchemaInfo &schema) const;
    [[nodiscard]] Nodes nodesIn(const TreeRef &folder) const;
    [[nodiscard]] Nodes nodesInSchema(const SchemaInfo &schema, TreeRef::Folder folder) const;
    [[nodiscard]] Nodes nodesInRelation(const RelationInfo &relation, TreeRef::Folder folder) const;
    [[nodiscard]] Nodes nodesInDatabase(TreeRef::Folder folder) const;
    [[nodiscard]] Nodes partNodes(const RelationInfo &relation) const;
    [[nodiscard]] Nodes nodesBelow(const TreeRef &object) const;
    [[nodiscard]] TreeRef parentOfObject(const TreeRef &node) const;
    void findMatches();
    void findIn(const SchemaInfo &schema, bool partsToo);
    void found(const RelationInfo &relation);
    void found(const ObjectInfo &object);
    [[nodiscard]] bool hasMatchingPart(const SchemaInfo &schema, const RelationInfo &relation);

    CatalogPtr m_catalog;
    NamePattern m_pattern{QString{}};
    bool m_systemSchemas = false;
    int m_matchCount = 0;
    std::unordered_set<quint32> m_shown; ///< relations that match, and what lies above them
    std::unordered_set<quint32> m_matched;
    std::unordered_set<quint64> m_shownObjects;           ///< the same of other objects
    std::unordered_map<const char *, bool> m_partMatches; ///< by where the name lies
};

} // namespace core

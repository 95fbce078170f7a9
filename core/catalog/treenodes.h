// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/namesearch.h"
#include "core/catalog/treemodel.h"

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
    /// The node above; TreeRef{} for a schema, and for what is not there.
    [[nodiscard]] TreeRef parentOf(const TreeRef &node) const;

private:
    [[nodiscard]] bool isShown(const RelationInfo &relation) const;
    [[nodiscard]] bool isShown(const SchemaInfo &schema) const;
    [[nodiscard]] bool isFolded(const RelationInfo &relation) const;
    [[nodiscard]] std::vector<TreeRef> schemaNodes() const;
    [[nodiscard]] std::vector<TreeRef> folderNodes(const SchemaInfo &schema) const;
    [[nodiscard]] std::vector<TreeRef> relationNodes(const TreeRef &folder) const;
    [[nodiscard]] std::vector<TreeRef> partNodes(const RelationInfo &relation) const;
    void findMatches();

    CatalogPtr m_catalog;
    NamePattern m_pattern{QString{}};
    bool m_systemSchemas = false;
    int m_matchCount = 0;
    std::unordered_set<quint32> m_shown; ///< relations that match, and what lies above them
    std::unordered_set<quint32> m_matched;
};

/// The folder of a schema in which relations of a kind lie.
[[nodiscard]] TreeRef::Folder folderOf(RelationKind kind);

} // namespace core

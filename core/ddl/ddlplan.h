// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/ddl/ddlfacts.h"
#include "core/ddl/ddlgraph.h"

namespace core {

/// What is written at one place.
struct DdlItem {
    enum class Role : quint8 {
        Whole,
        Shell,   ///< of a type, before the functions that it is made of
        StandIn, ///< a view of the same columns, for a ring
        Default, ///< of a column, behind its table
    };
    int object = -1;
    Role role = Role::Whole;
    int column = -1;
};

/// The order of everything. Rings are broken as pg_dump does: of a table in one, defaults and
/// checks come after it, and a view in one is made as a stand-in first.
class DdlPlan
{
public:
    explicit DdlPlan(const DdlFacts &facts);

    [[nodiscard]] const std::vector<DdlItem> &items() const { return m_ordered; }
    /// A table without its defaults and checks, a view that replaces its stand-in.
    [[nodiscard]] bool isSplit(int object) const { return m_split[std::size_t(object)]; }
    /// The object with a text that another one belongs to; -1 = none.
    [[nodiscard]] int ownerOf(DdlKey key) const;

private:
    void learnOwners();
    void makeItems();
    void makeEdges();
    void addItem(DdlItem item, int rank, QByteArray name);
    void addEdge(int before, int after);
    [[nodiscard]] int source(DdlKey key) const;
    [[nodiscard]] int target(DdlKey key, DdlKey from) const;
    [[nodiscard]] bool breakRings();
    [[nodiscard]] bool canSplit(int object) const;

    const DdlFacts &m_facts;
    std::unordered_map<DdlKey, DdlKey> m_owners;                ///< of what has no text of its own
    std::unordered_map<DdlKey, std::pair<int, int>> m_defaults; ///< object and column
    std::vector<bool> m_split;
    std::vector<DdlItem> m_items;
    std::vector<DdlPlace> m_places;
    DdlEdges m_edges;
    std::unordered_map<int, int> m_shells;
    std::unordered_map<int, int> m_standIns;
    std::unordered_map<DdlKey, int> m_separate; ///< defaults at a place of their own
    std::vector<DdlItem> m_ordered;
};

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ddl/ddlplan.h"

#include <QByteArrayList>

#include <algorithm>

namespace core {

namespace {

constexpr quint32 classOfDefaults = 2604;
constexpr quint32 classOfRoutines = 1255;
constexpr quint32 classOfConstraints = 2606;
constexpr quint32 classOfTriggers = 2620;
constexpr quint32 classOfOperatorEntries = 2602;
constexpr quint32 classOfSupportEntries = 2603;
constexpr quint32 classOfOperatorClasses = 2616;
constexpr quint32 classOfFamilies = 2753;

constexpr int rankOfShells = 55;
constexpr int rankOfTypes = 60;
constexpr int rankOfSequences = 110;
constexpr int rankOfStandIns = 124;
constexpr int rankOfViews = 125;
constexpr int rankOfDefaults = 132;
constexpr int mostSteps = 8;

/// How surely the second end of a dependency is what the first belongs to; 0 = it is not.
int ownership(const DdlDependency &dependency)
{
    const quint32 catalog = ddlCatalog(dependency.from);
    const quint32 other = ddlCatalog(dependency.to);
    // An entry depends on its operator in the same manner.
    if ((catalog == classOfOperatorEntries || catalog == classOfSupportEntries)
        && other != classOfOperatorClasses && other != classOfFamilies)
        return 0;
    switch (dependency.kind) {
    case 'e':
        return 3;
    case 'i':
        return 2;
    case 'a':
        return 1;
    default:
        return 0;
    }
}

} // namespace

DdlPlan::DdlPlan(const DdlFacts &facts)
    : m_facts(facts)
    , m_split(facts.objects.size())
{
    learnOwners();
    constexpr int mostRounds = 4;
    for (int round = 0; round < mostRounds; ++round) {
        makeItems();
        makeEdges();
        if (!breakRings())
            break;
    }
    for (const int at : ddlOrder(m_places, m_edges))
        m_ordered.push_back(m_items[std::size_t(at)]);
}

void DdlPlan::learnOwners()
{
    for (std::size_t at = 0; at < m_facts.objects.size(); ++at) {
        const std::vector<DdlColumn> &columns = m_facts.objects[at].columns;
        for (std::size_t column = 0; column < columns.size(); ++column) {
            if (columns[column].defaultOid != 0)
                m_defaults.emplace(ddlKey(classOfDefaults, columns[column].defaultOid),
                                   std::pair(int(at), int(column)));
        }
    }
    std::unordered_map<DdlKey, int> sureness;
    for (const DdlDependency &dependency : m_facts.dependencies) {
        const int sure = ownership(dependency);
        if (sure == 0 || m_facts.find(dependency.from) >= 0 || m_defaults.contains(dependency.from))
            continue;
        int &known = sureness[dependency.from];
        if (sure > known) {
            known = sure;
            m_owners[dependency.from] = dependency.to;
        }
    }
}

int DdlPlan::ownerOf(DdlKey key) const
{
    for (int step = 0; step < mostSteps; ++step) {
        const int object = m_facts.find(key);
        if (object >= 0)
            return object;
        if (const auto found = m_defaults.find(key); found != m_defaults.end())
            return found->second.first;
        const auto owner = m_owners.find(key);
        if (owner == m_owners.end())
            return -1;
        key = owner->second;
    }
    return -1;
}

void DdlPlan::addItem(DdlItem item, int rank, QByteArray name)
{
    m_items.push_back(item);
    m_places.push_back({rank, std::move(name)});
}

/// The first places are the objects' own, by the same numbers.
void DdlPlan::makeItems()
{
    m_items.clear();
    m_places.clear();
    m_shells.clear();
    m_standIns.clear();
    m_separate.clear();
    for (std::size_t at = 0; at < m_facts.objects.size(); ++at) {
        const DdlObject &object = m_facts.objects[at];
        addItem({.object = int(at)}, object.rank, object.name.toByteArray());
    }
    for (std::size_t at = 0; at < m_facts.objects.size(); ++at) {
        const DdlObject &object = m_facts.objects[at];
        if (object.rank == rankOfTypes && !object.extra.isEmpty() && m_facts.one == 0) {
            m_shells.emplace(int(at), int(m_items.size()));
            addItem({int(at), DdlItem::Role::Shell}, rankOfShells, object.name.toByteArray());
        }
        if (!m_split[at])
            continue;
        if (object.rank == rankOfViews) {
            m_standIns.emplace(int(at), int(m_items.size()));
            addItem({int(at), DdlItem::Role::StandIn}, rankOfStandIns, object.name.toByteArray());
        }
        for (std::size_t column = 0; column < object.columns.size() && object.isTable; ++column) {
            const DdlColumn &one = object.columns[column];
            if (!one.hasDefault)
                continue;
            m_separate.emplace(ddlKey(classOfDefaults, one.defaultOid), int(m_items.size()));
            addItem({int(at), DdlItem::Role::Default, int(column)}, rankOfDefaults,
                    object.name.toByteArray() + ' ' + one.name.toByteArray());
        }
    }
}

/// Which place has what `key` depends on as its own dependency.
int DdlPlan::source(DdlKey key) const
{
    if (const auto separate = m_separate.find(key); separate != m_separate.end())
        return separate->second;
    const int object = m_facts.find(key);
    if (object < 0) {
        // A partition's copies of constraints and triggers come by themselves, after its table.
        const bool comesLater =
            ddlCatalog(key) == classOfConstraints || ddlCatalog(key) == classOfTriggers;
        return comesLater ? -1 : ownerOf(key);
    }
    const DdlObject &one = m_facts.objects[std::size_t(object)];
    if (one.whole != 0) {
        const int whole = m_facts.find(one.whole);
        return whole < 0 || m_split[std::size_t(whole)] ? object : whole;
    }
    const auto standIn = m_standIns.find(object);
    return standIn == m_standIns.end() ? object : standIn->second;
}

int DdlPlan::target(DdlKey key, DdlKey from) const
{
    const int object = ownerOf(key);
    if (object < 0)
        return -1;
    if (const auto standIn = m_standIns.find(object); standIn != m_standIns.end())
        return standIn->second;
    const auto shell = m_shells.find(object);
    if (shell == m_shells.end() || ddlCatalog(from) != classOfRoutines)
        return object;
    const QByteArray makers =
        m_facts.objects[std::size_t(object)].extra.toByteArray(); // "16390 16391"
    return makers.split(' ').contains(QByteArray::number(quint32(from))) ? shell->second : object;
}

void DdlPlan::addEdge(int before, int after)
{
    if (before >= 0 && after >= 0 && before != after)
        m_edges[std::size_t(before)].push_back(after);
}

void DdlPlan::makeEdges()
{
    m_edges.assign(m_items.size(), {});
    for (const DdlDependency &dependency : m_facts.dependencies) {
        const int from = source(dependency.from);
        if (from < 0)
            continue;
        const DdlItem &item = m_items[std::size_t(from)];
        // A sequence is tied to the column that owns it behind both.
        if (dependency.kind == 'a'
            && m_facts.objects[std::size_t(item.object)].rank == rankOfSequences)
            continue;
        // What a part says of its own table.
        if (item.role == DdlItem::Role::Whole && ownerOf(dependency.to) == item.object)
            continue;
        addEdge(target(dependency.to, dependency.from), from);
    }
    for (std::size_t at = 0; at < m_facts.objects.size(); ++at) {
        for (const DdlKey needed : m_facts.objects[at].needs)
            addEdge(target(needed, 0), int(at));
    }
    for (std::size_t at = m_facts.objects.size(); at < m_items.size(); ++at) {
        const DdlItem &item = m_items[at];
        if (item.role == DdlItem::Role::Default)
            addEdge(item.object, int(at));
        else
            addEdge(int(at), item.object);
    }
    for (std::vector<int> &followers : m_edges) {
        std::ranges::sort(followers);
        const auto rest = std::ranges::unique(followers);
        followers.erase(rest.begin(), rest.end());
    }
}

bool DdlPlan::canSplit(int object) const
{
    const DdlObject &one = m_facts.objects[std::size_t(object)];
    if (m_split[std::size_t(object)])
        return false;
    if (one.rank == rankOfViews)
        return !one.extra.isEmpty();
    return one.isTable
           && (!one.checks.empty() || std::ranges::any_of(one.columns, &DdlColumn::hasDefault));
}

/// True where something was taken apart that makes another order possible.
bool DdlPlan::breakRings()
{
    bool changed = false;
    for (const std::vector<int> &ring : ddlCycles(m_edges)) {
        for (const int at : ring) {
            const DdlItem &item = m_items[std::size_t(at)];
            if (item.role != DdlItem::Role::Whole || !canSplit(item.object))
                continue;
            m_split[std::size_t(item.object)] = true;
            changed = true;
        }
    }
    return changed;
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/dependencygraph.h"

#include "core/catalog/factrows.h"
#include "core/catalog/objectdetail.h"
#include "core/catalog/objectsql.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

using namespace Qt::StringLiterals;

namespace core {

namespace {

using How = Dependent::How;

// One more is asked for.
constexpr std::size_t mostNodes = 4000;

struct Edge {
    ObjectId to = {};
    int column = 0;
    char type = 'n';
    QString columnName = {};
};

/// An object or a part of one that was met on the way down.
struct Node {
    ObjectId id = {};
    int column = 0; ///< attnum of a column
    Oid relation = {};
    char letter = '\0';
    char action = '\0';
    bool isInner = false; ///< nothing of its own: a view's rule, a table's row type
    QString part = {};
    Oid publication = {};
    QString schema = {};
    QString name = {};
    QString identity = {};
    QString relationSchema = {};
    QString relationName = {};
    char relationLetter = 'r';
    std::vector<Edge> edges = {};
};

QString textOf(const FactRows &row, int column)
{
    return QString::fromUtf8(row.text(column));
}

Node nodeOf(const FactRows &row)
{
    Node node;
    node.id = {row.oid(0), row.oid(1)};
    node.column = row.number<int>(2);
    node.relation = row.oid(3);
    node.letter = row.letter(4);
    node.action = row.letter(5);
    node.isInner = row.flag(6);
    node.part = textOf(row, 7);
    node.publication = row.oid(8);
    node.schema = unquotedName(textOf(row, 10));
    node.identity = textOf(row, 12);
    node.name = unquotedName(textOf(row, 11));
    if (node.name.isEmpty())
        node.name = node.identity;
    node.relationSchema = textOf(row, 13);
    node.relationName = textOf(row, 14);
    node.relationLetter = row.letter(15);
    return node;
}

class Graph
{
public:
    Graph(ObjectId target, const Table &edges);

    [[nodiscard]] bool isEmpty() const { return m_nodes.empty(); }
    [[nodiscard]] Dependents list() const;

private:
    [[nodiscard]] const Node &target() const { return m_nodes.front(); }
    [[nodiscard]] ObjectId ownerOf(ObjectId id) const;
    [[nodiscard]] ObjectId ownerOf(const Node &node) const;
    [[nodiscard]] bool goesWhole(ObjectId id) const;
    [[nodiscard]] bool isShown(const Node &node) const;
    [[nodiscard]] Dependent dependentOf(const Node &node) const;
    void setHow(const Node &node, Dependent &dependent) const;
    [[nodiscard]] How howOfWhole(const Node &node) const;
    void setWay(const Node &node, Dependent &dependent) const;
    void gather(const Node &node, std::vector<const Edge *> &edges) const;

    ObjectId m_target;
    std::vector<Node> m_nodes; ///< the target first
    std::multimap<ObjectId, std::size_t> m_byId;
    std::multimap<ObjectId, std::size_t> m_inner; ///< by whom they belong to
};

Graph::Graph(ObjectId target, const Table &edges)
    : m_target(target)
{
    FactRows row(edges.chunks);
    while (row.next()) {
        const ObjectId id{row.oid(0), row.oid(1)};
        const int column = row.number<int>(2);
        if (m_nodes.empty() || m_nodes.back().id != id || m_nodes.back().column != column) {
            m_byId.emplace(id, m_nodes.size());
            m_nodes.push_back(nodeOf(row));
        }
        if (!row.isNull(16)) {
            m_nodes.back().edges.push_back({.to = {row.oid(16), row.oid(17)},
                                            .column = row.number<int>(18),
                                            .type = row.letter(19),
                                            .columnName = textOf(row, 20)});
        }
    }
    for (std::size_t at = 1; at < m_nodes.size(); ++at) {
        if (m_nodes[at].isInner)
            m_inner.emplace(ownerOf(m_nodes[at]), at);
    }
}

/// Whom an inner part or a part of a table stands for.
ObjectId Graph::ownerOf(const Node &node) const
{
    if (node.id == m_target)
        return m_target;
    if (node.isInner && !isValid(node.relation)) {
        for (const Edge &edge : node.edges) {
            if (edge.type == 'i' && edge.to != node.id)
                return ownerOf(edge.to);
        }
    }
    return isValid(node.relation) ? ObjectId{classCatalog, node.relation} : node.id;
}

ObjectId Graph::ownerOf(ObjectId id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? id : ownerOf(m_nodes[found->second]);
}

/// It is met as a whole, not only in some of its columns.
bool Graph::goesWhole(ObjectId id) const
{
    const auto [first, last] = m_byId.equal_range(id);
    return std::any_of(first, last,
                       [this](const auto &one) { return m_nodes[one.second].column == 0; });
}

bool Graph::isShown(const Node &node) const
{
    if (node.isInner || node.id == m_target || node.schema == "pg_toast"_L1
        || node.relationSchema == "pg_toast"_L1)
        return false;
    if (node.id.catalog == classCatalog && node.letter == 'S') {
        // Of an identity column, or of a table that goes: nothing of its own.
        return std::ranges::none_of(node.edges, [this](const Edge &edge) {
            return edge.type == 'i' || (edge.type == 'a' && edge.to != m_target);
        });
    }
    if (isValid(node.publication))
        return std::ranges::contains(node.edges, m_target, &Edge::to);
    if (!isValid(node.relation))
        return true;
    const ObjectId table{classCatalog, node.relation};
    if (table == m_target)
        return node.id.catalog == catalogs::pgTrigger || node.id.catalog == catalogs::pgRewrite;
    if (goesWhole(table))
        return false;
    // The default of a column that goes says nothing of its own, nor does the index of a
    // constraint that goes.
    return std::ranges::none_of(node.edges, [this, &node](const Edge &edge) {
        const bool isPart = edge.type == 'a' || edge.type == 'i';
        return isPart && node.column == 0
               && ((edge.to.catalog == classCatalog && edge.column != 0
                    && std::ranges::any_of(m_nodes,
                                           [&](const Node &other) {
                                               return other.id == edge.to
                                                      && other.column == edge.column;
                                           }))
                   || (edge.to.catalog == catalogs::pgConstraint && m_byId.contains(edge.to)));
    });
}

How Graph::howOfWhole(const Node &node) const
{
    const bool isRelation = node.id.catalog == classCatalog;
    if (m_target.catalog == catalogs::pgAuthid
        || ((m_target.catalog == schemaCatalog || m_target.catalog == catalogs::pgExtension)
            && std::ranges::contains(node.edges, m_target, &Edge::to)))
        return How::Member;
    for (const Edge &edge : node.edges) {
        if (isRelation && node.letter == 'S' && edge.column != 0)
            return How::Sequence;
        if (isRelation && edge.to.catalog == classCatalog && edge.column == 0)
            return edge.type == 'a' ? How::Partition : How::Inherits;
        const auto found = m_byId.find(edge.to);
        if (found != m_byId.end() && edge.to.catalog == catalogs::pgType
            && m_nodes[found->second].isInner)
            return How::RowType;
    }
    const bool reads = (isRelation && (node.letter == 'v' || node.letter == 'm'))
                       || node.id.catalog == catalogs::pgProc;
    return reads ? How::Reads : How::Other;
}

void Graph::setHow(const Node &node, Dependent &dependent) const
{
    const Oid catalog = node.id.catalog;
    if (catalog == catalogs::pgConstraint)
        dependent.how = node.letter == 'f' ? How::ForeignKey : How::Check;
    else if (catalog == catalogs::pgTrigger)
        dependent.how = How::Trigger;
    else if (catalog == catalogs::pgRewrite)
        dependent.how = How::Rule;
    else if (catalog == catalogs::pgPolicy)
        dependent.how = How::Policy;
    else if (catalog == catalogs::pgAttrdef)
        dependent.how = How::Default;
    else if (catalog == catalogs::pgStatisticExt)
        dependent.how = How::Statistics;
    else if (isValid(node.publication))
        dependent.how = How::Publication;
    else if (node.column != 0)
        dependent.how = How::Column;
    else if (catalog == classCatalog && isValid(node.relation))
        dependent.how = How::Index;
    else
        dependent.how = howOfWhole(node);
}

/// Its own edges and those of its inner parts.
void Graph::gather(const Node &node, std::vector<const Edge *> &edges) const
{
    for (const Edge &edge : node.edges)
        edges.push_back(&edge);
    const auto [first, last] = m_inner.equal_range(node.id);
    for (auto inner = first; inner != last; ++inner) {
        for (const Edge &edge : m_nodes[inner->second].edges)
            edges.push_back(&edge);
    }
}

/// Which columns of the object it needs, or by way of whom it depends on it.
void Graph::setWay(const Node &node, Dependent &dependent) const
{
    std::vector<const Edge *> edges;
    gather(node, edges);
    std::map<int, QString> columns;
    bool isDirect = edges.empty() || m_target.catalog == catalogs::pgAuthid;
    QString via;
    for (const Edge *edge : edges) {
        const ObjectId owner = ownerOf(edge->to);
        if (owner == m_target) {
            isDirect = true;
            if (!edge->columnName.isEmpty())
                columns.emplace(edge->column, edge->columnName);
        } else if (owner != node.id && owner != dependent.id && via.isEmpty()) {
            const auto found = m_byId.find(owner);
            if (found != m_byId.end())
                via = m_nodes[found->second].name;
        }
    }
    for (const auto &[number, name] : columns)
        dependent.columns << name;
    if (!isDirect)
        dependent.via = via;
}

Dependent Graph::dependentOf(const Node &node) const
{
    Dependent dependent;
    setHow(node, dependent);
    dependent.part = node.part;
    switch (node.action) {
    case 'c':
        dependent.onDelete = ForeignKeyAction::Cascade;
        break;
    case 'n':
        dependent.onDelete = ForeignKeyAction::SetNull;
        break;
    case 'd':
        dependent.onDelete = ForeignKeyAction::SetDefault;
        break;
    case 'r':
        dependent.onDelete = ForeignKeyAction::Restrict;
        break;
    default:
        break;
    }
    const bool isOwnPart = ObjectId{classCatalog, node.relation} == m_target;
    if (isValid(node.publication)) {
        dependent.id = {catalogs::pgPublication, node.publication};
        dependent.kind = ObjectKind::Publication;
        dependent.name = node.part;
    } else if (isValid(node.relation) && !isOwnPart) {
        dependent.id = {classCatalog, node.relation};
        dependent.kind = objectKindOf(classCatalog, node.relationLetter);
        dependent.schema = node.relationSchema;
        dependent.name = node.relationName;
    } else {
        dependent.id = node.id;
        dependent.kind = objectKindOf(node.id.catalog, node.letter);
        dependent.schema = isOwnPart ? node.relationSchema : node.schema;
        dependent.name = isOwnPart ? node.part : node.name;
        dependent.goes = true;
    }
    setWay(node, dependent);
    if (dependent.how == How::Sequence && !dependent.columns.isEmpty())
        dependent.part = dependent.columns.front();
    return dependent;
}

Dependents Graph::list() const
{
    Dependents found;
    found.identity = target().identity;
    found.complete = m_nodes.size() <= mostNodes;
    for (const Node &node : m_nodes) {
        if (isShown(node))
            found.list.push_back(dependentOf(node));
    }
    return found;
}

/// Functions that only name it in their text; those that are known by more than that are listed.
void addMentions(const Table &mentions, Dependents &found)
{
    constexpr std::pair<int, const char *> verbs[] = {
        {4, QT_TRANSLATE_NOOP("core::Dependencies", "updates")},
        {5, QT_TRANSLATE_NOOP("core::Dependencies", "inserts into")},
        {6, QT_TRANSLATE_NOOP("core::Dependencies", "deletes from")},
        {7, QT_TRANSLATE_NOOP("core::Dependencies", "truncates")}};
    FactRows row(mentions.chunks);
    while (row.next()) {
        Dependent dependent;
        dependent.id = {catalogs::pgProc, row.oid(0)};
        dependent.kind = objectKindOf(catalogs::pgProc, row.letter(1));
        dependent.how = How::Text;
        dependent.schema = textOf(row, 2);
        dependent.name = textOf(row, 3);
        for (const auto &[column, verb] : verbs) {
            if (row.flag(column))
                dependent.verbs << QCoreApplication::translate("core::Dependencies", verb);
        }
        if (std::ranges::none_of(found.list, [&](const Dependent &other) {
                return other.id == dependent.id && other.via.isEmpty();
            }))
            found.list.push_back(std::move(dependent));
    }
}

} // namespace

Result<Dependents> dependentsOf(ObjectId object, const Table &edges, const Table &mentions)
{
    const Graph graph(object, edges);
    if (graph.isEmpty())
        return std::unexpected(objectMissing(object));
    Dependents found = graph.list();
    if (found.identity.isEmpty())
        return std::unexpected(objectMissing(object));
    addMentions(mentions, found);
    const auto order = [](const Dependent &one) {
        return std::tuple(!one.via.isEmpty(), one.how, one.schema, one.name, one.part);
    };
    std::ranges::stable_sort(found.list, {}, order);
    return found;
}

} // namespace core

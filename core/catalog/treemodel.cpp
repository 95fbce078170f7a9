// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/treemodel.h"

#include "core/catalog/treedata.h"
#include "core/catalog/treenodes.h"

#include <QHash>

#include <algorithm>

namespace core {

namespace {

using Kind = TreeRef::Kind;
using Refs = std::vector<TreeRef>;

// More scattered changes than this below one node, and its rows are replaced as one: a view handles
// two changes of 20,000 rows faster than 10,000 of one row.
constexpr qsizetype mostRuns = 400;

quint64 keyOf(const TreeRef &ref)
{
    const quint16 which = ref.kind == Kind::Object ? quint16(ref.what) : quint16(ref.number);
    return (quint64(ref.kind) << 56) | (quint64(ref.folder) << 48)
           | (quint64(number(ref.object)) << 16) | quint64(which);
}

} // namespace

struct CatalogTreeModel::Node {
    TreeRef ref = {};
    Node *parent = nullptr;
    int row = 0;
    bool filled = false; ///< children were asked for
    std::vector<std::unique_ptr<Node>> children = {};
};

class CatalogTreeModel::Private
{
public:
    explicit Private(CatalogTreeModel *model)
        : q(model)
    {
    }

    [[nodiscard]] Node *node(const QModelIndex &index)
    {
        return index.isValid() ? static_cast<Node *>(index.internalPointer()) : &root;
    }
    [[nodiscard]] QModelIndex indexOf(const Node &of) const
    {
        return of.parent ? q->createIndex(of.row, 0, &of) : QModelIndex{};
    }
    void fill(Node &parent);
    void replaceContent(TreeContent next);

    CatalogTreeModel *q;
    TreeContent content;
    Node root = {};
    QString filter;
    bool systemSchemas = false;

private:
    void sync(Node &parent);
    void removeGone(Node &parent, const QHash<quint64, qsizetype> &places);
    void insertNew(Node &parent, const Refs &wanted);
    void removeRun(Node &parent, qsizetype first, qsizetype count);
    void insertRun(Node &parent, qsizetype first, std::span<const TreeRef> refs);
    static void renumber(Node &parent, qsizetype from);
    static std::unique_ptr<Node> made(Node &parent, const TreeRef &ref);
};

std::unique_ptr<CatalogTreeModel::Node> CatalogTreeModel::Private::made(Node &parent,
                                                                        const TreeRef &ref)
{
    auto node = std::make_unique<Node>();
    node->ref = ref;
    node->parent = &parent;
    return node;
}

void CatalogTreeModel::Private::renumber(Node &parent, qsizetype from)
{
    for (qsizetype row = from; row < std::ssize(parent.children); ++row)
        parent.children[std::size_t(row)]->row = int(row);
}

/// No signals: a node has had its children all the time, nobody looked.
void CatalogTreeModel::Private::fill(Node &parent)
{
    if (std::exchange(parent.filled, true))
        return;
    for (const TreeRef &ref : content.children(parent.ref))
        parent.children.push_back(made(parent, ref));
    renumber(parent, 0);
}

void CatalogTreeModel::Private::replaceContent(TreeContent next)
{
    content = std::move(next);
    sync(root);
}

void CatalogTreeModel::Private::removeRun(Node &parent, qsizetype first, qsizetype count)
{
    q->beginRemoveRows(indexOf(parent), int(first), int(first + count - 1));
    const auto begin = parent.children.begin() + first;
    parent.children.erase(begin, begin + count);
    renumber(parent, first);
    q->endRemoveRows();
}

void CatalogTreeModel::Private::insertRun(Node &parent, qsizetype first,
                                          std::span<const TreeRef> refs)
{
    q->beginInsertRows(indexOf(parent), int(first), int(first) + int(refs.size()) - 1);
    std::vector<std::unique_ptr<Node>> nodes;
    for (const TreeRef &ref : refs)
        nodes.push_back(made(parent, ref));
    parent.children.insert(parent.children.begin() + first, std::make_move_iterator(nodes.begin()),
                           std::make_move_iterator(nodes.end()));
    renumber(parent, first);
    q->endInsertRows();
}

/// Also removes what would stand in another order now (a rename); it comes back at its place.
void CatalogTreeModel::Private::removeGone(Node &parent, const QHash<quint64, qsizetype> &places)
{
    std::vector<bool> stays(parent.children.size());
    qsizetype last = -1;
    qsizetype runs = 0;
    for (std::size_t row = 0; row < stays.size(); ++row) {
        const qsizetype place = places.value(keyOf(parent.children[row]->ref), -1);
        stays[row] = place > last;
        last = std::max(last, place);
        runs += row > 0 && stays[row] != stays[row - 1] ? 1 : 0;
    }
    if (runs > mostRuns)
        std::ranges::fill(stays, false);
    for (qsizetype end = std::ssize(stays); end > 0;) {
        qsizetype first = end - 1;
        if (stays[std::size_t(first)]) {
            end = first;
            continue;
        }
        while (first > 0 && !stays[std::size_t(first - 1)])
            --first;
        removeRun(parent, first, end - first);
        end = first;
    }
}

void CatalogTreeModel::Private::insertNew(Node &parent, const Refs &wanted)
{
    const auto has = [&](std::size_t place) {
        return place < parent.children.size() && parent.children[place]->ref == wanted[place];
    };
    qsizetype runs = 0;
    bool inRun = false;
    for (std::size_t place = 0, child = 0; place < wanted.size(); ++place) {
        const bool known =
            child < parent.children.size() && parent.children[child]->ref == wanted[place];
        child += known ? 1 : 0;
        runs += !known && !inRun ? 1 : 0;
        inRun = !known;
    }
    if (runs > mostRuns && !parent.children.empty())
        removeRun(parent, 0, std::ssize(parent.children));
    for (std::size_t place = 0; place < wanted.size();) {
        if (has(place)) {
            ++place;
            continue;
        }
        std::size_t end = place;
        const TreeRef *const next =
            place < parent.children.size() ? &parent.children[place]->ref : nullptr;
        while (end < wanted.size() && !(next && wanted[end] == *next))
            ++end;
        insertRun(parent, qsizetype(place), std::span(wanted).subspan(place, end - place));
        place = end;
    }
}

void CatalogTreeModel::Private::sync(Node &parent)
{
    if (!parent.filled)
        return;
    const Refs wanted = content.children(parent.ref);
    QHash<quint64, qsizetype> places;
    places.reserve(std::ssize(wanted));
    for (qsizetype place = 0; place < std::ssize(wanted); ++place)
        places.insert(keyOf(wanted[std::size_t(place)]), place);
    removeGone(parent, places);
    insertNew(parent, wanted);
    if (parent.children.empty())
        return;
    for (const auto &child : parent.children)
        sync(*child);
    emit q->dataChanged(indexOf(*parent.children.front()), indexOf(*parent.children.back()));
}

CatalogTreeModel::CatalogTreeModel(QObject *parent)
    : QAbstractItemModel(parent)
    , d(std::make_unique<Private>(this))
{
}

CatalogTreeModel::~CatalogTreeModel() = default;

void CatalogTreeModel::setCatalog(CatalogPtr catalog)
{
    d->replaceContent(TreeContent(std::move(catalog), d->filter, d->systemSchemas));
}

const CatalogPtr &CatalogTreeModel::catalog() const
{
    return d->content.catalog();
}

void CatalogTreeModel::setFilter(const QString &pattern)
{
    if (d->filter == pattern)
        return;
    d->filter = pattern;
    d->replaceContent(TreeContent(d->content.catalog(), d->filter, d->systemSchemas));
}

QString CatalogTreeModel::filter() const
{
    return d->filter;
}

int CatalogTreeModel::filterMatches() const
{
    return d->content.matchCount();
}

void CatalogTreeModel::setSystemSchemasShown(bool shown)
{
    if (d->systemSchemas == shown)
        return;
    d->systemSchemas = shown;
    d->replaceContent(TreeContent(d->content.catalog(), d->filter, d->systemSchemas));
}

bool CatalogTreeModel::systemSchemasShown() const
{
    return d->systemSchemas;
}

TreeRef CatalogTreeModel::ref(const QModelIndex &index) const
{
    return d->node(index)->ref;
}

std::optional<ObjectId> CatalogTreeModel::object(const QModelIndex &index) const
{
    const TreeRef of = ref(index);
    switch (of.kind) {
    case Kind::Schema:
        return ObjectId{schemaCatalog, of.object};
    case Kind::Relation:
    case Kind::Column:
        return ObjectId{classCatalog, of.object};
    case Kind::Object:
        return ObjectId{systemCatalogOf(of.what), of.object};
    default:
        return std::nullopt;
    }
}

QModelIndex CatalogTreeModel::indexOf(const TreeRef &ref) const
{
    if (ref.kind == Kind::None)
        return {};
    const TreeRef above = d->content.parentOf(ref);
    const bool isTop =
        ref.kind == Kind::Schema || (ref.kind == Kind::Folder && !isValid(ref.object));
    if (above.kind == Kind::None && !isTop)
        return {};
    const QModelIndex parentIndex = indexOf(above);
    if (above.kind != Kind::None && !parentIndex.isValid())
        return {};
    Node *const parentNode = d->node(parentIndex);
    d->fill(*parentNode);
    const auto found =
        std::ranges::find(parentNode->children, ref, [](const auto &node) { return node->ref; });
    return found == parentNode->children.end() ? QModelIndex{} : d->indexOf(**found);
}

QModelIndex CatalogTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || parent.column() > 0)
        return {};
    Node *const above = d->node(parent);
    d->fill(*above);
    return row < std::ssize(above->children) ? d->indexOf(*above->children[std::size_t(row)])
                                             : QModelIndex{};
}

QModelIndex CatalogTreeModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    return d->indexOf(*d->node(child)->parent);
}

int CatalogTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    Node *const above = d->node(parent);
    d->fill(*above);
    return int(above->children.size());
}

int CatalogTreeModel::columnCount(const QModelIndex &) const
{
    return 1;
}

bool CatalogTreeModel::hasChildren(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return false;
    const Node *const above = d->node(parent);
    return above->filled && !above->children.empty() ? true : d->content.hasChildren(above->ref);
}

QVariant CatalogTreeModel::data(const QModelIndex &index, int role) const
{
    return index.isValid() ? treeData(d->content, d->node(index)->ref, role) : QVariant{};
}

Qt::ItemFlags CatalogTreeModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const TreeRef &ref = d->node(index)->ref;
    const bool leaf =
        ref.kind == Kind::Column || (ref.kind == Kind::Object && !mayHaveObjectsBelow(ref.what));
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable
           | (leaf ? Qt::ItemFlags(Qt::ItemNeverHasChildren) : Qt::ItemFlags{});
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/activitymodel.h"

#include <algorithm>
#include <map>
#include <set>

using namespace Qt::StringLiterals;

namespace core {

/// What is shown; holds its own copy, so that an old look can go.
struct ActivityModel::Node {
    ActivitySession session = {};
    QString key = {};
    int blocks = 0;
    Node *above = nullptr;
    std::vector<std::unique_ptr<Node>> below = {};

    [[nodiscard]] int row() const
    {
        const auto found = std::ranges::find_if(
            above->below, [this](const auto &one) { return one.get() == this; });
        return int(found - above->below.begin());
    }
};

/// What is to be shown.
struct ActivityModel::Branch {
    const ActivitySession *session = nullptr;
    int blocks = 0;
    std::vector<Branch> below = {};
};

namespace {

using State = ActivitySession::State;

int rankOf(const ActivitySession &session, int blocks)
{
    if (blocks > 0)
        return 0;
    if (session.isBlocked())
        return 1;
    if (session.own)
        return 5;
    if (session.state == State::IdleInTransaction || session.state == State::Failed)
        return 2;
    return isLong(session) ? 3 : 4;
}

/// For each session the one that it stands below; a circle is cut at its first session.
std::map<int, int> parents(const Activity &activity)
{
    std::map<int, int> above;
    for (const ActivitySession &session : activity.sessions) {
        for (const int blocker : session.blockedBy) {
            if (blocker == session.pid || !activity.find(blocker))
                continue;
            std::set<int> seen = {session.pid};
            int at = blocker;
            while (above.contains(at) && seen.insert(at).second)
                at = above[at];
            if (at == session.pid)
                continue; // a deadlock: the server will end one of them
            above[session.pid] = blocker;
            break;
        }
    }
    return above;
}

QString stateWords(const ActivitySession &session)
{
    switch (session.state) {
    case State::Hidden:
        return ActivityModel::tr("not visible to this role");
    case State::Active:
        return session.query.isEmpty() ? ActivityModel::tr("active") : session.query.simplified();
    case State::Idle:
        return ActivityModel::tr("idle");
    case State::IdleInTransaction:
        return ActivityModel::tr("idle in transaction");
    case State::Failed:
        return ActivityModel::tr("idle in a failed transaction");
    case State::Other:
        break;
    }
    return session.stateText.isEmpty() ? session.kind : session.stateText;
}

/// How long it has been what the state column says.
QString since(const ActivitySession &session)
{
    if (!session.visible || session.stateChange.isEmpty())
        return {};
    const bool open = session.state == State::IdleInTransaction || session.state == State::Failed;
    return activityDuration(open ? session.inTransaction : session.inState);
}

} // namespace

ActivityModel::ActivityModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_root(std::make_unique<Node>())
{
}

ActivityModel::~ActivityModel() = default;

void ActivityModel::setActivity(const ActivityPtr &activity)
{
    m_activity = activity;
    rebuild();
}

void ActivityModel::setFilter(Filter filter)
{
    if (std::exchange(m_filter, filter) != filter)
        rebuild();
}

std::vector<ActivityModel::Branch> ActivityModel::plan() const
{
    if (!m_activity)
        return {};
    const std::map<int, int> above = parents(*m_activity);
    std::multimap<int, const ActivitySession *> below;
    for (const ActivitySession &session : m_activity->sessions) {
        const auto found = above.find(session.pid);
        below.emplace(found == above.end() ? 0 : found->second, &session);
    }
    const auto grow = [&below](const auto &self, int pid) -> std::vector<Branch> {
        std::vector<Branch> branches;
        const auto [first, last] = below.equal_range(pid);
        for (auto one = first; one != last; ++one) {
            Branch branch{one->second, 0, self(self, one->second->pid)};
            for (const Branch &child : branch.below)
                branch.blocks += 1 + child.blocks;
            branches.push_back(std::move(branch));
        }
        std::ranges::stable_sort(branches, [](const Branch &a, const Branch &b) {
            const int left = rankOf(*a.session, a.blocks);
            const int right = rankOf(*b.session, b.blocks);
            return left != right ? left < right : a.blocks > b.blocks;
        });
        return branches;
    };
    std::vector<Branch> roots = grow(grow, 0);
    std::erase_if(roots, [this](const Branch &branch) {
        if (m_filter == Filter::Blocked)
            return branch.blocks == 0 && !branch.session->isBlocked();
        return m_filter == Filter::Long && branch.blocks == 0 && !isLong(*branch.session);
    });
    return roots;
}

void ActivityModel::rebuild()
{
    std::vector<Branch> branches = plan();
    sync(*m_root, branches);
}

/// Takes away what is gone, then walks along the new order: a node that is there is kept, one that
/// stands further down is moved, others are new.
void ActivityModel::sync(Node &parent, std::vector<Branch> &branches)
{
    const QModelIndex at = indexOf(parent);
    for (int row = int(parent.below.size()) - 1; row >= 0; --row) {
        const QString &key = parent.below[std::size_t(row)]->key;
        if (std::ranges::any_of(branches,
                                [&](const Branch &one) { return one.session->key() == key; }))
            continue;
        beginRemoveRows(at, row, row);
        parent.below.erase(parent.below.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < int(branches.size()); ++row) {
        Branch &branch = branches[std::size_t(row)];
        const QString key = branch.session->key();
        const auto place = parent.below.begin() + row;
        const auto found = std::find_if(place, parent.below.end(),
                                        [&](const auto &node) { return node->key == key; });
        if (found == parent.below.end()) {
            auto made = std::make_unique<Node>();
            made->key = key;
            made->above = &parent;
            made->session = *branch.session;
            beginInsertRows(at, row, row);
            parent.below.insert(place, std::move(made));
            endInsertRows();
        } else if (found != place) {
            const int from = int(found - parent.below.begin());
            beginMoveRows(at, from, from, at, row);
            std::rotate(place, found, found + 1);
            endMoveRows();
        }
        Node &node = *parent.below[std::size_t(row)];
        const bool same = node.session == *branch.session && node.blocks == branch.blocks;
        node.session = *branch.session;
        node.blocks = branch.blocks;
        if (!same)
            emit dataChanged(createIndex(row, 0, &node), createIndex(row, ColumnCount - 1, &node));
        sync(node, branch.below);
    }
}

const ActivitySession *ActivityModel::session(const QModelIndex &index) const
{
    return index.isValid() ? &static_cast<const Node *>(index.internalPointer())->session : nullptr;
}

ActivityModel::Node *ActivityModel::find(Node &node, const QString &key) const
{
    for (const std::unique_ptr<Node> &child : node.below) {
        if (child->key == key)
            return child.get();
        if (Node *deeper = find(*child, key))
            return deeper;
    }
    return nullptr;
}

QModelIndex ActivityModel::indexOf(const QString &key) const
{
    const Node *found = find(*m_root, key);
    return found ? indexOf(*found) : QModelIndex();
}

QModelIndex ActivityModel::indexOf(const Node &node) const
{
    return node.above ? createIndex(node.row(), 0, &node) : QModelIndex();
}

QModelIndex ActivityModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    const Node &above =
        parent.isValid() ? *static_cast<const Node *>(parent.internalPointer()) : *m_root;
    return createIndex(row, column, above.below[std::size_t(row)].get());
}

QModelIndex ActivityModel::parent(const QModelIndex &child) const
{
    if (!child.isValid())
        return {};
    return indexOf(*static_cast<const Node *>(child.internalPointer())->above);
}

int ActivityModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    const Node &node =
        parent.isValid() ? *static_cast<const Node *>(parent.internalPointer()) : *m_root;
    return int(node.below.size());
}

int ActivityModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QVariant ActivityModel::text(const ActivitySession &session, int column) const
{
    switch (column) {
    case Session: {
        const QString name = session.own ? tr("Sluice") : session.application;
        return QString(
                   QString::number(session.pid) + u' '
                   + (name.isEmpty() && session.kind != "client backend"_L1 ? session.kind : name))
            .trimmed();
    }
    case Who:
        return session.user;
    case State:
        return stateWords(session);
    case For:
        return since(session);
    case WaitsFor:
        return waitText(session);
    default:
        return {};
    }
}

QVariant ActivityModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *static_cast<const Node *>(index.internalPointer());
    switch (role) {
    case Qt::DisplayRole:
        return text(node.session, index.column());
    case KeyRole:
        return node.key;
    case PidRole:
        return node.session.pid;
    case StateRole:
        return int(node.session.state);
    case BlockedRole:
        return node.session.isBlocked();
    case BlocksRole:
        return node.blocks;
    case OwnRole:
        return node.session.own;
    case ApplicationRole:
        return node.session.own ? tr("Sluice") : node.session.application;
    case LongRole:
        return isLong(node.session);
    default:
        return {};
    }
}

QVariant ActivityModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role == Qt::TextAlignmentRole && section == For)
        return int(Qt::AlignRight | Qt::AlignVCenter);
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Session:
        return tr("Session");
    case Who:
        return tr("Who");
    case State:
        return tr("State");
    case For:
        return tr("For");
    case WaitsFor:
        return tr("Waits for");
    default:
        return {};
    }
}

} // namespace core

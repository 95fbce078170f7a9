// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/activity.h"

#include <QAbstractItemModel>

#include <memory>

namespace core {

/// The sessions as a tree: who is blocked stands below the session that it waits for. A new look
/// changes only what is different, so that selection, open branches and place stay. Order: those
/// that block others (the longest queue first), then idle in transaction, then long-running, then
/// all others by age, this program's own last; a session that merely runs short statements keeps
/// its place.
class ActivityModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column : int { Session, Who, State, For, WaitsFor, ColumnCount };
    enum Role : int {
        KeyRole = Qt::UserRole + 1, ///< QString, ActivitySession::key()
        PidRole,                    ///< int
        StateRole,                  ///< int, ActivitySession::State
        BlockedRole,                ///< bool: waits for another
        BlocksRole,                 ///< int: how many wait behind it
        OwnRole,                    ///< bool
        ApplicationRole,            ///< QString
        LongRole,                   ///< bool
    };
    enum class Filter : quint8 { All, Blocked, Long };

    explicit ActivityModel(QObject *parent = nullptr);
    ~ActivityModel() override;

    /// Null empties it.
    void setActivity(const ActivityPtr &activity);
    [[nodiscard]] const ActivityPtr &activity() const { return m_activity; }
    /// Blocked: waiting sessions and those they wait for.
    void setFilter(Filter filter);
    [[nodiscard]] const ActivitySession *session(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(const QString &key) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role) const override;

private:
    struct Node;
    struct Branch;
    [[nodiscard]] std::vector<Branch> plan() const;
    void rebuild();
    void sync(Node &parent, std::vector<Branch> &branches);
    [[nodiscard]] QModelIndex indexOf(const Node &node) const;
    [[nodiscard]] Node *find(Node &node, const QString &key) const;
    [[nodiscard]] QVariant text(const ActivitySession &session, int column) const;

    ActivityPtr m_activity;
    std::unique_ptr<Node> m_root;
    Filter m_filter = Filter::All;
};

} // namespace core

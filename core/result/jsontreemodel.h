// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/jsonscan.h"

#include <QAbstractItemModel>

#include <memory>
#include <vector>

namespace core {

/// A JSON value as a tree. The text is kept as it was sent and is taken apart where a person opens
/// it, so that a value of many megabytes costs what is looked at. Beyond the caps nothing is hidden
/// silently: the last row of a container says how many more there are. One column. No colours:
/// roles say what a row is.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role : int {
        KindRole =
            Qt::UserRole, ///< int(JsonKind); invalid for a row that stands for those not shown
        KeyRole,          ///< name or index; empty for the root
        ValueRole,  ///< a scalar as it stands in the text, cut for display; "3 keys", "2 items" for
                    ///< containers
        PathRole,   ///< SQL/JSON path, `$."tax"[0]`
        SourceRole, ///< the value's exact text
    };
    struct Limits {
        int batch = 500;        ///< children made by one fetchMore()
        int children = 100'000; ///< of one container
        int nodes = 1'000'000;  ///< of the whole tree
        int depth = 500;
    };
    /// Larger texts are not offered as a tree: checking one takes time in the thread of the view.
    static constexpr qsizetype mostBytes = qsizetype(16) * 1024 * 1024;

    explicit JsonTreeModel(QObject *parent = nullptr);
    JsonTreeModel(Limits limits, QObject *parent);
    ~JsonTreeModel() override;

    /// Shows a text; an error leaves the model empty: `json.invalid`, `json.tooBig`.
    [[nodiscard]] Result<> setText(const QByteArray &text);
    void clear();

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;
    [[nodiscard]] QVariant data(const QModelIndex &index,
                                int role = Qt::DisplayRole) const override;

private:
    struct Node;
    [[nodiscard]] const Node *node(const QModelIndex &index) const;
    [[nodiscard]] Node *node(const QModelIndex &index);
    [[nodiscard]] bool isFull(const Node &container) const;
    [[nodiscard]] QString keyOf(const Node &node) const;
    [[nodiscard]] QString valueOf(const Node &node) const;
    [[nodiscard]] QString pathOf(const Node &node) const;

    const Limits m_limits;
    QByteArray m_text;
    std::unique_ptr<Node> m_root; ///< not a row itself: its only child is the document
    int m_nodes = 0;
};

} // namespace core

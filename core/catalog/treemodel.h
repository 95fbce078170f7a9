// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"

#include <QAbstractItemModel>

#include <memory>

namespace core {

/// One thing of the tree, by what stays the same from one Catalog to the next.
struct TreeRef {
    enum class Kind : quint8 { None, Schema, Folder, Relation, Column, Object };
    enum class Folder : quint8 {
        None,
        // Of a schema.
        Tables,
        Views,
        MaterializedViews,
        ForeignTables,
        Sequences,
        Functions,
        Procedures,
        Aggregates,
        Types,
        Domains,
        Operators,
        OperatorClasses,
        Collations,
        Conversions,
        TextSearch,
        // Of a relation.
        Partitions,
        Keys,
        Indexes,
        Triggers,
        Rules,
        Policies,
        Statistics,
        // Of the database.
        Extensions,
        Casts,
        Languages,
        Transforms,
        AccessMethods,
        ForeignDataWrappers,
        ForeignServers,
        Publications,
        Subscriptions,
        EventTriggers,
        Roles,
    };
    Kind kind = Kind::None;
    Folder folder = Folder::None; ///< of a Folder
    Oid object = {}; ///< schema, relation or object; for Folder and Column the one it belongs to,
                     ///< Oid{} = the database
    int number = 0;  ///< attnum of a Column
    ObjectKind what = ObjectKind::Table; ///< of an Object
    bool operator==(const TreeRef &) const = default;
};

/// Schema → folder → relation → column, and beside them every other object in folders of its
/// schema, its relation or the database; one model column, made from a Catalog node by node as a
/// view looks at it. Partitions lie in a folder below their parent, members of an extension below
/// it, and what this role may not read has a folder of the database that says so. A new Catalog and
/// a new filter arrive as insertions and removals, so that expansion, selection and scroll position
/// of a view stay. Lives in the thread of its views; no I/O anywhere.
class CatalogTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        RefRole = Qt::UserRole, ///< core::TreeRef
        RelationKindRole,       ///< int(core::RelationKind) of a relation; invalid elsewhere
        ObjectKindRole,         ///< int(core::ObjectKind) of any object; invalid elsewhere
        FactRole,     ///< QString, right-hand caption: "≈ 3.1 M", a folder's count, a column's type
        OidRole,      ///< quint32 of schema or relation
        KeyRole,      ///< int(ColumnKey) of a column, and of a constraint
        NotNullRole,  ///< bool of a column
        LoadingRole,  ///< bool: what is below is still being loaded
        NoAccessRole, ///< bool: this role may not read it
        MatchRole,    ///< QList<int>: positions of the filter's letters in the name, for emphasis
        CommentRole,  ///< QString, plain text
        NameRole,     ///< QString as the server has it; the display text shows control characters
    };
    enum class ColumnKey : quint8 { None, Primary, Foreign, PrimaryAndForeign };

    explicit CatalogTreeModel(QObject *parent = nullptr);
    ~CatalogTreeModel() override;

    /// Null empties the tree.
    void setCatalog(CatalogPtr catalog);
    [[nodiscard]] const CatalogPtr &catalog() const;
    /// Only what matches by its name (see namesearch.h) or, from three letters on, by that of a
    /// column, index, key, trigger, rule or policy; parts of a relation are there as ever. Empty
    /// shows all.
    void setFilter(const QString &pattern);
    [[nodiscard]] QString filter() const;
    /// What matches and stands by itself, or has a part that does; all of that without a filter.
    [[nodiscard]] int filterMatches() const;
    void setSystemSchemasShown(bool shown);
    [[nodiscard]] bool systemSchemasShown() const;

    [[nodiscard]] TreeRef ref(const QModelIndex &index) const;
    /// None for a folder; a column stands for its relation.
    [[nodiscard]] std::optional<ObjectId> object(const QModelIndex &index) const;
    /// Makes the nodes on the way; invalid when it is not in the tree now.
    [[nodiscard]] QModelIndex indexOf(const TreeRef &ref) const;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &child) const override;
    using QObject::parent;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] bool hasChildren(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Node;
    class Private;
    std::unique_ptr<Private> d;
};

/// "≈ 3.1 M", "≈ 940", in the user's locale; empty when nothing is known.
[[nodiscard]] QString approximateCount(std::optional<double> rows);

} // namespace core

Q_DECLARE_METATYPE(core::TreeRef)

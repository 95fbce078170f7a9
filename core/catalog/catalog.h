// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/catalog/catalogtypes.h"
#include "core/catalog/objectinfo.h"

#include <QByteArrayList>
#include <QStringView>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace core {

class CatalogBuilder;
class NumberArena;
class ObjectBuilder;
class StringArena;

/// What a database holds, as one immutable value: made on a worker, then shared between threads by
/// pointer. Strings and spans that it hands out stay valid as long as the Catalog lives. Strings
/// are the server's bytes (UTF-8, except in a SQL_ASCII database); look-ups are logarithmic.
/// pg_toast and other sessions' temporary schemas are not in it.
class Catalog
{
public:
    ~Catalog();

    /// False for the first, quick stage of a load: schemas and relations are there; columns, keys,
    /// indexes are not.
    [[nodiscard]] bool hasDetails() const { return m_details; }
    [[nodiscard]] QByteArrayView databaseName() const { return m_database; }
    [[nodiscard]] int serverVersion() const { return m_serverVersion; }
    /// current_schemas(true): where an unqualified name is looked for, in this order.
    [[nodiscard]] const QByteArrayList &searchPath() const { return m_searchPath; }

    /// In the order of their names.
    [[nodiscard]] std::span<const SchemaInfo> schemas() const { return m_schemas; }
    /// In the order of schema name, then relation name.
    [[nodiscard]] std::span<const RelationInfo> relations() const { return m_relations; }
    [[nodiscard]] std::span<const RelationInfo> relationsOf(const SchemaInfo &schema) const;
    /// In the order of attnum; dropped and system columns are not among them.
    [[nodiscard]] std::span<const ColumnInfo> columnsOf(const RelationInfo &relation) const;
    [[nodiscard]] std::span<const IndexInfo> indexesOf(const RelationInfo &relation) const;
    /// Primary key first, then unique, foreign key, check and exclusion constraints, each by name.
    [[nodiscard]] std::span<const ConstraintInfo> constraintsOf(const RelationInfo &relation) const;
    /// Foreign keys of other tables that point here.
    [[nodiscard]] std::span<const ConstraintInfo *const>
    referencesTo(const RelationInfo &relation) const;
    /// Direct partitions (or inheriting tables) of a relation, by name.
    [[nodiscard]] std::vector<const RelationInfo *> childrenOf(const RelationInfo &relation) const;

    /// All that is neither a relation nor one of its columns, indexes and constraints; after the
    /// details, as are roles and memberships. In the order of schema, kind, name and detail.
    [[nodiscard]] std::span<const ObjectInfo> objectsOf(const SchemaInfo &schema) const;
    [[nodiscard]] std::span<const ObjectInfo> objectsOf(const SchemaInfo &schema,
                                                        ObjectKind kind) const;
    /// Those without a schema: extensions, casts, languages, roles …
    [[nodiscard]] std::span<const ObjectInfo> databaseObjects() const;
    [[nodiscard]] std::span<const ObjectInfo> databaseObjects(ObjectKind kind) const;
    /// Triggers, rules, policies and statistics of a relation.
    [[nodiscard]] std::span<const ObjectInfo> partsOf(const RelationInfo &relation) const;
    /// Constraints of a domain, mappings of a server; looks at each object that can be one.
    [[nodiscard]] std::vector<ObjectInfo> objectsBelow(const ObjectInfo &parent) const;
    /// Relations and other objects of an extension, by kind and name.
    [[nodiscard]] std::vector<ObjectInfo> membersOf(Oid extension) const;
    /// The facts of any object, also of a relation, a schema, an index or a constraint.
    [[nodiscard]] std::optional<ObjectInfo> object(ObjectId id) const;
    [[nodiscard]] ObjectInfo objectOf(const RelationInfo &relation) const;
    [[nodiscard]] const IndexInfo *index(Oid oid) const;
    [[nodiscard]] const ConstraintInfo *constraint(Oid oid) const;
    [[nodiscard]] std::span<const RoleInfo> roles() const { return m_roles; } ///< by oid
    [[nodiscard]] const RoleInfo *role(Oid oid) const;
    /// What a role belongs to.
    [[nodiscard]] std::span<const RoleMembership> membershipsOf(Oid role) const;
    [[nodiscard]] const CatalogFingerprint &fingerprint() const { return m_fingerprint; }

    [[nodiscard]] const SchemaInfo *schema(Oid oid) const;
    [[nodiscard]] const SchemaInfo *schema(QByteArrayView name) const;
    [[nodiscard]] const RelationInfo *relation(Oid oid) const;
    [[nodiscard]] const RelationInfo *relation(QByteArrayView schema, QByteArrayView name) const;
    [[nodiscard]] const ColumnInfo *column(const RelationInfo &relation, int attnum) const;
    [[nodiscard]] const ConstraintInfo *primaryKeyOf(const RelationInfo &relation) const;
    [[nodiscard]] const TypeInfo *type(Oid oid) const;
    /// The type below any number of domains; `oid` itself when it is none or is not known.
    [[nodiscard]] Oid baseType(Oid oid) const;
    /// Comment of a relation's column (attnum), or of the relation (0); mostly empty.
    [[nodiscard]] QByteArrayView comment(Oid relation, int attnum = 0) const
    {
        return comment(ObjectId{classCatalog, relation}, attnum);
    }
    [[nodiscard]] QByteArrayView comment(ObjectId object, int part = 0) const;

    /// Rows by the statistics; a partitioned table's are the sum of its leaves. None while nothing
    /// is known.
    [[nodiscard]] std::optional<double> estimatedRows(const RelationInfo &relation) const;

    /// Reads a name as `::regclass` does: parts folded to lower case unless quoted, "" in quotes,
    /// blanks around dots, `db.schema.name` for this database, digits alone as an oid; unqualified
    /// names along the search path. Errors (kind Usage): relation.badName with the position,
    /// relation.missing and relation.ambiguous (not on the search path, and in more than one
    /// schema), both with names that may be meant.
    [[nodiscard]] Result<Oid> resolve(QStringView name) const;
    /// "schema"."name", quoted only where needed; what a person reads and resolve() takes.
    [[nodiscard]] QString displayName(const RelationInfo &relation) const;
    /// The same of any object: with its arguments (a function), its table (a trigger).
    [[nodiscard]] QString displayName(const ObjectInfo &object) const;

    /// Kinds of facts that the server refused to this role ("pg_constraint"); shown as 'no
    /// permission'.
    [[nodiscard]] const QByteArrayList &refused() const { return m_refused; }
    /// Memory held, in bytes.
    [[nodiscard]] qsizetype residentBytes() const;

private:
    friend class CatalogBuilder;
    friend class ObjectBuilder;
    Catalog();

    struct Member {
        Oid extension = {};
        ObjectId object = {};
        auto operator<=>(const Member &) const = default;
    };
    struct Comment {
        ObjectId object = {};
        int part = 0;
        QByteArrayView text = {};
    };
    std::unique_ptr<StringArena> m_strings;
    std::unique_ptr<NumberArena> m_numbers;
    std::vector<SchemaInfo> m_schemas;
    std::vector<RelationInfo> m_relations;
    std::vector<ColumnInfo> m_columns;                ///< by relation index, attnum
    std::vector<IndexInfo> m_indexes;                 ///< by relation index, name
    std::vector<ConstraintInfo> m_constraints;        ///< by relation index, kind, name
    std::vector<const ConstraintInfo *> m_references; ///< by referenced relation index
    std::vector<quint32> m_children;                  ///< relation indexes, by parent index
    std::vector<TypeInfo> m_types;                    ///< by oid
    std::vector<Comment> m_comments;                  ///< by object, part
    std::vector<quint32> m_byOid;                     ///< relation indexes, by oid
    /// By schema in its order, then those of the database, then parts by relation index.
    std::vector<ObjectInfo> m_objects;
    std::vector<quint32> m_objectsById;      ///< object indexes, by id
    std::vector<quint32> m_indexesByOid;     ///< into m_indexes
    std::vector<quint32> m_constraintsByOid; ///< into m_constraints
    std::vector<Member> m_members;
    std::vector<RoleInfo> m_roles;
    std::vector<RoleMembership> m_memberships; ///< by member, role
    CatalogSlice m_databaseObjects = {};
    CatalogFingerprint m_fingerprint;
    QByteArray m_database;
    QByteArrayList m_searchPath;
    QByteArrayList m_refused;
    int m_serverVersion = 0;
    bool m_details = false;
};
using CatalogPtr = std::shared_ptr<const Catalog>;

} // namespace core

Q_DECLARE_METATYPE(core::CatalogPtr)

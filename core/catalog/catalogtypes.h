// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QByteArrayView>

#include <span>

namespace core {

// Plain facts of a Catalog. Views and spans point into the Catalog that handed the fact out.

/// Where one relation's parts lie in the Catalog's tables.
struct CatalogSlice {
    quint32 first = 0;
    quint32 count = 0;
};

struct SchemaInfo {
    Oid oid = {};
    bool system = false; ///< pg_catalog, information_schema
    bool mayUse = true;  ///< this role has USAGE
    QByteArrayView name = {};
    QByteArrayView owner = {};
    QByteArrayView comment = {};
    CatalogSlice relations = {};
    CatalogSlice objects = {};
};

enum class RelationKind : quint8 {
    Table,
    PartitionedTable,
    View,
    MaterializedView,
    ForeignTable,
    Sequence,
};
enum class Persistence : quint8 { Permanent, Unlogged, Temporary };

struct RelationInfo {
    Oid oid = {};
    Oid schema = {};
    Oid parent = {};    ///< of a partition or an inheriting table (the first, if several)
    Oid extension = {}; ///< it is a member of; known after the details
    RelationKind kind = RelationKind::Table;
    Persistence persistence = Persistence::Permanent;
    bool partition = false;     ///< of `parent`; false for plain inheritance
    bool rowSecurity = false;   ///< RLS is on for it (its owner may still be exempt)
    bool hasPrimaryKey = false; ///< known after the details
    bool mayReadAll = true;     ///< SELECT on the whole table; else see ColumnInfo::mayRead
    qint16 attributeCount =
        0; ///< relnatts: with dropped ones; says that there are columns before they are loaded
    float rows = -1;  ///< reltuples; -1 = never analyzed
    qint32 pages = 0; ///< relpages at that time
    QByteArrayView name = {};
    QByteArrayView owner = {};
    CatalogSlice columns = {};
    CatalogSlice indexes = {};
    CatalogSlice constraints = {};
    CatalogSlice references = {};
    CatalogSlice children = {};
    CatalogSlice parts = {};

    /// Rows lie in a heap of this relation itself, so that ctid means something.
    [[nodiscard]] bool hasHeap() const
    {
        return kind == RelationKind::Table || kind == RelationKind::MaterializedView;
    }
};

enum class ColumnOrigin : quint8 {
    Plain,
    Default, ///< has a default expression
    IdentityAlways,
    IdentityByDefault,
    GeneratedStored,
    GeneratedVirtual, ///< PostgreSQL 18
};

struct ColumnInfo {
    Oid type = {};
    Oid collation = {};
    qint32 typeModifier = -1;
    qint32 averageWidth = -1; ///< bytes as stored, by the statistics; -1 = unknown
    qint16 number = 0;        ///< attnum
    qint16 typeLength = -1;   ///< bytes of a fixed-width type; -1 = varying
    ColumnOrigin origin = ColumnOrigin::Plain;
    bool notNull = false;
    bool mayRead = true;
    QByteArrayView name = {};
    QByteArrayView typeText = {}; ///< format_type(type, modifier)
};

struct IndexInfo {
    Oid oid = {};
    Oid relation = {};
    QByteArrayView name = {};
    QByteArrayView method = {};           ///< "btree"
    std::span<const qint16> columns = {}; ///< key columns by attnum, 0 = an expression
    qint16 includedCount = 0;             ///< columns that are only stored in it
    bool unique = false;
    bool primary = false;
    bool valid = false;
    bool partial = false;
    bool nullsNotDistinct = false;
    /// ORDER BY its columns ascending (or all descending) can read it: a valid btree of plain
    /// columns, whole table, each with the type's default operators, the column's own collation,
    /// ASC NULLS LAST.
    bool ordersPlainly = false;
};

enum class ConstraintKind : quint8 { PrimaryKey, Unique, ForeignKey, Check, Exclusion };
enum class ForeignKeyAction : quint8 { NoAction, Restrict, Cascade, SetNull, SetDefault };

struct ConstraintInfo {
    Oid oid = {};
    Oid relation = {};
    Oid index = {};  ///< of primary, unique and exclusion; of the target of a foreign key
    Oid target = {}; ///< referenced relation of a foreign key
    ConstraintKind kind = ConstraintKind::Check;
    ForeignKeyAction onUpdate = ForeignKeyAction::NoAction;
    ForeignKeyAction onDelete = ForeignKeyAction::NoAction;
    bool validated = true;
    bool deferrable = false;
    bool inherited = false; ///< a partition's copy of its parent's
    QByteArrayView name = {};
    std::span<const qint16> columns = {};
    std::span<const qint16> targetColumns = {};
};

/// The types that columns have; names come formatted with the columns.
struct TypeInfo {
    Oid oid = {};
    Oid element = {}; ///< of an array
    Oid base = {};    ///< of a domain
    Oid array = {};   ///< the array type of this one; Oid{} = none
    qint16 length = -1;
    char kind =
        'b'; ///< typtype: b base, c composite, d domain, e enum, m multirange, p pseudo, r range
    char category = 'U'; ///< typcategory
};

} // namespace core

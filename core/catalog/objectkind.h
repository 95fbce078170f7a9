// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

namespace core {

/// An object as pg_depend names it: the system catalog that it stands in (1259 is pg_class) and its
/// oid there.
struct ObjectId {
    Oid catalog = {};
    Oid object = {};
    auto operator<=>(const ObjectId &) const = default;
};

/// Every kind of object that PostgreSQL 14 to 18 has a CREATE for. Relations come first; columns
/// are parts of them and no objects of their own.
enum class ObjectKind : quint8 {
    Table,
    PartitionedTable,
    View,
    MaterializedView,
    ForeignTable,
    Sequence,
    Index,
    Constraint, ///< of a table or a domain
    Trigger,
    Rule,
    Policy,
    Function,
    Procedure,
    Aggregate,
    WindowFunction,
    EnumType,
    CompositeType,
    RangeType,
    BaseType,
    Domain,
    Collation,
    Conversion,
    Operator,
    OperatorClass,
    OperatorFamily,
    Cast,
    TextSearchConfiguration,
    TextSearchDictionary,
    TextSearchParser,
    TextSearchTemplate,
    Statistics,
    Schema,
    Extension,
    Language,
    Transform,
    AccessMethod,
    ForeignDataWrapper,
    ForeignServer,
    UserMapping,
    Publication,
    Subscription,
    EventTrigger,
    Role,
};
inline constexpr int objectKindCount = int(ObjectKind::Role) + 1;

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <array>

namespace core {

/// One kind of facts, one query (sql/*.sql, compiled in).
enum class CatalogQuery : quint8 {
    Fingerprint, ///< first: what changes while the others run must not look read
    Context,
    Roles,
    Schemas,
    Relations,
    Inheritance, ///< the last of the names stage
    Types,
    TypeNames,
    OperatorClasses,
    Attributes,
    Constraints,
    Indexes,
    Comments, ///< the last that is about relations
    Memberships,
    Members,
    // From here on all answer with the columns of ObjectColumn.
    Functions,
    Operators,
    OperatorFamilies,
    Collations,
    Conversions,
    Casts,
    Transforms,
    TextSearch,
    Statistics,
    Triggers,
    Rules,
    Policies,
    DomainConstraints,
    Extensions,
    Languages,
    AccessMethods,
    ForeignDataWrappers,
    ForeignServers,
    UserMappings,
    Publications,
    Subscriptions,
    EventTriggers,
};
inline constexpr int catalogQueryCount = int(CatalogQuery::EventTriggers) + 1;

/// What the queries about objects answer with.
enum ObjectColumn : int {
    OidColumn,
    KindColumn, ///< objectKindName()
    SchemaColumn,
    ParentColumn,
    NameColumn,
    DetailColumn,
    OwnerColumn,
    objectColumnCount
};

/// In the order in which they are sent.
[[nodiscard]] constexpr std::array<CatalogQuery, catalogQueryCount> catalogQueries()
{
    std::array<CatalogQuery, catalogQueryCount> all = {};
    for (int at = 0; at < catalogQueryCount; ++at)
        all[std::size_t(at)] = CatalogQuery(at);
    return all;
}
[[nodiscard]] constexpr bool belongsToNames(CatalogQuery query)
{
    return query <= CatalogQuery::Inheritance;
}
/// What a Catalog of one relation is made from.
[[nodiscard]] constexpr bool isOfRelations(CatalogQuery query)
{
    return query != CatalogQuery::Fingerprint && query <= CatalogQuery::Comments;
}
[[nodiscard]] constexpr bool isOfObjects(CatalogQuery query)
{
    return query >= CatalogQuery::Functions;
}
/// Without these there is no tree; the others may be refused to a role.
[[nodiscard]] constexpr bool isEssential(CatalogQuery query)
{
    return query == CatalogQuery::Context || query == CatalogQuery::Schemas
           || query == CatalogQuery::Relations;
}

/// The system catalog that a query is mainly about ("pg_constraint").
[[nodiscard]] QByteArray catalogQueryName(CatalogQuery query);
/// The text for a server (PQserverVersion, 14 and later): the newest that is not newer than it.
[[nodiscard]] QByteArray catalogSql(CatalogQuery query, int serverVersion);
/// The same for one relation only: $1 is its oid, $2 and $3 are the schema and name that it is
/// looked for by when there is none of that oid.
[[nodiscard]] QByteArray catalogSqlOfOne(CatalogQuery query, int serverVersion);
/// How many columns it answers with.
[[nodiscard]] int catalogColumnCount(CatalogQuery query);

/// What is read of one relation that is shown; the parameter is its oid. All but Relation answer
/// with oid, name and definition.
enum class DetailQuery : quint8 { Relation, Defaults, Indexes, Constraints, Triggers, Policies };
[[nodiscard]] QByteArray detailSql(DetailQuery query);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/queries.h"

#include <QFile>
#include <QLatin1StringView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct VersionedSql {
    CatalogQuery query;
    int minVersion;
    int columns;
    QLatin1StringView file;
    QLatin1StringView subject;
    QLatin1StringView relationColumn = {}; ///< names the relation that a row belongs to
};

constexpr VersionedSql objects(CatalogQuery query, QLatin1StringView file,
                               QLatin1StringView subject, int minVersion = 140000)
{
    return {query, minVersion, objectColumnCount, file, subject};
}

// Newest first within a query.
constexpr VersionedSql versionedSql[] = {
    {CatalogQuery::Fingerprint, 140000, 2, "fingerprint"_L1, "pg_stat_all_tables"_L1},
    {CatalogQuery::Context, 140000, 3, "context"_L1, "current_database"_L1},
    {CatalogQuery::Roles, 140000, 11, "roles"_L1, "pg_roles"_L1},
    {CatalogQuery::Schemas, 140000, 5, "schemas"_L1, "pg_namespace"_L1},
    {CatalogQuery::Relations, 140000, 12, "relations"_L1, "pg_class"_L1, "oid"_L1},
    {CatalogQuery::Inheritance, 140000, 2, "inheritance"_L1, "pg_inherits"_L1, "inhrelid"_L1},
    {CatalogQuery::Types, 140000, 12, "types"_L1, "pg_type"_L1},
    {CatalogQuery::TypeNames, 140000, 2, "typenames"_L1, "pg_type"_L1},
    {CatalogQuery::OperatorClasses, 140000, 8, "operatorclasses"_L1, "pg_opclass"_L1},
    {CatalogQuery::Attributes, 140000, 10, "columns"_L1, "pg_attribute"_L1, "attrelid"_L1},
    {CatalogQuery::Constraints, 140000, 13, "constraints"_L1, "pg_constraint"_L1, "conrelid"_L1},
    {CatalogQuery::Indexes, 150000, 14, "indexes_15"_L1, "pg_index"_L1, "indrelid"_L1},
    {CatalogQuery::Indexes, 140000, 14, "indexes_14"_L1, "pg_index"_L1, "indrelid"_L1},
    {CatalogQuery::Comments, 140000, 4, "comments"_L1, "pg_description"_L1, "objoid"_L1},
    {CatalogQuery::Memberships, 160000, 5, "memberships_16"_L1, "pg_auth_members"_L1},
    {CatalogQuery::Memberships, 140000, 5, "memberships_14"_L1, "pg_auth_members"_L1},
    {CatalogQuery::Members, 140000, 3, "members"_L1, "pg_depend"_L1},
    objects(CatalogQuery::Functions, "functions"_L1, "pg_proc"_L1),
    objects(CatalogQuery::Operators, "operators"_L1, "pg_operator"_L1),
    objects(CatalogQuery::OperatorFamilies, "operatorfamilies"_L1, "pg_opfamily"_L1),
    objects(CatalogQuery::Collations, "collations_17"_L1, "pg_collation"_L1, 170000),
    objects(CatalogQuery::Collations, "collations_15"_L1, "pg_collation"_L1, 150000),
    objects(CatalogQuery::Collations, "collations_14"_L1, "pg_collation"_L1),
    objects(CatalogQuery::Conversions, "conversions"_L1, "pg_conversion"_L1),
    objects(CatalogQuery::Casts, "casts"_L1, "pg_cast"_L1),
    objects(CatalogQuery::Transforms, "transforms"_L1, "pg_transform"_L1),
    objects(CatalogQuery::TextSearch, "textsearch"_L1, "pg_ts_config"_L1),
    objects(CatalogQuery::Statistics, "statistics"_L1, "pg_statistic_ext"_L1),
    objects(CatalogQuery::Triggers, "triggers"_L1, "pg_trigger"_L1),
    objects(CatalogQuery::Rules, "rules"_L1, "pg_rewrite"_L1),
    objects(CatalogQuery::Policies, "policies"_L1, "pg_policy"_L1),
    objects(CatalogQuery::DomainConstraints, "domainconstraints"_L1, "pg_constraint"_L1),
    objects(CatalogQuery::Extensions, "extensions"_L1, "pg_extension"_L1),
    objects(CatalogQuery::Languages, "languages"_L1, "pg_language"_L1),
    objects(CatalogQuery::AccessMethods, "accessmethods"_L1, "pg_am"_L1),
    objects(CatalogQuery::ForeignDataWrappers, "wrappers"_L1, "pg_foreign_data_wrapper"_L1),
    objects(CatalogQuery::ForeignServers, "servers"_L1, "pg_foreign_server"_L1),
    objects(CatalogQuery::UserMappings, "usermappings"_L1, "pg_user_mappings"_L1),
    objects(CatalogQuery::Publications, "publications"_L1, "pg_publication"_L1),
    objects(CatalogQuery::Subscriptions, "subscriptions"_L1, "pg_subscription"_L1),
    objects(CatalogQuery::EventTriggers, "eventtriggers"_L1, "pg_event_trigger"_L1),
};

const VersionedSql &chosen(CatalogQuery query, int serverVersion)
{
    const VersionedSql *oldest = nullptr;
    for (const VersionedSql &candidate : versionedSql) {
        if (candidate.query != query)
            continue;
        oldest = &candidate;
        if (candidate.minVersion <= serverVersion)
            break;
    }
    Q_ASSERT_X(oldest, "catalogSql", "every query has a text");
    return *oldest;
}

constexpr QLatin1StringView detailFiles[] = {"detail_relation"_L1, "detail_defaults"_L1,
                                             "detail_indexes"_L1,  "detail_constraints"_L1,
                                             "detail_triggers"_L1, "detail_policies"_L1};

QByteArray resource(QLatin1StringView name)
{
    QFile file(":/sluice/catalog/"_L1 + name + ".sql"_L1);
    const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT_X(opened, "resource", "catalog queries are compiled in");
    return opened ? file.readAll() : QByteArray{};
}

} // namespace

QByteArray catalogQueryName(CatalogQuery query)
{
    const QLatin1StringView subject = chosen(query, 0).subject;
    return {subject.data(), subject.size()};
}

QByteArray catalogSql(CatalogQuery query, int serverVersion)
{
    return resource(chosen(query, serverVersion).file);
}

QByteArray catalogSqlOfOne(CatalogQuery query, int serverVersion)
{
    const QLatin1StringView column = chosen(query, serverVersion).relationColumn;
    const QByteArray all = query == CatalogQuery::Relations ? resource("relation"_L1)
                                                            : catalogSql(query, serverVersion);
    if (column.isEmpty())
        return all;
    return "SELECT q.* FROM (\n"_ba + all + ") AS q WHERE q."_ba + column.toString().toLatin1()
           + R"sql( = (
    SELECT coalesce((SELECT c.oid FROM pg_catalog.pg_class c WHERE c.oid = $1),
                    (SELECT c.oid FROM pg_catalog.pg_class c
                       JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                      WHERE n.nspname = $2 AND c.relname = $3)))
)sql"_ba;
}

QByteArray detailSql(DetailQuery query)
{
    return resource(detailFiles[std::size_t(query)]);
}

int catalogColumnCount(CatalogQuery query)
{
    return chosen(query, 0).columns;
}

} // namespace core

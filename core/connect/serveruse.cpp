// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/serveruse.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int columns = 5;

/// The last ones are the application's, which would be turned away.
constexpr int leftToOthers = 3;

} // namespace

Statement serverUseStatement()
{
    // Of other roles' sessions an ordinary one is not told the backend_type, but the database.
    // reserved_connections came with PostgreSQL 16.
    return {.sql = R"(
SELECT pg_catalog.current_setting('max_connections'),
       pg_catalog.current_setting('superuser_reserved_connections')::int
           + coalesce(pg_catalog.current_setting('reserved_connections', true), '0')::int,
       pg_catalog.count(*),
       pg_catalog.count(*) FILTER (WHERE application_name = 'sluice'),
       pg_catalog.count(*) FILTER (WHERE datname = pg_catalog.current_database())
FROM pg_catalog.pg_stat_activity
WHERE backend_type = 'client backend' OR (backend_type IS NULL AND datid IS NOT NULL))"};
}

Result<ServerUse> serverUseOf(const Table &table)
{
    if (table.rowCount() != 1 || table.columns.size() != columns) {
        return failure(ErrorKind::Protocol, "protocol.unexpected"_ba,
                       QCoreApplication::translate("core::ServerUse",
                                                   "The server's answer has another shape than "
                                                   "was asked for."));
    }
    const auto number = [&table](int column) {
        return table.cell(0, column).toByteArray().toInt();
    };
    return ServerUse{.maxConnections = number(0),
                     .reserved = number(1),
                     .used = number(2),
                     .ours = number(3),
                     .database = number(4)};
}

DirectBudget budgetOf(const ServerUse &use)
{
    const int limit = std::max(0, use.maxConnections - use.reserved);
    return {.used = use.used, .limit = limit, .spare = leftToOthers};
}

} // namespace core

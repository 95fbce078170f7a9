// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/soak/secondclient.h"

#include <algorithm>
#include <iterator>

namespace test {

namespace {

/// Locks of its own look are on the catalog and on its transaction, which ends with it. Settings of
/// PL/pgSQL are listed as soon as anybody's function is of it, and are as they are everywhere.
constexpr auto ofItsConnection = R"sql(
SELECT 'setting ' || name || ' = ' || coalesce(setting, '') FROM pg_catalog.pg_settings
WHERE name NOT LIKE 'plpgsql.%'
UNION ALL
SELECT 'prepared ' || name FROM pg_catalog.pg_prepared_statements
UNION ALL
SELECT 'cursor ' || name FROM pg_catalog.pg_cursors WHERE name <> ''
UNION ALL
SELECT 'channel ' || c FROM pg_catalog.pg_listening_channels() c
UNION ALL
SELECT 'lock ' || locktype || ' ' || concat_ws('.', classid, objid, objsubid, relation) || ' ' || mode
FROM pg_catalog.pg_locks
WHERE pid = pg_backend_pid() AND (locktype = 'advisory' OR relation >= 16384)
UNION ALL
SELECT 'temporary ' || relname FROM pg_catalog.pg_class WHERE relnamespace = pg_my_temp_schema()
UNION ALL
SELECT 'role ' || current_user || ' as ' || session_user
UNION ALL
SELECT 'path ' || array_to_string(current_schemas(true), ',')
ORDER BY 1
)sql";

/// The cluster serves other tests at the same time: of this database only.
constexpr auto ofOtherProcesses = R"sql(
SELECT 'lock ' || locktype || ' ' || concat_ws('.', classid, objid, objsubid, relation) || ' ' || mode
FROM pg_catalog.pg_locks
WHERE database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND pid <> pg_backend_pid() AND (locktype = 'advisory' OR relation >= 16384)
UNION ALL
SELECT 'temporary ' || relname FROM pg_catalog.pg_class WHERE relpersistence = 't'
UNION ALL
SELECT 'transaction of ' || application_name FROM pg_catalog.pg_stat_activity
WHERE datname = current_database() AND state LIKE 'idle in transaction%'
ORDER BY 1
)sql";

/// About a millisecond of a server's work: rows are made and counted, and md5() is never called,
/// for nobody reads what it gives.
constexpr auto ownQuery = "SELECT count(*) FROM (SELECT md5(i::text) FROM generate_series(1, 8000) "
                          "i) rows";

} // namespace

SecondClient::SecondClient(const TestPooler &pooler)
    : m_connection(pooler.connect())
{
}

QByteArrayList SecondClient::look()
{
    return m_connection.column(ofItsConnection);
}

QByteArrayList SecondClient::lookAround()
{
    return m_connection.column(ofOtherProcesses);
}

void SecondClient::ask()
{
    const QByteArray answer = m_connection.value(ownQuery);
    if (answer != "8000")
        qFatal("the second client got %s", answer.constData());
}

QByteArrayList differences(const QByteArrayList &before, const QByteArrayList &after)
{
    QByteArrayList found;
    QByteArrayList only;
    std::ranges::set_difference(after, before, std::back_inserter(only));
    for (const QByteArray &line : std::as_const(only))
        found.append('+' + line);
    only.clear();
    std::ranges::set_difference(before, after, std::back_inserter(only));
    for (const QByteArray &line : std::as_const(only))
        found.append('-' + line);
    return found;
}

} // namespace test

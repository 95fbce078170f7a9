// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/settingsources.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

// Without a backslash: what one means depends on standard_conforming_strings.

/// set_config(), or SET of a name with a dot or of one that is put together.
const auto sets = "set_config|(^|[^a-z0-9_])set[[:space:]]+(session[[:space:]]+)?"
                  "(\"|''|%|[a-z_][a-z0-9_]*[.])"_ba;
/// Of those the ones that write the name out, which is the first or the third group; and what a
/// column is called that the server writes down as "set_config(…) AS set_config".
const auto setsByName =
    "set_config[[:space:]]*[(][[:space:]]*''+([a-z0-9_.]+)''+(::text)?[[:space:]]*,"
    "|set[[:space:]]+(?:session[[:space:]]+)?([a-z_][a-z0-9_]*(?:[.][a-z_][a-z0-9_]*)+)"
    "[[:space:]]*(?:=|to[[:space:]])|[[:space:]]as[[:space:]]+set_config"_ba;

/// A database's own functions have numbers from 16384 on. One that was read before is known by the
/// transaction that made its row: an old one whose number has come round is read again, and no new
/// one is taken for an old one within a billion transactions.
const auto question = R"(
WITH now AS MATERIALIZED (
  SELECT pg_catalog.concat_ws('/', extract(epoch FROM pg_catalog.pg_postmaster_start_time()),
           (SELECT oid FROM pg_catalog.pg_database
             WHERE datname = pg_catalog.current_database())) AS server,
         pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint AS until
), known AS MATERIALIZED (
  SELECT server = '@server' AND until - @until BETWEEN 0 AND 1000000000 AS same FROM now
), body AS MATERIALIZED (
  SELECT source.text
    FROM pg_catalog.pg_proc AS p
   CROSS JOIN LATERAL (VALUES
         (p.prosrc), (CASE WHEN p.prosqlbody IS NOT NULL
                           THEN pg_catalog.pg_get_function_sqlbody(p.oid) END)) AS source(text)
   WHERE p.oid >= 16384 AND p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
     AND (NOT (SELECT same FROM known) OR pg_catalog.age(p.xmin) <= pg_catalog.age('@xid'::pg_catalog.xid))
     AND source.text ~* '@sets'
), named AS MATERIALIZED (
  SELECT DISTINCT pg_catalog.lower(coalesce(groups[1], groups[3])) AS name
    FROM body CROSS JOIN LATERAL pg_catalog.regexp_matches(text, '@byName', 'gi') AS groups
)
SELECT EXISTS (SELECT FROM body
                WHERE pg_catalog.regexp_replace(text, '@byName', '', 'gi') ~* '@sets')
       OR EXISTS (SELECT FROM named WHERE name LIKE '%.%' AND NOT name = ANY ('{@names}')
                     AND pg_catalog.current_setting(name, true) <> '') AS secret,
       server, until,
       (SELECT pg_catalog.string_agg(name, ',') FROM named WHERE name LIKE '%.%') AS names
  FROM now)"_ba;

/// The server said it, and it is sent back within a text.
bool isPlain(const QByteArray &text)
{
    return std::ranges::all_of(text, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == '/';
    });
}

} // namespace

QByteArray sourcesText(const SourcesRead &read)
{
    constexpr quint64 xids = quint64(1) << 32;
    const quint64 until = read.until.toULongLong();
    return QByteArray(question)
        .replace("@server", read.server)
        .replace("@until", QByteArray::number(until))
        .replace("@xid", QByteArray::number(until % xids))
        .replace("@names", read.names.join(','))
        .replace("@byName", setsByName)
        .replace("@sets", sets);
}

SourcesRead withRow(SourcesRead read, const QByteArray &server, const QByteArray &until,
                    const QByteArray &names)
{
    if (!isPlain(server))
        return {};
    read.server = server;
    read.until = until;
    for (const QByteArray &name : names.split(',')) {
        if (!name.isEmpty() && isPlain(name) && !read.names.contains(name))
            read.names << name;
    }
    return read;
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/relationsizes.h"

#include "core/catalog/opendatabase.h"
#include "core/result/typeoids.h"
#include "core/session/collect.h"
#include "core/session/sessionthread.h"

namespace core {

namespace {

/// Sizes take a lock that DDL in progress may hold: what is held exclusively is left out, and
/// lock_timeout ends what slips through. What partitions hold is summed up from the statistics.
constexpr char sql[] = R"(WITH RECURSIVE wanted AS (
    SELECT c.oid, c.relkind FROM pg_catalog.pg_class c
     WHERE c.oid = ANY ($1::pg_catalog.oid[]) AND c.relkind IN ('r', 'm', 'p')
       AND NOT EXISTS (SELECT FROM pg_catalog.pg_locks l
                        WHERE l.locktype = 'relation' AND l.relation = c.oid AND l.granted
                          AND l.mode = 'AccessExclusiveLock'
                          AND l.database = (SELECT d.oid FROM pg_catalog.pg_database d
                                             WHERE d.datname = pg_catalog.current_database()))
), leaf AS (
    SELECT w.oid AS root, w.oid FROM wanted w WHERE w.relkind = 'p'
     UNION ALL
    SELECT l.root, i.inhrelid FROM leaf l JOIN pg_catalog.pg_inherits i ON i.inhparent = l.oid
)
SELECT w.oid, pg_catalog.pg_total_relation_size(w.oid), false
  FROM wanted w WHERE w.relkind <> 'p'
 UNION ALL
SELECT f.root, sum(c.relpages::pg_catalog.int8)::pg_catalog.int8
               * pg_catalog.current_setting('block_size')::pg_catalog.int8, true
  FROM leaf f JOIN pg_catalog.pg_class c ON c.oid = f.oid AND c.relkind = 'r'
 GROUP BY f.root)";

QByteArray arrayOf(const QList<Oid> &relations)
{
    QByteArray text;
    for (const Oid relation : relations)
        text += (text.isEmpty() ? "" : ",") + QByteArray::number(number(relation));
    return '{' + text + '}';
}

} // namespace

void RelationSizes::setDatabase(OpenDatabase *database)
{
    if (database && database == m_database)
        return;
    if (m_database)
        disconnect(m_database, nullptr, this, nullptr);
    m_database = database;
    ++m_serial;
    m_sizes.clear();
    m_wanted.clear();
    m_asked.clear();
    if (database)
        connect(database, &OpenDatabase::catalogChanged, this, &RelationSizes::forgetAsked);
}

void RelationSizes::forgetAsked()
{
    m_asked.clear();
    emit changed();
}

std::optional<RelationSizes::Size> RelationSizes::size(Oid relation)
{
    if (m_database && !m_asked.contains(relation)) {
        m_asked << relation;
        // All that one look at the tree asks for, in one query.
        if (m_wanted.isEmpty())
            QMetaObject::invokeMethod(this, &RelationSizes::ask, Qt::QueuedConnection);
        m_wanted << relation;
    }
    const auto known = m_sizes.constFind(relation);
    return known == m_sizes.constEnd() ? std::nullopt : std::optional(*known);
}

void RelationSizes::ask()
{
    const QList<Oid> wanted = std::exchange(m_wanted, {});
    if (!m_database || wanted.isEmpty())
        return;
    const auto session = m_database->connections().session(Purpose::Catalog);
    if (!session)
        return; // the tree says so
    RequestSpec spec;
    spec.statements.push_back({sql, {arrayOf(wanted)}, {oids::text}});
    collect(**session, std::move(spec))
        .then(this, [this, serial = m_serial](const Result<std::vector<Table>> &answers) {
            // What was refused or is locked stays without a size.
            if (!answers || serial != m_serial)
                return;
            const Table &table = answers->front();
            for (qint64 row = 0; row < table.rowCount(); ++row) {
                m_sizes.insert(Oid{table.cell(row, 0).toUInt()},
                               {.bytes = table.cell(row, 1).toLongLong(),
                                .estimated = table.cell(row, 2) == "t"});
            }
            emit changed();
        });
}

} // namespace core

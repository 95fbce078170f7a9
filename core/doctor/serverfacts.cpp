// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/serverfacts.h"

#include <QDateTime>
#include <QElapsedTimer>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// The view's own columns are readable by everybody.
constexpr auto slotsSql = R"(
select slot_name, coalesce(plugin, ''), active, coalesce(wal_status, ''),
  coalesce(pg_catalog.pg_wal_lsn_diff(
    case when pg_catalog.pg_is_in_recovery() then pg_catalog.pg_last_wal_replay_lsn()
         else pg_catalog.pg_current_wal_lsn() end, restart_lsn)::int8, 0)
from pg_catalog.pg_replication_slots order by 1 limit 200)";

constexpr auto clockSql = R"(
select (extract(epoch from clock_timestamp()) * 1000)::int8, current_setting('TimeZone'),
  pg_catalog.pg_is_in_recovery() or setting = 'off'
from pg_catalog.pg_settings where name = 'default_transaction_read_only')";

RequestSpec factsRequest()
{
    RequestSpec spec;
    spec.statements = {{clockSql}, {slotsSql}};
    spec.statementTimeout = std::chrono::seconds(5);
    return spec;
}

void readFacts(const std::vector<Table> &tables, qint64 sent, qint64 took, ServerFacts &facts)
{
    const Table &clock = tables[0];
    facts.roundTrip = std::chrono::milliseconds(took);
    if (clock.rowCount() > 0) {
        facts.clockAhead =
            std::chrono::milliseconds(clock.cell(0, 0).toLongLong() - (sent + took / 2));
        facts.timeZone = QString::fromUtf8(clock.cell(0, 1));
        facts.writesByDefault = clock.cell(0, 2) == "t";
    }
    for (qint64 row = 0; row < tables[1].rowCount(); ++row) {
        facts.walSlots.push_back({.name = QString::fromUtf8(tables[1].cell(row, 0)),
                                  .plugin = QString::fromUtf8(tables[1].cell(row, 1)),
                                  .active = tables[1].cell(row, 2) == "t",
                                  .heldBytes = tables[1].cell(row, 4).toLongLong(),
                                  .walStatus = QString::fromUtf8(tables[1].cell(row, 3))});
    }
}

} // namespace

QFuture<Result<ServerFacts>> loadServerFacts(SessionThread &session)
{
    return loadActivity(session)
        .then(&session,
              [&session](const Result<Activity> &activity) {
                  if (!activity)
                      return QtFuture::makeReadyValueFuture(
                          Result<ServerFacts>(std::unexpected(activity.error())));
                  const qint64 sent = QDateTime::currentMSecsSinceEpoch();
                  QElapsedTimer timer;
                  timer.start();
                  ServerFacts facts{.info = session.serverInfo(), .activity = *activity};
                  return collect(session, factsRequest())
                      .then(&session,
                            [facts, sent, timer](const Result<std::vector<Table>> &tables) mutable
                                -> Result<ServerFacts> {
                                if (!tables)
                                    return std::unexpected(tables.error());
                                readFacts(*tables, sent, timer.elapsed(), facts);
                                return facts;
                            });
              })
        .unwrap();
}

} // namespace core

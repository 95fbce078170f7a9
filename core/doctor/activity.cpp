// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/activity.h"

#include "core/session/sessionthread.h"

#include <QCoreApplication>
#include <QHash>
#include <QLocale>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Activity)
};

/// pg_blocking_pids() stops the lock manager for a moment, so it is asked for those alone that
/// wait. A session that this role may not look at has neither type nor state. Processes of the
/// server that nobody connected to are left out; of those that a role may not look at only the
/// launcher of logical replication has a user, and neither database nor name.
constexpr auto sessionsSql = R"(
with waiting as materialized (
  select distinct on (pid) pid, locktype, mode, relation, database
  from pg_catalog.pg_locks where not granted order by pid, waitstart
)
select a.pid, coalesce(a.backend_type, ''), coalesce(a.datname, ''), coalesce(a.usename, ''),
  coalesce(a.application_name, ''), coalesce(pg_catalog.host(a.client_addr), ''),
  coalesce(a.state, ''), coalesce(a.wait_event_type || ': ' || a.wait_event, ''),
  left(coalesce(a.query, ''), 4000), a.backend_type is not null,
  coalesce(extract(epoch from a.backend_start)::text, ''),
  coalesce(extract(epoch from a.state_change)::text, ''),
  coalesce((extract(epoch from clock_timestamp() - a.state_change) * 1000)::int8, 0),
  coalesce((extract(epoch from clock_timestamp() - a.xact_start) * 1000)::int8, 0),
  case when w.pid is null then ''
       else pg_catalog.array_to_string(pg_catalog.pg_blocking_pids(a.pid), ' ') end,
  coalesce(w.locktype, ''), coalesce(w.mode, ''),
  case when w.relation is not null and w.database = d.oid
       then w.relation::pg_catalog.regclass::text else '' end
from pg_catalog.pg_stat_activity a
  left join waiting w on w.pid = a.pid
  cross join (select oid from pg_catalog.pg_database where datname = current_database()) d
where a.pid <> pg_backend_pid()
  and coalesce(a.backend_type, '') <> 'parallel worker'
  and (a.backend_type in ('client backend', 'walsender')
       or (a.backend_type is not null and a.datname is not null)
       or (a.backend_type is null and a.usename is not null
           and (a.datname is not null or a.application_name <> '')))
order by a.backend_start nulls last, a.pid)";

constexpr auto holdsSql = R"(
select l.pid, c.oid::pg_catalog.regclass::text
from pg_catalog.pg_locks l join pg_catalog.pg_class c on c.oid = l.relation
where l.granted and l.locktype = 'relation' and l.mode <> 'AccessShareLock'
  and l.database = (select oid from pg_catalog.pg_database where datname = current_database())
  and c.relkind in ('r', 'p', 'm') and c.relnamespace <> 'pg_catalog'::pg_catalog.regnamespace
group by 1, 2 order by 1, 2 limit 2000)";

constexpr auto limitsSql = R"(
select current_setting('max_connections')::int,
  current_setting('superuser_reserved_connections')::int
    + coalesce(current_setting('reserved_connections', true)::int, 0),
  r.rolconnlimit, d.datconnlimit, r.rolname, d.datname,
  r.rolsuper or pg_catalog.pg_has_role(r.oid, 'pg_read_all_stats', 'usage'),
  r.rolsuper or pg_catalog.pg_has_role(r.oid, 'pg_signal_backend', 'usage'),
  (select count(*) from pg_catalog.pg_prepared_xacts),
  coalesce((select (extract(epoch from clock_timestamp() - min(prepared)) * 1000)::int8
            from pg_catalog.pg_prepared_xacts), 0)
from pg_catalog.pg_roles r, pg_catalog.pg_database d
where r.rolname = current_user and d.datname = current_database())";

QString text(const Table &table, qint64 row, int column)
{
    return QString::fromUtf8(table.cell(row, column));
}

int number(const Table &table, qint64 row, int column)
{
    return table.cell(row, column).toInt();
}

std::chrono::milliseconds time(const Table &table, qint64 row, int column)
{
    return std::chrono::milliseconds(std::max(0LL, table.cell(row, column).toLongLong()));
}

ActivitySession::State stateOf(const ActivitySession &session)
{
    using enum ActivitySession::State;
    if (!session.visible)
        return Hidden;
    if (session.stateText == "active"_L1 || session.stateText == "fastpath function call"_L1)
        return Active;
    if (session.stateText == "idle"_L1)
        return Idle;
    if (session.stateText == "idle in transaction"_L1)
        return IdleInTransaction;
    return session.stateText == "idle in transaction (aborted)"_L1 ? Failed : Other;
}

ActivitySession readSession(const Table &table, qint64 row)
{
    ActivitySession session;
    session.pid = number(table, row, 0);
    session.kind = text(table, row, 1);
    session.database = text(table, row, 2);
    session.user = text(table, row, 3);
    session.application = text(table, row, 4);
    session.address = text(table, row, 5);
    session.stateText = text(table, row, 6);
    session.waitEvent = text(table, row, 7);
    session.visible = table.cell(row, 9) == "t";
    session.query = session.visible ? text(table, row, 8) : QString();
    session.backendStart = table.cell(row, 10).toByteArray();
    session.stateChange = table.cell(row, 11).toByteArray();
    session.inState = time(table, row, 12);
    session.inTransaction = time(table, row, 13);
    for (const QString &pid : text(table, row, 14).split(u' ', Qt::SkipEmptyParts)) {
        const int blocker = pid.toInt();
        if (std::ranges::find(session.blockedBy, blocker) == session.blockedBy.end())
            session.blockedBy.push_back(blocker);
    }
    session.lockType = text(table, row, 15);
    session.lockMode = text(table, row, 16);
    session.lockRelation = text(table, row, 17);
    session.state = stateOf(session);
    session.own = session.application == "sluice"_L1;
    return session;
}

bool countsAsConnection(const ActivitySession &session)
{
    // Hidden and without a database: a walsender, which max_connections does not count.
    return session.kind == "client backend"_L1 || (!session.visible && !session.database.isEmpty());
}

void readLimits(const Table &table, Activity &activity)
{
    if (table.rowCount() == 0)
        return;
    ConnectionLimits &limits = activity.limits;
    limits.most = number(table, 0, 0);
    limits.reserved = number(table, 0, 1);
    limits.mostOfRole = number(table, 0, 2);
    limits.mostOfDatabase = number(table, 0, 3);
    activity.role = text(table, 0, 4);
    activity.database = text(table, 0, 5);
    activity.seesAll = table.cell(0, 6) == "t";
    activity.maySignal = table.cell(0, 7) == "t";
    activity.preparedTransactions = number(table, 0, 8);
    activity.oldestPrepared = time(table, 0, 9);
    limits.used = limits.usedByRole = limits.usedByDatabase = 1; // the one that looks
    for (const ActivitySession &session : activity.sessions) {
        if (!countsAsConnection(session))
            continue;
        ++limits.used;
        limits.usedByRole += session.user == activity.role ? 1 : 0;
        limits.usedByDatabase += session.database == activity.database ? 1 : 0;
    }
}

} // namespace

QString ActivitySession::key() const
{
    return QString::number(pid) + u'/' + QString::fromLatin1(backendStart);
}

const ActivitySession *Activity::find(int pid) const
{
    const auto found = std::ranges::find(sessions, pid, &ActivitySession::pid);
    return found == sessions.end() ? nullptr : &*found;
}

std::vector<ConnectionShare> connectionShares(const Activity &activity)
{
    std::map<QString, int> counts;
    for (const ActivitySession &session : activity.sessions) {
        if (countsAsConnection(session) && !session.own)
            ++counts[session.application];
    }
    std::vector<ConnectionShare> shares;
    for (const auto &[application, count] : counts)
        shares.push_back({application, count});
    std::ranges::stable_sort(shares, std::ranges::greater(), &ConnectionShare::count);
    return shares;
}

bool isLong(const ActivitySession &session)
{
    if (session.kind != "client backend"_L1)
        return false;
    const bool running = session.state == ActivitySession::State::Active;
    return (running && session.inState >= longStatement)
           || session.inTransaction >= longTransaction;
}

QString waitText(const ActivitySession &session)
{
    if (session.blockedBy.empty())
        return {};
    QStringList pids;
    for (const int pid : session.blockedBy)
        pids << (pid == 0 ? Text::tr("a prepared transaction") : QString::number(pid));
    const QString who = pids.join(", "_L1);
    if (session.lockType == "transactionid"_L1 || session.lockType == "tuple"_L1)
        return Text::tr("row lock of %1").arg(who);
    if (session.lockType == "relation"_L1 && !session.lockRelation.isEmpty())
        return Text::tr("table lock on %1 after %2").arg(session.lockRelation, who);
    if (session.lockType == "relation"_L1)
        return Text::tr("table lock after %1").arg(who);
    if (session.lockType == "advisory"_L1)
        return Text::tr("advisory lock of %1").arg(who);
    return Text::tr("%1 lock of %2").arg(session.lockType, who);
}

QString activityDuration(std::chrono::milliseconds time)
{
    const qint64 ms = time.count();
    const auto two = [](qint64 value) { return QString::number(value).rightJustified(2, u'0'); };
    if (ms < 1000)
        return Text::tr("%1 ms").arg(ms);
    const qint64 s = ms / 1000;
    if (s < 60)
        return Text::tr("%1 s").arg(QLocale().toString(double(ms) / 1000.0, 'f', s < 10 ? 1 : 0));
    if (s < 3600)
        return Text::tr("%1 m %2 s").arg(QString::number(s / 60), two(s % 60));
    if (s < 86'400)
        return Text::tr("%1 h %2 m").arg(QString::number(s / 3600), two(s / 60 % 60));
    return Text::tr("%1 d %2 h").arg(s / 86'400).arg(s / 3600 % 24);
}

QString pooledPidsText()
{
    return Text::tr("Read through a pooler: each session is a server connection of the pooler, "
                    "which serves many clients one after another. Ending one hits whoever uses it "
                    "at that moment.");
}

RequestSpec activityRequest()
{
    RequestSpec spec;
    spec.statements = {{sessionsSql}, {holdsSql}, {limitsSql}};
    spec.statementTimeout = std::chrono::seconds(5);
    return spec;
}

Activity readActivity(const std::vector<Table> &tables)
{
    Activity activity;
    if (tables.size() < 3)
        return activity;
    QHash<int, std::size_t> places;
    for (qint64 row = 0; row < tables[0].rowCount(); ++row) {
        places.insert(number(tables[0], row, 0), activity.sessions.size());
        activity.sessions.push_back(readSession(tables[0], row));
    }
    for (qint64 row = 0; row < tables[1].rowCount(); ++row) {
        const auto place = places.constFind(number(tables[1], row, 0));
        if (place != places.cend())
            activity.sessions[*place].holds << text(tables[1], row, 1);
    }
    readLimits(tables[2], activity);
    return activity;
}

QFuture<Result<Activity>> loadActivity(SessionThread &session)
{
    return collect(session, activityRequest())
        .then(&session, [&session](const Result<std::vector<Table>> &tables) -> Result<Activity> {
            if (!tables)
                return std::unexpected(tables.error());
            Activity activity = readActivity(*tables);
            activity.pooled = session.config().pooled || session.serverInfo().showsPooler();
            return activity;
        });
}

} // namespace core

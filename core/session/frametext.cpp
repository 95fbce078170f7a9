// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/frametext.h"

#include "core/pq/quoting.h"
#include "core/session/heldstate.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr auto idleInTransactionTimeout = std::chrono::milliseconds(60'000);

const auto facts = "pg_catalog.current_setting('transaction_read_only'), "
                   "pg_catalog.pg_backend_pid(), pg_catalog.pg_is_in_recovery(), "
                   "pg_catalog.current_setting('is_superuser'), pg_catalog.current_database()"_ba;

/// Right after BEGIN and right after ROLLBACK no lock of a transaction is there: what is listed is
/// the session's.
const auto heldLocks = "SELECT pg_catalog.string_agg("
                       "pg_catalog.concat_ws('.', classid, objid, objsubid, mode), ',') "
                       "FROM pg_catalog.pg_lock_status() WHERE locktype = 'advisory' AND granted "
                       "AND pid = pg_catalog.pg_backend_pid()"_ba;

/// One number for the names of all of them; PL/pgSQL, which could be told to clean up, would list
/// settings of its own in the next client's pg_settings.
const auto preparedNames =
    "coalesce((SELECT pg_catalog.hashtextextended(pg_catalog.string_agg(name, ',' ORDER BY name), "
    "0) FROM pg_catalog.pg_prepared_statement()), 0)"_ba;

/// One number for what inventoryText() tells.
const auto stateNumber = "pg_catalog.hashtextextended(i.inventory, 0)"_ba;

/// As often as a lock was taken it has to be released: repeated until the server says that there is
/// none left. A 64-bit key stands in two halves with objsubid 1, a pair of 32-bit keys with
/// objsubid 2 (lockfuncs.c).
const auto releaseAdded = R"(
WITH RECURSIVE added AS MATERIALIZED (
    SELECT classid::bigint << 32 | objid::bigint AS big, (classid::bigint << 32 >> 32)::int AS one,
           (objid::bigint << 32 >> 32)::int AS two, objsubid = 1 AS isbig,
           mode = 'ExclusiveLock' AS exclusive
    FROM pg_catalog.pg_lock_status()
    WHERE locktype = 'advisory' AND granted AND pid = pg_catalog.pg_backend_pid()
      AND pg_catalog.concat_ws('.', classid, objid, objsubid, mode)
          <> ALL (pg_catalog.string_to_array(@held, ','))
), released AS (
    SELECT *, true AS again FROM added
    UNION ALL
    SELECT big, one, two, isbig, exclusive,
           CASE WHEN exclusive AND isbig THEN pg_catalog.pg_advisory_unlock(big)
                WHEN exclusive THEN pg_catalog.pg_advisory_unlock(one, two)
                WHEN isbig THEN pg_catalog.pg_advisory_unlock_shared(big)
                ELSE pg_catalog.pg_advisory_unlock_shared(one, two) END
    FROM released WHERE again
)
SELECT pg_catalog.count(*) FROM released)"_ba;

QByteArray milliseconds(std::chrono::milliseconds time)
{
    return QByteArray::number(qint64(time.count()));
}

std::vector<std::pair<QByteArray, QByteArray>> allSettings(const RequestSpec &spec)
{
    std::vector<std::pair<QByteArray, QByteArray>> settings = {
        {"statement_timeout"_ba, milliseconds(spec.statementTimeout)},
        {"lock_timeout"_ba, milliseconds(spec.lockTimeout)},
        {"idle_in_transaction_session_timeout"_ba, milliseconds(idleInTransactionTimeout)},
    };
    settings.insert(settings.end(), spec.settings.begin(), spec.settings.end());
    return settings;
}

/// set_config() of every setting, as more columns of a SELECT.
Result<QByteArray> withSettings(QByteArray select, const RequestSpec &spec)
{
    for (const auto &[name, value] : allSettings(spec)) {
        const Result<QByteArray> quotedSetting = quotedLiteral(QByteArrayView(name));
        if (!quotedSetting)
            return quotedSetting;
        const Result<QByteArray> quotedValue = quotedLiteral(QByteArrayView(value));
        if (!quotedValue)
            return quotedValue;
        select += ", pg_catalog.set_config(" + *quotedSetting + ", " + *quotedValue + ", true)";
    }
    return select;
}

template<std::size_t Count>
bool isAnyOf(QByteArrayView tag, const std::array<QByteArrayView, Count> &tags)
{
    return std::ranges::find(tags, tag) != tags.end();
}

} // namespace

QByteArray beginText(bool repeatableRead)
{
    return repeatableRead ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"_ba
                          : "BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY"_ba;
}

Result<QByteArray> snapshotText(const QByteArray &snapshot)
{
    return quotedLiteral(QByteArrayView(snapshot)).transform([](const QByteArray &literal) {
        return "SET TRANSACTION SNAPSHOT " + literal;
    });
}

Statement settingsStatement(const RequestSpec &spec)
{
    Statement statement{.sql = "SELECT " + facts};
    for (const auto &[name, value] : allSettings(spec)) {
        const QByteArray first = QByteArray::number(statement.parameters.size() + 1);
        const QByteArray second = QByteArray::number(statement.parameters.size() + 2);
        statement.sql += ", pg_catalog.set_config($" + first + ", $" + second + ", true)";
        statement.parameters.emplace_back(name);
        statement.parameters.emplace_back(value);
    }
    return statement;
}

Result<QByteArray> guardedOpening(const RequestSpec &spec)
{
    QByteArray text = beginText(true) + "; ";
    if (!spec.snapshot.isEmpty()) {
        const Result<QByteArray> snapshot = snapshotText(spec.snapshot);
        if (!snapshot)
            return snapshot;
        text += *snapshot + "; ";
    }
    text += "SELECT " + facts + ", (" + heldLocks + ") AS locks, " + preparedNames + " AS prepared";
    return withSettings(std::move(text), spec);
}

Result<QByteArray> writingOpening(const RequestSpec &spec, const QByteArrayList &names)
{
    const QByteArray isolation = spec.repeatableRead ? "REPEATABLE READ"_ba : "READ COMMITTED"_ba;
    return withSettings("BEGIN ISOLATION LEVEL " + isolation + " READ WRITE; SELECT i.inventory, "
                            + stateNumber + " FROM (" + inventoryText(names) + ") AS i; SELECT "
                            + facts + ", " + preparedNames + " AS prepared",
                        spec);
}

QByteArray heldLocksOf(const QByteArray &inventory)
{
    QStringList locks;
    for (const QJsonValue &lock : QJsonDocument::fromJson(inventory).object()["locks"_L1].toArray())
        locks << lock.toString();
    return locks.join(u',').toUtf8();
}

QByteArray commitText(const QByteArrayList &names)
{
    return "COMMIT; " + inventoryText(names);
}

QByteArray commitAndCheck(const QByteArray &state, const SourcesRead &sources)
{
    return "COMMIT; BEGIN READ ONLY; SELECT 1 / (" + stateNumber + " = "
           + QByteArray::number(state.toLongLong())
           + " AND NOT s.secret)::int AS same, s.server, s.until, s.names FROM ("
           + inventoryText(sources.names) + ") AS i, (" + sourcesText(sources) + ") AS s; ROLLBACK";
}

QByteArray commitAndStay()
{
    return "COMMIT; BEGIN READ ONLY"_ba;
}

QByteArray factsText()
{
    return "SELECT " + facts;
}

QByteArray guardedClosing(const QByteArray &locksBefore)
{
    if (locksBefore.isEmpty())
        return "ROLLBACK; SELECT pg_catalog.pg_advisory_unlock_all()"_ba;
    const QByteArray held = quotedLiteral(QByteArrayView(locksBefore)).value_or("''"_ba);
    return "ROLLBACK; " + QByteArray(releaseAdded).replace("@held", held);
}

QByteArray statementsCheck(const QByteArray &prepared)
{
    bool isNumber = false;
    (void)prepared.toLongLong(&isNumber);
    if (!isNumber)
        return {};
    // Where the two differ this divides by zero, and the ROLLBACK behind it is not run.
    return "; BEGIN READ ONLY; SELECT 1 / (" + preparedNames + " = " + prepared
           + ")::int; ROLLBACK";
}

FrameFacts frameFacts(const PGresult *row)
{
    const auto text = [row](int column) { return QByteArrayView(PQgetvalue(row, 0, column)); };
    FrameFacts read{.readOnly = text(0) == "on",
                    .backendPid = text(1).toInt(),
                    .inRecovery = text(2) == "t",
                    .superuser = text(3) == "on",
                    .database = text(4).toByteArray()};
    if (const int locks = PQfnumber(row, "locks"); locks >= 0)
        read.locksBefore = text(locks).toByteArray();
    if (const int statements = PQfnumber(row, "prepared"); statements >= 0)
        read.prepared = text(statements).toByteArray();
    return read;
}

bool leavesFrame(QByteArrayView tag)
{
    static constexpr std::array<QByteArrayView, 5> tags = {
        "BEGIN", "COMMIT", "ROLLBACK", "START TRANSACTION", "PREPARE TRANSACTION"};
    return isAnyOf(tag, tags);
}

bool outlivesFrame(QByteArrayView tag)
{
    static constexpr std::array<QByteArrayView, 5> tags = {
        "PREPARE", "DEALLOCATE", "DEALLOCATE ALL", "LOAD", "DISCARD SEQUENCES"};
    return isAnyOf(tag, tags);
}

std::optional<qint64> changedRows(QByteArrayView tag)
{
    static constexpr std::array<QByteArrayView, 4> verbs = {"INSERT", "UPDATE", "DELETE", "MERGE"};
    // "INSERT 0 5": between the two once stood an oid.
    bool isNumber = false;
    const qint64 rows = tag.sliced(tag.lastIndexOf(' ') + 1).toLongLong(&isNumber);
    const QByteArrayView verb = tag.first(std::max(tag.indexOf(' '), qsizetype(0)));
    return isNumber && isAnyOf(verb, verbs) ? std::optional(rows) : std::nullopt;
}

} // namespace core

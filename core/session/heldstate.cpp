// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/heldstate.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <atomic>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::HeldState)
};

/// Sorted everywhere, so that equal things give equal text. The server's settings do not include
/// what SET ROLE and SET SESSION AUTHORIZATION change, but do include the modes that BEGIN was
/// given, which end with the transaction. The functions behind the views are asked, for a process
/// that has just started would read the views' definitions first; and where there are no temporary
/// objects, nothing is searched for them.
const auto inventory = R"(
SELECT pg_catalog.json_build_object(
  'temporary', CASE WHEN pg_catalog.pg_my_temp_schema() <> 0 THEN (
    SELECT pg_catalog.json_agg(o.name ORDER BY o.name COLLATE "C") FROM (
      SELECT relname::text AS name FROM pg_catalog.pg_class
       WHERE relnamespace = pg_catalog.pg_my_temp_schema() AND relkind IN ('r', 'p', 'v', 'S')
      UNION ALL
      SELECT proname::text FROM pg_catalog.pg_proc
       WHERE pronamespace = pg_catalog.pg_my_temp_schema()) AS o) END,
  'settings', (SELECT pg_catalog.json_agg(ARRAY[s.name, s.setting] ORDER BY s.name COLLATE "C") FROM (
      SELECT name, setting FROM pg_catalog.pg_show_all_settings()
       WHERE source = 'session' AND name NOT IN
             ('transaction_isolation', 'transaction_read_only', 'transaction_deferrable')
      UNION ALL
      SELECT 'role', pg_catalog.current_setting('role')
       WHERE pg_catalog.current_setting('role') <> 'none'
      UNION ALL
      SELECT 'session_authorization', SESSION_USER::text
      UNION ALL
      SELECT n, pg_catalog.current_setting(n, true)
        FROM pg_catalog.unnest(ARRAY[@names]::text[]) AS n
       WHERE pg_catalog.current_setting(n, true) <> ''
      ) AS s),
  'channels', (SELECT pg_catalog.json_agg(c ORDER BY c COLLATE "C")
                 FROM pg_catalog.pg_listening_channels() AS c),
  'prepared', (SELECT pg_catalog.json_agg(name ORDER BY name COLLATE "C")
                 FROM pg_catalog.pg_prepared_statement() WHERE from_sql),
  'cursors', (SELECT pg_catalog.json_agg(name ORDER BY name COLLATE "C")
                FROM pg_catalog.pg_cursor() WHERE is_holdable),
  'locks', (SELECT pg_catalog.json_agg(l.key ORDER BY l.key COLLATE "C") FROM (
      SELECT pg_catalog.concat_ws('.', classid, objid, objsubid, mode) AS key
        FROM pg_catalog.pg_lock_status()
       WHERE locktype = 'advisory' AND granted AND pid = pg_catalog.pg_backend_pid()) AS l)
)::text AS inventory)"_ba;

/// Of the things of one kind that were not found before.
QStringList names(const QJsonObject &left, const QJsonObject &found, QLatin1StringView kind)
{
    const QJsonArray before = found[kind].toArray();
    QStringList added;
    for (const auto &item : left[kind].toArray()) {
        if (!before.contains(item))
            added << (item.isArray() ? item.toArray().first().toString() : item.toString());
    }
    return added;
}

QString transactionWords(const HeldState &state)
{
    if (state.transaction == HeldState::Transaction::Failed)
        return Text::tr("the failed transaction");
    return Text::tr("the open transaction with %n statements", nullptr, state.statements);
}

} // namespace

bool HeldState::isEmpty() const
{
    return *this == HeldState{};
}

QStringList heldWords(const HeldState &state)
{
    QStringList words;
    if (state.inTransaction())
        words << transactionWords(state);
    if (!state.temporaryObjects.isEmpty()) {
        words << Text::tr("%n temporary objects: %1", nullptr, int(state.temporaryObjects.size()))
                     .arg(state.temporaryObjects.join(", "_L1));
    }
    if (!state.settings.isEmpty())
        words << u"SET "_s + state.settings.join(", "_L1);
    if (!state.channels.isEmpty())
        words << u"LISTEN "_s + state.channels.join(", "_L1);
    if (!state.prepared.isEmpty())
        words << u"PREPARE "_s + state.prepared.join(", "_L1);
    if (!state.cursors.isEmpty())
        words << u"DECLARE "_s + state.cursors.join(", "_L1);
    if (state.advisoryLocks > 0)
        words << Text::tr("%n advisory locks", nullptr, state.advisoryLocks);
    return words;
}

TransactionNumber newTransactionNumber()
{
    static std::atomic<quint64> last = 0;
    return TransactionNumber(++last);
}

QByteArray inventoryText(const QByteArrayList &names)
{
    QByteArrayList quoted;
    for (const QByteArray &name : names) {
        // An invalid name would end the question with an error.
        const bool isPlain = std::ranges::all_of(name, [](char c) {
            return c == '.' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')
                   || (c >= 'A' && c <= 'Z');
        });
        if (isPlain && name.contains('.'))
            quoted << '\'' + name + '\'';
    }
    return QByteArray(inventory).replace("@names", quoted.join(','));
}

void readInventory(const QByteArray &cell, const QByteArray &found, HeldState &state)
{
    const QJsonObject left = QJsonDocument::fromJson(cell).object();
    const QJsonObject before = QJsonDocument::fromJson(found).object();
    state.temporaryObjects = names(left, before, "temporary"_L1);
    state.settings = names(left, before, "settings"_L1);
    state.channels = names(left, before, "channels"_L1);
    state.prepared = names(left, before, "prepared"_L1);
    state.cursors = names(left, before, "cursors"_L1);
    state.advisoryLocks = int(names(left, before, "locks"_L1).size());
    // Ours, for a database without an encoding; a person's text cannot be meant by it.
    state.settings.removeAll(u"client_encoding"_s);
}

} // namespace core

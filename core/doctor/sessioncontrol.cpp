// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/sessioncontrol.h"

#include "core/session/sessionthread.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::SessionControl)
};

int waitingBehind(const Activity &activity, int pid)
{
    // The whole queue, not only those directly behind it.
    std::vector<int> queue = {pid};
    for (std::size_t at = 0; at < queue.size(); ++at) {
        for (const ActivitySession &other : activity.sessions) {
            const bool behind =
                std::ranges::find(other.blockedBy, queue[at]) != other.blockedBy.end();
            if (behind && std::ranges::find(queue, other.pid) == queue.end())
                queue.push_back(other.pid);
        }
    }
    return int(queue.size()) - 1;
}

constexpr auto same = R"(
from pg_catalog.pg_stat_activity where pid = $1
  and coalesce(extract(epoch from backend_start)::text, '') = $2
  and coalesce(extract(epoch from state_change)::text, '') = $3
  and (backend_type is null or left(coalesce(query, ''), 4000) = $4))";

Result<> answer(const std::vector<Table> &tables, const SessionTarget &target)
{
    const QString pid = QString::number(target.pid);
    if (tables[1].rowCount() == 0) {
        return failure(ErrorKind::Server, "activity.gone"_ba,
                       Text::tr("Session %1 has ended by itself.").arg(pid), {},
                       Text::tr("Nothing was sent."));
    }
    if (tables[0].rowCount() == 0) {
        return failure(ErrorKind::Server, "activity.changed"_ba,
                       Text::tr("Session %1 does something else by now.").arg(pid), {},
                       Text::tr("Nothing was sent. Look at it again and decide anew."));
    }
    if (tables[0].cell(0, 0) != "t") {
        return failure(ErrorKind::Server, "activity.notSignalled"_ba,
                       Text::tr("The server could not reach the process of session %1.").arg(pid));
    }
    return {};
}

} // namespace

SessionTarget SessionTarget::of(const ActivitySession &session)
{
    return {.pid = session.pid,
            .backendStart = session.backendStart,
            .stateChange = session.stateChange,
            .query = session.query};
}

QString consequence(const Activity &activity, const ActivitySession &session, SessionSignal kind)
{
    QStringList sentences;
    if (kind == SessionSignal::Cancel)
        sentences << Text::tr("The running statement stops with an error; the session stays, and "
                              "its transaction has failed.");
    else if (session.inTransaction.count() > 0)
        sentences << Text::tr("The session ends; its transaction, open for %1, is rolled back.")
                         .arg(activityDuration(session.inTransaction));
    else
        sentences << Text::tr("The session ends. No transaction is open in it.");
    if (const int waiting = waitingBehind(activity, session.pid); waiting > 0)
        sentences << Text::tr("%n sessions wait behind it and go on then.", nullptr, waiting);
    if (activity.pooled)
        sentences << pooledPidsText();
    return sentences.join(u' ');
}

QString obstacle(const Activity &activity, const ActivitySession &session, SessionSignal kind)
{
    const bool ofRole = session.user == activity.role;
    if (!ofRole && !activity.maySignal)
        return Text::tr("“%1” may end only its own sessions. It needs pg_signal_backend.")
            .arg(activity.role);
    if (kind == SessionSignal::Cancel && session.visible
        && session.state != ActivitySession::State::Active)
        return Text::tr("It runs nothing now: only its end frees what it holds.");
    return {};
}

QFuture<Result<>> signalSession(SessionThread &session, const SessionTarget &target,
                                SessionSignal kind)
{
    const QByteArray function = kind == SessionSignal::Cancel
                                    ? "select pg_catalog.pg_cancel_backend(pid)"_ba
                                    : "select pg_catalog.pg_terminate_backend(pid)"_ba;
    const QByteArray pid = QByteArray::number(target.pid);
    RequestSpec spec;
    spec.statements = {
        {function + same, {pid, target.backendStart, target.stateChange, target.query.toUtf8()}},
        {"select 1 from pg_catalog.pg_stat_activity where pid = $1"_ba, {pid}}};
    spec.statementTimeout = std::chrono::seconds(5);
    return collect(session, std::move(spec))
        .then(&session, [target](const Result<std::vector<Table>> &tables) -> Result<> {
            if (tables)
                return answer(*tables, target);
            Error error = tables.error();
            if (error.id == "permission.denied")
                error.id = "activity.notAllowed"_ba;
            return std::unexpected(error);
        });
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/transactions.h"

#include "core/session/collect.h"
#include "ui/common/document.h"
#include "ui/common/format.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString openSince(const core::HeldState &held)
{
    return formatDuration(
        std::chrono::milliseconds(held.since.msecsTo(QDateTime::currentDateTimeUtc())));
}

} // namespace

Transactions::Transactions(core::WriteSwitch &writes, QObject *parent)
    : QObject(parent)
    , m_writes(writes)
{
    m_seconds.setInterval(1000);
    connect(&m_seconds, &QTimer::timeout, this, &Transactions::tick);
}

void Transactions::watch(core::OpenDatabase &database)
{
    if (m_open.contains(&database))
        return;
    m_open[&database].database = &database;
    connect(&database, &QObject::destroyed, this,
            [this, gone = &database] { m_open.remove(gone); });
    connect(&database.connections(), &core::ConnectionSet::sessionMade, this,
            [this, &database](core::SessionThread *session) { watchSession(database, session); });
}

void Transactions::watchSession(core::OpenDatabase &database, core::SessionThread *session)
{
    connect(session, &core::SessionThread::heldStateChanged, this,
            [this, &database, session](const core::HeldState &held) {
                take(&database, session, held);
            });
    connect(session, &core::SessionThread::stateLost, this,
            [this, &database](const core::HeldState &state, const core::Error &error) {
                emit lost(&database, state, error);
            });
}

void Transactions::take(core::OpenDatabase *database, core::SessionThread *session,
                        const core::HeldState &held)
{
    Open &open = m_open[database];
    // Jobs and readers hold nothing; a session that does is the one in which people write.
    if (open.session && open.session != session && held.isEmpty())
        return;
    open.session = session;
    open.held = held;
    open.rest.start();
    open.locks.clear();
    open.locksAsked = false;
    if (held.number != open.ownedNumber)
        open.owner = nullptr;
    const bool any =
        std::ranges::any_of(m_open, [](const Open &one) { return one.held.inTransaction(); });
    any ? m_seconds.start() : m_seconds.stop();
    emit changed(database);
}

core::HeldState Transactions::held(const core::OpenDatabase *database) const
{
    const auto found = m_open.constFind(database);
    return found == m_open.constEnd() || !found->session ? core::HeldState() : found->held;
}

Document *Transactions::owner(const core::OpenDatabase *database) const
{
    const auto found = m_open.constFind(database);
    return found == m_open.constEnd() || !found->held.inTransaction() ? nullptr
                                                                      : found->owner.data();
}

void Transactions::ran(core::OpenDatabase &database, core::TransactionNumber number, Document *tab)
{
    const auto found = m_open.find(&database);
    if (found == m_open.end())
        return;
    // A run that was refused because of another tab's transaction does not take it over.
    if (number != core::TransactionNumber::None && number == found->ownedNumber && found->owner
        && found->owner != tab)
        return;
    found->ownedNumber = number;
    found->owner = number == core::TransactionNumber::None ? nullptr : tab;
    found->rest.start();
    emit changed(&database);
}

bool Transactions::isIdleForLong(const core::OpenDatabase *database) const
{
    const auto found = m_open.constFind(database);
    return found != m_open.constEnd() && found->held.inTransaction() && found->rest.isValid()
           && found->rest.hasExpired(std::chrono::milliseconds(forgottenAfter).count());
}

QStringList Transactions::lockedTables(const core::OpenDatabase *database) const
{
    const auto found = m_open.constFind(database);
    return found == m_open.constEnd() ? QStringList() : found->locks;
}

TransactionWords Transactions::words(const core::OpenDatabase *database,
                                     const Document *viewer) const
{
    const core::HeldState state = held(database);
    if (!state.inTransaction())
        return {Meaning::Neutral,
                {},
                tr("No transaction"),
                tr("Nothing stays open between statements.")};
    const Document *tab = owner(database);
    if (viewer && tab && tab != viewer)
        return {Meaning::ReadOnly, u"role"_s, tr("Reserved by %1").arg(isolated(tab->title())),
                tr("A transaction of that tab is open in the session that all tabs share."),
                tr("Reserved")};
    if (state.transaction == core::HeldState::Transaction::Failed)
        return {Meaning::Danger, u"error"_s, tr("Failed: only rolling back is left"),
                tr("A statement of the transaction failed; the server takes no other."),
                tr("Failed")};
    if (isIdleForLong(database)) {
        const auto rest = std::chrono::milliseconds(m_open.constFind(database)->rest.elapsed());
        const QString idle = formatDuration(std::chrono::duration_cast<std::chrono::seconds>(rest));
        const QStringList tables = lockedTables(database);
        return {
            Meaning::Warning, u"pending"_s,
            tables.isEmpty()
                ? tr("Open and idle for %1").arg(idle)
                : tr("Open and idle for %1, holds locks on %2").arg(idle, isolated(tables.first())),
            tr("Others wait for what it holds: commit it or roll it back."), tr("Open and idle")};
    }
    return {Meaning::Info, u"writing"_s,
            tr("Open: %n statements, %1", nullptr, state.statements).arg(openSince(state)),
            tr("Nothing of it is seen by others before it is committed."), tr("Open")};
}

void Transactions::tick()
{
    for (Open &open : m_open) {
        if (!open.database || !open.held.inTransaction())
            continue;
        if (isIdleForLong(open.database) && !open.locksAsked)
            askLocks(*open.database);
        emit changed(open.database);
    }
}

/// Asked of the reader: the session itself is in the person's transaction.
void Transactions::askLocks(core::OpenDatabase &database)
{
    Open &open = m_open[&database];
    open.locksAsked = true;
    const auto reader = database.connections().session(core::Purpose::Catalog);
    if (!open.session || !reader || *reader == open.session)
        return;
    core::RequestSpec spec;
    spec.statements = {
        {.sql = "SELECT DISTINCT l.relation::pg_catalog.regclass::text FROM pg_catalog.pg_locks AS"
                " l JOIN pg_catalog.pg_class AS c ON c.oid = l.relation WHERE l.pid = $1::int4"
                " AND l.locktype = 'relation' AND l.mode LIKE '%Exclusive%' AND c.relkind IN"
                " ('r', 'p', 'm') ORDER BY 1 LIMIT 20",
         .parameters = {QByteArray::number(open.session->serverInfo().backendPid)}}};
    core::collect(**reader, std::move(spec))
        .then(this, [this, asked = QPointer(&database)](
                        const core::Result<std::vector<core::Table>> &tables) {
            if (!tables || tables->empty() || !asked)
                return;
            Open &now = m_open[asked];
            now.locks.clear();
            for (qint64 row = 0; row < tables->front().rowCount(); ++row)
                now.locks << QString::fromUtf8(tables->front().cell(row, 0));
            emit changed(asked);
        });
}

void Transactions::end(core::OpenDatabase &database, bool commit)
{
    const core::HeldState state = held(&database);
    if (!state.inTransaction())
        return;
    core::RequestSpec spec;
    spec.frame = core::Frame::Plain;
    spec.transaction = state.number;
    spec.permit = m_writes.permit(database.database());
    spec.statements = {{.sql = commit ? "COMMIT" : "ROLLBACK",
                        .effect = commit ? core::Effect::Commits : core::Effect::Changes}};
    const auto request = database.connections().send(core::Purpose::SessionState, spec, this);
    if (!request) {
        emit finished(&database, commit, std::unexpected(request.error()));
        return;
    }
    connect(*request, &core::Request::finished, this,
            [this, commit, sent = *request,
             asked = QPointer(&database)](const core::Result<core::Summary> &outcome) {
                sent->deleteLater();
                if (!asked)
                    return;
                if (outcome)
                    emit finished(asked, commit, {});
                else
                    emit finished(asked, commit, std::unexpected(outcome.error()));
            });
}

} // namespace ui

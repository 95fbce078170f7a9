// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/connectionset.h"

#include "core/connect/serveruse.h"
#include "core/connect/sessionsetup.h"
#include "core/pq/keyword.h"
#include "core/session/collect.h"
#include "core/session/connectionway.h"

#include <QCoreApplication>
#include <QHash>
#include <QPointer>

#include <algorithm>
#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// A session's place within the set.
enum class Slot : quint8 { Reader, User, Watcher, FirstJob, SecondJob, Pooled };
constexpr size_t slotCount = 6;

Slot directSlot(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Browse:
    case Purpose::Catalog:
        return Slot::Reader;
    case Purpose::Query:
    case Purpose::SessionState:
    case Purpose::SchemaChange:
        return Slot::User;
    case Purpose::Listen:
        return Slot::Watcher;
    case Purpose::Export:
    case Purpose::Migrate:
    case Purpose::Dump:
    case Purpose::Restore:
    case Purpose::Replication:
        break;
    }
    return Slot::FirstJob;
}

bool isFree(const SessionThread &session)
{
    return session.state() == SessionState::Idle || session.state() == SessionState::Closed;
}

/// What current_database() must say before anything is written. A pooler may know the database by
/// another name, so there it is what its own session has said before.
QByteArray databaseOf(const SessionThread &session)
{
    if (session.config().pooled)
        return session.serverInfo().database;
    return keyword(session.config().keywords, "dbname"_ba);
}

Result<> checkTrust(const Database &database, const TrustToken &token)
{
    for (const Endpoint *endpoint : database.endpoints()) {
        if (Result<> agreed = core::checkTrust(*endpoint, token); !agreed)
            return agreed;
    }
    return {};
}

} // namespace

struct ConnectionSet::Sessions {
    Database database = {};
    std::array<std::unique_ptr<SessionThread>, slotCount> bySlot = {};
    /// Made for an endpoint that turned out to be another; kept because somebody may hold a
    /// pointer.
    std::vector<std::unique_ptr<SessionThread>> retired = {};
    /// The server process that answered last on the present connection of a session.
    QHash<const SessionThread *, int> lastBackend = {};

    DirectBudget budget = {};
    std::optional<std::chrono::steady_clock::time_point> refusedUntil = {};

    std::unique_ptr<SessionThread> &at(Slot slot) { return bySlot[size_t(slot)]; }
    [[nodiscard]] bool owns(const SessionThread *session) const
    {
        return std::ranges::any_of(bySlot, [&](const auto &own) { return own.get() == session; });
    }
};

ConnectionSet::ConnectionSet(Database database)
    : m_d(std::make_unique<Sessions>())
{
    m_d->database = std::move(database);
}

ConnectionSet::~ConnectionSet() = default;

Result<std::unique_ptr<ConnectionSet>> ConnectionSet::create(Database database,
                                                             const TrustToken &token)
{
    if (const Result<> agreed = checkTrust(database, token); !agreed)
        return std::unexpected(agreed.error());
    return std::unique_ptr<ConnectionSet>(new ConnectionSet(std::move(database)));
}

Result<> ConnectionSet::adopt(Database database, const TrustToken &token)
{
    if (Result<> agreed = checkTrust(database, token); !agreed)
        return agreed;
    m_d->database = std::move(database);
    for (std::unique_ptr<SessionThread> &place : m_d->bySlot) {
        if (!place || !place->heldState().isEmpty())
            continue;
        place->close();
        m_d->retired.push_back(std::move(place));
    }
    return {};
}

const Database &ConnectionSet::database() const
{
    return m_d->database;
}

Result<Route> ConnectionSet::routeFor(Purpose purpose) const
{
    return route(m_d->database, purpose, budget());
}

DirectBudget ConnectionSet::budget() const
{
    DirectBudget budget = m_d->budget;
    budget.refused = m_d->refusedUntil && std::chrono::steady_clock::now() < *m_d->refusedUntil;
    return budget;
}

void ConnectionSet::measure(SessionThread &session)
{
    RequestSpec spec;
    spec.statements = {serverUseStatement()};
    collect(session, std::move(spec)).then(this, [this](const Result<std::vector<Table>> &answer) {
        const Result<ServerUse> use =
            answer.and_then([](const auto &tables) { return serverUseOf(tables.front()); });
        if (use)
            m_d->budget = budgetOf(*use);
    });
}

void ConnectionSet::noteRefusal(const Error &error)
{
    constexpr auto pause = std::chrono::seconds(30);
    if (error.server && error.server->sqlState == "53300") // too_many_connections
        m_d->refusedUntil = std::chrono::steady_clock::now() + pause;
}

SessionThread *ConnectionSet::make(int slot, const Endpoint &endpoint, Purpose purpose)
{
    std::unique_ptr<SessionThread> &place = m_d->at(Slot(slot));
    if (place)
        return place.get();
    place = std::make_unique<SessionThread>(sessionConfig(endpoint));
    SessionThread *session = place.get();
    connect(
        session, &SessionThread::connected, this, [this, session, slot](const ServerInfo &info) {
            m_d->lastBackend.insert(session, info.backendPid);
            if (info.showsPooler())
                poolerSeen(session,
                           tr("another server process answers than the one that was announced"));
            if (slot == int(Slot::Reader) && m_d->owns(session) && m_d->database.pooled)
                measure(*session);
        });
    if (slot != int(Slot::Pooled))
        connect(session, &SessionThread::connectFailed, this, &ConnectionSet::noteRefusal);
    emit sessionMade(session, purpose);
    return session;
}

Result<SessionThread *> ConnectionSet::session(Purpose purpose)
{
    const Result<Route> found = routeFor(purpose);
    if (!found)
        return std::unexpected(found.error());
    if (found->endpoint.role == EndpointRole::Pooled)
        return make(int(Slot::Pooled), found->endpoint, purpose);
    Slot slot = directSlot(purpose);
    const SessionThread *first = m_d->at(Slot::FirstJob).get();
    if (slot == Slot::FirstJob && first && !isFree(*first)) {
        const SessionThread *second = m_d->at(Slot::SecondJob).get();
        if (!second || isFree(*second))
            slot = Slot::SecondJob;
    }
    return make(int(slot), found->endpoint, purpose);
}

Result<SessionThread *> ConnectionSet::jobSession(Purpose purpose, int number)
{
    Q_ASSERT(number >= 0 && number < maxJobSessions);
    const Result<Route> found = routeFor(purpose);
    if (!found)
        return std::unexpected(found.error());
    const bool pooled = found->endpoint.role == EndpointRole::Pooled;
    const int slot = pooled ? int(Slot::Pooled) : int(Slot::FirstJob) + number;
    return make(slot, found->endpoint, purpose);
}

Result<Request *> ConnectionSet::send(Purpose purpose, RequestSpec spec, QObject *parent)
{
    const Result<SessionThread *> found = session(purpose);
    if (!found)
        return std::unexpected(found.error());
    const bool writes = spec.frame == Frame::Writing || spec.frame == Frame::Plain;
    if (writes && spec.permit && !spec.permit->covers(routeFor(purpose)->endpoint.info))
        spec.permit.reset(); // of another database: as good as none, which the session refuses
    if (writes && spec.database.isEmpty())
        spec.database = databaseOf(**found);
    Request *request = (*found)->send(std::move(spec), parent);
    watch(**found, *request);
    return request;
}

void ConnectionSet::watch(SessionThread &session, Request &request)
{
    connect(&request, &Request::finished, this, [this, &session](const Result<Summary> &outcome) {
        if (!outcome || outcome->backendPid == 0)
            return;
        const int before = m_d->lastBackend.value(&session);
        m_d->lastBackend.insert(&session, outcome->backendPid);
        if (before != 0 && before != outcome->backendPid)
            poolerSeen(&session,
                       tr("two transactions of one connection ran in two server processes"));
    });
}

void ConnectionSet::poolerSeen(SessionThread *session, const QString &reason)
{
    std::optional<Endpoint> &direct = m_d->database.direct;
    const bool ofDirect = m_d->owns(session) && !session->config().pooled;
    // A pooler in session mode keeps one server connection a client, which is as good as a direct
    // one.
    if (!ofDirect || !direct || poolEvidence(direct->info).sessionMode)
        return;
    Endpoint changed = *direct;
    changed.role = EndpointRole::Pooled;
    changed.reason = reason;
    direct.reset();
    if (!m_d->database.pooled)
        m_d->database.pooled = changed;
    for (const Slot slot :
         {Slot::Reader, Slot::User, Slot::Watcher, Slot::FirstJob, Slot::SecondJob}) {
        if (std::unique_ptr<SessionThread> &place = m_d->at(slot)) {
            place->close();
            m_d->retired.push_back(std::move(place));
        }
    }
    emit endpointChanged(changed);
}

void ConnectionSet::close()
{
    for (const std::unique_ptr<SessionThread> &session : m_d->bySlot) {
        if (session)
            session->close();
    }
    for (const std::unique_ptr<SessionThread> &session : m_d->retired)
        session->close();
}

int ConnectionSet::openSessions() const
{
    const auto open = [](const std::unique_ptr<SessionThread> &session) {
        return session && session->state() != SessionState::Closed;
    };
    return int(std::ranges::count_if(m_d->bySlot, open)
               + std::ranges::count_if(m_d->retired, open));
}

} // namespace core

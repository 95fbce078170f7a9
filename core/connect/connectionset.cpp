// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/connectionset.h"

#include "core/connect/poolerprobe.h"
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
    if (session.config().pooled || session.config().ownServer)
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
    /// What a session was made for, as its address was then.
    QHash<const SessionThread *, Endpoint> madeFor = {};
    PoolerFindings findings = {};
    TrustToken token;

    DirectBudget budget = {};
    std::optional<std::chrono::steady_clock::time_point> refusedUntil = {};

    explicit Sessions(const TrustToken &agreed)
        : token(agreed)
    {
    }
    std::unique_ptr<SessionThread> &at(Slot slot) { return bySlot[size_t(slot)]; }
    void retire(std::unique_ptr<SessionThread> &place)
    {
        place->close();
        retired.push_back(std::move(place));
    }
    [[nodiscard]] bool owns(const SessionThread *session) const
    {
        return std::ranges::any_of(bySlot, [&](const auto &own) { return own.get() == session; });
    }
};

ConnectionSet::ConnectionSet(Database database, const TrustToken &token)
    : m_d(std::make_unique<Sessions>(token))
{
    m_d->database = std::move(database);
}

ConnectionSet::~ConnectionSet() = default;

Result<std::unique_ptr<ConnectionSet>> ConnectionSet::create(Database database,
                                                             const TrustToken &token)
{
    if (const Result<> agreed = checkTrust(database, token); !agreed)
        return std::unexpected(agreed.error());
    return std::unique_ptr<ConnectionSet>(new ConnectionSet(std::move(database), token));
}

Result<> ConnectionSet::adopt(Database database, const TrustToken &token)
{
    if (Result<> agreed = checkTrust(database, token); !agreed)
        return agreed;
    m_d->database = std::move(database);
    m_d->token = token;
    m_d->findings.misnamed.reset();
    applyFindings(m_d->database, m_d->findings);
    for (std::unique_ptr<SessionThread> &place : m_d->bySlot) {
        if (place && place->heldState().isEmpty())
            m_d->retire(place);
    }
    return {};
}

const Database &ConnectionSet::database() const
{
    return m_d->database;
}

Result<Route> ConnectionSet::routeFor(Purpose purpose) const
{
    return route(m_d->database, purpose, budget(), m_d->findings);
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

SessionConfig ConnectionSet::configFor(const Route &route) const
{
    SessionConfig config = sessionConfig(route.endpoint);
    config.pooled = route.isShared();
    config.ownServer = standingOf(route.endpoint, m_d->findings) == Standing::SessionPooler;
    if (route.endpoint.role == EndpointRole::Pooled)
        config.keywords.erase("options"_ba); // no pooler takes it, whatever its mode
    return config;
}

/// One session for all work: where the server goes to others, where there is no second one to have,
/// and where the pooler stands in for the direct endpoint.
bool ConnectionSet::isForOne(const Route &route) const
{
    const PoolerFinding *found = m_d->findings.of(route.endpoint);
    return route.isShared() || (found && found->onlyOne)
           || (route.endpoint.role == EndpointRole::Pooled && m_d->database.direct);
}

SessionThread *ConnectionSet::make(int slot, const Route &route, Purpose purpose)
{
    std::unique_ptr<SessionThread> &place = m_d->at(Slot(slot));
    if (place)
        return place.get();
    place = std::make_unique<SessionThread>(configFor(route));
    SessionThread *session = place.get();
    m_d->madeFor.insert(session, route.endpoint);
    connect(session, &SessionThread::connected, this,
            [this, session, slot](const ServerInfo &info) {
                m_d->lastBackend.insert(session, info.backendPid);
                if (info.showsPooler())
                    poolerShown(session, info);
                if (slot == int(Slot::Reader) && m_d->owns(session) && m_d->database.pooled
                    && m_d->database.direct)
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
    if (isForOne(*found))
        return make(int(Slot::Pooled), *found, purpose);
    Slot slot = directSlot(purpose);
    const SessionThread *first = m_d->at(Slot::FirstJob).get();
    if (slot == Slot::FirstJob && first && !isFree(*first)) {
        const SessionThread *second = m_d->at(Slot::SecondJob).get();
        if (!second || isFree(*second))
            slot = Slot::SecondJob;
    }
    return make(int(slot), *found, purpose);
}

Result<SessionThread *> ConnectionSet::jobSession(Purpose purpose, int number)
{
    Q_ASSERT(number >= 0 && number < maxJobSessions);
    const Result<Route> found = routeFor(purpose);
    if (!found)
        return std::unexpected(found.error());
    const int slot = isForOne(*found) ? int(Slot::Pooled) : int(Slot::FirstJob) + number;
    return make(slot, *found, purpose);
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
            wandered(&session);
    });
}

/// A pooler in session mode announces another process, too, and keeps one all the same.
void ConnectionSet::poolerShown(SessionThread *session, const ServerInfo &info)
{
    if (!m_d->owns(session) || session->config().pooled || session->config().ownServer)
        return;
    const Endpoint endpoint = m_d->madeFor.value(session);
    PoolerFinding finding =
        poolerKind({.address = endpoint.info,
                    .announcedPid = info.announcedPid,
                    .reports = info.reports,
                    .askedName = keyword(session->config().keywords, "application_name"_ba),
                    .transactions = {{.backend = info.backendPid}}});
    finding.evidence = tr("Another server process answers than the one that was announced.");
    learn(endpoint, finding);
}

/// Two transactions of one connection ran in two server processes: whatever was found or said, this
/// endpoint lends its servers.
void ConnectionSet::wandered(SessionThread *session)
{
    if (!m_d->owns(session) || session->config().pooled)
        return;
    const Endpoint endpoint = m_d->madeFor.value(session);
    const PoolerFinding *before = m_d->findings.of(endpoint);
    PoolerFinding finding = before ? *before : poolerKind({.address = endpoint.info});
    if (finding.kind == PoolerKind::None)
        finding.kind = PoolerKind::Other;
    finding.mode = PoolMode::Transaction;
    finding.onlyOne = false;
    finding.evidence = tr("Two transactions of one connection ran in two server processes.");
    learn(endpoint, finding);
}

const PoolerFindings &ConnectionSet::findings() const
{
    return m_d->findings;
}

Result<std::unique_ptr<PoolerProbe>> ConnectionSet::probe(const Endpoint &endpoint) const
{
    return PoolerProbe::create(endpoint, m_d->token);
}

void ConnectionSet::learn(const Endpoint &endpoint, const PoolerFinding &finding)
{
    const QString place = poolerPlace(endpoint);
    const PoolerFinding *known = m_d->findings.of(endpoint);
    const bool wasOne = known && known->onlyOne;
    const Standing before = standingOf(endpoint, m_d->findings);
    m_d->findings.byPlace.insert_or_assign(place, finding);
    const Standing now = standingOf(endpoint, m_d->findings);
    const bool moved = applyFindings(m_d->database, m_d->findings);
    const bool lends = now == Standing::Pooled || now == Standing::StatementPooler;
    for (std::unique_ptr<SessionThread> &session : m_d->bySlot) {
        // What a session holds is lost on a pooler that lends its servers, and stays on others.
        if (session && poolerPlace(m_d->madeFor.value(session.get())) == place
            && (now != before || wasOne != finding.onlyOne)
            && (lends || session->heldState().isEmpty()))
            m_d->retire(session);
    }
    emit findingsChanged();
    if (!moved && (!lends || before == Standing::Pooled || before == Standing::StatementPooler))
        return;
    Endpoint changed = endpoint;
    changed.role = EndpointRole::Pooled;
    changed.reason = standingReason(changed, m_d->findings);
    for (const auto &kept : {m_d->database.pooled, m_d->findings.misnamed}) {
        if (moved && kept && poolerPlace(*kept) == place)
            changed = *kept;
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

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/routing.h"
#include "core/project/trust.h"
#include "core/session/sessionthread.h"

#include <QObject>

#include <memory>

namespace core {

class PoolerProbe;

/// The sessions of one database (DESIGN 3, "How many"): on a direct endpoint `reader` (browse and
/// catalog), `user` (a person's SQL), `watcher` (while something listens, or activity is shown) and
/// at most two for jobs; on a pooled one a single session whose work is queued. A session is made
/// at its first use, connects at its first request and closes itself after 60 s without work. Used
/// from the thread that made it. The destructor ends all sessions without waiting for them: what
/// runs is cancelled on the server (see SessionThread).
class ConnectionSet : public QObject
{
    Q_OBJECT

public:
    static constexpr int maxJobSessions = 2;

    /// Errors: trust.needed where the token does not cover every endpoint of the database.
    [[nodiscard]] static Result<std::unique_ptr<ConnectionSet>> create(Database database,
                                                                       const TrustToken &token);
    ~ConnectionSet() override;

    /// Other words for the same place (a password, a parameter): what connects from now on uses
    /// them. Sessions end when their running request has ended, except one that holds state
    /// (HeldState), which nothing but its own end may take from a person. Errors: trust.needed.
    [[nodiscard]] Result<> adopt(Database database, const TrustToken &token);

    /// The endpoints as they are known now; roles change when a pooler shows itself.
    [[nodiscard]] const Database &database() const;
    [[nodiscard]] Result<Route> routeFor(Purpose purpose) const;

    /// The session for a purpose, borrowed; it lives as long as this set. Ask again for each piece
    /// of work, because a pooler that shows itself changes the answer. Errors: route.needsDirect.
    [[nodiscard]] Result<SessionThread *> session(Purpose purpose);
    /// One of the job sessions by number (0 or 1), for work that wants two at once. On a pooled
    /// endpoint both are the one.
    [[nodiscard]] Result<SessionThread *> jobSession(Purpose purpose, int number);

    /// send() on the right session, watched for signs of a pooler. The caller owns the request as
    /// with SessionThread. What writes needs RequestSpec::permit, of this very database; where
    /// RequestSpec::database is empty it becomes the address's own.
    [[nodiscard]] Result<Request *> send(Purpose purpose, RequestSpec spec,
                                         QObject *parent = nullptr);
    /// Watches a request that was sent on a session of this set: frames that land on different
    /// backends of one connection mean a pooler.
    void watch(SessionThread &session, Request &request);

    /// What is known of the poolers at the endpoints: what a person had found out, and what showed
    /// itself while connected. Kept as long as this set, by address.
    [[nodiscard]] const PoolerFindings &findings() const;
    /// Finds out which pooler answers at an endpoint of this database; learn() takes what it says.
    /// Errors: trust.needed.
    [[nodiscard]] Result<std::unique_ptr<PoolerProbe>> probe(const Endpoint &endpoint) const;
    /// Routes go by it from now on. Sessions that were made for another kind of endpoint end when
    /// their running request has ended.
    void learn(const Endpoint &endpoint, const PoolerFinding &finding);

    /// How much of the direct endpoint's server is in use, as last seen. Measured with each new
    /// connection of the reader where there is a pooled endpoint to turn to: reading goes there
    /// while the server is nearly full, and for half a minute after it has turned us away.
    [[nodiscard]] DirectBudget budget() const;

    /// Ends all connections when their running request has ended; the next use connects again.
    void close();
    /// Sessions that have been made and are not closed.
    [[nodiscard]] int openSessions() const;

signals:
    /// A pooler showed itself behind an endpoint that was taken for direct, or for one that keeps
    /// a session's state; `endpoint` has its new role and reason.
    void endpointChanged(const core::Endpoint &endpoint);
    /// findings() changed.
    void findingsChanged();
    void sessionMade(core::SessionThread *session, core::Purpose purpose);

private:
    struct Sessions;
    [[nodiscard]] SessionThread *make(int slot, const Route &route, Purpose purpose);
    [[nodiscard]] SessionConfig configFor(const Route &route) const;
    [[nodiscard]] bool isForOne(const Route &route) const;
    void measure(SessionThread &session);
    void noteRefusal(const Error &error);
    void poolerShown(SessionThread *session, const ServerInfo &info);
    void wandered(SessionThread *session);
    ConnectionSet(Database database, const TrustToken &token);
    std::unique_ptr<Sessions> m_d;
};

} // namespace core

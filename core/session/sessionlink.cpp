// SPDX-License-Identifier: GPL-3.0-or-later
// Session: making, watching and losing its connection.
#include "core/session/session.h"

#include "core/pq/pgerror.h"
#include "core/session/connector.h"
#include "core/session/sessionerrors.h"

#include <utility>

namespace core {

void Session::startConnecting()
{
    m_connector.reset(new Connector(m_config, this));
    connect(m_connector.get(), &Connector::connected, this, &Session::finishConnecting);
    connect(m_connector.get(), &Connector::failed, this, &Session::failConnecting);
    m_connector->start();
}

void Session::finishConnecting()
{
    m_link.reset(new Link(m_connector->takeConnection(), connPlace(m_config.keywords), this));
    m_connector.reset();
    connect(m_link.get(), &Link::readable, this, &Session::handleReadable);
    listenForFarewell();
    m_announce = true;
    describeServer();
    next();
}

void Session::failConnecting(const Error &error)
{
    m_connector.reset();
    refreshState();
    // All who waited for this connection: asking a server that is down once for each would take the
    // time of each.
    std::deque<Job> waiting = std::exchange(m_queue, {});
    std::erase_if(waiting, [](const Job &job) { return job.isProbe; });
    emit connectFailed(error);
    for (const Job &job : waiting)
        finishJob(job, std::unexpected(error));
    next();
}

void Session::describeServer()
{
    PGconn *conn = m_link->conn();
    const auto reported = [conn](const char *name) {
        return QByteArray(PQparameterStatus(conn, name));
    };
    m_info = {.version = PQserverVersion(conn),
              .versionText = reported("server_version"),
              .announcedPid = PQbackendPID(conn),
              .inRecovery = reported("in_hot_standby") == "on",
              .superuser = reported("is_superuser") == "on",
              .encrypted = PQsslInUse(conn) != 0,
              .serverEncoding = reported("server_encoding"),
              .timeZone = reported("TimeZone"),
              .dateStyle = reported("DateStyle")};
}

void Session::noteFacts(const FrameFacts &facts)
{
    // A pooler reports what it saw when it logged in; the frame tells who works for us now.
    m_info.backendPid = facts.backendPid;
    m_info.inRecovery = facts.inRecovery;
    m_info.superuser = facts.superuser;
    if (std::exchange(m_announce, false))
        emit connected(m_info);
}

void Session::listenForFarewell()
{
    m_link->setNoticeSink([this](const PGresult *notice) {
        // Outside of a query libpq hands a server's last words out as a notice.
        if (isLastWord(notice))
            m_farewell = serverError(serverReport(notice), m_link->place());
    });
}

bool Session::isLinkAlive()
{
    m_link->consume();
    (void)PQisBusy(m_link->conn()); // parses what was read
    return !m_link->isBad() && !m_farewell;
}

void Session::handleIdleLink()
{
    if (isLinkAlive())
        return;
    const Error error = m_farewell ? *m_farewell : lostError(m_link->conn(), m_link->place());
    closeLink();
    refreshState();
    emit idleConnectionLost(error);
}

} // namespace core

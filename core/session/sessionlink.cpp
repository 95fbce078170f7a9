// SPDX-License-Identifier: GPL-3.0-or-later
// Session: making, watching and losing its connection.
#include "core/session/session.h"

#include "core/pq/pgerror.h"
#include "core/session/connector.h"
#include "core/session/sessionerrors.h"

#include <ctime>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

/// For so long a server that has no room is not asked again: each question takes it a process.
constexpr std::chrono::milliseconds fullServerPause = 1s;

std::chrono::milliseconds clockTime(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return std::chrono::duration_cast<std::chrono::milliseconds>(
        std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec));
}

} // namespace

void Session::tellWaiting(const WaitNote &note)
{
    if (m_run) {
        if (!m_job.isProbe)
            emit stillWaiting(m_job.serial, note);
        return;
    }
    QList<Serial> waiting; // a slot may cancel one
    for (const Job &job : m_queue) {
        if (!job.isProbe)
            waiting.append(job.serial);
    }
    for (const Serial serial : waiting)
        emit stillWaiting(serial, note);
}

/// Only CLOCK_BOOTTIME goes on while the machine sleeps.
std::chrono::milliseconds Session::timeAsleep() const
{
    if (m_config.timeAsleep)
        return m_config.timeAsleep();
    return clockTime(CLOCK_BOOTTIME) - clockTime(CLOCK_MONOTONIC);
}

void Session::startConnecting()
{
    if (m_tooMany) { // a server that is full is not asked again at once by everybody who waits
        failConnecting(Error(*m_tooMany));
        return;
    }
    m_connector.reset(new Connector(m_config, this));
    connect(m_connector.get(), &Connector::connected, this, &Session::finishConnecting);
    connect(m_connector.get(), &Connector::failed, this, &Session::failConnecting);
    connect(m_connector.get(), &Connector::waiting, this, &Session::tellWaiting);
    m_connector->start();
}

void Session::finishConnecting()
{
    m_link.reset(new Link(m_connector->takeConnection(), connPlace(m_config.keywords), this));
    m_connector.reset();
    connect(m_link.get(), &Link::readable, this, &Session::handleReadable);
    connect(m_link.get(), &Link::notified, this, &Session::notified);
    listenForFarewell();
    m_announce = true;
    m_asleepAtUse = timeAsleep();
    describeServer();
    next();
}

void Session::failConnecting(const Error &error)
{
    m_connector.reset();
    refreshState();
    if (error.id == "connection.tooMany"_ba && !m_tooMany) {
        m_tooMany = error;
        m_holdOff.start(fullServerPause);
    }
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
    for (const char *name : {"application_name", "in_hot_standby", "default_transaction_read_only",
                             "scram_iterations", "session_authorization"}) {
        if (PQparameterStatus(conn, name))
            m_info.reports[name] = reported(name);
    }
}

void Session::noteFacts(const FrameFacts &facts)
{
    // A pooler reports what it saw when it logged in; the frame tells who works for us now.
    m_info.backendPid = facts.backendPid;
    m_info.inRecovery = facts.inRecovery;
    m_info.superuser = facts.superuser;
    m_info.database = facts.database;
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
    loseLink(error);
    refreshState();
    emit idleConnectionLost(error);
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"
#include "core/session/request.h"

#include <QHash>
#include <QObject>
#include <QThread>

#include <memory>

namespace core {

class Session;

/// What a session needs to connect. `keywords` come from pq/conninfo, never from text; the password
/// is among them.
struct SessionConfig {
    ConnKeywords keywords = {};
    bool pooled = false; ///< no pausing, no startup options, one statement at a time
    std::chrono::milliseconds connectTimeout{10'000};
    /// Silence beyond what the server may take for a statement (statementTimeout, where there is
    /// one) means that the network is stalled, which TCP itself does not notice: the request fails
    /// with `connection.stalled`.
    std::chrono::milliseconds stallTimeout{10'000};
    std::chrono::milliseconds idleTimeout{
        60'000}; ///< closes the connection when nothing was sent for so long; 0 = never
};

/// What is known of the server once connected.
struct ServerInfo {
    int version = 0;             ///< PQserverVersion, e.g. 170005
    QByteArray versionText = {}; ///< server_version
    int announcedPid = 0;        ///< PQbackendPID
    int backendPid = 0;          ///< pg_backend_pid(); differs from announcedPid behind a pooler
    bool inRecovery = false;
    bool superuser = false;
    bool encrypted = false;
    QByteArray serverEncoding = {};
    QByteArray timeZone = {};
    QByteArray dateStyle = {};
    bool operator==(const ServerInfo &) const = default;
};

enum class SessionState : quint8 { Closed, Connecting, Idle, Busy, Cancelling };

/// Owns one connection and the thread it lives in. Connects at the first request and again after an
/// idle connection was lost (nothing but frames that roll back ever runs in it, so nothing can be
/// lost with it). Requests run in the order of send(). Used from the thread that made it; the
/// destructor cancels, waits at most two seconds, closes the socket and joins the thread.
class SessionThread : public QObject
{
    Q_OBJECT

public:
    explicit SessionThread(SessionConfig config, QObject *parent = nullptr);
    ~SessionThread() override;

    /// Queues a request. The caller owns the returned object (parent may be null); every outcome,
    /// including "cannot connect", comes through its signals from the event loop, never from inside
    /// send().
    [[nodiscard]] Request *send(RequestSpec spec, QObject *parent = nullptr);
    /// Connects now; `connected` or `connectFailed` follows.
    void open();
    /// Closes the connection when the running request has ended.
    void close();

    [[nodiscard]] SessionState state() const { return m_state; }
    [[nodiscard]] const SessionConfig &config() const { return m_config; }
    /// Of the last connection; version 0 before the first.
    [[nodiscard]] const ServerInfo &serverInfo() const { return m_info; }

signals:
    void stateChanged(core::SessionState state);
    void connected(const core::ServerInfo &info);
    void connectFailed(const core::Error &error);
    /// An idle connection ended; the next request connects again.
    void idleConnectionLost(const core::Error &error);
    /// Round trip of the last frame's BEGIN, or of a connect.
    void latencyMeasured(std::chrono::microseconds latency);

private:
    void follow();
    void followRequests();
    void attach(Request *request);
    void finish(Serial serial, const Result<Summary> &outcome);
    [[nodiscard]] Request *awaited(Serial serial) const;

    SessionConfig m_config;
    ServerInfo m_info;
    SessionState m_state = SessionState::Closed;
    QHash<Serial, Request *> m_requests; ///< not finished yet; a reply to any other number is stale
    QThread m_thread;
    Session *m_session = nullptr; ///< lives in m_thread, deleted there
};

} // namespace core

Q_DECLARE_METATYPE(core::ServerInfo)
Q_DECLARE_METATYPE(core::SessionState)

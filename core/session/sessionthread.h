// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"
#include "core/session/heldstate.h"
#include "core/session/request.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <map>
#include <memory>

class QThread;

namespace core {

class ConnectionWay;
class Session;

/// What a session needs to connect. `keywords` come from pq/conninfo, never from text; the password
/// is among them.
struct SessionConfig {
    ConnKeywords keywords = {};
    /// What unqualified names mean (pq/searchpath.h): set inside of every frame, for that frame
    /// alone, and once for a session that is a person's own (Frame::Plain). Empty = the server's
    /// own. A person's SET and what a request sets itself come before it.
    QByteArray searchPath = {};
    bool pooled = false; ///< no pausing, no startup options, one statement at a time
    /// A pooler in session mode, which keeps one server process a client: as good as direct.
    bool ownServer = false;
    std::chrono::milliseconds connectTimeout{10'000};
    /// Silence beyond what the server may take for a statement (statementTimeout, where there is
    /// one) means that the network is stalled, which TCP itself does not notice: the request fails
    /// with `connection.stalled`.
    std::chrono::milliseconds stallTimeout{10'000};
    std::chrono::milliseconds idleTimeout{
        60'000}; ///< closes the connection when nothing was sent for so long; 0 = never
    /// How long a server is asked again that says it is starting or recovering.
    std::chrono::milliseconds startupPatience{60'000};
    /// How long this machine has slept since some moment; a test may lie. Null: the kernel's
    /// clocks.
    std::function<std::chrono::milliseconds()> timeAsleep = {};
    std::shared_ptr<ConnectionWay> way = {}; ///< asked before each attempt to connect; may be null
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
    QByteArray database = {}; ///< current_database(); a pooler may call it otherwise
    /// What the greeting said beyond that, of the names by which poolers give themselves away.
    std::map<QByteArray, QByteArray> reports = {};
    bool operator==(const ServerInfo &) const = default;

    /// Another server process answers than the one that was announced: a pooler is in between.
    [[nodiscard]] bool showsPooler() const
    {
        return announcedPid != 0 && backendPid != 0 && announcedPid != backendPid;
    }
};

enum class SessionState : quint8 { Closed, Connecting, Idle, Busy, Cancelling };

/// Owns one connection and the thread it lives in. Connects at the first request and again after an
/// idle connection was lost: silently where it held nothing (HeldState), else stateLost() says what
/// is gone, and requests that were sent before that was heard end with session.stateLost instead of
/// running without it. While a transaction is open, requests that do not belong to it end with
/// transaction.reserved, and the connection is not closed for being idle. Requests run in the order
/// of send(). Used from the thread that made it.
///
/// The destructor does not wait: its requests finish as cancelled, and the thread, which belongs to
/// the application from then on, cancels on the server what runs, gives that two seconds, closes
/// the socket and ends. The end of the application waits for all such threads together, so none
/// outlives it. Only outside of the application's thread the destructor waits itself.
class SessionThread : public QObject
{
    Q_OBJECT

public:
    explicit SessionThread(SessionConfig config, QObject *parent = nullptr);
    ~SessionThread() override;

    /// Threads of destroyed sessions that have not ended yet.
    [[nodiscard]] static int ending();
    /// Waits for those: two seconds for all of them, where a server does not answer. The
    /// application's destructor does it by itself.
    static void waitForEnding();

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

    /// What the connection holds; always told before the finished() of the request that made it so.
    [[nodiscard]] const HeldState &heldState() const { return m_held; }

signals:
    void stateChanged(core::SessionState state);
    void heldStateChanged(const core::HeldState &held);
    /// The connection was lost (not closed by close()), and `lost` with it.
    void stateLost(const core::HeldState &lost, const core::Error &reason);
    void connected(const core::ServerInfo &info);
    void connectFailed(const core::Error &error);
    /// An idle connection ended; the next request connects again.
    void idleConnectionLost(const core::Error &error);
    /// Of NOTIFY, on a channel that a person's LISTEN named (HeldState::channels).
    void notified(const QString &channel, const QString &payload, int backendPid);
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
    HeldState m_held;
    quint64 m_lossesHeard = 0;           ///< how often stateLost() has come
    QHash<Serial, Request *> m_requests; ///< not finished yet; a reply to any other number is stale
    std::unique_ptr<QThread> m_thread;
    Session *m_session = nullptr; ///< lives in *m_thread, deleted there
};

} // namespace core

Q_DECLARE_METATYPE(core::ServerInfo)
Q_DECLARE_METATYPE(core::SessionState)

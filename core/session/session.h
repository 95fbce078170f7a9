// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/frametext.h"
#include "core/session/later.h"
#include "core/session/link.h"
#include "core/session/sessionthread.h"

#include <QList>
#include <QObject>
#include <QTimer>

#include <deque>
#include <limits>
#include <optional>

namespace core {

class Canceller;
class Connector;
class FrameRun;

/// One connection as a state machine over libpq, which is never waited for. A plain object of one
/// thread without locks: SessionThread gives it a thread of its own, tests run it in theirs. Every
/// method belongs to that thread.
///
/// Requests run one after another in the order of send(). Signals carry the serial number of their
/// request and keep the order that Request promises; finished() comes exactly once for every
/// send(), except after deletion. The connection is made when it is needed, closed after
/// SessionConfig::idleTimeout, and replaced once and silently where the server turns out to have
/// gone while it was idle: nothing of a request was answered then. A connection that holds
/// something (HeldState) is never replaced silently: stateLost() says what went with it.
class Session : public QObject
{
    Q_OBJECT

public:
    explicit Session(SessionConfig config, QObject *parent = nullptr);
    ~Session() override;

    /// Connects and asks the server who it is: connected() or connectFailed() follows.
    void open();
    /// `lossesHeard`: how many stateLost() the sender knew of. Where there have been more, the
    /// request was made for a connection that is gone, and ends with session.stateLost; frames that
    /// need nothing of a person's session (Pipelined) run all the same.
    void send(Serial serial, RequestSpec spec,
              quint64 lossesHeard = std::numeric_limits<quint64>::max());
    /// While nothing of ours runs on a server yet — queued, connecting, or waiting in a pooler,
    /// which ignores cancel requests of clients without a server — this ends the request at once.
    /// Otherwise the server is asked, and finished() follows when it has answered. Numbers that are
    /// not known any more are ignored, here and below.
    void cancel(Serial serial);
    /// Closes the socket under the request at once.
    void drop(Serial serial);
    void grant(Serial serial, int chunks);
    /// Closes the connection when the running request has ended; queued ones connect again.
    void close();
    /// Ends everything: what is queued at once, what runs by a cancel request and after `grace` by
    /// closing the socket. shutDownFinished() follows; nothing else may be called after it.
    void shutDown(std::chrono::milliseconds grace);

    [[nodiscard]] SessionState state() const { return m_state; }
    [[nodiscard]] const ServerInfo &serverInfo() const { return m_info; }
    [[nodiscard]] const HeldState &heldState() const { return m_held; }

signals:
    void started(core::Serial serial);
    void stillWaiting(core::Serial serial, const core::WaitNote &note);
    void columnsKnown(core::Serial serial, int statement, const core::Columns &columns);
    void chunkReady(core::Serial serial, int statement, const core::ChunkPtr &chunk);
    /// Together what came together: a flood must not become a flood of events.
    void noticesReceived(core::Serial serial, const QList<core::ServerReport> &notices);
    void noticesDropped(core::Serial serial, int count);
    void statementFinished(core::Serial serial, int statement,
                           const core::StatementSummary &summary);
    void finished(core::Serial serial, const core::Result<core::Summary> &outcome);

    void stateChanged(core::SessionState state);
    /// Once a connection, when its first frame has told the server process.
    void connected(const core::ServerInfo &info);
    void connectFailed(const core::Error &error);
    void idleConnectionLost(const core::Error &error);
    void heldStateChanged(const core::HeldState &held);
    void stateLost(const core::HeldState &lost, const core::Error &reason);
    void notified(const QString &channel, const QString &payload, int backendPid);
    void latencyMeasured(std::chrono::microseconds latency);
    void shutDownFinished();

private:
    struct Job {
        Serial serial = {};
        RequestSpec spec = {};
        quint64 lossesHeard = std::numeric_limits<quint64>::max();
        bool isProbe = false;  ///< of open(): nobody waits for its finished()
        bool isCheck = false;  ///< a probe of ours: does an idle connection still live
        bool repeated = false; ///< its first connection had died while idle
        bool started = false;
    };

    void next();
    void startConnecting();
    void finishConnecting();
    void failConnecting(const Error &error);
    void tellWaiting(const WaitNote &note);
    void describeServer();
    void noteFacts(const FrameFacts &facts);

    [[nodiscard]] bool refuseFirst();
    void checkAfterSleep();
    void runFirst();
    void watch(FrameRun *run);
    void handleReadable();
    void handleRunEnded();
    void finishJob(const Job &job, const Result<Summary> &outcome);
    void abandonRun(const Error &error);
    [[nodiscard]] bool mayRepeat(const Error &error) const;
    void noteHeld(const HeldState &held);
    void restartSilence();
    void handleSilence();

    [[nodiscard]] bool takeFromQueue(Serial serial, const Error &error);
    [[nodiscard]] bool isRunning(Serial serial) const;
    void stopServer();
    void handleCancelClosed();

    void listenForFarewell();
    [[nodiscard]] bool isLinkAlive();
    void handleIdleLink();
    void closeLink();
    void loseLink(const Error &reason);
    [[nodiscard]] std::chrono::milliseconds timeAsleep() const;
    void endShutDown();
    void refreshState();

    SessionConfig m_config;
    ServerInfo m_info;
    SessionState m_state = SessionState::Closed;
    std::deque<Job> m_queue;
    Job m_job; ///< what m_run runs
    LaterPtr<Connector> m_connector;
    LaterPtr<Link> m_link;
    LaterPtr<FrameRun> m_run;
    LaterPtr<Canceller> m_canceller; ///< while it is there nothing is sent on m_link
    std::optional<Error> m_farewell; ///< what an idle connection's server said before it closed
    HeldState m_held;
    QByteArray m_found; ///< FrameRun::found() of m_link
    SourcesRead m_sources;
    HeldState m_lastLost;
    quint64 m_losses = 0;
    std::optional<Error> m_tooMany; ///< a refusal that is fresh enough to be repeated for others
    std::chrono::milliseconds m_asleepAtUse{0};
    QTimer m_silence;
    QTimer m_waiting; ///< half of m_silence: somebody should be told
    QTimer m_holdOff; ///< m_tooMany counts until then
    QTimer m_idle;
    QTimer m_grace;
    QTimer m_stopAgain;        ///< the server was asked to stop what runs, and runs it still
    bool m_linkProven = false; ///< a frame ended well on this connection
    bool m_announce = false;   ///< connected() is owed
    bool m_closeAsked = false;
    bool m_shuttingDown = false;
};

} // namespace core

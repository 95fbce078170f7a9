// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/session.h"

#include "core/pq/pgerror.h"
#include "core/session/canceller.h"
#include "core/session/connector.h"
#include "core/session/framerun.h"
#include "core/session/sessionerrors.h"

#include <QThread>

#include <algorithm>
#include <utility>

namespace core {

Session::Session(SessionConfig config, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
{
    for (QTimer *timer : {&m_silence, &m_waiting, &m_holdOff, &m_idle, &m_grace, &m_stopAgain}) {
        timer->setSingleShot(true);
        timer->setParent(this); // moves to the session's thread with it
    }
    connect(&m_silence, &QTimer::timeout, this, &Session::handleSilence);
    connect(&m_waiting, &QTimer::timeout, this, [this] {
        if (!m_run)
            return;
        const auto spent = m_waiting.intervalAsDuration();
        tellWaiting(silenceNote(!m_run->hasServer(), spent, m_silence.remainingTimeAsDuration()));
    });
    connect(&m_holdOff, &QTimer::timeout, this, [this] { m_tooMany.reset(); });
    connect(&m_grace, &QTimer::timeout, this, &Session::endShutDown);
    connect(&m_stopAgain, &QTimer::timeout, this, &Session::stopServer);
    connect(&m_idle, &QTimer::timeout, this, [this] {
        closeLink();
        refreshState();
    });
}

Session::~Session() = default;

void Session::open()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_queue.push_back({.isProbe = true});
    next();
}

void Session::send(Serial serial, RequestSpec spec, quint64 lossesHeard)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_queue.push_back({.serial = serial, .spec = std::move(spec), .lossesHeard = lossesHeard});
    if (m_shuttingDown)
        (void)takeFromQueue(serial, shutDownError());
    else
        next();
}

void Session::cancel(Serial serial)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (takeFromQueue(serial, cancelledError({}, false)) || !isRunning(serial))
        return;
    m_link->consume(); // what has come and was not read yet may be the server's first word
    m_run->cancel();
    if (!isRunning(serial)) // the rest of it was there already
        return;
    if (m_run->hasServer())
        stopServer();
    else
        abandonRun(cancelledError(m_link->place(), true));
    refreshState();
}

void Session::drop(Serial serial)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (takeFromQueue(serial, droppedError({})) || !isRunning(serial))
        return;
    abandonRun(droppedError(m_link->place()));
}

void Session::grant(Serial serial, int chunks)
{
    Q_ASSERT(QThread::currentThread() == thread());
    if (isRunning(serial)) {
        m_run->grant(chunks);
        restartSilence();
        return;
    }
    const auto queued = std::ranges::find(m_queue, serial, &Job::serial);
    if (queued != m_queue.end() && queued->spec.credits >= 0)
        queued->spec.credits += chunks;
}

void Session::close()
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_closeAsked = true;
    next();
}

void Session::shutDown(std::chrono::milliseconds grace)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_shuttingDown = true;
    for (const Job &job : std::exchange(m_queue, {}))
        finishJob(job, std::unexpected(shutDownError()));
    m_connector.reset();
    if (m_run)
        m_link->consume();
    if (!m_run || !m_run->hasServer()) {
        endShutDown();
        return;
    }
    m_grace.start(grace);
    m_run->cancel();
    if (m_run)
        stopServer();
}

void Session::endShutDown()
{
    m_grace.stop();
    m_canceller.reset();
    if (m_run)
        abandonRun(shutDownError());
    closeLink();
    refreshState();
    emit shutDownFinished();
}

/// Every way on from a state ends here.
void Session::next()
{
    if (m_run || m_connector || m_canceller) {
        refreshState();
        return;
    }
    if (std::exchange(m_closeAsked, false))
        closeLink();
    if (m_shuttingDown || m_queue.empty()) {
        if (m_link && m_config.idleTimeout.count() > 0 && m_held.isEmpty())
            m_idle.start(m_config.idleTimeout);
        refreshState();
        return;
    }
    m_idle.stop();
    if (m_link && !isLinkAlive())
        loseLink(m_farewell ? *m_farewell : lostError(m_link->conn(), m_link->place()));
    // Slots of those signals may have brought us here before.
    if (m_run || m_connector || m_queue.empty())
        return;
    if (refuseFirst())
        return;
    if (m_link) {
        checkAfterSleep();
        runFirst();
    } else {
        startConnecting();
    }
    refreshState();
}

bool Session::takeFromQueue(Serial serial, const Error &error)
{
    const auto found = std::ranges::find_if(
        m_queue, [serial](const Job &job) { return job.serial == serial && !job.isProbe; });
    if (found == m_queue.end())
        return false;
    const Job job = std::move(*found);
    m_queue.erase(found);
    if (m_queue.empty())
        m_connector.reset(); // nobody else waits for the connection
    refreshState();
    finishJob(job, std::unexpected(error));
    return true;
}

void Session::finishJob(const Job &job, const Result<Summary> &outcome)
{
    if (!job.isProbe)
        emit finished(job.serial, outcome);
    else if (!outcome && !job.isCheck)
        emit connectFailed(outcome.error());
}

bool Session::isRunning(Serial serial) const
{
    return m_run && !m_job.isProbe && m_job.serial == serial;
}

void Session::closeLink()
{
    m_idle.stop();
    m_farewell.reset();
    m_found.clear();
    m_linkProven = false;
    if (!m_link)
        return;
    m_link->close();
    m_link.reset();
    if (m_canceller) {
        // It can no longer hit a later statement: it may finish on its own.
        Canceller *canceller = m_canceller.release();
        canceller->disconnect(this);
        connect(canceller, &Canceller::finished, canceller, &QObject::deleteLater);
    }
    noteHeld({});
}

/// The connection is gone without anybody here having wanted it.
void Session::loseLink(const Error &reason)
{
    const HeldState lost = m_held;
    if (!lost.isEmpty()) {
        m_lastLost = lost;
        ++m_losses;
    }
    closeLink();
    if (!lost.isEmpty())
        emit stateLost(lost, reason);
}

void Session::noteHeld(const HeldState &held)
{
    if (std::exchange(m_held, held) != held)
        emit heldStateChanged(held);
}

void Session::refreshState()
{
    SessionState state = SessionState::Closed;
    if (m_canceller || (m_run && m_run->isCancelled()))
        state = SessionState::Cancelling;
    else if (m_run)
        state = SessionState::Busy;
    else if (m_connector)
        state = SessionState::Connecting;
    else if (m_link)
        state = SessionState::Idle;
    if (std::exchange(m_state, state) != state)
        emit stateChanged(state);
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
// Session: running one request, and ending it early.
#include "core/session/session.h"

#include "core/session/canceller.h"
#include "core/session/connector.h"
#include "core/session/guardedrun.h"
#include "core/session/pipelinedrun.h"
#include "core/session/sessionerrors.h"

#include <algorithm>
#include <utility>

using namespace std::chrono_literals;

namespace core {

namespace {

/// A cancel request takes one round trip and a little; longer means that it does not arrive.
constexpr std::chrono::milliseconds longestCancel = 5s;
/// libpq's receive buffer grows to the largest row and never shrinks: after such a one the
/// connection is not kept.
constexpr qint64 largestCellKept = qint64(16) * 1024 * 1024;

FrameRun *newRun(Link *link, const RequestSpec &spec, const SessionConfig &config, QObject *parent)
{
    if (spec.frame == Frame::Guarded)
        return new GuardedRun(link, spec, config, parent);
    return new PipelinedRun(link, spec, config, parent);
}

} // namespace

void Session::runFirst()
{
    Job &first = m_queue.front();
    if (!std::exchange(first.started, true) && !first.isProbe) {
        const Serial serial = first.serial;
        emit started(serial);
        // A slot may have cancelled it, or sent another one and so come here before us.
        if (m_run || !m_link || m_queue.empty() || m_queue.front().serial != serial) {
            next();
            return;
        }
    }
    m_job = std::move(m_queue.front());
    m_queue.pop_front();
    m_announce = m_announce || m_job.isProbe;
    m_run.reset(newRun(m_link.get(), m_job.spec, m_config, this));
    watch(m_run.get());
    refreshState();
    m_run->start();
    if (m_run && m_link->isBad())
        m_run->advance();
    restartSilence();
}

void Session::watch(FrameRun *run)
{
    const Serial serial = m_job.serial;
    connect(run, &FrameRun::identified, this, &Session::noteFacts);
    connect(run, &FrameRun::stopWanted, this, &Session::stopServer);
    connect(run, &FrameRun::latencyMeasured, this, &Session::latencyMeasured);
    connect(run, &FrameRun::ended, this, &Session::handleRunEnded);
    connect(run, &FrameRun::columnsKnown, this,
            [this, serial](int statement, const Columns &columns) {
                emit columnsKnown(serial, statement, columns);
            });
    connect(run, &FrameRun::chunkReady, this, [this, serial](int statement, const ChunkPtr &chunk) {
        emit chunkReady(serial, statement, chunk);
    });
    connect(run, &FrameRun::noticesReceived, this,
            [this, serial](const QList<ServerReport> &notices) {
                emit noticesReceived(serial, notices);
            });
    connect(run, &FrameRun::noticesDropped, this,
            [this, serial](int count) { emit noticesDropped(serial, count); });
    connect(run, &FrameRun::statementFinished, this,
            [this, serial](int statement, const StatementSummary &summary) {
                emit statementFinished(serial, statement, summary);
            });
}

void Session::handleReadable()
{
    if (!m_run) {
        handleIdleLink();
        return;
    }
    m_run->advance();
    restartSilence();
}

void Session::handleRunEnded()
{
    m_silence.stop();
    const Result<Summary> outcome = m_run->outcome();
    const bool keep = m_run->leftLinkUsable() && m_run->largestCellSeen() <= largestCellKept;
    const bool repeat = !outcome && mayRepeat(outcome.error());
    m_run.reset();
    if (keep) {
        m_linkProven = true;
        listenForFarewell();
    } else {
        closeLink();
    }
    Job job = std::exchange(m_job, {});
    if (repeat) {
        job.repeated = true;
        m_queue.push_front(std::move(job));
    } else {
        refreshState();
        finishJob(job, outcome);
    }
    if (m_shuttingDown)
        endShutDown();
    else
        next();
}

bool Session::mayRepeat(const Error &error) const
{
    const bool diedIdle =
        error.sessionLost && m_linkProven && m_link->isBad() && !m_link->hasHeard();
    return diedIdle && !m_job.repeated && !m_run->isCancelled() && !m_shuttingDown;
}

void Session::abandonRun(const Error &error)
{
    m_silence.stop();
    m_run.reset();
    closeLink();
    const Job job = std::exchange(m_job, {});
    refreshState();
    finishJob(job, std::unexpected(error));
    if (!m_shuttingDown)
        next();
}

void Session::stopServer()
{
    if (m_canceller || m_run->isClosing())
        return;
    m_run->holdSending();
    const auto timeout = std::min(m_config.connectTimeout, longestCancel);
    m_canceller.reset(new Canceller(m_link->conn(), timeout, this));
    connect(m_canceller.get(), &Canceller::finished, this, &Session::handleCancelClosed);
    m_canceller->start();
    refreshState();
}

void Session::handleCancelClosed()
{
    // Where the request did not arrive, the statement goes on; cancel() may be called again, or
    // drop().
    m_canceller.reset();
    if (m_run)
        m_run->releaseSending();
    next();
}

void Session::restartSilence()
{
    m_silence.stop();
    if (!m_run || m_run->isPaused())
        return;
    const std::chrono::milliseconds limit = m_run->silenceLimit();
    if (limit.count() > 0)
        m_silence.start(limit);
}

void Session::handleSilence()
{
    abandonRun(m_run->isCancelled()
                   ? cancelledError(m_link->place(), true)
                   : stalledError(m_link->place(), m_silence.intervalAsDuration()));
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
// Session: running one request, and ending it early.
#include "core/session/session.h"

#include "core/pq/pgerror.h"
#include "core/session/canceller.h"
#include "core/session/connector.h"
#include "core/session/guardedrun.h"
#include "core/session/pipelinedrun.h"
#include "core/session/plainrun.h"
#include "core/session/sessionerrors.h"
#include "core/session/writingrun.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

/// A cancel request takes one round trip and a little; longer means that it does not arrive.
constexpr std::chrono::milliseconds longestCancel = 5s;
/// A server that reads the next message of a pipeline ignores a cancel request (ProcessInterrupts,
/// DoingCommandRead), so one that came between two messages is lost: it is repeated until the
/// request has ended.
constexpr std::chrono::milliseconds stopsAgainAfter = 200ms;
/// Who waits in a pooler's queue is told so after this time.
constexpr std::chrono::milliseconds queueTold = 1s;
/// Shorter pauses of the clocks are their own.
constexpr std::chrono::milliseconds longSleep = 2s;
/// libpq's receive buffer grows to the largest row and never shrinks: after such a one the
/// connection is not kept.
constexpr qint64 largestCellKept = qint64(16) * 1024 * 1024;

FrameRun *newRun(Link *link, const RequestSpec &spec, const SessionConfig &config, QObject *parent)
{
    switch (spec.frame) {
    case Frame::Guarded:
        return new GuardedRun(link, spec, config, parent);
    case Frame::Writing:
        return new WritingRun(link, spec, config, parent);
    case Frame::Plain:
        return new PlainRun(link, spec, config, parent);
    case Frame::Pipelined:
        break;
    }
    return new PipelinedRun(link, spec, config, parent);
}

/// Somebody who stood in the way said goodbye before anything was done for us; these say that they
/// have no room, and to ask again at once would not make any.
bool isFull(const Error &error)
{
    return error.id == "connection.poolerBusy"_ba || error.id == "connection.tooMany"_ba;
}

bool writes(const RequestSpec &spec)
{
    return spec.frame == Frame::Writing || spec.frame == Frame::Plain;
}

/// Whoever may not write any more may still give up what he has open.
bool onlyRollsBack(const RequestSpec &spec)
{
    return spec.transaction != TransactionNumber::None && spec.statements.size() == 1
           && spec.statements.front().sql == "ROLLBACK";
}

bool isAllowed(const RequestSpec &spec)
{
    return !writes(spec) || onlyRollsBack(spec) || (spec.permit && spec.permit->holds());
}

/// A request that sets it knows why, and what a person has set holds.
void addSearchPath(RequestSpec &spec, const QByteArray &searchPath, const HeldState &held)
{
    const auto isPath = [](const auto &setting) { return setting.first == "search_path"; };
    if (!searchPath.isEmpty() && std::ranges::none_of(spec.settings, isPath)
        && !held.settings.contains("search_path"_L1))
        spec.settings.emplace_back("search_path"_ba, searchPath);
}

} // namespace

/// Ends the first of the queue where it must not run on what is there now.
bool Session::refuseFirst()
{
    const Job &first = m_queue.front();
    const QString place = connPlace(m_config.keywords);
    const RequestSpec &spec = first.spec;
    std::optional<Error> refusal;
    if (!first.isProbe && !isAllowed(spec))
        refusal = notAllowedError(place);
    else if (!first.isProbe && spec.frame != Frame::Pipelined && first.lossesHeard < m_losses)
        refusal = stateLostError(m_lastLost, place);
    else if (!first.isProbe && spec.frame == Frame::Plain && m_config.pooled)
        refusal = plainNeedsDirectError(place);
    else if (!first.isProbe && spec.transaction != TransactionNumber::None
             && spec.transaction != m_held.number)
        refusal = transactionGoneError(place);
    else if (m_held.inTransaction() && !first.isCheck
             && (spec.frame != Frame::Plain || spec.transaction != m_held.number))
        refusal = reservedError(m_held, place);
    if (!refusal)
        return false;
    const Job job = std::move(m_queue.front());
    m_queue.pop_front();
    if (job.isProbe) // of open(): the connection is there
        emit connected(m_info);
    else
        finishJob(job, std::unexpected(*refusal));
    next();
    return true;
}

/// Whoever forgot this connection while the machine slept would let us wait for an answer.
void Session::checkAfterSleep()
{
    const std::chrono::milliseconds asleep = timeAsleep();
    if (asleep - std::exchange(m_asleepAtUse, asleep) >= longSleep)
        m_queue.push_front({.spec = {.frame = Frame::Plain}, .isProbe = true, .isCheck = true});
}

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
    m_announce = m_announce || (m_job.isProbe && !m_job.isCheck);
    addSearchPath(m_job.spec, m_config.searchPath, m_held);
    m_run.reset(newRun(m_link.get(), m_job.spec, m_config, this));
    m_run->setKnownSettings(m_held.settings);
    m_run->setFound(m_found);
    m_run->setSources(m_sources);
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
    m_stopAgain.stop();
    m_waiting.stop();
    Result<Summary> outcome = m_run->outcome();
    HeldState held = m_held;
    if (m_run->leftLinkUsable()) {
        m_run->updateHeld(held);
        m_found = m_run->found();
        m_sources = m_run->sources();
    }
    const bool keep =
        m_run->leftLinkUsable() && (m_run->largestCellSeen() <= largestCellKept || !held.isEmpty());
    const bool repeat = !outcome && mayRepeat(outcome.error());
    const bool isBroken = !outcome && outcome.error().sessionLost;
    m_run.reset();
    if (keep) {
        m_linkProven = true;
        m_asleepAtUse = timeAsleep();
        listenForFarewell();
        noteHeld(held);
        if (outcome)
            outcome->transaction = held.number;
    } else {
        const Error reason = outcome ? lostError(m_link->conn(), m_link->place()) : outcome.error();
        if (isBroken)
            outcome = std::unexpected(withLost(outcome.error(), m_held));
        loseLink(reason);
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
    if (!error.sessionLost || !m_linkProven || !m_held.isEmpty() || m_job.isCheck)
        return false;
    const bool diedIdle = m_link->isBad() && !m_link->hasHeard();
    // As its first word, and the last: a pooler that restarts, a server that was just ending.
    const bool saidGoodbye = m_run->isUnanswered() && error.server && !isFull(error);
    return (diedIdle || saidGoodbye) && !m_job.repeated && !m_run->isCancelled() && !m_shuttingDown;
}

void Session::abandonRun(const Error &error)
{
    m_silence.stop();
    m_stopAgain.stop();
    m_waiting.stop();
    Result<Summary> outcome = m_run->abandoned(error);
    if (!outcome)
        outcome = std::unexpected(withLost(outcome.error(), m_held));
    m_run.reset();
    loseLink(error);
    const Job job = std::exchange(m_job, {});
    refreshState();
    finishJob(job, outcome);
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
    m_canceller.reset();
    if (m_run) {
        m_stopAgain.start(stopsAgainAfter);
        m_run->releaseSending(); // may end the run
    }
    next();
}

void Session::restartSilence()
{
    m_silence.stop();
    m_waiting.stop();
    if (!m_run || m_run->isPaused())
        return;
    const std::chrono::milliseconds limit = m_run->silenceLimit();
    if (limit.count() <= 0)
        return;
    m_silence.start(limit);
    m_waiting.start(m_run->hasServer() ? limit / 2 : std::min(limit / 2, queueTold));
}

void Session::handleSilence()
{
    abandonRun(m_run->isCancelled()
                   ? cancelledError(m_link->place(), true)
                   : stalledError(m_link->place(), m_silence.intervalAsDuration()));
}

} // namespace core

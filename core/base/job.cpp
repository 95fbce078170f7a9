// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/job.h"

#include "core/base/redact.h"

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qsizetype logLimit = 1000;
constexpr std::chrono::milliseconds progressInterval{50};

} // namespace

Job::Job(QString title, QObject *parent)
    : QObject(parent)
    , m_title(std::move(title))
{
    m_clock.start();
    m_progressTimer.setSingleShot(true);
    m_progressTimer.setInterval(progressInterval);
    connect(&m_progressTimer, &QTimer::timeout, this, &Job::progressChanged);
}

std::chrono::milliseconds Job::elapsed() const
{
    return isRunning() ? std::chrono::milliseconds(m_clock.elapsed()) : m_duration;
}

void Job::setProgress(const JobProgress &progress)
{
    if (!isRunning() || progress == m_progress)
        return;
    m_progress = progress;
    if (!m_progressTimer.isActive())
        m_progressTimer.start();
}

void Job::addLog(const QString &line)
{
    if (!isRunning())
        return;
    const QString clean = redactedForLog(line);
    m_log << clean;
    if (m_log.size() > logLimit)
        m_log.removeFirst();
    emit logAdded(clean);
}

void Job::cancel()
{
    if (!isRunning() || m_cancelRequested)
        return;
    m_cancelRequested = true;
    emit cancelRequested();
}

void Job::finish()
{
    end(State::Finished);
}

void Job::fail(const Error &error)
{
    if (error.kind == ErrorKind::Cancelled)
        return endCancelled();
    if (isRunning())
        m_error = error;
    end(State::Failed);
}

void Job::endCancelled()
{
    end(State::Cancelled);
}

void Job::end(State state)
{
    if (!isRunning())
        return;
    m_duration = elapsed();
    m_state = state;
    if (m_progressTimer.isActive()) {
        m_progressTimer.stop();
        emit progressChanged();
    }
    emit ended(state);
}

} // namespace core

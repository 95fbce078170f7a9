// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <chrono>
#include <optional>

namespace core {

/// How far a job is; `total` < 0 means that nobody knows.
struct JobProgress {
    qint64 done = 0;
    qint64 total = -1;
    QString unit = {}; ///< "rows", translated
    bool operator==(const JobProgress &) const = default;
};

/// Long work that a person can watch and stop: what JobList shows. Lives in the thread of the
/// window; whoever does the work elsewhere reports through queued signals. It runs from the
/// beginning; exactly one of finish(), fail() and endCancelled() ends it, and whatever is reported
/// later is ignored.
class Job : public QObject
{
    Q_OBJECT

public:
    enum class State : quint8 { Running, Finished, Failed, Cancelled };
    Q_ENUM(State)

    explicit Job(QString title, QObject *parent = nullptr);

    [[nodiscard]] const QString &title() const { return m_title; }
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_state == State::Running; }
    [[nodiscard]] const JobProgress &progress() const { return m_progress; }
    /// Since the beginning, standing still once ended.
    [[nodiscard]] std::chrono::milliseconds elapsed() const;
    /// The last 1,000 lines, without secrets.
    [[nodiscard]] const QStringList &log() const { return m_log; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    [[nodiscard]] bool isCancelRequested() const { return m_cancelRequested; }

    /// May come as often as it likes; progressChanged follows at most 20 times a second.
    void setProgress(const JobProgress &progress);
    void addLog(const QString &line);

    /// Asks; the work answers with endCancelled(), or with its end if it came first. Idempotent.
    void cancel();

    void finish();
    /// An error of kind Cancelled is endCancelled().
    void fail(const Error &error);
    void endCancelled();

signals:
    void progressChanged();
    void logAdded(const QString &line);
    void cancelRequested();
    /// Once, after the last progressChanged.
    void ended(core::Job::State state);

private:
    void end(State state);

    QString m_title;
    State m_state = State::Running;
    JobProgress m_progress;
    QElapsedTimer m_clock;
    std::chrono::milliseconds m_duration{0};
    QStringList m_log;
    std::optional<Error> m_error;
    bool m_cancelRequested = false;
    QTimer m_progressTimer;
};

} // namespace core

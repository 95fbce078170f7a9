// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/doctor/sessioncontrol.h"

#include <QPointer>
#include <QTimer>

#include <optional>

namespace core {

/// Looks at a database's server again and again while it is wanted: `interval` after each answer,
/// never two looks at once. On a direct endpoint the set's watcher (DESIGN 3) is asked, which
/// listens too, because the reader may be the very session that waits; where the server has no
/// connection for it, and on a pooled endpoint, the set's reading session serves. Lives in the
/// database's thread.
class ActivityMonitor : public QObject
{
    Q_OBJECT

public:
    explicit ActivityMonitor(OpenDatabase &database, QObject *parent = nullptr);
    ~ActivityMonitor() override;

    void setInterval(std::chrono::milliseconds interval);
    /// Looks at once and goes on.
    void start();
    /// No more looks; the connection closes when it has been idle for its time.
    void stop();
    /// One look now, also while stopped.
    void lookNow();
    [[nodiscard]] bool isLooking() const { return m_looking; }
    [[nodiscard]] const ActivityPtr &activity() const { return m_activity; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

    /// See signalSession(); signalled() follows, and a look.
    void signal(const SessionTarget &target, SessionSignal kind);

signals:
    /// activity() is new, or error() says why it is not.
    void looked();
    void signalled(const core::SessionTarget &target, const core::Result<> &outcome);

private:
    [[nodiscard]] Result<SessionThread *> session();
    void take(const Result<Activity> &outcome);

    QPointer<OpenDatabase> m_database;
    ActivityPtr m_activity;
    std::optional<Error> m_error;
    QTimer m_timer;
    bool m_wanted = false;
    bool m_looking = false;
    bool m_shared = false; ///< the server had no connection for the watcher
};

} // namespace core

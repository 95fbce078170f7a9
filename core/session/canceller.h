// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/handles.h"
#include "core/session/later.h"

#include <QObject>
#include <QTimer>

#include <chrono>

class QSocketNotifier;

namespace core {

/// Asks the server to cancel what a connection runs, on a connection of its own (PQcancelStart),
/// without waiting. Until finished() nothing may be sent on the connection itself: the request
/// names a server process, not a statement, and could hit the next one. Whether the statement ends
/// is seen on the connection. libpq takes the address that was connected to, so that no name is
/// looked up here.
class Canceller : public QObject
{
    Q_OBJECT

public:
    Canceller(PGconn *connection, std::chrono::milliseconds timeout, QObject *parent);
    ~Canceller() override;

    void start();

signals:
    /// Exactly once. False: the request did not reach the server.
    void finished(bool delivered);

private:
    void poll();
    void watch(PostgresPollingStatusType waiting);
    void end(bool delivered);
    void unwatch();

    PgCancelHandle m_cancel;
    LaterPtr<QSocketNotifier> m_notifier;
    QTimer m_timeout;
    bool m_ended = false;
};

} // namespace core

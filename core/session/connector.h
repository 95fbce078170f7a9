// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/handles.h"
#include "core/session/later.h"
#include "core/session/sessionthread.h"

#include <QByteArrayList>
#include <QObject>
#include <QTimer>

class QSocketNotifier;

namespace core {

/// One attempt to connect, without waiting: the way (SessionConfig::way), name look-up, TCP, TLS
/// and authentication. The time limit begins behind the way, which may have to ask a person. Of the
/// addresses of a name each one that does not even take the connection has its share of the time,
/// so that the next one gets its turn; one that took it has all the rest (a server may have to be
/// woken up first). A server that says it is starting or recovering (57P03) is asked again after
/// pauses that grow, for as long as startupPatience says; nothing else is ever asked twice.
/// Deleting the object ends the attempt at once.
class Connector : public QObject
{
    Q_OBJECT

public:
    Connector(const SessionConfig &config, QObject *parent);
    ~Connector() override;

    /// One of the two signals follows, from the event loop.
    void start();
    [[nodiscard]] PgConnHandle takeConnection() { return std::move(m_conn); }

signals:
    void connected();
    void failed(const core::Error &error);
    /// The server is starting, and is asked again.
    void waiting(const core::WaitNote &note);

private:
    void openWay();
    void lookUp();
    void begin(const QByteArrayList &addresses);
    void connectTo(const QByteArrayList &addresses);
    void giveShare();
    void leaveAddress();
    void noteFailedBefore(const QByteArray &address);
    void timeOut();
    void poll();
    void watch(PostgresPollingStatusType waiting);
    void unwatch();
    void refuse(const Error &error);
    void end(const std::optional<Error> &error);
    [[nodiscard]] Error withTried(Error error) const;
    void fail(const Error &error);

    SessionConfig m_config;
    QString m_place;
    QByteArrayList m_addresses; ///< empty where libpq needs no name looked up
    QByteArrayList m_left;      ///< of these, those that libpq has now
    QByteArray m_current;       ///< whose share of the time runs
    QStringList m_tried;        ///< what became of those that were left, a clause each
    PgConnHandle m_conn;
    LaterPtr<QSocketNotifier> m_notifier;
    QTimer m_deadline; ///< of one question
    QTimer m_share;    ///< … and of one address
    QTimer m_patience; ///< with a server that starts
    QTimer m_again;
    std::optional<Error> m_notReady; ///< what the server said when it was asked last
    bool m_ended = false;
};

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/handles.h"
#include "core/session/later.h"

#include <QObject>
#include <QString>

#include <functional>

class QSocketNotifier;

namespace core {

/// A made connection and the two notifiers of its socket; belongs to one Session and lives in its
/// thread. The write notifier is on only while PQflush says that something waits; reading goes on
/// meanwhile, or a server that sends while we send would stop both. libpq closes its socket by
/// itself when a connection breaks, so the notifiers are compared with PQsocket after every call
/// into it.
class Link : public QObject
{
    Q_OBJECT

public:
    using NoticeSink = std::function<void(const PGresult *)>;

    Link(PgConnHandle connection, QString place, QObject *parent);
    ~Link() override;

    [[nodiscard]] PGconn *conn() const { return m_conn.get(); }
    /// For Error::place.
    [[nodiscard]] const QString &place() const { return m_place; }
    [[nodiscard]] bool isBad() const { return PQstatus(m_conn.get()) == CONNECTION_BAD; }
    /// Whether anything came from the other side since expectReply(). In clear text that is one
    /// byte; under TLS, whose own farewell is bytes too, it is what markHeard() says.
    [[nodiscard]] bool hasHeard() const { return m_heard; }
    void markHeard() { m_heard = true; }
    void expectReply() { m_heard = false; }
    /// Closes the socket without waiting for anybody; nothing else may be called then.
    void close();

    void setReading(bool on);
    /// Sends what libpq holds back, now and as the socket allows.
    void flush();
    /// Takes what the socket has without waiting; notices go to the sink, notifications are
    /// drained.
    void consume();
    void setNoticeSink(NoticeSink sink) { m_noticeSink = std::move(sink); }

signals:
    /// consume() was done; the connection may have broken (isBad).
    void readable();
    /// Of NOTIFY, on a channel that the connection listens to.
    void notified(const QString &channel, const QString &payload, int backendPid);

private:
    void matchNotifiers();
    void retireNotifiers();
    static void receiveNotice(void *link, const PGresult *notice);

    PgConnHandle m_conn;
    QString m_place;
    NoticeSink m_noticeSink;
    LaterPtr<QSocketNotifier> m_reader;
    LaterPtr<QSocketNotifier> m_writer;
    bool m_reading = true;
    bool m_heard = false;
};

} // namespace core

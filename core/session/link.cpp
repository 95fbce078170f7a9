// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/link.h"

#include <QSocketNotifier>

#include <sys/ioctl.h>

namespace core {

namespace {

bool hasBytes(int socket)
{
    int waiting = 0;
    return ioctl(socket, FIONREAD, &waiting) == 0 && waiting > 0;
}

} // namespace

Link::Link(PgConnHandle connection, QString place, QObject *parent)
    : QObject(parent)
    , m_conn(std::move(connection))
    , m_place(std::move(place))
{
    PQsetnonblocking(m_conn.get(), 1);
    PQsetNoticeReceiver(m_conn.get(), &Link::receiveNotice, this);
    matchNotifiers();
}

Link::~Link()
{
    retireNotifiers();
}

void Link::close()
{
    retireNotifiers();
    m_conn.reset();
}

void Link::setReading(bool on)
{
    m_reading = on;
    matchNotifiers();
}

void Link::flush()
{
    // A failed write is no result of its own: libpq keeps it until the reading side has taken the
    // server's reason.
    const bool more = PQflush(m_conn.get()) == 1;
    matchNotifiers();
    if (m_writer)
        m_writer->setEnabled(more);
}

void Link::consume()
{
    const int socket = PQsocket(m_conn.get());
    if (socket >= 0 && !m_heard && PQsslInUse(m_conn.get()) == 0)
        m_heard = hasBytes(socket);
    PQconsumeInput(m_conn.get());
    // Unread they would pile up in libpq.
    while (const PgNotifyHandle notification{PQnotifies(m_conn.get())}) {
        emit notified(QString::fromUtf8(notification->relname),
                      QString::fromUtf8(notification->extra), notification->be_pid);
    }
    matchNotifiers();
}

void Link::matchNotifiers()
{
    const int socket = PQsocket(m_conn.get());
    if (m_reader && m_reader->socket() != socket)
        retireNotifiers();
    if (socket < 0)
        return;
    if (!m_reader) {
        m_reader.reset(new QSocketNotifier(socket, QSocketNotifier::Read, this));
        m_writer.reset(new QSocketNotifier(socket, QSocketNotifier::Write, this));
        m_writer->setEnabled(false);
        connect(m_reader.get(), &QSocketNotifier::activated, this, [this] {
            consume();
            emit readable();
        });
        connect(m_writer.get(), &QSocketNotifier::activated, this, &Link::flush);
    }
    m_reader->setEnabled(m_reading);
}

void Link::retireNotifiers()
{
    // One of them may be the sender of what runs now; off, it no longer knows the socket.
    for (LaterPtr<QSocketNotifier> *notifier : {&m_reader, &m_writer}) {
        if (*notifier)
            (*notifier)->setEnabled(false);
        notifier->reset();
    }
}

void Link::receiveNotice(void *link, const PGresult *notice)
{
    const Link *self = static_cast<const Link *>(link);
    if (self->m_noticeSink)
        self->m_noticeSink(notice);
}

} // namespace core

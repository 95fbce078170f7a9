// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/canceller.h"

#include <QSocketNotifier>

namespace core {

Canceller::Canceller(PGconn *connection, std::chrono::milliseconds timeout, QObject *parent)
    : QObject(parent)
    , m_cancel(PQcancelCreate(connection))
{
    m_timeout.setSingleShot(true);
    m_timeout.setInterval(timeout);
    connect(&m_timeout, &QTimer::timeout, this, [this] { end(false); });
}

Canceller::~Canceller()
{
    unwatch();
}

void Canceller::start()
{
    m_timeout.start();
    if (!m_cancel || PQcancelStart(m_cancel.get()) == 0) {
        // Not from inside start(): the owner may not have stored us yet.
        QMetaObject::invokeMethod(this, [this] { end(false); }, Qt::QueuedConnection);
        return;
    }
    watch(PGRES_POLLING_WRITING);
}

void Canceller::poll()
{
    unwatch(); // PQcancelPoll may close this socket and open another
    const PostgresPollingStatusType status = PQcancelPoll(m_cancel.get());
    if (status == PGRES_POLLING_OK || status == PGRES_POLLING_FAILED)
        end(status == PGRES_POLLING_OK);
    else
        watch(status);
}

void Canceller::watch(PostgresPollingStatusType waiting)
{
    const auto direction =
        waiting == PGRES_POLLING_READING ? QSocketNotifier::Read : QSocketNotifier::Write;
    m_notifier.reset(new QSocketNotifier(PQcancelSocket(m_cancel.get()), direction, this));
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &Canceller::poll);
}

void Canceller::unwatch()
{
    if (m_notifier)
        m_notifier->setEnabled(false);
    m_notifier.reset();
}

void Canceller::end(bool delivered)
{
    if (m_ended)
        return;
    m_ended = true;
    m_timeout.stop();
    unwatch();
    m_cancel.reset();
    emit finished(delivered);
}

} // namespace core

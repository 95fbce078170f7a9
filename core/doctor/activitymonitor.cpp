// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/activitymonitor.h"

namespace core {

using namespace std::chrono_literals;

ActivityMonitor::ActivityMonitor(OpenDatabase &database, QObject *parent)
    : QObject(parent)
    , m_database(&database)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(2s);
    connect(&m_timer, &QTimer::timeout, this, &ActivityMonitor::lookNow);
}

ActivityMonitor::~ActivityMonitor() = default;

void ActivityMonitor::setInterval(std::chrono::milliseconds interval)
{
    m_timer.setInterval(interval);
}

void ActivityMonitor::start()
{
    m_wanted = true;
    lookNow();
}

void ActivityMonitor::stop()
{
    m_wanted = false;
    m_timer.stop();
}

Result<SessionThread *> ActivityMonitor::session()
{
    ConnectionSet &connections = m_database->connections();
    const Result<SessionThread *> reader = connections.session(Purpose::Catalog);
    if (!reader || (*reader)->config().pooled || m_shared)
        return reader;
    const Result<SessionThread *> watcher = connections.session(Purpose::Listen);
    return watcher ? watcher : reader;
}

void ActivityMonitor::lookNow()
{
    if (m_looking || !m_database)
        return;
    m_timer.stop();
    const Result<SessionThread *> found = session();
    if (!found)
        return take(std::unexpected(found.error()));
    m_looking = true;
    loadActivity(**found).then(this, [this](const Result<Activity> &outcome) {
        m_looking = false;
        const bool full = !outcome && outcome.error().id == "connection.tooMany";
        if (full && !m_shared) {
            m_shared = true; // the reader may have a connection already
            // Not from inside: the session that is given up is still saying this.
            QMetaObject::invokeMethod(this, &ActivityMonitor::lookNow, Qt::QueuedConnection);
            return;
        }
        take(outcome);
    });
}

void ActivityMonitor::take(const Result<Activity> &outcome)
{
    if (outcome) {
        m_activity = std::make_shared<const Activity>(*outcome);
        m_error.reset();
    } else {
        m_error = outcome.error();
    }
    if (m_wanted)
        m_timer.start();
    emit looked();
}

void ActivityMonitor::signal(const SessionTarget &target, SessionSignal kind)
{
    const Result<SessionThread *> found =
        m_database ? session() : Result<SessionThread *>(std::unexpected(Error()));
    if (!found) {
        emit signalled(target, std::unexpected(found.error()));
        return;
    }
    signalSession(**found, target, kind).then(this, [this, target](const Result<> &outcome) {
        emit signalled(target, outcome);
        lookNow();
    });
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionthread.h"

#include "core/session/session.h"
#include "core/session/sessionerrors.h"

#include <QCoreApplication>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

/// What a running statement gets to answer a cancel request before its socket is closed.
constexpr std::chrono::milliseconds shutDownGrace = 2s;

Serial newSerial()
{
    static std::atomic<quint64> last = 0;
    return Serial(++last);
}

/// Beside their parent, the application, the name is all that tells them from other threads.
constexpr auto threadName = "session"_L1;

QList<QThread *> endingThreads()
{
    const QCoreApplication *application = QCoreApplication::instance();
    return application == nullptr
               ? QList<QThread *>()
               : application->findChildren<QThread *>(threadName, Qt::FindDirectChildrenOnly);
}

/// Where the application can own what ends: its children are of its own thread.
QCoreApplication *applicationOfThisThread()
{
    QCoreApplication *application = QCoreApplication::instance();
    const bool same = application != nullptr && application->thread() == QThread::currentThread();
    return same ? application : nullptr;
}

/// Threads get no events once the application is gone, so that its children would never end.
void waitBeforeTheEnd()
{
    static std::atomic<bool> armed = false;
    if (armed.exchange(true))
        return;
    qAddPostRoutine([] {
        armed = false;
        SessionThread::waitForEnding();
    });
}

} // namespace

SessionThread::SessionThread(SessionConfig config, QObject *parent)
    : QObject(parent)
    , m_config(std::move(config))
    , m_thread(std::make_unique<QThread>())
    , m_session(new Session(m_config))
{
    m_session->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_session, &QObject::deleteLater);
    connect(m_session, &Session::shutDownFinished, m_thread.get(), &QThread::quit,
            Qt::DirectConnection);
    follow();
    followRequests();
    m_thread->setObjectName(threadName);
    m_thread->start();
}

SessionThread::~SessionThread()
{
    m_session->disconnect(this);
    QCoreApplication *application = applicationOfThisThread();
    QThread *thread = m_thread.get();
    if (application != nullptr) {
        waitBeforeTheEnd();
        m_thread.release()->setParent(application);
        connect(thread, &QThread::finished, thread, &QObject::deleteLater);
    }
    QMetaObject::invokeMethod(
        m_session, [session = m_session] { session->shutDown(shutDownGrace); },
        Qt::QueuedConnection);
    if (application == nullptr)
        thread->wait();
    // Not from here: a slot could turn to what is half gone.
    for (Request *request : std::as_const(m_requests)) {
        request->disconnect(this);
        request->disconnect(m_session);
        QMetaObject::invokeMethod(
            request,
            [request] {
                request->m_finished = true;
                emit request->finished(std::unexpected(shutDownError()));
            },
            Qt::QueuedConnection);
    }
}

int SessionThread::ending()
{
    return int(std::ranges::count_if(endingThreads(), &QThread::isRunning));
}

void SessionThread::waitForEnding()
{
    // All of them have been told to end, so that the time of one is the time of all.
    for (QThread *thread : endingThreads())
        thread->wait();
}

Request *SessionThread::send(RequestSpec spec, QObject *parent)
{
    auto *request = new Request(newSerial(), parent);
    attach(request);
    QMetaObject::invokeMethod(
        m_session,
        [session = m_session, serial = request->serial(), spec = std::move(spec),
         losses = m_lossesHeard] { session->send(serial, spec, losses); },
        Qt::QueuedConnection);
    return request;
}

void SessionThread::open()
{
    QMetaObject::invokeMethod(m_session, &Session::open, Qt::QueuedConnection);
}

void SessionThread::close()
{
    QMetaObject::invokeMethod(m_session, &Session::close, Qt::QueuedConnection);
}

void SessionThread::attach(Request *request)
{
    const Serial serial = request->serial();
    m_requests.insert(serial, request);
    connect(request, &Request::cancelAsked, m_session, &Session::cancel);
    connect(request, &Request::dropAsked, m_session, &Session::drop);
    connect(request, &Request::granted, m_session, &Session::grant);
    connect(request, &QObject::destroyed, this, [this, serial] { m_requests.remove(serial); });
}

Request *SessionThread::awaited(Serial serial) const
{
    return m_requests.value(serial);
}

void SessionThread::follow()
{
    connect(m_session, &Session::stateChanged, this, [this](SessionState state) {
        m_state = state;
        emit stateChanged(state);
    });
    connect(m_session, &Session::connected, this, [this](const ServerInfo &info) {
        m_info = info;
        emit connected(info);
    });
    connect(m_session, &Session::connectFailed, this, &SessionThread::connectFailed);
    connect(m_session, &Session::idleConnectionLost, this, &SessionThread::idleConnectionLost);
    connect(m_session, &Session::latencyMeasured, this, &SessionThread::latencyMeasured);
    connect(m_session, &Session::notified, this, &SessionThread::notified);
    connect(m_session, &Session::heldStateChanged, this, [this](const HeldState &held) {
        m_held = held;
        emit heldStateChanged(held);
    });
    connect(m_session, &Session::stateLost, this, [this](const HeldState &lost, const Error &why) {
        ++m_lossesHeard;
        emit stateLost(lost, why);
    });
}

void SessionThread::followRequests()
{
    connect(m_session, &Session::started, this, [this](Serial serial) {
        if (Request *request = awaited(serial))
            emit request->started();
    });
    connect(m_session, &Session::stillWaiting, this, [this](Serial serial, const WaitNote &note) {
        if (Request *request = awaited(serial))
            emit request->stillWaiting(note);
    });
    connect(m_session, &Session::columnsKnown, this,
            [this](Serial serial, int statement, const Columns &columns) {
                if (Request *request = awaited(serial))
                    emit request->columnsKnown(statement, columns);
            });
    connect(m_session, &Session::chunkReady, this,
            [this](Serial serial, int statement, const ChunkPtr &chunk) {
                if (Request *request = awaited(serial))
                    emit request->chunkReady(statement, chunk);
            });
    connect(m_session, &Session::noticesReceived, this,
            [this](Serial serial, const QList<ServerReport> &notices) {
                // Looked up each time: a slot may delete the request.
                for (const ServerReport &notice : notices) {
                    if (Request *request = awaited(serial))
                        emit request->noticeReceived(notice);
                }
            });
    connect(m_session, &Session::noticesDropped, this, [this](Serial serial, int count) {
        if (Request *request = awaited(serial))
            emit request->noticesDropped(count);
    });
    connect(m_session, &Session::statementFinished, this,
            [this](Serial serial, int statement, const StatementSummary &summary) {
                if (Request *request = awaited(serial))
                    emit request->statementFinished(statement, summary);
            });
    connect(m_session, &Session::finished, this, &SessionThread::finish);
}

void SessionThread::finish(Serial serial, const Result<Summary> &outcome)
{
    Request *request = m_requests.take(serial);
    if (request == nullptr)
        return;
    request->m_finished = true;
    emit request->finished(outcome);
}

} // namespace core

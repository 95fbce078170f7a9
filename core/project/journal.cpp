// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/journal.h"

#include "core/base/atomicfile.h"
#include "core/base/paths.h"
#include "core/project/journalfile.h"
#include "core/project/journalruns.h"
#include "core/project/projectkey.h"

#include <QFile>
#include <QPromise>
#include <QThread>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Buffer {
    std::function<JournalText()> snapshot = {};
    bool dirty = false;
    bool writing = false; ///< a write is under way; the next one waits for it
    bool clean = false;   ///< saved since its last change
    QString adopted = {}; ///< leftover whose text this is; its copy is still on disk
};

} // namespace

struct Journal::Buffers {
    explicit Buffers(const QString &folder)
        : runs(folder)
    {
    }

    JournalRuns runs; ///< begun here, used by the writer's thread from then on
    std::map<BufferId, Buffer> buffers = {};
    quint32 last = 0;
    bool failed = false;
    QTimer timer;
    QThread thread;
    QObject writer; ///< lives in `thread`; jobs are posted to it and run in their order
};

Journal::Journal(const QString &projectFolder, const QString &root, QObject *parent)
    : QObject(parent)
    , m_d(std::make_unique<Buffers>((root.isEmpty() ? stateDirectory() + "/journal"_L1 : root)
                                    + u'/' + projectKey(projectFolder)))
{
    m_d->timer.setSingleShot(true);
    m_d->timer.setInterval(interval);
    connect(&m_d->timer, &QTimer::timeout, this, &Journal::snapshotDue);
    m_d->thread.setObjectName(u"journal"_s);
    m_d->writer.moveToThread(&m_d->thread);
    m_d->thread.start();
}

Journal::~Journal()
{
    flush();
    // Behind everything that was posted before, so that nothing of it is left out.
    QMetaObject::invokeMethod(
        &m_d->writer, [thread = &m_d->thread] { thread->quit(); }, Qt::QueuedConnection);
    m_d->thread.wait();
}

Result<> Journal::open()
{
    Result<> begun = m_d->runs.begin();
    if (begun)
        snapshotDue();
    return begun;
}

BufferId Journal::add(std::function<JournalText()> snapshot)
{
    const BufferId id{++m_d->last};
    m_d->buffers.emplace(id, Buffer{.snapshot = std::move(snapshot)});
    return id;
}

void Journal::changed(BufferId buffer)
{
    const auto found = m_d->buffers.find(buffer);
    if (found == m_d->buffers.end())
        return;
    found->second.dirty = true;
    found->second.clean = false;
    if (!m_d->timer.isActive())
        m_d->timer.start();
}

void Journal::post(BufferId id)
{
    Buffer &buffer = m_d->buffers.at(id);
    buffer.dirty = false;
    buffer.writing = true;
    QMetaObject::invokeMethod(
        &m_d->writer,
        [this, id, path = m_d->runs.pathOf(id), runs = &m_d->runs, adopted = buffer.adopted,
         bytes = encodeJournal(buffer.snapshot(), QDateTime::currentDateTimeUtc())] {
            const Result<> outcome = writeFileAtomically(path, bytes);
            if (outcome && !adopted.isEmpty())
                runs->discard(adopted);
            QMetaObject::invokeMethod(
                this, [this, id, outcome] { finishWrite(id, outcome); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void Journal::snapshotDue()
{
    if (!m_d->runs.hasBegun())
        return;
    for (const auto &[id, buffer] : m_d->buffers) {
        if (buffer.dirty && !buffer.writing)
            post(id);
    }
}

void Journal::finishWrite(BufferId id, const Result<> &outcome)
{
    if (!outcome && !std::exchange(m_d->failed, true))
        emit writeFailed(outcome.error());
    if (outcome)
        m_d->failed = false;
    const auto found = m_d->buffers.find(id);
    if (found == m_d->buffers.end())
        return;
    found->second.writing = false;
    if (outcome)
        found->second.adopted.clear();
    // After a failure the text is due again, but not before the next interval.
    if (!outcome && !found->second.clean)
        found->second.dirty = true;
    if (found->second.dirty && !m_d->timer.isActive())
        m_d->timer.start();
    if (outcome)
        emit written(id);
}

void Journal::saved(BufferId buffer)
{
    const auto found = m_d->buffers.find(buffer);
    if (found == m_d->buffers.end())
        return;
    found->second.dirty = false;
    found->second.clean = true;
    if (m_d->runs.hasBegun()) {
        QMetaObject::invokeMethod(
            &m_d->writer, [path = m_d->runs.pathOf(buffer)] { QFile::remove(path); },
            Qt::QueuedConnection);
    }
    if (const QString adopted = std::exchange(found->second.adopted, {}); !adopted.isEmpty())
        discard(adopted);
}

void Journal::remove(BufferId buffer)
{
    saved(buffer);
    m_d->buffers.erase(buffer);
}

void Journal::keep(BufferId buffer)
{
    const auto found = m_d->buffers.find(buffer);
    if (found == m_d->buffers.end())
        return;
    if (found->second.dirty && m_d->runs.hasBegun())
        post(buffer);
    m_d->buffers.erase(buffer);
}

void Journal::flush()
{
    if (!m_d->runs.hasBegun())
        return;
    for (const auto &[id, buffer] : m_d->buffers) {
        if (buffer.dirty)
            post(id);
    }
}

QFuture<std::vector<Leftover>> Journal::leftovers()
{
    auto promise = std::make_shared<QPromise<std::vector<Leftover>>>();
    promise->start();
    QMetaObject::invokeMethod(
        &m_d->writer,
        [promise, runs = &m_d->runs] {
            promise->addResult(runs->takeOver());
            promise->finish();
        },
        Qt::QueuedConnection);
    return promise->future();
}

void Journal::adopt(BufferId buffer, const QString &leftoverId)
{
    const auto found = m_d->buffers.find(buffer);
    if (found == m_d->buffers.end())
        return;
    found->second.adopted = leftoverId;
    changed(buffer);
}

void Journal::discard(const QString &leftoverId)
{
    QMetaObject::invokeMethod(
        &m_d->writer, [leftoverId, runs = &m_d->runs] { runs->discard(leftoverId); },
        Qt::QueuedConnection);
}

} // namespace core

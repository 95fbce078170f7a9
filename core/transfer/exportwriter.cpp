// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/exportwriter.h"

#include <csignal>

#include <pthread.h>

namespace core {

namespace {

/// Consumed chunks are told in such groups: each telling is an event of the caller's thread.
constexpr int chunksPerReport = 8;

/// A closed pipe and a file beyond the size limit are to be errors of write(), not the end of the
/// program. Both signals go to the thread that writes, so nobody else's handling changes.
void blockWriteSignals()
{
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGPIPE);
    sigaddset(&blocked, SIGXFSZ);
    pthread_sigmask(SIG_BLOCK, &blocked, nullptr);
}

} // namespace

ExportWriter::ExportWriter(const ExportTarget &target, QObject *parent)
    : QObject(parent)
    , m_target(makeTarget(target))
    , m_out([this](QByteArrayView bytes) { return take(bytes); })
{
    m_pool.setMaxThreadCount(1);
    m_pool.setExpiryTimeout(-1);
    run(blockWriteSignals);
}

ExportWriter::~ExportWriter()
{
    m_stopped = true;
    m_target->stop();
    m_pool.waitForDone();
    m_target->discard();
}

void ExportWriter::run(std::function<void()> work)
{
    m_pool.start(std::move(work));
}

void ExportWriter::open()
{
    run([this] { emit opened(m_target->open()); });
}

void ExportWriter::begin(ExportFormat format, FormatColumns columns, const FormatOptions &options)
{
    run([this, format, columns = std::move(columns), options]() mutable {
        m_formatter = makeFormatter(format, std::move(columns), options);
        m_formatter->begin(m_out);
    });
}

void ExportWriter::append(ChunkPtr chunk)
{
    m_waitingBytes += chunk->payloadBytes();
    run([this, chunk = std::move(chunk)]() mutable {
        if (!m_stopped && !m_out.failed()) {
            m_formatter->append(*chunk, m_out);
            // Whoever sees the rows sees at least their bytes.
            m_bytes = m_out.written();
            m_rows += chunk->rowCount();
        }
        const qint64 bytes = chunk->payloadBytes();
        chunk.reset();
        noteConsumed(bytes);
    });
}

void ExportWriter::noteConsumed(qint64 bytes)
{
    const qint64 left = m_waitingBytes -= bytes;
    if (left == 0 && m_prompt && !m_stopped)
        m_out.flush();
    if (++m_unreported >= chunksPerReport || left == 0)
        emit consumed(std::exchange(m_unreported, 0));
}

bool ExportWriter::take(QByteArrayView bytes)
{
    if (m_stopped)
        return false;
    const Result<TargetWriter::State> state = m_target->write(bytes);
    if (state && *state == TargetWriter::State::Writing)
        return true;
    if (!state)
        emit failed(state.error());
    else if (*state == TargetWriter::State::ReaderGone)
        emit readerGone();
    return false;
}

void ExportWriter::endRows()
{
    run([this] {
        finishRows();
        m_out.flush();
    });
}

void ExportWriter::finishRows()
{
    if (m_formatter)
        m_formatter->finish(m_out);
    m_formatter.reset();
    m_bytes = m_out.written();
}

void ExportWriter::commit()
{
    run([this] {
        finishRows();
        if (m_out.flush())
            emit committed(m_target->commit());
    });
}

void ExportWriter::discard()
{
    m_stopped = true;
    m_target->stop();
    run([this] {
        m_target->discard();
        emit discarded();
    });
}

} // namespace core

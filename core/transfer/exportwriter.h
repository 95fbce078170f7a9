// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/transfer/exporttarget.h"
#include "core/transfer/formats.h"
#include "core/transfer/outbuffer.h"

#include <QObject>
#include <QThreadPool>

#include <atomic>

namespace core {

/// Formats chunks and writes them, in order, on one thread of its own; every call returns at once.
/// Signals come from the event loop of the thread that made it. The destructor stops and waits for
/// what is being written.
class ExportWriter : public QObject
{
    Q_OBJECT

public:
    explicit ExportWriter(const ExportTarget &target, QObject *parent = nullptr);
    ~ExportWriter() override;

    /// Writes out whenever nothing more waits, for one who looks on. Before open().
    void setPrompt(bool on) { m_prompt = on; }

    void open();
    void begin(ExportFormat format, FormatColumns columns, const FormatOptions &options);
    void append(ChunkPtr chunk);
    /// Ends one result; another begin() may follow.
    void endRows();
    /// Ends the output and makes the file appear; committed() follows.
    void commit();
    /// Removes what was written; discarded() follows.
    void discard();

    [[nodiscard]] qint64 rows() const { return m_rows; }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    /// Taken by append() and not yet formatted.
    [[nodiscard]] qint64 waitingBytes() const { return m_waitingBytes; }

signals:
    void opened(const core::Result<> &outcome);
    void consumed(int chunks);
    /// Once, and nothing is written after it; the reader going away is no failure.
    void failed(const core::Error &error);
    void readerGone();
    void committed(const core::Result<> &outcome);
    void discarded();

private:
    void run(std::function<void()> work);
    [[nodiscard]] bool take(QByteArrayView bytes);
    void noteConsumed(qint64 bytes);
    void finishRows();

    // Used on the writer's thread alone.
    std::unique_ptr<TargetWriter> m_target;
    OutBuffer m_out;
    std::unique_ptr<RowFormatter> m_formatter;
    int m_unreported = 0;
    bool m_prompt = false;

    std::atomic<bool> m_stopped = false;
    std::atomic<qint64> m_rows = 0;
    std::atomic<qint64> m_bytes = 0;
    std::atomic<qint64> m_waitingBytes = 0;
    QThreadPool m_pool; ///< one thread: tasks run in the order of the calls
};

} // namespace core

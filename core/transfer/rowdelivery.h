// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/rowstore.h"
#include "core/transfer/exportwriter.h"

#include <QFuture>

#include <deque>
#include <optional>

namespace core {

/// The rows of a running request on their way to a reader of any pace, formatted; no call waits for
/// the reader. A request that may pause is held by its credits: grant it what consumed() says. One
/// that must not (a pooled endpoint) is read on: what its reader has not taken yet stays here, in
/// memory up to RowStore::Options::residentBytes, then in the spill file. When that is full, the
/// request is not wanted any more, and its first rows are all there are.
///
/// For each statement begin(), append() …, endRows(); at last end(), after which ended() comes
/// once, when the reader has everything: delivery.tooSlow where rows are missing at the end, what
/// stopped the writing (see outputError()), result.spillFailed. A reader that went away is none.
/// Lives in one thread, whose event loop must run; the destructor drops what is not written yet.
class RowDelivery : public QObject
{
    Q_OBJECT

public:
    struct Style {
        ExportFormat format = ExportFormat::Tsv;
        FormatOptions options = {};
    };
    /// `backlog`: of a request that must not pause.
    RowDelivery(const ExportTarget &target, Style style, std::optional<RowStore::Options> backlog,
                QObject *parent = nullptr);

    void begin(const Columns &columns);
    void append(const ChunkPtr &chunk);
    void endRows();
    void end();

    /// False when no more rows are wanted; then append() takes none.
    [[nodiscard]] bool isWanted() const { return m_wanted; }
    [[nodiscard]] bool isReaderGone() const { return m_readerGone; }
    /// Memory of what waits for the reader.
    [[nodiscard]] qint64 waitingBytes() const;
    [[nodiscard]] qint64 spilledBytes() const { return m_store ? m_store->spilledBytes() : 0; }

signals:
    void consumed(int chunks);
    /// Once: cancel the request. end() is still due.
    void unwanted();
    void ended(const core::Result<> &outcome);

private:
    /// Where in the store a statement's rows begin (with its columns) or end.
    struct Mark {
        qint64 row = 0;
        std::optional<Columns> columns = {};
    };
    void mark(std::optional<Columns> columns);
    void apply(const std::optional<Columns> &columns);
    [[nodiscard]] bool isBehind() const;
    void keep(const ChunkPtr &chunk);
    void trim();
    void feed();
    void takeLoaded(const Result<RowStore::Found> &found);
    void refuse(Result<> outcome);
    void refuseSlowReader(const QString &reason);
    void stopWriting(Result<> outcome);
    void endIfDone();

    Style m_style;
    std::optional<RowStore::Options> m_options;
    ExportWriter m_writer;
    std::shared_ptr<RowStore> m_store; ///< null: the request may pause
    std::deque<Mark> m_marks;
    qint64 m_next = 0; ///< row of the store that the writer gets next
    qint64 m_rows = 0; ///< taken by append()
    Result<> m_outcome;
    bool m_wanted = true;
    bool m_writing = true; ///< the target takes more
    bool m_readerGone = false;
    bool m_trimming = false;
    bool m_loading = false;
    bool m_endAsked = false;
    bool m_committing = false;
};

} // namespace core

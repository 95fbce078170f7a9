// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/job.h"
#include "core/transfer/formats.h"

#include <QByteArrayList>

#include <chrono>
#include <memory>

namespace core {

class SessionThread;

/// What is exported: exactly one of the three is set.
struct ExportSource {
    Oid table = {}; ///< by object id: any table, view, materialized or foreign table, sequence
    QByteArray tableName = {}; ///< by name, as ::regclass reads it
    QByteArray query = {};     ///< one SELECT, VALUES, TABLE, EXPLAIN or SHOW
    bool operator==(const ExportSource &) const = default;
};

/// Where the bytes go: a file, which appears under its name only when it is complete, or an open
/// descriptor, which stays open and belongs to the caller.
struct ExportTarget {
    QString path = {};
    int descriptor = -1;
    bool operator==(const ExportTarget &) const = default;
};

struct ExportSpec {
    ExportSource source = {};
    ExportTarget target = {};
    ExportFormat format = ExportFormat::Csv;
    FormatOptions options = {};
    QByteArrayList columns = {}; ///< of a table, by name and in this order; empty = all
};

struct ExportSummary {
    qint64 rows = 0;
    qint64 bytes = 0;
    std::chrono::milliseconds elapsed{0};
    bool readerGone =
        false; ///< the descriptor's reader had enough and closed its end: an outcome, not a failure
    QString path = {}; ///< of the finished file; empty for a descriptor
    bool operator==(const ExportSummary &) const = default;
};

/// Exports a table or a query. Reads through the session in one read-only frame without a statement
/// timeout, formats and writes on a thread of its own; memory is bounded whatever the size of the
/// table (a single cell is held whole, a few times). A table is read as it is itself (ONLY), a
/// partitioned one with its partitions; generated columns are included. CSV values are in the
/// server's own settings, JSON with DateStyle ISO, extra_float_digits 1 and bytea in hex. A failed
/// or cancelled export leaves no file, and an older one under the name untouched; what an export
/// that was killed left in the folder is removed first (AtomicFile). Errors besides
/// the server's and the session's: file.* of AtomicFile, export.notATable, export.noSuchColumn,
/// export.notAQuery, export.changed (the table was altered while the export began), export.tooSlow
/// (a pooled server may not wait for the target), pooled.needsDirect; kind Cancelled after
/// cancel(). Lives in the thread of the session object; that thread's event loop must run. Deleting
/// it cancels.
class ExportJob : public Job
{
    Q_OBJECT

public:
    /// The session must outlive the job.
    ExportJob(SessionThread &session, ExportSpec spec, QObject *parent = nullptr);
    ~ExportJob() override;

    /// Once. cancel() asks the server to stop; finished() follows with kind Cancelled.
    void start();
    /// Closes the connection under it; for when cancel() has not been answered.
    void drop();

signals:
    /// At most ten times a second.
    void progressed(qint64 rows, qint64 bytes);
    /// Once; right after it, ended() says the same in the words of every job.
    void finished(const core::Result<core::ExportSummary> &outcome);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace core

Q_DECLARE_METATYPE(core::ExportSummary)
Q_DECLARE_METATYPE(core::Result<core::ExportSummary>)

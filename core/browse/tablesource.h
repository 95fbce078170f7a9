// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"
#include "core/result/rowsource.h"
#include "core/session/collect.h"

#include <QFuture>
#include <QStringList>

#include <memory>
#include <optional>

namespace core {

class SessionThread;

struct TableOptions {
    int windowRows = 500; ///< rows of one read
    qint64 cacheBytes =
        qint64(32) * 1024 * 1024;  ///< of windows kept; what is on screen is kept whatever it costs
    qint64 streamedRows = 100'000; ///< what is read at most of a relation that has no positions
    bool descending = false;       ///< the default order from its other end; only with a key
};

/// Rows of one table, view, materialized or foreign table, of any size, without OFFSET and without
/// counting.
///
/// Rows have virtual 64-bit positions. Runs of rows that were read one after the other lie at
/// consecutive positions, with neither gap nor duplicate between them; where a run begins after a
/// jump is an estimate (from the statistics' histogram, or by heap page) until it meets the first
/// or the last row: then rowsShifted() and countChanged() say so. Each read is one pipelined
/// request of a short read-only transaction. One read runs at a time; a want() that makes it
/// useless replaces it, and cancels it on the server if it has not been answered within 50 ms. A
/// table that is dropped: failed(relation.missing), rows stay. One that is altered or replaced
/// under its name: columns are read again, columnsKnown() and reset() follow. Lives in the thread
/// of the session object.
class TableSource : public RowSource
{
    Q_OBJECT

public:
    enum class Strategy : quint8 {
        Key, ///< windows by the primary key, or by a unique key without NULLs where there is no
             ///< ctid to use
        Physical, ///< windows by heap page
        Streamed, ///< read from the start into a store, up to TableOptions::streamedRows
    };
    using RowSource::RowSource;

    [[nodiscard]] virtual Oid relation() const = 0;
    [[nodiscard]] virtual Strategy strategy() const = 0;
    /// Names of columns that this role may not read; they are not in columns().
    [[nodiscard]] virtual QStringList unreadableColumns() const = 0;
    /// More rows exist than were streamed.
    [[nodiscard]] virtual bool isCapped() const { return false; }

    /// Counts the rows now, without a time limit; countFinished() follows, and rowCount() is exact
    /// if it went well. On `other`, if given (it must outlive the count): rows can be read
    /// meanwhile.
    virtual void countExactly(SessionThread *other = nullptr) = 0;
    virtual void cancelCount() = 0;
    [[nodiscard]] virtual bool isCounting() const = 0;

    /// The whole value of a cell that is present, none for NULL. Errors: relation.rowGone when the
    /// row is not there any more, result.cellTooBig above `largest` bytes (0 = no limit), usage
    /// errors for a row that is not here.
    [[nodiscard]] virtual QFuture<Result<std::optional<QByteArray>>>
    wholeValue(qint64 row, int column, qint64 largest = qint64(64) * 1024 * 1024) = 0;

signals:
    void countFinished(const core::Result<qint64> &outcome);
};

/// Opens a relation of the catalog (with details). Nothing is read before the first want(). Never
/// null; a relation that is not in the catalog, or of which no column may be read, gives a source
/// that reports failed() after want(): relation.missing, relation.noPermission. The session must
/// outlive the source.
[[nodiscard]] std::unique_ptr<TableSource> openTable(SessionThread &session, CatalogPtr catalog,
                                                     Oid relation, TableOptions options = {});

/// For programs: `limit` consecutive whole rows in the default order from about `fraction` (0…1) of
/// the table; so many before the end where there are not enough after, all rows where the table has
/// fewer. Values are not cut.
[[nodiscard]] QFuture<Result<Table>> readRows(SessionThread &session, CatalogPtr catalog,
                                              Oid relation, qint64 limit, double fraction = 0);

} // namespace core

Q_DECLARE_METATYPE(core::Result<qint64>)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/handles.h"
#include "core/result/chunk.h"

#include <optional>
#include <vector>

namespace core {

[[nodiscard]] Columns columnsOf(const PGresult *result);
/// The one column of a COPY … TO STDOUT: `copy`, of type text.
[[nodiscard]] Columns copyColumns();

/// A cell that is larger than the request allows.
struct HugeCell {
    qint64 row = 0; ///< from 0, within its statement
    int column = 0;
    qint64 bytes = 0;
};

/// Makes chunks of what libpq hands out for one statement; lives as long as that statement.
class ResultReader
{
public:
    /// largestCell 0 = no limit.
    ResultReader(int columns, int rowsPerChunk, qint64 largestCell);

    /// The rows of one PGresult: one chunk, or more where they are too many bytes for one. Rows
    /// before a huge cell are still there; those from it on are not.
    [[nodiscard]] std::vector<ChunkPtr> rows(const PGresult *result);
    /// One line of a COPY; a chunk when enough have come.
    [[nodiscard]] ChunkPtr copyLine(QByteArrayView line);
    /// What copyLine() still holds; null if nothing.
    [[nodiscard]] ChunkPtr rest();

    [[nodiscard]] qint64 rowCount() const { return m_rows; }
    [[nodiscard]] const std::optional<HugeCell> &hugeCell() const { return m_huge; }
    [[nodiscard]] qint64 largestSeen() const { return m_largestSeen; }

private:
    [[nodiscard]] qsizetype measure(const PGresult *result, int row);
    void appendRow(const PGresult *result, int row);

    ChunkBuilder m_builder;
    std::optional<HugeCell> m_huge;
    qint64 m_rows = 0;
    qint64 m_largestCell;
    qint64 m_largestSeen = 0;
    int m_columns;
    int m_rowsPerChunk;
    int m_linesHeld = 0;
};

} // namespace core

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

/// Makes chunks of what libpq hands out for one statement; lives as long as that statement. Rows
/// are held until they fill a chunk: rowsPerChunk rows, or 256 KiB.
class ResultReader
{
public:
    /// largestCell 0 = no limit.
    ResultReader(int columns, int rowsPerChunk, qint64 largestCell);

    /// Takes the rows of one PGresult and gives the chunks that are full with them. Rows before a
    /// huge cell are still taken; those from it on are not.
    [[nodiscard]] std::vector<ChunkPtr> rows(const PGresult *result);
    /// Takes one line of a COPY; a chunk when it is full.
    [[nodiscard]] ChunkPtr copyLine(QByteArrayView line);
    /// What is held; null if nothing.
    [[nodiscard]] ChunkPtr rest();
    [[nodiscard]] bool holdsRows() const { return m_held > 0; }

    [[nodiscard]] qint64 rowCount() const { return m_rows; }
    [[nodiscard]] const std::optional<HugeCell> &hugeCell() const { return m_huge; }
    [[nodiscard]] qint64 largestSeen() const { return m_largestSeen; }

private:
    [[nodiscard]] qsizetype measure(const PGresult *result, int row);
    void appendRow(const PGresult *result, int row);
    void makeRoom();
    [[nodiscard]] bool isFull() const;

    ChunkBuilder m_builder;
    std::vector<int> m_lengths; ///< of the row that measure() looked at
    std::optional<HugeCell> m_huge;
    qint64 m_rows = 0;
    qint64 m_largestCell;
    qint64 m_largestSeen = 0;
    int m_columns;
    int m_rowsPerChunk;
    int m_held = 0;        ///< rows
    qsizetype m_usual = 0; ///< bytes of the last chunk
};

} // namespace core

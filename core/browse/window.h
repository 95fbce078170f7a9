// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/browse/bound.h"
#include "core/result/chunk.h"

#include <vector>

namespace core {

/// The rows of one read, in the order of the table whichever way they came, and the places where
/// the reads before and after it begin. A window may be empty: a stretch of heap without rows.
class Window
{
public:
    Window() = default;
    /// `reversed`: the chunks hold the last row first.
    Window(std::vector<ChunkPtr> chunks, bool reversed);

    [[nodiscard]] int rowCount() const { return m_rows; }
    [[nodiscard]] QByteArrayView cell(int row, int column) const
    {
        const Place place = placeOf(row);
        return place.chunk->cell(place.row, column);
    }
    [[nodiscard]] bool isNull(int row, int column) const
    {
        const Place place = placeOf(row);
        return place.chunk->isNull(place.row, column);
    }
    /// Those columns of a row; the place of the row when they are its key.
    [[nodiscard]] std::vector<QByteArray> values(int row, const std::vector<int> &columns) const;
    [[nodiscard]] qint64 residentBytes() const { return m_bytes; }

    /// Forget rows at one end; the place there becomes that of the row next to it, which must
    /// exist.
    void keepFirst(int count, const std::vector<int> &keyColumns);
    void dropFirst(int count, const std::vector<int> &keyColumns);

    Bound begin = {}; ///< rows before this window are before this place
    Bound end = {};   ///< rows after it are after this place

private:
    struct Place {
        const Chunk *chunk = nullptr;
        int row = 0;
    };
    [[nodiscard]] Place placeOf(int row) const;

    std::vector<ChunkPtr> m_chunks;
    std::vector<int> m_ends; ///< row number in the answer after each chunk
    qint64 m_bytes = 0;
    int m_first = 0; ///< of the rows of the answer, in the table's order
    int m_rows = 0;
    int m_all = 0; ///< rows of the answer
    bool m_reversed = false;
};

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/browse/window.h"

#include <algorithm>
#include <utility>

namespace core {

Window::Window(std::vector<ChunkPtr> chunks, bool reversed)
    : m_chunks(std::move(chunks))
    , m_reversed(reversed)
{
    m_ends.reserve(m_chunks.size());
    for (const ChunkPtr &chunk : m_chunks) {
        m_all += chunk->rowCount();
        m_ends.push_back(m_all);
        m_bytes += chunk->residentBytes();
    }
    m_rows = m_all;
}

Window::Place Window::placeOf(int row) const
{
    Q_ASSERT_X(row >= 0 && row < m_rows, "Window", "a row that is not in it");
    const int inTable = m_first + row;
    const int inAnswer = m_reversed ? m_all - 1 - inTable : inTable;
    const auto chunkEnd = std::ranges::upper_bound(m_ends, inAnswer);
    const auto index = std::size_t(chunkEnd - m_ends.begin());
    const Chunk *const chunk = m_chunks[index].get();
    return {chunk, inAnswer - (*chunkEnd - chunk->rowCount())};
}

std::vector<QByteArray> Window::values(int row, const std::vector<int> &columns) const
{
    std::vector<QByteArray> values;
    values.reserve(columns.size());
    for (const int column : columns)
        values.push_back(cell(row, column).toByteArray());
    return values;
}

void Window::keepFirst(int count, const std::vector<int> &keyColumns)
{
    Q_ASSERT_X(count > 0 && count <= m_rows, "Window", "at least one row stays");
    m_rows = count;
    end = {values(count - 1, keyColumns), true};
}

void Window::dropFirst(int count, const std::vector<int> &keyColumns)
{
    Q_ASSERT_X(count >= 0 && count < m_rows, "Window", "at least one row stays");
    m_first += count;
    m_rows -= count;
    begin = {values(0, keyColumns), true};
}

} // namespace core

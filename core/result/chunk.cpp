// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/chunk.h"

#include <algorithm>
#include <cstring>

namespace core {

namespace {
constexpr qsizetype smallestArena = 4096;
}

qsizetype Chunk::residentBytes() const
{
    // The shared pointer's counters lie in front of the chunk.
    constexpr qsizetype counters = 2 * sizeof(void *);
    return qsizetype(sizeof(Chunk)) + counters + m_arenaSize
           + qsizetype(m_ends.capacity() * sizeof(quint32));
}

void ChunkBuilder::reserve(int rows, qsizetype bytes)
{
    m_ends.reserve(std::size_t(rows) * std::size_t(m_columns));
    if (bytes > m_capacity)
        grow(std::min(bytes, maxBytes));
}

void ChunkBuilder::appendNull()
{
    m_ends.push_back(quint32(m_used) | Chunk::nullBit);
}

void ChunkBuilder::append(QByteArrayView bytes)
{
    if (!fits(bytes.size()))
        qFatal("A chunk of rows was filled beyond 2 GB");
    if (m_used + bytes.size() > m_capacity)
        grow(m_used + bytes.size());
    if (!bytes.isEmpty())
        std::memcpy(m_arena.get() + m_used, bytes.data(), std::size_t(bytes.size()));
    m_used += bytes.size();
    m_ends.push_back(quint32(m_used));
}

void ChunkBuilder::grow(qsizetype needed)
{
    const qsizetype wanted = std::max({needed, smallestArena, m_capacity + m_capacity / 2});
    const qsizetype capacity = std::min(wanted, maxBytes);
    auto arena = std::make_unique_for_overwrite<char[]>(std::size_t(capacity));
    if (m_used > 0)
        std::memcpy(arena.get(), m_arena.get(), std::size_t(m_used));
    m_arena = std::move(arena);
    m_capacity = capacity;
}

ChunkPtr ChunkBuilder::take()
{
    Q_ASSERT_X(m_columns == 0 || m_ends.size() % std::size_t(m_columns) == 0, "ChunkBuilder",
               "the last row is not whole");
    auto chunk = std::make_shared<Chunk>();
    chunk->m_columns = m_columns;
    chunk->m_rows = m_columns > 0 ? int(m_ends.size() / std::size_t(m_columns)) : m_emptyRows;
    chunk->m_arenaSize = m_used;
    if (m_capacity - m_used <= m_used / 16) {
        chunk->m_arena = std::move(m_arena);
        m_capacity = 0;
    } else if (m_used > 0) {
        // What is kept is exact; the roomy arena serves the next chunk.
        chunk->m_arena = std::make_unique_for_overwrite<char[]>(std::size_t(m_used));
        std::memcpy(chunk->m_arena.get(), m_arena.get(), std::size_t(m_used));
    }
    if (m_ends.capacity() - m_ends.size() <= m_ends.size() / 16)
        chunk->m_ends = std::exchange(m_ends, {});
    else
        chunk->m_ends.assign(m_ends.begin(), m_ends.end());
    m_ends.clear();
    m_used = 0;
    m_emptyRows = 0;
    return chunk;
}

} // namespace core

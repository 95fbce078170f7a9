// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/chunkcodec.h"

namespace core {

ChunkCodec::Shape ChunkCodec::shape(const Chunk &chunk)
{
    return {chunk.m_rows, chunk.m_columns, chunk.m_arenaSize};
}

std::array<std::span<const char>, 2> ChunkCodec::parts(const Chunk &chunk)
{
    const auto *ends = reinterpret_cast<const char *>(chunk.m_ends.data());
    return {std::span(ends, chunk.m_ends.size() * sizeof(quint32)),
            std::span<const char>(chunk.m_arena.get(), std::size_t(chunk.m_arenaSize))};
}

std::shared_ptr<Chunk> ChunkCodec::blank(const Shape &shape)
{
    auto chunk = std::make_shared<Chunk>();
    chunk->m_rows = shape.rows;
    chunk->m_columns = shape.columns;
    chunk->m_arenaSize = shape.arenaBytes;
    chunk->m_ends.resize(std::size_t(shape.rows) * std::size_t(shape.columns));
    chunk->m_arena = std::make_unique_for_overwrite<char[]>(std::size_t(shape.arenaBytes));
    return chunk;
}

std::array<std::span<char>, 2> ChunkCodec::writableParts(Chunk &chunk)
{
    auto *ends = reinterpret_cast<char *>(chunk.m_ends.data());
    return {std::span(ends, chunk.m_ends.size() * sizeof(quint32)),
            std::span(chunk.m_arena.get(), std::size_t(chunk.m_arenaSize))};
}

} // namespace core

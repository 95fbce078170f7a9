// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QByteArrayView>
#include <QMetaType>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace core {

/// One column of a result, as RowDescription gives it. The name may hold anything that 63 bytes
/// can.
struct Column {
    QString name = {};
    Oid type = {};
    int typeModifier = -1;
    Oid table = {};        ///< the table it comes from unchanged; Oid{} = none
    int tableColumn = 0;   ///< attnum in that table
    int typeLength = -1;   ///< bytes of a fixed-width type; -1 = varying
    QString typeName = {}; ///< format_type() where the sender of the request knew it; else empty
    bool operator==(const Column &) const = default;
};
using Columns = std::vector<Column>;

/// Immutable rows in text format: one byte arena and one 32-bit offset a cell, NULL as the offset's
/// top bit. Shared between threads by value of the pointer; nothing in it ever changes. A chunk
/// holds < 2 GB.
class Chunk
{
public:
    [[nodiscard]] int rowCount() const { return m_rows; }
    [[nodiscard]] int columnCount() const { return m_columns; }
    [[nodiscard]] bool isNull(int row, int column) const
    {
        return (m_ends[index(row, column)] & nullBit) != 0;
    }
    /// The bytes as the server sent them; empty for NULL too (ask isNull). Valid as long as the
    /// chunk lives.
    [[nodiscard]] QByteArrayView cell(int row, int column) const
    {
        const std::size_t at = index(row, column);
        const quint32 begin = at == 0 ? 0 : (m_ends[at - 1] & ~nullBit);
        return {m_arena.get() + begin, qsizetype((m_ends[at] & ~nullBit) - begin)};
    }
    [[nodiscard]] qsizetype payloadBytes() const { return m_arenaSize; }
    /// What the chunk costs in memory.
    [[nodiscard]] qsizetype residentBytes() const;

private:
    friend class ChunkBuilder;
    friend class ChunkCodec;
    static constexpr quint32 nullBit = 0x8000'0000U;
    [[nodiscard]] std::size_t index(int row, int column) const
    {
        return std::size_t(row) * std::size_t(m_columns) + std::size_t(column);
    }
    std::unique_ptr<char[]> m_arena;
    std::vector<quint32> m_ends; ///< end of each cell in the arena, row by row
    qsizetype m_arenaSize = 0;
    int m_rows = 0;
    int m_columns = 0;
};
using ChunkPtr = std::shared_ptr<const Chunk>;

/// Fills one chunk: reserve() what is known, then append cells row by row, then take(). Reusable
/// after take().
class ChunkBuilder
{
public:
    explicit ChunkBuilder(int columns)
        : m_columns(columns)
    {
    }
    /// The most text that one chunk takes: offsets have 31 bits.
    static constexpr qsizetype maxBytes = 0x7FFF'FFFF;
    void reserve(int rows, qsizetype bytes);
    void appendNull();
    /// Only what fits(); anything more would be a wrong offset, so the program ends instead.
    void append(QByteArrayView bytes);
    [[nodiscard]] bool fits(qsizetype moreBytes) const { return moreBytes <= maxBytes - m_used; }
    /// Ends a row of a result without columns, which has rows but no cells.
    void endEmptyRow() { ++m_emptyRows; }
    [[nodiscard]] qsizetype bytes() const { return m_used; }
    [[nodiscard]] bool isEmpty() const { return m_ends.empty() && m_emptyRows == 0; }
    [[nodiscard]] ChunkPtr take();

private:
    void grow(qsizetype needed);
    std::unique_ptr<char[]> m_arena;
    std::vector<quint32> m_ends;
    qsizetype m_used = 0;
    qsizetype m_capacity = 0;
    int m_columns;
    int m_emptyRows = 0;
};

} // namespace core

Q_DECLARE_METATYPE(core::ChunkPtr)
Q_DECLARE_METATYPE(core::Columns)

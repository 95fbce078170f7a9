// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/resultreader.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr Oid textType = Oid{25};
/// Where a chunk is handed out though more rows might join it: much more would only be in memory.
constexpr qsizetype fullChunk = qsizetype(256) * 1024;
/// What a chunk may grow to by one more row: far from the 2 GB that offsets allow.
constexpr qsizetype roomyChunk = qsizetype(256) * 1024 * 1024;

} // namespace

Columns columnsOf(const PGresult *result)
{
    const int count = PQnfields(result);
    Columns columns;
    columns.reserve(std::size_t(count));
    for (int i = 0; i < count; ++i) {
        columns.push_back({.name = QString::fromUtf8(PQfname(result, i)),
                           .type = Oid{PQftype(result, i)},
                           .typeModifier = PQfmod(result, i),
                           .table = Oid{PQftable(result, i)},
                           .tableColumn = PQftablecol(result, i),
                           .typeLength = PQfsize(result, i)});
    }
    return columns;
}

Columns copyColumns()
{
    return {{.name = u"copy"_s, .type = textType, .typeName = u"text"_s}};
}

ResultReader::ResultReader(int columns, int rowsPerChunk, qint64 largestCell)
    : m_builder(columns)
    , m_lengths(std::size_t(columns))
    , m_largestCell(largestCell)
    , m_columns(columns)
    , m_rowsPerChunk(rowsPerChunk)
{
}

std::vector<ChunkPtr> ResultReader::rows(const PGresult *result)
{
    std::vector<ChunkPtr> chunks;
    const int count = PQntuples(result);
    for (int row = 0; row < count; ++row) {
        const qsizetype size = measure(result, row);
        if (m_huge)
            break;
        if (m_held > 0 && m_builder.bytes() + size > roomyChunk)
            chunks.push_back(rest());
        makeRoom();
        appendRow(result, row);
        ++m_rows;
        ++m_held;
        if (isFull())
            chunks.push_back(rest());
    }
    return chunks;
}

/// As much as the last chunk took and a little more: then nothing is copied.
void ResultReader::makeRoom()
{
    if (m_held == 0)
        m_builder.reserve(m_rowsPerChunk, m_usual + m_usual / 32);
}

bool ResultReader::isFull() const
{
    return m_held >= m_rowsPerChunk || m_builder.bytes() >= fullChunk;
}

qsizetype ResultReader::measure(const PGresult *result, int row)
{
    qsizetype size = 0;
    for (int column = 0; column < m_columns; ++column) {
        const int bytes = PQgetlength(result, row, column);
        m_largestSeen = std::max(m_largestSeen, qint64(bytes));
        if (m_largestCell > 0 && bytes > m_largestCell) {
            m_huge = HugeCell{.row = m_rows, .column = column, .bytes = bytes};
            return 0;
        }
        m_lengths[std::size_t(column)] = bytes;
        size += bytes;
    }
    return size;
}

void ResultReader::appendRow(const PGresult *result, int row)
{
    for (int column = 0; column < m_columns; ++column) {
        const int bytes = m_lengths[std::size_t(column)];
        if (bytes > 0)
            m_builder.append({PQgetvalue(result, row, column), bytes});
        else if (PQgetisnull(result, row, column) != 0)
            m_builder.appendNull();
        else
            m_builder.append({});
    }
    if (m_columns == 0)
        m_builder.endEmptyRow();
}

ChunkPtr ResultReader::copyLine(QByteArrayView line)
{
    m_largestSeen = std::max(m_largestSeen, qint64(line.size()));
    if (m_largestCell > 0 && line.size() > m_largestCell) {
        m_huge = HugeCell{.row = m_rows, .column = 0, .bytes = line.size()};
        return rest();
    }
    makeRoom();
    m_builder.append(line);
    ++m_rows;
    ++m_held;
    return isFull() ? rest() : ChunkPtr();
}

ChunkPtr ResultReader::rest()
{
    if (std::exchange(m_held, 0) == 0)
        return {};
    m_usual = m_builder.bytes();
    return m_builder.take();
}

} // namespace core

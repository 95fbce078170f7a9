// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/resultreader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr Oid textType = Oid{25};
/// Where one PGresult becomes several chunks: far from the 2 GB that offsets allow.
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
    , m_largestCell(largestCell)
    , m_columns(columns)
    , m_rowsPerChunk(rowsPerChunk)
{
}

std::vector<ChunkPtr> ResultReader::rows(const PGresult *result)
{
    const int count = PQntuples(result);
    std::vector<qsizetype> sizes;
    sizes.reserve(std::size_t(count));
    for (int row = 0; row < count; ++row) {
        const qsizetype size = measure(result, row);
        if (m_huge)
            break;
        sizes.push_back(size);
    }
    std::vector<ChunkPtr> chunks;
    for (std::size_t row = 0; row < sizes.size();) {
        std::size_t end = row;
        qsizetype bytes = 0;
        do
            bytes += sizes[end++];
        while (end < sizes.size() && bytes + sizes[end] <= roomyChunk);
        m_builder.reserve(int(end - row), bytes);
        for (; row < end; ++row)
            appendRow(result, int(row));
        chunks.push_back(m_builder.take());
    }
    m_rows += qint64(sizes.size());
    return chunks;
}

qsizetype ResultReader::measure(const PGresult *result, int row)
{
    qsizetype size = 0;
    for (int column = 0; column < m_columns; ++column) {
        const int bytes = PQgetlength(result, row, column);
        m_largestSeen = std::max(m_largestSeen, qint64(bytes));
        if (m_largestCell > 0 && bytes > m_largestCell) {
            m_huge = HugeCell{.row = m_rows + row, .column = column, .bytes = bytes};
            return 0;
        }
        size += bytes;
    }
    return size;
}

void ResultReader::appendRow(const PGresult *result, int row)
{
    for (int column = 0; column < m_columns; ++column) {
        if (PQgetisnull(result, row, column) != 0)
            m_builder.appendNull();
        else
            m_builder.append({PQgetvalue(result, row, column), PQgetlength(result, row, column)});
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
    m_builder.append(line);
    ++m_rows;
    ++m_linesHeld;
    const bool full = m_linesHeld >= m_rowsPerChunk || m_builder.bytes() >= roomyChunk;
    return full ? rest() : ChunkPtr();
}

ChunkPtr ResultReader::rest()
{
    m_linesHeld = 0;
    return m_builder.isEmpty() ? ChunkPtr() : m_builder.take();
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/jsonformatter.h"

#include <utility>

namespace core {

namespace {

QByteArray jsonKey(const QByteArray &name, bool first)
{
    QByteArray key(first ? "{" : ",");
    OutBuffer text(
        [&key](QByteArrayView bytes) {
            key.append(bytes);
            return true;
        },
        OutBuffer::largestPiece);
    writeJsonString(name, text);
    text.flush();
    return key + ':';
}

} // namespace

JsonFormatter::JsonFormatter(FormatColumns columns, bool asArray)
    : m_columns(std::move(columns))
    , m_asArray(asArray)
{
    for (const FormatColumn &column : m_columns)
        m_keys.push_back(jsonKey(column.name, m_keys.empty()));
}

void JsonFormatter::begin(OutBuffer &out)
{
    m_first = true;
    if (m_asArray)
        out.write("[\n");
}

void JsonFormatter::append(const Chunk &chunk, OutBuffer &out)
{
    for (int at = 0; at < chunk.rowCount(); ++at) {
        if (m_asArray && !std::exchange(m_first, false))
            out.write(",\n");
        row(chunk, at, out);
        if (!m_asArray)
            out.put('\n');
    }
}

void JsonFormatter::row(const Chunk &chunk, int row, OutBuffer &out)
{
    if (chunk.columnCount() == 0)
        out.put('{');
    for (int column = 0; column < chunk.columnCount(); ++column) {
        const FormatColumn &format = m_columns[std::size_t(column)];
        out.write(m_keys[std::size_t(column)]);
        if (chunk.isNull(row, column))
            out.write("null");
        else if (format.isArray)
            m_arrays.write(format, chunk.cell(row, column), out);
        else
            writeJsonValue(format.kind, chunk.cell(row, column), out);
    }
    out.put('}');
}

void JsonFormatter::finish(OutBuffer &out)
{
    if (m_asArray)
        out.write("\n]\n");
}

} // namespace core

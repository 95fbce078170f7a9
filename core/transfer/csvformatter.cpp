// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/csvformatter.h"

#include "core/transfer/bytescan.h"

namespace core {

namespace {

using bytescan::CsvSpecial;
using bytescan::find;

void quoted(QByteArrayView text, OutBuffer &out)
{
    if (text.size() <= (OutBuffer::largestPiece - 2) / 2) {
        char *at = out.room(2 * text.size() + 2);
        *at++ = '"';
        // A second quote behind each byte stays where that is a quote itself: no branch to be
        // foretold.
        for (const char byte : text) {
            at[0] = byte;
            at[1] = '"';
            at += byte == '"' ? 2 : 1;
        }
        *at++ = '"';
        out.commit(at);
        return;
    }
    out.put('"');
    // Pieces end behind a quote, which then begins the next piece once more: doubled.
    for (qsizetype at = 0;;) {
        const qsizetype quote = text.indexOf('"', at);
        if (quote < 0) {
            out.write(text.sliced(at));
            break;
        }
        out.write(text.sliced(at, quote + 1 - at));
        out.put('"');
        at = quote + 1;
    }
    out.put('"');
}

} // namespace

CsvFormatter::CsvFormatter(FormatColumns columns, bool header)
    : m_columns(std::move(columns))
    , m_header(header)
{
    for (const FormatColumn &column : m_columns) {
        const bool plain = column.kind == JsonKind::Number || column.kind == JsonKind::Bool;
        m_plain.push_back(plain && !column.isArray);
    }
}

void CsvFormatter::begin(OutBuffer &out)
{
    if (!m_header)
        return;
    bool first = true;
    for (const FormatColumn &column : m_columns) {
        if (!std::exchange(first, false))
            out.put(',');
        value(column.name, false, out);
    }
    out.put('\n');
}

void CsvFormatter::value(QByteArrayView text, bool isPlain, OutBuffer &out) const
{
    const char *const end = text.data() + text.size();
    const bool endsCopy = m_columns.size() == 1 && text == "\\.";
    if (text.isEmpty() || endsCopy || (!isPlain && find<CsvSpecial>(text.data(), end) != end)) {
        quoted(text, out);
    } else if (text.size() > OutBuffer::largestPiece) {
        out.write(text);
    } else {
        char *at = out.room(text.size());
        std::memcpy(at, text.data(), std::size_t(text.size()));
        out.commit(at + text.size());
    }
}

void CsvFormatter::append(const Chunk &chunk, OutBuffer &out)
{
    const int columns = chunk.columnCount();
    for (int row = 0; row < chunk.rowCount(); ++row) {
        for (int column = 0; column < columns; ++column) {
            if (column > 0)
                out.put(',');
            if (!chunk.isNull(row, column))
                value(chunk.cell(row, column), m_plain[std::size_t(column)], out);
        }
        out.put('\n');
    }
}

void CsvFormatter::finish(OutBuffer &out)
{
    Q_UNUSED(out)
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/textformatter.h"

#include "core/transfer/bytescan.h"

#include <utility>

namespace core {

namespace {

void escaped(QByteArrayView text, OutBuffer &out)
{
    static constexpr QByteArrayView letters = "btnvfr"; // \b to \r
    const char *at = text.data();
    const char *const end = at + text.size();
    for (;;) {
        const char *special = bytescan::find<bytescan::TextSpecial>(at, end);
        out.write({at, special - at});
        if (special == end)
            return;
        out.put('\\');
        out.put(*special == '\\' ? '\\' : letters[*special - '\b']);
        at = special + 1;
    }
}

} // namespace

TextFormatter::TextFormatter(FormatColumns columns, bool header)
    : m_columns(std::move(columns))
    , m_header(header)
{
}

void TextFormatter::begin(OutBuffer &out)
{
    if (!m_header)
        return;
    bool first = true;
    for (const FormatColumn &column : m_columns) {
        if (!std::exchange(first, false))
            out.put('\t');
        escaped(column.name, out);
    }
    out.put('\n');
}

void TextFormatter::append(const Chunk &chunk, OutBuffer &out)
{
    for (int row = 0; row < chunk.rowCount(); ++row) {
        for (int column = 0; column < chunk.columnCount(); ++column) {
            if (column > 0)
                out.put('\t');
            if (chunk.isNull(row, column))
                out.write("\\N");
            else
                escaped(chunk.cell(row, column), out);
        }
        out.put('\n');
    }
}

void TextFormatter::finish(OutBuffer &out)
{
    Q_UNUSED(out)
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/tableformatter.h"

#include "core/base/translations.h"
#include "core/transfer/displaywidth.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// Beyond this nobody reads a table's cell.
constexpr qsizetype longestCell = 4096;

QString cellText(QByteArrayView bytes)
{
    // Four bytes a character at most: enough is left to see whether it is too long.
    const bool cut = bytes.size() > longestCell * 4;
    QString text = QString::fromUtf8(cut ? bytes.first(longestCell * 4) : bytes);
    if (cut || text.size() > longestCell)
        text = text.first(std::min(text.size(), longestCell)) + u'…';
    return visibleText(text);
}

void pad(int count, OutBuffer &out)
{
    for (; count > 0; --count)
        out.put(' ');
}

} // namespace

TableFormatter::TableFormatter(FormatColumns columns, const FormatOptions &options)
    : m_columns(std::move(columns))
    , m_sampleRows(std::max(options.sampleRows, 1))
    , m_header(options.header)
{
    for (const FormatColumn &column : m_columns)
        m_widths.push_back(m_header ? displayWidth(visibleText(QString::fromUtf8(column.name)))
                                    : 0);
}

void TableFormatter::begin(OutBuffer &out)
{
    Q_UNUSED(out)
    m_sampling = true;
    m_rows = 0;
}

void TableFormatter::append(const Chunk &chunk, OutBuffer &out)
{
    for (int row = 0; row < chunk.rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < chunk.columnCount(); ++column)
            cells.append(chunk.isNull(row, column) ? u"NULL"_s : cellText(chunk.cell(row, column)));
        takeRow(cells, out);
    }
}

void TableFormatter::takeRow(const QStringList &cells, OutBuffer &out)
{
    ++m_rows;
    if (!m_sampling) {
        writeRow(cells, out);
        return;
    }
    for (qsizetype column = 0; column < cells.size(); ++column) {
        int &width = m_widths[std::size_t(column)];
        width = std::max(width, displayWidth(cells.at(column)));
    }
    m_held.push_back(cells);
    if (m_held.size() >= std::size_t(m_sampleRows))
        writeHeld(out);
}

void TableFormatter::writeHeld(OutBuffer &out)
{
    m_sampling = false;
    if (m_header)
        writeHeader(out);
    for (const QStringList &cells : std::as_const(m_held))
        writeRow(cells, out);
    m_held.clear();
}

void TableFormatter::writeHeader(OutBuffer &out) const
{
    QStringList names;
    for (const FormatColumn &column : m_columns)
        names.append(visibleText(QString::fromUtf8(column.name)));
    writeRow(names, out);
    for (std::size_t column = 0; column < m_widths.size(); ++column) {
        if (column > 0)
            out.put('+');
        for (int count = m_widths[column] + 2; count > 0; --count)
            out.put('-');
    }
    out.put('\n');
}

void TableFormatter::writeRow(const QStringList &cells, OutBuffer &out) const
{
    for (qsizetype column = 0; column < cells.size(); ++column) {
        if (column > 0)
            out.put('|');
        const bool right = m_columns[std::size_t(column)].alignRight;
        const int space =
            std::max(m_widths[std::size_t(column)] - displayWidth(cells.at(column)), 0);
        pad(right ? space + 1 : 1, out);
        out.write(cells.at(column).toUtf8());
        // Nothing invisible at the end of a line.
        if (column + 1 < cells.size())
            pad(right ? 1 : space + 1, out);
    }
    out.put('\n');
}

void TableFormatter::finish(OutBuffer &out)
{
    if (m_sampling)
        writeHeld(out);
    if (m_header) {
        out.write(QCoreApplication::translate("core::TableFormatter", "(%n rows)", nullptr,
                                              pluralNumber(m_rows))
                      .toUtf8());
        out.put('\n');
    }
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridcopier.h"

#include "core/base/translations.h"
#include "core/result/valuetext.h"
#include "ui/common/format.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

// Between two looks at the event loop.
constexpr int rowsAtOnce = 2'000;
constexpr qint64 window = 500;

bool needsQuotes(QByteArrayView bytes, bool csv)
{
    return std::ranges::any_of(bytes, [csv](char byte) {
        return byte == '\n' || byte == '\r' || byte == '"' || byte == (csv ? ',' : '\t');
    });
}

} // namespace

GridCopier::GridCopier(core::RowSource &source, std::vector<int> columns, core::RowRange rows,
                       GridView::CopyFormat format)
    : m_source(source)
    , m_columns(std::move(columns))
    , m_rows(rows)
    , m_format(format)
    , m_row(rows.first)
    , m_single(rows.count == 1 && m_columns.size() == 1 && format == GridView::CopyFormat::Text)
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &GridCopier::resume);
    connect(&m_source, &core::RowSource::rowsArrived, this, [this] {
        if (!m_next.isActive())
            m_next.start();
    });
    connect(&m_source, &core::RowSource::failed, this,
            [this](const core::Error &error) { fail(error.text()); });
    connect(&m_source, &core::RowSource::reset, this,
            [this] { fail(tr("The rows were read again meanwhile.")); });
}

void GridCopier::start()
{
    if (m_format != GridView::CopyFormat::Text)
        appendNames();
    resume();
}

void GridCopier::resume()
{
    if (m_done)
        return;
    for (int count = 0; m_row < m_rows.end(); ++m_row, ++count) {
        if (count == rowsAtOnce) {
            m_next.start();
            return;
        }
        if (!appendRow(m_row)) {
            m_source.want({m_row, std::min(window, m_rows.end() - m_row)});
            return;
        }
        if (m_text.size() > mostBytes) {
            fail(tr("The selection is larger than %1. Export it to a file.")
                     .arg(formatBytes(mostBytes)));
            return;
        }
    }
    succeed();
}

bool GridCopier::appendRow(qint64 row)
{
    const qsizetype before = m_text.size();
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const core::Cell cell = m_source.cell(row, m_columns[i]);
        if (cell.state == core::Cell::State::Missing) {
            m_text.truncate(before);
            return false;
        }
        if (cell.state == core::Cell::State::Gone) {
            m_text.truncate(before);
            return true;
        }
        if (i > 0)
            m_text += m_format == GridView::CopyFormat::CsvWithNames ? ',' : '\t';
        if (cell.fullSize >= 0)
            ++m_cut;
        if (!cell.isNull)
            appendValue(cell.bytes);
    }
    ++m_copied;
    if (!m_single)
        m_text += '\n';
    return true;
}

void GridCopier::appendValue(QByteArrayView bytes)
{
    const bool csv = m_format == GridView::CopyFormat::CsvWithNames;
    // In CSV, NULL is nothing and the empty text is a pair of quotes, as COPY writes them.
    if (m_single || (!needsQuotes(bytes, csv) && !(csv && bytes.isEmpty()))) {
        m_text += bytes;
        return;
    }
    m_text += '"';
    for (const char byte : bytes) {
        if (byte == '"')
            m_text += '"';
        m_text += byte;
    }
    m_text += '"';
}

void GridCopier::appendNames()
{
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (i > 0)
            m_text += m_format == GridView::CopyFormat::CsvWithNames ? ',' : '\t';
        appendValue(m_source.columns()[std::size_t(m_columns[i])].name.toUtf8());
    }
    m_text += '\n';
}

void GridCopier::succeed()
{
    m_done = true;
    QString sentence =
        m_single ? tr("Copied 1 value.")
                 : tr("Copied %1, %2.")
                       .arg(formatRows(m_copied), formatColumns(qint64(m_columns.size())));
    if (m_cut > 0) {
        sentence += u' '
                    + tr("Of %1 long values only the beginning: it is all that was read.", nullptr,
                         core::pluralNumber(m_cut))
                          .arg(formatCount(m_cut));
    }
    // Never null: an empty value is copied too.
    emit finished(m_text.isEmpty() ? u""_s : core::exactText(m_text), sentence);
}

void GridCopier::fail(const QString &reason)
{
    if (std::exchange(m_done, true))
        return;
    emit finished({}, tr("Nothing was copied. %1").arg(reason));
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/rowscroller.h"

#include <algorithm>
#include <cmath>

namespace ui {

namespace {
// Keeps every product of a row and a height below 2^63.
constexpr qint64 mostRows = qint64(1) << 48;
} // namespace

void RowScroller::setRowHeight(int pixels)
{
    const qint64 row = m_offset / m_rowHeight;
    const qint64 rest = m_offset % m_rowHeight;
    const int before = m_rowHeight;
    m_rowHeight = std::max(pixels, 1);
    setOffset(row * m_rowHeight + rest * m_rowHeight / before);
}

void RowScroller::setViewHeight(int pixels)
{
    m_viewHeight = std::max(pixels, 0);
    setOffset(m_offset);
}

void RowScroller::setRows(qint64 rows)
{
    m_rows = std::clamp<qint64>(rows, 0, mostRows);
    setOffset(m_offset);
}

qint64 RowScroller::maxOffset() const
{
    return std::max<qint64>(m_rows * m_rowHeight - m_viewHeight, 0);
}

qint64 RowScroller::setOffset(qint64 offset)
{
    const qint64 before = m_offset;
    m_offset = std::clamp<qint64>(offset, 0, maxOffset());
    return m_offset - before;
}

qint64 RowScroller::reveal(qint64 row)
{
    row = std::clamp<qint64>(row, 0, std::max<qint64>(m_rows - 1, 0));
    const qint64 above = row * m_rowHeight;
    const qint64 below = above + m_rowHeight - m_viewHeight;
    // A view lower than a row shows the row's beginning.
    return setOffset(std::min(std::max(m_offset, below), above));
}

qint64 RowScroller::centre(qint64 row)
{
    row = std::clamp<qint64>(row, 0, std::max<qint64>(m_rows - 1, 0));
    const qint64 above = row * m_rowHeight;
    if (top(row) >= 0 && top(row) + m_rowHeight <= m_viewHeight)
        return 0;
    // A third down: what follows matters more than what came before.
    const qint64 before = (page() / 3) * m_rowHeight;
    return setOffset(above - before);
}

core::RowRange RowScroller::visible() const
{
    const qint64 first = std::min(m_offset / m_rowHeight, m_rows);
    const qint64 last = (m_offset + std::max(m_viewHeight, 1) - 1) / m_rowHeight;
    return {first, std::min(last + 1, m_rows) - first};
}

qint64 RowScroller::page() const
{
    return std::max<qint64>(m_viewHeight / m_rowHeight, 1);
}

int RowScroller::barMaximum() const
{
    return int(std::min<qint64>(maxOffset(), barSteps));
}

int RowScroller::barPage() const
{
    if (!isScaled())
        return m_viewHeight;
    const double share = double(m_viewHeight) / double(maxOffset());
    return std::max(int(share * barSteps), 1);
}

int RowScroller::barValue() const
{
    if (!isScaled())
        return int(m_offset);
    return int(std::lround(double(m_offset) / double(maxOffset()) * barSteps));
}

qint64 RowScroller::offsetOfBar(int value) const
{
    if (!isScaled())
        return value;
    if (value >= barSteps)
        return maxOffset();
    const double share = double(value) / barSteps;
    const qint64 row = std::llround(share * double(maxOffset()) / m_rowHeight);
    return row * m_rowHeight;
}

} // namespace ui

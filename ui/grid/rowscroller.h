// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

namespace ui {

// Where a view of equally high rows stands: 64-bit arithmetic in device pixels, no state a row. A
// scroll bar has an int; it is given the position as a share of barSteps, exactly one step a pixel
// as long as that is enough. Pure.
class RowScroller
{
public:
    static constexpr int barSteps = 1'000'000'000;

    // Both in device pixels. The row height is rounded before it is multiplied by a row number.
    void setRowHeight(int pixels);
    void setViewHeight(int pixels);
    void setRows(qint64 rows);
    [[nodiscard]] int rowHeight() const { return m_rowHeight; }
    [[nodiscard]] int viewHeight() const { return m_viewHeight; }
    [[nodiscard]] qint64 rows() const { return m_rows; }

    // Device pixels from the top of row 0 to the top of the view.
    [[nodiscard]] qint64 offset() const { return m_offset; }
    [[nodiscard]] qint64 maxOffset() const;
    // Clamps; returns how far the view moved.
    qint64 setOffset(qint64 offset);
    // The least move that shows the row whole; returns how far the view moved.
    qint64 reveal(qint64 row);
    qint64 centre(qint64 row);
    // The top of a row below the top of the view; may be negative.
    [[nodiscard]] qint64 top(qint64 row) const { return row * m_rowHeight - m_offset; }
    // The row at so many device pixels below the top of the view; rows() or more below the last
    // one.
    [[nodiscard]] qint64 rowAt(int pixels) const { return (m_offset + pixels) / m_rowHeight; }
    // Rows of which at least a pixel shows.
    [[nodiscard]] core::RowRange visible() const;
    // How many rows the view holds whole, at least 1.
    [[nodiscard]] qint64 page() const;

    [[nodiscard]] int barMaximum() const;
    [[nodiscard]] int barPage() const;
    [[nodiscard]] int barValue() const;
    // Whole rows where a step of the bar is more than a pixel.
    [[nodiscard]] qint64 offsetOfBar(int value) const;

private:
    [[nodiscard]] bool isScaled() const { return maxOffset() > barSteps; }
    qint64 m_rows = 0;
    qint64 m_offset = 0;
    int m_rowHeight = 1;
    int m_viewHeight = 0;
};

} // namespace ui

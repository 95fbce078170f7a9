// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtTypes>

#include <algorithm>

namespace ui {

// A cell by row and place (the column's position among the shown ones).
struct GridCell {
    qint64 row = -1;
    int place = -1;
    [[nodiscard]] bool isValid() const { return row >= 0 && place >= 0; }
    bool operator==(const GridCell &) const = default;
};

// A rectangle of cells, both ends included. Empty when lastRow < firstRow.
struct GridRange {
    qint64 firstRow = 0;
    qint64 lastRow = -1;
    int firstPlace = 0;
    int lastPlace = -1;
    [[nodiscard]] bool isEmpty() const { return lastRow < firstRow || lastPlace < firstPlace; }
    [[nodiscard]] bool contains(qint64 row, int place) const
    {
        return row >= firstRow && row <= lastRow && place >= firstPlace && place <= lastPlace;
    }
    [[nodiscard]] qint64 rowCount() const { return isEmpty() ? 0 : lastRow - firstRow + 1; }
    [[nodiscard]] int placeCount() const { return isEmpty() ? 0 : lastPlace - firstPlace + 1; }
    [[nodiscard]] bool isSingleCell() const { return rowCount() == 1 && placeCount() == 1; }
    bool operator==(const GridRange &) const = default;
};

// The current cell and the rectangle between it and an anchor: two cells, whatever lies between
// them.
class GridSelection
{
public:
    [[nodiscard]] GridCell current() const { return m_current; }
    [[nodiscard]] GridCell anchor() const { return m_anchor; }
    [[nodiscard]] GridRange range() const
    {
        if (!m_current.isValid())
            return {};
        return {std::min(m_anchor.row, m_current.row), std::max(m_anchor.row, m_current.row),
                std::min(m_anchor.place, m_current.place),
                std::max(m_anchor.place, m_current.place)};
    }
    // Makes a cell the current one; `extend` leaves the other end of the range where it is.
    void set(GridCell cell, bool extend)
    {
        m_current = cell;
        if (!extend || !m_anchor.isValid())
            m_anchor = cell;
    }
    // A range whose current cell is `current` and whose other end is `anchor`.
    void span(GridCell anchor, GridCell current)
    {
        m_anchor = anchor;
        m_current = current;
    }
    void clear() { *this = {}; }
    // Rows from `first` on are called `first + delta` now.
    void shift(qint64 first, qint64 delta)
    {
        for (GridCell *cell : {&m_anchor, &m_current}) {
            if (cell->row >= first)
                cell->row = std::max<qint64>(cell->row + delta, 0);
        }
    }
    // Forgets what lies beyond a table that has become smaller.
    void clip(qint64 rows, int places)
    {
        if (rows <= 0 || places <= 0) {
            clear();
            return;
        }
        for (GridCell *cell : {&m_anchor, &m_current}) {
            cell->row = std::min(cell->row, rows - 1);
            cell->place = std::min(cell->place, places - 1);
        }
    }

private:
    GridCell m_anchor;
    GridCell m_current;
};

} // namespace ui

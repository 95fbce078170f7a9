// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/valuetext.h"
#include "ui/grid/gridview.h"

#include <QRect>

namespace ui {

// One paint of a part of a GridView's viewport: grounds, cells, lines, texts, rings, in that order.
class GridPainting
{
public:
    GridPainting(GridView &view, QPainter &painter, const QRect &part);
    void run();

private:
    void grounds();
    void rowGround(qint64 row);
    void selectionGround();
    void hitGrounds();
    void lines();
    void texts();
    void text(qint64 row, int place);
    void arrow(qint64 row, int place);
    void gutter();
    void currentRowEdges();
    void ring();
    [[nodiscard]] bool isSelected(qint64 row, int place) const;
    [[nodiscard]] bool isCurrent(qint64 row, int place) const;
    [[nodiscard]] QRectF cells() const; // the viewport without the gutter

    GridView &m_view;
    QPainter &m_painter;
    const Theme &m_theme;
    const QRectF m_part;
    core::RowRange m_rows;
    int m_firstPlace = 0;
    int m_endPlace = 0;
    GridRange m_selection;
    GridCell m_current;
    bool m_focused;
    core::CellText m_text;
};

} // namespace ui

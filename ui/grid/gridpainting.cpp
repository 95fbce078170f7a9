// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridpainting.h"

#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"
#include "ui/grid/gridheader.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
constexpr qreal iconSize = 12;
}

GridPainting::GridPainting(GridView &view, QPainter &painter, const QRect &part)
    : m_view(view)
    , m_painter(painter)
    , m_theme(theme(&view))
    , m_part(part)
    , m_selection(view.m_selection.range())
    , m_current(view.m_selection.current())
    , m_focused(view.hasFocus())
{
    const core::RowRange visible = view.m_scroller.visible();
    const qint64 first = view.m_scroller.rowAt(int(part.top() * view.ratio()));
    const qint64 last = view.m_scroller.rowAt(int((part.bottom() + 1) * view.ratio()));
    m_rows.first = std::clamp(first, visible.first, visible.end());
    m_rows.count = std::clamp(last + 1, m_rows.first, visible.end()) - m_rows.first;
    const int count = view.m_columns.shownCount();
    while (m_firstPlace < count
           && !view.placeRect(0, m_firstPlace)
                   .intersects({m_part.x(), view.rowTop(0), m_part.width(), 1}))
        ++m_firstPlace;
    m_endPlace = m_firstPlace;
    while (m_endPlace < count
           && view.placeRect(0, m_endPlace)
                  .intersects({m_part.x(), view.rowTop(0), m_part.width(), 1}))
        ++m_endPlace;
}

QRectF GridPainting::cells() const
{
    const qreal gutter = m_view.gutter();
    const QRectF all = m_view.viewport()->rect();
    return m_view.isRightToLeft() ? all.adjusted(0, 0, -gutter, 0) : all.adjusted(gutter, 0, 0, 0);
}

bool GridPainting::isSelected(qint64 row, int place) const
{
    return !m_selection.isSingleCell() && m_selection.contains(row, place)
           && !isCurrent(row, place);
}

bool GridPainting::isCurrent(qint64 row, int place) const
{
    return m_current.row == row && m_current.place == place;
}

void GridPainting::run()
{
    m_painter.fillRect(m_part, m_theme.base);
    if (m_view.m_source) {
        m_painter.save();
        m_painter.setClipRect(cells().intersected(m_part), Qt::IntersectClip);
        grounds();
        lines();
        texts();
        currentRowEdges();
        ring();
        m_painter.restore();
    }
    gutter();
}

void GridPainting::grounds()
{
    // High contrast tells the current row by lines, see currentRowEdges().
    if (m_rows.contains(m_current.row) && !m_theme.isHighContrast())
        m_painter.fillRect(snapped(&m_painter, m_view.rowRect(m_current.row)), m_theme.currentRow);
    selectionGround();
    if (m_view.m_isHit)
        hitGrounds();
    if (m_current.isValid() && m_rows.contains(m_current.row))
        m_painter.fillRect(snapped(&m_painter, m_view.placeRect(m_current.row, m_current.place)),
                           m_theme.base);
}

void GridPainting::selectionGround()
{
    if (m_selection.isEmpty() || m_selection.isSingleCell())
        return;
    const qint64 first = std::max(m_selection.firstRow, m_rows.first);
    const qint64 last = std::min(m_selection.lastRow, m_rows.end() - 1);
    if (last < first)
        return;
    const QRectF rect = m_view.placeRect(first, m_selection.firstPlace)
                            .united(m_view.placeRect(last, m_selection.lastPlace));
    m_painter.fillRect(snapped(&m_painter, rect),
                       m_focused ? m_theme.selection : m_theme.inactiveSelection);
    if (!m_focused && m_theme.isHighContrast())
        drawBox(&m_painter, rect, 0, {}, m_theme.text);
}

void GridPainting::hitGrounds()
{
    for (qint64 row = m_rows.first; row < m_rows.end(); ++row) {
        for (int place = m_firstPlace; place < m_endPlace; ++place) {
            if (isCurrent(row, place) || !m_view.m_isHit(row, m_view.m_columns.columnAt(place)))
                continue;
            const QRectF rect = m_view.placeRect(row, place);
            drawBox(&m_painter, rect, 0, isSelected(row, place) ? QColor() : m_theme.warning.tint,
                    m_theme.warning.ink);
        }
    }
}

void GridPainting::lines()
{
    for (qint64 row = m_rows.first; row < m_rows.end(); ++row)
        drawHairLine(&m_painter, m_view.rowRect(row), Qt::BottomEdge, m_theme.gridline);
    if (m_rows.count == 0)
        return;
    const qreal top = m_view.rowTop(m_rows.first);
    const qreal height = m_view.rowTop(m_rows.end()) - top;
    for (int place = m_firstPlace; place < m_endPlace; ++place) {
        QRectF rect = m_view.placeRect(m_rows.first, place);
        rect.setHeight(height);
        drawHairLine(&m_painter, rect, m_view.isRightToLeft() ? Qt::LeftEdge : Qt::RightEdge,
                     m_theme.gridline);
    }
}

void GridPainting::texts()
{
    m_view.m_painter.begin(&m_painter, m_theme);
    for (qint64 row = m_rows.first; row < m_rows.end(); ++row) {
        for (int place = m_firstPlace; place < m_endPlace; ++place)
            text(row, place);
    }
    m_view.m_painter.flush();
}

void GridPainting::text(qint64 row, int place)
{
    const int column = m_view.m_columns.columnAt(place);
    const GridColumns::Item &item = m_view.m_columns.item(column);
    const bool selected = isSelected(row, place) && m_focused;
    core::setCellText(m_text, m_view.m_source->cell(row, column), item.category);
    CellLook look;
    look.rect = m_view.placeRect(row, place);
    look.monospaced = item.monospaced;
    look.alignRight = m_view.isRightToLeft() || core::alignsRight(item.category);
    look.followsText = item.category == core::TypeCategory::Text;
    look.selected = selected;
    look.tinted = selected || (row == m_current.row && place != m_current.place);
    const bool refers = !item.facts.references.isEmpty();
    look.endRoom = refers ? GridHeader::iconRoom : 0;
    if (refers && m_view.isRightToLeft()) {
        // The arrow stands behind the value in reading order, at the cell's left.
        look.rect.setLeft(look.rect.left() + look.endRoom);
        look.endRoom = 0;
    }
    m_view.m_painter.draw(m_text, look);
    if (refers && m_text.kind == core::CellText::Kind::Value
        && (row == m_current.row || row == m_view.m_hovered.row))
        arrow(row, place);
}

void GridPainting::arrow(qint64 row, int place)
{
    const QRectF cell = m_view.placeRect(row, place);
    const qreal x = m_view.isRightToLeft() ? cell.left() + CellPainter::padding - 2
                                           : cell.right() - CellPainter::padding + 2 - iconSize;
    const QRectF rect(x, cell.center().y() - iconSize / 2, iconSize, iconSize);
    const QColor ink = m_focused && isSelected(row, place) && m_theme.isHighContrast()
                           ? m_theme.onSelection
                           : m_theme.accent;
    paintIcon(&m_painter, rect, u"key-foreign"_s, ink, m_view.layoutDirection());
}

void GridPainting::gutter()
{
    const qreal width = m_view.gutter();
    const bool mirrored = m_view.isRightToLeft();
    const QRectF band(mirrored ? m_view.viewport()->width() - width : 0, m_part.top(), width,
                      m_part.height());
    if (!band.intersects(m_part))
        return;
    m_painter.fillRect(band, m_theme.window);
    for (qint64 row = m_rows.first; row < m_rows.end(); ++row) {
        const QRectF rect(band.left(), m_view.rowTop(row), width, m_view.rowPixels());
        if (row == m_current.row) {
            const bool filled = m_theme.isHighContrast();
            m_painter.fillRect(snapped(&m_painter, rect),
                               filled ? m_theme.text : m_theme.selection);
            const QRectF icon(rect.center().x() - iconSize / 2, rect.center().y() - iconSize / 2,
                              iconSize, iconSize);
            paintIcon(&m_painter, icon, u"chevron-right"_s, filled ? m_theme.base : m_theme.accent,
                      m_view.layoutDirection());
        }
        drawHairLine(&m_painter, rect, Qt::BottomEdge, m_theme.gridline);
    }
    drawHairLine(&m_painter, band, mirrored ? Qt::LeftEdge : Qt::RightEdge, m_theme.line);
}

void GridPainting::currentRowEdges()
{
    if (!m_theme.isHighContrast() || !m_rows.contains(m_current.row))
        return;
    const QRectF row = m_view.rowRect(m_current.row);
    m_painter.fillRect(snapped(&m_painter, QRectF(row.left(), row.top() - 1, row.width(), 2)),
                       m_theme.text);
    m_painter.fillRect(snapped(&m_painter, QRectF(row.left(), row.bottom() - 1, row.width(), 2)),
                       m_theme.text);
}

void GridPainting::ring()
{
    if (!m_current.isValid() || !m_rows.contains(m_current.row))
        return;
    const qreal hair = hairWidth(&m_painter);
    // Over the lines that part it from its neighbours.
    const QRectF rect =
        m_view.placeRect(m_current.row, m_current.place).adjusted(-hair, -hair, 0, 0);
    drawRing(&m_painter, rect, 0, m_focused ? m_theme.accent : m_theme.fieldEdge,
             m_theme.isHighContrast() ? 3 : 2);
}

void GridView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    // A blit leaves strips; painting their hull would paint the page.
    for (const QRect &part : event->region())
        GridPainting(*this, painter, part).run();
}

} // namespace ui

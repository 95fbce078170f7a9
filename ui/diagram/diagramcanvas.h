// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/diagram/diagrampainter.h"

#include <QAbstractScrollArea>

#include <optional>

namespace ui {

class Minimap;

// The drawing on a ground that scrolls and zooms. One card is current, as a row of a list is; keys
// and mouse choose and move it. Its twin for screen readers is RelationsList.
class DiagramCanvas : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit DiagramCanvas(QWidget *parent = nullptr);

    // The font is another one; a diagram laid out by the new sizes has to follow.
    void takeFont() { m_metrics = DiagramPainter::metrics(); }
    // Keeps the current table where it is still there, and the zoom.
    void setDiagram(const core::DiagramGraph &graph, const core::DiagramLayout &layout);
    [[nodiscard]] const core::DiagramGraph &graph() const { return m_graph; }
    [[nodiscard]] const core::DiagramLayout &layout() const { return m_layout; }
    [[nodiscard]] const core::DiagramMetrics &metrics() const { return m_metrics; }

    [[nodiscard]] int current() const { return m_emphasis.current; }
    // -1 for none; in sight afterwards.
    void setCurrent(int table);
    void reveal(int table);
    void setFound(const QSet<int> &tables);

    [[nodiscard]] double zoom() const { return m_zoom; }
    // The point of the viewport stays where it is; its middle if none is given.
    void setZoom(double zoom, const std::optional<QPointF> &around = {});
    void zoomBy(int steps);
    // All of it in sight, no larger than 100 %.
    void fit();

    // In the viewport.
    [[nodiscard]] QRectF cardRect(int table) const;
    [[nodiscard]] int tableAt(const QPointF &place) const;
    // The line near this place; -1 = none.
    [[nodiscard]] int keyAt(const QPointF &place) const;
    // The part of the drawing that is in sight.
    [[nodiscard]] QRectF inSight() const;
    void centreOn(const QPointF &place);

signals:
    void currentChanged(int table);
    void zoomChanged(double zoom);
    // Enter or a double click.
    void activated(int table);
    // A person put the card there.
    void cardMoved(int table, const QPointF &place);
    void menuWanted(int table, const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    struct Drag {
        int table = -1; // -1 = the ground
        QPointF from = {};
        QPointF start = {}; // of the card, or of the scroll bars
        bool moved = false;
    };
    [[nodiscard]] QPointF offset() const;
    [[nodiscard]] QPointF toDiagram(const QPointF &place) const;
    [[nodiscard]] QPointF toViewport(const QPointF &place) const;
    void adjustBars();
    void hover(const QPointF &place);
    void step(int key);
    [[nodiscard]] int neighbour(int key) const;
    void moveCurrent(const QPointF &by);
    void describeCurrent();
    [[nodiscard]] QString tipAt(const QPointF &place) const;

    core::DiagramGraph m_graph;
    core::DiagramLayout m_layout;
    core::DiagramMetrics m_metrics;
    DiagramEmphasis m_emphasis;
    std::optional<Drag> m_drag;
    Minimap *m_minimap;
    double m_zoom = 1;
};

} // namespace ui

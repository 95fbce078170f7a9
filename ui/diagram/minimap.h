// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

class DiagramCanvas;

// The whole drawing small, in a corner of its canvas, with a frame round what is in sight. The
// mouse moves the frame; keys move on the canvas itself.
class Minimap : public QWidget
{
    Q_OBJECT

public:
    explicit Minimap(DiagramCanvas &canvas);

    // In the lower right corner; away where there is no room.
    void place(const QRect &viewport, int margin);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] double scale() const;
    [[nodiscard]] QPointF corner() const; // of the drawing, in the widget
    void go(const QPointF &place);

    DiagramCanvas &m_canvas;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>
#include <QWidget>

namespace ui {

class GridView;
struct ColumnFacts;

// The head of a grid: name with its key and sort symbols, below it the type. Borders are dragged to
// change a width and double clicked to fit it; a click on a column is the view's headerClicked(); a
// drag moves the column.
class GridHeader : public QWidget
{
    Q_OBJECT

public:
    // Room of a 12 px symbol and its gap.
    static constexpr int iconRoom = 18;

    explicit GridHeader(GridView *view);

    void resetFonts();
    // What the head of a column needs, within the limits of a fitted column.
    [[nodiscard]] int fittedWidth(int column) const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    // Content coordinates of a point: from the leading edge of the first column.
    [[nodiscard]] int contentX(const QPoint &position) const;
    [[nodiscard]] QRect placeRect(int place) const;
    void paintPlace(QPainter *painter, int place) const;
    void paintName(QPainter *painter, const QRect &room, int place, bool right) const;
    [[nodiscard]] int nameRoom(const QRect &room, const ColumnFacts &facts) const;
    [[nodiscard]] QString tip(const QPoint &position) const;
    void setMovingTo(int place);

    GridView *m_view;
    QFont m_nameFont;
    QFont m_typeFont;
    int m_resizing = -1; // column
    int m_resizeFrom = 0;
    int m_widthBefore = 0;
    int m_pressed = -1; // place
    int m_movingTo = -1;
    QPoint m_pressedAt;
};

// The piece of head above the vertical scroll bar.
class GridCorner : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ui

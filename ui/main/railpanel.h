// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace ui {

// The ground of a dock that lies over the view, with a hint below the dock.
class RailPanel : public QWidget
{
    Q_OBJECT

public:
    explicit RailPanel(QWidget *parent);
    // Puts it there; what is left of it for the dock.
    QRect put(const QRect &place, bool withHint, Qt::Edge inner);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QLabel *m_hint;
    Qt::Edge m_inner = Qt::RightEdge;
};

// What the panel casts on the view.
class RailShadow : public QWidget
{
    Q_OBJECT

public:
    explicit RailShadow(QWidget *parent);
    void put(const QRect &panel, Qt::Edge inner);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect m_card;
};

} // namespace ui

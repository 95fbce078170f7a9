// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPointer>

class QScrollArea;
class QVBoxLayout;

namespace ui {

// An explanation that belongs to a control: a child of its window beside the control, above it
// where there is no room below. Order of calls: construct with the control, fill content(), open().
// It closes by Esc, by a press elsewhere and when the focus leaves, and deletes itself; the focus
// goes back to where it was.
class Popover : public QFrame
{
    Q_OBJECT

public:
    // `width` grows with the font.
    explicit Popover(QWidget *anchor, int width = 420);

    // Rows; spacing 8, no margins. What does not fit scrolls.
    [[nodiscard]] QVBoxLayout *content() const { return m_content; }
    void open();

public slots:
    void dismiss();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QPointer<QWidget> m_anchor;
    QPointer<QWidget> m_before;
    QScrollArea *m_scroll;
    QVBoxLayout *m_content;
    QRect m_card; // within this widget, which holds its shadow as far as the window reaches
    int m_width;
    bool m_open = false;
};

} // namespace ui

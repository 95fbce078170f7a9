// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace ui {

class DiagramCanvas;
class SearchField;
class TextLabel;

// The find bar of a drawing: tables whose name, or one of whose columns, holds the text. Esc closes
// it.
class DiagramFindBar : public QWidget
{
    Q_OBJECT

public:
    explicit DiagramFindBar(DiagramCanvas &canvas, QWidget *parent = nullptr);

    void open();
    void next(bool backwards);
    // The drawing is another one.
    void searchAgain();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void search();
    void showCount();
    void close();

    DiagramCanvas &m_canvas;
    SearchField *m_field;
    TextLabel *m_count;
    std::vector<int> m_found;
};

} // namespace ui

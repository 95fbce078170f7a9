// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace ui {

class SearchField;
class TextLabel;

// What find bars have in common: a strip under a view bar, hidden until it is opened, which Esc
// closes before it does anything else.
class FindStrip : public QWidget
{
    Q_OBJECT

public:
    explicit FindStrip(QWidget *parent = nullptr);

    virtual void next(bool backwards) = 0;

protected:
    // Field, count and the buttons for next(true), next(false) and leave() in one row; `part` is
    // what their object names begin with ("editor").
    void buildRow(const QString &part, SearchField *field, TextLabel *count);
    // Hides it; the focus goes back to what was searched.
    virtual void leave() = 0;

    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ui

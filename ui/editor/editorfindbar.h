// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

namespace ui {

class SearchField;
class SqlEditor;
class TextLabel;

// The find bar of an editor, under its view bar, never over the text: field, "3 of 4", case and
// word. Esc closes it.
class EditorFindBar : public QWidget
{
    Q_OBJECT

public:
    explicit EditorFindBar(SqlEditor *editor, QWidget *parent = nullptr);

    // Shows it with the selected word, and gives it the focus.
    void open();
    void next(bool backwards);

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void search(bool fromHere, bool backwards);
    void showCount(const std::vector<int> &matches);

    SqlEditor *m_editor;
    SearchField *m_field;
    TextLabel *m_count;
};

} // namespace ui

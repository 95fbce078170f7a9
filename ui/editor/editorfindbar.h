// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/findstrip.h"

#include <vector>

namespace ui {

class SqlEditor;

// The find bar of an editor, under its view bar, never over the text: field, "3 of 4", case and
// word. Esc closes it.
class EditorFindBar : public FindStrip
{
    Q_OBJECT

public:
    explicit EditorFindBar(SqlEditor *editor, QWidget *parent = nullptr);

    // Shows it with the selected word, and gives it the focus.
    void open();
    void next(bool backwards) override;

protected:
    void leave() override;

private:
    void search(bool fromHere, bool backwards);
    void showCount(const std::vector<int> &matches);

    SqlEditor *m_editor;
    SearchField *m_field;
    TextLabel *m_count;
};

} // namespace ui

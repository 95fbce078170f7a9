// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/findstrip.h"

#include <vector>

namespace ui {

class DiagramCanvas;

// The find bar of a drawing: tables whose name, or one of whose columns, holds the text. Esc closes
// it.
class DiagramFindBar : public FindStrip
{
    Q_OBJECT

public:
    explicit DiagramFindBar(DiagramCanvas &canvas, QWidget *parent = nullptr);

    void open();
    void next(bool backwards) override;
    // The drawing is another one.
    void searchAgain();

protected:
    void leave() override;
    void hideEvent(QHideEvent *event) override;

private:
    void search();
    void showCount();

    DiagramCanvas &m_canvas;
    SearchField *m_field;
    TextLabel *m_count;
    std::vector<int> m_found;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/sqleditor.h"

namespace ui {

// SQL to read and copy, coloured as in an editor, without margins and a size smaller.
class CodeView : public SqlEditor
{
    Q_OBJECT

public:
    explicit CodeView(HighlighterLoader &highlighters, QWidget *parent = nullptr);

    void setCode(const QString &code);

protected:
    void changeEvent(QEvent *event) override;

private:
    void strip();
};

} // namespace ui

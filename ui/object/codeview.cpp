// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/codeview.h"

#include <QEvent>

namespace ui {

CodeView::CodeView(HighlighterLoader &highlighters, QWidget *parent)
    : SqlEditor(highlighters, parent)
{
    setReadOnly(true);
    setWrapMode(WrapWord);
    setWrapVisualFlags(WrapFlagNone, WrapFlagNone, 0);
    setWrapIndentMode(WrapIndentSame);
    setCaretLineVisible(false);
    SendScintilla(SCI_SETCARETSTYLE, static_cast<unsigned long>(CARETSTYLE_INVISIBLE));
    zoomTo(-1);
    strip();
}

void CodeView::setCode(const QString &code)
{
    setReadOnly(false);
    setBytes(code.toUtf8());
    setReadOnly(true);
    strip();
}

void CodeView::strip()
{
    for (int margin = 0; margin < 5; ++margin)
        setMarginWidth(margin, 0);
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 0L);
}

void CodeView::changeEvent(QEvent *event)
{
    SqlEditor::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange)
        strip();
}

} // namespace ui

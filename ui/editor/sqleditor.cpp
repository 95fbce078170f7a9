// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/sqleditor.h"

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/editor/highlighterloader.h"
#include "ui/editor/lefttoright.h"

#include <Qsci/qscicommandset.h>

#include <QEvent>
#include <QKeyEvent>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

enum Margin : int { Symbols = 0, Numbers = 1, Range = 2 };
enum Marker : int { ErrorMarker = 1, RangeMarker = 2 };
constexpr int errorIndicator = 8;
constexpr int columnsOfTab = 4;

unsigned long wide(int value)
{
    return static_cast<unsigned long>(value);
}

} // namespace

SqlEditor::SqlEditor(HighlighterLoader &highlighters, QWidget *parent)
    : QsciScintilla(parent)
    , m_highlighters(highlighters)
{
    setUtf8(true);
    setFrameShape(QFrame::NoFrame);
    setEolMode(EolUnix);
    setTabWidth(columnsOfTab);
    setIndentationsUseTabs(false);
    setAutoIndent(true);
    setBackspaceUnindents(true);
    setBraceMatching(SloppyBraceMatch);
    setCaretLineVisible(true);
    setScrollWidth(1);
    setScrollWidthTracking(true);
    SendScintilla(SCI_SETMULTIPLESELECTION, 1UL);
    SendScintilla(SCI_SETADDITIONALSELECTIONTYPING, 1UL);
    SendScintilla(SCI_SETMULTIPASTE, wide(SC_MULTIPASTE_EACH));
    SendScintilla(SCI_SETEXTRAASCENT, 2UL);
    SendScintilla(SCI_SETEXTRADESCENT, 2UL);
    keepLeftToRight(this);
    setUpKeys();
    setUpMargins();
    dress();
    connect(this, &QsciScintilla::textChanged, this, &SqlEditor::edited);
    connect(this, &QsciScintilla::cursorPositionChanged, this, &SqlEditor::caretMoved);
    connect(&m_highlighters, &HighlighterLoader::loaded, this, &SqlEditor::color);
    color();
}

SqlEditor::~SqlEditor() = default;

// Keys of the window's commands are not the editor's: an editor takes every key that it has bound.
void SqlEditor::setUpKeys()
{
    const QKeyCombination taken[] = {Qt::Key_Escape,
                                     Qt::CTRL | Qt::Key_L,
                                     Qt::CTRL | Qt::Key_T,
                                     Qt::CTRL | Qt::SHIFT | Qt::Key_L,
                                     Qt::CTRL | Qt::SHIFT | Qt::Key_T,
                                     Qt::CTRL | Qt::SHIFT | Qt::Key_C,
                                     Qt::CTRL | Qt::Key_Tab};
    for (const QKeyCombination combination : taken) {
        const int key = combination.toCombined();
        if (QsciCommand *command = standardCommands()->boundTo(key))
            (command->key() == key) ? command->setKey(0) : command->setAlternateKey(0);
    }
}

void SqlEditor::setUpMargins()
{
    setMarginType(Symbols, SymbolMargin);
    setMarginMarkerMask(Symbols, 1 << ErrorMarker);
    setMarginType(Numbers, NumberMargin);
    setMarginMarkerMask(Numbers, 0);
    setMarginType(Range, SymbolMargin);
    setMarginMarkerMask(Range, 1 << RangeMarker);
    for (int margin = Range + 1; margin < 5; ++margin)
        setMarginWidth(margin, 0);
    markerDefine(LeftRectangle, RangeMarker);
    SendScintilla(SCI_INDICSETSTYLE, wide(errorIndicator), long(INDIC_SQUIGGLEPIXMAP));
    SendScintilla(SCI_SETMARGINLEFT, 0UL, 6L);
}

void SqlEditor::dress()
{
    const Theme &look = theme(this);
    const QFont face = ui::font(TextRole::Editor);
    setFont(face);
    SendScintilla(SCI_STYLESETFONT, wide(STYLE_DEFAULT), face.family().toUtf8().constData());
    SendScintilla(SCI_STYLESETSIZEFRACTIONAL, wide(STYLE_DEFAULT),
                  long(face.pointSizeF() * double(SC_FONT_SIZE_MULTIPLIER)));
    setColor(look.text);
    setPaper(look.base);
    SendScintilla(SCI_STYLESETFORE, wide(STYLE_DEFAULT), look.text);
    SendScintilla(SCI_STYLESETBACK, wide(STYLE_DEFAULT), look.base);
    SendScintilla(SCI_STYLECLEARALL);
    setCaretForegroundColor(look.text);
    setCaretLineBackgroundColor(look.alternate);
    setSelectionBackgroundColor(look.selection);
    setSelectionForegroundColor(look.onSelection);
    setMarginsBackgroundColor(look.base);
    setMarginsForegroundColor(look.text3);
    setMarginsFont(face);
    setMatchedBraceBackgroundColor(look.selection);
    setMatchedBraceForegroundColor(look.onSelection);
    setUnmatchedBraceForegroundColor(look.danger.ink);
    setMarkerBackgroundColor(look.accent, RangeMarker);
    setMarkerForegroundColor(look.accent, RangeMarker);
    SendScintilla(SCI_INDICSETFORE, wide(errorIndicator), look.danger.ink);
    markerDefine(iconPixmap(u"error"_s, 14, devicePixelRatioF(), look.danger.ink), ErrorMarker);
    const QFontMetrics metrics(face);
    setMarginWidth(Symbols, 18);
    setMarginWidth(Numbers, metrics.horizontalAdvance(u"000"_s) + 4);
    setMarginWidth(Range, 12);
    if (m_highlighter) {
        m_highlighter->setColors(look.syntax);
        SendScintilla(SCI_COLOURISE, 0UL, -1L);
    }
}

void SqlEditor::color()
{
    if (!m_highlighters.factory())
        return;
    m_highlighter.reset(); // the old one may hold connections to this editor
    m_highlighter = m_highlighters.factory()->create(this, m_fileName, theme(this).syntax);
}

QByteArray SqlEditor::bytes() const
{
    const long length = SendScintilla(SCI_GETLENGTH);
    // Not SCI_GETTEXT: it ends its copy with a zero, for which an empty array has no room.
    return {static_cast<const char *>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER)), length};
}

void SqlEditor::setBytes(const QByteArray &text)
{
    SendScintilla(SCI_CLEARALL);
    SendScintilla(SCI_ADDTEXT, static_cast<unsigned long>(text.size()), text.constData());
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    // New lines end as the text's first one does.
    const qsizetype line = text.indexOf('\n');
    setEolMode(line > 0 && text[line - 1] == '\r' ? EolWindows : EolUnix);
    SendScintilla(SCI_GOTOPOS, 0UL);
    setModified(false);
    const int digits = int(QString::number(std::max(100, lines())).size());
    setMarginWidth(Numbers, QFontMetrics(font()).horizontalAdvance(QString(digits, u'0')) + 4);
}

void SqlEditor::setFileName(const QString &name)
{
    m_fileName = name;
    color();
}

int SqlEditor::caret() const
{
    return int(SendScintilla(SCI_GETCURRENTPOS));
}

std::pair<int, int> SqlEditor::selectionBytes() const
{
    return {int(SendScintilla(SCI_GETSELECTIONSTART)), int(SendScintilla(SCI_GETSELECTIONEND))};
}

void SqlEditor::select(int begin, int end)
{
    SendScintilla(SCI_SETSEL, wide(begin), long(end));
}

void SqlEditor::goToPosition(int byte)
{
    SendScintilla(SCI_GOTOPOS, wide(byte));
    SendScintilla(SCI_VERTICALCENTRECARET);
}

void SqlEditor::goToLine(int line)
{
    SendScintilla(SCI_GOTOLINE, wide(std::clamp(line, 1, std::max(lines(), 1)) - 1));
    SendScintilla(SCI_VERTICALCENTRECARET);
}

void SqlEditor::markStatement(int begin, int end)
{
    const int first = begin < end ? int(SendScintilla(SCI_LINEFROMPOSITION, wide(begin))) : -1;
    const int last = begin < end ? int(SendScintilla(SCI_LINEFROMPOSITION, wide(end))) : -1;
    if (first == m_markedFirst && last == m_markedLast)
        return;
    markerDeleteAll(RangeMarker);
    for (int line = first; line >= 0 && line <= last; ++line)
        markerAdd(line, RangeMarker);
    m_markedFirst = first;
    m_markedLast = last;
}

void SqlEditor::addError(int begin, int end, const QString &message)
{
    SendScintilla(SCI_SETINDICATORCURRENT, wide(errorIndicator));
    SendScintilla(SCI_INDICATORFILLRANGE, wide(begin), long(std::max(1, end - begin)));
    markerAdd(int(SendScintilla(SCI_LINEFROMPOSITION, wide(begin))), ErrorMarker);
    setAccessibleDescription(message);
    ++m_errors;
}

void SqlEditor::clearErrors()
{
    if (m_errors == 0)
        return;
    SendScintilla(SCI_SETINDICATORCURRENT, wide(errorIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, SendScintilla(SCI_GETLENGTH));
    markerDeleteAll(ErrorMarker);
    setAccessibleDescription({});
    m_errors = 0;
}

void SqlEditor::changeEvent(QEvent *event)
{
    QsciScintilla::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::ApplicationFontChange)
        dress();
}

// The base class would accept Esc and F-keys that it does not use, and the window's shortcuts would
// never see them.
bool SqlEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Escape || (key >= Qt::Key_F1 && key <= Qt::Key_F35)) {
            event->ignore();
            return true;
        }
    }
    return QsciScintilla::event(event);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/common/theme.h"
#include "ui/editor/syntaxhighlighter.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/State>

#include <QHash>
#include <QObject>

#include <vector>

namespace ui {

// KSyntaxHighlighting → QScintilla in container mode: Scintilla asks for styles up to a place, we
// highlight forward from the first line whose start state is not known any more. Formats get style
// numbers at their first use, by what they mean; so a change of theme sets six colours and reads no
// line.
class KSyntaxAdapter : public QObject,
                       public SyntaxHighlighter,
                       private KSyntaxHighlighting::AbstractHighlighter
{
    Q_OBJECT
    Q_INTERFACES(KSyntaxHighlighting::AbstractHighlighter)

public:
    KSyntaxAdapter(QsciScintillaBase *editor, const KSyntaxHighlighting::Definition &definition,
                   const SyntaxColors &colors);
    ~KSyntaxAdapter() override;

    void setColors(const SyntaxColors &colors) override;

private:
    // Styles of the editor that stand for a meaning; numbers above QScintilla's own.
    enum Style : int { Name = 40, Keyword, String, Number, Function, Comment, StyleEnd };

    void styleUpTo(int position);
    void textChanged(int position);
    void highlightOne(int line);
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override;
    [[nodiscard]] Style styleOf(const KSyntaxHighlighting::Format &format);

    QsciScintillaBase *m_editor;
    std::vector<KSyntaxHighlighting::State> m_states; // at the start of each line that was reached
    QHash<int, Style> m_styles;                       // by format id
    QByteArray m_line;                                // style of each byte of the line being done
    std::vector<int> m_bytes; // byte offset of each UTF-16 unit of that line; empty = one to one
};

} // namespace ui

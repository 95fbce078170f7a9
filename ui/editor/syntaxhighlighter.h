// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QtPlugin>

#include <memory>

class QsciScintillaBase;

namespace ui {

struct SyntaxColors;

// Colours the text of one editor; lives as long as that editor wants colours. GUI thread.
class SyntaxHighlighter
{
public:
    virtual ~SyntaxHighlighter() = default;
    // After a change of theme: only colours change, nothing is read again.
    virtual void setColors(const SyntaxColors &colors) = 0;
};

// Made by a plugin, because its libraries cost more at the start of the program than everything
// else together; it is loaded after the window stands (see HighlighterLoader).
class SyntaxHighlighterFactory
{
public:
    virtual ~SyntaxHighlighterFactory() = default;
    // By the language that the file's name says; SQL of PostgreSQL for a text without one. Null for
    // a language that is not known. The editor must outlive the highlighter and must not have a
    // QsciLexer.
    [[nodiscard]] virtual std::unique_ptr<SyntaxHighlighter>
    create(QsciScintillaBase *editor, const QString &fileName, const SyntaxColors &colors) = 0;
};

} // namespace ui

Q_DECLARE_INTERFACE(ui::SyntaxHighlighterFactory, "Sluice.SyntaxHighlighterFactory/1")

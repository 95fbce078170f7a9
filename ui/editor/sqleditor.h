// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editor/syntaxhighlighter.h"

#include <Qsci/qsciscintilla.h>

#include <QPointer>

namespace ui {

class HighlighterLoader;

// The text of one editor tab. UTF-8 throughout; positions are byte offsets of bytes(). Marks what
// will run by an accent bar in its margin, and errors by a wavy line under their exact range and a
// symbol. Follows theme and fonts.
class SqlEditor : public QsciScintilla
{
    Q_OBJECT

public:
    explicit SqlEditor(HighlighterLoader &highlighters, QWidget *parent = nullptr);
    ~SqlEditor() override;

    [[nodiscard]] QByteArray bytes() const;
    // Replaces everything, as a fresh file: undo does not go behind it.
    void setBytes(const QByteArray &text);
    // The language, by the file's name; empty = SQL.
    void setFileName(const QString &name);

    [[nodiscard]] int caret() const;
    // Bytes; equal without a selection.
    [[nodiscard]] std::pair<int, int> selectionBytes() const;
    void select(int begin, int end);
    void goToPosition(int byte);
    // From 1; the nearest there is.
    void goToLine(int line);

    // What Ctrl+Enter runs; begin == end takes the bar away.
    void markStatement(int begin, int end);
    // The message is the tooltip of the symbol and is told to screen readers.
    void addError(int begin, int end, const QString &message);
    void clearErrors();
    [[nodiscard]] int errorCount() const { return m_errors; }

signals:
    // After a change of the text.
    void edited();
    void caretMoved();

protected:
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;

private:
    void setUpKeys();
    void setUpMargins();
    void dress();
    void color();

    HighlighterLoader &m_highlighters;
    std::unique_ptr<SyntaxHighlighter> m_highlighter;
    QString m_fileName;
    int m_errors = 0;
    int m_markedFirst = -1;
    int m_markedLast = -1;
};

} // namespace ui

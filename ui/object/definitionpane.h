// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QWidget>

namespace ui {

class Button;
class CodeView;
class HighlighterLoader;
class TextLabel;

// The DDL of the object, to read, to copy, and to open in an editor.
class DefinitionPane : public QWidget
{
    Q_OBJECT

public:
    explicit DefinitionPane(HighlighterLoader &highlighters, QWidget *parent = nullptr);

    void setLoading();
    void setDdl(const core::Result<QString> &ddl);
    [[nodiscard]] QString ddl() const { return m_ddl; }

signals:
    void editorWanted(const QString &ddl);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QString m_ddl;
    TextLabel *m_title;
    Button *m_copy;
    Button *m_open;
    TextLabel *m_words; // in place of the text: why there is none
    CodeView *m_code;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/support/projecthome.h"
#include "ui/common/themecontroller.h"
#include "ui/editor/editortab.h"
#include "ui/editor/highlighterloader.h"
#include "ui/editor/sqleditor.h"

#include <QPointer>
#include <QWidget>

#include <memory>

namespace test {

/// One editor tab in a window, over a project folder of its own. Without open() it has no database.
class EditorWindow
{
public:
    EditorWindow();
    ~EditorWindow();

    /// Shows it with the focus in the text.
    [[nodiscard]] bool present();
    /// Env lines ("DATABASE_URL=…"), trusted; the tab gets the first database.
    [[nodiscard]] bool open(const QStringList &lines);
    [[nodiscard]] bool openUrl(const QString &url);
    /// A tab in place of the one there is; it knows the journal if there is one.
    void makeTab();
    /// As closing the window does: without a question.
    void dropTab();

    /// Puts the text in and runs all of it, to its end.
    [[nodiscard]] bool runAll(const QByteArray &text);
    /// Runs the statement at the byte `caret` of the text that is there, to its end.
    [[nodiscard]] bool runAt(int caret);
    [[nodiscard]] bool waitForEnd() const;

    [[nodiscard]] ui::EditorTab &tab() const { return *m_tab; }
    [[nodiscard]] ui::SqlEditor &editor() const { return *m_tab->editor(); }
    [[nodiscard]] ui::QueryRun &run() const { return *m_tab->run(); }
    [[nodiscard]] ProjectHome &home() { return m_home; }
    [[nodiscard]] ui::HighlighterLoader &highlighters() { return m_highlighters; }
    [[nodiscard]] QWidget &window() { return m_window; }
    [[nodiscard]] ui::ThemeController &themes() { return m_themes; }

    /// The id of the run's error; empty for none.
    [[nodiscard]] QByteArray errorId() const;
    /// The cells of a result as "a|b\nc|d", NULL as ␀.
    [[nodiscard]] QByteArray rows(std::size_t result = 0) const;
    template<class Widget> [[nodiscard]] Widget *find(const QString &name) const
    {
        return m_tab->findChild<Widget *>(name);
    }

private:
    ui::ThemeController m_themes;
    ProjectHome m_home;
    ui::HighlighterLoader m_highlighters;
    QWidget m_window;
    QPointer<ui::EditorTab> m_tab;
};

} // namespace test

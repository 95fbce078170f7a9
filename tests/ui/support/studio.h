// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/settings.h"
#include "tests/ui/support/projecthome.h"
#include "ui/common/themecontroller.h"
#include "ui/editor/highlighterloader.h"
#include "ui/main/mainwindow.h"

#include <memory>

namespace test {

/// The whole window over a project folder, with services of its own, in place of app/: it answers
/// the window's questions for trust, for reading again and for closing, and writes down the others.
class Studio
{
public:
    explicit Studio(const QString &folderName = QStringLiteral("harbour"),
                    ui::ThemeController::Choice choice = ui::ThemeController::Choice::Light);
    ~Studio();

    /// Shows the window and waits until it is active; it stands on the welcome page.
    [[nodiscard]] bool present();
    /// Reads the folder and shows it, as after "Open folder".
    [[nodiscard]] bool openFolder();
    /// The folder, trusted without asking, and the catalog of its first database.
    [[nodiscard]] bool openTrusted();
    /// As the menu does: the window lets go, then the databases and the journal end.
    void closeFolder();
    /// A window in place of the one there is, with the same settings: the next start.
    void restart();

    [[nodiscard]] ui::MainWindow &window() const { return *m_window; }
    [[nodiscard]] ProjectHome &home() { return m_home; }
    [[nodiscard]] core::Settings &settings() { return *m_settings; }
    [[nodiscard]] ui::ThemeController &themes() { return *m_themes; }
    [[nodiscard]] ui::HighlighterLoader &highlighters() { return m_highlighters; }
    [[nodiscard]] core::WriteSwitch &writes() { return m_writes; }
    [[nodiscard]] ui::OpenProject openProject() const;

    /// By object name, below the window; null where there is none.
    template<class Widget> [[nodiscard]] Widget *find(const QString &name) const
    {
        return m_window->findChild<Widget *>(name);
    }
    void trigger(const QString &action) const;

private:
    void makeWindow();

    ProjectHome m_home;
    std::unique_ptr<core::Settings> m_settings;
    std::unique_ptr<ui::ThemeController> m_themes;
    ui::HighlighterLoader m_highlighters;
    core::OpenTabs m_tabs;                       // as the folder was left
    std::unique_ptr<core::Journal> m_ownJournal; // of texts without a project
    core::WriteSwitch m_writes;
    std::unique_ptr<ui::MainWindow> m_window; // last: it borrows from everything above
};

} // namespace test

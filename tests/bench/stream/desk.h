// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/connect/writeswitch.h"
#include "core/project/settings.h"
#include "tests/bench/common/openfolder.h"
#include "ui/editor/highlighterloader.h"
#include "ui/main/mainwindow.h"

#include <QObject>

#include <memory>

class QApplication;

namespace ui {
class EditorTab;
class GridView;
class QueryRun;
class ThemeController;
} // namespace ui

namespace bench {

/// The real window on a project folder with one SQL editor in it, as a person has it before
/// pressing Run.
class Desk : public QObject
{
    Q_OBJECT

public:
    explicit Desk(QApplication &application);
    ~Desk() override;

    /// Shows the window; ready() follows when the schema is there and the editor stands.
    [[nodiscard]] core::Result<> open(const QString &folder);

    /// Runs the text as a press of Run would, in the editor.
    void run(const QByteArray &sql);
    [[nodiscard]] ui::EditorTab &editor() const { return *m_editor; }
    /// Of the run: what it is watched by, and the grid of its first result (null before its columns
    /// are known).
    [[nodiscard]] ui::QueryRun *currentRun() const;
    [[nodiscard]] ui::GridView *grid() const;
    /// For a connection of one's own: the folder's database.
    [[nodiscard]] const core::OpenDatabase &database() const { return *m_database; }

signals:
    void ready();
    void runStarted(ui::QueryRun *run);
    /// The columns are known and the grid stands.
    void gridShown();
    void runEnded();
    void failed(const core::Error &error);

private:
    void openEditor();

    std::unique_ptr<core::Settings> m_settings;
    std::unique_ptr<ui::ThemeController> m_themes;
    core::WriteSwitch m_writes;
    std::unique_ptr<ui::HighlighterLoader> m_highlighters;
    std::unique_ptr<core::OpenDatabase> m_database;
    std::unique_ptr<ui::MainWindow> m_window; ///< declared last: it borrows from those above
    ui::EditorTab *m_editor = nullptr;
};

} // namespace bench

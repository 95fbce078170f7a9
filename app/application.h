// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/envwatcher.h"
#include "core/catalog/opendatabase.h"
#include "core/connect/writeswitch.h"
#include "core/project/envfileedit.h"
#include "core/project/journal.h"
#include "core/project/settings.h"
#include "ui/editor/highlighterloader.h"
#include "ui/main/mainwindow.h"

#include <QFuture>
#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

class QApplication;

namespace app {

class SavedConnections;

/// What the command line asks for.
struct Options {
    QString folder = {};
    QString file = {}; ///< an SQL file to open in an editor
    QString tour = {}; ///< folder for the pictures of the guided tour; empty = no tour
    bool operator==(const Options &) const = default;
};

/// The composition root: builds the services and the window, and does what the window may only ask
/// for: reads folders, grants trust, opens databases, prepares the demo.
class Application : public QObject
{
    Q_OBJECT

public:
    Application(QApplication &application, Options options);
    ~Application() override;

    void start();
    [[nodiscard]] ui::MainWindow &window() const { return *m_window; }
    [[nodiscard]] ui::ThemeController &themes() const { return *m_themes; }

    void openFolder(const QString &folder);
    void grantTrust();

signals:
    /// The folder was read and shown; with trust its databases are open.
    void projectShown();
    void failed(const core::Error &error);

private:
    /// What a worker brings of a folder.
    struct FolderContent {
        core::Result<core::Project> project;
        core::DatabaseSet databases;
        core::Result<core::TrustQuestion> question;
        QStringList sqlFiles;
        core::OpenTabs tabs;
    };
    void savedChanged();
    void openSaved(const QString &id);
    void showWithoutFolder();
    [[nodiscard]] static FolderContent readFolder(const QString &folder);
    [[nodiscard]] static QFuture<FolderContent> readSoon(const QString &folder);
    void follow(const QString &folder, QFuture<FolderContent> reading);

    void connectWindow();
    void connectSavedConnections();
    void show(const FolderContent &content);
    [[nodiscard]] ui::OpenProject assemble();
    void setDatabases(core::DatabaseSet ofFolder);
    void openDatabases(const core::TrustToken &token);
    void confirmDirect(const QString &name);
    void followFolder();
    void useDatabases(const core::DatabaseSet &used, bool isAgreed);
    void useDatabase(const core::Database &database, const core::TrustToken &token);
    [[nodiscard]] std::vector<std::unique_ptr<core::OpenDatabase>>::iterator
    openNamed(const QString &name);
    [[nodiscard]] bool mustWait(const core::Database &database);
    void offerWaiting(const QString &name);
    void useWaiting(const QString &name);
    void stopWaiting(const QString &name);
    void closeProject();
    void reload();
    void openDemo();
    void planLocalDatabase();
    void createLocalDatabase(const core::EnvFileEdit &agreed);
    void watchJournal(core::Journal &journal);
    void openPendingFile();
    void openPsql(const core::Endpoint &endpoint);

    QApplication &m_application;
    Options m_options;
    QString m_startFolder;                 ///< that the command line asks for, or its file lies in
    QFuture<FolderContent> m_startReading; ///< of that one, begun before the window is built
    std::unique_ptr<core::Settings> m_settings;
    std::unique_ptr<ui::ThemeController> m_themes;
    std::unique_ptr<ui::HighlighterLoader> m_highlighters;
    std::unique_ptr<core::Journal> m_ownJournal; ///< of texts that belong to no project
    core::WriteSwitch m_writes;                  ///< off at each start
    core::Project m_project;
    core::DatabaseSet m_databases; ///< as the folder reads now
    core::DatabaseSet m_used;      ///< of the folder, as they may be connected to
    /// By name: another place, not used yet because something still runs at the old one.
    QHash<QString, core::Database> m_waiting;
    core::TrustQuestion m_question;
    QStringList m_sqlFiles;
    core::OpenTabs m_tabs;
    QString m_pendingFile; ///< to be opened once its folder is
    int m_opening = 0;     ///< the newest request to open a folder; older answers are dropped
    std::unique_ptr<core::Journal> m_journal;
    std::vector<std::unique_ptr<core::OpenDatabase>> m_open;
    bool m_shown = false;                      ///< a project, or saved connections without one
    std::unique_ptr<ui::MainWindow> m_window;  ///< it borrows from everything above
    std::unique_ptr<SavedConnections> m_saved; ///< … and this from the window
    std::unique_ptr<EnvWatcher> m_env;         ///< … and this too
};

} // namespace app

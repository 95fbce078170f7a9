// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/savedconnections.h"
#include "core/doctor/checkup.h"
#include "ui/common/theme.h"
#include "ui/main/services.h"

#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace ui {

class Actions;
class CommandPalette;
class DefinitionTabs;
class Document;
class DockRail;
class DoctorTab;
class DocumentArea;
class EditorTab;
class HeaderBar;
class NoteStack;
class ObjectPlaces;
class PanelDocks;
class PoolerSearch;
struct PaletteEntry;
class ProductionBand;
class ProjectDock;
class ProjectTab;
class QueryRun;
class RecentFolders;
class SchemaDock;
class StatePage;
class SessionNotes;
class StatusStrip;
class Transactions;
class WelcomePage;
class WriteControl;

// The one window: frame, docks, tabs and what connects them. Builds no service; what only app/ may
// do (read a folder, grant trust, open databases) is asked for through signals.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(Services services, QWidget *parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] Actions &actions() const { return *m_actions; }
    [[nodiscard]] DocumentArea &documents() const { return *m_documents; }
    [[nodiscard]] PanelDocks &panels() const { return *m_panels; }
    [[nodiscard]] NoteStack &notes() const { return *m_notes; }

    void showWelcome();
    // Nothing else can be done with it yet.
    void showOpening(const QString &folder);
    void showProject(OpenProject project);
    // The project's databases were opened, or its trust changed; tabs stay.
    void updateProject(OpenProject project);
    // This database ends, and updateProject() brings one of its name: editors go over to it.
    void leaveDatabase(core::OpenDatabase &database);
    void showFolderError(const QString &folder, const core::Error &error);
    void showMessage(Meaning meaning, const QString &sentence, const QString &second = {});

    // Opens what the command line or a drop names: an SQL file.
    void openFile(const QString &path);
    void openFileAt(const QString &path, int line); // from 1
    void openRelation(core::Oid relation);
    void openDefinition(core::ObjectId object);
    // Its rows where it has any, else its definition.
    void openObject(core::ObjectId object);
    void openRelations(const QByteArray &schema, core::Oid table);
    void setCurrentDatabase(const QString &name);
    [[nodiscard]] core::OpenDatabase *currentDatabase() const { return m_current; }
    [[nodiscard]] EditorTab *newEditor(const QByteArray &text = {}, const QString &title = {});
    void restoreTabs(const core::OpenTabs &tabs); // after showProject(), as the next
    void restoreLeftovers(core::Journal &journal);
    // Calls `go` once no job runs and no transaction is open; a person may have to agree first.
    void whenIdle(std::function<void()> go);
    [[nodiscard]] bool hasWork(const core::OpenDatabase &database) const; // lost with its sessions
    // The saved connections, in the dock and on the welcome page; databases that are open stay.
    void setSavedConnections(const std::vector<core::SavedConnection> &saved);
    // What making a local database would do; localDatabaseAgreed() follows a yes.
    void askLocalDatabase(const core::EnvFileEdit &edit);

signals:
    void folderChosen(const QString &folder);
    void demoWanted();
    void trustGranted();
    void projectCloseWanted();
    void reloadWanted();
    void localDatabaseWanted();
    void localDatabaseAgreed(const core::EnvFileEdit &edit);
    void psqlWanted(const core::Endpoint &endpoint);
    void savedConnectionWanted(const QString &id);
    // An empty id begins a new one.
    void connectionEditWanted(const QString &id, bool duplicate);
    void connectionDeleteWanted(const QString &id);
    // A person's word that the suggested direct address of this database is right.
    void directConfirmed(const QString &database);
    // Which tabs are open, so that they can be restored.
    void tabsChanged(const core::OpenTabs &tabs);

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    QMenu *createPopupMenu() override { return nullptr; } // the View menu has all of it

private:
    struct TabPlace {
        bool inFront = true;
        int at = -1; // -1 = last
    };

    // mainwindow.cpp
    void documentChanged(Document *document);
    void closeDocument(Document *document);
    void reallyClose(Document *document);

    // mainwindowbuild.cpp
    void build();
    void buildDocks();

    // mainwindowproject.cpp
    void showCurrent();
    void showProjectPage();
    void askTrust();
    void detachAll();

    // mainwindowtabs.cpp
    [[nodiscard]] core::Journal *journal() const;
    void openTable(core::OpenDatabase &database, core::Oid relation, const TabPlace &place);
    void openText(const QString &path, const TabPlace &place);
    [[nodiscard]] EditorTab *makeEditor(core::Journal *journal);
    EditorTab *addEditor(EditorTab *editor, const QByteArray &text, const QString &title);
    [[nodiscard]] QString untitled();
    void openOverview(const TabPlace &place);
    void fillOverview();
    void reopenTab();
    void restoreTables();
    [[nodiscard]] TabPlace placeOf(const QString &key) const;
    void keepTabs();
    void saveLayout();
    void restoreLayout(const QString &folder);

    // mainwindowwiring.cpp
    void on(const char *id, std::function<void()> act);
    void onDocument(const char *id, void (Document::*slot)());
    void onEditor(const char *id, const std::function<void(EditorTab &)> &act);
    void onEndpoint(const char *id, const std::function<void(const core::Endpoint &)> &act);
    void connectActions();
    void connectFileActions();
    void connectViewActions();
    void connectDatabaseActions();
    void connectPanels();
    void connectInspector();
    void connectSavedConnections();
    [[nodiscard]] QString currentSavedId() const;
    void showAbout();

    // mainwindowdoctor.cpp
    DoctorTab *openDoctor();
    void connectDoctorActions();
    void changeLine(const core::Fix &fix);
    void showExplanation(core::OpenDatabase *database, const core::Error &error);
    void explainFailure(int message, core::OpenDatabase *database, const core::Error &error,
                        const QString &place);
    [[nodiscard]] core::CheckupSpec checkupSpec() const;

    // mainwindowpoolers.cpp
    void connectPoolers();
    void askPooler(const QString &name, core::EndpointRole role);
    void showPoolers(const core::OpenDatabase *database);
    [[nodiscard]] std::map<QString, core::PoolerFindings> poolers() const;

    // mainwindowwriting.cpp
    void connectWriting();
    void showWriting();
    void showTransaction();
    void modeExplanation();
    void statementSaid(const QueryRun &run, int result);
    void runWrote(QueryRun &run);
    void transactionEnded(core::OpenDatabase *database, bool commit, const core::Result<> &outcome);
    void askTransactions(const QString &title, std::function<void()> go);

    // mainwindowactions.cpp
    void connectDocument(Document *document);
    void connectEditor(EditorTab *editor);
    void chooseFolder();
    void chooseFile();
    void saveAs(EditorTab *editor);
    void exportFrom(core::OpenDatabase &database, const struct ExportSubject &subject);
    void exportCurrent();
    void exportRelation(core::OpenDatabase *database, core::Oid relation);
    void copyUrl(const QString &url, bool withPassword);
    void stepArea(int by);
    void openPalette(const QString &text);
    [[nodiscard]] std::vector<PaletteEntry> paletteEntries(const QString &pattern);
    [[nodiscard]] std::vector<PaletteEntry> lineEntries(const QString &number);
    void chooseTheme(const QString &chosen);
    void showTheme();
    void showTabMenu(Document *document, const QPoint &at);
    void endpointExplanation();
    void askDirect(const core::DerivedDirect &derived);
    [[nodiscard]] const core::Endpoint *endpointOf(core::OpenDatabase *database) const;

    Services m_services;
    std::optional<OpenProject> m_project;
    QPointer<core::OpenDatabase> m_current;
    Actions *m_actions;
    HeaderBar *m_header;
    ProductionBand *m_band;
    DocumentArea *m_documents;
    NoteStack *m_notes;
    WelcomePage *m_welcome;
    RecentFolders *m_recent; // of the welcome page
    StatePage *m_page;       // first-run states: no databases, not trusted, folder gone
    StatePage *m_emptyPage;  // a project without tabs
    ProjectDock *m_projectDock;
    SchemaDock *m_schemaDock;
    DockRail *m_rail; // the two in a narrow window
    PanelDocks *m_panels;
    StatusStrip *m_status;
    CommandPalette *m_palette;
    WriteControl *m_writes;
    Transactions *m_transactions;
    SessionNotes *m_sessionNotes;
    PoolerSearch *m_poolers;
    DefinitionTabs *m_definitions;
    ObjectPlaces *m_places;
    class RelationTabs *m_relations;
    QStringList m_closed; // keys of closed tabs, newest last
    QString m_pageAction; // what the page's button does
    int m_untitled = 0;
    QList<std::pair<QPointer<EditorTab>, QString>> m_moving; // editors whose database is replaced
    QString m_left;           // name of the current database that is replaced
    core::OpenTabs m_wanted;  // not restored yet
    core::OpenTabs m_kept;    // said last
    bool m_keepsTabs = false; // not while a project comes or goes
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Which action does what: one line an action of the table.
#include "ui/main/mainwindow.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/sheet.h"
#include "ui/common/statepage.h"
#include "ui/editor/editortab.h"
#include "ui/grid/gridview.h"
#include "ui/grid/inspector.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/documentarea.h"
#include "ui/main/headerbar.h"
#include "ui/main/jobspanel.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"
#include "ui/main/resultspanel.h"
#include "ui/main/statusstrip.h"
#include "ui/main/welcomepage.h"
#include "ui/project/projectdock.h"
#include "ui/project/projecttab.h"
#include "ui/schema/schemadock.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace ui {

void MainWindow::on(const char *id, std::function<void()> act)
{
    connect(m_actions->action(QLatin1StringView(id)), &QAction::triggered, this,
            [act = std::move(act)] { act(); });
}

void MainWindow::onDocument(const char *id, void (Document::*slot)())
{
    on(id, [this, slot] {
        if (Document *document = m_documents->current())
            (document->*slot)();
    });
}

void MainWindow::onEditor(const char *id, const std::function<void(EditorTab &)> &act)
{
    on(id, [this, act] {
        if (auto *editor = qobject_cast<EditorTab *>(m_documents->current()))
            act(*editor);
    });
}

void MainWindow::onEndpoint(const char *id, const std::function<void(const core::Endpoint &)> &act)
{
    on(id, [this, act] {
        if (const core::Endpoint *endpoint = endpointOf(m_current))
            act(*endpoint);
    });
}

void MainWindow::connectActions()
{
    connectFileActions();
    connectViewActions();
    connectDatabaseActions();
    connectWriting();
    connectDoctorActions();
    connectPoolers();
    connectPanels();
    connectSavedConnections();
}

QString MainWindow::currentSavedId() const
{
    return m_current ? m_current->database().any().source.savedId : QString();
}

void MainWindow::connectSavedConnections()
{
    on("connection.new", [this] { emit connectionEditWanted({}, false); });
    on("connection.edit", [this] { emit connectionEditWanted(currentSavedId(), false); });
    on("connection.duplicate", [this] { emit connectionEditWanted(currentSavedId(), true); });
    on("connection.delete", [this] { emit connectionDeleteWanted(currentSavedId()); });
    connect(m_projectDock, &ProjectDock::newConnectionWanted, this,
            [this] { emit connectionEditWanted({}, false); });
    connect(m_projectDock, &ProjectDock::editConnectionWanted, this,
            [this](const QString &id) { emit connectionEditWanted(id, false); });
    connect(m_projectDock, &ProjectDock::duplicateConnectionWanted, this,
            [this](const QString &id) { emit connectionEditWanted(id, true); });
    connect(m_projectDock, &ProjectDock::deleteConnectionWanted, this,
            &MainWindow::connectionDeleteWanted);
    connect(m_projectDock, &ProjectDock::savedChosen, this, &MainWindow::savedConnectionWanted);
    connect(m_welcome, &WelcomePage::savedChosen, this, &MainWindow::savedConnectionWanted);
}

void MainWindow::connectFileActions()
{
    on("file.newEditor", [this] { (void)newEditor(); });
    on("file.openFolder", [this] { chooseFolder(); });
    on("file.openFile", [this] { chooseFile(); });
    on("file.openDemo", [this] { emit demoWanted(); });
    onEditor("file.save", [](EditorTab &editor) { (void)editor.save(); });
    onEditor("file.saveAs", [](EditorTab &editor) { emit editor.saveAsWanted(); });
    on("file.closeTab", [this] {
        if (Document *document = m_documents->current())
            closeDocument(document);
    });
    on("file.reopenTab", [this] { reopenTab(); });
    on("file.closeProject", [this] { emit projectCloseWanted(); });
    on("file.quit", [this] { close(); });
    onDocument("edit.find", &Document::find);
    onDocument("edit.findNext", &Document::findNext);
    onDocument("edit.findPrevious", &Document::findPrevious);
    onDocument("edit.jump", &Document::jump);
    on("project.trust", [this] {
        if (m_project)
            askTrust();
    });
    on("project.overview", [this] { openOverview({}); });
    on("project.password", [this] {
        if (auto *tab = qobject_cast<ProjectTab *>(m_documents->current()))
            tab->togglePassword();
    });
    on("project.reload", [this] { emit reloadWanted(); });
    on("project.createLocal", [this] { emit localDatabaseWanted(); });
    on("help.about", [this] { showAbout(); });
}

void MainWindow::connectViewActions()
{
    on("view.palette", [this] { openPalette(u"> "_s); });
    on("view.goTo", [this] { openPalette({}); });
    on("view.refresh", [this] {
        if (Document *document = m_documents->current())
            document->refresh();
        else if (m_project)
            emit reloadWanted();
    });
    on("view.nextTab", [this] { m_documents->step(1); });
    on("view.previousTab", [this] { m_documents->step(-1); });
    on("view.nextArea", [this] { stepArea(1); });
    on("view.previousArea", [this] { stepArea(-1); });
    for (const char *id :
         {"view.themeSystem", "view.themeLight", "view.themeDark", "view.themeContrast"})
        on(id, [this, id] { chooseTheme(QLatin1StringView(id)); });
    showTheme();
    on("view.menus", [this] { m_header->openMenus(); });
}

void MainWindow::connectDatabaseActions()
{
    on("database.reload", [this] {
        if (m_current)
            m_current->loadCatalog();
    });
    on("database.endpoint", [this] { endpointExplanation(); });
    on("database.export", [this] { exportCurrent(); });
    on("database.countExactly", [this] {
        if (auto *table = qobject_cast<TableTab *>(m_documents->current()))
            table->countExactly();
    });
    onEndpoint("database.copyUrl",
               [this](const core::Endpoint &endpoint) { copyUrl(endpoint.info.url(), false); });
    onEndpoint("database.copyUrlWithPassword",
               [this](const core::Endpoint &endpoint) { copyUrl(endpoint.info.url(true), true); });
    onEndpoint("database.psql",
               [this](const core::Endpoint &endpoint) { emit psqlWanted(endpoint); });
    onEditor("query.runStatement", [](EditorTab &editor) { editor.runStatement(); });
    onEditor("query.runAll", [](EditorTab &editor) { editor.runAll(); });
    onDocument("query.cancel", &Document::cancelRunning);
}

void MainWindow::connectPanels()
{
    connect(m_page, &StatePage::actionTriggered, this,
            [this] { m_actions->action(m_pageAction)->trigger(); });
    connect(m_page, &StatePage::secondActionTriggered, this, &MainWindow::reloadWanted);
    connect(&m_panels->results(), &ResultsPanel::cellChosen, m_panels,
            [this](core::RowSource *source, qint64 row, int column) {
                const QueryRun *run = m_panels->results().run();
                m_panels->inspect(source, row, column, run ? &run->database() : nullptr);
            });
    connectInspector();
    connect(&m_panels->messages(), &MessagesPanel::problemCountChanged, m_status,
            &StatusStrip::setMessageCount);
    connect(&m_panels->jobs(), &JobsPanel::runningCountChanged, m_status,
            &StatusStrip::setJobCount);
    connect(&m_panels->jobs(), &JobsPanel::jobEnded, this,
            [this](const QString &title, const core::Result<core::ExportSummary> &outcome) {
                if (outcome)
                    showMessage(Meaning::Ok, title,
                                tr("Written to %1").arg(isolated(outcome->path)));
                else if (outcome.error().kind != core::ErrorKind::Cancelled)
                    m_panels->messages().addError(outcome.error(), title, false);
            });
}

/// The inspector moves the grid that its cell is of.
void MainWindow::connectInspector()
{
    Inspector &inspector = m_panels->inspector();
    connect(&inspector, &Inspector::cellWanted, this, [this](qint64 row, int column) {
        const auto *table = qobject_cast<TableTab *>(m_documents->current());
        for (GridView *grid :
             {table ? &table->grid() : nullptr, m_panels->results().currentGrid()}) {
            if (grid && grid->source() && grid->source() == m_panels->inspector().source())
                return grid->setCurrent(row, column);
        }
    });
    connect(&inspector, &Inspector::relationWanted, this, &MainWindow::openRelation);
    const auto enable = [this] {
        for (const QString &id : {u"view.rowBefore"_s, u"view.rowAfter"_s})
            m_actions->action(id)->setEnabled(m_panels->inspector().canStep());
    };
    connect(&inspector, &Inspector::partChanged, this, enable);
    enable();
    on("view.rowBefore", [this] { m_panels->inspector().step(-1); });
    on("view.rowAfter", [this] { m_panels->inspector().step(1); });
    const auto show = [this](Inspector::Part part) {
        PanelDocks::bring(m_panels->inspectorDock());
        m_panels->inspector().setPart(part);
    };
    on("view.inspectCell", [show] { show(Inspector::Part::Cell); });
    on("view.inspectRow", [show] { show(Inspector::Part::Row); });
    on("view.inspectColumn", [show] { show(Inspector::Part::Column); });
}

void MainWindow::showAbout()
{
    auto *sheet = new Sheet(this, Sheet::Width::Small);
    sheet->setObjectName(u"aboutSheet"_s);
    sheet->setTitle(tr("Sluice %1").arg(QCoreApplication::applicationVersion()));
    sheet->setSubtitle(
        tr("The desktop PostgreSQL studio that opens a project folder. Free software under the GNU "
           "General Public License, version 3 or later."));
    sheet->cancelButton()->setText(tr("Close"));
    sheet->open();
}

} // namespace ui

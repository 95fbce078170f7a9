// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/mainwindow.h"

#include "ui/common/button.h"
#include "ui/common/document.h"
#include "ui/common/format.h"
#include "ui/common/statepage.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/editor/transactionquestions.h"
#include "ui/editor/transactions.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/commandpalette.h"
#include "ui/main/definitiontabs.h"
#include "ui/main/dockrail.h"
#include "ui/main/documentarea.h"
#include "ui/main/headerbar.h"
#include "ui/main/jobspanel.h"
#include "ui/main/messagespanel.h"
#include "ui/main/notestack.h"
#include "ui/main/objectplaces.h"
#include "ui/main/paneldocks.h"
#include "ui/main/poolersearch.h"
#include "ui/main/productionband.h"
#include "ui/main/recentfolders.h"
#include "ui/main/relationtabs.h"
#include "ui/main/resultspanel.h"
#include "ui/main/sessionnotes.h"
#include "ui/main/statusstrip.h"
#include "ui/main/welcomepage.h"
#include "ui/main/writecontrol.h"
#include "ui/project/projectdock.h"
#include "ui/project/projecttab.h"
#include "ui/project/trustsheet.h"
#include "ui/schema/schemadock.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

MainWindow::MainWindow(Services services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_actions(new Actions(this))
    , m_header(new HeaderBar(*m_actions, this))
    , m_band(new ProductionBand(this))
    , m_documents(new DocumentArea(this))
    , m_notes(new NoteStack(this))
    , m_welcome(new WelcomePage(*m_actions, this))
    , m_recent(new RecentFolders(*services.settings, *m_welcome))
    , m_page(new StatePage(this))
    , m_emptyPage(new StatePage(this))
    , m_projectDock(new ProjectDock(this))
    , m_schemaDock(new SchemaDock(this))
    , m_rail(new DockRail(*this))
    , m_panels(new PanelDocks(*this, *m_actions))
    , m_status(new StatusStrip(*m_actions, this))
    , m_palette(nullptr)
    , m_writes(new WriteControl(*services.writes, this))
    , m_transactions(new Transactions(*services.writes, this))
    , m_sessionNotes(new SessionNotes(*m_notes, this))
    , m_poolers(new PoolerSearch(this))
    , m_definitions(
          new DefinitionTabs(*this, *m_schemaDock, *services.highlighters,
                             [this](core::OpenDatabase *database, const core::Error &error) {
                                 showExplanation(database, error);
                             }))
    , m_places(
          new ObjectPlaces(*this, *m_schemaDock,
                           [this] { return m_project ? m_project->project.folder : QString(); }))
    , m_relations(new RelationTabs(
          *this, [this] { return m_project ? m_project->project.folder : QString(); }))
{
    setObjectName(u"mainWindow"_s);
    setAcceptDrops(true);
    build();
    buildDocks();
    connectActions();
    restoreLayout({});
    showWelcome();
}

MainWindow::~MainWindow()
{
    // Documents talk to docks when they end; the docks are still whole now.
    for (Document *document : m_documents->documents())
        disconnect(document, nullptr, this, nullptr);
}

void MainWindow::documentChanged(Document *document)
{
    const bool editor = qobject_cast<EditorTab *>(document) != nullptr;
    m_actions->setEditorCurrent(editor);
    for (const QString &id : {u"file.closeTab"_s, u"edit.find"_s, u"edit.findNext"_s,
                              u"edit.findPrevious"_s, u"edit.jump"_s})
        m_actions->action(id)->setEnabled(document);
    for (const QString &id : {u"file.save"_s, u"file.saveAs"_s})
        m_actions->action(id)->setEnabled(editor);
    for (const QString &id :
         {u"database.export"_s, u"database.copyUrl"_s, u"database.copyUrlWithPassword"_s,
          u"database.psql"_s, u"database.reload"_s, u"database.endpoint"_s, u"object.definition"_s,
          u"object.relations"_s, u"object.pin"_s, u"object.rows"_s, u"object.copyName"_s,
          u"object.copyDdl"_s})
        m_actions->action(id)->setEnabled(m_current);
    auto *table = qobject_cast<TableTab *>(document);
    m_actions->action(u"project.trust"_s)
        ->setEnabled(m_project && m_project->question.state != core::TrustQuestion::State::Trusted);
    m_actions->action(u"project.createLocal"_s)
        ->setEnabled(m_project && m_project->databases.databases.empty());
    for (const QString &id : {u"project.reload"_s, u"file.closeProject"_s})
        m_actions->action(id)->setEnabled(m_project.has_value());
    m_actions->action(u"project.overview"_s)->setEnabled(m_project.has_value());
    m_actions->action(u"project.password"_s)->setEnabled(qobject_cast<ProjectTab *>(document));
    m_actions->action(u"database.countExactly"_s)->setEnabled(table);
    m_actions->action(u"query.cancel"_s)->setEnabled(document && document->isRunning());
    m_schemaDock->setCurrentRelation(table ? table->relation()
                                           : DefinitionTabs::relationOf(document));
    m_panels->inspect(nullptr, 0, 0);
    if (document)
        document->announceCell();
    if (document && document->database() && document->database() != m_current) {
        m_current = document->database();
        showCurrent();
    }
    if (auto *run = qobject_cast<EditorTab *>(document))
        m_panels->results().setRun(run->run());
    showTransaction();
    keepTabs();
}

void MainWindow::closeDocument(Document *document)
{
    if (m_transactions->owner(document->database()) == document)
        return askTransaction(
            this, *m_transactions, *document->database(), m_writes->isWriting(),
            tr("What becomes of the open transaction of %1?").arg(isolated(document->title())),
            [this, tab = QPointer(document)] {
                if (tab)
                    closeDocument(tab);
            });
    auto *editor = qobject_cast<EditorTab *>(document);
    if (!editor || !editor->isUnsaved() || editor->editor()->length() == 0)
        return reallyClose(document);
    auto *sheet = new Sheet(this, Sheet::Width::Small);
    sheet->setObjectName(u"closeSheet"_s);
    sheet->setIconName(u"warning"_s, Ink::Warning);
    sheet->setTitle(tr("Close %1 without saving?").arg(isolated(editor->title())));
    sheet->setSubtitle(tr("Its changes are not in any file."));
    sheet->cancelButton()->setText(tr("Keep open"));
    Button *discard = sheet->addButton(tr("Close without saving"));
    discard->setObjectName(u"closeSheet.discard"_s);
    connect(discard, &QAbstractButton::clicked, sheet, &Sheet::reject);
    connect(discard, &QAbstractButton::clicked, editor, [this, editor] { reallyClose(editor); });
    sheet->addPrimary(tr("Save"))->setObjectName(u"closeSheet.save"_s);
    connect(sheet, &Sheet::accepted, editor, [this, editor] {
        if (editor->save())
            reallyClose(editor);
    });
    sheet->open();
}

void MainWindow::reallyClose(Document *document)
{
    if (!document->key().isEmpty())
        m_closed << document->key();
    if (auto *editor = qobject_cast<EditorTab *>(document)) {
        if (m_panels->results().run() == editor->run())
            m_panels->results().setRun(nullptr);
        editor->forget();
    }
    m_documents->close(document);
}

void MainWindow::showMessage(Meaning meaning, const QString &sentence, const QString &second)
{
    const QString symbol = meaning == Meaning::Danger ? u"error"_s
                           : meaning == Meaning::Ok   ? u"ok"_s
                                                      : u"info"_s;
    m_panels->messages().addNote(meaning, symbol, sentence, second);
    if (meaning == Meaning::Danger)
        PanelDocks::bring(m_panels->messagesDock());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    // Unsaved texts stay in the journal and are offered at the next start: closing the window loses
    // nothing.
    const bool open =
        m_project && std::ranges::any_of(m_project->open, [this](core::OpenDatabase *database) {
            return m_transactions->held(database).inTransaction();
        });
    if (m_panels->jobs().runningCount() == 0 && !open) {
        saveLayout();
        return event->accept();
    }
    event->ignore();
    whenIdle([this] { close(); });
}

void MainWindow::whenIdle(std::function<void()> go)
{
    JobsPanel &jobs = m_panels->jobs();
    if (jobs.runningCount() == 0)
        return askTransactions(tr("What becomes of the open transaction?"), std::move(go));
    auto *sheet = new Sheet(this, Sheet::Width::Small);
    sheet->setObjectName(u"quitSheet"_s);
    sheet->setIconName(u"jobs"_s, Ink::Warning);
    sheet->setTitle(tr("Stop %n running jobs?", nullptr, jobs.runningCount()));
    sheet->setSubtitle(tr("A stopped export leaves no file, and an older one untouched."));
    sheet->cancelButton()->setText(tr("Let them run"));
    sheet->addDanger(tr("Stop and go on"))->setObjectName(u"quitSheet.stop"_s);
    connect(sheet, &Sheet::accepted, this, [this, &jobs, go = std::move(go)] {
        // Jobs use the sessions that are about to end: they end first.
        auto *waiting = new QObject(this);
        const auto look = [this, &jobs, waiting, go] {
            if (jobs.runningCount() > 0)
                return;
            waiting->deleteLater();
            waiting->disconnect();
            askTransactions(tr("What becomes of the open transaction?"), go);
        };
        connect(&jobs, &JobsPanel::runningCountChanged, waiting, look, Qt::QueuedConnection);
        jobs.cancelAll();
        if (jobs.runningCount() == 0)
            QTimer::singleShot(0, waiting, look);
    });
    sheet->open();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/mainwindow.h"

#include "ui/common/button.h"
#include "ui/common/document.h"
#include "ui/common/format.h"
#include "ui/common/statepage.h"
#include "ui/editor/editortab.h"
#include "ui/editor/sqleditor.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/commandpalette.h"
#include "ui/main/documentarea.h"
#include "ui/main/headerbar.h"
#include "ui/main/jobspanel.h"
#include "ui/main/messagespanel.h"
#include "ui/main/paneldocks.h"
#include "ui/main/productionband.h"
#include "ui/main/resultspanel.h"
#include "ui/main/statusstrip.h"
#include "ui/main/welcomepage.h"
#include "ui/project/projectdock.h"
#include "ui/project/trustsheet.h"
#include "ui/schema/schemadock.h"

#include <QCloseEvent>
#include <QFileInfo>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int layoutVersion = 1;

} // namespace

MainWindow::MainWindow(Services services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_actions(new Actions(this))
    , m_header(new HeaderBar(*m_actions, this))
    , m_band(new ProductionBand(this))
    , m_documents(new DocumentArea(this))
    , m_welcome(new WelcomePage(*m_actions, this))
    , m_page(new StatePage(this))
    , m_emptyPage(new StatePage(this))
    , m_projectDock(new ProjectDock(this))
    , m_schemaDock(new SchemaDock(this))
    , m_panels(new PanelDocks(*this, *m_actions))
    , m_status(new StatusStrip(*m_actions, this))
    , m_palette(nullptr)
{
    setObjectName(u"mainWindow"_s);
    setAcceptDrops(true);
    build();
    buildDocks();
    connectActions();
    restoreLayout();
    showWelcome();
}

MainWindow::~MainWindow()
{
    // Documents talk to docks when they end; the docks are still whole now.
    for (Document *document : m_documents->documents())
        disconnect(document, nullptr, this, nullptr);
}

void MainWindow::build()
{
    setMinimumSize(720, 450);
    resize(1440, 900);
    auto *top = new QWidget(this);
    top->setObjectName(u"top"_s);
    auto *column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_header);
    column->addWidget(m_band);
    m_band->hide();
    setMenuWidget(top);
    m_page->setObjectName(u"projectPage"_s);
    m_emptyPage->setObjectName(u"emptyPage"_s);
    m_documents->setEmptyPage(m_emptyPage);
    setCentralWidget(m_documents);
    setStatusBar(m_status);
    m_emptyPage->showEmpty(u"table"_s, tr("No tab is open"),
                           tr("Choose a table in the schema, or go to one with Ctrl+P."));
    m_emptyPage->setAction(tr("Go to table"));
    m_emptyPage->setSecondAction(tr("New SQL editor"));
    connect(m_emptyPage, &StatePage::actionTriggered, m_actions->action(u"view.goTo"_s),
            &QAction::trigger);
    connect(m_emptyPage, &StatePage::secondActionTriggered, m_actions->action(u"file.newEditor"_s),
            &QAction::trigger);
    connect(m_documents, &DocumentArea::currentChanged, this, &MainWindow::documentChanged);
    connect(m_documents, &DocumentArea::closeWanted, this, &MainWindow::closeDocument);
    connect(m_documents, &DocumentArea::newWanted, m_actions->action(u"file.newEditor"_s),
            &QAction::trigger);
    connect(m_documents, &DocumentArea::menuWanted, this, &MainWindow::showTabMenu);
    connect(m_header, &HeaderBar::goToWanted, this, [this] { openPalette({}); });
    connect(m_header, &HeaderBar::databaseChosen, this, &MainWindow::setCurrentDatabase);
    connect(m_status, &StatusStrip::endpointExplanationWanted, this,
            &MainWindow::endpointExplanation);
    connect(m_welcome, &WelcomePage::folderChosen, this, &MainWindow::folderChosen);
    connect(m_welcome, &WelcomePage::clearRecentWanted, this, [this] {
        (void)m_services.settings
            ->clearRecentProjects(); // the list is a convenience: its loss needs no words
        m_welcome->setRecent({});
    });
}

void MainWindow::buildDocks()
{
    setDockOptions(AllowNestedDocks | AllowTabbedDocks);
    setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    addDockWidget(Qt::LeftDockWidgetArea, m_projectDock);
    addDockWidget(Qt::LeftDockWidgetArea, m_schemaDock);
    resizeDocks({m_projectDock, m_schemaDock}, {248, 248}, Qt::Horizontal);
    resizeDocks({m_projectDock, m_schemaDock}, {260, 560}, Qt::Vertical);
    connect(m_projectDock, &ProjectDock::databaseChosen, this, &MainWindow::setCurrentDatabase);
    connect(m_projectDock, &ProjectDock::fileChosen, this, &MainWindow::openFile);
    connect(m_projectDock, &ProjectDock::reloadWanted, this, &MainWindow::reloadWanted);
    const auto endpoint = [this](const QString &name,
                                 core::EndpointRole role) -> const core::Endpoint * {
        for (const core::Database &database : m_project->databases.databases) {
            const auto &wanted =
                role == core::EndpointRole::Pooled ? database.pooled : database.direct;
            if (database.name == name && wanted)
                return &*wanted;
        }
        return nullptr;
    };
    connect(m_projectDock, &ProjectDock::copyUrlWanted, this,
            [this, endpoint](const QString &name, core::EndpointRole role, bool withPassword) {
                if (const core::Endpoint *found = endpoint(name, role))
                    copyUrl(*found, withPassword);
            });
    connect(m_projectDock, &ProjectDock::psqlWanted, this,
            [this, endpoint](const QString &name, core::EndpointRole role) {
                if (const core::Endpoint *found = endpoint(name, role))
                    emit psqlWanted(*found);
            });
    connect(m_schemaDock, &SchemaDock::relationChosen, this, &MainWindow::openRelation);
    connect(m_schemaDock, &SchemaDock::exportWanted, this, &MainWindow::exportRelation);
    connect(m_schemaDock, &SchemaDock::queryWanted, this, [this](core::Oid relation) {
        const core::RelationInfo *found = m_current->catalog()->relation(relation);
        if (found)
            (void)newEditor("select *\nfrom " + m_current->catalog()->displayName(*found).toUtf8()
                            + "\nlimit 100;\n");
    });
}

void MainWindow::showWelcome()
{
    detachAll();
    m_project.reset();
    setWindowTitle(u"Sluice"_s);
    std::vector<RecentEntry> recent;
    for (const core::RecentProject &project : m_services.settings->recentProjects())
        recent.push_back({project.folder, project.opened.toLocalTime(), true});
    m_welcome->setRecent(recent);
    m_documents->showPage(m_welcome);
    for (QDockWidget *dock : std::initializer_list<QDockWidget *>{m_projectDock, m_schemaDock,
                                                                  m_panels->inspectorDock()})
        dock->hide();
    m_panels->hideAll();
    m_header->setDatabases({}, {}, false);
    m_band->hide();
    m_status->setDatabase(nullptr);
    m_status->setSentence(u"never"_s, {}, tr("No project open, nothing is connected"));
    documentChanged(nullptr);
    m_welcome->setFocus();
}

void MainWindow::showOpening(const QString &folder)
{
    m_page->showLoading(tr("Reading %1").arg(isolated(QFileInfo(folder).fileName())), folder);
    m_documents->showPage(m_page);
}

void MainWindow::showProject(OpenProject project)
{
    detachAll();
    m_project = std::move(project);
    setWindowTitle(u"%1 — Sluice"_s.arg(m_project->project.name));
    m_projectDock->show();
    m_schemaDock->show();
    m_panels->inspectorDock()->setVisible(true);
    updateProject(*m_project);
    if (m_project->question.state != core::TrustQuestion::State::Trusted
        && !m_project->question.targets.empty())
        askTrust();
}

void MainWindow::updateProject(OpenProject project)
{
    m_project = std::move(project);
    m_projectDock->setProject(m_project->project, m_project->databases, m_project->sqlFiles);
    core::OpenDatabase *first = m_project->open.empty() ? nullptr : m_project->open.front();
    if (m_current) {
        for (core::OpenDatabase *database : m_project->open) {
            if (database->name() == m_current->name())
                first = database;
        }
    }
    m_current = first;
    showProjectPage();
    showCurrent();
}

/// First-run states are pages with one action.
void MainWindow::showProjectPage()
{
    const bool trusted = m_project->question.state == core::TrustQuestion::State::Trusted;
    if (m_project->databases.databases.empty()) {
        m_pageAction = u"project.createLocal"_s;
        m_page->showEmpty(u"database"_s, tr("No database was found in this folder"),
                          m_project->project.searchedText());
        m_page->setAction(tr("Create a local database…"));
        m_page->setSecondAction(tr("Read the folder again"));
        m_documents->showPage(m_page);
    } else if (!trusted) {
        m_pageAction = u"project.trust"_s;
        m_page->showEmpty(u"read-only"_s, tr("The folder is not trusted, nothing is connected"),
                          tr("Its files can be read and edited; its databases are not contacted."));
        m_page->setAction(tr("Trust this folder…"));
        m_documents->showPage(m_page);
    } else {
        m_documents->showPage(nullptr);
    }
}

void MainWindow::showFolderError(const QString &folder, const core::Error &error)
{
    m_pageAction = u"file.openFolder"_s;
    m_page->showFailed(error.message,
                       QStringList{error.place.isEmpty() ? folder : error.place, error.advice}
                           .join(u' ')
                           .trimmed());
    m_page->setAction(tr("Open another folder…"));
    m_documents->showPage(m_page);
}

void MainWindow::askTrust()
{
    Sheet *sheet =
        makeTrustSheet(this, m_project->project, m_project->databases, m_project->question);
    connect(sheet, &Sheet::accepted, this, &MainWindow::trustGranted);
    sheet->open();
}

void MainWindow::showCurrent()
{
    QStringList names;
    for (const core::OpenDatabase *database : m_project->open)
        names << database->name();
    const bool production =
        m_current && m_current->exposure().exposure == core::Exposure::Production;
    m_header->setDatabases(names, m_current ? m_current->name() : QString(), production);
    m_band->setVisible(production);
    if (production)
        m_band->setDatabase(m_current->name(), m_current->database().any().info.host());
    m_projectDock->setCurrentDatabase(m_current ? m_current->name() : QString());
    m_schemaDock->setDatabase(m_current, tr("Nothing is connected."));
    m_status->setDatabase(m_current);
    if (m_current) {
        m_status->setSentence({}, {}, {});
        if (m_current->catalogState() == core::OpenDatabase::CatalogState::NotLoaded)
            m_current->loadCatalog();
    } else {
        const int found = int(m_project->question.targets.size());
        m_status->setSentence(u"read-only"_s, tr("Not trusted"),
                              tr("files only, addresses found: %1, contacted: 0").arg(found));
    }
    for (Document *document : m_documents->documents()) {
        if (auto *editor = qobject_cast<EditorTab *>(document); editor && !editor->database())
            editor->setDatabase(m_current);
    }
}

void MainWindow::setCurrentDatabase(const QString &name)
{
    for (core::OpenDatabase *database : m_project->open) {
        if (database->name() == name)
            m_current = database;
    }
    if (auto *editor = qobject_cast<EditorTab *>(m_documents->current());
        editor && !editor->isRunning())
        editor->setDatabase(m_current);
    showCurrent();
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
          u"database.psql"_s, u"database.reload"_s})
        m_actions->action(id)->setEnabled(m_current);
    auto *table = qobject_cast<TableTab *>(document);
    m_actions->action(u"database.countExactly"_s)->setEnabled(table);
    m_actions->action(u"query.cancel"_s)->setEnabled(document && document->isRunning());
    m_schemaDock->setCurrentRelation(table ? table->relation() : core::Oid{});
    m_panels->inspect(nullptr, 0, 0);
    if (document && document->database() && document->database() != m_current) {
        m_current = document->database();
        showCurrent();
    }
    if (auto *run = qobject_cast<EditorTab *>(document))
        m_panels->results().setRun(run->run());
}

void MainWindow::openRelation(core::Oid relation)
{
    if (!m_current || !m_current->catalog())
        return;
    const core::RelationInfo *found = m_current->catalog()->relation(relation);
    if (!found)
        return;
    const QString key = TableTab::keyOf(*m_current, *found);
    if (Document *open = m_documents->find(key)) {
        m_documents->makeCurrent(open);
        return open->setFocus();
    }
    auto *tab = new TableTab(*m_current, relation, m_documents);
    connectDocument(tab);
    m_documents->add(tab);
    tab->setFocus();
}

EditorTab *MainWindow::newEditor(const QByteArray &text, const QString &title)
{
    auto *editor = new EditorTab(*m_services.highlighters, m_project ? m_project->journal : nullptr,
                                 m_documents);
    editor->setText(text, title.isEmpty() ? tr("Query %1").arg(++m_untitled) : title);
    editor->setDatabase(m_current);
    connectEditor(editor);
    m_documents->showPage(nullptr);
    m_documents->add(editor);
    editor->setFocus();
    return editor;
}

void MainWindow::openFile(const QString &path)
{
    const QString key = u"file:"_s + QFileInfo(path).canonicalFilePath();
    if (Document *open = m_documents->find(key))
        return m_documents->makeCurrent(open);
    auto *editor = new EditorTab(*m_services.highlighters, m_project ? m_project->journal : nullptr,
                                 m_documents);
    if (const auto opened = editor->openFile(path); !opened) {
        delete editor;
        showMessage(Meaning::Danger, opened.error().message,
                    QStringList{opened.error().place, opened.error().advice}.join(u' '));
        return;
    }
    editor->setDatabase(m_current);
    connectEditor(editor);
    m_documents->showPage(nullptr);
    m_documents->add(editor);
    editor->setFocus();
}

void MainWindow::restoreLeftovers()
{
    if (!m_project || !m_project->journal)
        return;
    core::Journal *journal = m_project->journal;
    journal->leftovers().then(
        journal, [this, journal](const std::vector<core::Leftover> &leftovers) {
            for (const core::Leftover &leftover : leftovers) {
                EditorTab *editor = newEditor();
                // The old copy goes only when this run's own is on disk.
                connect(journal, &core::Journal::written, editor,
                        [journal, editor, id = leftover.id](core::BufferId buffer) {
                            if (buffer == editor->journalBuffer())
                                journal->discard(id);
                        });
                editor->restore(leftover);
            }
        });
}

void MainWindow::closeDocument(Document *document)
{
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
    connect(discard, &QAbstractButton::clicked, this, [this, document] { reallyClose(document); });
    sheet->addPrimary(tr("Save"))->setObjectName(u"closeSheet.save"_s);
    connect(sheet, &Sheet::accepted, this, [this, editor] {
        if (editor->save())
            reallyClose(editor);
    });
    sheet->open();
}

void MainWindow::reallyClose(Document *document)
{
    if (!document->key().isEmpty())
        m_closed << document->key();
    if (auto *editor = qobject_cast<EditorTab *>(document); editor && m_panels->results().parent())
        m_panels->results().setRun(nullptr);
    if (auto *editor = qobject_cast<EditorTab *>(document))
        editor->forget();
    m_documents->close(document);
}

void MainWindow::showMessage(Meaning meaning, const QString &sentence, const QString &second)
{
    const QString symbol = meaning == Meaning::Danger ? u"error"_s
                           : meaning == Meaning::Ok   ? u"ok"_s
                                                      : u"info"_s;
    m_panels->messages().addNote(meaning, symbol, sentence, second);
    if (meaning == Meaning::Danger)
        m_panels->messagesDock()->show();
}

void MainWindow::detachAll()
{
    saveLayout();
    m_panels->results().setRun(nullptr);
    m_panels->inspect(nullptr, 0, 0);
    for (Document *document : m_documents->documents())
        m_documents->close(document);
    m_schemaDock->setDatabase(nullptr);
    m_current = nullptr;
}

void MainWindow::saveLayout()
{
    if (!isVisible())
        return;
    const core::LayoutState state{saveGeometry(), saveState(layoutVersion), layoutVersion};
    (void)m_services.settings->setLayout(m_project ? m_project->project.folder : QString(), state);
}

void MainWindow::restoreLayout()
{
    const core::LayoutState state = m_services.settings->layout({});
    if (!state.geometry.isEmpty())
        restoreGeometry(state.geometry);
    if (!state.docks.isEmpty() && state.version == layoutVersion)
        restoreState(state.docks, layoutVersion);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    // Unsaved texts stay in the journal and are offered at the next start: closing the window loses
    // nothing.
    if (m_panels->jobs().runningCount() == 0) {
        saveLayout();
        return event->accept();
    }
    event->ignore();
    auto *sheet = new Sheet(this, Sheet::Width::Small);
    sheet->setObjectName(u"quitSheet"_s);
    sheet->setIconName(u"jobs"_s, Ink::Warning);
    sheet->setTitle(
        tr("Stop what is running (%1) and close?").arg(m_panels->jobs().runningCount()));
    sheet->setSubtitle(tr("A stopped export leaves no file."));
    sheet->addDanger(tr("Stop and close"))->setObjectName(u"quitSheet.stop"_s);
    connect(sheet, &Sheet::accepted, this, [this] {
        saveLayout();
        hide();
        QCoreApplication::quit();
    });
    sheet->open();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
// Which project the window shows: welcome, opening, untrusted, open, failed.
#include "ui/main/mainwindow.h"

#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/labels.h"
#include "ui/common/sheet.h"
#include "ui/common/statepage.h"
#include "ui/editor/editortab.h"
#include "ui/editor/transactions.h"
#include "ui/main/actions.h"
#include "ui/main/dockrail.h"
#include "ui/main/documentarea.h"
#include "ui/main/headerbar.h"
#include "ui/main/jobspanel.h"
#include "ui/main/notestack.h"
#include "ui/main/paneldocks.h"
#include "ui/main/poolersearch.h"
#include "ui/main/productionband.h"
#include "ui/main/recentfolders.h"
#include "ui/main/resultspanel.h"
#include "ui/main/sessionnotes.h"
#include "ui/main/statusstrip.h"
#include "ui/main/welcomepage.h"
#include "ui/main/writecontrol.h"
#include "ui/project/projectdock.h"
#include "ui/project/trustsheet.h"
#include "ui/schema/schemadock.h"

#include <QFileInfo>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

void MainWindow::showWelcome()
{
    detachAll();
    m_project.reset();
    setWindowTitle(u"Sluice"_s);
    m_recent->show();
    m_documents->showPage(m_welcome);
    m_rail->setOffered(false);
    m_panels->inspectorDock()->hide();
    m_panels->hideAll();
    m_header->setDatabases({}, {}, false);
    m_writes->setDatabase(nullptr);
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
    m_kept = m_project->tabs;
    setWindowTitle(u"%1 — Sluice"_s.arg(oneLine(m_project->project.name)));
    m_rail->setOffered(true);
    m_panels->inspectorDock()->setVisible(!m_rail->isFolded()); // the rows need the room more
    restoreLayout(m_project->project.folder);
    m_sessionNotes->setProject(m_project->project.folder);
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
    const QString wanted = m_current ? m_current->name() : m_left;
    m_left.clear();
    for (core::OpenDatabase *database : m_project->open) {
        if (database->name() == wanted)
            first = database;
        for (const auto &[editor, name] : std::as_const(m_moving)) {
            if (editor && name == database->name())
                editor->setDatabase(database);
        }
    }
    m_moving.clear();
    m_current = first;
    m_actions->action(u"project.trust"_s)
        ->setEnabled(m_project->question.state != core::TrustQuestion::State::Trusted);
    showProjectPage();
    showCurrent();
    fillOverview();
    restoreTables();
}

void MainWindow::leaveDatabase(core::OpenDatabase &database)
{
    for (Document *document : m_documents->documents()) {
        if (document->database() != &database)
            continue;
        if (auto *editor = qobject_cast<EditorTab *>(document)) {
            m_moving.append({editor, database.name()});
            editor->setDatabase(nullptr);
            continue;
        }
        m_wanted.keys << document->key();
        document->detachDatabase();
        m_documents->close(document);
    }
    if (m_current == &database) {
        m_schemaDock->setDatabase(nullptr);
        m_status->setDatabase(nullptr);
        m_left = database.name();
    }
}

bool MainWindow::hasWork(const core::OpenDatabase &database) const
{
    return m_panels->jobs().runningCount() > 0 || m_transactions->held(&database).inTransaction()
           || std::ranges::any_of(m_documents->documents(), [&database](const Document *document) {
                  return document->database() == &database && document->isRunning();
              });
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
                           .join(u'\n')
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
    for (const QString &id :
         {u"connection.edit"_s, u"connection.duplicate"_s, u"connection.delete"_s})
        m_actions->action(id)->setEnabled(!currentSavedId().isEmpty());
    m_schemaDock->setDatabase(m_current, tr("Nothing is connected."));
    m_status->setDatabase(m_current);
    for (core::OpenDatabase *database : m_project->open) {
        m_transactions->watch(*database);
        m_poolers->watch(*database);
        m_projectDock->setPoolers(database->name(), database->connections().findings());
    }
    m_sessionNotes->setDatabases(m_project->open);
    m_writes->setDatabase(m_current);
    if (m_current) {
        m_status->setSentence({}, {}, {});
        if (m_current->catalogState() == core::OpenDatabase::CatalogState::NotLoaded)
            m_current->loadCatalog();
    } else {
        const int found = int(m_project->question.targets.size());
        m_status->setSentence(u"read-only"_s, tr("Not trusted"),
                              tr("files only, %n addresses found, none contacted", nullptr, found));
    }
    for (Document *document : m_documents->documents()) {
        if (auto *editor = qobject_cast<EditorTab *>(document); editor && !editor->database())
            editor->setDatabase(m_current);
    }
}

void MainWindow::askLocalDatabase(const core::EnvFileEdit &edit)
{
    auto *sheet = new Sheet(this, Sheet::Width::Small);
    sheet->setObjectName(u"localSheet"_s);
    sheet->setIconName(u"database"_s);
    sheet->setTitle(tr("Create a local database for “%1”?").arg(isolated(m_project->project.name)));
    sheet->setSubtitle(tr("Starts a PostgreSQL and a PgBouncer of your own. They listen on this "
                          "machine only, and their data lie outside of the folder."));
    const QString file = isolated(QFileInfo(edit.file).fileName());
    for (const core::EnvFileEdit::Change &change : edit.changes) {
        auto *line = new TextLabel(
            change.line > 0
                ? tr("%1, line %2: %3 is set; the line as it is stays above it as a comment.")
                      .arg(file, QString::number(change.line), isolated(change.key))
                : tr("%1: %2 is added.").arg(file, isolated(change.key)),
            TextRole::Body, Ink::Text, sheet);
        line->makeParagraph();
        line->setObjectName(u"localSheet."_s + change.key);
        sheet->content()->addWidget(line);
    }
    sheet->addPrimary(tr("Create"))->setObjectName(u"localSheet.create"_s);
    connect(sheet, &Sheet::accepted, this, [this, edit] { emit localDatabaseAgreed(edit); });
    sheet->open();
}

void MainWindow::setSavedConnections(const std::vector<core::SavedConnection> &saved)
{
    m_welcome->setSaved(saved);
    m_projectDock->setSaved(saved);
    if (!m_project)
        return;
    m_projectDock->setProject(m_project->project, m_project->databases, m_project->sqlFiles);
    m_projectDock->setCurrentDatabase(m_current ? m_current->name() : QString());
}

void MainWindow::setCurrentDatabase(const QString &name)
{
    if (!m_project)
        return;
    const auto isOpen = [&name](const core::OpenDatabase *one) { return one->name() == name; };
    if (std::ranges::none_of(m_project->open, isOpen)) {
        // A saved connection beside a folder that is not trusted: a person's own, so it may be
        // used.
        for (const core::Database &database : m_project->databases.databases) {
            if (database.name == name && !database.any().source.savedId.isEmpty())
                emit savedConnectionWanted(database.any().source.savedId);
        }
        return;
    }
    for (core::OpenDatabase *database : m_project->open) {
        if (database->name() == name)
            m_current = database;
    }
    if (auto *editor = qobject_cast<EditorTab *>(m_documents->current());
        editor && !editor->isRunning())
        editor->setDatabase(m_current);
    showCurrent();
}

void MainWindow::detachAll()
{
    saveLayout();
    m_keepsTabs = false;
    m_wanted = {};
    m_panels->results().setRun(nullptr);
    m_panels->inspect(nullptr, 0, 0);
    // Questions were about what goes now.
    for (Sheet *sheet : findChildren<Sheet *>())
        sheet->reject();
    for (Document *document : m_documents->documents()) {
        document->detachDatabase(); // tabs end a moment later than databases
        // A text of no project comes along: it is in no file, and no folder would offer it again.
        const auto *editor = qobject_cast<EditorTab *>(document);
        if (!editor || !editor->isUnsaved() || editor->journal() != m_services.journal)
            m_documents->close(document);
    }
    m_writes->close();
    m_sessionNotes->setProject({});
    m_notes->takeAll();
    m_projectDock->clear();
    m_schemaDock->setDatabase(nullptr);
    m_current = nullptr;
}

} // namespace ui

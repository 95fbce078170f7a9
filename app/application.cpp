// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/savedconnections.h"
#include "app/sqlfiles.h"
#include "app/terminal.h"
#include "core/base/worker.h"
#include "core/connect/databasemarks.h"
#include "core/local/demo.h"
#include "core/project/envfileedit.h"
#include "ui/common/firstframe.h"
#include "ui/common/themecontroller.h"
#include "ui/main/notestack.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {

namespace {

ui::ThemeController::Choice choiceOf(core::ThemeChoice theme)
{
    switch (theme) {
    case core::ThemeChoice::Light:
        return ui::ThemeController::Choice::Light;
    case core::ThemeChoice::Dark:
        return ui::ThemeController::Choice::Dark;
    case core::ThemeChoice::HighContrast:
        return ui::ThemeController::Choice::HighContrast;
    case core::ThemeChoice::System:
        break;
    }
    return ui::ThemeController::Choice::System;
}

/// What making a local database writes into the folder.
core::Result<core::EnvFileEdit> planEnvFile(const QString &folder, const QString &pooled,
                                            const QString &direct)
{
    return core::planEnvFileEdit(folder + u"/.env"_s,
                                 {{u"DATABASE_URL"_s, pooled}, {u"DIRECT_URL"_s, direct}});
}

/// The folder's own servers, running: new ones, or those whose lines were taken out of its env
/// file.
core::Result<core::LocalInstance> localInstanceOf(const QString &folder)
{
    auto instance = core::LocalStore().find(folder);
    if (!instance)
        return core::LocalServer().create(folder);
    if (const auto started = core::LocalServer().start(*instance); !started)
        return std::unexpected(started.error());
    return instance;
}

/// The nearest folder above a file that looks like a project's; its own one where none does.
QString projectFolderOf(const QString &file)
{
    const QString own = QFileInfo(file).absolutePath();
    QDir folder(own);
    do {
        if (folder.path() == QDir::homePath())
            break;
        const auto marks = QDir::Files | QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot;
        if (!folder.entryList({u".env*"_s, u".git"_s}, marks).isEmpty())
            return folder.path();
    } while (folder.cdUp());
    return own;
}

QString startFolderOf(const Options &options)
{
    if (!options.folder.isEmpty() || options.file.isEmpty())
        return options.folder;
    return projectFolderOf(options.file);
}

core::EnvMode thisMode()
{
    return core::EnvMode::ofThisProcess(u"development"_s, false);
}

} // namespace

Application::Application(QApplication &application, Options options)
    : m_application(application)
    , m_options(std::move(options))
    , m_startFolder(startFolderOf(m_options))
    , m_startReading(readSoon(m_startFolder))
    , m_settings(std::make_unique<core::Settings>())
    , m_themes(std::make_unique<ui::ThemeController>(application,
                                                     choiceOf(m_settings->appearance().theme)))
    , m_highlighters(std::make_unique<ui::HighlighterLoader>())
    , m_ownJournal(std::make_unique<core::Journal>(QString()))
    , m_window(std::make_unique<ui::MainWindow>(ui::Services{
          m_settings.get(), m_themes.get(), m_highlighters.get(), m_ownJournal.get(), &m_writes}))
    , m_saved(std::make_unique<SavedConnections>(*m_window))
    , m_env(std::make_unique<EnvWatcher>(*m_window))
{
    connectWindow();
    connectSavedConnections();
    followFolder();
}

Application::~Application()
{
    m_env.reset();
    m_saved.reset();
    m_window.reset(); // its documents use sessions, so they end first
}

void Application::connectSavedConnections()
{
    connect(m_saved.get(), &SavedConnections::changed, this, &Application::savedChanged);
    connect(m_saved.get(), &SavedConnections::openWanted, this, &Application::openSaved);
    connect(m_window.get(), &ui::MainWindow::savedConnectionWanted, this, &Application::openSaved);
    connect(m_window.get(), &ui::MainWindow::connectionEditWanted, m_saved.get(),
            &SavedConnections::edit);
    connect(m_window.get(), &ui::MainWindow::connectionDeleteWanted, m_saved.get(),
            &SavedConnections::askRemove);
}

void Application::savedChanged()
{
    m_window->setSavedConnections(m_saved->all());
    if (m_project.folder.isEmpty())
        return;
    core::DatabaseSet ofFolder = m_databases;
    std::erase_if(ofFolder.databases,
                  [](const core::Database &one) { return !one.any().source.savedId.isEmpty(); });
    setDatabases(std::move(ofFolder));
    if (m_question.token)
        openDatabases(*m_question.token);
    m_window->updateProject(assemble());
}

/// Beside what is open; without a folder it stands alone.
void Application::openSaved(const QString &id)
{
    const core::SavedConnection *connection = m_saved->find(id);
    if (!connection)
        return;
    const auto known = std::ranges::find_if(
        m_open, [&id](const auto &one) { return one->database().any().source.savedId == id; });
    if (known != m_open.end())
        return m_window->setCurrentDatabase((*known)->name());
    auto database = core::openableDatabase(*connection, &m_saved->keeper());
    const auto token = core::SavedConnectionStore::token(*connection);
    if (!database || !token) {
        const core::Error &error = database ? token.error() : database.error();
        return m_window->showMessage(ui::Meaning::Danger, error.message, error.advice);
    }
    std::erase_if(m_databases.databases, [&id](const core::Database &one) {
        return one.any().source.savedId == id; // as the folder listed it
    });
    if (std::ranges::contains(m_databases.databases, database->name, &core::Database::name))
        database->name = tr("%1 (saved)").arg(database->name);
    auto opened = core::OpenDatabase::create(*database, *token);
    if (!opened)
        return m_window->showMessage(ui::Meaning::Danger, opened.error().message,
                                     opened.error().place);
    if (!m_shown)
        showWithoutFolder();
    m_databases.databases.push_back(*database);
    m_open.push_back(std::move(*opened));
    m_window->updateProject(assemble());
    m_window->setCurrentDatabase(database->name);
    emit projectShown();
}

/// A window whose databases come from no folder.
void Application::showWithoutFolder()
{
    m_project = {};
    m_project.name = tr("Saved connections");
    m_sqlFiles.clear();
    m_tabs = {};
    m_question = {};
    m_question.state = core::TrustQuestion::State::Trusted;
    m_shown = true;
    m_window->showProject(assemble());
}

void Application::connectWindow()
{
    connect(m_window.get(), &ui::MainWindow::folderChosen, this, [this](const QString &folder) {
        m_window->whenIdle([this, folder] { openFolder(folder); });
    });
    connect(m_window.get(), &ui::MainWindow::demoWanted, this,
            [this] { m_window->whenIdle([this] { openDemo(); }); });
    connect(m_window.get(), &ui::MainWindow::trustGranted, this, &Application::grantTrust);
    connect(m_window.get(), &ui::MainWindow::reloadWanted, this,
            [this] { m_window->whenIdle([this] { reload(); }); });
    connect(m_window.get(), &ui::MainWindow::localDatabaseWanted, this,
            &Application::planLocalDatabase);
    connect(m_window.get(), &ui::MainWindow::localDatabaseAgreed, this,
            &Application::createLocalDatabase);
    connect(m_window.get(), &ui::MainWindow::psqlWanted, this, &Application::openPsql);
    connect(m_window.get(), &ui::MainWindow::directConfirmed, this, &Application::confirmDirect);
    connect(m_window.get(), &ui::MainWindow::tabsChanged, this, [this](const core::OpenTabs &tabs) {
        m_tabs = tabs;
        // A convenience: where it cannot be kept, nobody needs to be told.
        (void)core::runOnWorker([store = core::TabStore(m_project.folder), tabs] {
            return store.write(tabs).has_value();
        });
    });
    connect(m_window.get(), &ui::MainWindow::projectCloseWanted, this, [this] {
        m_window->whenIdle([this] {
            ++m_opening;
            m_window->showWelcome();
            closeProject();
        });
    });
}

void Application::start()
{
    m_window->show();
    if (const auto &problem = m_settings->problem())
        m_window->showMessage(ui::Meaning::Warning, problem->message, problem->place);
    // What colours editors costs more to load than everything before it.
    ui::afterFirstFrame(*m_window, [this] { m_highlighters->start(); });
    m_saved->reload();
    watchJournal(*m_ownJournal);
    if (const auto opened = m_ownJournal->open(); !opened)
        m_window->showMessage(ui::Meaning::Danger, opened.error().message, opened.error().place);
    m_window->restoreLeftovers(*m_ownJournal);
    m_pendingFile = m_options.file;
    if (!m_startFolder.isEmpty())
        follow(m_startFolder, std::exchange(m_startReading, {}));
}

void Application::watchJournal(core::Journal &journal)
{
    connect(&journal, &core::Journal::writeFailed, this, [this](const core::Error &error) {
        m_window->showMessage(ui::Meaning::Danger, error.message,
                              QStringList{error.place, error.advice}.join(u' ').trimmed());
    });
}

void Application::openPendingFile()
{
    if (const QString file = std::exchange(m_pendingFile, {}); !file.isEmpty())
        m_window->openFile(file);
}

void Application::openFolder(const QString &folder)
{
    follow(folder, readSoon(folder));
}

QFuture<Application::FolderContent> Application::readSoon(const QString &folder)
{
    if (folder.isEmpty())
        return {};
    return core::runOnWorker([folder] { return readFolder(folder); });
}

/// Where it was read by now, as at the start of the program, nothing else is shown before it.
void Application::follow(const QString &folder, QFuture<FolderContent> reading)
{
    const bool waits = !reading.isFinished();
    if (waits)
        m_window->showOpening(folder);
    const int opening = ++m_opening;
    reading.then(this, [this, folder, opening, waits](const FolderContent &content) {
        if (opening != m_opening)
            return;
        if (!content.project) {
            m_window->showFolderError(folder, content.project.error());
            openPendingFile();
            emit failed(content.project.error());
            return;
        }
        if (waits || m_shown)
            m_window->showWelcome(); // lets go of the old project's databases before they end
        show(content);
    });
}

Application::FolderContent Application::readFolder(const QString &folder)
{
    auto project = core::readProject(folder, thisMode());
    if (!project)
        return {std::unexpected(project.error()), {}, core::TrustQuestion(), {}, {}};
    core::DatabaseSet databases = core::markedDatabases(*project);
    auto question = core::TrustStore().question(*project);
    core::OpenTabs tabs = core::TabStore(project->folder).read();
    return {std::move(project), std::move(databases), std::move(question), sqlFilesIn(folder),
            std::move(tabs)};
}

void Application::show(const FolderContent &content)
{
    const core::Project &project = *content.project;
    const core::Result<core::TrustQuestion> &question = content.question;
    closeProject();
    m_project = project;
    m_sqlFiles = content.sqlFiles;
    m_tabs = content.tabs;
    setDatabases(content.databases);
    m_used = content.databases;
    m_saved->setFolder(project.folder);
    m_shown = true;
    m_question = question.value_or(core::TrustQuestion());
    m_journal = std::make_unique<core::Journal>(project.folder);
    watchJournal(*m_journal);
    const auto opened = m_journal->open();
    if (m_question.token)
        openDatabases(*m_question.token);
    m_window->showProject(assemble());
    m_env->watch(m_project, content.databases, m_question.token, thisMode());
    if (!opened)
        m_window->showMessage(ui::Meaning::Danger, opened.error().message, opened.error().place);
    if (!question)
        m_window->showMessage(ui::Meaning::Danger, question.error().message,
                              question.error().place);
    m_settings->addRecentProject(project.folder, QDateTime::currentDateTimeUtc());
    m_window->restoreTabs(m_tabs);
    m_window->restoreLeftovers(*m_journal);
    openPendingFile();
    emit projectShown();
}

ui::OpenProject Application::assemble()
{
    ui::OpenProject open{m_project, m_databases, m_question,     m_sqlFiles,
                         m_tabs,    {},          m_journal.get()};
    for (const auto &database : m_open)
        open.open.push_back(database.get());
    return open;
}

/// What the folder names, and saved connections beside it. Of these, what is open stays as it is
/// until it is closed.
void Application::setDatabases(core::DatabaseSet ofFolder)
{
    const auto isOpen = [this](const QString &id) {
        return std::ranges::any_of(
            m_open, [&id](const auto &one) { return one->database().any().source.savedId == id; });
    };
    for (const core::Database &one : m_databases.databases) {
        const QString id = one.any().source.savedId;
        if (!id.isEmpty() && isOpen(id))
            ofFolder.databases.push_back(one);
    }
    std::vector<core::SavedConnection> others = m_saved->all();
    std::erase_if(others, [&isOpen](const auto &one) { return isOpen(one.id); });
    core::addSavedDatabases(ofFolder, others, m_project.folder, &m_saved->keeper());
    m_databases = std::move(ofFolder);
}

/// Each that is not open yet; of the folder's those that nobody has to agree to first.
void Application::openDatabases(const core::TrustToken &token)
{
    for (const core::Database &database : m_databases.databases) {
        const auto hasName = [&database](const auto &open) {
            return open->name() == database.name;
        };
        const core::SavedConnection *saved = m_saved->find(database.any().source.savedId);
        if (std::ranges::any_of(m_open, hasName)
            || (!saved && !std::ranges::contains(m_used.databases, database)))
            continue;
        auto opened = core::OpenDatabase::create(
            database, saved ? core::SavedConnectionStore::token(*saved).value_or(token) : token);
        if (opened)
            m_open.push_back(std::move(*opened));
        else
            m_window->showMessage(ui::Meaning::Warning, opened.error().message,
                                  opened.error().place);
    }
}

void Application::grantTrust()
{
    core::runOnWorker([project = m_project] {
        return core::TrustStore().grant(project).and_then(
            [&](const core::TrustToken &) { return core::TrustStore().question(project); });
    }).then(this, [this, opening = m_opening](const core::Result<core::TrustQuestion> &question) {
        if (opening != m_opening)
            return;
        if (!question || !question->token) {
            const core::Error error = question ? core::Error() : question.error();
            m_window->showMessage(ui::Meaning::Danger, error.message, error.place);
            return;
        }
        m_question = *question;
        m_used = m_databases; // as they read now, they were agreed to
        openDatabases(*question->token);
        m_env->setToken(question->token);
        m_window->updateProject(assemble());
        emit projectShown();
    });
}

void Application::closeProject()
{
    m_env->stop();
    m_open.clear();
    m_journal.reset();
    m_project = {};
    m_databases = {};
    m_used = {};
    m_waiting.clear();
    m_window->notes().takeAll(u"waiting:"_s);
    m_question = {};
    m_shown = false;
    m_saved->setFolder({});
}

void Application::reload()
{
    if (!m_project.folder.isEmpty())
        openFolder(m_project.folder);
}

void Application::openDemo()
{
    m_window->showOpening(u"harbour"_s);
    const int opening = ++m_opening;
    core::runOnWorker([] {
        return core::prepareDemo(core::LocalStore());
    }).then(this, [this, opening](const core::Result<QString> &folder) {
        if (opening != m_opening)
            return; // a person has gone elsewhere meanwhile
        if (folder)
            return openFolder(*folder);
        m_window->showWelcome();
        m_window->showMessage(ui::Meaning::Danger, folder.error().message, folder.error().text());
        emit failed(folder.error());
    });
}

void Application::planLocalDatabase()
{
    const QString folder = m_project.folder;
    if (folder.isEmpty())
        return;
    core::runOnWorker([folder] {
        return planEnvFile(folder, u"pooled"_s, u"direct"_s);
    }).then(this, [this, opening = m_opening](const core::Result<core::EnvFileEdit> &plan) {
        if (opening != m_opening)
            return;
        if (!plan)
            return m_window->showMessage(ui::Meaning::Danger, plan.error().message,
                                         plan.error().place);
        m_window->askLocalDatabase(*plan);
    });
}

void Application::createLocalDatabase(const core::EnvFileEdit &agreed)
{
    const QString folder = m_project.folder;
    m_env->stop(); // what is written now is agreed to
    m_window->showOpening(folder);
    const int opening = ++m_opening;
    core::runOnWorker([folder, agreed]() -> core::Result<> {
        auto instance = localInstanceOf(folder);
        if (!instance)
            return std::unexpected(instance.error());
        auto plan = planEnvFile(folder, instance->pooledUrl(true), instance->directUrl(true));
        if (!plan)
            return std::unexpected(plan.error());
        plan->before = agreed.before; // what was agreed to; another text is refused
        return core::applyEnvFileEdit(*plan);
    }).then(this, [this, folder, opening](const core::Result<> &made) {
        if (opening != m_opening)
            return;
        if (!made)
            return m_window->showFolderError(folder, made.error());
        openFolder(folder);
    });
}

void Application::openPsql(const core::Endpoint &endpoint)
{
    const auto has = [&endpoint](const auto &open) {
        const core::Database &database = open->database();
        return database.pooled == endpoint || database.direct == endpoint;
    };
    const auto open = std::ranges::find_if(m_open, has);
    if (open == m_open.end())
        return; // not trusted, or not of this project any more
    openPsqlInTerminal(endpoint, m_writes.permit((*open)->database()))
        .then(m_window.get(), [this](const core::Result<> &opened) {
            if (!opened)
                m_window->showMessage(ui::Meaning::Danger, opened.error().message,
                                      opened.error().advice);
        });
}

} // namespace app

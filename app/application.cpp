// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/application.h"

#include "app/sqlfiles.h"
#include "app/terminal.h"
#include "core/base/worker.h"
#include "core/local/demo.h"
#include "core/local/envfileedit.h"
#include "ui/common/themecontroller.h"

#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QTimer>

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
    case core::ThemeChoice::System:
        break;
    }
    return ui::ThemeController::Choice::System;
}

struct FolderContent {
    core::Result<core::Project> project;
    QStringList sqlFiles;
};

} // namespace

Application::Application(QApplication &application, Options options)
    : m_application(application)
    , m_options(std::move(options))
    , m_settings(std::make_unique<core::Settings>())
    , m_themes(std::make_unique<ui::ThemeController>(application,
                                                     choiceOf(m_settings->appearance().theme)))
    , m_highlighters(std::make_unique<ui::HighlighterLoader>())
    , m_window(std::make_unique<ui::MainWindow>(
          ui::Services{m_settings.get(), m_themes.get(), m_highlighters.get()}))
{
    connectWindow();
}

Application::~Application()
{
    m_window.reset(); // its documents use sessions, so they end first
}

void Application::connectWindow()
{
    connect(m_window.get(), &ui::MainWindow::folderChosen, this, &Application::openFolder);
    connect(m_window.get(), &ui::MainWindow::demoWanted, this, &Application::openDemo);
    connect(m_window.get(), &ui::MainWindow::trustGranted, this, &Application::grantTrust);
    connect(m_window.get(), &ui::MainWindow::reloadWanted, this, &Application::reload);
    connect(m_window.get(), &ui::MainWindow::localDatabaseWanted, this,
            &Application::createLocalDatabase);
    connect(m_window.get(), &ui::MainWindow::psqlWanted, this, &Application::openPsql);
    connect(m_window.get(), &ui::MainWindow::projectCloseWanted, this, [this] {
        m_window->showWelcome();
        closeProject();
    });
}

void Application::start()
{
    m_window->show();
    if (const auto &problem = m_settings->problem())
        m_window->showMessage(ui::Meaning::Warning, problem->message, problem->place);
    // After the first paint: what colours editors costs more to load than everything before it.
    QTimer::singleShot(0, m_highlighters.get(), &ui::HighlighterLoader::start);
    if (!m_options.folder.isEmpty())
        openFolder(m_options.folder);
    if (!m_options.file.isEmpty())
        m_window->openFile(m_options.file);
}

void Application::openFolder(const QString &folder)
{
    m_window->showOpening(folder);
    core::runOnWorker([folder] {
        const auto mode = core::EnvMode::ofThisProcess(u"development"_s, false);
        return FolderContent{core::readProject(folder, mode), sqlFilesIn(folder)};
    }).then(this, [this, folder](const FolderContent &content) {
        if (!content.project) {
            m_window->showFolderError(folder, content.project.error());
            emit failed(content.project.error());
            return;
        }
        m_sqlFiles = content.sqlFiles;
        show(*content.project);
    });
}

void Application::show(const core::Project &project)
{
    m_window->showWelcome(); // lets go of the old project's databases before they end
    closeProject();
    m_project = project;
    m_databases = core::pairDatabases(project);
    m_journal = std::make_unique<core::Journal>(project.folder);
    const auto opened = m_journal->open();
    const auto question = core::TrustStore().question(project);
    if (question && question->token)
        openDatabases(*question->token);
    m_window->showProject(assemble(question.value_or(core::TrustQuestion())));
    if (!opened)
        m_window->showMessage(ui::Meaning::Danger, opened.error().message, opened.error().place);
    if (!question)
        m_window->showMessage(ui::Meaning::Danger, question.error().message,
                              question.error().place);
    (void)m_settings->addRecentProject(project.folder, QDateTime::currentDateTimeUtc());
    m_window->restoreLeftovers();
    emit projectShown();
}

ui::OpenProject Application::assemble(const core::TrustQuestion &question)
{
    ui::OpenProject open{m_project, m_databases, question, m_sqlFiles, {}, m_journal.get()};
    for (const auto &database : m_open)
        open.open.push_back(database.get());
    return open;
}

void Application::openDatabases(const core::TrustToken &token)
{
    for (const core::Database &database : m_databases.databases) {
        auto opened = core::OpenDatabase::create(database, token);
        if (opened)
            m_open.push_back(std::move(*opened));
        else
            m_window->showMessage(ui::Meaning::Warning, opened.error().message,
                                  opened.error().place);
    }
}

void Application::grantTrust()
{
    const auto token = core::TrustStore().grant(m_project);
    if (!token) {
        m_window->showMessage(ui::Meaning::Danger, token.error().message, token.error().place);
        return;
    }
    openDatabases(*token);
    const auto question = core::TrustStore().question(m_project);
    m_window->updateProject(assemble(question.value_or(core::TrustQuestion())));
    emit projectShown();
}

void Application::closeProject()
{
    m_open.clear();
    m_journal.reset();
    m_project = {};
    m_databases = {};
}

void Application::reload()
{
    if (!m_project.folder.isEmpty())
        openFolder(m_project.folder);
}

void Application::openDemo()
{
    m_window->showOpening(u"harbour"_s);
    core::runOnWorker([] {
        return core::prepareDemo(core::LocalStore());
    }).then(this, [this](const core::Result<QString> &folder) {
        if (folder)
            return openFolder(*folder);
        m_window->showWelcome();
        m_window->showMessage(ui::Meaning::Danger, folder.error().message, folder.error().text());
        emit failed(folder.error());
    });
}

/// Pressing the button is the consent to the server and to the two lines of .env that the page has
/// named.
void Application::createLocalDatabase()
{
    const QString folder = m_project.folder;
    if (folder.isEmpty())
        return;
    m_window->showOpening(folder);
    core::runOnWorker([folder]() -> core::Result<> {
        auto instance = core::LocalServer().create(folder);
        if (!instance)
            return std::unexpected(instance.error());
        const auto plan = core::planEnvFileEdit(folder + u"/.env"_s,
                                                {{u"DATABASE_URL"_s, instance->pooledUrl(true)},
                                                 {u"DIRECT_URL"_s, instance->directUrl(true)}});
        return plan ? core::applyEnvFileEdit(*plan) : std::unexpected(plan.error());
    }).then(this, [this, folder](const core::Result<> &made) {
        if (!made)
            return m_window->showFolderError(folder, made.error());
        openFolder(folder);
    });
}

void Application::openPsql(const core::Endpoint &endpoint)
{
    if (const auto opened = openPsqlInTerminal(endpoint); !opened)
        m_window->showMessage(ui::Meaning::Danger, opened.error().message, opened.error().advice);
}

} // namespace app

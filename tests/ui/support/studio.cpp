// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/studio.h"

#include "ui/main/actions.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace test {

Studio::Studio(const QString &folderName, ui::ThemeController::Choice choice)
    : m_home(folderName)
    , m_settings(std::make_unique<core::Settings>(m_home.homePath(u"settings.ini"_s)))
    , m_themes(std::make_unique<ui::ThemeController>(*qApp, choice))
{
    m_themes->setReducedMotion(true);
    m_ownJournal = std::make_unique<core::Journal>(QString(), m_home.homePath(u"own journal"_s));
    if (!m_ownJournal->open())
        qFatal("no journal");
    makeWindow();
}

Studio::~Studio()
{
    m_window.reset();
    m_home.close();
}

void Studio::makeWindow()
{
    m_window = std::make_unique<ui::MainWindow>(ui::Services{
        m_settings.get(), m_themes.get(), &m_highlighters, m_ownJournal.get(), &m_writes});
    ui::MainWindow *window = m_window.get();
    QObject::connect(window, &ui::MainWindow::trustGranted, window, [this] {
        if (m_home.trust())
            m_window->updateProject(openProject());
    });
    QObject::connect(window, &ui::MainWindow::tabsChanged, window,
                     [this](const core::OpenTabs &tabs) { m_tabs = tabs; });
    QObject::connect(window, &ui::MainWindow::reloadWanted, window,
                     [this] { m_window->whenIdle([this] { (void)openFolder(); }); });
    QObject::connect(window, &ui::MainWindow::projectCloseWanted, window,
                     [this] { m_window->whenIdle([this] { closeFolder(); }); });
}

bool Studio::present()
{
    m_window->show();
    m_window->activateWindow();
    return QTest::qWaitForWindowActive(m_window.get());
}

bool Studio::openFolder()
{
    closeFolder();
    if (!m_home.read() || !m_home.openJournal())
        return false;
    m_window->showProject(openProject());
    m_window->restoreTabs(m_tabs);
    m_window->restoreLeftovers(*m_home.journal());
    return true;
}

bool Studio::openTrusted()
{
    if (!m_home.read() || !m_home.trust() || !openFolder())
        return false;
    return QTest::qWaitFor(
        [this] {
            const core::OpenDatabase *database = m_window->currentDatabase();
            return database && database->catalogState() == core::OpenDatabase::CatalogState::Loaded;
        },
        30'000);
}

void Studio::closeFolder()
{
    m_window->showWelcome();
    m_home.close();
}

void Studio::restart()
{
    m_window.reset();
    m_home.close();
    m_settings.reset(); // it ends when all it was told is in its file
    m_settings = std::make_unique<core::Settings>(m_home.homePath(u"settings.ini"_s));
    makeWindow();
}

ui::OpenProject Studio::openProject() const
{
    ui::OpenProject open;
    open.project = m_home.project();
    open.databases = m_home.databases();
    open.question = m_home.question();
    open.sqlFiles = QDir(m_home.folder()).entryList({u"*.sql"_s}, QDir::Files);
    open.tabs = m_tabs;
    open.open = m_home.open();
    open.journal = m_home.journal();
    return open;
}

void Studio::trigger(const QString &action) const
{
    m_window->actions().action(action)->trigger();
}

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/stream/desk.h"

#include "ui/common/themecontroller.h"
#include "ui/editor/editortab.h"
#include "ui/grid/gridview.h"
#include "ui/main/paneldocks.h"
#include "ui/main/resultspanel.h"

#include <QApplication>

using namespace Qt::StringLiterals;

namespace bench {

Desk::Desk(QApplication &application)
    : m_settings(std::make_unique<core::Settings>())
    , m_themes(
          std::make_unique<ui::ThemeController>(application, ui::ThemeController::Choice::Light))
    , m_highlighters(std::make_unique<ui::HighlighterLoader>())
    , m_window(std::make_unique<ui::MainWindow>(
          ui::Services{m_settings.get(), m_themes.get(), m_highlighters.get(), nullptr, &m_writes}))
{
}

Desk::~Desk()
{
    m_window.reset();
}

core::Result<> Desk::open(const QString &folder)
{
    const auto opened = openFolder(folder);
    if (!opened)
        return std::unexpected(opened.error());
    if (opened->databases.databases.empty())
        return core::failure(core::ErrorKind::Usage, "bench.noDatabase"_ba,
                             u"The folder names no database."_s, folder);
    auto database =
        core::OpenDatabase::create(opened->databases.databases.front(), *opened->question.token);
    if (!database)
        return std::unexpected(database.error());
    m_database = std::move(*database);
    connect(m_database.get(), &core::OpenDatabase::catalogStateChanged, this, &Desk::openEditor);
    m_highlighters->start();
    m_window->show();
    ui::OpenProject project;
    project.project = opened->project;
    project.databases = opened->databases;
    project.question = opened->question;
    project.open = {m_database.get()};
    m_window->showProject(project);
    return {};
}

void Desk::openEditor()
{
    using State = core::OpenDatabase::CatalogState;
    if (m_database->catalogState() == State::Failed)
        emit failed(*m_database->catalogError());
    if (m_database->catalogState() != State::Loaded || m_editor)
        return;
    m_editor = m_window->newEditor({}, u"bench.sql"_s);
    // The window's panels are connected before, so that they have dealt with a signal when it comes
    // here.
    connect(m_editor, &ui::EditorTab::runStarted, this, [this](ui::QueryRun *run) {
        connect(run, &ui::QueryRun::rowsBegan, this, &Desk::gridShown);
        connect(run, &ui::QueryRun::ended, this, &Desk::runEnded);
        emit runStarted(run);
    });
    emit ready();
}

void Desk::run(const QByteArray &sql)
{
    m_editor->setText(sql, u"bench.sql"_s);
    m_editor->runAll();
}

ui::QueryRun *Desk::currentRun() const
{
    return m_editor->run();
}

ui::GridView *Desk::grid() const
{
    return m_window->panels().results().currentGrid();
}

} // namespace bench

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/recentfolders.h"

#include "core/project/folderreach.h"
#include "core/project/settings.h"
#include "ui/main/welcomepage.h"

#include <algorithm>
#include <chrono>

namespace ui {

namespace {

constexpr std::chrono::seconds patience{3};

} // namespace

RecentFolders::RecentFolders(core::Settings &settings, WelcomePage &page, Look look)
    : QObject(&page)
    , m_settings(settings)
    , m_page(page)
    , m_look(look ? std::move(look) : Look(core::lookAtFolder))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        for (const QString &folder : std::as_const(m_waiting))
            m_page.setTrouble(folder, tr("The folder does not answer."));
    });
    // The list is a convenience: what cannot be written of it needs no words.
    connect(&page, &WelcomePage::clearRecentWanted, this, [this] {
        m_settings.clearRecentProjects();
        list();
    });
    connect(&page, &WelcomePage::removeRecentWanted, this, &RecentFolders::remove);
}

void RecentFolders::show()
{
    ++m_round;
    m_waiting.clear();
    list();
    const std::vector<core::RecentProject> recent = m_settings.recentProjects();
    for (std::size_t i = 0; i < std::min(WelcomePage::shownRecent, recent.size()); ++i)
        lookAt(recent[i].folder);
    m_patience.start();
}

void RecentFolders::list()
{
    std::vector<RecentEntry> entries;
    for (const core::RecentProject &project : m_settings.recentProjects())
        entries.push_back({project.folder, project.opened.toLocalTime(), {}});
    m_page.setRecent(entries);
}

void RecentFolders::lookAt(const QString &folder)
{
    m_waiting << folder;
    m_look(folder).then(this, [this, folder, round = m_round](const core::Result<> &found) {
        if (round != m_round)
            return;
        m_waiting.remove(folder);
        m_page.setTrouble(folder, found ? QString() : found.error().message);
    });
}

void RecentFolders::remove(const QString &folder)
{
    m_settings.removeRecentProject(folder);
    show();
    m_page.setFocus();
}

} // namespace ui

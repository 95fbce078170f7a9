// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/catalogwatch.h"

#include <QGuiApplication>

using namespace std::chrono_literals;

namespace ui {

namespace {

constexpr auto interval = 30s;
constexpr qint64 longestAway = 5 * 60 * 1000; // ms

} // namespace

CatalogWatch::CatalogWatch(QWidget *view)
    : QObject(view)
    , m_view(view)
{
    m_timer.setInterval(interval);
    m_timer.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &CatalogWatch::tick);
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, &CatalogWatch::stateChanged);
}

void CatalogWatch::setDatabase(core::OpenDatabase *database)
{
    m_database = database;
    if (database)
        m_timer.start();
    else
        m_timer.stop();
}

void CatalogWatch::tick()
{
    const QWidget *const window = m_view->window();
    const bool inSight = window->isVisible() && !window->isMinimized();
    if (m_database && inSight && !(m_away.isValid() && m_away.hasExpired(longestAway)))
        m_database->checkCatalog(false);
}

void CatalogWatch::stateChanged(Qt::ApplicationState state)
{
    if (state != Qt::ApplicationActive) {
        if (!m_away.isValid())
            m_away.start();
        return;
    }
    m_away.invalidate();
    if (m_database)
        m_database->checkCatalog(true);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/paneldocks.h"

#include "core/browse/tablesource.h"
#include "core/catalog/describe.h"
#include "ui/common/button.h"
#include "ui/common/docktitle.h"
#include "ui/grid/cellinspector.h"
#include "ui/grid/inspector.h"
#include "ui/main/actions.h"
#include "ui/main/jobspanel.h"
#include "ui/main/messagespanel.h"
#include "ui/main/resultspanel.h"

#include <QAction>
#include <QChildEvent>
#include <QDockWidget>
#include <QMainWindow>
#include <QTabBar>

using namespace Qt::StringLiterals;

namespace ui {

PanelDocks::PanelDocks(QMainWindow &window, Actions &actions)
    : QObject(&window)
    , m_window(window)
    , m_results(new ResultsPanel(&window))
    , m_messages(new MessagesPanel(&window))
    , m_jobs(new JobsPanel(&window))
    , m_inspector(new Inspector(&window))
    , m_resultsDock(makeDock(u"resultsDock"_s, tr("Results"), m_results,
                             actions.action(u"view.resultsDock"_s)))
    , m_messagesDock(makeDock(u"messagesDock"_s, tr("Messages"), m_messages,
                              actions.action(u"view.messagesDock"_s)))
    , m_jobsDock(makeDock(u"jobsDock"_s, tr("Jobs"), m_jobs, actions.action(u"view.jobsDock"_s)))
    , m_inspectorDock(makeDock(u"inspectorDock"_s, tr("Inspector"), m_inspector,
                               actions.action(u"view.inspectorDock"_s)))
{
    window.installEventFilter(this);
    window.addDockWidget(Qt::BottomDockWidgetArea, m_resultsDock);
    window.addDockWidget(Qt::BottomDockWidgetArea, m_messagesDock);
    window.addDockWidget(Qt::BottomDockWidgetArea, m_jobsDock);
    window.addDockWidget(Qt::RightDockWidgetArea, m_inspectorDock);
    window.splitDockWidget(m_resultsDock, m_messagesDock, Qt::Horizontal);
    window.tabifyDockWidget(m_messagesDock, m_jobsDock);
    window.resizeDocks({m_resultsDock, m_messagesDock}, {760, 380}, Qt::Horizontal);
    window.resizeDocks({m_resultsDock}, {300}, Qt::Vertical);
    window.resizeDocks({m_inspectorDock}, {272}, Qt::Horizontal);
    QAction *all = actions.action(u"view.bottomDocks"_s);
    connect(all, &QAction::triggered, this,
            [this](bool shown) { shown ? showResults() : hideAll(); });
    connect(m_resultsDock, &QDockWidget::visibilityChanged, all,
            [this, all] { all->setChecked(!m_resultsDock->isHidden()); });
    connect(&m_inspector->cell(), &CellInspector::wholeValueWanted, this, &PanelDocks::fetchWhole);
    connect(m_inspector, &Inspector::detailWanted, this, &PanelDocks::fetchDetail);
    hideAll();
}

bool PanelDocks::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == &m_window && event->type() == QEvent::ChildPolished) {
        auto *tabs = qobject_cast<QTabBar *>(static_cast<QChildEvent *>(event)->child());
        if (tabs && tabs->objectName().isEmpty()) {
            tabs->setObjectName(u"panels.tabs%1"_s.arg(++m_tabBars));
            tabs->setAccessibleName(tr("Panels"));
        }
    }
    return QObject::eventFilter(watched, event);
}

QDockWidget *PanelDocks::makeDock(const QString &objectName, const QString &heading,
                                  QWidget *content, QAction *toggle)
{
    auto *dock = new QDockWidget(heading, &m_window);
    dock->setObjectName(objectName);
    dock->setAccessibleName(heading);
    auto *title = new DockTitle(heading, dock);
    title->setObjectName(objectName + u".title"_s);
    title->addCloseButton()->setObjectName(objectName + u".close"_s);
    dock->setTitleBarWidget(title);
    dock->setWidget(content);
    connect(toggle, &QAction::triggered, dock, [dock, toggle](bool shown) {
        // Behind another dock it is not what the person sees: the first press brings it forward.
        const bool behind = !dock->isHidden() && dock->visibleRegion().isEmpty();
        if (!shown && !behind)
            return dock->hide();
        bring(dock);
        toggle->setChecked(true);
    });
    connect(dock, &QDockWidget::visibilityChanged, toggle,
            [toggle, dock] { toggle->setChecked(!dock->isHidden()); });
    return dock;
}

void PanelDocks::showResults()
{
    m_resultsDock->show();
    m_messagesDock->show();
}

void PanelDocks::bring(QDockWidget *dock)
{
    dock->show();
    dock->raise();
}

void PanelDocks::hideAll()
{
    for (QDockWidget *dock : {m_resultsDock, m_messagesDock, m_jobsDock})
        dock->hide();
}

void PanelDocks::inspect(core::RowSource *source, qint64 row, int column,
                         core::OpenDatabase *database)
{
    m_source = source;
    if (database != m_database) {
        if (m_database)
            m_database->disconnect(m_inspector);
        m_database = database;
        if (database)
            connect(database, &core::OpenDatabase::catalogChanged, m_inspector,
                    [this] { m_inspector->setCatalog(m_database->catalog()); });
    }
    m_inspector->setCell(source, row, column, database ? database->catalog() : nullptr);
}

/// What the catalog leaves to who asks: expressions of defaults. Without them the page says less.
void PanelDocks::fetchDetail(core::Oid relation)
{
    if (!m_database)
        return;
    const auto session = m_database->connections().session(core::Purpose::Browse);
    if (!session)
        return;
    core::loadRelationDetail(**session, relation)
        .then(m_inspector, [this](const core::Result<core::RelationDetail> &detail) {
            if (detail)
                m_inspector->setDetail(*detail);
        });
}

/// A value that the server cut for the grid, read whole by its key.
void PanelDocks::fetchWhole(qint64 row, int column)
{
    auto *table = qobject_cast<core::TableSource *>(m_source);
    if (!table)
        return m_inspector->cell().setWholeValueFailed(tr("The rows are not there any more."));
    table->wholeValue(row, column)
        .then(&m_inspector->cell(),
              [this, row, column](const core::Result<std::optional<QByteArray>> &value) {
                  if (!value)
                      m_inspector->cell().setWholeValueFailed(value.error().text());
                  else
                      m_inspector->cell().setWholeValue(row, column, value->value_or(QByteArray()));
              });
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
// What the window is made of, and the wires between its fixed parts.
#include "ui/main/mainwindow.h"

#include "core/catalog/catalog.h"
#include "ui/common/statepage.h"
#include "ui/editor/editortab.h"
#include "ui/main/actions.h"
#include "ui/main/dockrail.h"
#include "ui/main/documentarea.h"
#include "ui/main/headerbar.h"
#include "ui/main/notestack.h"
#include "ui/main/paneldocks.h"
#include "ui/main/productionband.h"
#include "ui/main/statusstrip.h"
#include "ui/main/welcomepage.h"
#include "ui/project/projectdock.h"
#include "ui/schema/schemadock.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

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
    m_documents->setNotes(m_notes);
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
    m_rail->addDock(m_projectDock, m_actions->action(u"view.projectDock"_s));
    m_rail->addDock(m_schemaDock, m_actions->action(u"view.schemaDock"_s));
    m_rail->setAllToggle(m_actions->action(u"view.leftDocks"_s));
    connect(m_projectDock, &ProjectDock::databaseChosen, this, &MainWindow::setCurrentDatabase);
    connect(m_projectDock, &ProjectDock::fileChosen, this, &MainWindow::openFile);
    connect(m_projectDock, &ProjectDock::reloadWanted, this, &MainWindow::reloadWanted);
    connect(m_projectDock, &ProjectDock::overviewWanted, this, [this] { openOverview({}); });
    m_projectDock->setMoreActions({m_actions->action(u"project.overview"_s),
                                   m_actions->action(u"project.reload"_s),
                                   m_actions->action(u"project.trust"_s)});
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
                    copyUrl(found->info.url(withPassword), withPassword);
            });
    connect(m_projectDock, &ProjectDock::psqlWanted, this,
            [this, endpoint](const QString &name, core::EndpointRole role) {
                const core::Endpoint *found = endpoint(name, role);
                if (found && m_project->question.state == core::TrustQuestion::State::Trusted)
                    emit psqlWanted(*found);
                else if (found)
                    askTrust();
            });
    m_schemaDock->setObjectActions({.rows = m_actions->action(u"object.rows"_s),
                                    .definition = m_actions->action(u"object.definition"_s),
                                    .relations = m_actions->action(u"object.relations"_s),
                                    .copyName = m_actions->action(u"object.copyName"_s),
                                    .copyDdl = m_actions->action(u"object.copyDdl"_s),
                                    .pin = m_actions->action(u"object.pin"_s)});
    connect(m_schemaDock, &SchemaDock::relationChosen, this, &MainWindow::openRelation);
    connect(m_schemaDock, &SchemaDock::exportWanted, this,
            [this](core::Oid relation) { exportRelation(m_current, relation); });
    connect(m_schemaDock, &SchemaDock::queryWanted, this, [this](core::Oid relation) {
        const core::RelationInfo *found = m_current->catalog()->relation(relation);
        if (found)
            (void)newEditor("select *\nfrom " + m_current->catalog()->displayName(*found).toUtf8()
                            + "\nlimit 100;\n");
    });
}

} // namespace ui

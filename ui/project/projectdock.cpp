// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectdock.h"

#include "ui/common/button.h"
#include "ui/common/docktitle.h"
#include "ui/common/icons.h"
#include "ui/common/menu.h"
#include "ui/common/treedelegate.h"
#include "ui/project/projectmodel.h"

#include <QTreeView>

using namespace Qt::StringLiterals;

namespace ui {

ProjectDock::ProjectDock(QWidget *parent)
    : QDockWidget(tr("Project"), parent)
    , m_model(new ProjectModel(this))
    , m_tree(new QTreeView(this))
{
    setObjectName(u"projectDock"_s);
    setAccessibleName(tr("Project"));
    auto *title = new DockTitle(tr("Project"), this);
    title->setObjectName(u"projectDock.title"_s);
    Button *reload = title->addButton(u"refresh"_s, tr("Read the folder again"));
    reload->setObjectName(u"projectDock.reload"_s);
    connect(reload, &QAbstractButton::clicked, this, &ProjectDock::reloadWanted);
    setTitleBarWidget(title);

    m_tree->setObjectName(u"projectDock.tree"_s);
    m_tree->setAccessibleName(tr("Project"));
    TreeDelegate::dress(m_tree);
    m_tree->setModel(m_model);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_tree, &QTreeView::activated, this, &ProjectDock::activate);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &ProjectDock::showMenu);
    setWidget(TreeDelegate::placed(m_tree));
}

void ProjectDock::setProject(const core::Project &project, const core::DatabaseSet &databases,
                             const QStringList &files)
{
    m_model->setProject(project, databases, files);
    m_tree->expand(m_model->index(0, 0));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex group = m_model->index(row, 0);
        if (group.data(ProjectModel::KindRole).toInt() == int(ProjectModel::Kind::Files))
            m_tree->expand(group);
    }
}

void ProjectDock::clear()
{
    m_model->clear();
}

void ProjectDock::setCurrentDatabase(const QString &name)
{
    m_model->setCurrentDatabase(name);
}

void ProjectDock::activate(const QModelIndex &index)
{
    switch (ProjectModel::Kind(index.data(ProjectModel::KindRole).toInt())) {
    case ProjectModel::Kind::Database:
    case ProjectModel::Kind::Endpoint:
        emit databaseChosen(index.data(ProjectModel::DatabaseRole).toString());
        break;
    case ProjectModel::Kind::File:
        emit fileChosen(index.data(ProjectModel::PathRole).toString());
        break;
    default:
        m_tree->setExpanded(index, !m_tree->isExpanded(index));
    }
}

void ProjectDock::showMenu(const QPoint &at)
{
    const QModelIndex index = m_tree->indexAt(at);
    const auto kind = ProjectModel::Kind(index.data(ProjectModel::KindRole).toInt());
    if (!index.isValid() || kind != ProjectModel::Kind::Endpoint)
        return;
    const QString name = index.data(ProjectModel::DatabaseRole).toString();
    const auto role = core::EndpointRole(index.data(ProjectModel::EndpointRole).toInt());
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"projectDock.menu"_s);
    connect(menu->addAction(icon(u"copy"_s), tr("Copy URL without password")), &QAction::triggered,
            this, [this, name, role] { emit copyUrlWanted(name, role, false); });
    connect(menu->addAction(tr("Copy URL with password")), &QAction::triggered, this,
            [this, name, role] { emit copyUrlWanted(name, role, true); });
    menu->addSeparator();
    connect(menu->addAction(icon(u"terminal"_s), tr("Open psql here")), &QAction::triggered, this,
            [this, name, role] { emit psqlWanted(name, role); });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

} // namespace ui

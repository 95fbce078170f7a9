// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/projectdock.h"

#include "ui/common/button.h"
#include "ui/common/docktitle.h"
#include "ui/common/icons.h"
#include "ui/common/menu.h"
#include "ui/common/treedelegate.h"
#include "ui/project/projectmodel.h"

#include <QAction>
#include <QSet>
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
    Button *fresh = title->addButton(u"add"_s, tr("New saved connection"));
    fresh->setObjectName(u"projectDock.newConnection"_s);
    connect(fresh, &QAbstractButton::clicked, this, &ProjectDock::newConnectionWanted);
    Button *reload = title->addButton(u"refresh"_s, tr("Read the folder again"));
    reload->setObjectName(u"projectDock.reload"_s);
    connect(reload, &QAbstractButton::clicked, this, &ProjectDock::reloadWanted);
    Button *more = title->addButton(u"more"_s, tr("More about the project"));
    more->setObjectName(u"projectDock.more"_s);
    connect(more, &QAbstractButton::clicked, this, [this, more] {
        auto *menu = new Menu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->setObjectName(u"projectDock.moreMenu"_s);
        menu->setAccessibleName(more->accessibleName());
        menu->addActions(m_actions);
        menu->popup(more->mapToGlobal(QPoint(0, more->height() + 2)));
    });
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
    const bool first = m_model->rowCount() == 0;
    const QString current = keyOf(m_tree->currentIndex());
    QSet<QString> expanded;
    forEach([&](const QModelIndex &index) {
        if (m_tree->isExpanded(index))
            expanded.insert(keyOf(index));
    });
    m_model->setProject(project, databases, files);
    // The folder was read again: what a person had chosen and opened stays so.
    forEach([&](const QModelIndex &index) {
        const auto kind = ProjectModel::Kind(index.data(ProjectModel::KindRole).toInt());
        const bool usual = kind == ProjectModel::Kind::Databases
                           || kind == ProjectModel::Kind::Files
                           || kind == ProjectModel::Kind::SavedGroup;
        const QString key = keyOf(index);
        m_tree->setExpanded(index, first ? usual : expanded.contains(key));
        if (!current.isEmpty() && key == current)
            m_tree->setCurrentIndex(index);
    });
}

void ProjectDock::forEach(const std::function<void(const QModelIndex &)> &act) const
{
    const std::function<void(const QModelIndex &)> walk = [&](const QModelIndex &parent) {
        for (int row = 0; row < m_model->rowCount(parent); ++row) {
            const QModelIndex index = m_model->index(row, 0, parent);
            act(index);
            walk(index);
        }
    };
    walk({});
}

/// Names a row across two readings of the folder.
QString ProjectDock::keyOf(const QModelIndex &index)
{
    if (!index.isValid())
        return {};
    const auto kind = ProjectModel::Kind(index.data(ProjectModel::KindRole).toInt());
    QStringList parts{QString::number(int(kind)), index.data(ProjectModel::DatabaseRole).toString(),
                      index.data(ProjectModel::PathRole).toString()};
    if (kind == ProjectModel::Kind::Endpoint)
        parts << QString::number(index.data(ProjectModel::EndpointRole).toInt());
    if (kind == ProjectModel::Kind::Value)
        parts << index.data().toString();
    if (kind == ProjectModel::Kind::Saved)
        parts << index.data(ProjectModel::SavedIdRole).toString();
    return parts.join(QChar(u'\n'));
}

void ProjectDock::setSaved(const std::vector<core::SavedConnection> &saved)
{
    m_model->setSaved(saved);
}

void ProjectDock::clear()
{
    m_model->clear();
}

void ProjectDock::setPoolers(const QString &database, const core::PoolerFindings &findings)
{
    m_model->setPoolers(database, findings);
}

void ProjectDock::setMoreActions(const QList<QAction *> &actions)
{
    m_actions = actions;
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
    case ProjectModel::Kind::Databases:
    case ProjectModel::Kind::Value:
        emit overviewWanted();
        break;
    case ProjectModel::Kind::Saved:
        emit savedChosen(index.data(ProjectModel::SavedIdRole).toString());
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
    const QString savedId = index.data(ProjectModel::SavedIdRole).toString();
    if (index.isValid() && !savedId.isEmpty()) {
        auto *menu = new Menu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->setObjectName(u"projectDock.savedMenu"_s);
        addSavedEntries(menu, savedId);
        menu->popup(m_tree->viewport()->mapToGlobal(at));
        return;
    }
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
    connect(menu->addAction(icon(u"pooled"_s), tr("Find out which pooler answers")),
            &QAction::triggered, this, [this, name, role] { emit poolerWanted(name, role); });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

void ProjectDock::addSavedEntries(Menu *menu, const QString &id)
{
    connect(menu->addAction(icon(u"database"_s), tr("Open")), &QAction::triggered, this,
            [this, id] { emit savedChosen(id); });
    connect(menu->addAction(icon(u"edited"_s), tr("Change…")), &QAction::triggered, this,
            [this, id] { emit editConnectionWanted(id); });
    connect(menu->addAction(icon(u"copy"_s), tr("Duplicate…")), &QAction::triggered, this,
            [this, id] { emit duplicateConnectionWanted(id); });
    menu->addSeparator();
    connect(menu->addAction(icon(u"delete"_s), tr("Delete…")), &QAction::triggered, this,
            [this, id] { emit deleteConnectionWanted(id); });
}

} // namespace ui

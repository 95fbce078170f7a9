// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/poolerfindings.h"
#include "core/connect/savedconnections.h"

#include <QDockWidget>

#include <functional>

class QTreeView;

namespace ui {

class ProjectModel;

// The project as a list: its databases with both endpoints and where each address stands, values
// that were left out, and its SQL files. Reads nothing itself.
class ProjectDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit ProjectDock(QWidget *parent = nullptr);

    // `files` are paths of SQL files, relative to the folder. Called again for the same project,
    // what is chosen and what is open stays so.
    void setProject(const core::Project &project, const core::DatabaseSet &databases,
                    const QStringList &files);
    // Shown by the next setProject().
    void setSaved(const std::vector<core::SavedConnection> &saved);
    void clear();
    // What is known of a database's endpoints.
    void setPoolers(const QString &database, const core::PoolerFindings &findings);
    // The database of the current tab gets the marker.
    void setCurrentDatabase(const QString &name);
    // Of the menu in its title.
    void setMoreActions(const QList<QAction *> &actions);

signals:
    void databaseChosen(const QString &name);
    void fileChosen(const QString &path); // absolute
    void reloadWanted();
    void overviewWanted();
    void savedChosen(const QString &id);
    void newConnectionWanted();
    void editConnectionWanted(const QString &id);
    void duplicateConnectionWanted(const QString &id);
    void deleteConnectionWanted(const QString &id);
    // A menu for the endpoint's address; `name` is the database.
    void copyUrlWanted(const QString &name, core::EndpointRole role, bool withPassword);
    void psqlWanted(const QString &name, core::EndpointRole role);
    void poolerWanted(const QString &name, core::EndpointRole role);

private:
    void activate(const QModelIndex &index);
    void showMenu(const QPoint &at);
    void forEach(const std::function<void(const QModelIndex &)> &act) const;
    [[nodiscard]] static QString keyOf(const QModelIndex &index);
    void addSavedEntries(class Menu *menu, const QString &id);

    ProjectModel *m_model;
    QTreeView *m_tree;
    QList<QAction *> m_actions;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

#include <QDockWidget>

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

    // `files` are paths of SQL files, relative to the folder.
    void setProject(const core::Project &project, const core::DatabaseSet &databases,
                    const QStringList &files);
    void clear();
    // The database of the current tab gets the marker.
    void setCurrentDatabase(const QString &name);

signals:
    void databaseChosen(const QString &name);
    void fileChosen(const QString &path); // absolute
    void reloadWanted();
    // A menu for the endpoint's address; `name` is the database.
    void copyUrlWanted(const QString &name, core::EndpointRole role, bool withPassword);
    void psqlWanted(const QString &name, core::EndpointRole role);

private:
    void activate(const QModelIndex &index);
    void showMenu(const QPoint &at);

    ProjectModel *m_model;
    QTreeView *m_tree;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectkind.h"
#include "core/catalog/opendatabase.h"
#include "core/catalog/treemodel.h"

#include <QDockWidget>
#include <QPointer>

#include <optional>

class QAction;
class QStackedWidget;
class QTreeView;

namespace ui {

class CatalogWatch;
class SearchField;
class StatePage;

// Every object of the current database as a tree with a filter: schemas with tables, views,
// functions … and what belongs to the whole database. What is changed elsewhere is noticed.
// Shows what it knows while the rest is loading, and says why it knows nothing (not trusted, server
// down, no permission, empty database).
class SchemaDock : public QDockWidget
{
    Q_OBJECT

public:
    explicit SchemaDock(QWidget *parent = nullptr);

    // Null: nothing is connected, `why` says why.
    void setDatabase(core::OpenDatabase *database, const QString &why = {});
    // The relation of the current tab gets the marker; Oid{} = none.
    void setCurrentRelation(core::Oid relation);
    // The object under the tree's cursor; a column stands for its table. None for a folder.
    [[nodiscard]] std::optional<core::ObjectId> currentObject() const;
    // Commands of the window about currentObject(), for the context menu of an object.
    void setObjectActions(const QList<QAction *> &actions) { m_objectActions = actions; }

signals:
    // Enter or a double click on a table, view …
    void relationChosen(core::Oid relation);
    // The same on what has no rows: a function, a type, an index …
    void objectChosen(core::ObjectId object);
    void exportWanted(core::Oid relation);
    void queryWanted(core::Oid relation);
    // What does the failure mean that is shown?
    void explainWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showState();
    void catalogArrived();
    void filterChanged(const QString &pattern);
    void activate(const QModelIndex &index);
    void showMenu(const QPoint &at);
    void buildTitle();
    void showTitleMenu(QWidget *below);
    [[nodiscard]] bool hasTree() const;
    void expandMatches();

    QPointer<core::OpenDatabase> m_database;
    core::CatalogTreeModel *m_model;
    CatalogWatch *m_watch;
    SearchField *m_filter;
    QTreeView *m_tree;
    StatePage *m_page;
    QStackedWidget *m_stack;
    QList<QAction *> m_objectActions;
    QString m_why;
    bool m_expanded = false; // the first schema was opened once for this database
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/catalog/treemodel.h"

#include <QDockWidget>
#include <QPointer>

class QStackedWidget;
class QTreeView;

namespace ui {

class SearchField;
class StatePage;

// The schema of the current database as a tree with a filter: schemas, tables, views, columns.
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

signals:
    // Enter or a double click on a table, view …
    void relationChosen(core::Oid relation);
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
    void expandMatches();

    QPointer<core::OpenDatabase> m_database;
    core::CatalogTreeModel *m_model;
    SearchField *m_filter;
    QTreeView *m_tree;
    StatePage *m_page;
    QStackedWidget *m_stack;
    QString m_why;
    bool m_expanded = false; // the first schema was opened once for this database
};

} // namespace ui

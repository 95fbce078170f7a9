// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/objectkind.h"
#include "core/catalog/opendatabase.h"
#include "core/catalog/treemodel.h"

#include <QDockWidget>
#include <QPointer>

#include <optional>

class QAction;
class QMenu;
class QStackedWidget;
class QTreeView;

namespace core {
class RelationSizes;
}

namespace ui {

class CatalogWatch;
class SchemaDelegate;
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
    // Commands of the window about currentObject(), for its context menu; null = not there.
    struct ObjectActions {
        QAction *rows = nullptr;
        QAction *definition = nullptr;
        QAction *relations = nullptr;
        QAction *copyName = nullptr;
        QAction *copyDdl = nullptr;
        QAction *pin = nullptr;
    };

    explicit SchemaDock(QWidget *parent = nullptr);

    // Null: nothing is connected, `why` says why.
    void setDatabase(core::OpenDatabase *database, const QString &why = {});
    // The relation of the current tab gets the marker; Oid{} = none.
    void setCurrentRelation(core::Oid relation);
    // The object under the tree's cursor; a column stands for its table. None for a folder.
    [[nodiscard]] std::optional<core::ObjectId> currentObject() const;
    // As it is written in SQL, of the object under the cursor or of the column; empty for a folder.
    [[nodiscard]] QString currentName() const;
    void setObjectActions(const ObjectActions &actions) { m_objectActions = actions; }
    // In the tree, instead of how many rows there are about; off at first.
    void setSizesShown(bool shown);
    [[nodiscard]] bool sizesShown() const;

signals:
    // Enter or a double click on a table, view …
    void relationChosen(core::Oid relation);
    // The same on what has no rows: a function, a type, an index …
    void objectChosen(core::ObjectId object);
    void exportWanted(core::Oid relation);
    void queryWanted(core::Oid relation);
    // The menu of currentObject() is about to be shown.
    void menuOpening(QMenu *menu);
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
    void fillMenu(QMenu *menu, const QModelIndex &index);
    void buildTitle();
    void showTitleMenu(QWidget *below);
    [[nodiscard]] bool hasTree() const;
    void expandMatches();

    QPointer<core::OpenDatabase> m_database;
    core::CatalogTreeModel *m_model;
    CatalogWatch *m_watch;
    core::RelationSizes *m_sizes;
    SchemaDelegate *m_delegate;
    SearchField *m_filter;
    QTreeView *m_tree;
    StatePage *m_page;
    QStackedWidget *m_stack;
    ObjectActions m_objectActions;
    QString m_why;
    bool m_expanded = false; // the first schema was opened once for this database
};

} // namespace ui

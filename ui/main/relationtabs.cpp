// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/relationtabs.h"

#include "core/catalog/objectinfo.h"
#include "core/catalog/treemodel.h"
#include "ui/common/icons.h"
#include "ui/diagram/relationstab.h"
#include "ui/grid/tabletab.h"
#include "ui/main/actions.h"
#include "ui/main/definitiontabs.h"
#include "ui/main/documentarea.h"
#include "ui/main/mainwindow.h"

#include <QMenu>
#include <QTreeView>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// The schema or relation that is chosen in the tree of the catalog.
struct Chosen {
    QByteArray schema = {};
    core::Oid table = {};
};

Chosen chosenOf(const core::Catalog &catalog, core::Oid oid)
{
    const core::RelationInfo *relation = catalog.relation(oid);
    const core::SchemaInfo *schema = catalog.schema(relation ? relation->schema : oid);
    if (!schema)
        return {};
    return {schema->name.toByteArray(), relation ? oid : core::Oid{}};
}

Chosen chosenInTree(const MainWindow &window, const core::Catalog &catalog)
{
    const auto *tree = window.findChild<QTreeView *>(u"schemaDock.tree"_s);
    const auto *model = tree ? qobject_cast<core::CatalogTreeModel *>(tree->model()) : nullptr;
    if (!model)
        return {};
    // A group or a column belongs to what it stands under.
    for (QModelIndex index = tree->currentIndex(); index.isValid(); index = index.parent()) {
        if (const Chosen found = chosenOf(catalog, model->ref(index).object);
            !found.schema.isEmpty())
            return found;
    }
    return {};
}

QByteArray firstSchema(const core::Catalog &catalog)
{
    QByteArray first;
    for (const core::SchemaInfo &schema : catalog.schemas()) {
        if (schema.name == "public")
            return "public"_ba;
        if (!schema.system && first.isEmpty())
            first = schema.name.toByteArray();
    }
    return first;
}

} // namespace

RelationTabs::RelationTabs(MainWindow &window, std::function<QString()> folder)
    : QObject(&window)
    , m_window(window)
    , m_folder(std::move(folder))
{
    connect(window.actions().action(u"object.relations"_s), &QAction::triggered, this,
            &RelationTabs::openWanted);
    QAction *const print = window.actions().action(u"file.print"_s);
    print->setEnabled(false);
    connect(&window.documents(), &DocumentArea::currentChanged, print, [print](Document *document) {
        print->setEnabled(qobject_cast<RelationsTab *>(document));
    });
    connect(print, &QAction::triggered, this, [this] {
        if (auto *tab = qobject_cast<RelationsTab *>(m_window.documents().current()))
            tab->print();
    });
}

void RelationTabs::openWanted()
{
    core::OpenDatabase *database = m_window.currentDatabase();
    const core::CatalogPtr catalog = database ? database->catalog() : nullptr;
    if (!catalog)
        return;
    const Document *document = m_window.documents().current();
    const auto *table = qobject_cast<const TableTab *>(document);
    const core::Oid inFront = table ? table->relation() : DefinitionTabs::relationOf(document);
    const auto *tree = m_window.findChild<QTreeView *>(u"schemaDock.tree"_s);
    Chosen chosen;
    if (core::isValid(inFront) && !(tree && tree->hasFocus()))
        chosen = chosenOf(*catalog, inFront);
    if (chosen.schema.isEmpty())
        chosen = chosenInTree(m_window, *catalog);
    if (chosen.schema.isEmpty())
        chosen.schema = firstSchema(*catalog);
    if (!chosen.schema.isEmpty())
        open(*database, chosen.schema, chosen.table);
}

void RelationTabs::open(core::OpenDatabase &database, const QByteArray &schema, core::Oid table,
                        bool inFront, int at)
{
    DocumentArea &documents = m_window.documents();
    if (inFront)
        documents.showPage(nullptr);
    if (auto *open =
            qobject_cast<RelationsTab *>(documents.find(RelationsTab::keyOf(database, schema)))) {
        if (core::isValid(table))
            open->setCurrentTable(table);
        if (!inFront)
            return;
        documents.makeCurrent(open);
        return open->setFocus();
    }
    auto *tab = new RelationsTab(database, schema, table, m_folder(), &documents);
    connectTab(tab);
    documents.add(tab, inFront, at);
    if (inFront)
        tab->setFocus();
}

bool RelationTabs::reopen(core::OpenDatabase &database, const QString &key, bool inFront, int at)
{
    const QByteArray schema = RelationsTab::schemaOf(database, key);
    if (schema.isEmpty())
        return false;
    open(database, schema, {}, inFront, at);
    return true;
}

void RelationTabs::connectTab(RelationsTab *tab)
{
    connect(tab, &RelationsTab::rowsWanted, &m_window, [this, tab](core::Oid table) {
        if (tab->database() && tab->database() == m_window.currentDatabase())
            m_window.openRelation(table);
    });
    connect(tab, &RelationsTab::menuOpening, this, [this, tab](QMenu *menu, core::Oid table) {
        // The list's rows lead to other tables than the current one.
        if (table == tab->currentTable())
            return menu->addActions({m_window.actions().action(u"object.definition"_s),
                                     m_window.actions().action(u"object.copyName"_s),
                                     m_window.actions().action(u"object.copyDdl"_s)});
        QAction *const action = menu->addAction(icon(u"columns"_s), tr("Open definition"));
        connect(action, &QAction::triggered, &m_window,
                [this, table] { m_window.openDefinition({core::classCatalog, table}); });
    });
    connect(tab, &RelationsTab::printWanted, m_window.actions().action(u"file.print"_s),
            &QAction::trigger);
    connect(tab, &RelationsTab::said, &m_window, &MainWindow::showMessage);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schemadock.h"

#include "core/browse/relationsizes.h"
#include "core/catalog/relationname.h"
#include "core/doctor/explainer.h"
#include "ui/common/button.h"
#include "ui/common/docktitle.h"
#include "ui/common/icons.h"
#include "ui/common/menu.h"
#include "ui/common/searchfield.h"
#include "ui/common/statepage.h"
#include "ui/schema/catalogwatch.h"
#include "ui/schema/schemadelegate.h"

#include <QKeyEvent>
#include <QLocale>
#include <QStackedWidget>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

SchemaDock::SchemaDock(QWidget *parent)
    : QDockWidget(tr("Schema"), parent)
    , m_model(new core::CatalogTreeModel(this))
    , m_watch(new CatalogWatch(this))
    , m_sizes(new core::RelationSizes(this))
    , m_delegate(new SchemaDelegate(this))
    , m_filter(new SearchField(tr("Filter names"), this))
    , m_tree(new QTreeView(this))
    , m_page(new StatePage(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"schemaDock"_s);
    setAccessibleName(tr("Schema"));
    buildTitle();

    m_filter->setObjectName(u"schemaDock.filter"_s);
    m_filter->setAccessibleName(tr("Filter names"));
    m_filter->installEventFilter(this);
    m_tree->setObjectName(u"schemaDock.tree"_s);
    m_tree->setAccessibleName(tr("Schema"));
    TreeDelegate::dress(m_tree);
    m_tree->setItemDelegate(m_delegate);
    m_tree->setModel(m_model);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_page->setObjectName(u"schemaDock.page"_s);
    m_stack->setObjectName(u"schemaDock.stack"_s);
    m_stack->addWidget(TreeDelegate::placed(m_tree));
    m_stack->addWidget(m_page);

    auto *body = new QWidget(this);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    auto *row = new QVBoxLayout;
    row->setContentsMargins(8, 0, 8, 0);
    row->addWidget(m_filter);
    column->addLayout(row);
    column->addWidget(m_stack, 1);
    setWidget(body);

    connect(m_filter, &QLineEdit::textChanged, this, &SchemaDock::filterChanged);
    connect(m_filter, &SearchField::movedDown, m_tree, [this] {
        m_tree->setFocus();
        if (!m_tree->currentIndex().isValid())
            m_tree->setCurrentIndex(m_model->index(0, 0));
    });
    connect(m_tree, &QTreeView::activated, this, &SchemaDock::activate);
    connect(m_tree, &QWidget::customContextMenuRequested, this, &SchemaDock::showMenu);
    connect(m_page, &StatePage::actionTriggered, this, [this] {
        if (m_database)
            m_database->loadCatalog();
    });
    connect(m_page, &StatePage::secondActionTriggered, this, &SchemaDock::explainWanted);
    connect(m_sizes, &core::RelationSizes::changed, m_tree->viewport(),
            qOverload<>(&QWidget::update));
    showState();
}

void SchemaDock::buildTitle()
{
    auto *title = new DockTitle(tr("Schema"), this);
    title->setObjectName(u"schemaDock.title"_s);
    Button *reload = title->addButton(u"refresh"_s, tr("Reload the schema"));
    reload->setObjectName(u"schemaDock.reload"_s);
    connect(reload, &QAbstractButton::clicked, this, [this] {
        if (m_database)
            m_database->loadCatalog();
    });
    Button *more = title->addButton(u"more"_s, tr("More about the schema"));
    more->setObjectName(u"schemaDock.more"_s);
    connect(more, &QAbstractButton::clicked, this, [this, more] { showTitleMenu(more); });
    setTitleBarWidget(title);
}

void SchemaDock::showTitleMenu(QWidget *below)
{
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"schemaDock.moreMenu"_s);
    QAction *system = menu->addAction(tr("Show the server's own schemas"));
    system->setObjectName(u"schemaDock.system"_s);
    system->setCheckable(true);
    system->setChecked(m_model->systemSchemasShown());
    connect(system, &QAction::toggled, this, [this](bool shown) {
        m_model->setSystemSchemasShown(shown);
        showState();
    });
    QAction *sizes = menu->addAction(tr("Show sizes instead of row counts"));
    sizes->setObjectName(u"schemaDock.sizes"_s);
    sizes->setCheckable(true);
    sizes->setChecked(sizesShown());
    connect(sizes, &QAction::toggled, this, &SchemaDock::setSizesShown);
    menu->addSeparator();
    connect(menu->addAction(tr("Fold all")), &QAction::triggered, m_tree, &QTreeView::collapseAll);
    menu->popup(below->mapToGlobal(QPoint(0, below->height())));
}

void SchemaDock::setDatabase(core::OpenDatabase *database, const QString &why)
{
    m_why = why;
    if (database && m_database == database) {
        showState();
        return;
    }
    if (m_database)
        disconnect(m_database, nullptr, this, nullptr);
    m_database = database;
    m_watch->setDatabase(database);
    m_sizes->setDatabase(database);
    m_expanded = false;
    m_filter->setPlaceholderText(tr("Filter names"));
    m_model->setCatalog(database ? database->catalog() : nullptr);
    if (database) {
        connect(database, &core::OpenDatabase::catalogChanged, this, &SchemaDock::catalogArrived);
        connect(database, &core::OpenDatabase::catalogStateChanged, this, &SchemaDock::showState);
        connect(database, &QObject::destroyed, this, [this] { setDatabase(nullptr, m_why); });
        catalogArrived();
    }
    showState();
}

void SchemaDock::setCurrentRelation(core::Oid relation)
{
    m_delegate->setCurrentRelation(relation);
    m_tree->viewport()->update();
}

std::optional<core::ObjectId> SchemaDock::currentObject() const
{
    return m_model->object(m_tree->currentIndex());
}

QString SchemaDock::currentName() const
{
    const core::TreeRef ref = m_model->ref(m_tree->currentIndex());
    const core::CatalogPtr &catalog = m_model->catalog();
    if (ref.kind == core::TreeRef::Kind::Column)
        return core::writtenName(
            m_tree->currentIndex().data(core::CatalogTreeModel::NameRole).toString().toUtf8());
    const auto id = currentObject();
    const auto object = id && catalog ? catalog->object(*id) : std::nullopt;
    return object ? catalog->displayName(*object) : QString();
}

void SchemaDock::setSizesShown(bool shown)
{
    m_delegate->setSizes(shown ? m_sizes : nullptr);
    m_tree->viewport()->update();
}

bool SchemaDock::sizesShown() const
{
    return m_delegate->showsSizes();
}

/// A database without a schema has roles all the same; that it is empty is what there is to say.
bool SchemaDock::hasTree() const
{
    if (m_model->rowCount() == 0)
        return false;
    const core::TreeRef first = m_model->ref(m_model->index(0, 0));
    return first.kind == core::TreeRef::Kind::Schema || !m_model->filter().isEmpty();
}

void SchemaDock::catalogArrived()
{
    m_model->setCatalog(m_database->catalog());
    m_filter->setPlaceholderText(
        m_model->catalog() ? tr("Filter %1 names").arg(QLocale().toString(m_model->filterMatches()))
                           : tr("Filter names"));
    if (!m_expanded && m_model->rowCount() > 0) {
        m_expanded = true;
        const core::SchemaInfo *shown = m_model->catalog()->schema("public");
        QModelIndex first = m_model->index(0, 0);
        if (shown) {
            core::TreeRef ref;
            ref.kind = core::TreeRef::Kind::Schema;
            ref.object = shown->oid;
            const QModelIndex named = m_model->indexOf(ref);
            first = named.isValid() ? named : first;
        }
        m_tree->expand(first);
        m_tree->expand(m_model->index(0, 0, first));
        m_tree->setCurrentIndex(first);
    }
    showState();
}

void SchemaDock::showState()
{
    m_filter->setEnabled(m_model->catalog() != nullptr);
    if (hasTree()) {
        m_stack->setCurrentWidget(m_tree->parentWidget());
        return;
    }
    m_stack->setCurrentWidget(m_page);
    if (!m_database)
        return m_page->showEmpty(u"schema"_s, tr("No schema to show"), m_why);
    switch (m_database->catalogState()) {
    case core::OpenDatabase::CatalogState::NotLoaded:
    case core::OpenDatabase::CatalogState::Loading:
        m_page->showLoading(tr("Reading the schema"), m_database->database().any().info.host());
        break;
    case core::OpenDatabase::CatalogState::Failed: {
        const core::Error &error = *m_database->catalogError();
        m_page->showFailed(
            error.message,
            QStringList{error.place, core::adviceFor(m_database, error)}.join(u'\n').trimmed());
        m_page->setAction(tr("Try again"));
        m_page->setSecondAction(tr("Explain"));
        break;
    }
    case core::OpenDatabase::CatalogState::Loaded:
        if (!m_filter->text().isEmpty()) {
            m_page->showEmpty(u"filter"_s, tr("No name matches the filter"), m_filter->text());
        } else {
            m_page->showEmpty(u"schema"_s, tr("The database is empty"),
                              tr("There is no table or view yet."));
            m_page->setAction(tr("Look again"));
        }
    }
}

void SchemaDock::filterChanged(const QString &pattern)
{
    m_model->setFilter(pattern);
    if (!pattern.trimmed().isEmpty())
        expandMatches();
    showState();
}

/// So many that the eye can take in; a filter that leaves more is still being typed.
void SchemaDock::expandMatches()
{
    constexpr int mostMatches = 200;
    if (m_model->filterMatches() > mostMatches)
        return;
    QModelIndex first;
    for (int top = 0; top < m_model->rowCount(); ++top) {
        const QModelIndex above = m_model->index(top, 0);
        const bool isFolder = m_model->ref(above).kind == core::TreeRef::Kind::Folder;
        m_tree->expand(above);
        if (isFolder && !first.isValid())
            first = m_model->index(0, 0, above);
        for (int row = 0; row < m_model->rowCount(above); ++row) {
            const QModelIndex below = m_model->index(row, 0, above);
            m_tree->expand(below);
            if (!isFolder && !first.isValid())
                first = m_model->index(0, 0, below);
        }
    }
    if (first.isValid())
        m_tree->setCurrentIndex(first);
}

void SchemaDock::activate(const QModelIndex &index)
{
    const core::TreeRef ref = m_model->ref(index);
    if (ref.kind == core::TreeRef::Kind::Relation || ref.kind == core::TreeRef::Kind::Column)
        emit relationChosen(ref.object);
    else if (ref.kind == core::TreeRef::Kind::Object)
        emit objectChosen(*m_model->object(index));
    else
        m_tree->setExpanded(index, !m_tree->isExpanded(index));
}

bool SchemaDock::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_filter && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_tree->currentIndex().isValid()) {
            activate(m_tree->currentIndex());
            return true;
        }
    }
    return QDockWidget::eventFilter(watched, event);
}

void SchemaDock::showMenu(const QPoint &at)
{
    const QModelIndex index = m_tree->indexAt(at);
    if (!m_model->object(index))
        return;
    m_tree->setCurrentIndex(index);
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"schemaDock.menu"_s);
    fillMenu(menu, index);
    if (menu->isEmpty()) {
        delete menu;
        return;
    }
    emit menuOpening(menu);
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

/// What makes sense for the kind: a part of a table cannot be pinned, a role has no definition that
/// can be written down.
void SchemaDock::fillMenu(QMenu *menu, const QModelIndex &index)
{
    using core::ObjectKind;
    const core::TreeRef ref = m_model->ref(index);
    const auto object = m_model->catalog()->object(*m_model->object(index));
    if (!object)
        return;
    const bool isRelation =
        ref.kind == core::TreeRef::Kind::Relation || ref.kind == core::TreeRef::Kind::Column;
    const bool hasKeys = object->kind == ObjectKind::Table
                         || object->kind == ObjectKind::PartitionedTable
                         || object->kind == ObjectKind::Schema;
    const bool isPart = !isRelation && object->parent.catalog == core::classCatalog;
    const auto add = [menu](QAction *action, bool fits) {
        if (action && fits)
            menu->addAction(action);
    };
    add(m_objectActions.rows, isRelation);
    add(m_objectActions.definition, true);
    add(m_objectActions.relations, hasKeys);
    if (isRelation)
        connect(menu->addAction(icon(u"sql"_s), tr("New query")), &QAction::triggered, this,
                [this, ref] { emit queryWanted(ref.object); });
    menu->addSeparator();
    add(m_objectActions.copyName, true);
    add(m_objectActions.copyDdl, object->kind != ObjectKind::Role);
    add(m_objectActions.pin, !isPart && object->kind != ObjectKind::Schema);
    if (isRelation) {
        menu->addSeparator();
        connect(menu->addAction(icon(u"export"_s), tr("Export…")), &QAction::triggered, this,
                [this, ref] { emit exportWanted(ref.object); });
    }
}

} // namespace ui

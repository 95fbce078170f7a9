// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/schema/schemadock.h"

#include "core/doctor/explainer.h"
#include "ui/common/button.h"
#include "ui/common/docktitle.h"
#include "ui/common/icons.h"
#include "ui/common/menu.h"
#include "ui/common/searchfield.h"
#include "ui/common/statepage.h"
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
    , m_filter(new SearchField(tr("Filter names"), this))
    , m_tree(new QTreeView(this))
    , m_page(new StatePage(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"schemaDock"_s);
    setAccessibleName(tr("Schema"));
    auto *title = new DockTitle(tr("Schema"), this);
    title->setObjectName(u"schemaDock.title"_s);
    Button *reload = title->addButton(u"refresh"_s, tr("Reload the schema"));
    reload->setObjectName(u"schemaDock.reload"_s);
    connect(reload, &QAbstractButton::clicked, this, [this] {
        if (m_database)
            m_database->loadCatalog();
    });
    setTitleBarWidget(title);

    m_filter->setObjectName(u"schemaDock.filter"_s);
    m_filter->setAccessibleName(tr("Filter names"));
    m_filter->installEventFilter(this);
    m_tree->setObjectName(u"schemaDock.tree"_s);
    m_tree->setAccessibleName(tr("Schema"));
    TreeDelegate::dress(m_tree);
    m_tree->setItemDelegate(new SchemaDelegate(m_tree));
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
    showState();
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
    static_cast<SchemaDelegate *>(m_tree->itemDelegate())->setCurrentRelation(relation);
    m_tree->viewport()->update();
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
    const bool hasTree = m_model->rowCount() > 0;
    m_filter->setEnabled(m_model->catalog() != nullptr);
    if (hasTree) {
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
    QModelIndex firstRelation;
    for (int s = 0; s < m_model->rowCount(); ++s) {
        const QModelIndex schema = m_model->index(s, 0);
        m_tree->expand(schema);
        for (int f = 0; f < m_model->rowCount(schema); ++f) {
            const QModelIndex folder = m_model->index(f, 0, schema);
            m_tree->expand(folder);
            if (!firstRelation.isValid())
                firstRelation = m_model->index(0, 0, folder);
        }
    }
    if (firstRelation.isValid())
        m_tree->setCurrentIndex(firstRelation);
}

void SchemaDock::activate(const QModelIndex &index)
{
    const core::TreeRef ref = m_model->ref(index);
    if (ref.kind == core::TreeRef::Kind::Relation || ref.kind == core::TreeRef::Kind::Column)
        emit relationChosen(ref.object);
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
    const core::TreeRef ref = m_model->ref(m_tree->indexAt(at));
    if (ref.kind != core::TreeRef::Kind::Relation)
        return;
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"schemaDock.menu"_s);
    connect(menu->addAction(icon(u"table"_s), tr("Open rows")), &QAction::triggered, this,
            [this, ref] { emit relationChosen(ref.object); });
    connect(menu->addAction(icon(u"sql"_s), tr("New query")), &QAction::triggered, this,
            [this, ref] { emit queryWanted(ref.object); });
    menu->addSeparator();
    connect(menu->addAction(icon(u"export"_s), tr("Export…")), &QAction::triggered, this,
            [this, ref] { emit exportWanted(ref.object); });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

} // namespace ui

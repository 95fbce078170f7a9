// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/objecttab.h"

#include "core/catalog/objectsql.h"
#include "core/ddl/ddl.h"
#include "core/doctor/explainer.h"
#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/note.h"
#include "ui/common/statepage.h"
#include "ui/common/viewbar.h"
#include "ui/object/definitionpane.h"
#include "ui/object/dependentspane.h"
#include "ui/object/factview.h"
#include "ui/object/objectpages.h"
#include "ui/object/objectwords.h"
#include "ui/object/pagetabs.h"
#include "ui/object/samplepage.h"

#include <QAction>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int besideFrom = 820; // wide enough for both sides
constexpr int sideWidth = 376;

} // namespace

ObjectTab::ObjectTab(core::OpenDatabase &database, core::ObjectId object,
                     HighlighterLoader &highlighters, QWidget *parent)
    : Document(parent)
    , m_database(&database)
    , m_object(object)
    , m_bar(new ViewBar(this))
    , m_note(new Note(this))
    , m_pages(new ObjectPages(this))
    , m_definition(new DefinitionPane(highlighters, this))
    , m_dependents(new DependentsPane(this))
    , m_split(new QSplitter(Qt::Horizontal, this))
    , m_right(new QSplitter(Qt::Vertical, this))
    , m_page(new StatePage(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"object"_s);
    nameByCatalog();
    build();
    connectParts();
}

ObjectTab::~ObjectTab() = default;

/// What is known before the server was asked; only relations have a key.
void ObjectTab::nameByCatalog()
{
    const core::CatalogPtr &catalog = m_database->catalog();
    if (!catalog || m_object.catalog != core::classCatalog)
        return;
    const core::RelationInfo *found = catalog->relation(m_object.object);
    if (!found)
        return;
    m_name = QString::fromUtf8(found->name);
    m_whole = catalog->displayName(*found);
    m_key = keyPrefix(*m_database) + m_whole;
}

QString ObjectTab::keyPrefix(const core::OpenDatabase &database)
{
    return u"definition:%1:"_s.arg(database.name());
}

core::Oid ObjectTab::relationOf(const core::OpenDatabase &database, const QString &key)
{
    const QString prefix = keyPrefix(database);
    if (!key.startsWith(prefix) || !database.catalog())
        return {};
    return database.catalog()->resolve(key.mid(prefix.size())).value_or(core::Oid{});
}

void ObjectTab::buildBar()
{
    m_bar->setObjectName(u"object.bar"_s);
    m_bar->setName(m_whole);
    m_rows = m_bar->addButton(u"table"_s, tr("Open rows"));
    m_rows->setObjectName(u"object.openRows"_s);
    m_rows->setKeyHint(QKeySequence(Qt::CTRL | Qt::Key_Return).toString(QKeySequence::NativeText));
    m_rows->setVisible(!m_key.isEmpty());
    m_relations = m_bar->addButton(u"relations"_s, tr("Relations"));
    m_relations->setObjectName(u"object.relations"_s);
    m_relations->hide();
    connect(m_relations, &QAbstractButton::clicked, this,
            [this] { emit relationsWanted(m_object.object); });
    Button *again = m_bar->addIconButton(u"refresh"_s, tr("Refresh"));
    again->setObjectName(u"object.refresh"_s);
    connect(again, &QAbstractButton::clicked, this, &ObjectTab::refresh);
    connect(m_rows, &QAbstractButton::clicked, this, [this] { emit rowsWanted(m_object.object); });
    auto *keys = new QShortcut(Qt::CTRL | Qt::Key_Return, this);
    keys->setContext(Qt::WidgetWithChildrenShortcut);
    connect(keys, &QShortcut::activated, m_rows, [this] {
        if (m_rows->isEnabled() && !m_rows->isHidden())
            m_rows->click();
    });
}

void ObjectTab::build()
{
    buildBar();
    m_note->setObjectName(u"object.note"_s);
    m_note->hide();
    m_page->setObjectName(u"object.state"_s);
    m_stack->setObjectName(u"object.stack"_s);
    m_right->setObjectName(u"object.right"_s);
    m_right->setChildrenCollapsible(false);
    m_right->setHandleWidth(1);
    m_right->addWidget(m_definition);
    m_right->addWidget(m_dependents);
    m_right->setStretchFactor(0, 3);
    m_right->setStretchFactor(1, 2);
    m_split->setObjectName(u"object.split"_s);
    m_split->setChildrenCollapsible(false);
    m_split->setHandleWidth(1);
    m_split->addWidget(m_pages);
    m_split->addWidget(m_right);
    m_split->setStretchFactor(0, 1);
    m_split->setStretchFactor(1, 0);
    m_stack->addWidget(m_split);
    m_stack->addWidget(m_page);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_note);
    column->addWidget(m_stack, 1);
    setFocusTarget(&m_pages->tabs());
    m_page->showLoading(tr("Reading the definition"), tr("Esc cancels"));
    m_stack->setCurrentWidget(m_page);
}

void ObjectTab::connectParts()
{
    connect(m_pages, &ObjectPages::opened, this, &ObjectTab::definitionWanted);
    connect(m_dependents, &DependentsPane::opened, this, &ObjectTab::definitionWanted);
    connect(m_definition, &DefinitionPane::editorWanted, this,
            [this](const QString &ddl) { emit editorWanted(ddl, m_name); });
    connect(m_page, &StatePage::actionTriggered, this, &ObjectTab::refresh);
    connect(m_page, &StatePage::secondActionTriggered, this, [this] {
        if (m_missing)
            emit closeWanted();
        else
            emit explainWanted(m_failure);
    });
    connect(m_database, &core::OpenDatabase::catalogChanged, this, [this] {
        if (!m_detail || !m_database->catalog()->hasDetails())
            return;
        m_stale = true;
        if (isVisible())
            load();
    });
}

QString ObjectTab::title() const
{
    return m_name.isEmpty() ? tr("Definition") : tr("%1: definition").arg(m_name);
}

QString ObjectTab::description() const
{
    return m_whole.isEmpty() ? title() : m_whole;
}

core::ObjectId ObjectTab::chosen() const
{
    const core::ObjectId inPages = m_pages->chosen();
    if (inPages != core::ObjectId{})
        return inPages;
    const FactView &list = m_dependents->view();
    return list.hasFocus() && list.chosen() != core::ObjectId{} ? list.chosen() : m_object;
}

void ObjectTab::showEvent(QShowEvent *event)
{
    if (m_database && (!std::exchange(m_begun, true) || m_stale))
        load();
    Document::showEvent(event);
}

void ObjectTab::load()
{
    const auto session = m_database->connections().session(core::Purpose::Catalog);
    if (!session)
        return showError(session.error());
    m_stale = false;
    const quint64 serial = ++m_serial;
    m_waiting = 3;
    if (!m_detail) {
        m_page->showLoading(tr("Reading the definition"), tr("Esc cancels"));
        m_stack->setCurrentWidget(m_page);
    }
    emit runningChanged();
    core::loadObjectDetail(**session, m_object)
        .then(this, [this, serial](const core::Result<core::ObjectDetail> &detail) {
            if (serial == m_serial)
                detailArrived(detail);
        });
    core::loadObjectDdl(**session, m_object)
        .then(this, [this, serial](const core::Result<QString> &ddl) {
            if (serial != m_serial)
                return;
            m_definition->setDdl(ddl);
            answered();
        });
    core::loadDependents(**session, m_object)
        .then(this, [this, serial](const core::Result<core::Dependents> &dependents) {
            if (serial != m_serial)
                return;
            m_dependents->setDependents(dependents, m_detail ? m_detail->schema : QString());
            answered();
        });
}

void ObjectTab::answered()
{
    if (--m_waiting == 0)
        emit runningChanged();
}

void ObjectTab::detailArrived(const core::Result<core::ObjectDetail> &detail)
{
    answered();
    if (!detail)
        return showError(detail.error());
    const bool first = !m_detail;
    m_detail = *detail;
    m_missing = false;
    m_note->hide();
    if (m_key.isEmpty()) {
        m_name = detail->name;
        m_whole = detail->identity;
    }
    m_bar->setName(m_whole);
    m_bar->setFact(factOf(*detail));
    m_rows->setVisible(core::isRelationWithRows(detail->kind)
                       && m_object.catalog == core::classCatalog);
    m_relations->setVisible(detail->kind == core::ObjectKind::Table
                            || detail->kind == core::ObjectKind::PartitionedTable);
    m_pages->setDetail(*detail);
    if (SamplePage *sample = m_pages->sample(); sample && m_database)
        sample->setRelation(*m_database, m_object.object);
    const bool hadFocus = m_page->isAncestorOf(focusWidget()) || hasFocus();
    m_stack->setCurrentWidget(m_split);
    if (first)
        share();
    if (hadFocus)
        setFocus();
    emit changed();
}

/// What is shown stays, with a note above it; what is gone is gone.
void ObjectTab::showError(const core::Error &error)
{
    if (m_waiting > 0) {
        m_waiting = 0;
        ++m_serial;
        emit runningChanged();
    }
    m_failure = error;
    m_missing = error.id == "object.missing";
    const QString second =
        QStringList{error.place, core::adviceFor(m_database, error)}.join(u'\n').trimmed();
    if (m_missing) {
        const core::ObjectKind kind = m_detail ? m_detail->kind : core::ObjectKind::Table;
        const bool isTable =
            m_object.catalog == core::classCatalog
            && (kind == core::ObjectKind::Table || kind == core::ObjectKind::PartitionedTable);
        m_page->showFailed(
            isTable ? tr("The table is not there any more") : tr("It is not there any more"),
            tr("%1 was dropped, or its name belongs to a new one.").arg(isolated(description())));
        m_page->setAction(tr("Read again"));
        m_page->setSecondAction(tr("Close"));
        m_stack->setCurrentWidget(m_page);
        return;
    }
    if (m_detail) {
        m_note->setMeaning(error.sessionLost ? Meaning::Warning : Meaning::Danger);
        m_note->setSentence(error.message);
        m_note->setSecond(second);
        m_note->clearButtons();
        connect(m_note->addButton(tr("Try again")), &QAbstractButton::clicked, this,
                &ObjectTab::refresh);
        m_note->show();
        return;
    }
    if (error.kind == core::ErrorKind::Cancelled)
        m_page->showEmpty(u"never"_s, tr("Reading was cancelled"), QString());
    else if (error.sessionLost || error.kind == core::ErrorKind::Connection)
        m_page->showLost(error.message, second);
    else
        m_page->showFailed(error.message, second);
    m_page->setAction(tr("Try again"));
    if (error.kind != core::ErrorKind::Cancelled)
        m_page->setSecondAction(tr("Explain"));
    m_stack->setCurrentWidget(m_page);
}

void ObjectTab::refresh()
{
    if (m_database)
        load();
}

/// The answers are read and forgotten; the server gives up on its own after seconds.
void ObjectTab::cancelRunning()
{
    if (m_waiting > 0)
        showError({.kind = core::ErrorKind::Cancelled,
                   .id = "object.cancelled"_ba,
                   .message = tr("Reading the definition was cancelled.")});
}

void ObjectTab::find()
{
    m_pages->find();
}

void ObjectTab::detachDatabase()
{
    ++m_serial;
    m_waiting = 0;
    if (SamplePage *sample = m_pages->sample())
        sample->leaveDatabase();
    m_database = nullptr;
    m_rows->setEnabled(false);
    m_relations->setEnabled(false);
    if (m_detail)
        return;
    m_page->showLost(tr("The database is closed"), isolated(description()));
    m_stack->setCurrentWidget(m_page);
}

/// Of what is no table, the definition is most of it.
void ObjectTab::share()
{
    const bool beside = width() >= grown(besideFrom);
    m_split->setOrientation(beside ? Qt::Horizontal : Qt::Vertical);
    m_right->setOrientation(beside ? Qt::Vertical : Qt::Horizontal);
    const bool wide = m_detail && !core::isRelationWithRows(m_detail->kind);
    const int side = wide ? width() / 2 : grown(sideWidth);
    m_split->setSizes(beside ? QList<int>{width() - side, side}
                             : QList<int>{height() * 3 / 5, height() * 2 / 5});
    m_right->setSizes(beside ? QList<int>{height() * 62 / 100, height() * 38 / 100}
                             : QList<int>{width() * 3 / 5, width() * 2 / 5});
}

void ObjectTab::resizeEvent(QResizeEvent *event)
{
    Document::resizeEvent(event);
    const Qt::Orientation wanted = width() >= grown(besideFrom) ? Qt::Horizontal : Qt::Vertical;
    if (m_split->orientation() != wanted)
        share();
}

} // namespace ui

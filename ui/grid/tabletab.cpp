// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/tabletab.h"

#include "core/doctor/explainer.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/kindicon.h"
#include "ui/common/note.h"
#include "ui/common/statepage.h"
#include "ui/common/viewbar.h"
#include "ui/grid/columnfacts.h"
#include "ui/grid/findbar.h"
#include "ui/grid/gridfooter.h"
#include "ui/grid/gridview.h"

#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr quint32 timestamptzType = 1184;
constexpr quint32 timetzType = 1266;
constexpr core::RowRange firstRows{0, 60};

} // namespace

TableTab::TableTab(core::OpenDatabase &database, core::Oid relation, QWidget *parent)
    : Document(parent)
    , m_database(&database)
    , m_catalog(database.catalog())
    , m_relation(relation)
    , m_bar(new ViewBar(this))
    , m_note(new Note(this))
    , m_grid(new GridView(this))
    , m_page(new StatePage(this))
    , m_stack(new QStackedWidget(this))
{
    const core::RelationInfo *found = m_catalog->relation(relation);
    Q_ASSERT_X(found, "TableTab", "the caller looked the relation up in the same catalog");
    m_title = QString::fromUtf8(found->name);
    m_name = m_catalog->displayName(*found);
    m_key = keyOf(database, *found);
    m_iconName = kindIcon(found->kind);
    build();
    connect(&database, &core::OpenDatabase::catalogChanged, this, &TableTab::catalogChanged);
}

TableTab::~TableTab()
{
    m_grid->setSource(nullptr);
}

QString TableTab::keyOf(const core::OpenDatabase &database, const core::RelationInfo &relation)
{
    return keyPrefix(database) + database.catalog()->displayName(relation);
}

QString TableTab::keyPrefix(const core::OpenDatabase &database)
{
    return u"table:%1:"_s.arg(database.name());
}

core::Oid TableTab::relationOf(const core::OpenDatabase &database, const QString &key)
{
    const QString prefix = keyPrefix(database);
    if (!key.startsWith(prefix) || !database.catalog())
        return {};
    return database.catalog()->resolve(key.mid(prefix.size())).value_or(core::Oid{});
}

void TableTab::build()
{
    m_bar->setObjectName(u"table.bar"_s);
    m_bar->setName(m_name);
    Button *exportButton = m_bar->addButton(u"export"_s, tr("Export…"));
    exportButton->setObjectName(u"table.export"_s);
    connect(exportButton, &QAbstractButton::clicked, this, &TableTab::exportWanted);
    Button *refreshButton = m_bar->addIconButton(u"refresh"_s, tr("Refresh"));
    refreshButton->setObjectName(u"table.refresh"_s);
    connect(refreshButton, &QAbstractButton::clicked, this, &TableTab::refresh);
    m_note->setObjectName(u"table.note"_s);
    m_note->hide();
    m_grid->setObjectName(u"grid.view"_s);
    m_grid->setAccessibleName(tr("Rows of %1").arg(m_name));
    m_page->setObjectName(u"table.page"_s);
    m_stack->setObjectName(u"table.stack"_s);
    m_finder = new FindBar(*m_grid, this);
    m_footer = new GridFooter(*m_grid, this);
    m_stack->addWidget(m_grid);
    m_stack->addWidget(m_page);
    auto *rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addWidget(m_bar);
    rows->addWidget(m_finder);
    rows->addWidget(m_note);
    rows->addWidget(m_stack, 1);
    rows->addWidget(m_footer);
    setFocusTarget(m_grid);
    connect(m_page, &StatePage::actionTriggered, this, &TableTab::refresh);
    connect(m_page, &StatePage::secondActionTriggered, this,
            [this] { emit explainWanted(m_failure); });
    connect(m_grid, &GridView::currentCellChanged, this,
            [this](qint64 row, int cell) { emit cellChosen(m_source.get(), row, cell); });
    connect(m_grid, &GridView::referenceActivated, this, [this](qint64, int cell) {
        const core::Column &column = m_source->columns()[std::size_t(cell)];
        if (const auto *key =
                foreignKeyOf(*m_catalog, *m_catalog->relation(m_relation), column.tableColumn))
            emit relationWanted(key->target);
    });
    connect(m_footer, &GridFooter::countWanted, this, &TableTab::countExactly);
}

void TableTab::showEvent(QShowEvent *event)
{
    if (!std::exchange(m_begun, true) && m_database)
        open();
    Document::showEvent(event);
}

void TableTab::open()
{
    const auto session = m_database->connections().session(core::Purpose::Browse);
    if (!session)
        return showError(session.error());
    m_opened.start();
    m_page->showLoading(tr("Reading rows"), tr("Esc cancels"));
    m_stack->setCurrentWidget(m_page);
    if (m_catalog->hasDetails())
        return read(**session);
    // Of a catalog that is still being loaded only the names are here; columns and keys of one
    // relation are a round trip away.
    const core::RelationInfo &relation = *m_catalog->relation(m_relation);
    core::loadRelationCatalog(**session, m_relation,
                              m_catalog->schema(relation.schema)->name.toByteArray(),
                              relation.name.toByteArray())
        .then(this, [this, session = *session](const core::Result<core::CatalogPtr> &found) {
            if (!m_database)
                return;
            if (!found)
                return showError(found.error());
            // The whole catalog may have come meanwhile; it knows more.
            if (!m_catalog->hasDetails() && (*found)->relation(m_relation))
                m_catalog = *found;
            read(*session);
        });
}

void TableTab::read(core::SessionThread &session)
{
    m_grid->setSource(nullptr);
    m_source = core::openTable(session, m_catalog, m_relation);
    connect(m_source.get(), &core::RowSource::columnsKnown, this, &TableTab::showColumns);
    connect(m_source.get(), &core::RowSource::rowsArrived, this, &TableTab::rowsArrived);
    connect(m_source.get(), &core::RowSource::countChanged, this, &TableTab::showState);
    connect(m_source.get(), &core::RowSource::failed, this, &TableTab::showError);
    connect(m_source.get(), &core::TableSource::countFinished, this, &TableTab::countEnded);
    connect(m_source.get(), &core::RowSource::busyChanged, this, [this](bool busy) {
        m_busy = busy;
        showState();
        emit runningChanged();
    });
    m_grid->setSource(m_source.get());
    m_source->want(
        firstRows); // the grid itself asks only once it is shown, which is when rows are here
}

/// The whole catalog knows more of the columns than what the tab was opened with: where keys lead.
void TableTab::catalogChanged()
{
    const core::CatalogPtr catalog = m_database->catalog();
    if (!catalog->hasDetails() || !catalog->relation(m_relation))
        return;
    m_catalog = catalog;
    if (m_source && !m_source->columns().empty())
        showColumns();
}

void TableTab::showColumns()
{
    const core::RelationInfo &relation = *m_catalog->relation(m_relation);
    const core::ConstraintInfo *primary = m_catalog->primaryKeyOf(relation);
    const QString zone = QString::fromUtf8(m_database->serverInfo().timeZone);
    std::vector<ColumnFacts> facts;
    for (const core::Column &column : m_source->columns()) {
        ColumnFacts fact;
        const auto isKey = [&](const core::ConstraintInfo &key) {
            return std::ranges::find(key.columns, column.tableColumn) != key.columns.end();
        };
        fact.primaryKey = primary && isKey(*primary);
        if (const auto *key = foreignKeyOf(*m_catalog, relation, column.tableColumn)) {
            if (const core::RelationInfo *target = m_catalog->relation(key->target))
                fact.references = QString::fromUtf8(target->name);
        }
        if (column.type == core::Oid(timestamptzType) || column.type == core::Oid(timetzType))
            fact.typeNote = zone;
        if (m_source->strategy() == core::TableSource::Strategy::Key && primary
            && !primary->columns.empty() && primary->columns.front() == column.tableColumn)
            fact.sort = ColumnFacts::Sort::Ascending;
        facts.push_back(std::move(fact));
    }
    m_grid->setColumnFacts(std::move(facts));
    QString order = m_source->orderText();
    if (const QStringList hidden = m_source->unreadableColumns(); !hidden.isEmpty())
        order += u", "_s + tr("no permission for %1").arg(hidden.join(u", "_s));
    m_bar->setFact(order);
}

bool TableTab::hasRows() const
{
    return m_arrived && !m_busy;
}

void TableTab::rowsArrived()
{
    if (!std::exchange(m_arrived, true)) {
        m_footer->setTiming(
            tr("First rows in %1")
                .arg(formatDuration(std::chrono::milliseconds(m_opened.elapsed()))));
    }
    m_note->hide();
    showState();
}

void TableTab::showState()
{
    const core::RowCount count = m_source->rowCount();
    const bool empty = count.kind == core::RowCount::Kind::Exact && count.rows == 0;
    if (empty && !m_busy) {
        m_arrived = true;
        m_page->showEmpty(u"table"_s, tr("%1 has no rows").arg(isolated(m_name)),
                          tr("Nothing was inserted yet, or it was deleted again."));
        m_page->setAction(tr("Look again"));
        m_stack->setCurrentWidget(m_page);
    } else if (m_arrived) {
        m_stack->setCurrentWidget(m_grid);
    }
}

/// Rows that are here stay; the note says what could not be read.
void TableTab::showError(const core::Error &error)
{
    m_busy = false;
    if (error.kind == core::ErrorKind::Cancelled && m_arrived)
        return;
    const QString second =
        QStringList{error.place, core::adviceFor(m_database, error)}.join(u'\n').trimmed();
    m_failure = error;
    if (m_arrived) {
        m_note->setMeaning(error.sessionLost ? Meaning::Warning : Meaning::Danger);
        m_note->setSentence(error.message);
        m_note->setSecond(second);
        m_note->clearButtons();
        connect(m_note->addButton(tr("Try again")), &QAbstractButton::clicked, this,
                &TableTab::refresh);
        connect(m_note->addButton(tr("Explain")), &QAbstractButton::clicked, this,
                [this, error] { emit explainWanted(error); });
        m_note->show();
    } else {
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
    emit runningChanged();
}

bool TableTab::isRunning() const
{
    return m_busy || (m_source && m_source->isCounting());
}

void TableTab::cancelRunning()
{
    if (m_grid->cancelCopy() || !m_source)
        return;
    if (m_source->isCounting())
        m_source->cancelCount();
    else
        m_source->cancel();
}

void TableTab::refresh()
{
    m_note->hide();
    if (!m_source) {
        if (m_database)
            open();
        return;
    }
    if (!m_arrived) {
        m_page->showLoading(tr("Reading rows"), tr("Esc cancels"));
        m_stack->setCurrentWidget(m_page);
    }
    m_source->refresh();
    m_source->want(m_arrived ? m_grid->visibleRows() : firstRows);
}

void TableTab::detachDatabase()
{
    m_grid->setSource(nullptr);
    m_source.reset();
    m_database = nullptr;
}

void TableTab::countExactly()
{
    if (!m_source || m_source->isCounting())
        return;
    m_source->countExactly();
    m_footer->setCounting(true);
    emit runningChanged();
}

void TableTab::countEnded(const core::Result<qint64> &outcome)
{
    m_footer->setCounting(false);
    if (!outcome && outcome.error().kind != core::ErrorKind::Cancelled)
        showError(outcome.error());
    emit runningChanged();
}

void TableTab::find()
{
    m_finder->open();
}

void TableTab::findNext()
{
    m_finder->findNext();
}

void TableTab::findPrevious()
{
    m_finder->findPrevious();
}

void TableTab::announceCell()
{
    const bool chosen = m_source && m_grid->hasCurrent();
    emit cellChosen(chosen ? m_source.get() : nullptr, chosen ? m_grid->currentRow() : 0,
                    chosen ? m_grid->currentColumn() : 0);
}

void TableTab::jump()
{
    m_footer->openJump();
}

} // namespace ui

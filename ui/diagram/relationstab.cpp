// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/relationstab.h"

#include "core/base/worker.h"
#include "core/diagram/dot.h"
#include "core/doctor/explainer.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/common/statepage.h"
#include "ui/common/viewbar.h"
#include "ui/diagram/diagramcanvas.h"
#include "ui/diagram/diagramfindbar.h"
#include "ui/diagram/diagramlegend.h"
#include "ui/diagram/relationslist.h"
#include "ui/diagram/tablechooser.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr std::chrono::milliseconds mostForDot{3'000}; // then our own order has to do

} // namespace

RelationsTab::RelationsTab(core::OpenDatabase &database, const QByteArray &schema, core::Oid table,
                           const QString &folder, QWidget *parent)
    : Document(parent)
    , m_database(&database)
    , m_schema(schema)
    , m_databaseName(database.name())
    , m_key(keyOf(database, schema))
    , m_table(table)
    , m_store(folder)
    , m_bar(new ViewBar(this))
    , m_canvas(new DiagramCanvas(this))
    , m_legend(new DiagramLegend(this))
    , m_list(new RelationsList(this))
    , m_page(new StatePage(this))
    , m_drawing(new QWidget(this))
    , m_stack(new QStackedWidget(this))
{
    setObjectName(u"relations"_s);
    m_writer.setMaxThreadCount(1);
    m_single = core::isValid(table);
    build();
    connectParts();
    connect(&database, &core::OpenDatabase::catalogChanged, this, &RelationsTab::catalogChanged);
    connect(&database, &core::OpenDatabase::catalogStateChanged, this, &RelationsTab::showState);
    showState();
}

RelationsTab::~RelationsTab()
{
    stopLayout();
    m_writer.waitForDone();
}

QString RelationsTab::keyOf(const core::OpenDatabase &database, const QByteArray &schema)
{
    return u"relations:%1:%2"_s.arg(database.name(), QString::fromUtf8(schema));
}

QByteArray RelationsTab::schemaOf(const core::OpenDatabase &database, const QString &key)
{
    const QString prefix = keyOf(database, {});
    return key.startsWith(prefix) ? key.sliced(prefix.size()).toUtf8() : QByteArray();
}

QString RelationsTab::title() const
{
    return m_schema == "public" ? tr("Relations")
                                : tr("Relations in %1").arg(oneLine(QString::fromUtf8(m_schema)));
}

QString RelationsTab::description() const
{
    return tr("Relations in %1 of %2")
        .arg(isolated(QString::fromUtf8(m_schema)), isolated(m_databaseName));
}

void RelationsTab::build()
{
    m_canvas->setObjectName(u"relations.canvas"_s);
    m_canvas->setAccessibleName(tr("Tables and their foreign keys"));
    m_list->setObjectName(u"relations.list"_s);
    m_page->setObjectName(u"relations.page"_s);
    m_drawing->setObjectName(u"relations.drawing"_s);
    m_stack->setObjectName(u"relations.stack"_s);
    m_legend->setHint(tr("Arrows move between tables, Enter opens rows, F4 opens the definition"));
    auto *drawing = new QVBoxLayout(m_drawing);
    drawing->setContentsMargins(0, 0, 0, 0);
    drawing->setSpacing(0);
    drawing->addWidget(m_canvas, 1);
    drawing->addWidget(m_legend);
    m_stack->addWidget(m_drawing);
    m_stack->addWidget(m_list);
    m_stack->addWidget(m_page);
    m_finder = new DiagramFindBar(*m_canvas, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addWidget(m_finder);
    column->addWidget(m_stack, 1);
    buildBar();
    setFocusTarget(m_canvas);
}

void RelationsTab::buildBar()
{
    m_bar->setObjectName(u"relations.bar"_s);
    m_bar->setName(tr("Relations"));
    m_mode = new SegmentedControl({tr("Diagram"), tr("List")}, this);
    m_mode->setObjectName(u"relations.mode"_s);
    m_mode->setAccessibleName(tr("How to show them"));
    m_bar->addWidget(m_mode);
    m_bar->addSeparator();
    Button *smaller = m_bar->addIconButton(u"zoom-out"_s, tr("Smaller"));
    smaller->setObjectName(u"relations.smaller"_s);
    m_percent = m_bar->addButton(QString(), tr("%1 %").arg(100));
    m_percent->setObjectName(u"relations.percent"_s);
    Button *larger = m_bar->addIconButton(u"zoom-in"_s, tr("Larger"));
    larger->setObjectName(u"relations.larger"_s);
    Button *fit = m_bar->addButton(u"fit"_s, tr("Fit"));
    fit->setObjectName(u"relations.fit"_s);
    connect(smaller, &QAbstractButton::clicked, m_canvas, [this] { m_canvas->zoomBy(-1); });
    connect(larger, &QAbstractButton::clicked, m_canvas, [this] { m_canvas->zoomBy(1); });
    connect(m_percent, &QAbstractButton::clicked, m_canvas, [this] { m_canvas->setZoom(1); });
    connect(fit, &QAbstractButton::clicked, m_canvas, &DiagramCanvas::fit);
    m_forDrawing = {smaller, m_percent, larger, fit};
    m_bar->addSeparator();
    Button *tables = m_bar->addButton(u"filter"_s, tr("Tables…"));
    tables->setObjectName(u"relations.tables"_s);
    connect(tables, &QAbstractButton::clicked, this, &RelationsTab::chooseTables);
    buildExport();
}

void RelationsTab::connectParts()
{
    connect(m_mode, &SegmentedControl::currentChanged, this, &RelationsTab::showState);
    connect(m_canvas, &DiagramCanvas::zoomChanged, this,
            [this](double zoom) { m_percent->setText(tr("%1 %").arg(qRound(zoom * 100))); });
    connect(m_canvas, &DiagramCanvas::currentChanged, this, [this](int table) {
        tableChosen(table < 0 ? core::Oid{} : m_graph.tables[std::size_t(table)].relation);
    });
    connect(m_canvas, &DiagramCanvas::activated, this,
            [this](int table) { emit rowsWanted(m_graph.tables[std::size_t(table)].relation); });
    connect(m_canvas, &DiagramCanvas::cardMoved, this, &RelationsTab::cardMoved);
    connect(m_canvas, &DiagramCanvas::menuWanted, this, [this](int table, const QPoint &at) {
        showMenu(m_graph.tables[std::size_t(table)].relation, at);
    });
    connect(m_list, &RelationsList::currentTableChanged, this, &RelationsTab::tableChosen);
    connect(m_list, &RelationsList::rowsWanted, this, &RelationsTab::rowsWanted);
    connect(m_list, &RelationsList::menuWanted, this, &RelationsTab::showMenu);
    connect(m_page, &StatePage::actionTriggered, this, [this] {
        if (m_page->state() == StatePage::State::Empty && m_catalog && m_catalog->schema(m_schema)
            && wantedTables().empty())
            chooseTables();
        else
            refresh();
    });
}

void RelationsTab::showEvent(QShowEvent *event)
{
    Document::showEvent(event);
    if (!std::exchange(m_read, true)) {
        // What a person left; where it cannot be read, all is drawn as if for the first time.
        m_places = m_store.read(m_databaseName, QString::fromUtf8(m_schema))
                       .value_or(core::DiagramPlaces{});
        catalogChanged();
    }
}

void RelationsTab::hideEvent(QHideEvent *event)
{
    Document::hideEvent(event);
    m_writer.waitForDone();
}

void RelationsTab::changeEvent(QEvent *event)
{
    Document::changeEvent(event);
    const bool font =
        event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange;
    if (!font || !m_shown || !m_catalog)
        return;
    m_canvas->takeFont();
    layOut();
}

void RelationsTab::catalogChanged()
{
    if (!m_read || !m_database)
        return;
    const core::CatalogPtr newest = m_database->catalog();
    if (newest && newest->hasDetails()) {
        m_catalog = newest;
        layOut();
    }
    showState();
}

std::vector<core::Oid> RelationsTab::wantedTables() const
{
    const core::SchemaInfo *schema = m_catalog ? m_catalog->schema(m_schema) : nullptr;
    if (!schema)
        return {};
    const std::vector<core::Oid> own = core::diagramTables(*m_catalog, *schema);
    std::vector<core::Oid> all = core::withForeignNeighbours(*m_catalog, own);
    if (m_places.shown) {
        std::erase_if(all, [this](core::Oid table) {
            return table != m_table
                   && !m_places.shown->contains(
                       m_catalog->displayName(*m_catalog->relation(table)));
        });
        return all.size() > 4 * mostTables ? std::vector<core::Oid>{} : all;
    }
    if (all.size() <= mostTables)
        return all;
    if (own.size() <= mostTables)
        return own;
    return m_single && m_catalog->relation(m_table) ? core::neighbourhood(*m_catalog, m_table)
                                                    : std::vector<core::Oid>{};
}

/// Ends what works for a drawing that nobody waits for.
void RelationsTab::stopLayout()
{
    if (m_stopped)
        m_stopped->store(true);
}

/// On a worker: hundreds of tables take longer than a window may stand still.
void RelationsTab::layOut()
{
    const core::DiagramGraph graph = core::diagramGraph(*m_catalog, wantedTables());
    const core::DiagramMetrics metrics = m_canvas->metrics();
    m_laying = true;
    stopLayout();
    m_stopped = std::make_shared<std::atomic_bool>(false);
    core::runOnWorker([graph, metrics, stopped = m_stopped] {
        return core::layOut(graph, metrics, [&stopped](const QByteArray &text) {
            return core::runDot(core::dotProgram(), text, mostForDot,
                                [&stopped] { return stopped->load(); });
        });
    }).then(this, [this, graph, run = ++m_run](const core::DiagramLayout &layout) {
        if (run == m_run)
            show(graph, layout);
    });
}

std::vector<std::pair<int, QPointF>> RelationsTab::movedCards(const core::DiagramGraph &graph) const
{
    std::vector<std::pair<int, QPointF>> moved;
    for (int i = 0; i < int(graph.tables.size()); ++i) {
        const auto place = m_places.cards.constFind(graph.tables[std::size_t(i)].qualifiedName);
        if (place != m_places.cards.constEnd())
            moved.emplace_back(i, *place);
    }
    return moved;
}

void RelationsTab::show(const core::DiagramGraph &graph, const core::DiagramLayout &layout)
{
    m_laying = false;
    m_graph = graph;
    m_layout = layout;
    const core::Oid wanted = m_table;
    m_canvas->setDiagram(graph, core::moved(graph, m_canvas->metrics(), layout, movedCards(graph)));
    m_list->setRelations(*m_catalog, graph);
    m_shown = true;
    showState();
    if (!std::exchange(m_fitted, true)) {
        // Read from what was asked for, in the middle of what shares keys with it.
        const auto found = std::ranges::find(graph.tables, wanted, &core::DiagramTable::relation);
        const int first = graph.tables.empty()          ? -1
                          : found == graph.tables.end() ? 0
                                                        : int(found - graph.tables.begin());
        m_canvas->setCurrent(first);
        if (first >= 0)
            m_canvas->centreOn(m_canvas->layout().cards[std::size_t(first)].center());
    } else {
        setCurrentTable(wanted);
    }
    m_list->setCurrentTable(m_table);
    m_finder->searchAgain();
}

void RelationsTab::setCurrentTable(core::Oid table)
{
    const auto found = std::ranges::find(m_graph.tables, table, &core::DiagramTable::relation);
    if (found == m_graph.tables.end()) {
        m_table = table; // of a drawing that is still to come
        if (core::isValid(table) && m_catalog && m_places.shown)
            layOut();
        return;
    }
    m_canvas->setCurrent(int(found - m_graph.tables.begin()));
    m_list->setCurrentTable(table);
}

/// Drawing and list have the same current table.
void RelationsTab::tableChosen(core::Oid table)
{
    if (std::exchange(m_table, table) == table)
        return;
    m_list->setCurrentTable(table);
    const auto found = std::ranges::find(m_graph.tables, table, &core::DiagramTable::relation);
    m_canvas->setCurrent(found == m_graph.tables.end() ? -1 : int(found - m_graph.tables.begin()));
    emit currentTableChanged(table);
}

void RelationsTab::showList(bool list)
{
    m_mode->setCurrent(list ? 1 : 0);
}

void RelationsTab::detachDatabase()
{
    ++m_run; // nothing is awaited any more
    stopLayout();
    m_laying = false;
    m_database = nullptr;
    showState();
}

void RelationsTab::refresh()
{
    if (m_database)
        m_database->loadCatalog();
}

void RelationsTab::find()
{
    m_mode->setCurrent(0);
    m_finder->open();
}

void RelationsTab::findNext()
{
    m_mode->setCurrent(0);
    m_finder->next(false);
}

void RelationsTab::findPrevious()
{
    m_mode->setCurrent(0);
    m_finder->next(true);
}

} // namespace ui

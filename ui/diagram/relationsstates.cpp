// SPDX-License-Identifier: GPL-3.0-or-later
// What the tab shows where there is nothing to draw, and what a person changes on what is drawn.
#include "ui/diagram/relationstab.h"

#include "core/base/atomicfile.h"
#include "core/base/worker.h"
#include "core/doctor/explainer.h"
#include "ui/common/button.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/menu.h"
#include "ui/common/segmentedcontrol.h"
#include "ui/common/statepage.h"
#include "ui/common/viewbar.h"
#include "ui/diagram/diagramcanvas.h"
#include "ui/diagram/printing.h"
#include "ui/diagram/relationslist.h"
#include "ui/diagram/tablechooser.h"

#include <QDir>
#include <QFileDialog>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace ui {

void RelationsTab::showState()
{
    const bool list = m_mode->current() == 1;
    for (Button *button : m_forDrawing)
        button->setEnabled(!list && m_shown && !m_graph.tables.empty());
    const QString name = isolated(QString::fromUtf8(m_schema));
    showFact();
    if (m_shown && !m_graph.tables.empty()) {
        m_stack->setCurrentWidget(list ? static_cast<QWidget *>(m_list) : m_drawing);
        setFocusTarget(list ? static_cast<QWidget *>(m_list) : m_canvas);
        return;
    }
    m_stack->setCurrentWidget(m_page);
    if (!m_database)
        return m_page->showLost(tr("The database is closed"), isolated(m_databaseName));
    if (!m_catalog && m_database->catalogState() == core::OpenDatabase::CatalogState::Failed) {
        const core::Error &error = *m_database->catalogError();
        m_page->showFailed(
            error.message,
            QStringList{error.place, core::adviceFor(m_database, error)}.join(u'\n').trimmed());
        return m_page->setAction(tr("Try again"));
    }
    if (!m_catalog || m_laying)
        return m_page->showLoading(tr("Reading foreign keys"), name);
    const core::SchemaInfo *schema = m_catalog->schema(m_schema);
    if (!schema) {
        m_page->showEmpty(u"relations"_s, tr("The schema is not there any more"), name);
        return m_page->setAction(tr("Look again"));
    }
    const int count = int(core::diagramTables(*m_catalog, *schema).size());
    if (count == 0) {
        m_page->showEmpty(u"relations"_s, tr("%1 has no tables").arg(name),
                          tr("Views and sequences have no foreign keys."));
        return m_page->setAction(tr("Look again"));
    }
    m_page->showEmpty(u"relations"_s, tr("%n tables are too many to read", nullptr, count),
                      tr("Choose which of them to draw."));
    m_page->setAction(tr("Choose tables…"));
}

/// "12 of 14 tables in public, 11 foreign keys".
void RelationsTab::showFact()
{
    const core::SchemaInfo *schema = m_catalog ? m_catalog->schema(m_schema) : nullptr;
    if (!m_shown || !schema)
        return m_bar->setFact({});
    const auto own = std::ranges::count(m_graph.tables, schema->oid, &core::DiagramTable::schema);
    const qsizetype others = qsizetype(m_graph.tables.size()) - own;
    const auto all = qint64(core::diagramTables(*m_catalog, *schema).size());
    QStringList parts{tr("%1 of %n tables in %2", nullptr, int(all))
                          .arg(formatCount(own), isolated(QString::fromUtf8(m_schema)))};
    if (others > 0)
        parts << tr("%1 in others").arg(formatCount(others));
    if (m_catalog->refused().contains("pg_constraint"_ba))
        parts << tr("no permission to read foreign keys");
    else if (m_graph.keys.empty())
        parts << tr("no foreign keys");
    else
        parts << tr("%n foreign keys", nullptr, int(m_graph.keys.size()));
    m_bar->setFact(parts.join(u", "_s));
}

void RelationsTab::chooseTables()
{
    const core::SchemaInfo *schema = m_catalog ? m_catalog->schema(m_schema) : nullptr;
    if (!schema)
        return;
    QSet<core::Oid> shown;
    for (const core::DiagramTable &table : m_graph.tables)
        shown << table.relation;
    std::vector<TableChooser::Choice> choices;
    const std::vector<core::Oid> own = core::diagramTables(*m_catalog, *schema);
    for (const core::Oid table : core::withForeignNeighbours(*m_catalog, own)) {
        const core::RelationInfo &relation = *m_catalog->relation(table);
        const core::TableRelations relations = core::relationsOf(*m_catalog, relation);
        choices.push_back({.table = core::number(table),
                           .name = m_catalog->displayName(relation),
                           .keys = int(relations.references.size() + relations.referencedBy.size()),
                           .shown = shown.contains(table)});
    }
    auto *chooser = new TableChooser(this, choices,
                                     tr("The choice is kept for this project, not in its folder."));
    connect(chooser, &Sheet::accepted, this, [this, chooser] { tablesChosen(chooser->chosen()); });
    chooser->open();
}

void RelationsTab::tablesChosen(const QSet<quint32> &tables)
{
    const core::SchemaInfo *schema = m_catalog ? m_catalog->schema(m_schema) : nullptr;
    if (!schema || tables.isEmpty())
        return;
    const std::vector<core::Oid> all =
        core::withForeignNeighbours(*m_catalog, core::diagramTables(*m_catalog, *schema));
    m_places.shown.emplace();
    for (const core::Oid table : all) {
        if (tables.contains(core::number(table)))
            m_places.shown->append(m_catalog->displayName(*m_catalog->relation(table)));
    }
    // All of them is no choice: tables that come later are drawn too.
    if (m_places.shown->size() == qsizetype(all.size()) && all.size() <= mostTables)
        m_places.shown.reset();
    if (!tables.contains(core::number(m_table)))
        m_table = {};
    keep();
    layOut();
}

void RelationsTab::cardMoved(int table, const QPointF &place)
{
    m_places.cards.insert(m_graph.tables[std::size_t(table)].qualifiedName, place);
    m_canvas->setDiagram(m_graph,
                         core::moved(m_graph, m_canvas->metrics(), m_layout, movedCards(m_graph)));
    keep();
}

void RelationsTab::arrangeAnew()
{
    m_places.cards.clear();
    m_canvas->setDiagram(m_graph, m_layout);
    keep();
}

void RelationsTab::keep()
{
    core::runOnWorker(m_writer, [store = m_store, places = m_places, database = m_databaseName,
                                 schema = QString::fromUtf8(m_schema)] {
        return store.write(database, schema, places);
    }).then(this, [this](const core::Result<> &kept) {
        if (!kept)
            emit said(Meaning::Warning, kept.error().message, kept.error().place);
    });
}

void RelationsTab::buildExport()
{
    Button *exporting = m_bar->addButton(u"export"_s, tr("Export…"));
    exporting->setObjectName(u"relations.export"_s);
    connect(exporting, &QAbstractButton::clicked, this, [this, exporting] {
        auto *menu = new Menu(tr("Export"), this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        menu->setObjectName(u"relations.exportMenu"_s);
        const bool drawn = m_shown && !m_graph.tables.empty();
        const std::pair<QString, DiagramFormat> formats[] = {
            {tr("SVG drawing…"), DiagramFormat::Svg},
            {tr("PNG picture…"), DiagramFormat::Png},
            {tr("PDF document…"), DiagramFormat::Pdf}};
        for (const auto &[words, format] : formats) {
            QAction *action = menu->addAction(words);
            action->setEnabled(drawn);
            connect(action, &QAction::triggered, this, [this, format] { exportAs(format); });
        }
        QAction *print = menu->addAction(tr("Print…"));
        print->setEnabled(drawn);
        connect(print, &QAction::triggered, this, &RelationsTab::printWanted);
        menu->addSeparator();
        QAction *anew = menu->addAction(icon(u"relations"_s), tr("Arrange anew"));
        anew->setEnabled(!m_places.cards.isEmpty());
        Menu::setReason(anew, tr("no table was moved"));
        connect(anew, &QAction::triggered, this, &RelationsTab::arrangeAnew);
        menu->popup(exporting->mapToGlobal(QPoint(0, exporting->height())));
    });
}

QByteArray RelationsTab::file(DiagramFormat format) const
{
    return diagramFile(m_canvas->graph(), m_canvas->layout(), m_canvas->metrics(), format,
                       description());
}

void RelationsTab::print()
{
    if (!m_shown || m_graph.tables.empty())
        return;
    const core::DiagramLayout layout = m_canvas->layout();
    printPage(this, {.title = description(),
                     .wide = layout.bounds.width() > layout.bounds.height(),
                     .paint =
                         [graph = m_canvas->graph(), layout,
                          metrics = m_canvas->metrics()](QPainter *painter, const QSizeF &page) {
                             paintDiagramPage(painter, page, graph, layout, metrics);
                         },
                     .ended =
                         [this](bool printed) {
                             if (printed)
                                 emit said(Meaning::Ok, tr("The drawing was printed."), {});
                             else
                                 emit said(Meaning::Danger,
                                           tr("The printer did not take the drawing."),
                                           tr("See to the printer, or export the drawing as PDF."));
                         }})
        .then(this, [this](const core::Result<> &asked) {
            if (!asked)
                emit said(Meaning::Danger, asked.error().message, asked.error().advice);
        });
}

void RelationsTab::exportAs(DiagramFormat format)
{
    const QString name =
        u"%1-%2.%3"_s.arg(m_databaseName, QString::fromUtf8(m_schema), diagramSuffix(format));
    auto *dialog = new QFileDialog(this, tr("Export the drawing"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(diagramFilter(format));
    dialog->setDefaultSuffix(diagramSuffix(format));
    dialog->selectFile(QString(name).replace(u'/', u'_'));
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, format](const QString &path) { write(path, format); });
    dialog->open();
}

void RelationsTab::write(const QString &path, DiagramFormat format)
{
    core::runOnWorker([path, bytes = file(format)] {
        return core::writeFileAtomically(path, bytes);
    }).then(this, [this, path](const core::Result<> &written) {
        if (written)
            emit said(Meaning::Ok, tr("The drawing was exported."),
                      tr("Written to %1").arg(isolated(QDir::toNativeSeparators(path))));
        else
            emit said(Meaning::Danger, written.error().message, written.error().place);
    });
}

void RelationsTab::showMenu(core::Oid table, const QPoint &at)
{
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"relations.menu"_s);
    menu->setAccessibleName(tr("Table"));
    connect(menu->addAction(icon(u"table"_s), tr("Open rows")), &QAction::triggered, this,
            [this, table] { emit rowsWanted(table); });
    emit menuOpening(menu, table);
    menu->popup(at);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/diagram/diagramplaces.h"
#include "ui/common/document.h"
#include "ui/common/theme.h"
#include "ui/diagram/diagramexport.h"

#include <QPointer>
#include <QThreadPool>

#include <atomic>
#include <memory>

class QMenu;
class QStackedWidget;

namespace ui {

class Button;
class DiagramCanvas;
class DiagramFindBar;
class DiagramLegend;
class RelationsList;
class SegmentedControl;
class StatePage;
class ViewBar;

// The tables of a schema and the foreign keys between them, as a drawing and as a list. Which
// tables are drawn and where a person put them is kept for each project. A schema of more tables
// than can be read asks which.
class RelationsTab : public Document
{
    Q_OBJECT

public:
    // Of a schema; more than that nobody reads: a person chooses.
    static constexpr std::size_t mostTables = 300;

    // `folder` of the project, empty for none. With a table, that one is current; of a schema with
    // too many tables it is drawn with those that share a key with it.
    RelationsTab(core::OpenDatabase &database, const QByteArray &schema, core::Oid table,
                 const QString &folder, QWidget *parent = nullptr);
    ~RelationsTab() override;

    [[nodiscard]] static QString keyOf(const core::OpenDatabase &database,
                                       const QByteArray &schema);
    // The schema of a key of that database; empty = not one of its keys.
    [[nodiscard]] static QByteArray schemaOf(const core::OpenDatabase &database,
                                             const QString &key);

    [[nodiscard]] DiagramCanvas &canvas() const { return *m_canvas; }
    [[nodiscard]] RelationsList &list() const { return *m_list; }
    // Drawn, and nothing under way.
    [[nodiscard]] bool isSettled() const { return m_shown && !m_laying; }
    [[nodiscard]] core::Oid currentTable() const { return m_table; }
    void setCurrentTable(core::Oid table);
    void showList(bool list);
    void chooseTables();
    [[nodiscard]] QByteArray file(DiagramFormat format) const;
    // Asks for a printer; says where there is none.
    void print();

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QString iconName() const override { return QStringLiteral("relations"); }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString key() const override { return m_key; }
    [[nodiscard]] core::OpenDatabase *database() const override { return m_database; }
    void detachDatabase() override;

public slots:
    void refresh() override;
    void find() override;
    void findNext() override;
    void findPrevious() override;

signals:
    void rowsWanted(core::Oid table);
    void currentTableChanged(core::Oid table);
    void printWanted();
    // Before a menu on a table is shown; the window adds what it can do with one.
    void menuOpening(QMenu *menu, core::Oid table);
    void said(ui::Meaning meaning, const QString &sentence, const QString &second);

protected:
    void showEvent(QShowEvent *event) override;
    // What was changed is kept before another tab of the schema can read it.
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    void buildBar();
    void buildExport();
    void connectParts();
    void catalogChanged();
    // The tables to draw now; empty where a person has to choose.
    [[nodiscard]] std::vector<core::Oid> wantedTables() const;
    void layOut();
    void stopLayout();
    void show(const core::DiagramGraph &graph, const core::DiagramLayout &layout);
    [[nodiscard]] std::vector<std::pair<int, QPointF>>
    movedCards(const core::DiagramGraph &graph) const;
    void showState();
    void showFact();
    void tableChosen(core::Oid table);
    void tablesChosen(const QSet<quint32> &tables);
    void cardMoved(int table, const QPointF &place);
    void arrangeAnew();
    void keep();
    void exportAs(DiagramFormat format);
    void write(const QString &path, DiagramFormat format);
    void showMenu(core::Oid table, const QPoint &at);

    QPointer<core::OpenDatabase> m_database;
    core::CatalogPtr m_catalog; // with details; null before
    QByteArray m_schema;
    QString m_databaseName;
    QString m_key;
    core::Oid m_table = {};
    core::DiagramStore m_store;
    core::DiagramPlaces m_places;
    QThreadPool m_writer; // of one thread: the newest state is written last
    core::DiagramGraph m_graph;
    core::DiagramLayout m_layout; // as laid out, before cards were moved
    ViewBar *m_bar;
    SegmentedControl *m_mode = nullptr;
    Button *m_percent = nullptr;
    QList<Button *> m_forDrawing; // those that only the drawing has
    DiagramFindBar *m_finder = nullptr;
    DiagramCanvas *m_canvas;
    DiagramLegend *m_legend;
    RelationsList *m_list;
    StatePage *m_page;
    QWidget *m_drawing; // canvas and legend
    QStackedWidget *m_stack;
    std::shared_ptr<std::atomic_bool> m_stopped; // tells the worker of a layout
    int m_run = 0;                               // of the layout that is awaited
    bool m_read = false;
    bool m_laying = false;
    bool m_shown = false;
    bool m_fitted = false;
    bool m_single = false; // of a schema with too many tables: only the table with its neighbours
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalog.h"
#include "core/catalog/describe.h"
#include "core/result/rowsource.h"

#include <QPointer>
#include <QWidget>

class QSplitter;

namespace ui {

class Button;
class CellInspector;
class ColumnPage;
class ElidedLabel;
class RowForm;
class SegmentedControl;

// What the current cell is part of: the cell whole, its row as a form with the chosen cell below,
// or its column's facts. Follows the grid, and moves it: a field that is chosen here, and the row
// before or after, are asked for by cellWanted(). GUI thread.
class Inspector : public QWidget
{
    Q_OBJECT

public:
    enum class Part { Cell, Row, Column };

    explicit Inspector(QWidget *parent = nullptr);
    ~Inspector() override;

    // Null source: nothing is chosen. Borrowed, as is a cell's source. `catalog` is of the
    // database that the rows come from; null while it is not known.
    void setCell(core::RowSource *source, qint64 row, int column, const core::CatalogPtr &catalog);
    // The same cell in a newer catalog.
    void setCatalog(const core::CatalogPtr &catalog);
    // The answer to detailWanted().
    void setDetail(const core::RelationDetail &detail);
    [[nodiscard]] CellInspector &cell() const { return *m_cell; }
    [[nodiscard]] core::RowSource *source() const { return m_source; }

    [[nodiscard]] Part part() const;
    void setPart(Part part);
    // The row before or after; nothing beyond the ends.
    void step(int by);
    // A row is shown as a form.
    [[nodiscard]] bool canStep() const;

signals:
    void cellWanted(qint64 row, int column);
    void relationWanted(core::Oid relation);
    // Definitions of a relation, which the catalog does not hold.
    void detailWanted(core::Oid relation);
    // canStep() may have changed.
    void partChanged();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    [[nodiscard]] QWidget *buildHead();
    void showPart();
    void showColumn();
    void nameRow();
    void fieldChosen(int column);
    void openReference(int column);
    [[nodiscard]] QString rowName() const;

    QPointer<core::RowSource> m_source;
    core::CatalogPtr m_catalog;
    core::Oid m_detailed = {}; // asked for last
    qint64 m_row = 0;
    int m_column = 0;
    SegmentedControl *m_parts;
    QWidget *m_rowHead;
    ElidedLabel *m_rowName;
    Button *m_before;
    Button *m_after;
    QSplitter *m_splitter;
    RowForm *m_form;
    CellInspector *m_cell;
    ColumnPage *m_facts;
};

} // namespace ui

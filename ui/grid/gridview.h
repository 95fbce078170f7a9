// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result/rowsource.h"
#include "ui/grid/cellpainter.h"
#include "ui/grid/gridcolumns.h"
#include "ui/grid/gridselection.h"
#include "ui/grid/rowscroller.h"

#include <QAbstractScrollArea>
#include <QPointer>
#include <QTimer>

#include <functional>

namespace ui {

class GridCopier;
class GridHeader;
class Menu;

// Rows of a RowSource as a grid: 64-bit row numbers, one height for all rows and no state a row, so
// that 10^11 rows cost what 10 cost. Shows what the source has, asks it for what is on screen, and
// draws a grey bar until it comes. Nothing is edited. Rows are counted from 0; `column` is an index
// into RowSource::columns(). GUI thread.
class GridView : public QAbstractScrollArea
{
    Q_OBJECT

public:
    enum class Extend : quint8 { No, Yes };
    enum class CopyFormat : quint8 { Text, TextWithNames, CsvWithNames };

    explicit GridView(QWidget *parent = nullptr);
    ~GridView() override;

    // Borrowed; null takes it away. The view goes back to the first row and forgets its columns.
    void setSource(core::RowSource *source);
    [[nodiscard]] core::RowSource *source() const { return m_source; }

    void setColumnFacts(std::vector<ColumnFacts> facts);
    [[nodiscard]] const GridColumns &columns() const { return m_columns; }
    void setColumnWidth(int column, int width);
    void setColumnHidden(int column, bool hidden);
    void moveColumn(int fromPlace, int toPlace);
    // As wide as its header and its visible values need, within GridColumns::mostFitted.
    void fitColumn(int column);
    [[nodiscard]] std::vector<ColumnState> columnState() const { return m_columns.state(); }
    // Before or after the source's columns are known.
    void restoreColumns(std::vector<ColumnState> state);

    [[nodiscard]] bool hasCurrent() const { return m_selection.current().isValid(); }
    [[nodiscard]] qint64 currentRow() const { return m_selection.current().row; }
    [[nodiscard]] int currentColumn() const; // -1 = none
    void setCurrent(qint64 row, int column, Extend extend = Extend::No);
    [[nodiscard]] GridRange selection() const { return m_selection.range(); }

    [[nodiscard]] core::RowRange visibleRows() const { return m_scroller.visible(); }
    // Puts a row near the middle unless it shows already.
    void scrollToRow(qint64 row);
    // 0 = the first rows, 1 = the last ones.
    void scrollToFraction(double fraction);
    [[nodiscard]] double scrollFraction() const;
    [[nodiscard]] QRect cellRect(qint64 row, int column) const; // in the viewport

    // Cells that a search has found get a mark. Null takes it away; call update() of the viewport
    // after its answers have changed.
    void setHits(std::function<bool(qint64 row, int column)> isHit);

    // The height of rows at 100 %, grown with the font: 28, compact 24, roomy 32.
    void setRowHeight(int height);

public slots:
    void copy() { copyAs(CopyFormat::Text); }
    void copyAs(ui::GridView::CopyFormat format);
    void selectAll();
    // Ends a copy that waits for rows; false if there is none.
    bool cancelCopy();

signals:
    // Another source, or none.
    void sourceChanged();
    void rowCountChanged();
    void currentCellChanged(qint64 row, int column);
    void selectionChanged();
    // Enter or double click.
    void cellActivated(qint64 row, int column);
    // The arrow of a foreign key, or Ctrl+Enter on it.
    void referenceActivated(qint64 row, int column);
    void headerClicked(int column);
    void columnsChanged(); // widths, order or hidden ones, by a person
    void scrolled();
    // The cell's menu is about to open: the owner adds to it.
    void menuAboutToShow(ui::Menu *menu, qint64 row, int column);
    // A sentence on what was copied, or why not.
    void copied(const QString &sentence);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;

private:
    friend class GridHeader;
    friend class GridPainting;

    // gridview.cpp
    void takeColumns();
    void takeCount();
    void gatherChanges();
    void takeChanges();
    void rowsCame(const core::RowRange &rows);
    void shiftRows(qint64 first, qint64 delta);
    void layOut();
    void syncBars();
    void verticalAction(int action);
    void moved(qint64 pixels);
    void scrollPixels(double pixels);
    void wantVisible();
    void sampleWidths();
    void columnsArranged();
    [[nodiscard]] int fittedWidth(int column, int most, int mostRows) const;
    [[nodiscard]] qreal ratio() const { return viewport()->devicePixelRatioF(); }
    [[nodiscard]] qreal rowTop(qint64 row) const { return qreal(m_scroller.top(row)) / ratio(); }
    [[nodiscard]] qreal rowPixels() const { return m_scroller.rowHeight() / ratio(); }
    [[nodiscard]] int gutter() const;
    // Leading edge and width of a place in the viewport, mirrored in right-to-left.
    [[nodiscard]] QRectF placeRect(qint64 row, int place) const;
    [[nodiscard]] QRectF rowRect(qint64 row) const;
    void updateRows(qint64 first, qint64 last);

    // gridviewinput.cpp
    [[nodiscard]] GridCell cellAt(QPoint position) const;
    [[nodiscard]] bool onArrow(QPoint position, GridCell cell) const;
    [[nodiscard]] bool inGutter(QPoint position) const;
    void moveTo(GridCell cell, Extend extend);
    void select(GridCell anchor, GridCell current);
    void announce(const GridRange &before, GridCell beforeCurrent);
    [[nodiscard]] bool moveByKey(QKeyEvent *event);
    void dragTo(QPoint position);
    void setHovered(GridCell cell);
    void openMenu(QPoint position);
    void openCopyMenu();
    void addCopyActions(QMenu *menu);
    bool showTip(const QHelpEvent &event);

    QPointer<core::RowSource> m_source;
    GridColumns m_columns;
    std::vector<ColumnFacts> m_facts;
    std::vector<ColumnState> m_remembered;
    RowScroller m_scroller;
    GridSelection m_selection;
    CellPainter m_painter;
    GridHeader *m_header;
    QWidget *m_corner; // above the vertical scroll bar
    std::function<bool(qint64, int)> m_isHit;
    std::unique_ptr<GridCopier> m_copier;
    GridCell m_hovered;
    QTimer m_update;   // gathers changes: 60 repaints a second at most
    QTimer m_wantRest; // between two calls of want() while scrolling
    QTimer m_autoScroll;
    QPoint m_dragPosition;
    core::RowRange m_stale; // rows to repaint with the next tick of m_update
    double m_pixelRest = 0; // of wheel steps finer than a device pixel
    int m_rowHeight = 28;
    bool m_syncing = false;
    bool m_dragging = false;
    bool m_draggingRows = false;
    bool m_sampled = false;
    bool m_wantPending = false;
};

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridview.h"

#include "ui/common/fonts.h"
#include "ui/grid/gridaccessible.h"
#include "ui/grid/gridcopier.h"
#include "ui/grid/gridheader.h"

#include <QScopedValueRollback>
#include <QScrollBar>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace ui {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr int unfittedWidth = 120;
// Cells that the first widths are taken from, whatever the number of columns.
constexpr int sampledCells = 20'000;
constexpr int sampledRows = 50;

core::RowRange united(core::RowRange a, core::RowRange b)
{
    if (a.count == 0 || b.count == 0)
        return a.count == 0 ? b : a;
    const qint64 first = std::min(a.first, b.first);
    return {first, std::max(a.end(), b.end()) - first};
}

} // namespace

GridView::GridView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_header(new GridHeader(this))
    , m_corner(new GridCorner(this))
{
    AccessibleGrid::install(); // before anything asks for this view's interface, which is kept
    setFrameShape(NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // rows must not move when a bar arrives
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::ArrowCursor);
    setAccessibleName(tr("Rows"));
    addScrollBarWidget(m_corner, Qt::AlignTop);
    setCornerWidget(new QWidget(this));
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &GridView::verticalAction);
    m_update.setSingleShot(true);
    m_update.setInterval(16ms);
    connect(&m_update, &QTimer::timeout, this, &GridView::takeChanges);
    m_wantRest.setSingleShot(true);
    m_wantRest.setInterval(30ms);
    connect(&m_wantRest, &QTimer::timeout, this, [this] {
        if (std::exchange(m_wantPending, false))
            wantVisible();
    });
    m_autoScroll.setInterval(30ms);
    connect(&m_autoScroll, &QTimer::timeout, this, [this] { dragTo(m_dragPosition); });
    layOut();
}

GridView::~GridView()
{
    // A source that is a child of this widget goes after the members do.
    if (m_source)
        m_source->disconnect(this);
}

void GridView::setSource(core::RowSource *source)
{
    m_copier.reset();
    if (m_source)
        m_source->disconnect(this);
    m_source = source;
    m_selection.clear();
    m_hovered = {};
    m_stale = {};
    m_wantPending = false;
    m_scroller.setRows(0);
    if (m_source) {
        connect(m_source, &core::RowSource::columnsKnown, this, &GridView::takeColumns);
        connect(m_source, &core::RowSource::rowsArrived, this, &GridView::rowsCame);
        connect(m_source, &core::RowSource::rowsShifted, this, &GridView::shiftRows);
        connect(m_source, &core::RowSource::countChanged, this, &GridView::gatherChanges);
        connect(m_source, &core::RowSource::reset, this, [this] {
            takeCount();
            wantVisible();
            viewport()->update();
        });
        connect(m_source, &QObject::destroyed, this, [this] { setSource(nullptr); });
    }
    takeColumns();
    verticalScrollBar()->setValue(0);
    horizontalScrollBar()->setValue(0);
    emit sourceChanged();
}

void GridView::takeColumns()
{
    m_columns.reset(m_source ? m_source->columns() : core::Columns{}, unfittedWidth);
    m_columns.setFacts(m_facts);
    for (int column = 0; column < m_columns.columnCount(); ++column)
        m_columns.setWidth(column, m_header->fittedWidth(column), false);
    m_columns.restore(m_remembered);
    m_sampled = false;
    m_painter.resetLayouts();
    takeCount();
    columnsArranged();
    wantVisible();
    sampleWidths();
}

void GridView::setColumnFacts(std::vector<ColumnFacts> facts)
{
    m_facts = std::move(facts);
    m_columns.setFacts(m_facts);
    for (int column = 0; column < m_columns.columnCount(); ++column) {
        const int needed = m_header->fittedWidth(column);
        if (!m_columns.item(column).widthChosen && m_columns.item(column).width < needed)
            m_columns.setWidth(column, needed, false);
    }
    columnsArranged();
}

void GridView::restoreColumns(std::vector<ColumnState> state)
{
    m_remembered = std::move(state);
    m_columns.restore(m_remembered);
    columnsArranged();
}

void GridView::setColumnWidth(int column, int width)
{
    m_columns.setWidth(column, width, true);
    columnsArranged();
}

void GridView::setColumnHidden(int column, bool hidden)
{
    const int current = currentColumn();
    m_columns.setHidden(column, hidden);
    const int place = current >= 0 ? m_columns.placeOf(current) : -1;
    if (place >= 0)
        m_selection.set({currentRow(), place}, false);
    else
        m_selection.clip(m_scroller.rows(), m_columns.shownCount());
    columnsArranged();
    emit selectionChanged();
}

void GridView::moveColumn(int fromPlace, int toPlace)
{
    const int current = currentColumn();
    m_columns.move(fromPlace, toPlace);
    if (current >= 0)
        m_selection.set({currentRow(), m_columns.placeOf(current)}, false);
    columnsArranged();
    emit selectionChanged();
}

void GridView::columnsArranged()
{
    layOut();
    m_header->update();
    viewport()->update();
}

int GridView::fittedWidth(int column, int most, int mostRows) const
{
    const GridColumns::Item &item = m_columns.item(column);
    int width = m_header->fittedWidth(column);
    const core::RowRange visible = m_scroller.visible();
    const qint64 end = std::min(visible.end(), visible.first + mostRows);
    const int arrow = item.facts.references.isEmpty() ? 0 : GridHeader::iconRoom;
    core::CellText text;
    for (qint64 row = visible.first; row < end && width < most; ++row) {
        const core::Cell cell = m_source->cell(row, column);
        if (cell.state != core::Cell::State::Present)
            continue;
        core::setCellText(text, cell, item.category);
        width = std::max(width, int(std::ceil(m_painter.width(text, item.monospaced))) + arrow + 1);
    }
    return std::max(std::min(width, most), m_header->fittedWidth(column));
}

void GridView::fitColumn(int column)
{
    if (!m_source)
        return;
    m_columns.setWidth(column, fittedWidth(column, GridColumns::mostFitted, INT_MAX), true);
    columnsArranged();
    emit columnsChanged();
}

void GridView::sampleWidths()
{
    if (m_sampled || !m_source || m_columns.columnCount() == 0)
        return;
    // Once, with the first rows: later ones must not move the columns under the reader's eyes.
    const core::RowRange visible = m_scroller.visible();
    if (visible.count == 0 || m_source->cell(visible.first, 0).state != core::Cell::State::Present)
        return;
    m_sampled = true;
    const int rows = std::clamp(sampledCells / m_columns.columnCount(), 5, sampledRows);
    for (int column = 0; column < m_columns.columnCount(); ++column) {
        const GridColumns::Item &item = m_columns.item(column);
        if (!item.widthChosen)
            m_columns.setWidth(
                column, fittedWidth(column, GridColumns::mostSampled(item.category), rows), false);
    }
    columnsArranged();
}

void GridView::takeCount()
{
    const qint64 rows = m_source ? m_source->rowCount().rows : 0;
    if (rows == m_scroller.rows())
        return;
    const qint64 before = m_scroller.rows();
    m_scroller.setRows(rows);
    const GridCell current = m_selection.current();
    if (current.isValid() && current.row >= rows) {
        m_selection.clip(rows, m_columns.shownCount());
        emit selectionChanged();
        emit currentCellChanged(currentRow(), currentColumn());
    }
    syncBars();
    updateRows(std::min(before, rows) - 1, std::max(before, rows));
    wantVisible();
}

void GridView::rowsCame(const core::RowRange &rows)
{
    const core::RowRange visible = m_scroller.visible();
    if (rows.end() > visible.first && rows.first < visible.end())
        m_stale = united(m_stale, rows);
    gatherChanges();
}

void GridView::gatherChanges()
{
    // The first rows are shown at once, in the frame that shows the columns in their widths.
    if (!m_sampled)
        takeChanges();
    else if (!m_update.isActive())
        m_update.start();
}

void GridView::takeChanges()
{
    takeCount();
    emit rowCountChanged(); // its kind may have changed, too
    const core::RowRange rows = std::exchange(m_stale, {});
    if (rows.count > 0)
        updateRows(rows.first, rows.end() - 1);
    sampleWidths();
}

void GridView::shiftRows(qint64 first, qint64 delta)
{
    takeCount();
    m_selection.shift(first, delta);
    if (m_scroller.visible().first >= first)
        m_scroller.setOffset(m_scroller.offset() + delta * m_scroller.rowHeight());
    syncBars();
    wantVisible();
    viewport()->update();
    emit selectionChanged();
    emit scrolled();
}

int GridView::gutter() const
{
    return grown(24);
}

void GridView::setRowHeight(int height)
{
    m_rowHeight = height;
    layOut();
    viewport()->update();
}

void GridView::layOut()
{
    const int headerHeight = m_header->sizeHint().height();
    setViewportMargins(0, headerHeight, 0, 0);
    m_corner->setFixedHeight(headerHeight);
    m_header->setGeometry(viewport()->x(), viewport()->y() - headerHeight, viewport()->width(),
                          headerHeight);
    const int text = int(std::ceil(m_painter.textHeight())) + 10;
    m_scroller.setRowHeight(int(std::lround(std::max(grown(m_rowHeight), text) * ratio())));
    m_scroller.setViewHeight(int(std::lround(viewport()->height() * ratio())));
    const int room = std::max(viewport()->width() - gutter(), 0);
    horizontalScrollBar()->setRange(0, std::max(m_columns.totalWidth() - room, 0));
    horizontalScrollBar()->setPageStep(std::max(room, 1));
    horizontalScrollBar()->setSingleStep(24);
    syncBars();
}

void GridView::syncBars()
{
    const QScopedValueRollback guard(m_syncing, true);
    QScrollBar *bar = verticalScrollBar();
    bar->setRange(0, m_scroller.barMaximum());
    bar->setPageStep(m_scroller.barPage());
    bar->setSingleStep(std::max(m_scroller.rowHeight(), 1));
    bar->setValue(m_scroller.barValue());
}

void GridView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOut();
    wantVisible();
    emit scrolled();
}

void GridView::verticalAction(int action)
{
    // A step of the bar may be a thousand rows; a click on its ground is a page of rows all the
    // same.
    qint64 rows = 0;
    switch (action) {
    case QAbstractSlider::SliderSingleStepAdd:
    case QAbstractSlider::SliderSingleStepSub:
        rows = 1;
        break;
    case QAbstractSlider::SliderPageStepAdd:
    case QAbstractSlider::SliderPageStepSub:
        rows = m_scroller.page();
        break;
    default:
        return;
    }
    const bool back = action == QAbstractSlider::SliderSingleStepSub
                      || action == QAbstractSlider::SliderPageStepSub;
    verticalScrollBar()->setSliderPosition(verticalScrollBar()->value());
    scrollPixels(double((back ? -rows : rows) * m_scroller.rowHeight()));
}

void GridView::scrollContentsBy(int dx, int dy)
{
    if (dx != 0) {
        const QRect rows = viewport()->rect().adjusted(isRightToLeft() ? 0 : gutter(), 0,
                                                       isRightToLeft() ? -gutter() : 0, 0);
        viewport()->scroll(isRightToLeft() ? -dx : dx, 0, rows);
        m_header->update();
        emit scrolled();
    }
    if (dy != 0 && !m_syncing)
        moved(m_scroller.setOffset(m_scroller.offsetOfBar(verticalScrollBar()->value())));
}

void GridView::scrollPixels(double pixels)
{
    m_pixelRest += pixels;
    const double whole = std::trunc(m_pixelRest);
    m_pixelRest -= whole;
    moved(m_scroller.setOffset(m_scroller.offset() + qint64(whole)));
    syncBars();
}

void GridView::moved(qint64 pixels)
{
    if (pixels == 0)
        return;
    const double logical = -double(pixels) / ratio();
    // What was painted moves as it is, if it moves by whole pixels of the widget.
    if (std::abs(pixels) < m_scroller.viewHeight() && logical == std::trunc(logical))
        viewport()->scroll(0, int(logical));
    else
        viewport()->update();
    wantVisible();
    AccessibleGrid::announceScrolled(this);
    emit scrolled();
}

void GridView::wantVisible()
{
    if (!m_source || m_scroller.rows() == 0)
        return;
    if (m_wantRest.isActive()) {
        m_wantPending = true;
        return;
    }
    m_wantRest.start();
    m_source->want(m_scroller.visible());
}

void GridView::scrollToRow(qint64 row)
{
    moved(m_scroller.centre(row));
    syncBars();
}

void GridView::scrollToFraction(double fraction)
{
    const double row =
        std::clamp(fraction, 0.0, 1.0) * double(m_scroller.maxOffset()) / m_scroller.rowHeight();
    moved(m_scroller.setOffset(fraction >= 1 ? m_scroller.maxOffset()
                                             : std::llround(row) * m_scroller.rowHeight()));
    syncBars();
}

double GridView::scrollFraction() const
{
    const qint64 most = m_scroller.maxOffset();
    return most == 0 ? 0 : double(m_scroller.offset()) / double(most);
}

QRectF GridView::rowRect(qint64 row) const
{
    return {0, rowTop(row), qreal(viewport()->width()), rowPixels()};
}

QRectF GridView::placeRect(qint64 row, int place) const
{
    const int begin = gutter() + m_columns.begin(place) - horizontalScrollBar()->value();
    const int width = m_columns.width(place);
    const int left = isRightToLeft() ? viewport()->width() - begin - width : begin;
    return {qreal(left), rowTop(row), qreal(width), rowPixels()};
}

QRect GridView::cellRect(qint64 row, int column) const
{
    const int place = m_columns.placeOf(column);
    return place < 0 ? QRect() : placeRect(row, place).toAlignedRect();
}

void GridView::updateRows(qint64 first, qint64 last)
{
    const core::RowRange visible = m_scroller.visible();
    // One more than is there: behind the last row lies bare ground that may have to be painted
    // again.
    first = std::max(first, visible.first);
    last = std::min(last, visible.end());
    if (last < first)
        return;
    QRectF rect = rowRect(first).united(rowRect(last));
    if (last >= visible.end())
        rect.setBottom(viewport()->height());
    // Marks lie up to a pixel over the neighbours' edges.
    viewport()->update(rect.toAlignedRect().adjusted(0, -2, 0, 2));
}

void GridView::setHits(std::function<bool(qint64, int)> isHit)
{
    m_isHit = std::move(isHit);
    viewport()->update();
}

int GridView::currentColumn() const
{
    const int place = m_selection.current().place;
    return place >= 0 && place < m_columns.shownCount() ? m_columns.columnAt(place) : -1;
}

bool GridView::event(QEvent *event)
{
    // Both change the size of a device pixel.
    if (event->type() == QEvent::DevicePixelRatioChange
        || event->type() == QEvent::ApplicationFontChange) {
        m_painter.resetFonts();
        m_header->resetFonts();
        layOut();
        columnsArranged();
    }
    return QAbstractScrollArea::event(event);
}

void GridView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        m_painter.resetLayouts();
    if (event->type() == QEvent::FontChange) {
        m_painter.resetFonts();
        m_header->resetFonts();
    }
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::LayoutDirectionChange || event->type() == QEvent::StyleChange)
        columnsArranged();
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/gridaccessible.h"

#include "core/result/valuetext.h"
#include "ui/common/format.h"
#include "ui/grid/gridview.h"

#include <QCoreApplication>
#include <QWindow>

#include <algorithm>
#include <climits>
#include <limits>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    auto *view = className == "ui::GridView"_L1 ? qobject_cast<GridView *>(object) : nullptr;
    return view ? new AccessibleGrid(view) : nullptr;
}

/// Whether assistive technology listens; it begins to some time after the window has opened.
class Listener : public QAccessible::ActivationObserver
{
public:
    Listener()
        : m_active(QAccessible::isActive())
    {
        QAccessible::installActivationObserver(this);
    }
    ~Listener() { QAccessible::removeActivationObserver(this); }
    void accessibilityActiveChanged(bool active) override { m_active = active; }
    [[nodiscard]] bool isActive() const { return m_active; }

private:
    bool m_active;
};

const Listener &listener()
{
    static const Listener one;
    return one;
}

AccessibleGrid *gridOf(GridView *view)
{
    // Another factory may have been quicker.
    return dynamic_cast<AccessibleGrid *>(QAccessible::queryAccessibleInterface(view));
}

} // namespace

AccessibleGrid::AccessibleGrid(GridView *view)
    : QAccessibleWidget(view, QAccessible::Table)
{
}

AccessibleGrid::~AccessibleGrid()
{
    for (const QAccessible::Id id : std::as_const(m_cells))
        QAccessible::deleteAccessibleInterface(id);
}

void AccessibleGrid::install()
{
    static const bool once = [] {
        QAccessible::installFactory(makeInterface);
        return listener().isActive();
    }();
    Q_UNUSED(once)
}

void AccessibleGrid::announceCurrent(GridView *view)
{
    AccessibleGrid *grid = listener().isActive() && view->hasFocus() ? gridOf(view) : nullptr;
    if (QAccessibleInterface *cell = grid ? grid->focusChild() : nullptr) {
        QAccessibleEvent event(cell, QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
    }
}

void AccessibleGrid::announceScrolled(GridView *view)
{
    if (!listener().isActive())
        return;
    QAccessibleTableModelChangeEvent event(view, QAccessibleTableModelChangeEvent::ModelReset);
    QAccessible::updateAccessibility(&event);
    if (const AccessibleGrid *grid = gridOf(view))
        grid->dropScrolledOut();
}

void *AccessibleGrid::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TableInterface)
        return static_cast<QAccessibleTableInterface *>(this);
    if (type == QAccessible::AttributesInterface)
        return static_cast<QAccessibleAttributesInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

GridView *AccessibleGrid::view() const
{
    return static_cast<GridView *>(widget());
}

QString AccessibleGrid::text(QAccessible::Text what) const
{
    if (what != QAccessible::Description || !view()->source())
        return QAccessibleWidget::text(what);
    const core::RowRange rows = view()->visibleRows();
    return QCoreApplication::translate("ui::AccessibleGrid", "%1, %2, showing rows %3 to %4")
        .arg(formatRows(view()->source()->rowCount().rows), formatColumns(columnCount()),
             formatCount(rows.first + 1), formatCount(rows.end()));
}

int AccessibleGrid::rowCount() const
{
    return int(view()->visibleRows().count);
}

int AccessibleGrid::columnCount() const
{
    return view()->columns().shownCount();
}

int AccessibleGrid::childCount() const
{
    return rowCount() * columnCount();
}

QAccessibleInterface *AccessibleGrid::child(int index) const
{
    return index < 0 || index >= childCount()
               ? nullptr
               : cellAt(index / columnCount(), index % columnCount());
}

int AccessibleGrid::indexOfChild(const QAccessibleInterface *child) const
{
    const auto *cell = dynamic_cast<const AccessibleCell *>(child);
    if (!cell || cell->table() != this || cell->rowIndex() < 0)
        return -1;
    return cell->rowIndex() * columnCount() + cell->columnIndex();
}

QAccessibleInterface *AccessibleGrid::childAt(int x, int y) const
{
    const QPoint at = view()->viewport()->mapFromGlobal(QPoint(x, y));
    const core::RowRange rows = view()->visibleRows();
    for (int place = 0; place < columnCount(); ++place) {
        const int column = view()->columns().columnAt(place);
        const QRect first = view()->cellRect(rows.first, column);
        if (at.x() < first.left() || at.x() > first.right())
            continue;
        for (qint64 row = rows.first; row < rows.end(); ++row) {
            if (view()->cellRect(row, column).contains(at))
                return cell(row, place);
        }
    }
    return nullptr;
}

QAccessibleInterface *AccessibleGrid::focusChild() const
{
    const int place =
        view()->hasCurrent() ? view()->columns().placeOf(view()->currentColumn()) : -1;
    return place < 0 || !view()->visibleRows().contains(view()->currentRow())
               ? nullptr
               : cell(view()->currentRow(), place);
}

QAccessibleInterface *AccessibleGrid::cellAt(int row, int column) const
{
    if (row < 0 || row >= rowCount() || column < 0 || column >= columnCount())
        return nullptr;
    return cell(view()->visibleRows().first + row, column);
}

QAccessibleInterface *AccessibleGrid::cell(qint64 row, int place) const
{
    const auto known = m_cells.constFind({row, place});
    if (known != m_cells.constEnd())
        return QAccessible::accessibleInterface(*known);
    auto *made = new AccessibleCell(view(), row, place); // QAccessible owns it from here
    m_cells.insert({row, place}, QAccessible::registerAccessibleInterface(made));
    return made;
}

void AccessibleGrid::dropScrolledOut() const
{
    const core::RowRange rows = view()->visibleRows();
    m_cells.removeIf([&](auto cell) {
        const bool gone = !rows.contains(cell.key().first) || cell.key().second >= columnCount();
        if (gone)
            QAccessible::deleteAccessibleInterface(cell.value());
        return gone;
    });
}

int AccessibleGrid::selectedCellCount() const
{
    const GridRange range = view()->selection();
    const qint64 cells = range.rowCount() * range.placeCount();
    return int(std::min<qint64>(cells, std::numeric_limits<int>::max()));
}

QList<QAccessibleInterface *> AccessibleGrid::selectedCells() const
{
    QList<QAccessibleInterface *> cells;
    for (const int row : selectedRows()) {
        for (int place = view()->selection().firstPlace; place <= view()->selection().lastPlace;
             ++place)
            cells.append(cellAt(row, place));
    }
    return cells;
}

QString AccessibleGrid::columnDescription(int column) const
{
    if (column < 0 || column >= columnCount())
        return {};
    const GridColumns::Item &item = view()->columns().shown(column);
    return core::cellText(item.column.name.toUtf8(), core::TypeCategory::Code).text;
}

QString AccessibleGrid::rowDescription(int row) const
{
    return QCoreApplication::translate("ui::AccessibleGrid", "row %1")
        .arg(view()->visibleRows().first + row + 1);
}

QList<int> AccessibleGrid::selectedColumns() const
{
    QList<int> places;
    for (int place = 0; place < columnCount(); ++place) {
        if (isColumnSelected(place))
            places.append(place);
    }
    return places;
}

QList<int> AccessibleGrid::selectedRows() const
{
    const core::RowRange rows = view()->visibleRows();
    const GridRange range = view()->selection();
    QList<int> selected;
    for (qint64 row = std::max(range.firstRow, rows.first);
         row <= range.lastRow && row < rows.end(); ++row)
        selected.append(int(row - rows.first));
    return selected;
}

bool AccessibleGrid::isColumnSelected(int column) const
{
    const GridRange range = view()->selection();
    return view()->source() && range.contains(0, column)
           && range.rowCount() == view()->source()->rowCount().rows;
}

bool AccessibleGrid::isRowSelected(int row) const
{
    const GridRange range = view()->selection();
    return range.contains(view()->visibleRows().first + row, 0)
           && range.placeCount() == columnCount();
}

bool AccessibleGrid::selectRow(int row)
{
    if (row < 0 || row >= rowCount() || columnCount() == 0)
        return false;
    const qint64 absolute = view()->visibleRows().first + row;
    view()->setCurrent(absolute, view()->columns().columnAt(columnCount() - 1));
    view()->setCurrent(absolute, view()->columns().columnAt(0), GridView::Extend::Yes);
    return true;
}

void AccessibleGrid::modelChange(QAccessibleTableModelChangeEvent *)
{
    dropScrolledOut();
}

QList<QAccessible::Attribute> AccessibleGrid::attributeKeys() const
{
    return {QAccessible::Attribute::Custom};
}

QVariant AccessibleGrid::attributeValue(QAccessible::Attribute key) const
{
    if (key != QAccessible::Attribute::Custom || !view()->source())
        return {};
    // Names of the Core Accessibility Mappings: https://www.w3.org/TR/core-aam-1.2/
    return QVariant::fromValue(
        QHash<QString, QString>{{u"rowcount"_s, QString::number(view()->source()->rowCount().rows)},
                                {u"colcount"_s, QString::number(columnCount())}});
}

AccessibleCell::AccessibleCell(GridView *view, qint64 row, int place)
    : m_view(view)
    , m_row(row)
    , m_place(place)
{
}

void *AccessibleCell::interface_cast(QAccessible::InterfaceType type)
{
    switch (type) {
    case QAccessible::TableCellInterface:
        return static_cast<QAccessibleTableCellInterface *>(this);
    case QAccessible::ActionInterface:
        return static_cast<QAccessibleActionInterface *>(this);
    case QAccessible::AttributesInterface:
        return static_cast<QAccessibleAttributesInterface *>(this);
    default:
        return nullptr;
    }
}

bool AccessibleCell::isValid() const
{
    return m_view && m_view->source() && m_place < m_view->columns().shownCount()
           && m_row < m_view->source()->rowCount().rows;
}

QAccessibleInterface *AccessibleCell::table() const
{
    return m_view ? QAccessible::queryAccessibleInterface(m_view) : nullptr;
}

QString AccessibleCell::columnName() const
{
    const GridColumns::Item &item = m_view->columns().shown(m_place);
    return core::cellText(item.column.name.toUtf8(), core::TypeCategory::Code).text;
}

QString AccessibleCell::value() const
{
    const int column = m_view->columns().columnAt(m_place);
    core::CellText text;
    core::setCellText(text, m_view->source()->cell(m_row, column),
                      m_view->columns().item(column).category);
    switch (text.kind) {
    case core::CellText::Kind::Missing:
        return QCoreApplication::translate("ui::AccessibleGrid", "not loaded");
    case core::CellText::Kind::Empty:
        return QCoreApplication::translate("ui::AccessibleGrid", "empty text");
    default:
        return text.text;
    }
}

QString AccessibleCell::text(QAccessible::Text what) const
{
    if (!isValid())
        return {};
    if (what == QAccessible::Name)
        return QCoreApplication::translate("ui::AccessibleGrid", "%1, %2, row %3")
            .arg(value(), columnName())
            .arg(m_row + 1);
    return what == QAccessible::Value ? value() : QString();
}

QRect AccessibleCell::rect() const
{
    if (!isValid())
        return {};
    const QRect cell = m_view->cellRect(m_row, m_view->columns().columnAt(m_place));
    return {m_view->viewport()->mapToGlobal(cell.topLeft()), cell.size()};
}

QAccessible::State AccessibleCell::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = true;
    state.selectable = true;
    state.readOnly = true;
    const bool current = m_view->currentRow() == m_row
                         && m_view->columns().placeOf(m_view->currentColumn()) == m_place;
    state.active = current;
    state.focused = current && m_view->hasFocus();
    state.selected = isSelected();
    state.offscreen = !m_view->viewport()->rect().intersects(
        m_view->cellRect(m_row, m_view->columns().columnAt(m_place)));
    return state;
}

QWindow *AccessibleCell::window() const
{
    return m_view ? m_view->window()->windowHandle() : nullptr;
}

bool AccessibleCell::isSelected() const
{
    return m_view && m_view->selection().contains(m_row, m_place);
}

int AccessibleCell::rowIndex() const
{
    if (!m_view || !m_view->visibleRows().contains(m_row))
        return -1;
    return int(m_row - m_view->visibleRows().first);
}

QStringList AccessibleCell::actionNames() const
{
    return {pressAction()};
}

void AccessibleCell::doAction(const QString &name)
{
    if (name == pressAction() && isValid())
        m_view->setCurrent(m_row, m_view->columns().columnAt(m_place));
}

QList<QAccessible::Attribute> AccessibleCell::attributeKeys() const
{
    return {QAccessible::Attribute::Custom};
}

QVariant AccessibleCell::attributeValue(QAccessible::Attribute key) const
{
    if (key != QAccessible::Attribute::Custom)
        return {};
    return QVariant::fromValue(
        QHash<QString, QString>{{u"rowindex"_s, QString::number(m_row + 1)},
                                {u"colindex"_s, QString::number(m_place + 1)},
                                {u"rowindextext"_s, QString::number(m_row + 1)}});
}

} // namespace ui

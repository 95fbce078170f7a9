// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/factview.h"

#include "ui/common/icons.h"
#include "ui/common/menu.h"
#include "ui/common/paint.h"
#include "ui/object/factdelegate.h"

#include <QApplication>
#include <QClipboard>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <numeric>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

/// One line of text a cell: what would part cells or lines is a blank, and what isolates names in a
/// sentence is for the eye alone.
QString plain(const QModelIndex &index)
{
    QString text = index.data().toString();
    for (const QChar letter : {u'\t', u'\n', u'\r'})
        text.replace(letter, u' ');
    for (const char16_t mark : {u'\u2068', u'\u2069'})
        text.remove(QChar(mark));
    return text;
}

} // namespace

FactView::FactView(std::vector<FactColumn> columns, QWidget *parent)
    : RowTree(parent)
    , m_facts(new FactModel(std::move(columns), this))
{
    setFrameShape(QFrame::NoFrame);
    setHeader(new FactHeader(this));
    setIndentation(0);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setUniformRowHeights(true);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setBackgroundRole(QPalette::Base);
    viewport()->setBackgroundRole(QPalette::Base);
    viewport()->setMouseTracking(true);
    setItemDelegate(new FactDelegate(this));
    setModel(m_facts);
    header()->setSectionResizeMode(QHeaderView::Fixed);
    header()->setStretchLastSection(false);
    header()->setFixedHeight(ui::rowHeight(28));
    const bool titled = std::ranges::any_of(
        m_facts->columns(), [](const FactColumn &column) { return !column.title.isEmpty(); });
    setHeaderHidden(!titled);
    connect(m_facts, &QAbstractItemModel::modelReset, this, &FactView::fit);
    connect(this, &QWidget::customContextMenuRequested, this, &FactView::showMenu);
    connect(this, &QAbstractItemView::doubleClicked, this, [this](const QModelIndex &index) {
        const FactRow *row = m_facts->row(index);
        if (row && row->target != core::ObjectId{})
            emit opened(row->target);
    });
}

core::ObjectId FactView::chosen() const
{
    const FactRow *row = m_facts->row(currentIndex());
    return row ? row->target : core::ObjectId{};
}

QString FactView::textOfChosen(bool titles) const
{
    QModelIndexList rows = selectionModel()->selectedRows();
    std::ranges::sort(rows);
    if (rows.isEmpty()) {
        for (int row = 0; row < m_facts->rowCount(); ++row)
            rows << m_facts->index(row, 0);
    }
    QStringList lines;
    if (titles) {
        QStringList words;
        for (const FactColumn &column : m_facts->columns())
            words << column.title;
        lines << words.join(u'\t');
    }
    for (const QModelIndex &row : rows) {
        QStringList words;
        for (int column = 0; column < m_facts->columnCount(); ++column)
            words << plain(row.siblingAtColumn(column));
        lines << words.join(u'\t');
    }
    return lines.join(u'\n');
}

void FactView::setRoundEnd(bool round)
{
    m_roundEnd = round;
    viewport()->update();
}

void FactView::copy(bool titles) const
{
    QApplication::clipboard()->setText(textOfChosen(titles));
}

void FactView::showMenu(const QPoint &at)
{
    const QModelIndex index = indexAt(at).isValid() ? indexAt(at) : currentIndex();
    const FactRow *row = m_facts->row(index);
    if (!row)
        return;
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(objectName() + u".menu"_s);
    menu->setAccessibleName(accessibleName());
    if (row->target != core::ObjectId{}) {
        connect(menu->addAction(icon(u"columns"_s), tr("Open definition")), &QAction::triggered,
                this, [this, target = row->target] { emit opened(target); });
        menu->addSeparator();
    }
    const QString name = row->cells.empty() ? QString() : row->cells.front().text;
    connect(menu->addAction(tr("Copy name")), &QAction::triggered, this,
            [name] { QApplication::clipboard()->setText(name); });
    connect(menu->addAction(icon(u"copy"_s), tr("Copy rows")), &QAction::triggered, this,
            [this] { copy(false); });
    if (!isHeaderHidden())
        connect(menu->addAction(tr("Copy rows with titles")), &QAction::triggered, this,
                [this] { copy(true); });
    if (index.column() > 0) {
        connect(menu->addAction(tr("Copy this cell")), &QAction::triggered, this,
                [text = index.data().toString()] { QApplication::clipboard()->setText(text); });
    }
    menu->popup(viewport()->mapToGlobal(at));
}

void FactView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        return copy(false);
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (enter && !(event->modifiers() & ~Qt::KeypadModifier)) {
        if (chosen() != core::ObjectId{})
            emit opened(chosen());
        return;
    }
    if (event->key() == Qt::Key_Escape)
        return event->ignore();
    RowTree::keyPressEvent(event);
}

// The first row is there to be seen once the keyboard comes; a click chooses its own.
void FactView::focusInEvent(QFocusEvent *event)
{
    RowTree::focusInEvent(event);
    const bool byKey =
        event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    if (byKey && !currentIndex().isValid() && m_facts->rowCount() > 0)
        setCurrentIndex(m_facts->index(0, 0));
    if (currentIndex().isValid())
        emit currentMoved(visualRect(currentIndex()));
}

void FactView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    RowTree::currentChanged(current, previous);
    if (current.isValid())
        emit currentMoved(visualRect(current));
}

void FactView::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                       const QModelIndex &index) const
{
    const Theme &look = theme(this);
    const QRect row(0, option.rect.y(), viewport()->width(), option.rect.height());
    const bool selected = selectionModel()->isSelected(index);
    const bool strong = selected && hasFocus();
    const bool last = index.row() == m_facts->rowCount() - 1;
    constexpr int radius = int(popupRadius) - 1;
    painter->save();
    painter->setClipRect(row, Qt::IntersectClip);
    painter->setRenderHint(QPainter::Antialiasing);
    QPainterPath ground;
    if (last && m_roundEnd)
        ground.addRoundedRect(row.adjusted(0, -radius * 2, 0, 0), radius, radius);
    else
        ground.addRect(row);
    if (selected)
        painter->fillPath(ground, strong ? look.selection : look.inactiveSelection);
    else if (isPointed(index))
        painter->fillPath(ground, look.hover);
    painter->restore();
    if (!last || !m_roundEnd)
        drawHairLine(painter, QRectF(row), Qt::BottomEdge, look.gridline);
    drawCells(painter, option, index, selected);
    if (strong && index.row() == currentIndex().row())
        drawRing(painter, QRectF(row), last && m_roundEnd ? radius : 0, look.accent);
    else if (selected && look.isHighContrast())
        drawBox(painter, QRectF(row), 0, QColor(), look.edge);
}

// It has nothing to scroll: the page has.
void FactView::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

void FactView::fit()
{
    share();
    updateGeometry();
}

QSize FactView::sizeHint() const
{
    const int head = isHeaderHidden() ? 0 : ui::rowHeight(28);
    return {grown(300), head + m_facts->rowCount() * ui::rowHeight(28)};
}

QSize FactView::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void FactView::share()
{
    const std::vector<FactColumn> &columns = m_facts->columns();
    const int whole =
        std::accumulate(columns.begin(), columns.end(), 0,
                        [](int sum, const FactColumn &column) { return sum + column.share; });
    int rest = viewport()->width();
    int parts = whole;
    for (std::size_t at = 0; at < columns.size() && parts > 0; ++at) {
        const int width = rest * columns[at].share / parts;
        header()->resizeSection(int(at), width);
        rest -= width;
        parts -= columns[at].share;
    }
}

void FactView::resizeEvent(QResizeEvent *event)
{
    RowTree::resizeEvent(event);
    share();
}

void FactView::changeEvent(QEvent *event)
{
    RowTree::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        header()->setFixedHeight(ui::rowHeight(28));
        fit();
    }
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/doctor/activitytree.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QHeaderView>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

using core::ActivityModel;
using State = core::ActivitySession::State;

constexpr int indent = 18;
constexpr int cellSide = 8;
constexpr int iconSide = 16;

struct Symbol {
    QString icon;
    Meaning meaning = Meaning::Neutral;
};

Symbol symbolOf(const QModelIndex &index)
{
    if (index.data(ActivityModel::BlockedRole).toBool())
        return {u"read-only"_s, Meaning::Danger};
    switch (State(index.data(ActivityModel::StateRole).toInt())) {
    case State::Active:
        return {u"run"_s,
                index.data(ActivityModel::LongRole).toBool() ? Meaning::Warning : Meaning::Ok};
    case State::IdleInTransaction:
        return {u"pending"_s, Meaning::Warning};
    case State::Failed:
        return {u"warning"_s, Meaning::Warning};
    case State::Hidden:
        return {u"conceal"_s, Meaning::Neutral};
    case State::Idle:
    case State::Other:
        break;
    }
    return {u"role"_s, Meaning::Neutral};
}

QString cellText(const QModelIndex &index)
{
    return oneLine(index.data(Qt::DisplayRole).toString());
}

bool isStrong(const QStyleOptionViewItem &option)
{
    return option.state & QStyle::State_Selected && option.widget && option.widget->hasFocus();
}

/// Where the text of a cell stands, left to right.
QRect textRect(const QRect &cell, int column)
{
    const int icon = column == ActivityModel::Session ? iconSide + 8 : 0;
    return cell.adjusted(icon + (column == ActivityModel::Session ? 4 : cellSide), 0, -cellSide, 0);
}

} // namespace

void ActivityDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index) const
{
    const Theme &look = theme(option.palette);
    const bool strong = isStrong(option);
    const bool hidden = State(index.data(ActivityModel::StateRole).toInt()) == State::Hidden;
    // Cells are laid out left to right and mirrored as a whole.
    const QRect cell = option.rect;
    const auto mirrored = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, cell, rect);
    };
    const auto put = [&](const QRect &rect, TextRole role, const QColor &ink, const QString &text,
                         Qt::Alignment side) {
        const QFontMetrics metrics(font(role));
        painter->setFont(font(role));
        painter->setPen(strong ? look.onSelection : ink);
        drawLine(painter, mirrored(rect), side, option.direction,
                 metrics.elidedText(text, Qt::ElideRight, rect.width()));
    };
    const QRect room = textRect(cell, index.column());
    const QString text = cellText(index);
    if (index.column() == ActivityModel::Session) {
        const Symbol symbol = symbolOf(index);
        const QColor ink =
            symbol.meaning == Meaning::Neutral ? look.text2 : look.tone(symbol.meaning).ink;
        paintIcon(
            painter,
            mirrored({cell.x() + 4, cell.y() + (cell.height() - iconSide) / 2, iconSide, iconSide}),
            symbol.icon, strong ? look.onSelection : ink, option.direction);
        const QString pid = QString::number(index.data(ActivityModel::PidRole).toInt());
        const int own = QFontMetrics(font(TextRole::Name)).horizontalAdvance(pid) + 1;
        put(room, TextRole::Name, look.text, pid, Qt::AlignLeft);
        put(room.adjusted(own + 8, 0, 0, 0), TextRole::Body, look.text2, text.section(u' ', 1),
            Qt::AlignLeft);
        return;
    }
    const bool number = index.column() == ActivityModel::For;
    const bool plain = index.column() == ActivityModel::State && !hidden;
    put(room, number ? TextRole::Grid : TextRole::Body, plain || number ? look.text : look.text2,
        text, number ? Qt::AlignRight : Qt::AlignLeft);
}

QSize ActivityDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight(32)};
}

bool ActivityDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                                 const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString text = cellText(index);
    const QRect room = textRect(option.rect, index.column());
    const int extra = index.column() == ActivityModel::Session ? 8 : 0;
    if (QFontMetrics(font(TextRole::Name)).horizontalAdvance(text) + extra > room.width())
        QToolTip::showText(event->globalPos(), text, view);
    else
        QToolTip::hideText();
    return true;
}

ActivityTree::ActivityTree(QWidget *parent)
    : RowTree(parent)
    , m_model(new ActivityModel(this))
{
    setObjectName(u"activity.tree"_s);
    setAccessibleName(tr("Sessions"));
    setFrameShape(QFrame::NoFrame);
    setUniformRowHeights(true);
    setIndentation(indent);
    setAllColumnsShowFocus(true);
    setExpandsOnDoubleClick(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    viewport()->setMouseTracking(true);
    setBackgroundRole(QPalette::Base);
    viewport()->setBackgroundRole(QPalette::Base);
    setItemDelegate(new ActivityDelegate(this));
    setModel(m_model);
    header()->setSectionsMovable(false);
    header()->setStretchLastSection(false);
    header()->setMinimumSectionSize(0);
    header()->setSectionResizeMode(QHeaderView::Fixed);
    header()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header()->setFixedHeight(ui::rowHeight(28));
    connect(m_model, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &above) { expand(above); });
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this](const QModelIndex &first) {
        if (first.data(ActivityModel::KeyRole).toString() == m_chosen)
            emit chosenChanged();
    });
}

void ActivityTree::look(const core::ActivityPtr &activity)
{
    const QString before = m_chosen;
    const QPersistentModelIndex kept = currentIndex();
    const int top = kept.isValid() ? visualRect(kept).top() : 0;
    const int place = verticalScrollBar()->value();
    m_model->setActivity(activity);
    // A session that waits for another one now stands elsewhere; it stays chosen, or nobody is.
    const QModelIndex again = m_model->indexOf(before);
    if (before.isEmpty() || !again.isValid()) {
        setCurrentIndex({});
    } else if (currentIndex() != again) {
        for (QModelIndex above = again.parent(); above.isValid(); above = above.parent())
            expand(above);
        const bool scrolls = hasAutoScroll();
        setAutoScroll(false);
        setCurrentIndex(again);
        setAutoScroll(scrolls);
    }
    executeDelayedItemsLayout();
    verticalScrollBar()->setValue(kept.isValid() && again.isValid()
                                      ? verticalScrollBar()->value() + visualRect(again).top() - top
                                      : place);
}

const core::ActivitySession *ActivityTree::chosen() const
{
    return m_model->session(currentIndex());
}

void ActivityTree::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    RowTree::currentChanged(current, previous);
    m_chosen = current.data(ActivityModel::KeyRole).toString();
    emit chosenChanged();
}

/// Vertical lines under each ancestor, so that a long queue can be followed with the eye.
void ActivityTree::drawGuides(QPainter *painter, const QModelIndex &index, const QRect &row) const
{
    const Theme &look = theme(this);
    int depth = 0;
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
        ++depth;
    for (int level = 0; level < depth; ++level) {
        const QRect line(level * indent + indent / 2, row.y(), 1, row.height());
        drawHairLine(painter,
                     QRectF(QStyle::visualRect(layoutDirection(), viewport()->rect(), line)),
                     Qt::LeftEdge, look.line);
    }
    if (!m_model->hasChildren(index))
        return;
    const QRect box(depth * indent + (indent - 12) / 2, row.y() + (row.height() - 12) / 2, 12, 12);
    const bool strong = hasFocus() && selectionModel()->isSelected(index);
    paintIcon(painter, QStyle::visualRect(layoutDirection(), viewport()->rect(), box),
              isExpanded(index) ? u"chevron-down"_s : u"chevron-right"_s,
              strong ? look.onSelection : look.text2, layoutDirection());
}

void ActivityTree::drawRow(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const
{
    const Theme &look = theme(this);
    const QRect row(0, option.rect.y(), viewport()->width(), option.rect.height());
    const bool selected = selectionModel()->isSelected(index);
    const bool strong = selected && hasFocus();
    if (selected)
        painter->fillRect(row, strong ? look.selection : look.inactiveSelection);
    else if (isPointed(index))
        painter->fillRect(row, look.hover);
    drawHairLine(painter, QRectF(row), Qt::BottomEdge, look.gridline);
    drawGuides(painter, index.siblingAtColumn(0), row);
    drawCells(painter, option, index, selected);
    if (strong)
        drawRing(painter, QRectF(row), 0, look.accent);
    else if (selected && look.isHighContrast())
        drawBox(painter, QRectF(row), 0, QColor(), look.edge);
}

/// What gives way first is who, then whom it waits for; session, state and time stay.
void ActivityTree::fitColumns()
{
    const int room = viewport()->width();
    const int time = grown(84);
    const int who = room < grown(820) ? 0 : grown(116);
    const int waits = room < grown(600) ? 0 : std::clamp(room / 4, grown(150), grown(260));
    const int session = std::clamp(room / 3, grown(168), grown(280));
    const int state = std::max(0, room - time - who - waits - session);
    const std::pair<int, int> widths[] = {{ActivityModel::Session, session},
                                          {ActivityModel::Who, who},
                                          {ActivityModel::State, state},
                                          {ActivityModel::For, time},
                                          {ActivityModel::WaitsFor, waits}};
    for (const auto &[column, width] : widths)
        header()->resizeSection(column, width);
}

void ActivityTree::resizeEvent(QResizeEvent *event)
{
    RowTree::resizeEvent(event);
    fitColumns();
}

void ActivityTree::changeEvent(QEvent *event)
{
    RowTree::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        header()->setFixedHeight(ui::rowHeight(28));
        fitColumns();
    }
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/treedelegate.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/styleparts.h"
#include "ui/common/tooltip.h"

#include <QAbstractScrollArea>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int height = 26;
constexpr int sideMargin = 6;
constexpr int iconSide = 16;
constexpr int iconGap = 8;
constexpr int factGap = 8;
constexpr int markerWidth = 2;
constexpr int shortFact = 60; // "≈ 48.2 M", "2 pending"
constexpr int worthless = 24; // a fact cut to this says nothing

// The whole width of the view, beyond the indentation: highlights are not stepped.
QRect rowRect(const QStyleOptionViewItem &option)
{
    const int width = option.widget ? option.widget->width() : option.rect.width();
    const QRect whole(0, option.rect.y(), width, option.rect.height());
    // A scroll bar takes the margin and more.
    const auto *area = qobject_cast<const QAbstractScrollArea *>(option.widget);
    const int end = std::min(width - sideMargin, area ? area->viewport()->width() : width);
    return QStyle::visualRect(option.direction, whole,
                              QRect(0, option.rect.y(), end, option.rect.height()));
}

struct Places {
    QRect icon;
    QRect name;
    QRect fact;
};

// Left to right; the caller mirrors within the widget.
Places placesOf(const QStyleOptionViewItem &option, const TreeRow &row)
{
    const int width = option.widget ? option.widget->width() : option.rect.right() + 1;
    const QRect line = QStyle::visualRect(option.direction, QRect(0, 0, width, 1), option.rect);
    Places places;
    int x = line.x() + 6;
    if (!row.iconName.isEmpty()) {
        places.icon = QRect(x, line.y() + (line.height() - iconSide) / 2, iconSide, iconSide);
        x += iconSide + iconGap;
    }
    const int end = width - sideMargin - 8;
    const int fact = row.fact.isEmpty()
                         ? 0
                         : QFontMetrics(font(TextRole::Caption)).horizontalAdvance(row.fact) + 1;
    const int name = QFontMetrics(font(row.heading ? TextRole::Heading : TextRole::Body))
                         .horizontalAdvance(row.name)
                     + 1;
    const int room = std::max(0, end - x);
    const bool number = fact <= grown(shortFact)
                        && std::ranges::any_of(row.fact, [](QChar c) { return c.isDigit(); });
    const int factRoom =
        TreeDelegate::roomForFact(room, name, fact, number || row.factMeaning != Meaning::Neutral);
    places.fact = QRect(end - factRoom, line.y(), factRoom, line.height());
    places.name = QRect(x, line.y(), std::max(0, room - (factRoom > 0 ? factRoom + factGap : 0)),
                        line.height());
    return places;
}

bool isFocusedView(const QStyleOptionViewItem &option)
{
    return option.widget && option.widget->hasFocus();
}

// The tree draws the disclosure before its delegate draws the row: what the highlight covers is
// drawn again.
void paintHighlight(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                    const TreeRow &row, const Theme &colors)
{
    const QRect rect = rowRect(option);
    const bool selected = option.state & QStyle::State_Selected;
    const bool focused = selected && isFocusedView(option);
    const bool pointedAt = option.state & QStyle::State_MouseOver;
    const bool stark = colors.isHighContrast();
    if (selected || row.current)
        drawBox(painter, rect, controlRadius, focused ? colors.selection : colors.inactiveSelection,
                stark && !focused ? colors.edge : QColor());
    else if (pointedAt)
        drawBox(painter, rect, controlRadius, colors.hover, stark ? colors.edge : QColor());
    if (focused && option.state & QStyle::State_HasFocus)
        drawRing(painter, rect, controlRadius, colors.accent);
    const bool covered = selected || row.current || pointedAt;
    if (const auto *tree = qobject_cast<const QTreeView *>(option.widget);
        tree && covered && tree->model()->hasChildren(index)) {
        QStyleOption branch;
        branch.state = option.state | QStyle::State_Children;
        branch.state.setFlag(QStyle::State_Open, tree->isExpanded(index));
        branch.state.setFlag(QStyle::State_Active, focused);
        branch.direction = option.direction;
        const int side = tree->indentation();
        branch.rect =
            option.direction == Qt::RightToLeft
                ? QRect(option.rect.right() + 1, option.rect.y(), side, option.rect.height())
                : QRect(option.rect.x() - side, option.rect.y(), side, option.rect.height());
        paint::branch(&branch, painter, colors);
    }
    if (row.current) {
        QRect marker(0, rect.y(), stark ? 4 : markerWidth, rect.height());
        const QRect whole(0, rect.y(), option.widget ? option.widget->width() : rect.right(),
                          rect.height());
        drawBox(painter, QStyle::visualRect(option.direction, whole, marker), 1, colors.accent);
    }
}

struct RowInks {
    QColor symbol;
    QColor name;
    QColor fact;
};

RowInks inksOf(const QStyleOptionViewItem &option, const TreeRow &row, const Theme &colors)
{
    if (option.state & QStyle::State_Selected && isFocusedView(option))
        return {colors.onSelection, colors.onSelection, colors.onSelection};
    const bool tinted =
        row.current || option.state & (QStyle::State_Selected | QStyle::State_MouseOver);
    RowInks inks{colors.text2, row.dimmed ? colors.text3 : colors.text,
                 tinted ? colors.text2 : colors.text3};
    if (row.dimmed && tinted)
        inks.name = colors.text2;
    if (row.current)
        inks.symbol = colors.accent;
    if (row.iconMeaning != Meaning::Neutral)
        inks.symbol = colors.tone(row.iconMeaning).ink;
    if (row.factMeaning != Meaning::Neutral)
        inks.fact = colors.tone(row.factMeaning).ink;
    return inks;
}

} // namespace

TreeDelegate::TreeDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

int TreeDelegate::roomForFact(int room, int name, int fact, bool keeps)
{
    const int most = std::min(fact, room / 2);
    if (keeps)
        return most;
    const int left = std::min(room - factGap - name, fact);
    return left < std::min(fact, grown(worthless)) ? 0 : left;
}

void TreeDelegate::dress(QTreeView *tree)
{
    tree->setFrameShape(QFrame::NoFrame);
    tree->setHeaderHidden(true);
    tree->setUniformRowHeights(true);
    tree->setIndentation(16);
    tree->setTextElideMode(Qt::ElideMiddle);
    tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    tree->header()->setStretchLastSection(true);
    tree->header()->setMinimumSectionSize(0);
    tree->setMouseTracking(true);
    tree->setBackgroundRole(QPalette::Window);
    tree->viewport()->setBackgroundRole(QPalette::Window);
    tree->setExpandsOnDoubleClick(false);
    tree->setItemDelegate(new TreeDelegate(tree));
}

QWidget *TreeDelegate::placed(QTreeView *tree)
{
    auto *place = new QWidget(tree->parentWidget());
    place->setObjectName(tree->objectName() + u".place"_s);
    auto *row = new QHBoxLayout(place);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addSpacing(sideMargin);
    row->addWidget(tree);
    place->setFocusProxy(tree);
    return place;
}

TreeRow TreeDelegate::describe(const QModelIndex &index) const
{
    TreeRow row;
    row.name = oneLine(index.data(Qt::DisplayRole).toString());
    row.iconName = index.data(IconNameRole).toString();
    row.fact = index.data(FactRole).toString();
    row.current = index.data(CurrentRole).toBool();
    row.iconMeaning = Meaning(index.data(IconMeaningRole).toInt());
    row.factMeaning = Meaning(index.data(FactMeaningRole).toInt());
    row.dimmed = index.data(DimmedRole).toBool();
    return row;
}

void TreeDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const TreeRow row = describe(index);
    const Theme &colors = theme(option.palette);
    const RowInks inks = inksOf(option, row, colors);
    const Places places = placesOf(option, row);
    const QRect whole(0, 0, option.widget ? option.widget->width() : option.rect.right() + 1, 1);
    const auto mirrored = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, whole, rect);
    };
    painter->save();
    painter->setClipping(false); // the highlight is wider than the indented item
    paintHighlight(painter, option, index, row, colors);
    if (!row.iconName.isEmpty())
        paintIcon(painter, mirrored(places.icon), row.iconName, inks.symbol, option.direction);
    const auto put = [&](const QRect &rect, const QFont &font, const QColor &ink,
                         const QString &text, Qt::TextElideMode mode) {
        painter->setFont(font);
        painter->setPen(ink);
        drawLine(painter, mirrored(rect), Qt::AlignLeft, option.direction,
                 QFontMetrics(font).elidedText(text, mode, rect.width()));
    };
    put(places.name, font(row.heading ? TextRole::Heading : TextRole::Body), inks.name, row.name,
        Qt::ElideMiddle);
    if (!row.fact.isEmpty())
        put(places.fact, font(TextRole::Caption), inks.fact, row.fact, Qt::ElideRight);
    painter->restore();
}

QSize TreeDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight(height)};
}

bool TreeDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                             const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid()
        || !index.data(Qt::ToolTipRole).toString().isEmpty())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const TreeRow row = describe(index);
    QStyleOptionViewItem placed = option;
    placed.widget = view->viewport();
    const Places places = placesOf(placed, row);
    const QFontMetrics metrics(font(row.heading ? TextRole::Heading : TextRole::Body));
    const bool elided =
        metrics.horizontalAdvance(row.name) > places.name.width()
        || QFontMetrics(font(TextRole::Caption)).horizontalAdvance(row.fact) > places.fact.width();
    if (elided)
        QToolTip::showText(event->globalPos(), tipText(row.name, {}, row.fact), view);
    else
        QToolTip::hideText();
    return true;
}

} // namespace ui

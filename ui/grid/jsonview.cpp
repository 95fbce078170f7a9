// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/grid/jsonview.h"

#include "core/result/jsontreemodel.h"
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/menu.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using core::JsonKind;
using core::JsonTreeModel;

namespace {

// More children than this open by hand.
constexpr int openedAtOnce = 50;

QColor inkOf(const Theme &theme, const QVariant &kind)
{
    if (!kind.isValid())
        return theme.text2;
    switch (JsonKind(kind.toInt())) {
    case JsonKind::String:
        return theme.syntax.string;
    case JsonKind::Number:
        return theme.syntax.number;
    case JsonKind::True:
    case JsonKind::False:
        return theme.syntax.keyword;
    case JsonKind::Null:
        return theme.null;
    case JsonKind::Object:
    case JsonKind::Array:
        break;
    }
    return theme.text2;
}

} // namespace

void JsonDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const Theme &now = theme(option.widget);
    QStyleOptionViewItem ground = option;
    initStyleOption(&ground, index);
    ground.text.clear();
    option.widget->style()->drawControl(QStyle::CE_ItemViewItem, &ground, painter, option.widget);
    const QFont mono = ui::font(TextRole::Mono);
    const QFontMetrics metrics(mono);
    const QString key = index.data(JsonTreeModel::KeyRole).toString();
    const bool selected = option.state & QStyle::State_Selected;
    const bool inverted = selected && now.isHighContrast();
    QRect room = option.rect.adjusted(4, 0, -4, 0);
    painter->save();
    painter->setFont(mono);
    painter->setPen(inverted ? now.onSelection : now.text);
    constexpr int flags = Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine;
    if (!key.isEmpty()) {
        const QString shown =
            metrics.elidedText(key, Qt::ElideMiddle, std::max(room.width() * 2 / 3, 40));
        painter->drawText(room, flags, shown);
        room.setLeft(room.left() + metrics.horizontalAdvance(shown)
                     + metrics.horizontalAdvance(u' '));
    }
    painter->setPen(inverted   ? now.onSelection
                    : selected ? now.text
                               : inkOf(now, index.data(JsonTreeModel::KindRole)));
    const QString value = index.data(JsonTreeModel::ValueRole).toString();
    painter->drawText(room, flags, metrics.elidedText(value, Qt::ElideRight, room.width()));
    painter->restore();
}

QSize JsonDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {100, rowHeight(24, TextRole::Mono)};
}

JsonView::JsonView(QWidget *parent)
    : QTreeView(parent)
{
    setFrameShape(NoFrame);
    setHeaderHidden(true);
    setUniformRowHeights(true);
    setLayoutDirection(Qt::LeftToRight);
    setIndentation(16);
    setItemDelegate(new JsonDelegate(this));
    setAccessibleName(tr("JSON value"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

void JsonView::openFirst()
{
    const QModelIndex root = model()->index(0, 0);
    model()->fetchMore(root); // expanding alone would not, while the view is hidden
    expand(root);
    if (model()->rowCount(root) > openedAtOnce)
        return;
    for (int row = 0; row < model()->rowCount(root); ++row) {
        const QModelIndex child = model()->index(row, 0, root);
        model()->fetchMore(child);
        if (model()->rowCount(child) <= openedAtOnce)
            expand(child);
    }
}

void JsonView::paintEvent(QPaintEvent *event)
{
    QTreeView::paintEvent(event);
    // Qt reads on at the end of the root alone; here any container's end may come into view. Not
    // from inside a paint.
    QTimer::singleShot(0, this, &JsonView::readOn);
}

void JsonView::readOn()
{
    const QRect room = viewport()->rect();
    for (QModelIndex at = indexAt(room.topLeft()); at.isValid(); at = indexBelow(at)) {
        if (visualRect(at).top() > room.bottom())
            return;
        const QModelIndex container = at.parent();
        if (at.row() == model()->rowCount(container) - 1 && model()->canFetchMore(container)) {
            model()->fetchMore(container);
            return; // what came is painted, and looked at again
        }
    }
}

void JsonView::copyRole(const QModelIndex &index, int role) const
{
    const QVariant text = index.data(role);
    if (text.isValid())
        QApplication::clipboard()->setText(text.toString());
}

void JsonView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copyRole(currentIndex(), JsonTreeModel::SourceRole);
    else
        QTreeView::keyPressEvent(event);
}

void JsonView::contextMenuEvent(QContextMenuEvent *event)
{
    const QPersistentModelIndex index =
        event->reason() == QContextMenuEvent::Mouse ? indexAt(event->pos()) : currentIndex();
    if (!index.isValid())
        return;
    auto *menu = new Menu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(icon(u"copy"_s), tr("Copy value")), &QAction::triggered, this,
            [this, index] { copyRole(index, JsonTreeModel::SourceRole); });
    connect(menu->addAction(tr("Copy path")), &QAction::triggered, this,
            [this, index] { copyRole(index, JsonTreeModel::PathRole); });
    menu->popup(event->reason() == QContextMenuEvent::Mouse
                    ? event->globalPos()
                    : viewport()->mapToGlobal(visualRect(index).bottomLeft()));
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/styleparts.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace ui::paint {

void tab(Option option, QPainter *painter, const Theme &theme)
{
    const QRect rect = option->rect;
    const bool current = option->state & QStyle::State_Selected;
    const bool pointedAt = option->state & QStyle::State_MouseOver;
    const auto *item = qstyleoption_cast<const QStyleOptionTab *>(option);
    const bool below =
        item && (item->shape == QTabBar::RoundedSouth || item->shape == QTabBar::TriangularSouth);
    if (current) {
        painter->fillRect(rect, theme.base);
        QRect accent(rect.x(), below ? rect.bottom() - 1 : rect.y(), rect.width(), 2);
        painter->fillRect(accent, theme.accent);
    } else {
        painter->fillRect(rect, pointedAt ? theme.hover : theme.window);
        drawHairLine(painter, rect, below ? Qt::TopEdge : Qt::BottomEdge, theme.line);
    }
    const Qt::Edge end = option->direction == Qt::RightToLeft ? Qt::LeftEdge : Qt::RightEdge;
    drawHairLine(painter, rect, end, theme.line);
    if (current && option->state & QStyle::State_HasFocus)
        drawRing(painter, rect.adjusted(1, 3, -1, -1), 2, theme.accent);
}

void tabLabel(Option option, QPainter *painter, const Theme &theme)
{
    const auto *item = qstyleoption_cast<const QStyleOptionTab *>(option);
    if (!item)
        return;
    const bool current = item->state & QStyle::State_Selected;
    const bool enabled = item->state & QStyle::State_Enabled;
    const QColor ink = !enabled ? theme.text3 : current ? theme.text : theme.text2;
    QRect rect = item->rect.adjusted(12, 0, -12, 0);
    if (!item->icon.isNull()) {
        const QRect icon(rect.x(), rect.y() + (rect.height() - 16) / 2, 16, 16);
        paintIcon(painter, QStyle::visualRect(item->direction, item->rect, icon), item->icon, ink,
                  item->direction, enabled);
        rect.setLeft(rect.left() + 22);
    }
    painter->setPen(ink);
    painter->setFont(font(current ? TextRole::Name : TextRole::Body));
    drawLine(painter, QStyle::visualRect(item->direction, item->rect, rect), Qt::AlignLeft,
             item->direction, item->text, Qt::TextShowMnemonic);
}

void tabBarBase(Option option, QPainter *painter, const Theme &theme)
{
    const auto *base = qstyleoption_cast<const QStyleOptionTabBarBase *>(option);
    const QRect rect = base ? base->tabBarRect.united(option->rect) : option->rect;
    drawHairLine(painter, rect, Qt::BottomEdge, theme.line);
}

} // namespace ui::paint

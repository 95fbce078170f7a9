// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/styleparts.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyleOption>

namespace ui::paint {

using namespace Qt::StringLiterals;

namespace {

constexpr qreal thumbThickness = 6;

} // namespace

void scrollBar(const QStyleOptionComplex *option, QPainter *painter, const Theme &theme,
               const QStyle *style, const QWidget *widget)
{
    const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option);
    if (!bar || bar->minimum >= bar->maximum)
        return;
    const bool flat = bar->orientation == Qt::Horizontal;
    const QRectF room(
        style->subControlRect(QStyle::CC_ScrollBar, option, QStyle::SC_ScrollBarSlider, widget));
    const bool held = option->state & QStyle::State_Sunken
                      && option->activeSubControls & QStyle::SC_ScrollBarSlider;
    const bool pointedAt = option->activeSubControls & QStyle::SC_ScrollBarSlider;
    const qreal thickness = held || pointedAt ? thumbThickness + 2 : thumbThickness;
    QRectF thumb = room;
    if (flat) {
        thumb.setHeight(thickness);
        thumb.moveTop(room.center().y() - thickness / 2);
    } else {
        thumb.setWidth(thickness);
        thumb.moveLeft(room.center().x() - thickness / 2);
    }
    const QColor fill = held ? theme.text3 : pointedAt ? theme.fieldEdge : theme.thumb;
    drawBox(painter, thumb, thickness / 2, fill);
}

QRect scrollBarPart(const QStyleOptionSlider &bar, QStyle::SubControl part, int leastThumb)
{
    const bool flat = bar.orientation == Qt::Horizontal;
    const QRect groove =
        bar.rect.adjusted(flat ? 2 : 0, flat ? 0 : 2, flat ? -2 : 0, flat ? 0 : -2);
    const int length = flat ? groove.width() : groove.height();
    const qint64 range = qint64(bar.maximum) - bar.minimum;
    const qint64 whole = range + std::max(bar.pageStep, 1);
    const int thumb = range <= 0 ? length
                                 : int(std::clamp<qint64>(qint64(bar.pageStep) * length / whole,
                                                          std::min(leastThumb, length), length));
    const int start = QStyle::sliderPositionFromValue(bar.minimum, bar.maximum, bar.sliderPosition,
                                                      length - thumb, bar.upsideDown);
    const auto piece = [&](int from, int to) {
        return flat ? QRect(groove.x() + from, groove.y(), to - from, groove.height())
                    : QRect(groove.x(), groove.y() + from, groove.width(), to - from);
    };
    QRect rect;
    switch (part) {
    case QStyle::SC_ScrollBarSlider:
        rect = piece(start, start + thumb);
        break;
    case QStyle::SC_ScrollBarGroove:
        rect = groove;
        break;
    case QStyle::SC_ScrollBarSubPage:
        rect = piece(0, start);
        break;
    case QStyle::SC_ScrollBarAddPage:
        rect = piece(start + thumb, length);
        break;
    default:
        return {};
    }
    return QStyle::visualRect(bar.direction, bar.rect, rect);
}

void branch(Option option, QPainter *painter, const Theme &theme)
{
    if (!(option->state & QStyle::State_Children))
        return;
    const bool open = option->state & QStyle::State_Open;
    QRectF box(0, 0, 12, 12);
    box.moveCenter(QRectF(option->rect).center());
    const bool chosen =
        option->state & QStyle::State_Selected && option->state & QStyle::State_Active;
    paintIcon(painter, box, open ? u"chevron-down"_s : u"chevron-right"_s,
              chosen ? theme.onSelection : theme.text2, option->direction);
}

void rowPanel(Option option, QPainter *painter, const Theme &theme, bool rounded)
{
    const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option);
    if (item && item->backgroundBrush.style() != Qt::NoBrush)
        painter->fillRect(option->rect, item->backgroundBrush);
    const bool chosen = option->state & QStyle::State_Selected;
    const bool focused = option->state & QStyle::State_Active;
    const bool pointedAt =
        option->state & QStyle::State_MouseOver && option->state & QStyle::State_Enabled;
    const bool ringed = focused && option->state & QStyle::State_HasFocus;
    if (!chosen && !pointedAt && !ringed)
        return;
    const QColor fill = !chosen ? theme.hover : focused ? theme.selection : theme.inactiveSelection;
    const bool outlined = theme.isHighContrast() && !(chosen && focused);
    if (rounded)
        drawBox(painter, option->rect, controlRadius, fill, outlined ? theme.edge : QColor());
    else
        painter->fillRect(option->rect, fill);
    if (ringed)
        drawRing(painter, option->rect, rounded ? controlRadius : 0, theme.accent);
}

void header(Option option, QPainter *painter, const Theme &theme)
{
    const bool pointedAt =
        option->state & QStyle::State_MouseOver && option->state & QStyle::State_Enabled;
    painter->fillRect(option->rect, pointedAt ? theme.hover : theme.window);
    drawHairLine(painter, option->rect, Qt::BottomEdge, theme.line);
    drawHairLine(painter, option->rect,
                 option->direction == Qt::RightToLeft ? Qt::LeftEdge : Qt::RightEdge, theme.line);
}

void headerLabel(Option option, QPainter *painter, const Theme &theme)
{
    const auto *section = qstyleoption_cast<const QStyleOptionHeader *>(option);
    if (!section)
        return;
    QRect rect = option->rect.adjusted(8, 0, -8, 0);
    if (section->sortIndicator != QStyleOptionHeader::None) {
        const QRect arrow(rect.right() - 11, rect.y() + (rect.height() - 12) / 2, 12, 12);
        paintIcon(painter, QStyle::visualRect(option->direction, option->rect, arrow),
                  section->sortIndicator == QStyleOptionHeader::SortUp ? u"ascending"_s
                                                                       : u"descending"_s,
                  theme.text2);
        rect.setRight(rect.right() - 16);
    }
    painter->setFont(font(TextRole::Caption));
    painter->setPen(theme.text2);
    const QString shown =
        painter->fontMetrics().elidedText(section->text, Qt::ElideRight, rect.width());
    const Qt::Alignment side =
        section->textAlignment & Qt::AlignHorizontal_Mask ? section->textAlignment : Qt::AlignLeft;
    drawLine(painter, QStyle::visualRect(option->direction, option->rect, rect), side,
             option->direction, shown);
}

void separator(Option option, QPainter *painter, const Theme &theme)
{
    const QRectF rect(option->rect);
    // The state's meaning differs between splitters, docks and tool bars; the shape does not.
    if (rect.height() > rect.width()) {
        drawHairLine(painter, QRectF(rect.center().x(), rect.y(), 1, rect.height()), Qt::LeftEdge,
                     theme.line);
    } else {
        drawHairLine(painter, QRectF(rect.x(), rect.center().y(), rect.width(), 1), Qt::TopEdge,
                     theme.line);
    }
}

void frame(Option option, QPainter *painter, const Theme &theme)
{
    drawBox(painter, option->rect, 0, {}, theme.line);
}

} // namespace ui::paint

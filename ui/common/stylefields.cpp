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

constexpr int markSide = 14;

QRectF markBox(Option option)
{
    QRectF box(0, 0, markSide, markSide);
    box.moveCenter(QRectF(option->rect).center());
    return box;
}

bool isEnabled(Option option)
{
    return option->state & QStyle::State_Enabled;
}

bool isPointedAt(Option option)
{
    return isEnabled(option) && option->state & QStyle::State_MouseOver;
}

QColor markFill(Option option, const Theme &theme, bool set)
{
    if (!isEnabled(option))
        return set ? theme.text3 : theme.window;
    if (set)
        return isPointedAt(option) ? mixed(theme.accent, theme.text, 0.15) : theme.accent;
    return option->state & QStyle::State_Sunken ? theme.inactiveSelection
           : isPointedAt(option)                ? theme.hover
                                                : theme.base;
}

QColor markEdge(Option option, const Theme &theme)
{
    return isEnabled(option) ? theme.fieldEdge : theme.line;
}

void chevron(QPainter *painter, const QRect &rect, const QString &name, const QColor &color)
{
    QRectF box(0, 0, 12, 12);
    box.moveCenter(QRectF(rect).center());
    paintIcon(painter, box, name, color);
}

} // namespace

void checkBox(Option option, QPainter *painter, const Theme &theme)
{
    const bool partly = option->state & QStyle::State_NoChange;
    const bool set = partly || option->state & QStyle::State_On;
    const QRectF box = markBox(option);
    drawBox(painter, box, 3, markFill(option, theme, set),
            set ? QColor() : markEdge(option, theme));
    if (set)
        paintIcon(painter, box.adjusted(1, 1, -1, -1), partly ? u"remove"_s : u"check"_s,
                  isEnabled(option) ? theme.onAccent : theme.window);
}

void radioButton(Option option, QPainter *painter, const Theme &theme)
{
    const bool set = option->state & QStyle::State_On;
    const QRectF box = markBox(option);
    drawBox(painter, box, markSide / 2.0, markFill(option, theme, set),
            set ? QColor() : markEdge(option, theme));
    if (set)
        drawBox(painter, box.adjusted(4, 4, -4, -4), 3,
                isEnabled(option) ? theme.onAccent : theme.window);
}

void fieldFrame(Option option, QPainter *painter, const Theme &theme, bool focused)
{
    const bool enabled = isEnabled(option);
    if (enabled && focused) {
        drawBox(painter, option->rect, controlRadius, theme.base, theme.accent, 2);
        return;
    }
    const bool dashed = !enabled && theme.isHighContrast();
    drawBox(painter, option->rect, controlRadius, enabled ? theme.base : theme.window,
            enabled ? theme.fieldEdge : theme.line, 0, dashed ? Qt::DashLine : Qt::SolidLine);
}

void comboBox(const QStyleOptionComplex *option, QPainter *painter, const Theme &theme)
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo)
        return;
    const bool focused = option->state & QStyle::State_HasFocus;
    const bool enabled = isEnabled(option);
    if (combo->editable || focused) {
        fieldFrame(option, painter, theme, focused);
    } else {
        const QColor fill = !enabled              ? theme.window
                            : isPointedAt(option) ? theme.hover
                                                  : theme.control;
        drawBox(painter, option->rect, controlRadius, fill, enabled ? theme.fieldEdge : theme.line);
    }
    const QRect end(option->rect.right() - 25, option->rect.y(), 20, option->rect.height());
    chevron(painter, QStyle::visualRect(option->direction, option->rect, end), u"chevron-down"_s,
            enabled ? theme.text2 : theme.text3);
}

void comboBoxLabel(Option option, QPainter *painter, const Theme &theme)
{
    const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
    if (!combo || combo->editable)
        return;
    QRect text = option->rect.adjusted(8, 0, -28, 0);
    const bool enabled = isEnabled(option);
    const QColor ink = enabled ? theme.text : theme.text3;
    if (!combo->currentIcon.isNull()) {
        const QRect icon(text.x(), text.y() + (text.height() - 16) / 2, 16, 16);
        paintIcon(painter, QStyle::visualRect(option->direction, option->rect, icon),
                  combo->currentIcon, enabled ? theme.text2 : theme.text3, option->direction,
                  enabled);
        text.setLeft(text.left() + 22);
    }
    painter->setPen(ink);
    const QString shown =
        option->fontMetrics.elidedText(combo->currentText, Qt::ElideMiddle, text.width());
    drawLine(painter, QStyle::visualRect(option->direction, option->rect, text), Qt::AlignLeft,
             option->direction, shown);
}

void spinBox(const QStyleOptionComplex *option, QPainter *painter, const Theme &theme,
             const QStyle *style, const QWidget *widget)
{
    const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
    if (!spin)
        return;
    if (spin->frame)
        fieldFrame(option, painter, theme, option->state & QStyle::State_HasFocus);
    const auto step = [&](QStyle::SubControl part, QAbstractSpinBox::StepEnabledFlag flag,
                          const QString &name) {
        const QRect rect = style->subControlRect(QStyle::CC_SpinBox, option, part, widget);
        const bool able = isEnabled(option) && spin->stepEnabled & flag;
        const bool active = able && option->activeSubControls & part;
        if (active)
            drawBox(painter, rect, 2,
                    option->state & QStyle::State_Sunken ? theme.inactiveSelection : theme.hover);
        chevron(painter, rect, name, able ? theme.text2 : theme.text3);
    };
    if (spin->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    step(QStyle::SC_SpinBoxUp, QAbstractSpinBox::StepUpEnabled, u"chevron-up"_s);
    step(QStyle::SC_SpinBoxDown, QAbstractSpinBox::StepDownEnabled, u"chevron-down"_s);
}

void progressBar(Option option, QPainter *painter, const Theme &theme)
{
    const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (!bar)
        return;
    QRect track = option->rect;
    track.setHeight(4);
    track.moveTop(option->rect.center().y() - 1);
    drawBox(painter, track, 2, theme.inactiveSelection,
            theme.isHighContrast() ? theme.edge : QColor());
    const qint64 span = qint64(bar->maximum) - bar->minimum;
    if (span <= 0)
        return;
    QRect done = track;
    done.setWidth(int((qint64(bar->progress) - bar->minimum) * track.width() / span));
    if (done.width() > 0)
        drawBox(painter, QStyle::visualRect(option->direction, track, done), 2, theme.accent);
}

} // namespace ui::paint

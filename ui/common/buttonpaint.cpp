// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/buttonpaint.h"

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"

#include <QPainter>
#include <QStyleOptionButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

using Kind = Button::Kind;

constexpr int iconSide = 16;
constexpr int menuSide = 12;
constexpr int gap = 6;
constexpr int padding = 12;
constexpr int flatPadding = 8;

int paddingOf(Kind kind)
{
    if (kind == Kind::Link)
        return 0;
    return kind == Kind::Flat ? flatPadding : padding;
}

int textWidth(const QFont &font, const QString &text)
{
    return QFontMetrics(font).size(Qt::TextShowMnemonic, text).width();
}

bool isFilled(Kind kind)
{
    return kind == Kind::Primary || kind == Kind::Danger || kind == Kind::Production;
}

QColor fillOf(Kind kind, const Theme &theme)
{
    if (kind == Kind::Danger)
        return theme.danger.ink;
    return kind == Kind::Production ? theme.productionButton : theme.accent;
}

QColor inkOf(const ButtonLook &look, const Theme &theme)
{
    if (!look.enabled)
        return theme.text3;
    switch (look.kind) {
    case Kind::Primary:
        return theme.onAccent;
    case Kind::Danger:
        return theme.onDanger;
    case Kind::Production:
        return theme.onBand;
    case Kind::Link:
        return theme.accent;
    case Kind::Plain:
    case Kind::Flat:
        break;
    }
    // High contrast has no tints: a toggled button is filled with Text.
    return look.checked && theme.isHighContrast() ? theme.base : theme.text;
}

void paintFilled(QPainter *painter, const QRect &rect, const ButtonLook &look, const Theme &theme)
{
    QColor fill = fillOf(look.kind, theme);
    if (look.down)
        fill = mixed(fill, Qt::black, 0.18);
    else if (look.pointedAt)
        fill = mixed(fill, Qt::black, 0.09);
    drawBox(painter, rect, controlRadius, fill, theme.isHighContrast() ? theme.edge : QColor());
}

void paintUnfilled(QPainter *painter, const QRect &rect, const ButtonLook &look, const Theme &theme)
{
    const bool plain = look.kind == Kind::Plain;
    QColor fill = plain ? theme.control : QColor();
    if (look.checked)
        fill = theme.isHighContrast() ? theme.text : theme.inactiveSelection;
    else if (look.down)
        fill = theme.inactiveSelection;
    else if (look.pointedAt)
        fill = theme.hover;
    QColor edge = plain ? theme.edge : QColor();
    if (theme.isHighContrast() && (look.pointedAt || look.down))
        edge = theme.edge;
    drawBox(painter, rect, controlRadius, fill, edge,
            theme.isHighContrast() && look.pointedAt ? 2 : 0);
}

void drawWords(QPainter *painter, QRect rect, const ButtonLook &look, const QString &words,
               const QColor &ink)
{
    painter->setPen(ink);
    drawLine(painter, rect, Qt::AlignLeft, look.direction, words,
             look.showMnemonic ? Qt::TextShowMnemonic : Qt::TextHideMnemonic);
}

} // namespace

ButtonLook lookOf(const QStyleOptionButton &option, Button::Kind kind)
{
    ButtonLook look;
    look.kind = kind;
    look.enabled = option.state & QStyle::State_Enabled;
    look.pointedAt = look.enabled && option.state & QStyle::State_MouseOver;
    look.down = option.state & QStyle::State_Sunken;
    look.checked = option.state & QStyle::State_On;
    look.focused = option.state & QStyle::State_HasFocus;
    look.hasMenu = option.features & QStyleOptionButton::HasMenu;
    look.icon = option.icon;
    look.text = option.text;
    look.showMnemonic = option.state & QStyle::State_KeyboardFocusChange;
    look.direction = option.direction;
    return look;
}

QFont buttonFont(Button::Kind kind)
{
    const bool light = kind == Kind::Flat || kind == Kind::Link;
    return font(light ? TextRole::Body : TextRole::Name);
}

int buttonWidth(const ButtonLook &look)
{
    int width = 0;
    const auto add = [&width](int part) { width += part + (width > 0 ? gap : 0); };
    if (!look.icon.isNull())
        add(iconSide);
    if (!look.text.isEmpty())
        add(textWidth(buttonFont(look.kind), look.text));
    if (!look.fact.isEmpty())
        add(textWidth(font(TextRole::Body), look.fact));
    if (!look.keyHint.isEmpty())
        add(textWidth(font(TextRole::Caption), look.keyHint));
    if (look.hasMenu)
        add(menuSide);
    return width + 2 * paddingOf(look.kind);
}

void paintButtonBody(QPainter *painter, const QRect &rect, const ButtonLook &look,
                     const Theme &theme)
{
    if (look.kind == Kind::Link)
        return;
    if (!look.enabled) {
        if (look.kind == Kind::Flat)
            return;
        drawBox(painter, rect, controlRadius, theme.window, theme.line, 0,
                theme.isHighContrast() ? Qt::DashLine : Qt::SolidLine);
        return;
    }
    if (isFilled(look.kind))
        paintFilled(painter, rect, look, theme);
    else
        paintUnfilled(painter, rect, look, theme);
}

void paintButtonContents(QPainter *painter, const QRect &rect, const ButtonLook &look,
                         const Theme &theme)
{
    painter->save();
    const QColor ink = inkOf(look, theme);
    const QColor quiet = look.enabled && !isFilled(look.kind) && !look.checked ? theme.text2 : ink;
    // Left to right in numbers, mirrored as a whole at the end.
    int x = rect.x() + std::max((rect.width() - buttonWidth(look)) / 2, 0) + paddingOf(look.kind);
    const int end = rect.right() + 1 - paddingOf(look.kind);
    const auto next = [&](int width) {
        const QRect part(x, rect.y(), std::min(width, std::max(end - x, 0)), rect.height());
        x += width + gap;
        return QStyle::visualRect(look.direction, rect, part);
    };
    if (!look.icon.isNull()) {
        const QRectF box(next(iconSide));
        paintIcon(painter, QRectF(box.center().x() - 8, box.center().y() - 8, 16, 16), look.icon,
                  ink, look.direction, look.enabled);
    }
    if (!look.text.isEmpty()) {
        QFont words = buttonFont(look.kind);
        words.setUnderline(look.kind == Kind::Link && (look.pointedAt || theme.isHighContrast()));
        painter->setFont(words);
        drawWords(painter, next(textWidth(words, look.text)), look, look.text, ink);
    }
    if (!look.fact.isEmpty()) {
        painter->setFont(font(TextRole::Body));
        drawWords(painter, next(textWidth(painter->font(), look.fact)), look, look.fact, quiet);
    }
    if (!look.keyHint.isEmpty()) {
        painter->setFont(font(TextRole::Caption));
        drawWords(painter, next(textWidth(painter->font(), look.keyHint)), look, look.keyHint,
                  quiet);
    }
    if (look.hasMenu) {
        const QRectF box(next(menuSide));
        paintIcon(painter, QRectF(box.center().x() - 6, box.center().y() - 6, 12, 12),
                  u"chevron-down"_s, quiet);
    }
    painter->restore();
}

} // namespace ui

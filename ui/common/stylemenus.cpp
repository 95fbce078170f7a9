// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/styleparts.h"
#include "ui/common/theme.h"

#include <QKeySequence>
#include <QPainter>
#include <QStyleOption>

namespace ui::paint {

using namespace Qt::StringLiterals;

namespace {

constexpr int rowHeightLeast = 28;
constexpr int separatorHeight = 9;
constexpr int symbolColumn = 36; // padding 12, symbol 16, gap 8
constexpr int endPadding = 12;
constexpr int chevronColumn = 22;
constexpr int shortcutGap = 28;

struct EntryText {
    QString words;
    QString shortcut;
    QString reason;
};

EntryText textOf(const QStyleOptionMenuItem &item)
{
    EntryText entry;
    entry.words = item.text;
    if (const qsizetype line = entry.words.indexOf(u'\n'); line >= 0) {
        entry.reason = entry.words.sliced(line + 1);
        entry.words.truncate(line);
    }
    const auto cut = [&entry](QString &text) {
        const qsizetype tab = text.indexOf(u'\t');
        if (tab < 0)
            return;
        entry.shortcut = text.sliced(tab + 1);
        text.truncate(tab);
    };
    // The shortcut follows the whole text, thus the reason where there is one.
    cut(entry.reason);
    cut(entry.words);
    entry.shortcut.replace(QKeySequence(Qt::Key_Return).toString(QKeySequence::NativeText), u"↵"_s);
    return entry;
}

bool isChosen(Option option)
{
    return option->state & QStyle::State_Selected && option->state & QStyle::State_Enabled;
}

void drawSymbol(const QStyleOptionMenuItem &item, QPainter *painter, const Theme &theme,
                const QColor &ink, int lineHeight)
{
    const QRect place(item.rect.x() + endPadding, item.rect.y() + (lineHeight - 16) / 2, 16, 16);
    const QRect box = QStyle::visualRect(item.direction, item.rect, place);
    const bool enabled = item.state & QStyle::State_Enabled;
    if (item.checkType != QStyleOptionMenuItem::NotCheckable) {
        if (item.checked)
            paintIcon(painter, box, u"check"_s, enabled && !isChosen(&item) ? theme.accent : ink);
        return;
    }
    if (!item.icon.isNull())
        paintIcon(painter, box, item.icon, ink, item.direction, enabled);
}

} // namespace

void popupPanel(const QRect &rect, QPainter *painter, const Theme &theme, bool translucent)
{
    const qreal width = theme.isHighContrast() ? 2 : 0;
    if (!translucent)
        painter->fillRect(rect, theme.raised);
    drawBox(painter, rect, popupRadius, theme.raised, theme.edge, width);
}

QSize menuItemSize(Option option)
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return {};
    if (item->menuItemType == QStyleOptionMenuItem::Separator)
        return {60, separatorHeight};
    const EntryText entry = textOf(*item);
    const QFontMetrics words(font(TextRole::Body));
    const QFontMetrics caption(font(TextRole::Caption));
    int width = words.size(Qt::TextShowMnemonic, entry.words).width();
    // QMenu adds the widest shortcut to the widest of these itself.
    if (!entry.shortcut.isEmpty())
        width += shortcutGap;
    if (item->menuItemType == QStyleOptionMenuItem::SubMenu)
        width += chevronColumn;
    int height = rowHeight(rowHeightLeast);
    if (!entry.reason.isEmpty()) {
        width = std::max(width, caption.horizontalAdvance(entry.reason));
        height += caption.height() + 2;
    }
    return {symbolColumn + width + endPadding + 8, height};
}

void menuItem(Option option, QPainter *painter, const Theme &theme)
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    const QRect row = item->rect;
    if (item->menuItemType == QStyleOptionMenuItem::Separator) {
        QRect line(row.x(), row.center().y(), row.width(), 1);
        drawHairLine(painter, line, Qt::TopEdge, theme.line);
        return;
    }
    const bool enabled = item->state & QStyle::State_Enabled;
    const bool chosen = isChosen(item);
    if (chosen)
        drawBox(painter, row, controlRadius, theme.selection);
    else if (item->state & QStyle::State_Selected && theme.isHighContrast())
        drawBox(painter, row, controlRadius, {}, theme.edge, 0, Qt::DashLine);
    const EntryText entry = textOf(*item);
    const int lineHeight = rowHeight(rowHeightLeast);
    const QColor ink = !enabled ? theme.text3 : chosen ? theme.onSelection : theme.text;
    const QColor quiet = chosen ? theme.onSelection : enabled ? theme.text2 : theme.text3;
    drawSymbol(*item, painter, theme, quiet, lineHeight);
    QRect words(row.x() + symbolColumn, row.y(), row.width() - symbolColumn - endPadding,
                lineHeight);
    const auto put = [&](const QRect &rect, Qt::Alignment side, const QString &text) {
        drawLine(painter, QStyle::visualRect(item->direction, row, rect), side, item->direction,
                 text, Qt::TextShowMnemonic);
    };
    painter->setPen(ink);
    painter->setFont(font(TextRole::Body));
    put(words, Qt::AlignLeft, entry.words);
    painter->setFont(font(TextRole::Caption));
    painter->setPen(quiet);
    const bool sub = item->menuItemType == QStyleOptionMenuItem::SubMenu;
    if (!entry.shortcut.isEmpty())
        put(words.adjusted(0, 0, sub ? -chevronColumn : 0, 0), Qt::AlignRight, entry.shortcut);
    if (!entry.reason.isEmpty())
        put(words.translated(0, lineHeight / 2 + QFontMetrics(painter->font()).height() / 2 - 1),
            Qt::AlignLeft, entry.reason);
    if (sub) {
        const QRect arrow(row.right() - endPadding - 11, row.y() + (lineHeight - 12) / 2, 12, 12);
        paintIcon(painter, QStyle::visualRect(item->direction, row, arrow), u"chevron-right"_s,
                  quiet, item->direction);
    }
}

void menuBarItem(Option option, QPainter *painter, const Theme &theme)
{
    const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    if (!item)
        return;
    const bool open = item->state & QStyle::State_Sunken;
    const bool pointedAt = item->state & QStyle::State_Selected;
    const QRect body(item->rect.x(), item->rect.center().y() - rowHeight(28) / 2 + 1,
                     item->rect.width(), rowHeight(28));
    const bool stark = theme.isHighContrast();
    if (open)
        drawBox(painter, body, controlRadius, stark ? theme.text : theme.inactiveSelection);
    else if (pointedAt)
        drawBox(painter, body, controlRadius, theme.hover, stark ? theme.edge : QColor());
    const bool enabled = item->state & QStyle::State_Enabled;
    painter->setPen(!enabled ? theme.text3 : open && stark ? theme.base : theme.text);
    painter->setFont(font(TextRole::Body));
    const bool mnemonic = item->state & QStyle::State_KeyboardFocusChange || pointedAt || open;
    painter->drawText(body,
                      Qt::AlignCenter | Qt::TextSingleLine
                          | (mnemonic ? Qt::TextShowMnemonic : Qt::TextHideMnemonic),
                      item->text);
}

} // namespace ui::paint

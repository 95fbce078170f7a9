// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/tooltip.h"

#include "ui/common/fonts.h"
#include "ui/common/styleparts.h"
#include "ui/common/theme.h"

#include <QEvent>
#include <QFontMetrics>
#include <QLabel>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScreen>

#include <algorithm>

namespace ui {

namespace {

constexpr int mostWidth = 280;
constexpr int sidePadding = 9;
constexpr int endPadding = 6;
constexpr int keyGap = 10;
constexpr int lineGap = 2;

struct TipParts {
    QString name;
    QString shortcut;
    QString reason;
};

TipParts partsOf(const QString &text)
{
    TipParts parts;
    const qsizetype line = text.indexOf(u'\n');
    parts.name = line < 0 ? text : text.first(line);
    parts.reason = line < 0 ? QString() : text.sliced(line + 1);
    if (const qsizetype tab = parts.name.indexOf(u'\t'); tab >= 0) {
        parts.shortcut = parts.name.sliced(tab + 1);
        parts.name.truncate(tab);
    }
    return parts;
}

QFont nameFont(const TipParts &parts)
{
    return font(parts.reason.isEmpty() ? TextRole::Caption : TextRole::Chip);
}

// Between words; inside of one only where it is wider than the whole tooltip (names, paths).
int wrapping(const QFont &font, const QString &text, int room)
{
    const QFontMetrics metrics(font);
    const QList<QStringView> words = QStringView(text).split(u' ');
    const bool fits = std::ranges::all_of(words, [&metrics, room](QStringView word) {
        return metrics.horizontalAdvance(word.toString()) <= room;
    });
    return fits ? Qt::TextWordWrap : Qt::TextWrapAnywhere;
}

QSize textSize(const QFont &font, const QString &text, int room)
{
    return text.isEmpty()
               ? QSize(0, 0)
               : QFontMetrics(font)
                     .boundingRect(QRect(0, 0, room, 10'000), wrapping(font, text, room), text)
                     .size();
}

// In the direction of the text itself; returns its height.
int drawParagraph(QPainter *painter, const QRect &room, int side, const QString &text)
{
    painter->setLayoutDirection(text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight);
    QRect used;
    painter->drawText(room, wrapping(painter->font(), text, room.width()) | side, text, &used);
    return used.height();
}

} // namespace

QString tipText(const QString &name, const QString &shortcut, const QString &reason)
{
    QString text = name;
    text.replace(u'\n', u' ');
    text.replace(u'\t', u' ');
    if (!shortcut.isEmpty())
        text += u'\t' + shortcut;
    if (!reason.isEmpty())
        text += u'\n' + reason;
    return text;
}

QSize TipLook::sizeFor(const QString &text)
{
    const TipParts parts = partsOf(text);
    const int room = grown(mostWidth) - 2 * sidePadding;
    const QFont caption = font(TextRole::Caption);
    const int key = parts.shortcut.isEmpty()
                        ? 0
                        : QFontMetrics(caption).horizontalAdvance(parts.shortcut) + keyGap;
    const QSize name = textSize(nameFont(parts), parts.name, room - key);
    const QSize reason = textSize(caption, parts.reason, room);
    const int gap = parts.reason.isEmpty() ? 0 : lineGap;
    return {std::max(name.width() + key, reason.width()) + 2 * sidePadding + 1,
            name.height() + gap + reason.height() + 2 * endPadding};
}

void TipLook::paint(QLabel *tip)
{
    QPainter painter(tip);
    const Theme &colors = theme();
    const bool translucent = tip->window()->testAttribute(Qt::WA_TranslucentBackground);
    paint::popupPanel(tip->rect(), &painter, colors, translucent);
    const TipParts parts = partsOf(tip->text());
    const QRect room = tip->rect().adjusted(sidePadding, endPadding, -sidePadding, -endPadding);
    const int start = int(QStyle::visualAlignment(tip->layoutDirection(), Qt::AlignLeft));
    const int end = int(QStyle::visualAlignment(tip->layoutDirection(), Qt::AlignRight));
    painter.setPen(colors.text);
    painter.setFont(nameFont(parts));
    const int nameHeight = drawParagraph(&painter, room, start, parts.name);
    painter.setFont(font(TextRole::Caption));
    painter.setPen(colors.text2);
    if (!parts.shortcut.isEmpty())
        painter.drawText(room, end | Qt::TextSingleLine, parts.shortcut);
    if (!parts.reason.isEmpty())
        drawParagraph(&painter, room.adjusted(0, nameHeight + lineGap, 0, 0), start, parts.reason);
}

void TipLook::shape(QLabel *tip)
{
    const QScopedValueRollback guard(m_shaping, true);
    const QSize size = sizeFor(tip->text());
    tip->resize(size);
    // Qt placed the window for the size it had in mind; only the lower end can leave the screen.
    if (const QScreen *screen = tip->screen()) {
        const int over = tip->y() + size.height() - screen->availableGeometry().bottom();
        if (over > 0)
            tip->move(tip->x(), tip->y() - over);
    }
}

bool TipLook::eventFilter(QObject *watched, QEvent *event)
{
    // It is a label only while it is shown: other events come from its end, too.
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Resize:
        if (!m_shaping)
            shape(static_cast<QLabel *>(watched));
        return false;
    case QEvent::Paint:
        paint(static_cast<QLabel *>(watched));
        return true;
    default:
        return false;
    }
}

} // namespace ui

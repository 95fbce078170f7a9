// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/factdelegate.h"

#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/object/factmodel.h"

#include <QAbstractItemView>
#include <QHelpEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int padding = 12;
constexpr int gap = 8;
constexpr int iconSide = 16;
constexpr int smallIcon = 14;

const FactModel *modelOf(const QModelIndex &index)
{
    return qobject_cast<const FactModel *>(index.model());
}

QString meaningIcon(Meaning meaning)
{
    switch (meaning) {
    case Meaning::Danger:
        return u"error"_s;
    case Meaning::Ok:
        return u"ok"_s;
    case Meaning::Info:
        return u"info"_s;
    case Meaning::ReadOnly:
        return u"read-only"_s;
    default:
        return u"warning"_s;
    }
}

bool isStrong(const QStyleOptionViewItem &option)
{
    return option.state & QStyle::State_Selected && option.widget && option.widget->hasFocus();
}

QColor inkOf(const FactCell &cell, const QStyleOptionViewItem &option, const Theme &look)
{
    if (isStrong(option))
        return look.onSelection;
    if (cell.meaning != Meaning::Neutral)
        return look.tone(cell.meaning).ink;
    const bool selected = option.state & QStyle::State_Selected;
    return look.ink(cell.ink == Ink::Text3 && selected ? Ink::Text2 : cell.ink);
}

/// On one line; names in a sentence of ours keep what isolates them.
QString shownText(const FactCell &cell)
{
    return cell.role == TextRole::Body ? sentenceLine(cell.text) : oneLine(cell.text);
}

int advance(const QString &text, TextRole role)
{
    return QFontMetrics(font(role)).horizontalAdvance(text) + 1;
}

/// How far the end of a cell is kept free: less between columns than at the edge of the card.
int endPadding(const QModelIndex &index)
{
    return index.column() == index.model()->columnCount() - 1 ? padding : gap;
}

} // namespace

QRect FactDelegate::wordsRect(const QRect &cell, const QModelIndex &index)
{
    const FactCell *fact = modelOf(index) ? modelOf(index)->cell(index) : nullptr;
    int before = index.column() == 0 ? padding + iconSide + gap + 2 : gap;
    if (fact && fact->meaning != Meaning::Neutral && !fact->text.isEmpty())
        before += smallIcon + 5;
    return cell.adjusted(before, 0, -endPadding(index), 0);
}

void FactDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index) const
{
    const FactModel *model = modelOf(index);
    const FactCell *cell = model ? model->cell(index) : nullptr;
    if (!cell)
        return;
    const Theme &look = theme(option.palette);
    const QRect whole = option.rect;
    const auto mirrored = [&](const QRect &rect) {
        return QStyle::visualRect(option.direction, whole, rect);
    };
    const auto place = [&](int x, int side) {
        return mirrored({x, whole.y() + (whole.height() - side) / 2, side, side});
    };
    painter->save();
    if (index.column() == 0) {
        paintIcon(painter, place(whole.x() + padding, iconSide), model->row(index)->iconName,
                  isStrong(option) ? look.onSelection : look.text2, option.direction);
    }
    const bool atEnd = model->columns()[std::size_t(index.column())].side & Qt::AlignRight;
    QRect room = wordsRect(whole, index);
    const QString text = shownText(*cell);
    const int noteWidth = cell->note.isEmpty() ? 0 : advance(cell->note, TextRole::Caption) + 5;
    const int wanted = advance(text, cell->role);
    const int width =
        std::clamp(room.width() - noteWidth, std::min(wanted, room.width() / 2), wanted);
    if (atEnd)
        room.setLeft(std::max(room.left(), room.right() - width));
    if (cell->meaning != Meaning::Neutral && !text.isEmpty())
        paintIcon(painter, place(room.x() - smallIcon - 5, smallIcon), meaningIcon(cell->meaning),
                  inkOf(*cell, option, look), option.direction);
    const bool isName = index.column() == 0;
    painter->setPen(inkOf(*cell, option, look));
    painter->setFont(font(cell->role));
    const QRect words(room.x(), room.y(), std::min(width, room.width()), room.height());
    drawLine(painter, mirrored(words), Qt::AlignLeft, option.direction,
             painter->fontMetrics().elidedText(text, isName ? Qt::ElideMiddle : Qt::ElideRight,
                                               words.width()));
    if (noteWidth > 0 && words.right() + 5 < room.right()) {
        const QRect rest(words.right() + 5, room.y(), room.right() - words.right() - 4,
                         room.height());
        painter->setPen(isStrong(option) ? look.onSelection : look.text2);
        painter->setFont(font(TextRole::Caption));
        drawLine(
            painter, mirrored(rest), Qt::AlignLeft, option.direction,
            painter->fontMetrics().elidedText(oneLine(cell->note), Qt::ElideRight, rest.width()));
    }
    painter->restore();
}

QSize FactDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {0, rowHeight(28)};
}

bool FactDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                             const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const FactModel *model = modelOf(index);
    const FactCell *cell = model ? model->cell(index) : nullptr;
    if (event->type() != QEvent::ToolTip || !cell)
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString whole = index.data().toString();
    const int wanted = advance(shownText(*cell), cell->role)
                       + (cell->note.isEmpty() ? 0 : advance(cell->note, TextRole::Caption) + 5);
    const QString &tip = model->row(index)->tip;
    QStringList lines;
    if (wanted > wordsRect(option.rect, index).width())
        lines << whole;
    if (!tip.isEmpty())
        lines << tip;
    if (lines.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPos(), lines.join(u'\n'), view);
    return true;
}

FactHeader::FactHeader(QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
{
    setSectionsClickable(false);
    setHighlightSections(false);
    setMinimumSectionSize(0);
    viewport()->setBackgroundRole(QPalette::Base);
}

void FactHeader::paintSection(QPainter *painter, const QRect &rect, int section) const
{
    const Theme &look = theme(this);
    const int last = count() - 1;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const bool roundLeft = mirrored ? section == last : section == 0;
    const bool roundRight = mirrored ? section == 0 : section == last;
    constexpr int radius = int(popupRadius) - 1;
    QPainterPath ground;
    ground.addRoundedRect(
        rect.adjusted(roundLeft ? 0 : -radius * 2, 0, roundRight ? 0 : radius * 2, radius * 2),
        radius, radius);
    painter->save();
    painter->setClipRect(rect, Qt::IntersectClip);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->fillPath(ground, look.window);
    drawHairLine(painter, rect, Qt::BottomEdge, look.line);
    painter->setFont(ui::font(TextRole::Chip));
    painter->setPen(look.text2);
    const auto *facts = qobject_cast<const FactModel *>(model());
    const Qt::Alignment side =
        facts ? facts->columns()[std::size_t(section)].side : Qt::Alignment(Qt::AlignLeft);
    const int before = section == 0 ? padding + iconSide + gap + 2 : gap;
    const QRect words = rect.adjusted(before, 0, section == last ? -padding : -gap, 0);
    const QString text = model()->headerData(section, Qt::Horizontal).toString();
    drawLine(painter, QStyle::visualRect(layoutDirection(), rect, words), side, layoutDirection(),
             painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
    painter->restore();
}

} // namespace ui

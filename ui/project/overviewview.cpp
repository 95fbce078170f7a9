// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/overviewview.h"

#include "ui/common/chip.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/project/overviewmodel.h"

#include <QEvent>
#include <QHeaderView>
#include <QHelpEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QToolTip>

#include <numeric>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int padding = 12;
constexpr int iconSide = 16;
constexpr int iconGap = 8;
constexpr int chipGap = 8;

// Words of columns in the caption font, without lines between them.
class Header : public QHeaderView
{
public:
    explicit Header(QWidget *parent)
        : QHeaderView(Qt::Horizontal, parent)
    {
        setSectionsClickable(false);
        setHighlightSections(false);
        setMinimumSectionSize(0);
    }

protected:
    void paintSection(QPainter *painter, const QRect &rect, int section) const override
    {
        const Theme &look = theme(this);
        painter->fillRect(rect, look.window);
        drawHairLine(painter, rect, Qt::BottomEdge, look.line);
        painter->setFont(ui::font(TextRole::Chip));
        painter->setPen(look.text2);
        const QRect words = rect.adjusted(section == 0 ? padding : 8, 0, -8, 0);
        const QString text = model()->headerData(section, Qt::Horizontal).toString();
        drawLine(painter, QStyle::visualRect(layoutDirection(), rect, words), Qt::AlignLeft,
                 layoutDirection(),
                 painter->fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
    }
};

class Delegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &,
                                 const QModelIndex &index) const override
    {
        return {0, rowHeight(isGroup(index) ? 36 : 32)};
    }
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

private:
    [[nodiscard]] static bool isGroup(const QModelIndex &index)
    {
        return index.data(OverviewModel::WordsRole).isValid();
    }
    [[nodiscard]] static QRect wordsRect(const QRect &rect, const QModelIndex &index);
    [[nodiscard]] static QFont fontOf(const QModelIndex &index);
    static void paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                            const QModelIndex &index, const Theme &look);
    static void paintGroup(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index, const Theme &look);
    static bool paintRevealed(QPainter *painter, const QStyleOptionViewItem &option,
                              const QModelIndex &index, const QColor &ink);
    static void paintCell(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index, const Theme &look);
};

bool isFocused(const QStyleOptionViewItem &option)
{
    return option.widget && option.widget->hasFocus();
}

void Delegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                     const QModelIndex &index) const
{
    const Theme &look = theme(option.palette);
    painter->save();
    paintGround(painter, option, index, look);
    if (isGroup(index))
        paintGroup(painter, option, index, look);
    else
        paintCell(painter, option, index, look);
    painter->restore();
}

void Delegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index, const Theme &look)
{
    const bool group = isGroup(index);
    QColor ground = group ? look.window : look.base;
    const bool selected = option.state & QStyle::State_Selected;
    if (selected)
        ground = isFocused(option) ? look.selection : look.inactiveSelection;
    painter->fillRect(option.rect, ground);
    drawHairLine(painter, option.rect, Qt::BottomEdge, group ? look.line : look.gridline);
    const auto *view = qobject_cast<const QTreeView *>(option.widget);
    if (!selected || !isFocused(option) || !view)
        return;
    // The ring of the current row goes through all of its cells.
    const bool first = index.column() == 0;
    const bool last = group || index.column() == index.model()->columnCount(index.parent()) - 1;
    const QRect rect = option.rect;
    painter->fillRect(QRect(rect.x(), rect.y(), rect.width(), 2), look.accent);
    painter->fillRect(QRect(rect.x(), rect.bottom() - 1, rect.width(), 2), look.accent);
    if (first)
        painter->fillRect(QStyle::visualRect(option.direction, rect,
                                             QRect(rect.topLeft(), QSize(2, rect.height()))),
                          look.accent);
    if (last)
        painter->fillRect(QStyle::visualRect(option.direction, rect,
                                             QRect(rect.right() - 1, rect.y(), 2, rect.height())),
                          look.accent);
}

void Delegate::paintGroup(QPainter *painter, const QStyleOptionViewItem &option,
                          const QModelIndex &index, const Theme &look)
{
    const QRect rect = option.rect;
    const auto mirrored = [&](const QRect &part) {
        return QStyle::visualRect(option.direction, rect, part);
    };
    const auto meaning = Meaning(index.data(OverviewModel::MeaningRole).toInt());
    int x = rect.x() + padding;
    const QRect icon(x, rect.y() + (rect.height() - iconSide) / 2, iconSide, iconSide);
    paintIcon(painter, mirrored(icon), index.data(OverviewModel::IconNameRole).toString(),
              meaning == Meaning::Neutral ? look.text2 : look.tone(meaning).ink, option.direction);
    x += iconSide + iconGap;
    std::vector<OverviewChip> chips;
    if (const auto *model = qobject_cast<const OverviewModel *>(index.model()))
        chips = model->chips(index);
    int chipsWidth = 0;
    for (const OverviewChip &chip : chips)
        chipsWidth += Chip::widthFor(chip.iconName, chip.word) + chipGap;
    const auto put = [&](const QString &text, TextRole role, const QColor &ink, int room) {
        const QFontMetrics metrics(font(role));
        const QString shown = metrics.elidedText(text, Qt::ElideRight, std::max(0, room));
        const int width = metrics.horizontalAdvance(shown) + 1;
        painter->setFont(font(role));
        painter->setPen(ink);
        drawLine(painter, mirrored(QRect(x, rect.y(), width, rect.height())), Qt::AlignLeft,
                 option.direction, shown);
        x += width + iconGap;
    };
    const int end = rect.right() - padding;
    put(oneLine(index.data().toString()), TextRole::Name, look.text, (end - x) / 2);
    put(index.data(OverviewModel::WordsRole).toString(), TextRole::Body, look.text2,
        end - x - chipsWidth - iconGap);
    for (const OverviewChip &chip : chips) {
        const int width = std::min(Chip::widthFor(chip.iconName, chip.word), end - x);
        if (width < 40)
            break;
        const QFontMetrics metrics(font(TextRole::Chip));
        const int words = width - Chip::widthFor(chip.iconName, QString());
        const QRect place(x, rect.y() + (rect.height() - 20) / 2, width, 20);
        Chip::paint(painter, mirrored(place), look, chip.meaning, chip.iconName,
                    metrics.elidedText(chip.word, Qt::ElideRight, words + 1), option.direction);
        x += width + chipGap;
    }
}

QRect Delegate::wordsRect(const QRect &rect, const QModelIndex &index)
{
    const int before = index.column() == 0 ? padding + iconSide + iconGap : 8;
    return rect.adjusted(before, 0, -8, 0);
}

QFont Delegate::fontOf(const QModelIndex &index)
{
    QFont face =
        font(index.data(OverviewModel::MonoRole).toBool() ? TextRole::Mono : TextRole::Body);
    if (index.column() == OverviewModel::AddressColumn
        && index.data(OverviewModel::StruckRole).toBool())
        face.setStrikeOut(true);
    return face;
}

/// A password has the room of the address and of its place: all of it is to be seen, for no tooltip
/// ever has one. Each of the two cells draws its part.
bool Delegate::paintRevealed(QPainter *painter, const QStyleOptionViewItem &option,
                             const QModelIndex &index, const QColor &ink)
{
    const auto *view = qobject_cast<const QTreeView *>(option.widget);
    const int column = index.column();
    const bool isPart =
        column == OverviewModel::AddressColumn || column == OverviewModel::PlaceColumn;
    if (!view || !isPart || !index.data(OverviewModel::RevealedRole).toBool())
        return false;
    const QModelIndex address = index.siblingAtColumn(OverviewModel::AddressColumn);
    const QRect first = view->visualRect(address);
    const QRect second = view->visualRect(index.siblingAtColumn(OverviewModel::PlaceColumn));
    const QRect words = first.united(second).adjusted(8, 0, -8, 0);
    const QFont face = ui::font(TextRole::Mono);
    painter->setClipRect(option.rect, Qt::IntersectClip);
    painter->setFont(face);
    painter->setPen(ink);
    drawLine(painter, words, Qt::AlignLeft, option.direction,
             QFontMetrics(face).elidedText(oneLine(address.data().toString()), Qt::ElideRight,
                                           words.width()));
    return true;
}

void Delegate::paintCell(QPainter *painter, const QStyleOptionViewItem &option,
                         const QModelIndex &index, const Theme &look)
{
    const bool selected = option.state & QStyle::State_Selected;
    const bool strong = selected && isFocused(option);
    const auto meaning = Meaning(index.data(OverviewModel::MeaningRole).toInt());
    const QString icon = index.data(OverviewModel::IconNameRole).toString();
    if (!icon.isEmpty()) {
        const QRect place(option.rect.x() + padding,
                          option.rect.y() + (option.rect.height() - iconSide) / 2, iconSide,
                          iconSide);
        const QColor plain = strong ? look.onSelection : look.text2;
        paintIcon(painter, QStyle::visualRect(option.direction, option.rect, place), icon,
                  meaning == Meaning::Neutral || strong ? plain : look.tone(meaning).ink,
                  option.direction);
    }
    QColor ink = index.data(OverviewModel::QuietRole).toBool() ? look.text2 : look.text;
    if (icon.isEmpty() && meaning != Meaning::Neutral)
        ink = look.tone(meaning).ink;
    if (strong)
        ink = look.onSelection;
    if (paintRevealed(painter, option, index, ink))
        return;
    const QRect words = wordsRect(option.rect, index);
    const QFont face = fontOf(index);
    const QString whole = oneLine(index.data().toString());
    const bool isName = index.data(OverviewModel::MonoRole).toBool();
    const auto mode = isName ? Qt::ElideMiddle : Qt::ElideRight;
    painter->setFont(face);
    painter->setPen(ink);
    drawLine(painter, QStyle::visualRect(option.direction, option.rect, words), Qt::AlignLeft,
             option.direction, QFontMetrics(face).elidedText(whole, mode, words.width()));
}

bool Delegate::helpEvent(QHelpEvent *event, QAbstractItemView *view,
                         const QStyleOptionViewItem &option, const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, option, index);
    const QString tip = index.data(Qt::ToolTipRole).toString();
    const QString text = oneLine(index.data().toString());
    const bool elided =
        QFontMetrics(fontOf(index)).horizontalAdvance(text) > wordsRect(option.rect, index).width();
    const bool more = tip != index.data(Qt::AccessibleTextRole).toString();
    if (elided || more)
        QToolTip::showText(event->globalPos(), tip, view);
    else
        QToolTip::hideText();
    return true;
}

} // namespace

OverviewView::OverviewView(const QList<int> &shares, QWidget *parent)
    : QTreeView(parent)
    , m_shares(shares)
{
    setFrameShape(QFrame::NoFrame);
    setHeader(new Header(this));
    setIndentation(0);
    setRootIsDecorated(false);
    setItemsExpandable(false);
    setExpandsOnDoubleClick(false);
    setAllColumnsShowFocus(true);
    setSelectionBehavior(SelectRows);
    setTextElideMode(Qt::ElideMiddle);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabKeyNavigation(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setItemDelegate(new Delegate(this));
    connect(this, &QTreeView::activated, this, &OverviewView::opened);
}

void OverviewView::setModel(QAbstractItemModel *model)
{
    QTreeView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &OverviewView::fit);
    fit();
}

void OverviewView::fit()
{
    expandAll();
    for (int row = 0; row < model()->rowCount(); ++row)
        setFirstColumnSpanned(row, {},
                              model()->index(row, 0).data(OverviewModel::WordsRole).isValid());
    share();
    updateGeometry();
}

QSize OverviewView::sizeHint() const
{
    int height = header()->sizeHint().height();
    const int rowSize = ui::rowHeight(32);
    for (int row = 0; model() && row < model()->rowCount(); ++row) {
        const QModelIndex top = model()->index(row, 0);
        height += top.data(OverviewModel::WordsRole).isValid() ? ui::rowHeight(36) : rowSize;
        height += model()->rowCount(top) * rowSize;
    }
    return {grown(600), height};
}

QSize OverviewView::minimumSizeHint() const
{
    return {0, sizeHint().height()};
}

void OverviewView::share()
{
    const int whole = std::accumulate(m_shares.begin(), m_shares.end(), 0);
    int left = viewport()->width();
    for (qsizetype i = 0; i < m_shares.size() && i < header()->count(); ++i) {
        const bool last = i == m_shares.size() - 1;
        const int width = last ? left : viewport()->width() * m_shares[i] / whole;
        header()->resizeSection(int(i), std::max(0, width));
        left -= width;
    }
}

void OverviewView::resizeEvent(QResizeEvent *event)
{
    QTreeView::resizeEvent(event);
    share();
}

void OverviewView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    if (current.isValid())
        emit currentMoved(visualRect(current).translated(viewport()->pos()));
}

void OverviewView::changeEvent(QEvent *event)
{
    QTreeView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange)
        updateGeometry();
}

} // namespace ui

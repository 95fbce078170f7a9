// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/tabbar.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/styleparts.h"
#include "ui/common/theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyleOptionTab>
#include <QToolTip>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int tabHeight = 36;
constexpr int padding = 12;
constexpr int iconSide = 16;
constexpr int iconGap = 8;
constexpr int crossSide = 20;
constexpr int crossGap = 6;
constexpr int titleMost = 220;

} // namespace

TabBar::TabBar(QWidget *parent)
    : QTabBar(parent)
{
    setMovable(true);
    setDrawBase(true);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideMiddle);
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    connect(this, &QTabBar::tabMoved, this, [this](int from, int to) { m_states.move(from, to); });
}

void TabBar::setClosable(bool closable)
{
    m_closable = closable;
    updateGeometry();
    update();
}

void TabBar::setTabUnsaved(int index, bool unsaved)
{
    if (index < 0 || index >= m_states.size())
        return;
    m_states[index].unsaved = unsaved;
    update();
}

bool TabBar::isTabUnsaved(int index) const
{
    return index >= 0 && index < m_states.size() && m_states.at(index).unsaved;
}

void TabBar::setTabFact(int index, const QString &fact)
{
    if (index < 0 || index >= m_states.size())
        return;
    m_states[index].fact = fact;
    // The public way to have the sizes of tabs asked for again.
    setTabText(index, tabText(index));
    updateGeometry();
    update();
}

QString TabBar::tabFact(int index) const
{
    return index >= 0 && index < m_states.size() ? m_states.at(index).fact : QString();
}

void TabBar::tabInserted(int index)
{
    m_states.insert(index, State());
    QTabBar::tabInserted(index);
}

void TabBar::tabRemoved(int index)
{
    m_states.removeAt(index);
    m_hovered = -1;
    m_pressedCross = -1;
    QTabBar::tabRemoved(index);
}

QString TabBar::shownTitle(int index) const
{
    return oneLine(tabText(index).replace("&&"_L1, "&"_L1));
}

int TabBar::titleWidth(int index) const
{
    // The heavier font of the current tab, or the tabs would move when it changes.
    const QFontMetrics words(ui::font(TextRole::Name));
    return std::min(words.horizontalAdvance(shownTitle(index)) + 1, grown(titleMost));
}

QSize TabBar::tabSizeHint(int index) const
{
    int width = 2 * padding + titleWidth(index) + endRoom();
    if (!tabIcon(index).isNull())
        width += iconSide + iconGap;
    const QString fact = tabFact(index);
    if (!fact.isEmpty())
        width += QFontMetrics(ui::font(TextRole::Caption)).horizontalAdvance(fact) + 1 + iconGap;
    return {width, rowHeight(tabHeight)};
}

// Qt's own has room for arrows that one short tab does not need.
QSize TabBar::minimumSizeHint() const
{
    return QTabBar::minimumSizeHint().boundedTo(sizeHint());
}

QSize TabBar::minimumTabSizeHint(int index) const
{
    return {std::min(tabSizeHint(index).width(), grown(148)), rowHeight(tabHeight)};
}

int TabBar::endRoom() const
{
    return m_closable ? crossGap + crossSide - 4 : 0;
}

QRect TabBar::crossRect(int index) const
{
    if (!m_closable)
        return {};
    const QRect tab = tabRect(index);
    const QRect place(tab.right() + 1 - padding + 4 - crossSide,
                      tab.y() + (tab.height() - crossSide) / 2 + 1, crossSide, crossSide);
    return QStyle::visualRect(layoutDirection(), tab, place);
}

void TabBar::paintTab(QPainter *painter, int index) const
{
    QStyleOptionTab option;
    initStyleOption(&option, index);
    const Theme &colors = theme(this);
    const bool current = index == currentIndex();
    option.state.setFlag(QStyle::State_HasFocus, current && hasFocus());
    option.state.setFlag(QStyle::State_MouseOver, index == m_hovered);
    paint::tab(&option, painter, colors);
    const QRect tab = option.rect;
    const auto mirrored = [this, &tab](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), tab, part);
    };
    const QColor ink = current ? colors.text : colors.text2;
    int x = tab.x() + padding;
    if (!option.icon.isNull()) {
        const QRect icon(x, tab.y() + (tab.height() - iconSide) / 2 + 1, iconSide, iconSide);
        paintIcon(painter, mirrored(icon), option.icon, ink, layoutDirection(), isEnabled());
        x += iconSide + iconGap;
    }
    const QString fact = tabFact(index);
    const QFontMetrics caption(ui::font(TextRole::Caption));
    const int end = tab.right() + 1 - padding - endRoom();
    int factWidth = fact.isEmpty() ? 0 : caption.horizontalAdvance(fact) + 1;
    if (end - x - factWidth - iconGap < titleWidth(index))
        factWidth = 0; // it gives way to the title
    const int room = end - x - (factWidth > 0 ? factWidth + iconGap : 0);
    painter->setFont(ui::font(current ? TextRole::Name : TextRole::Body));
    painter->setPen(ink);
    drawLine(painter, mirrored(QRect(x, tab.y() + 1, std::max(room, 0), tab.height())),
             Qt::AlignLeft, layoutDirection(),
             painter->fontMetrics().elidedText(shownTitle(index), Qt::ElideMiddle, room));
    if (factWidth > 0) {
        painter->setFont(ui::font(TextRole::Caption));
        painter->setPen(current ? colors.text2 : colors.text3);
        const int shown = std::min(titleWidth(index), room);
        drawLine(painter,
                 mirrored(QRect(x + shown + iconGap, tab.y() + 1, factWidth, tab.height())),
                 Qt::AlignLeft, layoutDirection(), fact);
    }
    paintEnd(painter, index);
}

// The dot of unsaved text gives its place to the cross while pointed at.
void TabBar::paintEnd(QPainter *painter, int index) const
{
    if (!m_closable)
        return;
    const Theme &colors = theme(this);
    const QRect cross = crossRect(index);
    const bool current = index == currentIndex();
    const bool pointedAt = index == m_hovered;
    if (isTabUnsaved(index) && !pointedAt) {
        QRectF dot(0, 0, 7, 7);
        dot.moveCenter(QRectF(cross).center());
        drawBox(painter, dot, 3.5, current ? colors.text : colors.text2);
        return;
    }
    if (!current && !pointedAt)
        return;
    const bool over = cross.contains(m_mouse);
    if (over)
        drawBox(painter, cross, controlRadius,
                m_pressedCross == index ? colors.inactiveSelection : colors.hover,
                colors.isHighContrast() ? colors.edge : QColor());
    QRectF box(0, 0, 12, 12);
    box.moveCenter(QRectF(cross).center());
    paintIcon(painter, box, u"close"_s, over ? colors.text : colors.text2);
}

void TabBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &colors = theme(this);
    painter.fillRect(rect(), colors.window);
    drawHairLine(&painter, rect(), Qt::BottomEdge, colors.line);
    for (int index = 0; index < count(); ++index)
        paintTab(&painter, index);
}

void TabBar::mouseMoveEvent(QMouseEvent *event)
{
    m_mouse = event->pos();
    m_hovered = tabAt(m_mouse);
    update();
    QTabBar::mouseMoveEvent(event);
}

void TabBar::leaveEvent(QEvent *event)
{
    m_hovered = -1;
    m_mouse = QPoint(-1, -1);
    update();
    QTabBar::leaveEvent(event);
}

void TabBar::mousePressEvent(QMouseEvent *event)
{
    const int index = tabAt(event->pos());
    const bool onCross = index >= 0 && crossRect(index).contains(event->pos());
    if ((event->button() == Qt::MiddleButton && m_closable)
        || (event->button() == Qt::LeftButton && onCross)) {
        m_pressedCross = index;
        update();
        return;
    }
    QTabBar::mousePressEvent(event);
}

void TabBar::mouseReleaseEvent(QMouseEvent *event)
{
    const int pressed = std::exchange(m_pressedCross, -1);
    if (pressed < 0) {
        QTabBar::mouseReleaseEvent(event);
        return;
    }
    const bool middle = event->button() == Qt::MiddleButton;
    const bool same =
        tabAt(event->pos()) == pressed && (middle || crossRect(pressed).contains(event->pos()));
    update();
    if (same)
        emit closeWanted(pressed);
}

bool TabBar::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = tabAt(help->pos());
        if (index >= 0 && tabToolTip(index).isEmpty()) {
            QToolTip::showText(help->globalPos(), shownTitle(index), this);
            return true;
        }
    }
    return QTabBar::event(event);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/object/pagetabs.h"

#include "ui/common/fonts.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QHoverEvent>
#include <QPainter>
#include <QToolButton>

namespace ui {

namespace {

constexpr int sidePadding = 12;

} // namespace

PageTabs::PageTabs(QWidget *parent)
    : QTabBar(parent)
{
    setDocumentMode(true);
    setDrawBase(false);
    setExpanding(false);
    setUsesScrollButtons(true);
    setElideMode(Qt::ElideNone);
    setAttribute(Qt::WA_Hover);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize PageTabs::tabSizeHint(int index) const
{
    const QFontMetrics metrics(ui::font(TextRole::Name));
    return {metrics.horizontalAdvance(tabText(index)) + 2 * sidePadding + 2, rowHeight(36)};
}

QSize PageTabs::minimumTabSizeHint(int index) const
{
    return tabSizeHint(index);
}

void PageTabs::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &look = theme(this);
    painter.fillRect(rect(), look.base);
    drawHairLine(&painter, QRectF(rect()), Qt::BottomEdge, look.line);
    for (int at = 0; at < count(); ++at) {
        const QRect tab = tabRect(at);
        const bool current = at == currentIndex();
        if (!current && at == m_hovered)
            painter.fillRect(tab.adjusted(0, 0, 0, -1), look.hover);
        if (current)
            painter.fillRect(
                QRect(tab.x() + sidePadding, tab.bottom() - 1, tab.width() - 2 * sidePadding, 2),
                look.accent);
        painter.setFont(ui::font(current ? TextRole::Name : TextRole::Body));
        painter.setPen(current ? look.text : look.text2);
        drawLine(&painter, tab.adjusted(sidePadding, 0, -sidePadding, 0), Qt::AlignHCenter,
                 layoutDirection(), tabText(at));
        if (current && hasFocus())
            drawRing(&painter, QRectF(tab.adjusted(2, 4, -2, -4)), controlRadius, look.accent);
    }
}

/// The buttons that scroll lie over the pages.
void PageTabs::tabLayoutChange()
{
    for (QToolButton *button : findChildren<QToolButton *>()) {
        button->setAutoFillBackground(true);
        button->setBackgroundRole(QPalette::Base);
    }
}

bool PageTabs::event(QEvent *event)
{
    if (event->type() == QEvent::HoverMove || event->type() == QEvent::HoverLeave) {
        const int before = m_hovered;
        m_hovered = event->type() == QEvent::HoverLeave
                        ? -1
                        : tabAt(static_cast<QHoverEvent *>(event)->position().toPoint());
        if (before != m_hovered)
            update();
    }
    return QTabBar::event(event);
}

} // namespace ui

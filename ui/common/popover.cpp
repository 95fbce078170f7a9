// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/popover.h"

#include "ui/common/fonts.h"
#include "ui/common/paint.h"
#include "ui/common/readingmargins.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int padding = 16;
constexpr int gap = 6;

} // namespace

Popover::Popover(QWidget *anchor, int width)
    : QFrame(anchor->window())
    , m_anchor(anchor)
    , m_scroll(new QScrollArea(this))
    , m_width(width)
{
    setFocusPolicy(Qt::StrongFocus);
    const int shadow = shadowReach();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(shadow + padding, shadow + padding, shadow + padding,
                               shadow + padding);
    column->addWidget(m_scroll);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->viewport()->setAutoFillBackground(false); // the card is its ground
    auto *body = new QWidget(m_scroll);
    m_content = new QVBoxLayout(body);
    setReadingMargins(body, {0, 0, 12, 0}); // what scrolls keeps off its bar
    m_content->setSpacing(8);
    m_scroll->setWidget(body);
    body->setAutoFillBackground(false);
    hide();
}

void Popover::open()
{
    if (m_open)
        return;
    m_open = true;
    m_before = QApplication::focusWidget();
    m_scroll->setObjectName(objectName() + u".scroll"_s);
    place();
    show();
    raise();
    setFocus(Qt::PopupFocusReason);
    qApp->installEventFilter(this);
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) {
        if (m_open && now && now != this && !isAncestorOf(now)) {
            m_before = nullptr; // the focus went somewhere by itself: leave it there
            dismiss();
        }
    });
}

void Popover::dismiss()
{
    if (!m_open)
        return;
    m_open = false;
    qApp->removeEventFilter(this);
    hide();
    if (m_before && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
    deleteLater();
}

void Popover::place()
{
    const QWidget *window = parentWidget();
    const int shadow = shadowReach();
    const int width = std::min(grown(m_width), window->width() - 24);
    const int inner = width - 2 * padding;
    const QWidget *body = m_scroll->widget();
    m_content->activate();
    const int wanted = m_content->hasHeightForWidth() ? m_content->heightForWidth(inner)
                                                      : body->sizeHint().height();
    const QRect anchor =
        m_anchor ? QRect(m_anchor->mapTo(window, QPoint(0, 0)), m_anchor->size()) : QRect();
    const int below = window->height() - anchor.bottom() - gap - 12;
    const int above = anchor.y() - gap - 12;
    const bool up = below < wanted + 2 * padding && above > below;
    const int height = std::min(wanted + 2 * padding, std::max(above, below));
    // Its end stands at the anchor's end, as far as the window reaches.
    const bool rtl = layoutDirection() == Qt::RightToLeft;
    int x = rtl ? anchor.x() : anchor.right() + 1 - width;
    x = std::clamp(x, 12, std::max(12, window->width() - 12 - width));
    const int y = up ? anchor.y() - gap - height : anchor.bottom() + 1 + gap;
    const QRect card(x, y, width, height);
    const QRect whole = card.adjusted(-shadow, -shadow, shadow, shadow) & window->rect();
    m_card = card.translated(-whole.topLeft());
    layout()->setContentsMargins(m_card.x() + padding, m_card.y() + padding,
                                 whole.width() - m_card.right() - 1 + padding,
                                 whole.height() - m_card.bottom() - 1 + padding);
    setGeometry(whole);
}

void Popover::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &look = theme(this);
    drawShadow(&painter, m_card, popupRadius, look);
    drawBox(&painter, m_card, popupRadius, look.raised, look.edge, look.isHighContrast() ? 2 : 0);
}

void Popover::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        dismiss();
    // Keys of the window below must not reach it.
    event->accept();
}

bool Popover::eventFilter(QObject *watched, QEvent *event)
{
    const bool isMoved = watched == parentWidget() && event->type() == QEvent::Resize;
    if (isMoved || (watched == m_scroll->widget() && event->type() == QEvent::LayoutRequest))
        place();
    // Esc is a shortcut of the window, too: here it closes this first.
    if (event->type() == QEvent::ShortcutOverride && m_open
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::MouseButtonPress && m_open) {
        const QPoint at =
            mapFromGlobal(static_cast<QMouseEvent *>(event)->globalPosition().toPoint());
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (widget && widget->window() == window() && !m_card.contains(at))
            dismiss();
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace ui

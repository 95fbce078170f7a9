// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/launchrow.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

namespace ui {

namespace {

constexpr int side = 12;
constexpr int symbol = 20;
constexpr int textAt = 44;

} // namespace

LaunchRow::LaunchRow(const QString &iconName, const QString &name, const QString &explanation,
                     QWidget *parent)
    : QAbstractButton(parent)
    , m_iconName(iconName)
    , m_explanation(explanation)
{
    setText(name);
    setAccessibleName(name);
    setAccessibleDescription(explanation);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void LaunchRow::setCaption(const QString &caption)
{
    m_caption = caption;
    update();
}

void LaunchRow::setDimmed(bool dimmed)
{
    m_dimmed = dimmed;
    update();
}

void LaunchRow::setLined(bool lined)
{
    m_lined = lined;
    update();
}

QSize LaunchRow::sizeHint() const
{
    const int lines = QFontMetrics(ui::font(TextRole::Name)).height()
                      + QFontMetrics(ui::font(TextRole::Caption)).height();
    return {grown(380), std::max(56, lines + 20)};
}

void LaunchRow::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool marked = hasFocus() || underMouse() || isDown();
    if (marked)
        drawBox(&painter, QRectF(rect()), controlRadius, hasFocus() ? look.currentRow : look.hover);
    if (hasFocus())
        drawRing(&painter, QRectF(rect()), controlRadius, look.accent);
    else if (m_lined && !marked)
        drawHairLine(&painter, QRectF(rect()), Qt::BottomEdge, look.line);

    const auto place = [this](int x, int y, int w, int h) {
        return QStyle::visualRect(layoutDirection(), rect(), QRect(x, y, w, h));
    };
    paintIcon(&painter, place(side, (height() - symbol) / 2, symbol, symbol), m_iconName,
              m_dimmed ? look.text2 : look.accent, layoutDirection());
    const QFont captionFont = ui::font(TextRole::Caption);
    const int captionWidth = QFontMetrics(captionFont).horizontalAdvance(m_caption);
    const int room = width() - textAt - side - (captionWidth > 0 ? captionWidth + side : 0);
    const QFont nameFont = ui::font(TextRole::Name);
    const QFontMetrics name(nameFont);
    const QFontMetrics caption(captionFont);
    const int top = (height() - name.height() - caption.height()) / 2;
    painter.setFont(nameFont);
    painter.setPen(m_dimmed ? look.text2 : look.text);
    drawLine(&painter, place(textAt, top, room, name.height()), Qt::AlignLeft, layoutDirection(),
             name.elidedText(oneLine(text()), Qt::ElideMiddle, room));
    painter.setFont(captionFont);
    painter.setPen(look.text2);
    drawLine(&painter, place(textAt, top + name.height(), room, caption.height()), Qt::AlignLeft,
             layoutDirection(), caption.elidedText(oneLine(m_explanation), Qt::ElideMiddle, room));
    drawLine(&painter, place(width() - side - captionWidth, 0, captionWidth + 1, height()),
             Qt::AlignRight, layoutDirection(), m_caption);
}

void LaunchRow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    case Qt::Key_Down:
        focusNextChild();
        return;
    case Qt::Key_Up:
        focusPreviousChild();
        return;
    default:
        QAbstractButton::keyPressEvent(event);
    }
}

} // namespace ui

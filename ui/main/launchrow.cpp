// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/launchrow.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int side = 12;
constexpr int symbol = 20;
constexpr int textAt = 44;
constexpr int besides = 240; // room for two pairs

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
    setProperty("ringInside", true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAttribute(Qt::WA_Hover);
}

void LaunchRow::setCaption(const QString &caption)
{
    m_caption = caption;
    update();
}

void LaunchRow::setSecond(const QString &name, const QString &explanation)
{
    m_secondName = name;
    m_secondExplanation = explanation;
    setAccessibleDescription(name.isEmpty() ? m_explanation : m_explanation + u", "_s + name);
    update();
}

void LaunchRow::setIconName(const QString &iconName)
{
    m_iconName = iconName;
    update();
}

void LaunchRow::setRemovable(const QString &name)
{
    if (name.isEmpty()) {
        delete m_remove;
        m_remove = nullptr;
        return update();
    }
    if (m_remove)
        return;
    m_remove = Button::iconOnly(u"close"_s, name, this);
    m_remove->setObjectName(objectName() + u".remove"_s);
    connect(m_remove, &QAbstractButton::clicked, this, &LaunchRow::removeWanted);
    placeRemove();
    m_remove->show();
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
    const int end = width() - side - (m_remove ? m_remove->width() + 8 : 0);
    const int room = end - textAt - (captionWidth > 0 ? captionWidth + side : 0);
    const bool both = !m_secondName.isEmpty() && room >= grown(besides);
    const int first = both ? room * 45 / 100 : room;
    paintPair(&painter, place(textAt, 0, first, height()), text(),
              both || m_secondName.isEmpty() ? m_explanation : m_secondName);
    if (both)
        paintPair(&painter, place(textAt + first + side, 0, room - first - side, height()),
                  m_secondName, m_secondExplanation);
    painter.setFont(captionFont);
    painter.setPen(look.text2);
    drawLine(&painter, place(end - captionWidth, 0, captionWidth + 1, height()), Qt::AlignRight,
             layoutDirection(), m_caption);
}

void LaunchRow::paintPair(QPainter *painter, const QRect &place, const QString &name,
                          const QString &explanation)
{
    const Theme &look = theme(this);
    const QFont nameFont = ui::font(TextRole::Name);
    const QFont captionFont = ui::font(TextRole::Caption);
    const QFontMetrics first(nameFont);
    const QFontMetrics second(captionFont);
    const int top = (height() - first.height() - second.height()) / 2;
    painter->setFont(nameFont);
    painter->setPen(m_dimmed ? look.text2 : look.text);
    drawLine(painter, QRect(place.x(), top, place.width(), first.height()), Qt::AlignLeft,
             layoutDirection(), first.elidedText(oneLine(name), Qt::ElideMiddle, place.width()));
    painter->setFont(captionFont);
    painter->setPen(look.text2);
    drawLine(painter, QRect(place.x(), top + first.height(), place.width(), second.height()),
             Qt::AlignLeft, layoutDirection(),
             second.elidedText(oneLine(explanation), Qt::ElideMiddle, place.width()));
}

void LaunchRow::placeRemove()
{
    if (!m_remove)
        return;
    const QSize size = m_remove->sizeHint();
    m_remove->setGeometry(QStyle::visualRect(
        layoutDirection(), rect(),
        QRect(QPoint(width() - side - size.width(), (height() - size.height()) / 2), size)));
}

void LaunchRow::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    placeRemove();
}

void LaunchRow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        click();
        return;
    case Qt::Key_Delete:
        if (m_remove) {
            emit removeWanted();
            return;
        }
        break;
    default:
        break;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/chip.h"

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyle>

namespace ui {

namespace {

constexpr int height = 20;
constexpr int iconSide = 12;
constexpr int iconGap = 4;
constexpr int padding = 6;

int chipHeight()
{
    return std::max(height, QFontMetrics(font(TextRole::Chip)).height() + 4);
}

} // namespace

Chip::Chip(QWidget *parent)
    : Chip(Meaning::Neutral, {}, {}, parent)
{
}

Chip::Chip(Meaning meaning, const QString &iconName, const QString &word, QWidget *parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setState(meaning, iconName, word);
}

void Chip::setState(Meaning meaning, const QString &iconName, const QString &word)
{
    m_meaning = meaning;
    m_iconName = iconName;
    setText(word);
    updateGeometry();
    update();
}

Meaning Chip::meaning() const
{
    return m_meaning;
}

QString Chip::iconName() const
{
    return m_iconName;
}

void Chip::setClickable(bool clickable)
{
    m_clickable = clickable;
    setFocusPolicy(clickable ? Qt::TabFocus : Qt::NoFocus);
    setAttribute(Qt::WA_Hover, clickable);
}

int Chip::widthFor(const QString &iconName, const QString &word)
{
    const int icon = iconName.isEmpty() ? 0 : iconSide + iconGap;
    return 2 * padding + icon + QFontMetrics(ui::font(TextRole::Chip)).horizontalAdvance(word) + 1;
}

QSize Chip::sizeHint() const
{
    return {widthFor(m_iconName, text()), chipHeight()};
}

QSize Chip::minimumSizeHint() const
{
    return sizeHint();
}

void Chip::paint(QPainter *painter, const QRect &rect, const Theme &theme, Meaning meaning,
                 const QString &iconName, const QString &word, Qt::LayoutDirection direction,
                 bool pointedAt)
{
    const Tone tone = theme.tone(meaning);
    const bool production = meaning == Meaning::Production;
    const bool outlined = theme.isHighContrast() || meaning == Meaning::Neutral;
    const QColor ink = production ? theme.onBand : tone.ink;
    QColor fill = production ? theme.band : tone.tint;
    if (meaning == Meaning::Neutral)
        fill = pointedAt ? theme.hover : QColor();
    QColor edge = theme.isHighContrast() ? tone.ink : theme.edge;
    if (!outlined)
        edge = pointedAt ? ink : QColor();
    painter->save();
    drawBox(painter, rect, controlRadius, fill, edge);
    QRect words = rect.adjusted(padding, 0, -padding, 0);
    if (!iconName.isEmpty()) {
        const QRect icon(words.x(), rect.y(), iconSide, rect.height());
        const QPointF center = QRectF(QStyle::visualRect(direction, rect, icon)).center();
        paintIcon(painter, QRectF(center.x() - 6, center.y() - 6, 12, 12), iconName, ink,
                  direction);
        words.setLeft(words.left() + iconSide + iconGap);
    }
    painter->setFont(ui::font(TextRole::Chip));
    painter->setPen(ink);
    words = QStyle::visualRect(direction, rect, words);
    drawLine(painter, words, Qt::AlignLeft, direction, word);
    painter->restore();
}

void Chip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paint(&painter, rect(), theme(this), m_meaning, m_iconName, text(), layoutDirection(),
          m_clickable && underMouse());
}

void Chip::mousePressEvent(QMouseEvent *event)
{
    event->setAccepted(m_clickable && event->button() == Qt::LeftButton);
}

void Chip::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_clickable && event->button() == Qt::LeftButton && rect().contains(event->pos()))
        emit clicked();
}

void Chip::keyPressEvent(QKeyEvent *event)
{
    const bool presses = event->key() == Qt::Key_Space || event->key() == Qt::Key_Return
                         || event->key() == Qt::Key_Enter;
    if (m_clickable && presses)
        emit clicked();
    else
        QLabel::keyPressEvent(event);
}

void Chip::enterEvent(QEnterEvent *event)
{
    QLabel::enterEvent(event);
    update();
}

void Chip::leaveEvent(QEvent *event)
{
    QLabel::leaveEvent(event);
    update();
}

} // namespace ui

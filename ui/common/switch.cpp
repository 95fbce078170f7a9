// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/switch.h"

#include "ui/common/fonts.h"
#include "ui/common/icons.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyle>

namespace ui {

namespace {

constexpr int trackWidth = 32;
constexpr int trackHeight = 18;
constexpr int knobInset = 2;
constexpr int gap = 8;
constexpr int iconSide = 16;
constexpr int iconGap = 6;

} // namespace

Switch::Switch(QWidget *parent)
    : QAbstractButton(parent)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(this, &Switch::toggled, this, [this] { setText(word()); });
}

void Switch::setWords(const QString &off, const QString &on)
{
    m_off = off;
    m_on = on;
    setText(word()); // what assistive technology reads
    updateGeometry();
}

void Switch::setIconNames(const QString &off, const QString &on)
{
    m_offIcon = off;
    m_onIcon = on;
    updateGeometry();
}

void Switch::setWarns(bool warns)
{
    m_warns = warns;
    update();
}

void Switch::setWordsFirst(bool first)
{
    m_wordsFirst = first;
    update();
}

void Switch::setAsking(bool asking)
{
    m_asking = asking;
}

QString Switch::word() const
{
    return isChecked() ? m_on : m_off;
}

int Switch::wordsWidth() const
{
    const QFontMetrics words(ui::font(TextRole::Body));
    const int widest = std::max(words.horizontalAdvance(m_off), words.horizontalAdvance(m_on)) + 1;
    if (m_off.isEmpty() && m_on.isEmpty())
        return 0;
    return widest + (m_offIcon.isEmpty() ? 0 : iconSide + iconGap);
}

QSize Switch::sizeHint() const
{
    const int words = wordsWidth();
    return {trackWidth + (words > 0 ? words + gap : 0), rowHeight(24)};
}

QSize Switch::minimumSizeHint() const
{
    return sizeHint();
}

bool Switch::hitButton(const QPoint &pos) const
{
    return rect().contains(pos);
}

void Switch::nextCheckState()
{
    if (!m_asking)
        QAbstractButton::nextCheckState();
}

void Switch::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &colors = theme(this);
    const auto mirrored = [this](const QRect &part) {
        return QStyle::visualRect(layoutDirection(), rect(), part);
    };
    const int top = (height() - trackHeight) / 2;
    const QRect track(m_wordsFirst ? width() - trackWidth : 0, top, trackWidth, trackHeight);
    const QColor on = m_warns ? colors.warning.ink : colors.accent;
    const bool stark = colors.isHighContrast();
    QColor fill = isChecked() ? on : stark ? colors.base : colors.fieldEdge;
    if (!isEnabled())
        fill = colors.line;
    else if (underMouse())
        fill = mixed(fill, colors.text, 0.12);
    drawBox(&painter, mirrored(track), trackHeight / 2.0, fill, stark ? colors.edge : QColor());
    const int side = trackHeight - 2 * knobInset;
    const int offset = isChecked() ? trackWidth - side - knobInset : knobInset;
    const QColor knob = stark && !isChecked()             ? colors.text
                        : colors.isDark() && !isChecked() ? QColor(Qt::white)
                                                          : colors.base;
    drawBox(&painter, mirrored(QRect(track.x() + offset, top + knobInset, side, side)), side / 2.0,
            knob);
    if (wordsWidth() == 0)
        return;
    const QString &symbol = isChecked() ? m_onIcon : m_offIcon;
    const QFontMetrics metrics(ui::font(TextRole::Body));
    const int own =
        metrics.horizontalAdvance(word()) + 1 + (symbol.isEmpty() ? 0 : iconSide + iconGap);
    // The words lean against the knob on either side.
    QRect words(m_wordsFirst ? wordsWidth() - own : trackWidth + gap, 0, own, height());
    const QColor ink = !isEnabled()             ? colors.text3
                       : m_warns && isChecked() ? colors.warning.ink
                                                : colors.text2;
    if (!symbol.isEmpty()) {
        const QRect icon(words.x(), (height() - iconSide) / 2, iconSide, iconSide);
        paintIcon(&painter, mirrored(icon), symbol, ink, layoutDirection());
        words.setLeft(words.left() + iconSide + iconGap);
    }
    painter.setFont(ui::font(TextRole::Body));
    painter.setPen(isEnabled() ? colors.text : colors.text3);
    drawLine(&painter, mirrored(words), Qt::AlignLeft, layoutDirection(), word());
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/progressline.h"

#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

namespace ui {

namespace {

constexpr int barHeight = 4;
constexpr int tickMs = 40;
constexpr int phases = 100;

} // namespace

ProgressLine::ProgressLine(QWidget *parent)
    : QProgressBar(parent)
{
    setTextVisible(false);
    setRange(0, 0);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (minimum() != maximum())
            return;
        m_phase = (m_phase + 1) % phases;
        update();
    });
}

QSize ProgressLine::sizeHint() const
{
    return {180, barHeight};
}

QSize ProgressLine::minimumSizeHint() const
{
    return {24, barHeight};
}

void ProgressLine::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &colors = theme(this);
    const QRect track(0, (height() - barHeight) / 2, width(), barHeight);
    drawBox(&painter, track, 2, colors.inactiveSelection,
            colors.isHighContrast() ? colors.edge : QColor());
    QRect done = track;
    if (minimum() == maximum()) {
        const int piece = width() * 3 / 10;
        done.setLeft(-piece + (width() + piece) * m_phase / phases);
        done.setWidth(piece);
        done &= track;
    } else {
        const qint64 span = qint64(maximum()) - minimum();
        done.setWidth(int((qint64(value()) - minimum()) * width() / span));
    }
    if (done.width() > 0)
        drawBox(&painter, QStyle::visualRect(layoutDirection(), rect(), done), 2, colors.accent);
}

void ProgressLine::showEvent(QShowEvent *event)
{
    QProgressBar::showEvent(event);
    if (QApplication::isEffectEnabled(Qt::UI_General))
        m_tick.start();
    else
        m_phase = phases / 2;
}

void ProgressLine::hideEvent(QHideEvent *event)
{
    m_tick.stop();
    QProgressBar::hideEvent(event);
}

} // namespace ui

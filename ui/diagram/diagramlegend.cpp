// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/diagramlegend.h"

#include "ui/common/fonts.h"
#include "ui/diagram/diagrampainter.h"

#include <QEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int side = 16;
constexpr int lineWidth = 34;
constexpr int between = 20;

struct Sign {
    QString words;
    bool unique;
    bool optional;
};

QList<Sign> signs()
{
    return {{DiagramLegend::tr("many to one"), false, false},
            {DiagramLegend::tr("one to one"), true, false},
            {DiagramLegend::tr("optional"), false, true}};
}

} // namespace

DiagramLegend::DiagramLegend(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(u"relations.legend"_s);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setLayoutDirection(Qt::LeftToRight); // as the drawing
}

void DiagramLegend::setHint(const QString &hint)
{
    m_hint = hint;
    setAccessibleName(hint);
    update();
}

QSize DiagramLegend::sizeHint() const
{
    return {0, rowHeight(28, TextRole::Caption)};
}

QSize DiagramLegend::minimumSizeHint() const
{
    return sizeHint();
}

void DiagramLegend::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        updateGeometry();
    QWidget::changeEvent(event);
}

void DiagramLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const Theme &colors = theme(this);
    painter.fillRect(rect(), colors.alternate);
    const QFont caption = ui::font(TextRole::Caption);
    const QFontMetrics measure(caption);
    painter.setFont(caption);
    const core::DiagramMetrics metrics = DiagramPainter::metrics();
    const double middle = height() / 2.0;
    int x = side;
    for (const Sign &sign : signs()) {
        core::DiagramKey key;
        key.fact.unique = sign.unique;
        key.fact.optional = sign.optional;
        const core::DiagramRoute route{{QPointF(x, middle), QPointF(x + grown(lineWidth), middle)}};
        DiagramPainter::paintLine(&painter, key, route, metrics, colors);
        x += grown(lineWidth) + 8;
        const int width = measure.horizontalAdvance(sign.words);
        painter.setPen(colors.text2);
        painter.drawText(QRect(x, 0, width + 2, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         sign.words);
        x += width + between;
    }
    const int room = width() - x - side;
    if (room > measure.averageCharWidth() * 12) {
        painter.setPen(colors.text2);
        painter.drawText(QRect(x, 0, room, height()), Qt::AlignLeft | Qt::AlignVCenter,
                         measure.elidedText(m_hint, Qt::ElideRight, room));
    }
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/diagram/minimap.h"

#include "ui/common/fonts.h"
#include "ui/common/paint.h"
#include "ui/diagram/diagramcanvas.h"

#include <QMouseEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

constexpr int padding = 6;
constexpr QSize mapSize{148, 92};
constexpr int leastRoom = 3; // times its size

} // namespace

Minimap::Minimap(DiagramCanvas &canvas)
    : QWidget(canvas.viewport())
    , m_canvas(canvas)
{
    setObjectName(u"relations.minimap"_s);
    setAccessibleName(tr("The whole drawing"));
    setCursor(Qt::ArrowCursor);
}

void Minimap::place(const QRect &viewport, int margin)
{
    const QSize own(grown(mapSize.width()), grown(mapSize.height()));
    setGeometry(viewport.right() - margin - own.width() + 1,
                viewport.bottom() - margin - own.height() + 1, own.width(), own.height());
    setVisible(viewport.width() > leastRoom * own.width()
               && viewport.height() > leastRoom * own.height() && !m_canvas.graph().tables.empty());
}

double Minimap::scale() const
{
    const QSizeF whole = m_canvas.layout().bounds.size();
    if (whole.isEmpty())
        return 1;
    return qMin((width() - 2 * padding) / whole.width(), (height() - 2 * padding) / whole.height());
}

QPointF Minimap::corner() const
{
    const QSizeF whole = m_canvas.layout().bounds.size() * scale();
    return {(width() - whole.width()) / 2, (height() - whole.height()) / 2};
}

void Minimap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &colors = theme(this);
    drawBox(&painter, QRectF(rect()), controlRadius, colors.base, colors.edge);
    const core::DiagramLayout &layout = m_canvas.layout();
    const QPointF origin = layout.bounds.topLeft();
    const auto shown = [&](const QRectF &rect) {
        return QRectF((rect.topLeft() - origin) * scale() + corner(), rect.size() * scale());
    };
    for (int i = 0; i < int(layout.cards.size()); ++i)
        painter.fillRect(shown(layout.cards[std::size_t(i)]),
                         i == m_canvas.current() ? colors.accent : colors.thumb);
    const QRectF sight =
        shown(m_canvas.inSight()).intersected(QRectF(rect()).adjusted(1, 1, -1, -1));
    drawBox(&painter, sight, 2, {}, colors.accent, 1.2);
}

void Minimap::go(const QPointF &place)
{
    m_canvas.centreOn((place - corner()) / scale() + m_canvas.layout().bounds.topLeft());
}

void Minimap::mousePressEvent(QMouseEvent *event)
{
    go(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        go(event->position());
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/railpanel.h"

#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace ui {

RailPanel::RailPanel(QWidget *parent)
    : QWidget(parent)
    , m_hint(captionLabel(tr("Esc or a press outside closes it, the pin keeps it."), this))
{
    setObjectName(u"rail.panel"_s);
    m_hint->setObjectName(u"rail.hint"_s);
    m_hint->setWordWrap(true);
    m_hint->setContentsMargins(12, 8, 12, 8);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->addStretch(1);
    column->addWidget(m_hint);
}

QRect RailPanel::put(const QRect &place, bool withHint, Qt::Edge inner)
{
    m_inner = inner;
    setGeometry(place);
    m_hint->setVisible(withHint);
    const int edge = theme(this).isHighContrast() ? 2 : 1;
    const int hint = withHint ? m_hint->heightForWidth(place.width() - 1) : 0;
    return place.adjusted(inner == Qt::LeftEdge ? edge : 0, 0, inner == Qt::RightEdge ? -edge : 0,
                          -hint);
}

void RailPanel::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.fillRect(rect(), look.window);
    if (!m_hint->isHidden())
        drawHairLine(&painter, QRectF(m_hint->geometry()), Qt::TopEdge, look.line);
    if (!look.isHighContrast())
        return drawHairLine(&painter, QRectF(rect()), m_inner, look.line);
    painter.fillRect(m_inner == Qt::LeftEdge ? QRect(0, 0, 2, height())
                                             : QRect(width() - 2, 0, 2, height()),
                     look.edge);
}

RailShadow::RailShadow(QWidget *parent)
    : QWidget(parent)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void RailShadow::put(const QRect &panel, Qt::Edge inner)
{
    const int reach = shadowReach();
    const QRect place = panel.adjusted(inner == Qt::LeftEdge ? -reach : 0, 0,
                                       inner == Qt::RightEdge ? reach : 0, 0);
    m_card = panel.translated(-place.topLeft());
    setGeometry(place);
}

void RailShadow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    drawShadow(&painter, QRectF(m_card), 0, theme(this));
}

} // namespace ui

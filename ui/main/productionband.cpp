// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/productionband.h"

#include "ui/common/fonts.h"
#include "ui/common/format.h"
#include "ui/common/icons.h"
#include "ui/common/sheet.h"
#include "ui/common/theme.h"

#include <QPainter>
#include <QStyle>

using namespace Qt::StringLiterals;

namespace ui {

ProductionBand::ProductionBand(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QLatin1StringView(Sheet::bandObjectName));
}

void ProductionBand::setDatabase(const QString &name, const QString &host)
{
    m_database = name;
    m_host = host;
    setAccessibleName(tr("Production: %1 at %2, read-only").arg(name, host));
    update();
}

QSize ProductionBand::sizeHint() const
{
    return {grown(400), rowHeight(32)};
}

void ProductionBand::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.fillRect(rect(), look.band);
    painter.setPen(look.onBand);
    int x = 12;
    const auto symbol = [&](const QString &name) {
        const QRect place(x, (height() - 16) / 2, 16, 16);
        paintIcon(&painter, QStyle::visualRect(layoutDirection(), rect(), place), name, look.onBand,
                  layoutDirection());
        x += 16 + 8;
    };
    const auto words = [&](const QString &text, TextRole role, int after) {
        const QFont face = ui::font(role);
        const int room = std::max(0, width() - x - 12);
        const QString shown = QFontMetrics(face).elidedText(text, Qt::ElideMiddle, room);
        const int w = QFontMetrics(face).horizontalAdvance(shown);
        painter.setFont(face);
        painter.drawText(
            QStyle::visualRect(layoutDirection(), rect(), QRect(x, 0, w + 1, height())),
            Qt::AlignVCenter | Qt::AlignLeading, shown);
        x += w + after;
    };
    symbol(u"production"_s);
    words(tr("Production"), TextRole::Heading, 8);
    words(tr("%1 at %2").arg(isolated(m_database), isolated(m_host)), TextRole::Body, 8);
    words(u"·"_s, TextRole::Body, 8);
    symbol(u"read-only"_s);
    words(tr("Read-only"), TextRole::Body, 8);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/findstrip.h"

#include "ui/common/button.h"
#include "ui/common/fonts.h"
#include "ui/common/labels.h"
#include "ui/common/paint.h"
#include "ui/common/searchfield.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace ui {

FindStrip::FindStrip(QWidget *parent)
    : QWidget(parent)
{
    hide();
}

void FindStrip::buildRow(const QString &part, SearchField *field, TextLabel *count)
{
    setObjectName(part + u".findBar"_s);
    field->setObjectName(part + u".findField"_s);
    count->setObjectName(part + u".findCount"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    field->setMinimumWidth(grown(96));
    field->setMaximumWidth(grown(320));
    row->addWidget(field, 100);
    row->addWidget(count);
    row->addStretch();
    const auto add = [&](const QString &iconName, const QString &name, const QString &object,
                         auto act) {
        Button *button = Button::iconOnly(iconName, name, this);
        button->setObjectName(part + object);
        connect(button, &QAbstractButton::clicked, this, act);
        row->addWidget(button);
    };
    add(u"chevron-up"_s, tr("Previous match"), u".findPrevious"_s, [this] { next(true); });
    add(u"chevron-down"_s, tr("Next match"), u".findNext"_s, [this] { next(false); });
    add(u"close"_s, tr("Close"), u".findClose"_s, [this] { leave(); });
    connect(field, &QLineEdit::returnPressed, this, [this] { next(false); });
}

bool FindStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride
        && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

void FindStrip::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        return leave();
    QWidget::keyPressEvent(event);
}

void FindStrip::paintEvent(QPaintEvent *)
{
    const Theme &look = theme(this);
    QPainter painter(this);
    painter.fillRect(rect(), look.window);
    drawHairLine(&painter, QRectF(rect()), Qt::BottomEdge, look.line);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/focusring.h"

#include <QAbstractButton>
#include <QApplication>
#include <QFocusFrame>
#include <QLabel>

namespace ui {

namespace {

bool ringsOutside(const QWidget *widget)
{
    if (!widget || widget->isWindow())
        return false;
    if (widget->property("ringInside").toBool())
        return false;
    return qobject_cast<const QAbstractButton *>(widget) || qobject_cast<const QLabel *>(widget);
}

} // namespace

FocusRing::FocusRing(QObject *parent)
    : QObject(parent)
{
    connect(qApp, &QApplication::focusChanged, this,
            [this](QWidget *, QWidget *now) { follow(now); });
}

FocusRing::~FocusRing()
{
    delete m_frame;
}

void FocusRing::follow(QWidget *now)
{
    if (!ringsOutside(now)) {
        if (m_frame)
            m_frame->setWidget(nullptr);
        return;
    }
    if (!m_frame) {
        m_frame = new QFocusFrame(now->parentWidget());
        m_frame->setObjectName(QLatin1String("focusRing"));
    }
    m_frame->setWidget(now);
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/tips.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QHelpEvent>
#include <QToolTip>

namespace test {

namespace {

// QToolTip::hideText() leaves it in sight for a while, with its text.
void hideTips()
{
    for (QWidget *widget : QApplication::topLevelWidgets()) {
        if (widget->inherits("QTipLabel"))
            widget->hide();
    }
}

} // namespace

QString tipAt(QWidget *widget, const QPoint &at)
{
    hideTips();
    QHelpEvent help(QEvent::ToolTip, at, widget->mapToGlobal(at));
    QCoreApplication::sendEvent(widget, &help);
    const QString text = QToolTip::isVisible() ? QToolTip::text() : QString();
    hideTips();
    return text;
}

QString tipOf(QAbstractItemView *view, const QModelIndex &index)
{
    return tipAt(view->viewport(), view->visualRect(index).center());
}

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/common/focuswithin.h"

#include <QWidget>

namespace ui {

void stepFocusWithin(const QWidget *within, QWidget *from, bool next)
{
    const auto after = [next](const QWidget *widget) {
        return next ? widget->nextInFocusChain() : widget->previousInFocusChain();
    };
    for (QWidget *widget = after(from); widget != from; widget = after(widget)) {
        // The field of a combo box hands the focus back to its box, and would never be left.
        const bool takes = within->isAncestorOf(widget) && widget->isEnabled()
                           && widget->isVisible() && !widget->focusProxy()
                           && (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus;
        if (takes)
            return widget->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    }
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QFuture>
#include <QSizeF>
#include <QString>

#include <functional>

class QPainter;
class QWidget;

namespace ui {

// One page for a printer.
struct PrintJob {
    QString title;
    bool wide = false; // the page lies on its side
    // In points, from the top left corner of what the printer reaches.
    std::function<void(QPainter *painter, const QSizeF &page)> paint;
    // False: the printer did not take it. Not called where a person thinks better of it.
    std::function<void(bool printed)> ended;
};

// Looks for printers without holding up the window, and asks over `parent` which of them. The
// answer says whether somebody could be asked; error: print.noPrinter. GUI thread.
[[nodiscard]] QFuture<core::Result<>> printPage(QWidget *parent, const PrintJob &job);

} // namespace ui

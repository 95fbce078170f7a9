// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMargins>

class QWidget;

namespace ui {

// Margins of the widget's layout, as they are left to right, in whichever direction is read:
// layouts mirror their items, not their margins. Once a widget, after it has its layout.
void setReadingMargins(QWidget *widget, const QMargins &margins);

} // namespace ui

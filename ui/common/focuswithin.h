// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QWidget;

namespace ui {

// Tab or Shift+Tab that goes round inside of a widget: the focus goes on from `from`, which is in
// it or is it, to the next one there that Tab stops at, and stays where there is none.
void stepFocusWithin(const QWidget *within, QWidget *from, bool next);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

class QWidget;

namespace ui {

// Calls `act` once, from the event loop, after the first frame of a window was handed to the
// display: for what would only delay that frame. The window was shown already; when it ends before
// it is seen, `act` is never called.
void afterFirstFrame(QWidget &window, std::function<void()> act);

} // namespace ui

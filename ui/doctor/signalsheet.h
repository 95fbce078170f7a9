// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/sessioncontrol.h"

namespace core {
class OpenDatabase;
}

namespace ui {

class Sheet;

// Shows once more exactly which session and which statement is meant, and what stopping it does.
// On production the database's name has to be typed before the button can be pressed. Open it and
// connect accepted.
[[nodiscard]] Sheet *makeSignalSheet(QWidget *anchor, const core::OpenDatabase &database,
                                     const core::Activity &activity,
                                     const core::ActivitySession &session,
                                     core::SessionSignal kind);

} // namespace ui

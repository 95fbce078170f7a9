// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/explanation.h"

namespace ui {

class Sheet;

// Shows which line of which file becomes what, passwords masked, before it is changed. Open it and
// connect accepted.
[[nodiscard]] Sheet *makeLineSheet(QWidget *anchor, const core::Fix &fix);

} // namespace ui

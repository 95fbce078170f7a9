// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace ui {

// Tells assistive technology what the parts are: a Sheet is a dialog, a Note a note. Once, before
// the first of them is shown; ThemeController does it.
void installAccessibility();

} // namespace ui

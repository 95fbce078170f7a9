// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/catalogtypes.h"
#include "core/catalog/objectkind.h"

#include <QString>

namespace ui {

// The symbol of a kind of object, everywhere in the window.
[[nodiscard]] QString kindIcon(core::ObjectKind kind);
[[nodiscard]] QString kindIcon(core::RelationKind kind);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"
#include "core/project/trust.h"
#include "ui/common/sheet.h"

namespace ui {

// "Trust the folder “x”?": every host, user and file:line, what changed since it was trusted, and
// what is risky. Nothing was connected to before it. Accepted = trust; the first focus is on the
// harmless choice.
[[nodiscard]] Sheet *makeTrustSheet(QWidget *anchor, const core::Project &project,
                                    const core::DatabaseSet &databases,
                                    const core::TrustQuestion &question);

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/secretkeeper.h"
#include "ui/common/sheet.h"

#include <functional>

namespace ui {

// "Password of mira for staging?": asked when a saved connection needs it. `answer` is called with
// the password and whether to keep it; closing the sheet otherwise is rejected().
[[nodiscard]] Sheet *
makePasswordSheet(QWidget *anchor, const core::SecretQuestion &question,
                  const std::function<void(const QString &password, bool keep)> &answer);

} // namespace ui

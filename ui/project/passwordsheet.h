// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/secretkeeper.h"
#include "ui/common/sheet.h"

#include <functional>

namespace ui {

// What a connection needs of a person, by the kind of the question: a password or a passphrase
// ("Password for “staging”?"), yes or no to a host key of ssh, a notice of ssh's. `answer` is
// called with the answer and whether to keep it; closing the sheet otherwise is rejected().
[[nodiscard]] Sheet *
makePasswordSheet(QWidget *anchor, const core::SecretQuestion &question,
                  const std::function<void(const QString &answer, bool keep)> &answer);

} // namespace ui

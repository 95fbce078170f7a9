// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/settingtexts.h"

namespace core {

inline constexpr size_t maxSettingTexts = 20'000;
inline constexpr int maxSettingDepth = 64;

[[nodiscard]] std::unexpected<Error> settingsSyntax(int line, const QString &what);
[[nodiscard]] std::unexpected<Error> settingsTooMuch();

} // namespace core

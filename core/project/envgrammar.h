// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/project/envfile.h"

namespace core {

/// The grammars behind parseEnv(); each is held to the loader's own answers by golden files
/// (tests/core/project).
[[nodiscard]] std::vector<EnvEntry> parseDotenv(QString text);
[[nodiscard]] std::vector<EnvEntry> parseNodeEnv(QString text);

} // namespace core

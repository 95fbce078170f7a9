// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "core/connect/writeswitch.h"

namespace cli {

/// What `--write` needs before anything is written: nothing for a local database, --yes or a yes at
/// the terminal for a remote one, --confirm NAME or the name typed at the terminal for production.
/// Blocks while a person is asked. Errors of WriteSwitch::turnOn(), with the options that answer.
[[nodiscard]] core::Result<core::WritePermit> allowWriting(core::WriteSwitch &writeSwitch,
                                                           const core::Database &database,
                                                           const Arguments &arguments);

} // namespace cli

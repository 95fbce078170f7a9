// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/local/localserver.h"

namespace core {

/// The demo project: copied out of the program into $XDG_DATA_HOME/sluice/demo/harbour, given a
/// local server, its two addresses in .env, its migrations and its rows. What exists already is
/// kept: a second call only starts the server. Blocks for seconds: run on a worker. Returns the
/// folder.
[[nodiscard]] Result<QString> prepareDemo(const LocalStore &store,
                                          const LocalProgress &progress = {});

} // namespace core

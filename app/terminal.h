// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"

namespace app {

/// Opens psql on an endpoint in the desktop's terminal. The address goes by PG* variables, the
/// password by an owner-only passfile in the runtime folder that the next call or the end of the
/// program removes; nothing secret is in argv. Errors: terminal.none, terminal.noPsql, each with
/// what to install.
[[nodiscard]] core::Result<> openPsqlInTerminal(const core::Endpoint &endpoint);

} // namespace app

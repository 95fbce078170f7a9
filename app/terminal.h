// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"

#include <QStringList>

namespace app {

/// What a terminal has to run for psql with the environment of psqlCall(): a shell that removes the
/// passfile when psql ends.
[[nodiscard]] QStringList psqlInTerminal(const QString &psql);

/// Opens psql on an endpoint in the desktop's terminal. Its passfile is gone when psql or the
/// program ends, whichever is first. Errors: terminal.none, terminal.noPsql, each with what to
/// install, and those of psqlCall().
[[nodiscard]] core::Result<> openPsqlInTerminal(const core::Endpoint &endpoint);

} // namespace app

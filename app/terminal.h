// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"
#include "core/session/writepermit.h"

#include <QFuture>
#include <QStringList>

namespace app {

/// What a terminal has to run for psql with the environment of psqlCall(): a shell that removes the
/// passfile when psql ends.
[[nodiscard]] QStringList psqlInTerminal(const QString &psql);

/// Opens psql on an endpoint in the desktop's terminal, by the rules of preparePsql(): read-only
/// without a permit. Its passfile is gone, and its tunnel let go, when psql or the program ends,
/// whichever is first. Errors: terminal.none, terminal.noPsql, each with what to install, and those
/// of preparePsql().
[[nodiscard]] QFuture<core::Result<>>
openPsqlInTerminal(const core::Endpoint &endpoint, const std::optional<core::WritePermit> &permit);

} // namespace app

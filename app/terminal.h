// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"

#include <QProcessEnvironment>
#include <QStringList>
#include <QTemporaryFile>

#include <memory>

namespace app {

/// What a terminal has to run for psql on an endpoint. The address goes by PG* variables, made of
/// the very keywords that Sluice itself connects with (core::secured), and by no others; the
/// password lies in an owner-only file of its own, which the command removes when psql ends.
struct PsqlCall {
    QStringList command = {};             ///< program and arguments; nothing of the address
    QProcessEnvironment environment = {}; ///< of the terminal and so of psql
    std::unique_ptr<QTemporaryFile> passFile = {}; ///< destroyed = removed
};

/// Errors: path.runtime, terminal.passFile.
[[nodiscard]] core::Result<PsqlCall> psqlCall(const core::Endpoint &endpoint, const QString &psql);

/// Opens psql on an endpoint in the desktop's terminal. Its passfile is gone when psql or the
/// program ends, whichever is first. Errors: terminal.none, terminal.noPsql, each with what to
/// install, and those of psqlCall().
[[nodiscard]] core::Result<> openPsqlInTerminal(const core::Endpoint &endpoint);

} // namespace app

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/conninfo.h"

#include <QProcessEnvironment>
#include <QTemporaryFile>

#include <memory>

namespace app {

struct PsqlOptions {
    /// default_transaction_read_only, by PGOPTIONS: what a person did not mean to write is refused.
    /// Direct endpoints only; a pooler refuses it, or drops it without a word.
    bool readOnly = false;
};

/// What psql needs for an endpoint. The address goes by PG* variables, made of the very keywords
/// that Sluice itself connects with (Endpoint::keywords()), and by no others; the password lies in
/// an owner-only file of its own. PSQLRC and the rest of the environment stay as they are.
struct PsqlCall {
    QProcessEnvironment environment = {};
    std::unique_ptr<QTemporaryFile> passFile = {}; ///< destroyed = removed
};

/// Errors: path.runtime, terminal.passFile.
[[nodiscard]] core::Result<PsqlCall> psqlCall(core::ConnKeywords keywords,
                                              PsqlOptions options = {});

/// psql in one of the fixed places: what runs is never chosen by the folder or its PATH. Error
/// terminal.noPsql, with what to install.
[[nodiscard]] core::Result<QString> findPsql();

/// The first of the places that holds a program; empty for none.
[[nodiscard]] QString firstProgram(const QStringList &places);

} // namespace app

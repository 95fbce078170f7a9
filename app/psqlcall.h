// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"
#include "core/session/writepermit.h"

#include <QFuture>
#include <QProcessEnvironment>
#include <QTemporaryFile>

#include <memory>

namespace app {

struct PsqlOptions {
    /// default_transaction_read_only, by PGOPTIONS: what a person did not mean to write is refused.
    /// A pooler refuses it, or drops it without a word: see preparePsql().
    bool readOnly = false;
};

/// What psql needs for an endpoint. The address goes by PG* variables, made of the very keywords
/// that Sluice itself connects with (Endpoint::keywords()), and by no others; the password lies in
/// an owner-only file of its own. PSQLRC and the rest of the environment stay as they are.
struct PsqlCall {
    QProcessEnvironment environment = {};
    std::unique_ptr<QTemporaryFile> passFile = {}; ///< destroyed = removed
    std::shared_ptr<core::ConnectionWay> way = {}; ///< its tunnel; may be null
};

/// Errors: path.runtime, terminal.passFile.
[[nodiscard]] core::Result<PsqlCall> psqlCall(core::ConnKeywords keywords,
                                              PsqlOptions options = {});

/// psql on an endpoint that a person has agreed to connect to: its way is opened (a tunnel, a kept
/// password). Without a permit that holds and covers the address psql is to be read-only, and that
/// is not left to hope: no pooled endpoint is taken, and a connection with the very options asks
/// the server whether they arrived, because a pooler may hide behind any address. Errors:
/// shell.pooledWrites, shell.notReadOnly (both of kind Consent, without advice: whoever asks knows
/// how writing is allowed), those of the way and of connecting, and psqlCall()'s. Belongs in a
/// thread with an event loop.
[[nodiscard]] QFuture<core::Result<std::shared_ptr<PsqlCall>>>
preparePsql(const core::Endpoint &endpoint, const std::optional<core::WritePermit> &permit);

/// psql in one of the fixed places: what runs is never chosen by the folder or its PATH. Error
/// terminal.noPsql, with what to install.
[[nodiscard]] core::Result<QString> findPsql();

/// The first of the places that holds a program; empty for none.
[[nodiscard]] QString firstProgram(const QStringList &places);

} // namespace app

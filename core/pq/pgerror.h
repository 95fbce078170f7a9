// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/pq/conninfo.h"

#include <libpq-fe.h>

#include <QByteArray>
#include <QString>

namespace core {

/// What libpq and a server say → Error. Any thread that may touch the handle. No text of these
/// errors holds a secret (core/base/redact.h). Ids are `server.<sqlstate>`, or a name where a
/// person can act on the kind of fault:
///   connection.refused .dns .unreachable .timeout .closed .tls .noSocket .databaseMissing
///   .databaseDropped .tooMany .shuttingDown .notReady .idleClosed .poolerBusy .startupParameter
///   .failed auth.password .passwordMissing .refused .clearText permission.denied relation.missing
///   schema.missing column.missing function.missing sql.syntax lock.notAvailable
///   transaction.readOnly server.diskFull server.outOfMemory
/// Class 08, FATAL and PANIC, 57P0x and the timeouts that end a session set sessionLost. 57014
/// stays `server.57014`, kind Server: only the caller knows whether a person or a limit cancelled.

/// "127.0.0.1:6432, database shop": the `place` of every error below.
[[nodiscard]] QString connPlace(const ConnKeywords &keywords);

/// Makes connectError() exact: libpq gives no field of an error of the connection attempt, only its
/// text, and the verbose text carries the SQLSTATE. Call after PQconnectStartParams.
void prepareForErrors(PGconn *connection);

/// Every PG_DIAG field of an error or notice, redacted.
[[nodiscard]] ServerReport serverReport(const PGresult *result);
/// The error that a server's report means.
[[nodiscard]] Error serverError(ServerReport report, const QString &place);
/// PGRES_FATAL_ERROR, or a null result of a connection that broke.
[[nodiscard]] Error resultError(const PGresult *result, const PGconn *connection,
                                const QString &place);
/// PQstatus is CONNECTION_BAD while connecting.
[[nodiscard]] Error connectError(const PGconn *connection, const QString &place);
/// PQstatus is CONNECTION_BAD on a connection that had been made.
[[nodiscard]] Error lostError(const PGconn *connection, const QString &place);
/// Our own limit for connecting has passed.
[[nodiscard]] Error connectTimeoutError(const QString &place);
/// The look-up of the name failed (EAI_… in words is `reason`).
[[nodiscard]] Error dnsError(const QString &reason, const QString &place);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/request.h"
#include "core/session/resultreader.h"

namespace core {

/// The errors that are a session's own words; what a server or libpq says comes from
/// core/pq/pgerror.h.
///   request.cancelled .dropped .shutDown (all of kind Cancelled)   connection.stalled
///   statement.timeout lock.timeout   result.cellTooBig
///   frame.left .notReadOnly .sessionState   copy.fromStdin .unsupported
[[nodiscard]] Error cancelledError(const QString &place, bool sessionLost);
[[nodiscard]] Error droppedError(const QString &place);
[[nodiscard]] Error shutDownError();
[[nodiscard]] Error stalledError(const QString &place, std::chrono::milliseconds silence);
[[nodiscard]] Error frameLeftError(const QByteArray &tag, const QString &place);
[[nodiscard]] Error notReadOnlyError(const QString &place);
[[nodiscard]] Error sessionStateError(const QByteArray &tag, const QString &place);
[[nodiscard]] Error copyFromStdinError(const QString &place);
[[nodiscard]] Error copyUnsupportedError(const QString &place);
[[nodiscard]] Error cellTooBigError(const HugeCell &cell, const Columns &columns, qint64 limit,
                                    const QString &place);

/// The server closes the connection after it: FATAL, PANIC, or the warning 57P02 that another of
/// its processes crashed.
[[nodiscard]] bool isLastWord(const PGresult *notice);

/// Gives 57014 and 55P03 their cause: both of our limits end in the same SQLSTATEs as a person's
/// cancel or a NOWAIT, and the server's words are translated. `elapsed` is the statement's time so
/// far, measured here.
[[nodiscard]] Error withCause(Error error, const RequestSpec &spec,
                              std::chrono::milliseconds elapsed);

} // namespace core

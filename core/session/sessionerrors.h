// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/heldstate.h"
#include "core/session/request.h"
#include "core/session/resultreader.h"

namespace core {

/// The errors that are a session's own words; what a server or libpq says comes from
/// core/pq/pgerror.h.
///   request.cancelled .dropped .shutDown (all of kind Cancelled)   connection.stalled
///   statement.timeout lock.timeout   result.cellTooBig
///   frame.left .notReadOnly .notWritable .otherDatabase .sessionState
///   write.notAllowed (kind Consent) .otherRows   commit.unknown (kind Unknown)
///   transaction.reserved .gone session.stateLost pooled.needsDirect   copy.fromStdin .unsupported
[[nodiscard]] Error cancelledError(const QString &place, bool sessionLost);
[[nodiscard]] Error droppedError(const QString &place);
[[nodiscard]] Error shutDownError();
[[nodiscard]] Error stalledError(const QString &place, std::chrono::milliseconds silence);
[[nodiscard]] Error frameLeftError(const QByteArray &tag, const QString &place);
[[nodiscard]] Error notReadOnlyError(const QString &place);
/// `number` is the transaction's; the error carries it and the cause.
[[nodiscard]] Error commitUnknownError(const QByteArray &number, const Error &loss);
/// The same of a statement in autocommit, for which there is no number to ask by.
[[nodiscard]] Error effectUnknownError(const Error &loss);
/// As frameLeftError(), of a frame that writes.
[[nodiscard]] Error writingLeftError(const QByteArray &tag, const QString &place);
[[nodiscard]] Error notWritableError(const QString &place);
[[nodiscard]] Error otherDatabaseError(const QByteArray &found, const QByteArray &wanted,
                                       const QString &place);
[[nodiscard]] Error notAllowedError(const QString &place);
/// What is left of a run whose statement changed another number of rows than was agreed to.
enum class LeftOfRun : quint8 {
    Nothing,
    Earlier,         ///< statements before it took effect by themselves
    OpenTransaction, ///< as it was before the statement
};
/// `found` = nullopt: the server does not say how many. `isFirst`: nothing ran before it.
[[nodiscard]] Error otherRowsError(qint64 expected, std::optional<qint64> found, LeftOfRun left,
                                   bool isFirst, const QString &place);
[[nodiscard]] Error plainNeedsDirectError(const QString &place);
/// The session has an open transaction, and the request does not belong to it.
[[nodiscard]] Error reservedError(const HeldState &held, const QString &place);
/// The transaction that the request belongs to is not open any more.
[[nodiscard]] Error transactionGoneError(const QString &place);
/// The request was made for a connection that has been lost with what it held.
[[nodiscard]] Error stateLostError(const HeldState &lost, const QString &place);
/// Says in the advice what went with the connection.
[[nodiscard]] Error withLost(Error error, const HeldState &lost);
/// Notes for Request::stillWaiting().
[[nodiscard]] WaitNote startingNote(const Error &serverSays, std::chrono::milliseconds givesUpIn);
[[nodiscard]] WaitNote silenceNote(bool inPooler, std::chrono::milliseconds silence,
                                   std::chrono::milliseconds givesUpIn);
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

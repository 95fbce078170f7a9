// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/sessionerrors.h"

#include "core/base/translations.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Session)
};

Error lostWith(ErrorKind kind, QByteArray id, QString message, QString place, QString advice = {})
{
    Error error =
        failure(kind, std::move(id), std::move(message), std::move(place), std::move(advice))
            .error();
    error.sessionLost = true;
    return error;
}

QString seconds(std::chrono::milliseconds time)
{
    return QLocale().toString(double(time.count()) / 1000.0, 'g', 3);
}

} // namespace

Error cancelledError(const QString &place, bool sessionLost)
{
    Error error =
        lostWith(ErrorKind::Cancelled, "request.cancelled"_ba, Text::tr("Cancelled."), place);
    error.sessionLost = sessionLost;
    return error;
}

Error droppedError(const QString &place)
{
    return lostWith(ErrorKind::Cancelled, "request.dropped"_ba,
                    Text::tr("The connection was dropped."), place,
                    Text::tr("The server may go on with the statement until it notices."));
}

Error shutDownError()
{
    return lostWith(ErrorKind::Cancelled, "request.shutDown"_ba,
                    Text::tr("Cancelled, because the connection was closed."), {});
}

Error stalledError(const QString &place, std::chrono::milliseconds silence)
{
    return lostWith(ErrorKind::Timeout, "connection.stalled"_ba,
                    Text::tr("Nothing came from the server for %1 s, longer than it may take.")
                        .arg(seconds(silence)),
                    place, Text::tr("Check the network; the next request connects again."));
}

Error frameLeftError(const QByteArray &tag, const QString &place)
{
    return lostWith(ErrorKind::Usage, "frame.left"_ba,
                    tag.isEmpty()
                        ? Text::tr("The statement ended the read-only transaction it ran in.")
                        : Text::tr("%1 ended the read-only transaction it ran in.")
                              .arg(QString::fromLatin1(tag)),
                    place,
                    Text::tr("The connection was closed. Nothing after it was run; leave "
                             "transaction control out of read-only text."));
}

Error notReadOnlyError(const QString &place)
{
    return lostWith(ErrorKind::Protocol, "frame.notReadOnly"_ba,
                    Text::tr("The server did not make the transaction read-only."), place,
                    Text::tr("Nothing was run and the connection was closed."));
}

Error commitUnknownError(const QByteArray &number, const Error &loss)
{
    Error error = lostWith(
        ErrorKind::Unknown, "commit.unknown"_ba,
        Text::tr("It is unknown whether the commit arrived: the connection was lost before the "
                 "server answered it."),
        loss.place,
        Text::tr("Look up transaction %1 before you run anything again. Nothing is repeated by "
                 "itself.")
            .arg(QString::fromLatin1(number)));
    error.server = loss.server;
    error.transactionId = number;
    return error;
}

Error effectUnknownError(const Error &loss)
{
    Error error = lostWith(
        ErrorKind::Unknown, "commit.unknown"_ba,
        Text::tr("It is unknown whether the statement took effect: the connection was lost before "
                 "the server answered it."),
        loss.place,
        Text::tr("It ran outside of a transaction, so the server has no number to look it up by. "
                 "Compare the rows before you run it again. Nothing is repeated by itself."));
    error.server = loss.server;
    return error;
}

Error writingLeftError(const QByteArray &tag, const QString &place)
{
    return lostWith(
        ErrorKind::Usage, "frame.left"_ba,
        tag.isEmpty()
            ? Text::tr("The statement ended the transaction it ran in.")
            : Text::tr("%1 ended the transaction it ran in.").arg(QString::fromLatin1(tag)),
        place,
        Text::tr("What ran before is as that statement left it, and nothing after it "
                 "was run. Open a transaction by hand, or leave its control out."));
}

Error notWritableError(const QString &place)
{
    return failure(ErrorKind::Server, "frame.notWritable"_ba,
                   Text::tr("The server did not open the transaction for writing."), place,
                   Text::tr("Nothing was run. A standby only reads; use the primary server."))
        .error();
}

Error otherDatabaseError(const QByteArray &found, const QByteArray &wanted, const QString &place)
{
    return failure(ErrorKind::Server, "frame.otherDatabase"_ba,
                   Text::tr("The connection leads to the database “%1”, not to “%2”.")
                       .arg(QString::fromUtf8(found), QString::fromUtf8(wanted)),
                   place,
                   Text::tr("Nothing was run. A pooler may still hold connections to a database "
                            "that was renamed; restart it, or check the address."))
        .error();
}

Error notAllowedError(const QString &place)
{
    return failure(ErrorKind::Consent, "write.notAllowed"_ba,
                   Text::tr("Writing is not switched on for this database."), place,
                   Text::tr("Nothing was run. Switch writing on first."))
        .error();
}

Error otherRowsError(qint64 expected, std::optional<qint64> found, LeftOfRun left, bool isFirst,
                     const QString &place)
{
    const QLocale locale;
    const QString wanted = locale.toString(expected);
    const QString fate = left == LeftOfRun::Nothing
                             ? Text::tr("Nothing was changed: all of it was rolled back.")
                         : left == LeftOfRun::Earlier
                             ? Text::tr("It was rolled back; what ran before it is kept.")
                             : Text::tr("It was rolled back; the open transaction is as it was "
                                        "before it.");
    const QString advice =
        isFirst ? Text::tr("Count the rows again before the next try. Others may have changed "
                           "them; where a trigger, rule or policy leaves some out, the statement "
                           "should too.")
                : Text::tr("What ran before it may have changed them: run it on its own.");
    return failure(ErrorKind::Server, "write.otherRows"_ba,
                   found ? Text::tr("%1 rows would have changed, not exactly %2.", nullptr,
                                    pluralNumber(*found))
                               .arg(locale.toString(*found), wanted)
                         : Text::tr("The server does not tell how many rows changed, and it was to "
                                    "be exactly %1.")
                               .arg(wanted),
                   place, fate + u' ' + advice)
        .error();
}

Error plainNeedsDirectError(const QString &place)
{
    return failure(ErrorKind::Usage, "pooled.needsDirect"_ba,
                   Text::tr("What keeps state in the session needs the direct endpoint."), place,
                   Text::tr("Nothing was run. Run it on the direct endpoint, or in one go."))
        .error();
}

Error reservedError(const HeldState &held, const QString &place)
{
    return failure(ErrorKind::Usage, "transaction.reserved"_ba,
                   held.transaction == HeldState::Transaction::Failed
                       ? Text::tr("A failed transaction reserves this connection.")
                       : Text::tr("An open transaction with %n statements reserves this "
                                  "connection.",
                                  nullptr, held.statements),
                   place, Text::tr("Commit or roll it back first. Nothing was run."))
        .error();
}

Error transactionGoneError(const QString &place)
{
    return failure(ErrorKind::Usage, "transaction.gone"_ba,
                   Text::tr("The transaction that this belongs to is not open any more."), place,
                   Text::tr("Nothing was run. Begin again."))
        .error();
}

Error stateLostError(const HeldState &lost, const QString &place)
{
    return failure(ErrorKind::Connection, "session.stateLost"_ba,
                   Text::tr("The connection that this was meant for was lost. Lost with it: %1.")
                       .arg(heldWords(lost).join(", "_L1)),
                   place,
                   Text::tr("Nothing was run. The next request runs on a new connection, without "
                            "any of that."))
        .error();
}

Error withLost(Error error, const HeldState &lost)
{
    if (lost.isEmpty())
        return error;
    const QString words = Text::tr("Lost with it: %1.").arg(heldWords(lost).join(", "_L1));
    error.advice = error.advice.isEmpty() ? words : words + u' ' + error.advice;
    return error;
}

WaitNote startingNote(const Error &serverSays, std::chrono::milliseconds givesUpIn)
{
    return {.reason = WaitNote::Reason::ServerStarting,
            .message = Text::tr("Waiting for the server: %1").arg(serverSays.message),
            .givesUpIn = givesUpIn};
}

WaitNote silenceNote(bool inPooler, std::chrono::milliseconds silence,
                     std::chrono::milliseconds givesUpIn)
{
    if (inPooler) {
        return {.reason = WaitNote::Reason::Pooler,
                .message = Text::tr("Waiting for the pooler to give this a server connection."),
                .givesUpIn = givesUpIn};
    }
    return {.reason = WaitNote::Reason::Silence,
            .message = Text::tr("Nothing has come from the server for %1 s; still waiting.")
                           .arg(seconds(silence)),
            .givesUpIn = givesUpIn};
}

Error sessionStateError(const QByteArray &tag, const QString &place)
{
    return lostWith(ErrorKind::Usage, "frame.sessionState"_ba,
                    Text::tr("%1 leaves something behind in a server connection that the pooler "
                             "gives to others.")
                        .arg(QString::fromLatin1(tag)),
                    place,
                    Text::tr("The connection was closed, so that nothing is left. Use the direct "
                             "endpoint."));
}

Error copyFromStdinError(const QString &place)
{
    return failure(ErrorKind::Usage, "copy.fromStdin"_ba,
                   Text::tr("COPY … FROM STDIN needs a file to read, and a query has none."), place,
                   Text::tr("Use the import of a table."))
        .error();
}

Error copyUnsupportedError(const QString &place)
{
    return lostWith(ErrorKind::Usage, "copy.unsupported"_ba,
                    Text::tr("This kind of COPY cannot be run here."), place,
                    Text::tr("The connection was closed."));
}

Error cellTooBigError(const HugeCell &cell, const Columns &columns, qint64 limit,
                      const QString &place)
{
    const QLocale locale;
    const QString name = columns.at(std::size_t(cell.column)).name;
    return failure(ErrorKind::Usage, "result.cellTooBig"_ba,
                   Text::tr("The value in row %1, column \"%2\" has %3, more than the limit of %4.")
                       .arg(locale.toString(cell.row + 1), name,
                            locale.formattedDataSize(cell.bytes), locale.formattedDataSize(limit)),
                   place,
                   Text::tr("Rows before it are complete. Select a part of it with left() or "
                            "substr(), or raise the limit."))
        .error();
}

bool isLastWord(const PGresult *notice)
{
    const QByteArrayView severity(PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED));
    return severity == "FATAL" || severity == "PANIC"
           || QByteArrayView(PQresultErrorField(notice, PG_DIAG_SQLSTATE)) == "57P02";
}

Error withCause(Error error, const RequestSpec &spec, std::chrono::milliseconds elapsed)
{
    if (!error.server)
        return error;
    const auto reached = [elapsed](std::chrono::milliseconds limit) {
        // The server's clock started after ours and both round.
        return limit.count() > 0 && elapsed + std::chrono::milliseconds(20) >= limit;
    };
    if (error.server->sqlState == "57014" && reached(spec.statementTimeout)) {
        error.kind = ErrorKind::Timeout;
        error.id = "statement.timeout"_ba;
        error.message = Text::tr("The statement was stopped at its limit of %1 s.")
                            .arg(seconds(spec.statementTimeout));
    } else if (error.server->sqlState == "55P03" && reached(spec.lockTimeout)) {
        error.kind = ErrorKind::Timeout;
        error.id = "lock.timeout"_ba;
        error.message = Text::tr("A lock was not free within %1 s.").arg(seconds(spec.lockTimeout));
    }
    return error;
}

} // namespace core

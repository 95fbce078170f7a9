// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QMetaType>
#include <QString>

#include <expected>
#include <optional>

namespace core {

enum class ErrorKind : quint8 {
    Connection,     ///< the server was not reached, or the connection ended
    Authentication, ///< the server was reached and did not let us in
    Server,         ///< the server refused a statement
    Cancelled,      ///< a person asked for it: an outcome, never a red message
    Timeout,        ///< a limit of ours or of the server's was reached
    Protocol,       ///< the other side said something that must not be
    Consent,        ///< nothing was tried: a person must agree first
    Usage,          ///< what was asked for cannot be meant
    Unknown,        ///< whether it took effect cannot be told from here: it must be looked up, not
                    ///< repeated
    Local,          ///< files, memory, this program
};

/// What a PostgreSQL server says in an error or notice: every PG_DIAG field as it was sent.
struct ServerReport {
    QByteArray sqlState = {};
    QString severity = {}; ///< never translated (PG_DIAG_SEVERITY_NONLOCALIZED)
    QString message = {};
    QString detail = {};
    QString hint = {};
    QString context = {};
    QString schema = {};
    QString table = {};
    QString column = {};
    QString dataType = {};
    QString constraint = {};
    QString internalQuery = {};
    int position = 0;         ///< 1-based, in characters of the statement sent; 0 = none
    int internalPosition = 0; ///< the same, into internalQuery
    QString source = {};      ///< file:line (function) in the server
    bool operator==(const ServerReport &) const = default;
};

/// One flat error for everything. `id` is stable ("conninfo.badPercent"), the texts are for people
/// and may change. The three sentences are what – where – what to do; the last two may be empty.
struct Error {
    ErrorKind kind = ErrorKind::Local;
    QByteArray id = {};
    QString message = {};
    QString place = {};
    QString advice = {};
    std::optional<ServerReport> server = {};
    int position = 0;         ///< 1-based character of the text that was given to us; 0 = none
    bool sessionLost = false; ///< the connection is gone: what it held is gone too
    /// Of commit.unknown: the number by which the server can be asked (lookUpCommit); else empty.
    QByteArray transactionId = {};
    bool operator==(const Error &) const = default;

    /// message, place and advice as one line; never holds a secret.
    [[nodiscard]] QString text() const;
};

template<class T = void> using Result = std::expected<T, Error>;

/// Shorthand for `return failure(kind, id, message, …)` in a function that returns Result<T>.
[[nodiscard]] std::unexpected<Error> failure(ErrorKind kind, QByteArray id, QString message,
                                             QString place = {}, QString advice = {});

} // namespace core

Q_DECLARE_METATYPE(core::Error)

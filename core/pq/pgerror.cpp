// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/pgerror.h"

#include "core/base/redact.h"
#include "core/pq/keyword.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <netdb.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::PgError)
};

struct Named {
    const char *sqlState;
    ErrorKind kind;
    const char *id;
    /// Replaces the server's message where ours says more; null keeps the server's.
    const char *message;
    const char *advice;
};

constexpr std::array named = {
    Named{"28P01", ErrorKind::Authentication, "auth.password",
          QT_TRANSLATE_NOOP("core::PgError", "The server did not accept the password."),
          QT_TRANSLATE_NOOP("core::PgError", "Check user and password of this address.")},
    Named{"28000", ErrorKind::Authentication, "auth.refused", nullptr,
          QT_TRANSLATE_NOOP("core::PgError", "Check the user of this address, and whether the "
                                             "server admits it from this machine (pg_hba.conf).")},
    Named{"3D000", ErrorKind::Connection, "connection.databaseMissing", nullptr,
          QT_TRANSLATE_NOOP("core::PgError", "Check the database name, or create the database.")},
    Named{"57P04", ErrorKind::Connection, "connection.databaseDropped",
          QT_TRANSLATE_NOOP("core::PgError", "The database was dropped."),
          QT_TRANSLATE_NOOP("core::PgError", "Choose another database.")},
    Named{"53300", ErrorKind::Connection, "connection.tooMany", nullptr,
          QT_TRANSLATE_NOOP("core::PgError", "Close connections that are not needed, or try again "
                                             "when others have ended.")},
    Named{"57P01", ErrorKind::Connection, "connection.shuttingDown",
          QT_TRANSLATE_NOOP("core::PgError", "The server ended this connection: it is shutting "
                                             "down, or an administrator asked for it."),
          QT_TRANSLATE_NOOP("core::PgError", "Try again when the server is back.")},
    Named{
        "57P02", ErrorKind::Connection, "connection.shuttingDown",
        QT_TRANSLATE_NOOP("core::PgError",
                          "The server ended all connections because one of its processes failed."),
        QT_TRANSLATE_NOOP("core::PgError", "Try again in a moment.")},
    Named{"57P03", ErrorKind::Connection, "connection.notReady", nullptr,
          QT_TRANSLATE_NOOP("core::PgError", "Try again in a moment.")},
    Named{"57P05", ErrorKind::Connection, "connection.idleClosed",
          QT_TRANSLATE_NOOP("core::PgError", "The server closed this connection because it was "
                                             "idle for too long."),
          nullptr},
    Named{"25P03", ErrorKind::Connection, "connection.idleClosed",
          QT_TRANSLATE_NOOP("core::PgError", "The server closed this connection because its "
                                             "transaction was idle for too long."),
          nullptr},
    Named{"25P04", ErrorKind::Timeout, "server.25P04", nullptr, nullptr},
    Named{"42501", ErrorKind::Server, "permission.denied", nullptr,
          QT_TRANSLATE_NOOP("core::PgError", "Ask the owner for the right, or connect as a user "
                                             "who has it.")},
    Named{"42P01", ErrorKind::Server, "relation.missing", nullptr, nullptr},
    Named{"3F000", ErrorKind::Server, "schema.missing", nullptr, nullptr},
    Named{"42703", ErrorKind::Server, "column.missing", nullptr, nullptr},
    Named{"42883", ErrorKind::Server, "function.missing", nullptr, nullptr},
    Named{"42601", ErrorKind::Server, "sql.syntax", nullptr, nullptr},
    Named{"55P03", ErrorKind::Server, "lock.notAvailable", nullptr,
          QT_TRANSLATE_NOOP("core::PgError", "Another session holds the lock; try again when it "
                                             "has ended.")},
    Named{"25006", ErrorKind::Server, "transaction.readOnly", nullptr, nullptr},
    Named{"53100", ErrorKind::Server, "server.diskFull", nullptr, nullptr},
    Named{"53200", ErrorKind::Server, "server.outOfMemory", nullptr, nullptr},
};

const Named *namedState(const QByteArray &sqlState)
{
    const auto found = std::ranges::find_if(
        named, [&sqlState](const Named &row) { return sqlState == row.sqlState; });
    return found == named.end() ? nullptr : found;
}

Error makeError(ErrorKind kind, QByteArray id, QString message, QString place, QString advice = {})
{
    Error error;
    error.kind = kind;
    error.id = std::move(id);
    error.message = std::move(message);
    error.place = std::move(place);
    error.advice = std::move(advice);
    return error;
}

Error connectionFailure(QByteArray id, QString message, QString place, QString advice = {})
{
    Error error = makeError(ErrorKind::Connection, std::move(id), std::move(message),
                            std::move(place), std::move(advice));
    error.sessionLost = true;
    return error;
}

QString field(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);
    // A SQL_ASCII server may send any bytes; fromUtf8 puts U+FFFD where they are no text.
    return text == nullptr ? QString() : redacted(QString::fromUtf8(text));
}

int numberField(const PGresult *result, int code)
{
    const char *text = PQresultErrorField(result, code);
    return text == nullptr ? 0 : QByteArrayView(text).toInt();
}

bool endsSession(const ServerReport &report)
{
    return report.severity == "FATAL"_L1 || report.severity == "PANIC"_L1
           || report.sqlState.startsWith("08") || report.sqlState.startsWith("57P0")
           || report.sqlState == "25P03" || report.sqlState == "25P04";
}

void applyRow(Error &error, const Named &row)
{
    error.kind = row.kind;
    error.id = row.id;
    if (row.message != nullptr)
        error.message = Text::tr(row.message);
    if (row.advice != nullptr && error.advice.isEmpty())
        error.advice = Text::tr(row.advice);
}

/// PgBouncer sends most of its own refusals as 08P01; its words are in its source and are never
/// translated.
void applyPoolerMessage(Error &error, const QString &message)
{
    static constexpr std::array sameAs = {
        std::pair{"authentication failed"_L1, "28P01"_L1},
        std::pair{"no such database"_L1, "3D000"_L1},
        std::pair{"no more connections allowed"_L1, "53300"_L1},
    };
    const auto same = std::ranges::find_if(
        sameAs, [&message](const auto &row) { return message.contains(row.first); });
    if (same != sameAs.end())
        return applyRow(error, *namedState(QByteArray(same->second.data(), same->second.size())));
    if (message.contains("query_wait_timeout"_L1)) {
        error.id = "connection.poolerBusy"_ba;
        error.advice = Text::tr("All server connections of the pooler are in use; try again, or "
                                "use the direct address.");
    } else if (message.contains("unsupported startup parameter"_L1)) {
        error.id = "connection.startupParameter"_ba;
        error.advice = Text::tr("Take this parameter out of the address, or use the direct one.");
    }
}

ErrorKind kindOf(const QByteArray &sqlState)
{
    if (sqlState.startsWith("08"))
        return ErrorKind::Connection;
    if (sqlState.startsWith("28"))
        return ErrorKind::Authentication;
    return ErrorKind::Server;
}

QString libpqMessage(const PGconn *connection)
{
    return redacted(QString::fromLocal8Bit(PQerrorMessage(connection)).trimmed());
}

/// The server's report inside libpq's verbose text: "…: FATAL:  28P01: password …\nDETAIL:  …". The
/// severity may be translated, the five characters of the SQLSTATE are not. The last one counts:
/// libpq tries one address after another.
std::optional<ServerReport> reportInText(const QString &text)
{
    static const QRegularExpression header(uR"((?:^|: )(\S+):  ([0-9A-Z]{5}): ([^\n]*))"_s,
                                           QRegularExpression::MultilineOption);
    std::optional<ServerReport> report;
    auto matches = header.globalMatch(text);
    while (matches.hasNext()) {
        const QRegularExpressionMatch match = matches.next();
        report = ServerReport{.sqlState = match.captured(2).toLatin1(),
                              .severity = u"FATAL"_s,
                              .message = match.captured(3)};
    }
    return report;
}

bool says(const QString &text, int errorNumber)
{
    return text.contains(QString::fromLocal8Bit(std::strerror(errorNumber)));
}

/// libpq's sentences follow the user's language, but they carry the operating system's own words
/// for the cause, which come from the same catalogue as ours.
Error localError(const QString &text, const QString &place)
{
    for (const int code : {EAI_NONAME, EAI_AGAIN, EAI_FAIL, EAI_NODATA}) {
        if (text.contains(QString::fromLocal8Bit(gai_strerror(code))))
            return dnsError(QString::fromLocal8Bit(gai_strerror(code)), place);
    }
    if (says(text, ECONNREFUSED)) {
        return connectionFailure("connection.refused"_ba,
                                 Text::tr("Nothing answers at this address."), place,
                                 Text::tr("Check that the server runs, and its port."));
    }
    if (says(text, EHOSTUNREACH) || says(text, ENETUNREACH)) {
        return connectionFailure("connection.unreachable"_ba,
                                 Text::tr("There is no way to this host from here."), place,
                                 Text::tr("Check the network, or a VPN that it may need."));
    }
    if (says(text, ETIMEDOUT))
        return connectTimeoutError(place);
    if (says(text, ENOENT)) {
        return connectionFailure("connection.noSocket"_ba,
                                 Text::tr("There is no server socket at this path."), place,
                                 Text::tr("Check that the server runs, and its port."));
    }
    if (text.contains("SSL"_L1) || text.contains("certificate"_L1)) {
        return connectionFailure("connection.tls"_ba,
                                 Text::tr("No encrypted connection could be made: %1").arg(text),
                                 place);
    }
    if (says(text, ECONNRESET) || says(text, EPIPE)) {
        return connectionFailure("connection.closed"_ba,
                                 Text::tr("The other side closed the connection."), place);
    }
    return connectionFailure("connection.failed"_ba, text, place);
}

} // namespace

QString connPlace(const ConnKeywords &keywords)
{
    const QString host = QString::fromUtf8(keyword(keywords, "host"_ba));
    const QString port = QString::fromUtf8(keyword(keywords, "port"_ba));
    QString place = host.contains(u':') ? u'[' + host + u']' : host;
    if (place.isEmpty())
        place = Text::tr("local socket");
    if (!port.isEmpty())
        place += u':' + port;
    const QString database = QString::fromUtf8(keyword(keywords, "dbname"_ba));
    return database.isEmpty() ? place : Text::tr("%1, database %2").arg(place, database);
}

void prepareForErrors(PGconn *connection)
{
    PQsetErrorVerbosity(connection, PQERRORS_VERBOSE);
}

ServerReport serverReport(const PGresult *result)
{
    ServerReport report;
    report.sqlState = field(result, PG_DIAG_SQLSTATE).toLatin1();
    report.severity = field(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (report.severity.isEmpty()) // poolers and servers before 9.6 send only the other one
        report.severity = field(result, PG_DIAG_SEVERITY);
    report.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
    report.detail = field(result, PG_DIAG_MESSAGE_DETAIL);
    report.hint = field(result, PG_DIAG_MESSAGE_HINT);
    report.context = field(result, PG_DIAG_CONTEXT);
    report.schema = field(result, PG_DIAG_SCHEMA_NAME);
    report.table = field(result, PG_DIAG_TABLE_NAME);
    report.column = field(result, PG_DIAG_COLUMN_NAME);
    report.dataType = field(result, PG_DIAG_DATATYPE_NAME);
    report.constraint = field(result, PG_DIAG_CONSTRAINT_NAME);
    report.internalQuery = field(result, PG_DIAG_INTERNAL_QUERY);
    report.position = numberField(result, PG_DIAG_STATEMENT_POSITION);
    report.internalPosition = numberField(result, PG_DIAG_INTERNAL_POSITION);
    const QString file = field(result, PG_DIAG_SOURCE_FILE);
    if (!file.isEmpty()) {
        report.source = u"%1:%2 (%3)"_s.arg(file, field(result, PG_DIAG_SOURCE_LINE),
                                            field(result, PG_DIAG_SOURCE_FUNCTION));
    }
    return report;
}

Error serverError(ServerReport report, const QString &place)
{
    Error error = makeError(kindOf(report.sqlState), "server."_ba + report.sqlState, report.message,
                            place, report.hint);
    if (report.sqlState.isEmpty())
        error.id = "server.unknown"_ba;
    if (const Named *row = namedState(report.sqlState)) {
        applyRow(error, *row);
    } else if (report.sqlState.startsWith("28")) {
        error.id = "auth.refused"_ba;
    } else if (report.sqlState == "08P01") {
        applyPoolerMessage(error, report.message);
    }
    error.position = report.position;
    error.sessionLost = endsSession(report);
    error.server = std::move(report);
    return error;
}

Error resultError(const PGresult *result, const PGconn *connection, const QString &place)
{
    // Without a SQLSTATE it is libpq that speaks, and then only of a connection that broke or of
    // its own misuse.
    if (result != nullptr && PQresultErrorField(result, PG_DIAG_SQLSTATE) != nullptr) {
        Error error = serverError(serverReport(result), place);
        error.sessionLost = error.sessionLost || PQstatus(connection) == CONNECTION_BAD;
        return error;
    }
    if (PQstatus(connection) == CONNECTION_BAD)
        return lostError(connection, place);
    const QString text = result == nullptr
                             ? libpqMessage(connection)
                             : redacted(QString::fromLocal8Bit(PQresultErrorMessage(result)));
    return makeError(ErrorKind::Protocol, "server.protocol"_ba, text.trimmed(), place);
}

Error connectError(const PGconn *connection, const QString &place)
{
    if (connection == nullptr)
        return makeError(ErrorKind::Local, "memory.out"_ba, Text::tr("There is not enough memory."),
                         place);
    const QString text = libpqMessage(connection);
    if (std::optional<ServerReport> report = reportInText(text)) {
        Error error = serverError(std::move(*report), place);
        error.sessionLost = true;
        return error;
    }
    if (PQconnectionNeedsPassword(connection) != 0) {
        Error error = makeError(ErrorKind::Authentication, "auth.passwordMissing"_ba,
                                Text::tr("The server asks for a password, and none is known."),
                                place, Text::tr("Add the password to the address."));
        error.sessionLost = true;
        return error;
    }
    // libpq quotes the value of require_auth, whatever the language of its sentence.
    if (text.contains("!password"_L1)) {
        Error error = makeError(
            ErrorKind::Authentication, "auth.clearText"_ba,
            Text::tr("The server asks for the password in clear text, or for a way of logging in "
                     "that is not allowed."),
            place,
            Text::tr("Use a verified TLS connection (sslmode=verify-full), or allow it for this "
                     "host."));
        error.sessionLost = true;
        return error;
    }
    return localError(text, place);
}

Error lostError(const PGconn *connection, const QString &place)
{
    const QString text = libpqMessage(connection);
    if (std::optional<ServerReport> report = reportInText(text)) {
        Error error = serverError(std::move(*report), place);
        error.sessionLost = true;
        return error;
    }
    Error error = connectionFailure("connection.closed"_ba,
                                    Text::tr("The connection to the server was lost."), place,
                                    Text::tr("Try again; a new connection is made."));
    return error;
}

Error connectTimeoutError(const QString &place)
{
    Error error = connectionFailure(
        "connection.timeout"_ba, Text::tr("The server did not answer in time."), place,
        Text::tr("Check the address, a firewall between, or a VPN that it may need."));
    error.kind = ErrorKind::Timeout;
    return error;
}

Error dnsError(const QString &reason, const QString &place)
{
    return connectionFailure("connection.dns"_ba,
                             Text::tr("The name of the host was not found: %1.").arg(reason), place,
                             Text::tr("Check the host name, and the network."));
}

} // namespace core

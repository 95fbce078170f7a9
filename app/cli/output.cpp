// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/transfer/exporttarget.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <poll.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// Whatever came from a server, a file or a name must not drive a person's terminal.
QString withoutControls(const QString &text)
{
    QString clean;
    clean.reserve(text.size());
    for (const QChar c : text) {
        const bool control = c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0);
        if (!control || c == u'\n' || c == u'\t')
            clean += c;
        else
            clean += u'�';
    }
    return clean;
}

QByteArray textFor(int descriptor, const QString &text)
{
    return (::isatty(descriptor) != 0 ? withoutControls(text) : text).toUtf8();
}

/// The errno of the first write to standard output that failed; the process has only the one.
int outputErrno = 0;

QJsonObject errorJson(const core::Error &error)
{
    QJsonObject json{{u"id"_s, QString::fromLatin1(error.id)}, {u"message"_s, error.message}};
    if (!error.place.isEmpty())
        json[u"place"_s] = error.place;
    if (!error.advice.isEmpty())
        json[u"advice"_s] = error.advice;
    if (error.position > 0)
        json[u"position"_s] = error.position;
    if (error.server) {
        json[u"server"_s] =
            QJsonObject{{u"sqlstate"_s, QString::fromLatin1(error.server->sqlState)},
                        {u"message"_s, error.server->message},
                        {u"detail"_s, error.server->detail},
                        {u"hint"_s, error.server->hint},
                        {u"position"_s, error.server->position}};
    }
    return {{u"error"_s, json}};
}

/// The arguments were fine: only the server's answer showed what cannot be done.
bool metWhileRunning(const core::Error &error)
{
    static constexpr std::array areas = {"frame."_L1, "result."_L1, "copy."_L1};
    static constexpr std::array ids = {"relation.missing"_L1, "relation.ambiguous"_L1,
                                       "object.missing"_L1,   "object.ambiguous"_L1,
                                       "rows.noPositions"_L1, "export.notATable"_L1};
    const QLatin1StringView id(error.id);
    return std::ranges::contains(ids, id)
           || std::ranges::any_of(areas, [id](auto area) { return id.startsWith(area); });
}

} // namespace

int exitCodeFor(const core::Error &error)
{
    switch (error.kind) {
    case core::ErrorKind::Connection:
    case core::ErrorKind::Authentication:
        return CannotConnect;
    case core::ErrorKind::Consent:
        return NeedsConsent;
    case core::ErrorKind::Timeout:
        return error.id.startsWith("connection.") ? CannotConnect : Failed;
    case core::ErrorKind::Usage:
        return metWhileRunning(error) ? Failed : Usage;
    case core::ErrorKind::Cancelled:
        return Interrupted;
    default:
        return Failed;
    }
}

bool outputIsTerminal()
{
    return ::isatty(STDOUT_FILENO) != 0;
}

bool canAsk()
{
    return ::isatty(STDIN_FILENO) != 0 && ::isatty(STDERR_FILENO) != 0;
}

bool ask(const QString &question)
{
    say(question + u" [y/N] "_s);
    char answer[16] = {};
    if (!std::fgets(answer, sizeof answer, stdin))
        return false;
    const QByteArray word = QByteArray(answer).trimmed().toLower();
    return word == "y" || word == "yes";
}

std::optional<QString> askText(const QString &question)
{
    say(question + u' ');
    char answer[512] = {};
    if (!std::fgets(answer, sizeof answer, stdin))
        return std::nullopt;
    QByteArray line(answer);
    if (line.endsWith('\n'))
        line.chop(1);
    return QString::fromUtf8(line);
}

bool writeOutput(QByteArrayView bytes)
{
    while (!bytes.isEmpty() && outputErrno == 0) {
        const ssize_t written = ::write(STDOUT_FILENO, bytes.data(), std::size_t(bytes.size()));
        if (written > 0) {
            bytes = bytes.sliced(qsizetype(written));
        } else if (written < 0 && errno == EAGAIN) {
            // A pipe that its other end made non-blocking.
            pollfd writable{STDOUT_FILENO, POLLOUT, 0};
            ::poll(&writable, 1, -1);
        } else if (written < 0 && errno != EINTR) {
            outputErrno = errno;
        }
    }
    return outputErrno == 0;
}

core::Result<> outputResult()
{
    if (outputErrno == 0 || outputErrno == EPIPE)
        return {};
    return std::unexpected(core::outputError(outputErrno));
}

void print(const QString &text)
{
    (void)writeOutput(textFor(STDOUT_FILENO, text)); // outputResult() remembers
}

void printJson(const QJsonObject &json)
{
    print(QString::fromUtf8(QJsonDocument(json).toJson()));
}

void say(const QString &text)
{
    const QByteArray bytes = textFor(STDERR_FILENO, text);
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stderr);
    std::fflush(stderr);
}

core::Error usageError(const QString &message, const QString &advice)
{
    return {.kind = core::ErrorKind::Usage,
            .id = "cli.usage"_ba,
            .message = message,
            .place = {},
            .advice = advice};
}

QString shellWord(const QString &word)
{
    for (const QChar c : word) {
        if (!c.isLetterOrNumber() && !u"_-./:,"_s.contains(c))
            return u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'';
    }
    return word;
}

QString errorText(const core::Error &error)
{
    QString text = error.message + u" ["_s + QString::fromLatin1(error.id) + u"]\n"_s;
    QStringList more = {error.place};
    if (error.server) {
        if (!error.server->detail.isEmpty())
            more << QCoreApplication::translate("cli", "Detail: %1").arg(error.server->detail);
        if (!error.server->hint.isEmpty())
            more << QCoreApplication::translate("cli", "Hint: %1").arg(error.server->hint);
    }
    more << error.advice;
    for (const QString &line : std::as_const(more)) {
        if (!line.isEmpty())
            text += u"  "_s + line.trimmed() + u'\n';
    }
    return text;
}

void printError(const core::Error &error, bool asJson)
{
    if (asJson) {
        say(QString::fromUtf8(QJsonDocument(errorJson(error)).toJson()));
        return;
    }
    say(u"sluicectl: "_s + errorText(error));
}

} // namespace cli

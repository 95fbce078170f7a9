// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>
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

void writeTo(FILE *stream, const QString &text)
{
    const bool terminal = ::isatty(::fileno(stream)) != 0;
    const QByteArray bytes = (terminal ? withoutControls(text) : text).toUtf8();
    std::fwrite(bytes.constData(), 1, std::size_t(bytes.size()), stream);
    std::fflush(stream);
}

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

} // namespace

int exitCodeFor(const core::Error &error)
{
    switch (error.kind) {
    case core::ErrorKind::Connection:
    case core::ErrorKind::Authentication:
        return CannotConnect;
    case core::ErrorKind::Consent:
        return NeedsConsent;
    case core::ErrorKind::Usage:
        return Usage;
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

void print(const QString &text)
{
    writeTo(stdout, text);
}

void printJson(const QJsonObject &json)
{
    print(QString::fromUtf8(QJsonDocument(json).toJson()));
}

void say(const QString &text)
{
    writeTo(stderr, text);
}

void printError(const core::Error &error, bool asJson)
{
    if (asJson) {
        say(QString::fromUtf8(QJsonDocument(errorJson(error)).toJson()));
        return;
    }
    QString text = u"sluicectl: "_s + error.text();
    if (error.server) {
        if (!error.server->detail.isEmpty())
            text +=
                u'\n' + QCoreApplication::translate("cli", "Detail: %1").arg(error.server->detail);
        if (!error.server->hint.isEmpty())
            text += u'\n' + QCoreApplication::translate("cli", "Hint: %1").arg(error.server->hint);
    }
    say(text + u" ["_s + QString::fromLatin1(error.id) + u"]\n"_s);
}

} // namespace cli

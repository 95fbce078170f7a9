// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/transfer/formats.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace cli {

/// Exit codes of DESIGN 8.
enum ExitCode : int {
    Done = 0,
    Failed = 1,
    Usage = 2,
    CannotConnect = 3,
    NeedsConsent = 4,
    Interrupted = 130,
};

[[nodiscard]] int exitCodeFor(const core::Error &error);

/// True when standard output is a terminal: then control characters are stripped and the table
/// format is the default.
[[nodiscard]] bool outputIsTerminal();
/// True when a person can be asked at the terminal.
[[nodiscard]] bool canAsk();
/// Asks at the terminal; true for y or yes.
[[nodiscard]] bool ask(const QString &question);
/// Asks at the terminal for a line of text; nullopt at its end.
[[nodiscard]] std::optional<QString> askText(const QString &question);

/// Writes all to standard output, waiting for a slow reader. False once a write has failed: what
/// comes after that is dropped.
[[nodiscard]] bool writeOutput(QByteArrayView bytes);
/// What became of everything written to standard output so far. A reader that has gone took all
/// that it wanted. Errors: export.diskFull, export.cannotWrite.
[[nodiscard]] core::Result<> outputResult();

/// Results go to standard output, everything else to standard error.
void print(const QString &text);
void printJson(const QJsonObject &json);
void say(const QString &text);
/// Error cli.usage: what the arguments ask for cannot be meant.
[[nodiscard]] core::Error usageError(const QString &message, const QString &advice = {});
/// As a word of a command line that a person is told to run: quoted where it needs that.
[[nodiscard]] QString shellWord(const QString &word);
/// Its sentence and id, then where and what to do, a line each.
[[nodiscard]] QString errorText(const core::Error &error);
void printError(const core::Error &error, bool asJson);

} // namespace cli

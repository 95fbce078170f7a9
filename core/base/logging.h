// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QLoggingCategory>
#include <QString>

namespace core {

// One category a folder ("sluice.pq"); debug messages are off until QT_LOGGING_RULES asks for them.
Q_DECLARE_LOGGING_CATEGORY(logBase)
Q_DECLARE_LOGGING_CATEGORY(logPq)
Q_DECLARE_LOGGING_CATEGORY(logSession)
Q_DECLARE_LOGGING_CATEGORY(logResult)
Q_DECLARE_LOGGING_CATEGORY(logSql)
Q_DECLARE_LOGGING_CATEGORY(logProject)
Q_DECLARE_LOGGING_CATEGORY(logConnect)
Q_DECLARE_LOGGING_CATEGORY(logCatalog)
Q_DECLARE_LOGGING_CATEGORY(logBrowse)
Q_DECLARE_LOGGING_CATEGORY(logTransfer)
Q_DECLARE_LOGGING_CATEGORY(logLocal)
Q_DECLARE_LOGGING_CATEGORY(logUi)
Q_DECLARE_LOGGING_CATEGORY(logApp)

struct LogOptions {
    QString file = {};              ///< empty = none; its folder must exist
    qint64 fileLimit = 1024 * 1024; ///< bytes; then file → file.1 → file.2 …
    int oldFiles = 3;
    bool standardError = true;
};

/// Takes over all messages of the program (qWarning, qCWarning …) until stopLogging(). Each goes
/// through redactedForLog(), loses its control characters, and is one line:
///     2026-01-31T12:00:00.000Z warning sluice.pq: text
/// (standard error: "warning: text"). The file is owner-only and never a symbolic link; an error of
/// writing is said once on standard error and ends the file, not the program. Any thread may log.
/// Errors: those of opening a file (file.symlink, file.permission, file.folderMissing …); standard
/// error is served even then.
[[nodiscard]] Result<> startLogging(const LogOptions &options);
void stopLogging();

/// A text for a terminal or a log: control characters (C0, C1, escape sequences) replaced, line
/// breaks as " ⏎ ".
[[nodiscard]] QString oneLine(const QString &text);

} // namespace core

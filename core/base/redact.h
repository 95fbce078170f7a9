// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core {

/// What stands where a secret was.
inline const QString mask = QStringLiteral("••••");

/// The text without secrets: passwords in URLs, `password=…` in every notation (keyword strings,
/// query parameters, JSON, environment files), PASSWORD '…' and IDENTIFIED BY '…' of SQL (plain,
/// E'…' and $tag$ quoted, also cut off in the middle), SCRAM and md5 verifiers. Rather masks too
/// much than too little. Any thread; idempotent.
[[nodiscard]] QString redacted(const QString &text);

/// The same, and every secret given to rememberSecret(). For logs and job output; not for a
/// server's messages, where the password "postgres" would take the database "postgres" with it.
[[nodiscard]] QString redactedForLog(const QString &text);

/// From now on redactedForLog() masks this text wherever it stands, in any thread, also
/// percent-encoded. Process-wide, because log handlers are. Shorter than four characters is not
/// remembered: such a text is part of every sentence.
void rememberSecret(const QString &secret);

} // namespace core

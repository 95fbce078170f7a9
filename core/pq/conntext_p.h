// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <vector>

namespace core::conntext {

/// One setting as it stands in the text, decoded.
struct Setting {
    QByteArray key = {};
    QByteArray value = {};
    qsizetype at = 0;     ///< where the value begins in the text, 0-based
    bool hasValue = true; ///< false for `?ssl` without an equals sign
};

/// An error of kind Usage that names the character at the 0-based place `at`.
[[nodiscard]] std::unexpected<Error> textError(QByteArray id, QString message, qsizetype at,
                                               QString advice = {});

/// Strict: every % is followed by two hexadecimal digits, the result is UTF-8 without control
/// characters.
[[nodiscard]] Result<QByteArray> percentDecoded(QStringView text, qsizetype at,
                                                bool plusIsSpace = false);
/// Everything but unreserved characters as %XX.
[[nodiscard]] QString percentEncoded(QByteArrayView text);

/// key=value&key=value.
[[nodiscard]] Result<std::vector<Setting>> querySettings(QStringView query, qsizetype at,
                                                         bool plusIsSpace);
/// libpq's `key = 'value' …` text (conninfo_parse: quotes and backslashes).
[[nodiscard]] Result<std::vector<Setting>> keywordSettings(QStringView text, qsizetype at);

} // namespace core::conntext

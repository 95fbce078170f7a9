// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace core {

/// Columns of a terminal that a character takes: 0 for combining and format characters, 2 for wide
/// ones of East Asia and emoji, else 1 (Unicode's East_Asian_Width; terminals differ on ambiguous
/// ones, which are narrow here).
[[nodiscard]] int displayWidth(char32_t character);
[[nodiscard]] int displayWidth(QStringView text);

/// The text with its control characters (C0, DEL, C1) as visible escapes (\n, \t, \x1b), so that it
/// stays on one line and cannot drive a terminal.
[[nodiscard]] QString visibleText(QStringView text);

} // namespace core

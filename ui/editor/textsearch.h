// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <vector>

namespace ui {

// Byte offsets at which `wanted` stands in a UTF-8 text, one match behind the other. Upper and
// lower case of every script are alike where both have the same number of bytes, so that a match is
// as long as wanted.toUtf8(). Bytes that are no UTF-8 match themselves. Linear.
[[nodiscard]] std::vector<int> matchesIn(const QByteArray &text, const QString &wanted);

} // namespace ui

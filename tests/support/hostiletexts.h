// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace test {

struct HostileText {
    const char *name; ///< for the row of a data-driven test
    QString text;
};

/// Names and values that other programs were attacked with or broke on: quotes, line breaks,
/// backslashes, markup, right-to-left marks, key words, the longest name. Each is valid as an SQL
/// name and as a value, and none is empty.
[[nodiscard]] std::vector<HostileText> hostileTexts();

} // namespace test

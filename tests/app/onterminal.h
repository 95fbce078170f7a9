// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>

class QProcess;

namespace test {

/// Starts the program on a terminal of its own and waits for its end. Each of `typed` is typed once
/// a question stands there, by its ": " or "? ". What the terminal showed, and what the program
/// wrote beside it.
[[nodiscard]] QByteArray runOnTerminal(QProcess &process, QByteArrayList typed);

} // namespace test

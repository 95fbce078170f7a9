// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace core {

/// Graphviz' dot in one of the fixed places of the distributions, never looked up in PATH; empty
/// where it is not installed.
[[nodiscard]] QString dotProgram();

/// Hands a graph to dot and returns its answer in the format "plain". Nothing where the program
/// cannot be run, fails, takes longer than the limit, or `stopped` tells that nobody waits any
/// more: then it is killed. Argument list only, no shell, a bare environment. Blocks: for a worker.
[[nodiscard]] std::optional<QByteArray> runDot(const QString &program, const QByteArray &graph,
                                               std::chrono::milliseconds limit,
                                               const std::function<bool()> &stopped = {});

} // namespace core

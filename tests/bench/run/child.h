// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QStringList>

#include <chrono>
#include <utility>
#include <vector>

namespace bench {

struct Command {
    QString program; ///< with its path
    QStringList arguments = {};
    std::vector<std::pair<QByteArray, QByteArray>> environment = {}; ///< on top of ours
    std::chrono::seconds limit{900};                                 ///< then it is killed
};

struct Finished {
    QByteArray output = {};   ///< standard output
    qint64 startedAt = 0;     ///< CLOCK_MONOTONIC in nanoseconds, before the fork
    double seconds = 0;       ///< until its end was seen
    double cpuSeconds = 0;    ///< user and system
    double residentBytes = 0; ///< the most it had (ru_maxrss)
};

/// Runs a program to its end, with nothing else of ours open; its standard error is ours. It is
/// killed when we end. Blocks. Errors: bench.cannotRun, bench.failed (another status than 0),
/// bench.tooSlow.
[[nodiscard]] core::Result<Finished> runToEnd(const Command &command);

/// The same for a program that prints one JSON object. Errors: bench.badResult too.
[[nodiscard]] core::Result<QJsonObject> runForJson(const Command &command);

} // namespace bench

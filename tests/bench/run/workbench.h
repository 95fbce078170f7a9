// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/bench/common/statistics.h"
#include "tests/bench/run/benchserver.h"
#include "tests/bench/run/figure.h"
#include "tests/bench/run/options.h"

namespace bench {

/// What the groups measure with.
struct Workbench {
    const Options &options;
    BenchServer &server;

    /// A project folder with the server's database as its direct address, trusted.
    [[nodiscard]] core::Result<QString> project(const QString &database) const;
};

/// One line on standard error: how far things are.
void say(const QString &line);

// The groups. Each prepares what it needs, and gives every figure of its name in figureKinds() in
// that order, or the error that prevented it.
[[nodiscard]] core::Result<Figures> measureExports(const Workbench &bench);
[[nodiscard]] core::Result<Figures> measureWindows(const Workbench &bench);
[[nodiscard]] core::Result<Figures> measureStreams(const Workbench &bench);
[[nodiscard]] core::Result<Figures> measurePool(const Workbench &bench);
[[nodiscard]] core::Result<Figures> measureCatalogs(const Workbench &bench);
[[nodiscard]] core::Result<Figures> measureStarts(const Workbench &bench);

} // namespace bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QStringList>

namespace bench {

struct Options {
    qint64 rows = 10'000'000;
    int rounds = 5;
    QStringList only = {}; ///< groups and figures; empty = all
    QString folder = {};   ///< of everything that is kept: cluster, homes, projects, bench.json

    /// A figure is asked for, by its name or its group's.
    [[nodiscard]] bool wants(const QString &name) const;
    /// Some figure of the group is.
    [[nodiscard]] bool wantsGroup(const QString &group) const;
};

/// Ends the program after --help. Errors: usage.
[[nodiscard]] core::Result<Options> readOptions(const QStringList &arguments);

} // namespace bench

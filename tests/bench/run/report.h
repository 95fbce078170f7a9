// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/bench/run/figure.h"

namespace bench {

/// The table for people, each figure beside its target and whether it is met.
[[nodiscard]] QString tableOf(const Figures &figures);

/// `{"version":1, …facts, "figures":[{"name","value","unit","target","met","meaning","details"}]}`;
/// target and met are null where a figure is for comparison only. Errors of AtomicFile.
[[nodiscard]] core::Result<> writeJson(const QString &path, const Figures &figures,
                                       const QJsonObject &facts);

} // namespace bench

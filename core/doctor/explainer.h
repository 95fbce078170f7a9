// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"
#include "core/doctor/explanation.h"

#include <QFuture>

namespace core {

/// Where a failure happened, and what may be looked at to explain it.
struct FailureContext {
    QString folder = {};
    QStringList sqlFiles = {};             ///< relative to the folder
    std::vector<OpenDatabase *> open = {}; ///< of the project, borrowed for the call
    QString statementPlace = {};
    bool ownFrame = true; ///< a statement of ours, in a read-only frame
};

/// Explains with what is at hand: the endpoint that statements take, and the catalogs that are
/// loaded.
[[nodiscard]] std::optional<Explanation>
explainNow(const OpenDatabase &database, const Error &error, const FailureContext &context = {});

/// What to do in one sentence: the explanation's best way, or the error's own advice.
[[nodiscard]] QString adviceFor(const OpenDatabase *database, const Error &error);

/// As explainNow(), and for what is missing the folder's SQL files are read on a worker. The
/// future's continuation runs where `.then(context, …)` says.
[[nodiscard]] QFuture<std::optional<Explanation>>
explainLater(const OpenDatabase &database, const Error &error, const FailureContext &context);

} // namespace core

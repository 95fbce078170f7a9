// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/request.h"

#include <QFuture>

namespace core {

class SessionThread;

/// All rows of one statement of a small request.
struct Table {
    Columns columns = {};
    std::vector<ChunkPtr> chunks = {};
    StatementSummary summary = {};
    [[nodiscard]] qint64 rowCount() const;
    /// Row by absolute number; O(chunks).
    [[nodiscard]] QByteArrayView cell(qint64 row, int column) const;
    [[nodiscard]] bool isNull(qint64 row, int column) const;
    bool operator==(const Table &) const = default;
};

/// Runs a request that is known to be small and gathers everything; one Table a statement. The
/// future's continuation runs where `.then(context, …)` says. Cancelling the future cancels the
/// request.
[[nodiscard]] QFuture<Result<std::vector<Table>>> collect(SessionThread &session, RequestSpec spec);

} // namespace core

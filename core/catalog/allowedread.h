// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/collect.h"

#include <QFuture>

#include <optional>
#include <vector>

namespace core {

class SessionThread;

/// As collect(), for catalogs that a role may not be let read: a statement that the server refuses
/// to it (42501) is left out, and has no table in the answer; the rest is asked for again. One
/// round trip where nothing is refused. Cancelling the future cancels the request.
[[nodiscard]] QFuture<Result<std::vector<std::optional<Table>>>>
collectAllowed(SessionThread &session, RequestSpec spec);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/activity.h"
#include "core/session/sessionthread.h"

namespace core {

struct SlotFacts {
    QString name = {};
    QString plugin = {}; ///< empty = physical
    bool active = false;
    qint64 heldBytes = 0; ///< of write-ahead log that is kept for it
    QString walStatus = {};
    bool operator==(const SlotFacts &) const = default;
};

/// What a check-up asks a server for.
struct ServerFacts {
    ServerInfo info = {};
    Activity activity = {};
    std::vector<SlotFacts> walSlots = {};
    std::chrono::milliseconds clockAhead{0}; ///< the server's clock minus ours
    std::chrono::milliseconds roundTrip{0};  ///< of the question for the clock: its uncertainty
    QString timeZone = {};
    bool writesByDefault = true; ///< default_transaction_read_only is off
    bool operator==(const ServerFacts &) const = default;
};

/// Connects if needed; two round trips. The future's continuation runs where `.then(context, …)`
/// says. Errors are those of the session.
[[nodiscard]] QFuture<Result<ServerFacts>> loadServerFacts(SessionThread &session);

} // namespace core

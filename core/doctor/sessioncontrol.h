// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/activity.h"

namespace core {

/// Cancel stops the running statement; Terminate ends the session and rolls its transaction back.
enum class SessionSignal : quint8 { Cancel, Terminate };

/// Exactly the session and the statement that a person has seen and agreed to.
struct SessionTarget {
    int pid = 0;
    QByteArray backendStart = {};
    QByteArray stateChange = {};
    QString query = {};
    bool operator==(const SessionTarget &) const = default;

    [[nodiscard]] static SessionTarget of(const ActivitySession &session);
};

/// The words before it is done: what it does to this session, and what else it hits.
[[nodiscard]] QString consequence(const Activity &activity, const ActivitySession &session,
                                  SessionSignal kind);
/// Why it cannot be done; empty when it can be tried.
[[nodiscard]] QString obstacle(const Activity &activity, const ActivitySession &session,
                               SessionSignal kind);

/// Sends the signal if the server still finds the very same session in the very same state: the
/// test and the signal are one statement. Errors: activity.gone (it has ended), activity.changed
/// (it does something else by now), both with nothing done; activity.notAllowed;
/// activity.notSignalled.
[[nodiscard]] QFuture<Result<>> signalSession(SessionThread &session, const SessionTarget &target,
                                              SessionSignal kind);

} // namespace core

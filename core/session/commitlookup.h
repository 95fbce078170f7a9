// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QFuture>
#include <QMetaType>

namespace core {

class SessionThread;

/// What became of a transaction, as the server remembers it.
struct CommitFate {
    enum class State : quint8 {
        Committed,
        RolledBack,
        InProgress, ///< the server has not noticed that its client is gone, or it is prepared
        TooOld,     ///< the server has forgotten
        NotSeen,    ///< it has never given out that number: another server, or one restored since
    };
    State state = State::TooOld;
    QByteArray committedAt = {}; ///< as the server writes it; empty unless it keeps commit times
    bool operator==(const CommitFate &) const = default;
};

/// Asks for the fate of a transaction whose commit is unknown (Error::transactionId), with
/// pg_xact_status(), on a session that leads to the same server; its own connection is new by then.
/// Errors: commit.badNumber (not a number), those of the session.
[[nodiscard]] QFuture<Result<CommitFate>> lookUpCommit(SessionThread &session,
                                                       const QByteArray &transactionId);

/// "It was committed." …, one sentence.
[[nodiscard]] QString commitFateText(const CommitFate &fate);
/// Stable, for --json: "committed", "rolledBack", "inProgress", "tooOld", "notSeen".
[[nodiscard]] QString commitFateId(CommitFate::State state);

} // namespace core

Q_DECLARE_METATYPE(core::CommitFate)

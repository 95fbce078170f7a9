// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/handles.h"
#include "core/session/request.h"

#include <QByteArray>

namespace core {

/// What a frame learns about the server process that runs it, from the row that also proves
/// read-only.
struct FrameFacts {
    bool readOnly = false;
    int backendPid = 0;
    bool inRecovery = false;
    bool superuser = false;
    /// Guarded only: session advisory locks that the process held before the frame, as its closing
    /// text wants them.
    QByteArray locksBefore = {};
    bool operator==(const FrameFacts &) const = default;
};

/// The SQL around the statements of a request. Pure text. Names are written with their schema, for
/// a search_path may put anything in front of pg_catalog.

/// "BEGIN ISOLATION LEVEL … READ ONLY".
[[nodiscard]] QByteArray beginText(bool repeatableRead);
/// "SET TRANSACTION SNAPSHOT '…'". Error: quoting.*
[[nodiscard]] Result<QByteArray> snapshotText(const QByteArray &snapshot);
/// The second statement of the pipelined frame: facts and set_config() of every setting, as
/// parameters.
[[nodiscard]] Statement settingsStatement(const RequestSpec &spec);
/// The opening of the guarded frame as one simple-protocol message (TRUST A3): its SELECT fixes the
/// snapshot, closes SET TRANSACTION and tells the facts. Error: quoting.*
[[nodiscard]] Result<QByteArray> guardedOpening(const RequestSpec &spec);
/// ROLLBACK, and then the release of the session advisory locks that the frame added: a ROLLBACK
/// keeps them. One simple-protocol message has one ReadyForQuery, so a pooler cannot give the
/// server away between the two.
[[nodiscard]] QByteArray guardedClosing(const QByteArray &locksBefore);
/// Reads the row of either frame.
[[nodiscard]] FrameFacts frameFacts(const PGresult *row);

/// A command tag that means a statement ended or replaced the frame's transaction. COMMIT AND CHAIN
/// keeps the status "in transaction" and reopens writing, so the status alone does not show it.
[[nodiscard]] bool leavesFrame(QByteArrayView tag);
/// A command tag of what stays in a server process after ROLLBACK, where a pooler's next client
/// would meet it.
[[nodiscard]] bool outlivesFrame(QByteArrayView tag);

} // namespace core

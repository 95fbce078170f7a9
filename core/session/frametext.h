// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/pq/handles.h"
#include "core/session/request.h"
#include "core/session/settingsources.h"

#include <QByteArray>
#include <QByteArrayList>

#include <optional>

namespace core {

/// What a frame learns about the server process that runs it, from the row that also proves
/// read-only.
struct FrameFacts {
    bool readOnly = false;
    int backendPid = 0;
    bool inRecovery = false;
    bool superuser = false;
    QByteArray database = {}; ///< current_database(); a pooler may call it otherwise
    /// Guarded only: session advisory locks that the process held before the frame, as its closing
    /// text wants them.
    QByteArray locksBefore = {};
    /// Guarded and Writing: a number that stands for the prepared statements there were.
    QByteArray prepared = {};
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
/// The opening of the writing frame, one simple-protocol message: BEGIN READ WRITE; the inventory
/// of what the server process holds already, and a number that stands for it; facts and settings.
/// `names` as of inventoryText(). Error: quoting.*
[[nodiscard]] Result<QByteArray> writingOpening(const RequestSpec &spec,
                                                const QByteArrayList &names);
/// FrameFacts::locksBefore, from an inventory.
[[nodiscard]] QByteArray heldLocksOf(const QByteArray &inventory);
/// COMMIT and the inventory behind it, one simple-protocol message.
[[nodiscard]] QByteArray commitText(const QByteArrayList &names);
/// COMMIT behind a pooler, which may not give the server process away before it was looked over: a
/// transaction begins in the same message. Where the inventory is not of the number `state` any
/// more, or a function may have set what nobody can list, this leaves the session in a failed
/// transaction, so that closing it costs the server connection too; else it is ended. A row tells
/// what withRow() wants. `state` is asked for with the names in `sources`.
[[nodiscard]] QByteArray commitAndCheck(const QByteArray &state, const SourcesRead &sources);
/// COMMIT behind a pooler of what needs no looking over: a transaction is left open, to be closed
/// in.
[[nodiscard]] QByteArray commitAndStay();
/// The facts alone, outside of any frame.
[[nodiscard]] QByteArray factsText();
/// ROLLBACK, and then the release of the session advisory locks that the frame added: a ROLLBACK
/// keeps them. One simple-protocol message has one ReadyForQuery, so a pooler cannot give the
/// server away between the two.
[[nodiscard]] QByteArray guardedClosing(const QByteArray &locksBefore);
/// More of the closing, behind a pooler. PREPARE and DEALLOCATE within a function or DO have no
/// command tag, and outlive ROLLBACK: where the statements are not those of before, this leaves
/// the session in a failed transaction, so that closing it costs the server connection too. It is
/// of the same message, and costs no round trip. Empty where `prepared` is not known.
[[nodiscard]] QByteArray statementsCheck(const QByteArray &prepared);
/// Reads the row of either frame.
[[nodiscard]] FrameFacts frameFacts(const PGresult *row);

/// A command tag that means a statement ended or replaced the frame's transaction. COMMIT AND CHAIN
/// keeps the status "in transaction" and reopens writing, so the status alone does not show it.
[[nodiscard]] bool leavesFrame(QByteArrayView tag);
/// A command tag of what stays in a server process after ROLLBACK, where a pooler's next client
/// would meet it.
[[nodiscard]] bool outlivesFrame(QByteArrayView tag);
/// How many rows a statement changed, by its command tag. nullopt where that is not of an INSERT,
/// UPDATE, DELETE or MERGE: the number of a SELECT or a COPY is one of rows that were read.
[[nodiscard]] std::optional<qint64> changedRows(QByteArrayView tag);

} // namespace core

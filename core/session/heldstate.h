// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/ids.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QDateTime>
#include <QMetaType>
#include <QStringList>

namespace core {

/// What a direct connection holds for a person and a new one would not have. Read-only frames never
/// create it; what Writing and Plain leave is asked of the server after each of them, except inside
/// an open transaction, where a question of ours could change what SET TRANSACTION may still do.
struct HeldState {
    enum class Transaction : quint8 {
        None,
        Open,
        Failed, ///< only rolling back is left
    };
    Transaction transaction = Transaction::None;
    TransactionNumber number = TransactionNumber::None; ///< of the open or failed one
    QDateTime since = {};                               ///< UTC, when it was opened
    int statements = 0;                                 ///< that ran well in it
    QStringList temporaryObjects = {};
    QStringList settings = {}; ///< names that SET has changed; their values may be secret
    QStringList channels = {}; ///< of LISTEN
    QStringList prepared = {};
    QStringList cursors = {}; ///< WITH HOLD
    int advisoryLocks = 0;    ///< of the session
    bool operator==(const HeldState &) const = default;

    [[nodiscard]] bool inTransaction() const { return transaction != Transaction::None; }
    [[nodiscard]] bool isEmpty() const;
};

/// One clause for each kind of thing, for "Lost with it: …": "the open transaction with 3
/// statements", "the temporary object report_tmp", "SET work_mem", "LISTEN jobs" …
[[nodiscard]] QStringList heldWords(const HeldState &state);

[[nodiscard]] TransactionNumber newTransactionNumber();

/// The question that HeldState is read from: one row, one cell. Equal cells mean that nothing was
/// left in the server process in between, except for settings with names of one's own (my.name):
/// the server lists none of those, and tells only of `names`.
[[nodiscard]] QByteArray inventoryText(const QByteArrayList &names = {});
/// Takes the cell into everything but the transaction. What is in `found` too, a cell from before
/// anything of ours, is left out.
void readInventory(const QByteArray &cell, const QByteArray &found, HeldState &state);

} // namespace core

Q_DECLARE_METATYPE(core::HeldState)

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/opendatabase.h"

#include <functional>

class QWidget;

namespace ui {

class Document;
class Popover;
class Transactions;

// What is in the transaction of a database, with Commit and Roll back; without one, that nothing
// stays open. `mayCommit` is false where writing has been turned off since: then only rolling back
// is offered. `show` brings the tab to the front that opened it.
[[nodiscard]] Popover *makeTransactionPopover(QWidget *anchor, Transactions &transactions,
                                              core::OpenDatabase &database, bool mayCommit,
                                              const std::function<void(Document *)> &show);

// "Commit or roll back before …?": asks what becomes of the open transaction and calls `go` when it
// has ended; never if a person would rather stay. Without an open transaction `go` is called at
// once. `title` is the question.
void askTransaction(QWidget *window, Transactions &transactions, core::OpenDatabase &database,
                    bool mayCommit, const QString &title, std::function<void()> go);

} // namespace ui

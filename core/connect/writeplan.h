// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/routing.h"
#include "core/session/request.h"
#include "core/sql/writefacts.h"

namespace core {

/// How a person's text runs where writing is allowed.
struct WritePlan {
    Purpose purpose = Purpose::Query;
    RequestSpec spec = {}; ///< frame and statements; limits are the caller's
    std::vector<Hazard> hazards = {};
    QByteArray plainFor = {}; ///< why the frame is Plain: "SET", "VACUUM" …
    [[nodiscard]] bool asks() const;
};

/// Statements of one run, cut by splitSql(). Ordinary ones go into one writing transaction (Query;
/// SchemaChange where one of them is DDL). As soon as one keeps state in the session all of them
/// run as typed, in autocommit (SessionState); so does one that refuses a transaction block, which
/// must then be alone. Pure text; for cost see classify(). Errors: write.alone, query.empty.
[[nodiscard]] Result<WritePlan> planWriting(const std::vector<QByteArray> &statements);

/// The same statements within the transaction that a person has opened.
[[nodiscard]] WritePlan planInTransaction(const std::vector<QByteArray> &statements,
                                          TransactionNumber transaction);

/// From now on each INSERT, UPDATE, DELETE and MERGE of the plan has to change exactly so many rows
/// (Statement::expectedRows), in the order of the numbers. Errors: write.expectedRows where there
/// are more or fewer numbers than such statements; the plan is as it was then.
[[nodiscard]] Result<> expectRows(WritePlan &plan, const std::vector<qint64> &numbers);

/// Why the plan must not run on a pooled endpoint: pooled.needsDirect, one sentence; empty = may
/// run.
[[nodiscard]] std::optional<Error> pooledRefusal(const WritePlan &plan);

/// What a run of this plan destroys beyond its text: a pooler's look-up function and its right to
/// use the schema stand in “public” (DESIGN 5). Empty where there is nothing to say.
[[nodiscard]] QString poolerWarning(const WritePlan &plan, const Database &database);

} // namespace core

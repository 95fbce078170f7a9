// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayList>
#include <QByteArrayView>

#include <optional>

namespace core {

enum class StatementKind : quint8 {
    Empty,    ///< nothing but blanks, comments and semicolons
    Unparsed, ///< PostgreSQL 17's grammar does not accept it, or it is beyond the limits below
    Several,  ///< more than one statement
    Select,   ///< SELECT and TABLE; also with INTO, locking or DML inside (see readOnly)
    Values,
    Explain,
    Show,
    CopyTo,
    CopyFrom,
    Dml, ///< INSERT, UPDATE, DELETE, MERGE
    Ddl,
    TransactionControl, ///< BEGIN … PREPARE TRANSACTION, savepoints, SET TRANSACTION
    Prepare,
    Execute,
    Deallocate,
    Listen,
    Unlisten,
    Notify,
    Load,
    Discard,
    SetSession, ///< SET, SET SESSION, RESET, SET ROLE, SET SESSION AUTHORIZATION, … CHARACTERISTICS
    SetLocal,   ///< SET LOCAL, SET CONSTRAINTS
    Cursor,     ///< DECLARE, FETCH, MOVE, CLOSE
    Lock,
    Call,
    Do,
    Maintenance, ///< VACUUM, ANALYZE, CLUSTER, REINDEX, CHECKPOINT, REFRESH MATERIALIZED VIEW
};

/// What a text means, by PostgreSQL's own grammar. Names are as the grammar folds them:
/// `"PG_Sleep"` keeps its case, PG_SLEEP becomes pg_sleep, U&"" is decoded.
struct Classification {
    StatementKind kind = StatementKind::Unparsed;
    int statements = 0;
    /// Reads and nothing else, as far as the text alone can tell: SELECT without INTO, locking and
    /// DML; VALUES; SHOW; EXPLAIN of anything without ANALYZE or of such with it; COPY of such TO
    /// STDOUT. Functions may still write; the server's read-only transaction is the wall, this is
    /// for clarity.
    bool readOnly = false;
    /// Ends with rows (SELECT, VALUES, SHOW, EXPLAIN, TABLE, RETURNING, FETCH, EXECUTE may).
    bool returnsRows = false;
    /// Each function called anywhere in the text, "schema.name" or "name", without repetition.
    QByteArrayList functions = {};
    /// set_config() whose third argument is not the constant true.
    bool setsSession = false;
    /// Kinds met inside, without repetition: each of Several, the statement of an EXPLAIN,
    /// subqueries and data-modifying WITH. Of what DDL stores (routine bodies, views) nothing is
    /// told.
    std::vector<StatementKind> inner = {};
    /// For Unparsed: why (sql.syntax, sql.tooLong, sql.nul), with the position in characters.
    std::optional<Error> error = {};
    bool operator==(const Classification &) const = default;
};

/// The command of a kind that is about the session and nothing else: "PREPARE" to "DISCARD"; empty
/// for every other kind.
[[nodiscard]] QByteArrayView sessionCommand(StatementKind kind);

/// Longest text that is parsed. Longer ones are Unparsed with sql.tooLong; nothing is said about
/// their syntax.
inline constexpr qsizetype largestParsedText = qsizetype(1024) * 1024;

/// Blocks for about 0.1 ms on ordinary text and 1 s for the longest: big texts belong on a worker.
/// May be called from any thread; libpg_query itself runs on a thread of its own, whose stack is
/// large enough for the deepest tree that the text could hold (measured: 80 bytes of stack a byte
/// of text at most, 192 are given), so that no text can crash it.
[[nodiscard]] Classification classify(QByteArrayView sql);

/// Why a text must not run on a pooled endpoint: `pooled.needsDirect`, one sentence; empty = may
/// run. What leaves something in the server process for the pooler's next client is refused, and
/// what cannot be understood (DESIGN 4).
using Refusal = std::optional<Error>;
[[nodiscard]] Refusal pooledRefusal(const Classification &classification);

} // namespace core

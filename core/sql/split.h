// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

#include <optional>
#include <vector>

namespace core {

/// One piece of an SQL text. Offsets are bytes of the UTF-8 text; position.h turns them into
/// characters and lines.
struct SqlPart {
    enum class Kind : quint8 {
        Statement,
        MetaCommand, ///< a psql backslash command: from the backslash to the end of its line
        CopyData,    ///< lines that follow COPY … FROM STDIN in a psql script, with the closing \.
    };
    Kind kind = Kind::Statement;
    qsizetype begin = 0; ///< first byte of the first token; comments before it do not belong to it
    qsizetype end = 0;   ///< one past the last token, without the semicolon
    qsizetype next = 0;  ///< one past the semicolon, or `end` where there is none
    [[nodiscard]] QByteArrayView of(QByteArrayView text) const
    {
        return text.sliced(begin, end - begin);
    }
    bool operator==(const SqlPart &) const = default;
};

/// A text cut into statements, in order; empty statements are left out.
struct SqlSplit {
    /// What the text lacks at its end; the last statement then reaches to the end of the text.
    enum class Unclosed : quint8 { Nothing, String, Identifier, DollarString, Comment };
    std::vector<SqlPart> parts = {};
    Unclosed unclosed = Unclosed::Nothing;
    qsizetype unclosedAt = -1; ///< byte at which it was opened
    bool operator==(const SqlSplit &) const = default;

    /// Statements alone, without psql's own lines.
    [[nodiscard]] std::vector<SqlPart> statements() const;
    [[nodiscard]] bool hasMetaCommands() const;
};

/// Cuts a text where the server would: at each semicolon outside quotes, comments, parentheses and
/// the body of a BEGIN ATOMIC routine. Knows '', "", E'', U&'', B/X'', N'', dollar tags, nested
/// comments and standard_conforming_strings = on. Passes over a byte order mark at the beginning,
/// as psql does. Any bytes are allowed, broken SQL and NUL too. Pure and re-entrant. Agrees with
/// the boundaries of PostgreSQL 17's own grammar (libpg_query's parser) on every text that it
/// accepts; a test holds this.
[[nodiscard]] SqlSplit splitSql(QByteArrayView text);

/// The statement in which, or right behind which, `byte` stands: what "run at the cursor" means.
/// Between two statements it is the one before if nothing but blanks lies between on the same line,
/// else the one after; behind the last one, the last. Empty where there is no statement at all.
[[nodiscard]] std::optional<SqlPart> statementAt(const SqlSplit &split, QByteArrayView text,
                                                 qsizetype byte);

} // namespace core

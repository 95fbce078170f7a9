// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace core {

/// A token of PostgreSQL's lexical grammar, cut without judging: what the server's scanner would
/// refuse (an unclosed string, a number with letters in it, NUL) becomes a token all the same, so
/// that it goes through any text.
struct SqlToken {
    enum class Kind : quint8 {
        End,
        Word,       ///< keyword or unquoted identifier
        Identifier, ///< "…" with its quotes; the U& before it is a Word and an operator of its own
        String,     ///< '…' of any kind, with the prefix E, B, X or N and with its continuations on
                    ///< later lines if it is E
        DollarString, ///< $tag$…$tag$
        Number,
        Parameter, ///< $1
        Comment,   ///< -- to the end of the line, or /* … */ with nested ones
        Semicolon,
        Open,      ///< (
        Close,     ///< )
        Backslash, ///< one backslash: no SQL begins with it, psql's commands do
        Operator,  ///< any other single byte that is not a blank
    };
    Kind kind = Kind::End;
    bool closed = true; ///< false: the text ended inside a string, identifier or comment
    qsizetype begin = 0;
    qsizetype end = 0;
};

/// Walks over a text token by token; blanks are passed over. Linear, allocates nothing, keeps only
/// the view.
class SqlLexer
{
public:
    explicit SqlLexer(QByteArrayView text, qsizetype from = 0)
        : m_text(text)
        , m_at(from)
    {
    }
    [[nodiscard]] SqlToken next();
    /// Continue at another byte, which must not be inside a token.
    void moveTo(qsizetype byte) { m_at = byte; }
    [[nodiscard]] QByteArrayView textOf(const SqlToken &token) const
    {
        return m_text.sliced(token.begin, token.end - token.begin);
    }

private:
    [[nodiscard]] char at(qsizetype byte) const
    {
        return byte < m_text.size() ? m_text[byte] : '\0';
    }
    [[nodiscard]] SqlToken word();
    [[nodiscard]] SqlToken number();
    [[nodiscard]] SqlToken quoted(char quote, SqlToken::Kind kind);
    [[nodiscard]] SqlToken escapeString(qsizetype begin);
    [[nodiscard]] SqlToken dollar();
    [[nodiscard]] SqlToken lineComment();
    [[nodiscard]] SqlToken blockComment();
    [[nodiscard]] qsizetype continuation(qsizetype from) const;
    [[nodiscard]] SqlToken token(SqlToken::Kind kind, qsizetype end, bool closed = true);

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

/// Whether a Word is this keyword; `lower` in lower-case ASCII.
[[nodiscard]] bool isWord(QByteArrayView word, QByteArrayView lower);

} // namespace core

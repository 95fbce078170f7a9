// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/split.h"

#include "core/sql/lexer.h"

#include <algorithm>
#include <utility>

namespace core {

namespace {

using Kind = SqlToken::Kind;

/// What must be known of the statement under way to see whether a semicolon ends it. Only two
/// constructions of the grammar hold semicolons: the body of a BEGIN ATOMIC routine and CREATE RULE
/// … DO (…; …).
class StatementShape
{
public:
    void take(const SqlToken &token, QByteArrayView text)
    {
        if (token.kind == Kind::Word)
            takeWord(text);
        else if (m_what == What::Rule && token.kind == Kind::Open)
            ++m_parens;
        else if (m_what == What::Rule && token.kind == Kind::Close && m_parens > 0)
            --m_parens;
        else if (m_what == What::Routine)
            takeParen(token.kind);
        m_label = token.kind == Kind::Operator && text == ".";
        if (token.kind == Kind::Word)
            m_label = isWord(text, "as");
        ++m_tokens;
    }
    [[nodiscard]] bool holdsSemicolon() const
    {
        return m_depth > 0 || (m_what == What::Rule && m_parens > 0);
    }
    [[nodiscard]] bool isCopyFromStdin() const { return m_what == What::Copy && m_fromStdin; }

private:
    enum class What : quint8 { Unknown, Create, Rule, Routine, Copy, Other };

    void takeParen(Kind kind)
    {
        if (kind == Kind::Open)
            ++m_parens;
        else if (kind == Kind::Close && m_parens > 0)
            --m_parens;
    }

    void takeWord(QByteArrayView word)
    {
        switch (m_what) {
        case What::Unknown:
            m_what = m_tokens > 0             ? What::Other
                     : isWord(word, "create") ? What::Create
                     : isWord(word, "copy")   ? What::Copy
                                              : What::Other;
            break;
        case What::Create:
            takeCreateWord(word);
            break;
        case What::Routine:
            takeRoutineWord(word);
            break;
        case What::Copy:
            m_fromStdin = m_fromStdin || (m_from && isWord(word, "stdin"));
            m_from = isWord(word, "from");
            break;
        case What::Rule:
        case What::Other:
            break;
        }
    }

    void takeCreateWord(QByteArrayView word)
    {
        if (isWord(word, "function") || isWord(word, "procedure"))
            m_what = What::Routine;
        else if (isWord(word, "rule"))
            m_what = What::Rule;
        else if (!isWord(word, "or") && !isWord(word, "replace"))
            m_what = What::Other;
    }

    void takeRoutineWord(QByteArrayView word)
    {
        const bool afterBegin = std::exchange(m_begin, false);
        if (m_parens > 0 || m_label)
            return;
        if (m_depth == 0) {
            m_begin = isWord(word, "begin");
            if (afterBegin && isWord(word, "atomic"))
                m_depth = 1;
        } else if (isWord(word, "case")) {
            ++m_depth;
        } else if (isWord(word, "end")) {
            --m_depth;
        }
    }

    What m_what = What::Unknown;
    bool m_begin = false; ///< the word before was BEGIN
    bool m_label = false; ///< AS or a dot stood before: the next word is a name, whatever it says
    bool m_from = false;  ///< the word before was FROM
    bool m_fromStdin = false;
    int m_depth = 0; ///< BEGIN ATOMIC and the CASEs in it that are not ended
    int m_parens = 0;
    qsizetype m_tokens = 0;
};

SqlSplit::Unclosed unclosedBy(Kind kind)
{
    switch (kind) {
    case Kind::String:
        return SqlSplit::Unclosed::String;
    case Kind::Identifier:
        return SqlSplit::Unclosed::Identifier;
    case Kind::DollarString:
        return SqlSplit::Unclosed::DollarString;
    default:
        return SqlSplit::Unclosed::Comment;
    }
}

qsizetype lineEnd(QByteArrayView text, qsizetype from)
{
    const auto *found = std::find_if(text.begin() + from, text.end(),
                                     [](char byte) { return byte == '\n' || byte == '\r'; });
    return found - text.begin();
}

qsizetype nextLine(QByteArrayView text, qsizetype from)
{
    qsizetype at = lineEnd(text, from);
    if (at < text.size() && text[at] == '\r')
        ++at;
    if (at < text.size() && text[at] == '\n')
        ++at;
    return at;
}

qsizetype byteOrderMark(QByteArrayView text)
{
    return text.startsWith("\xef\xbb\xbf") ? 3 : 0;
}

class Splitter
{
public:
    explicit Splitter(QByteArrayView text)
        : m_text(text)
        , m_lexer(text, byteOrderMark(text))
    {
    }

    [[nodiscard]] SqlSplit run()
    {
        for (SqlToken token = m_lexer.next(); token.kind != Kind::End; token = m_lexer.next()) {
            if (!token.closed) {
                m_split.unclosed = unclosedBy(token.kind);
                m_split.unclosedAt = token.begin;
            }
            take(token);
        }
        endStatement(m_end);
        return std::move(m_split);
    }

private:
    void take(const SqlToken &token)
    {
        if (token.kind == Kind::Comment)
            return;
        if (token.kind == Kind::Backslash) {
            takeMetaCommand(token.begin);
        } else if (token.kind == Kind::Semicolon && !m_shape.holdsSemicolon()) {
            const bool copies = m_shape.isCopyFromStdin();
            endStatement(token.end);
            if (copies)
                takeCopyData(token.end);
        } else {
            if (m_begin < 0)
                m_begin = token.begin;
            m_end = token.end;
            m_shape.take(token, m_lexer.textOf(token));
        }
    }

    void endStatement(qsizetype next)
    {
        if (m_begin >= 0)
            m_split.parts.push_back({SqlPart::Kind::Statement, m_begin, m_end, next});
        m_begin = -1;
        m_shape = {};
    }

    void takeMetaCommand(qsizetype begin)
    {
        endStatement(m_end);
        const qsizetype end = lineEnd(m_text, begin);
        m_split.parts.push_back({SqlPart::Kind::MetaCommand, begin, end, end});
        m_lexer.moveTo(end);
    }

    /// psql takes the lines behind COPY … FROM STDIN; as data up to a line \. by itself. Without
    /// such a line it is SQL.
    void takeCopyData(qsizetype from)
    {
        const qsizetype begin = nextLine(m_text, from);
        if (!m_text.sliced(from, begin - from).trimmed().isEmpty())
            return;
        for (qsizetype line = begin; line < m_text.size(); line = nextLine(m_text, line)) {
            const qsizetype end = lineEnd(m_text, line);
            if (m_text.sliced(line, end - line) == "\\.") {
                m_split.parts.push_back({SqlPart::Kind::CopyData, begin, end, end});
                m_lexer.moveTo(end);
                return;
            }
        }
    }

    QByteArrayView m_text;
    SqlLexer m_lexer;
    SqlSplit m_split;
    StatementShape m_shape;
    qsizetype m_begin = -1; ///< of the statement under way; -1 = none
    qsizetype m_end = 0;
};

bool sameLine(QByteArrayView text, qsizetype from, qsizetype to)
{
    return lineEnd(text, from) >= to;
}

} // namespace

std::vector<SqlPart> SqlSplit::statements() const
{
    std::vector<SqlPart> found;
    std::ranges::copy_if(parts, std::back_inserter(found),
                         [](const SqlPart &part) { return part.kind == SqlPart::Kind::Statement; });
    return found;
}

bool SqlSplit::hasMetaCommands() const
{
    return std::ranges::any_of(
        parts, [](const SqlPart &part) { return part.kind == SqlPart::Kind::MetaCommand; });
}

SqlSplit splitSql(QByteArrayView text)
{
    return Splitter(text).run();
}

std::optional<SqlPart> statementAt(const SqlSplit &split, QByteArrayView text, qsizetype byte)
{
    const std::vector<SqlPart> &parts = split.parts;
    if (parts.empty())
        return {};
    const qsizetype cursor = std::clamp<qsizetype>(byte, 0, text.size());
    const auto after = std::ranges::upper_bound(parts, cursor, {}, &SqlPart::begin);
    if (after == parts.begin())
        return parts.front();
    const SqlPart &before = *std::prev(after);
    const bool behind = cursor <= before.next
                        || (sameLine(text, before.next, cursor)
                            && text.sliced(before.next, cursor - before.next).trimmed().isEmpty());
    return behind || after == parts.end() ? before : *after;
}

} // namespace core

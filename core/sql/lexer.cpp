// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/lexer.h"

#include <array>

namespace core {

namespace {

enum class Class : quint8 { Other, Blank, Letter, Digit };

constexpr std::array<Class, 256> makeClasses()
{
    std::array<Class, 256> classes{};
    for (std::size_t byte = 0; byte < 256; ++byte) {
        const bool letter = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
                            || byte == '_' || byte >= 0x80;
        if (letter)
            classes[byte] = Class::Letter;
        else if (byte >= '0' && byte <= '9')
            classes[byte] = Class::Digit;
        else if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
            classes[byte] = Class::Blank;
    }
    return classes;
}

constexpr std::array<Class, 256> classes = makeClasses();

Class classOf(char byte)
{
    return classes[quint8(byte)];
}

bool isTagByte(char byte)
{
    return classOf(byte) == Class::Letter || classOf(byte) == Class::Digit;
}

bool isWordByte(char byte)
{
    return isTagByte(byte) || byte == '$';
}

bool isLineEnd(char byte)
{
    return byte == '\n' || byte == '\r';
}

} // namespace

SqlToken SqlLexer::token(SqlToken::Kind kind, qsizetype end, bool closed)
{
    const SqlToken made{kind, closed, m_at, end};
    m_at = end;
    return made;
}

SqlToken SqlLexer::next()
{
    using Kind = SqlToken::Kind;
    while (m_at < m_text.size() && classOf(m_text[m_at]) == Class::Blank)
        ++m_at;
    if (m_at >= m_text.size())
        return token(Kind::End, m_text.size());
    const char byte = m_text[m_at];
    if (classOf(byte) == Class::Letter)
        return word();
    if (classOf(byte) == Class::Digit)
        return number();
    switch (byte) {
    case '\'':
        return quoted('\'', Kind::String);
    case '"':
        return quoted('"', Kind::Identifier);
    case '$':
        return dollar();
    case '-':
        return at(m_at + 1) == '-' ? lineComment() : token(Kind::Operator, m_at + 1);
    case '/':
        return at(m_at + 1) == '*' ? blockComment() : token(Kind::Operator, m_at + 1);
    case ';':
        return token(Kind::Semicolon, m_at + 1);
    case '(':
        return token(Kind::Open, m_at + 1);
    case ')':
        return token(Kind::Close, m_at + 1);
    case '\\':
        return token(Kind::Backslash, m_at + 1);
    default:
        return token(Kind::Operator, m_at + 1);
    }
}

SqlToken SqlLexer::word()
{
    qsizetype end = m_at + 1;
    while (end < m_text.size() && isWordByte(m_text[end]))
        ++end;
    if (end - m_at == 1 && at(end) == '\'') {
        const char prefix = char(m_text[m_at] | 0x20);
        if (prefix == 'e')
            return escapeString(m_at);
        if (prefix == 'b' || prefix == 'x' || prefix == 'n') {
            const qsizetype begin = m_at++;
            SqlToken string = quoted('\'', SqlToken::Kind::String);
            string.begin = begin;
            return string;
        }
    }
    return token(SqlToken::Kind::Word, end);
}

SqlToken SqlLexer::number()
{
    // A letter behind the digits is an error to the server since version 15; here it stays part of
    // the number.
    qsizetype end = m_at + 1;
    while (end < m_text.size() && isTagByte(m_text[end]))
        ++end;
    return token(SqlToken::Kind::Number, end);
}

SqlToken SqlLexer::quoted(char quote, SqlToken::Kind kind)
{
    // A doubled quote ends one piece and begins the next, so pieces are joined until a single one
    // is met.
    qsizetype from = m_at + 1;
    for (;;) {
        const qsizetype close = from < m_text.size() ? m_text.indexOf(quote, from) : -1;
        if (close < 0)
            return token(kind, m_text.size(), false);
        if (at(close + 1) != quote)
            return token(kind, close + 1);
        from = close + 2;
    }
}

SqlToken SqlLexer::escapeString(qsizetype begin)
{
    qsizetype at = begin + 2;
    while (at < m_text.size()) {
        const char byte = m_text[at];
        if (byte == '\\') {
            at += 2;
        } else if (byte != '\'') {
            ++at;
        } else if (this->at(at + 1) == '\'') {
            at += 2;
        } else {
            const qsizetype further = continuation(at + 1);
            if (further < 0)
                return token(SqlToken::Kind::String, at + 1);
            at = further + 1;
        }
    }
    return token(SqlToken::Kind::String, m_text.size(), false);
}

/// scan.l's {quotecontinue}: a string goes on, with the same escapes, where only blanks and line
/// comments with at least one line end stand before the next quote. Gives that quote, or -1.
qsizetype SqlLexer::continuation(qsizetype from) const
{
    bool lineEnded = false;
    qsizetype at = from;
    while (at < m_text.size()) {
        const char byte = m_text[at];
        if (classOf(byte) == Class::Blank) {
            lineEnded = lineEnded || isLineEnd(byte);
            ++at;
        } else if (byte == '-' && this->at(at + 1) == '-') {
            while (at < m_text.size() && !isLineEnd(m_text[at]))
                ++at;
        } else {
            return byte == '\'' && lineEnded ? at : -1;
        }
    }
    return -1;
}

SqlToken SqlLexer::dollar()
{
    qsizetype end = m_at + 1;
    if (classOf(at(end)) == Class::Digit) {
        while (end < m_text.size() && classOf(m_text[end]) == Class::Digit)
            ++end;
        return token(SqlToken::Kind::Parameter, end);
    }
    while (end < m_text.size() && isTagByte(m_text[end]))
        ++end;
    if (at(end) != '$')
        return token(SqlToken::Kind::Operator, m_at + 1);
    const QByteArrayView tag = m_text.sliced(m_at, end + 1 - m_at);
    const qsizetype close = m_text.indexOf(tag, end + 1);
    if (close < 0)
        return token(SqlToken::Kind::DollarString, m_text.size(), false);
    return token(SqlToken::Kind::DollarString, close + tag.size());
}

SqlToken SqlLexer::lineComment()
{
    qsizetype end = m_at + 2;
    while (end < m_text.size() && !isLineEnd(m_text[end]))
        ++end;
    return token(SqlToken::Kind::Comment, end);
}

SqlToken SqlLexer::blockComment()
{
    int depth = 1;
    qsizetype end = m_at + 2;
    while (end < m_text.size()) {
        if (m_text[end] == '*' && at(end + 1) == '/') {
            end += 2;
            if (--depth == 0)
                return token(SqlToken::Kind::Comment, end);
        } else if (m_text[end] == '/' && at(end + 1) == '*') {
            end += 2;
            ++depth;
        } else {
            ++end;
        }
    }
    return token(SqlToken::Kind::Comment, m_text.size(), false);
}

bool isWord(QByteArrayView word, QByteArrayView lower)
{
    if (word.size() != lower.size())
        return false;
    for (qsizetype at = 0; at < word.size(); ++at) {
        const char byte = word[at];
        const char folded = byte >= 'A' && byte <= 'Z' ? char(byte | 0x20) : byte;
        if (folded != lower[at])
            return false;
    }
    return true;
}

} // namespace core

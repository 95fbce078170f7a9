// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/codetokens.h"

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr size_t maxTokens = 200'000;

bool startsWord(QChar c)
{
    return c.isLetterOrNumber() || c == u'_' || c == u'$' || c == u'@';
}

class Lexer
{
public:
    explicit Lexer(QStringView text)
        : m_text(text)
    {
    }
    std::vector<CodeToken> read();

private:
    [[nodiscard]] QChar at(qsizetype offset = 0) const
    {
        return m_pos + offset < m_text.size() ? m_text[m_pos + offset] : QChar();
    }
    void step()
    {
        if (at() == u'\n')
            ++m_line;
        ++m_pos;
    }
    bool skipComment();
    void readText(QChar quote);
    void readWord();
    /// A pattern between slashes would look like a comment or a text where it holds their marks.
    bool skipPattern();
    void add(CodeToken::Kind kind, const QString &text, int line)
    {
        m_tokens.push_back({.kind = kind, .text = text, .line = line});
    }

    QStringView m_text;
    qsizetype m_pos = 0;
    int m_line = 1;
    std::vector<CodeToken> m_tokens;
};

bool Lexer::skipComment()
{
    if (at() == u'/' && at(1) == u'/') {
        while (m_pos < m_text.size() && at() != u'\n')
            step();
        return true;
    }
    if (at() != u'/' || at(1) != u'*')
        return false;
    m_pos += 2;
    while (m_pos < m_text.size() && (at() != u'*' || at(1) != u'/'))
        step();
    m_pos = qMin(m_pos + 2, m_text.size());
    return true;
}

void Lexer::readText(QChar quote)
{
    const int line = m_line;
    const bool isTemplate = quote == u'`';
    QString text;
    step();
    while (m_pos < m_text.size() && at() != quote) {
        if (!isTemplate && at() == u'\n') // not ended: whatever follows is no part of it
            break;
        if (at() == u'\\' && m_pos + 1 < m_text.size()) {
            step();
            if (isTemplate && at() == u'$')
                text += u'\\';
            text += at() == u'n' ? QChar(u'\n') : at() == u't' ? QChar(u'\t') : at();
        } else {
            text += at();
        }
        step();
    }
    if (at() == quote)
        step();
    add(isTemplate ? CodeToken::Kind::Template : CodeToken::Kind::Text, text, line);
}

void Lexer::readWord()
{
    const qsizetype begin = m_pos;
    while (m_pos < m_text.size() && startsWord(at()))
        ++m_pos;
    add(CodeToken::Kind::Word, m_text.sliced(begin, m_pos - begin).toString(), m_line);
}

bool Lexer::skipPattern()
{
    const bool mayBegin = at() == u'/'
                          && (m_tokens.empty()
                              || (m_tokens.back().kind == CodeToken::Kind::Mark
                                  && u"(,=:[!&|?{};"_s.contains(m_tokens.back().text)));
    if (!mayBegin)
        return false;
    bool inSet = false;
    for (qsizetype end = m_pos + 1; end < m_text.size() && m_text[end] != u'\n'; ++end) {
        if (m_text[end] == u'\\')
            ++end;
        else if (m_text[end] == u'[')
            inSet = true;
        else if (m_text[end] == u']')
            inSet = false;
        else if (m_text[end] == u'/' && !inSet) {
            m_pos = end + 1;
            return true;
        }
    }
    return false;
}

std::vector<CodeToken> Lexer::read()
{
    while (m_pos < m_text.size() && m_tokens.size() < maxTokens) {
        const QChar c = at();
        if (c.isSpace())
            step();
        else if (skipComment() || skipPattern())
            continue;
        else if (c == u'"' || c == u'\'' || c == u'`')
            readText(c);
        else if (startsWord(c))
            readWord();
        else {
            add(CodeToken::Kind::Mark, c, m_line);
            ++m_pos;
        }
    }
    return std::move(m_tokens);
}

/// The comma or the closing bracket that ends what begins at `begin`.
size_t endOfItem(CodeTokens tokens, size_t begin)
{
    size_t i = begin;
    while (i < tokens.size()) {
        const CodeToken &token = tokens[i];
        if (token.kind == CodeToken::Kind::Mark && u",)]}"_s.contains(token.text))
            return i;
        const bool opens = token.kind == CodeToken::Kind::Mark && u"([{"_s.contains(token.text);
        i = opens ? closingOf(tokens, i) + 1 : i + 1;
    }
    return tokens.size();
}

} // namespace

std::vector<CodeToken> codeTokens(const QString &text)
{
    return Lexer(text).read();
}

size_t closingOf(CodeTokens tokens, size_t open)
{
    int depth = 0;
    for (size_t i = open; i < tokens.size(); ++i) {
        const CodeToken &token = tokens[i];
        if (token.kind != CodeToken::Kind::Mark)
            continue;
        if (u"([{"_s.contains(token.text))
            ++depth;
        else if (u")]}"_s.contains(token.text) && --depth == 0)
            return i;
    }
    return tokens.size();
}

std::vector<CodeProperty> propertiesAt(CodeTokens tokens, size_t open)
{
    std::vector<CodeProperty> properties;
    size_t i = open + 1;
    while (i < tokens.size() && !tokens[i].isMark(u'}')) {
        const CodeToken &key = tokens[i];
        const bool isName = key.kind == CodeToken::Kind::Word || key.kind == CodeToken::Kind::Text;
        if (!isName || i + 1 >= tokens.size()) {
            i = qMax(endOfItem(tokens, i), i + 1);
            continue;
        }
        const bool isShort = tokens[i + 1].isMark(u',') || tokens[i + 1].isMark(u'}');
        if (isShort) {
            properties.push_back({key.text, key.line, tokens.subspan(i, 1)});
            ++i;
        } else if (tokens[i + 1].isMark(u':')) {
            const size_t end = endOfItem(tokens, i + 2);
            properties.push_back({key.text, key.line, tokens.subspan(i + 2, end - i - 2)});
            i = end;
        } else {
            i = endOfItem(tokens, i + 1);
        }
        if (i < tokens.size() && tokens[i].isMark(u','))
            ++i;
    }
    return properties;
}

std::optional<std::vector<CodeProperty>> findObject(CodeTokens tokens, QLatin1StringView name)
{
    for (size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i].kind == CodeToken::Kind::Mark || tokens[i].text != name)
            continue;
        const bool joined = tokens[i + 1].isMark(u':') || tokens[i + 1].isMark(u'=');
        const size_t open = joined ? i + 2 : i + 1;
        if (tokens[open].isMark(u'{'))
            return propertiesAt(tokens, open);
    }
    return std::nullopt;
}

std::optional<CodeProperty> findProperty(CodeTokens tokens, QLatin1StringView name)
{
    for (size_t i = 0; i + 2 < tokens.size(); ++i) {
        if (tokens[i].kind == CodeToken::Kind::Mark || tokens[i].text != name
            || !tokens[i + 1].isMark(u':'))
            continue;
        const size_t end = endOfItem(tokens, i + 2);
        return CodeProperty{tokens[i].text, tokens[i].line, tokens.subspan(i + 2, end - i - 2)};
    }
    return std::nullopt;
}

} // namespace core

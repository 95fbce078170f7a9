// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/codetokens.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int maxDepth = 6;

/// Unknown where it cannot be a variable's name.
CodeValue namedVariable(const QString &text)
{
    static const QRegularExpression name(uR"(\A[A-Za-z_][A-Za-z0-9_]{0,99}\z)"_s);
    return name.match(text).hasMatch() ? variable(text) : CodeValue{};
}

void setOtherwise(CodeValue &value, const QString &text)
{
    if (!value.variable().isEmpty() && value.parts.front().otherwise.isEmpty())
        value.parts.front().otherwise = text;
}

bool isNumber(const QString &text)
{
    return !text.isEmpty()
           && std::ranges::all_of(text, [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// Reads one expression from left to right.
class ValueReader
{
public:
    ValueReader(CodeTokens value, CodeTokens all, int depth)
        : m_value(value)
        , m_all(all)
        , m_depth(depth)
    {
    }

    /// `whole`: what follows the expression makes it unreadable; else only what is on its line.
    CodeValue read(bool whole);

private:
    [[nodiscard]] bool mark(size_t i, QChar c) const
    {
        return i < m_value.size() && m_value[i].isMark(c);
    }
    [[nodiscard]] bool word(size_t i, QLatin1StringView text) const
    {
        return i < m_value.size() && m_value[i].isWord(text);
    }
    CodeValue primary();
    CodeValue chain();
    CodeValue call(const QString &name);
    CodeValue constant(const QString &name) const;
    [[nodiscard]] CodeValue templateValue(const CodeToken &token) const;
    void readBehind(CodeValue &value);

    CodeTokens m_value;
    CodeTokens m_all;
    int m_depth;
    size_t m_at = 0;
};

/// `postgres://${process.env.HOST}/d`: its texts and the variables between.
CodeValue ValueReader::templateValue(const CodeToken &token) const
{
    CodeValue value;
    const QString &text = token.text;
    qsizetype begin = 0;
    const auto addText = [&](qsizetype end) {
        if (end > begin)
            value.parts.push_back(
                {.isVariable = false,
                 .text = text.sliced(begin, end - begin).replace("\\$"_L1, "$"_L1)});
    };
    for (qsizetype open = text.indexOf("${"_L1); open >= 0; open = text.indexOf("${"_L1, begin)) {
        const qsizetype close = text.indexOf(u'}', open);
        if (close < 0 || (open > 0 && text[open - 1] == u'\\'))
            return {};
        addText(open);
        const std::vector<CodeToken> inner = codeTokens(text.sliced(open + 2, close - open - 2));
        const CodeValue part = ValueReader(inner, m_all, m_depth + 1).read(true);
        if (!part.isKnown())
            return {};
        std::ranges::copy(part.parts, std::back_inserter(value.parts));
        begin = close + 1;
    }
    addText(text.size());
    return value.parts.empty() ? literal({}) : value;
}

/// The value of `const name = …` at any place of the file.
CodeValue ValueReader::constant(const QString &name) const
{
    for (size_t i = 0; i + 3 < m_all.size(); ++i) {
        const bool declares = m_all[i].isWord("const"_L1) || m_all[i].isWord("let"_L1);
        if (!declares || m_all[i + 1].kind != CodeToken::Kind::Word || m_all[i + 1].text != name)
            continue;
        size_t at = i + 2;
        while (at < m_all.size() && at < i + 8 && !m_all[at].isMark(u'='))
            ++at;
        if (at + 1 < m_all.size())
            return ValueReader(m_all.subspan(at + 1), m_all, m_depth + 1).read(false);
    }
    return {};
}

/// `env("X")`, `Deno.env.get("X")`, `Number(process.env.X)`; `m_at` is behind the opening bracket.
CodeValue ValueReader::call(const QString &name)
{
    const size_t end = closingOf(m_value, m_at - 1);
    const CodeTokens inside = m_value.subspan(m_at, end - m_at);
    m_at = qMin(end + 1, m_value.size());
    if (inside.empty())
        return {};
    constexpr std::array plain = {"String"_L1, "Number"_L1, "parseInt"_L1};
    if (std::ranges::contains(plain, name)) {
        const auto comma =
            std::ranges::find_if(inside, [](const CodeToken &token) { return token.isMark(u','); });
        const CodeTokens first = inside.first(size_t(comma - inside.begin()));
        return ValueReader(first, m_all, m_depth + 1).read(true);
    }
    if (inside.front().kind != CodeToken::Kind::Text)
        return {};
    CodeValue value = namedVariable(inside.front().text);
    if (inside.size() >= 3 && inside[1].isMark(u',') && inside[2].kind == CodeToken::Kind::Text)
        setOtherwise(value, inside[2].text);
    return value;
}

/// Names with dots and brackets between.
CodeValue ValueReader::chain()
{
    QStringList names = {m_value[m_at++].text};
    while (m_at < m_value.size()) {
        if (mark(m_at, u'?') && mark(m_at + 1, u'.'))
            ++m_at;
        if (mark(m_at, u'.') && m_at + 1 < m_value.size()
            && m_value[m_at + 1].kind == CodeToken::Kind::Word) {
            names.append(m_value[m_at + 1].text);
            m_at += 2;
        } else if (mark(m_at, u'[') && mark(m_at + 2, u']')
                   && m_value[m_at + 1].kind == CodeToken::Kind::Text) {
            names.append(m_value[m_at + 1].text);
            m_at += 3;
        } else {
            break;
        }
    }
    if (mark(m_at, u'(')) {
        ++m_at;
        return call(names.last());
    }
    if (names.size() >= 2 && names[names.size() - 2] == "env"_L1)
        return namedVariable(names.last());
    return names.size() == 1 && m_depth < maxDepth ? constant(names.first()) : CodeValue{};
}

CodeValue ValueReader::primary()
{
    if (m_at >= m_value.size() || m_depth > maxDepth)
        return {};
    const CodeToken &token = m_value[m_at];
    CodeValue value;
    if (token.kind == CodeToken::Kind::Text) {
        ++m_at;
        value = literal(token.text);
    } else if (token.kind == CodeToken::Kind::Template) {
        ++m_at;
        value = templateValue(token);
    } else if (token.kind == CodeToken::Kind::Word && isNumber(token.text)) {
        ++m_at;
        value = literal(token.text);
    } else if (token.kind == CodeToken::Kind::Word) {
        value = chain();
    }
    value.line = token.line;
    return value;
}

void ValueReader::readBehind(CodeValue &value)
{
    while (m_at < m_value.size()) {
        if (mark(m_at, u'!') && !mark(m_at + 1, u'=')) {
            ++m_at;
        } else if (word(m_at, "as"_L1) || word(m_at, "satisfies"_L1)) {
            m_at += 2;
        } else if ((mark(m_at, u'?') && mark(m_at + 1, u'?'))
                   || (mark(m_at, u'|') && mark(m_at + 1, u'|'))) {
            m_at += 2;
            const CodeValue other = primary();
            if (other.parts.size() == 1 && !other.parts.front().isVariable)
                setOtherwise(value, other.parts.front().text);
        } else {
            return;
        }
    }
}

CodeValue ValueReader::read(bool whole)
{
    CodeValue value = primary();
    readBehind(value);
    while (value.isKnown() && mark(m_at, u'+')) {
        ++m_at;
        CodeValue next = primary();
        readBehind(next);
        if (!next.isKnown())
            return {};
        std::ranges::copy(next.parts, std::back_inserter(value.parts));
        // It stands behind the sum, which is never nothing.
        for (CodeValue::Part &part : value.parts)
            part.otherwise.clear();
    }
    if (m_at >= m_value.size() || m_at == 0)
        return value;
    const CodeToken &rest = m_value[m_at];
    const bool ends = !whole && (rest.isMark(u';') || rest.line > m_value[m_at - 1].line);
    return ends ? value : CodeValue{};
}

} // namespace

CodeValue literal(const QString &text)
{
    return {.parts = {{.isVariable = false, .text = text}}, .line = 0};
}

CodeValue variable(const QString &name)
{
    return {.parts = {{.isVariable = true, .text = name}}, .line = 0};
}

CodeValue readCodeValue(CodeTokens value, CodeTokens all)
{
    return ValueReader(value, all, 0).read(true);
}

} // namespace core

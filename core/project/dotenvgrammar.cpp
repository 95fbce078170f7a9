// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/envgrammar.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace core {

namespace {

// dotenv reads a file with one JavaScript regular expression. This scanner gives its answers,
// including where it tries again, without its quadratic cases; the sets below are JavaScript's \s,
// \w and line ends, not Qt's.

bool isSpace(QChar c)
{
    switch (c.unicode()) {
    case u'\t':
    case u'\n':
    case u'\v':
    case u'\f':
    case u'\r':
    case u' ':
    case 0x00a0:
    case 0x1680:
    case 0x2028:
    case 0x2029:
    case 0x202f:
    case 0x205f:
    case 0x3000:
    case 0xfeff:
        return true;
    default:
        return c.unicode() >= 0x2000 && c.unicode() <= 0x200a;
    }
}

bool isKeyChar(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= u'0' && u <= u'9') || (u >= u'A' && u <= u'Z') || (u >= u'a' && u <= u'z')
           || u == u'_' || u == u'.' || u == u'-';
}

bool isLineEnd(QChar c)
{
    return c == u'\n' || c == u'\r' || c.unicode() == 0x2028 || c.unicode() == 0x2029;
}

bool isQuote(QChar c)
{
    return c == u'\'' || c == u'"' || c == u'`';
}

QString trimmed(QStringView text)
{
    while (!text.isEmpty() && isSpace(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isSpace(text.back()))
        text.chop(1);
    return text.toString();
}

class DotenvScanner
{
public:
    explicit DotenvScanner(QString text)
        : m_text(std::move(text))
    {
    }

    std::vector<EnvEntry> run();

private:
    struct Key {
        qsizetype begin = 0;
        qsizetype end = 0;
        qsizetype valueBegin = 0;
    };

    [[nodiscard]] bool at(qsizetype i, QChar c) const
    {
        return i < m_text.size() && m_text[i] == c;
    }
    [[nodiscard]] qsizetype skipSpace(qsizetype i) const;
    [[nodiscard]] qsizetype nextLine(qsizetype i) const;
    [[nodiscard]] qsizetype lineEnd(qsizetype i) const;
    [[nodiscard]] std::optional<Key> keyAt(qsizetype i) const;
    [[nodiscard]] std::optional<qsizetype> quotedEnd(qsizetype open) const;
    [[nodiscard]] std::optional<qsizetype> tailEnd(qsizetype i) const;
    [[nodiscard]] EnvEntry entryFor(const Key &key, qsizetype &next);
    [[nodiscard]] int lineOf(qsizetype position);

    QString m_text;
    qsizetype m_countedTo = 0;
    int m_line = 1;
};

qsizetype DotenvScanner::skipSpace(qsizetype i) const
{
    while (i < m_text.size() && isSpace(m_text[i]))
        ++i;
    return i;
}

qsizetype DotenvScanner::lineEnd(qsizetype i) const
{
    while (i < m_text.size() && !isLineEnd(m_text[i]))
        ++i;
    return i;
}

qsizetype DotenvScanner::nextLine(qsizetype i) const
{
    return lineEnd(i) + 1;
}

int DotenvScanner::lineOf(qsizetype position)
{
    for (; m_countedTo < position; ++m_countedTo) {
        if (m_text[m_countedTo] == u'\n')
            ++m_line;
    }
    return m_line;
}

std::optional<DotenvScanner::Key> DotenvScanner::keyAt(qsizetype i) const
{
    Key key{.begin = i, .end = i, .valueBegin = 0};
    while (key.end < m_text.size() && isKeyChar(m_text[key.end]))
        ++key.end;
    if (key.end == key.begin)
        return std::nullopt;
    const qsizetype separator = skipSpace(key.end);
    if (at(separator, u'=')) {
        key.valueBegin = separator + 1;
        return key;
    }
    // The colon form wants the colon next to the key and a space after it, which may be the end of
    // the line.
    if (at(key.end, u':') && key.end + 1 < m_text.size() && isSpace(m_text[key.end + 1])) {
        key.valueBegin = key.end + 2;
        return key;
    }
    return std::nullopt;
}

/// Where a match ends whose value ends at `i`: only spaces and a comment may stand before the end
/// of the line.
std::optional<qsizetype> DotenvScanner::tailEnd(qsizetype i) const
{
    const qsizetype solid = skipSpace(i);
    if (solid == m_text.size())
        return solid;
    if (m_text[solid] == u'#')
        return lineEnd(solid);
    for (qsizetype back = solid; back > i; --back) {
        if (isLineEnd(m_text[back - 1]))
            return back - 1;
    }
    return std::nullopt;
}

/// The position behind the quote that closes the one at `open`. An escaped quote closes only where
/// no other will do.
std::optional<qsizetype> DotenvScanner::quotedEnd(qsizetype open) const
{
    const QChar quote = m_text[open];
    std::vector<qsizetype> escaped;
    for (qsizetype i = open + 1; i < m_text.size(); ++i) {
        if (m_text[i] == u'\\' && at(i + 1, quote)) {
            escaped.push_back(++i);
        } else if (m_text[i] == quote) {
            if (tailEnd(i + 1))
                return i + 1;
            break;
        }
    }
    for (auto it = escaped.rbegin(); it != escaped.rend(); ++it) {
        if (tailEnd(*it + 1))
            return *it + 1;
    }
    return std::nullopt;
}

EnvEntry DotenvScanner::entryFor(const Key &key, qsizetype &next)
{
    EnvEntry entry;
    entry.key = m_text.sliced(key.begin, key.end - key.begin);
    entry.line = lineOf(key.begin);
    const qsizetype solid = skipSpace(key.valueBegin);
    qsizetype valueEnd = key.valueBegin;
    std::optional<qsizetype> closed;
    if (solid < m_text.size() && isQuote(m_text[solid]))
        closed = quotedEnd(solid);
    if (closed) {
        valueEnd = *closed;
    } else {
        while (valueEnd < m_text.size() && m_text[valueEnd] != u'#' && m_text[valueEnd] != u'\n')
            ++valueEnd;
    }
    next = tailEnd(valueEnd).value_or(valueEnd);
    QString value = trimmed(QStringView(m_text).sliced(key.valueBegin, valueEnd - key.valueBegin));
    const QChar first = value.isEmpty() ? QChar() : value.front();
    if (isQuote(first) && value.size() > 1 && value.back() == first) {
        value = value.sliced(1, value.size() - 2);
        entry.quote = first == u'\''  ? EnvEntry::Quote::Single
                      : first == u'"' ? EnvEntry::Quote::Double
                                      : EnvEntry::Quote::Backtick;
    }
    if (first == u'"') {
        value.replace("\\n"_L1, "\n"_L1);
        value.replace("\\r"_L1, "\r"_L1);
    }
    entry.value = value;
    return entry;
}

std::vector<EnvEntry> DotenvScanner::run()
{
    m_text.replace("\r\n"_L1, "\n"_L1);
    m_text.replace(u'\r', u'\n');
    std::vector<EnvEntry> entries;
    qsizetype line = 0;
    while (line < m_text.size()) {
        const qsizetype begin = skipSpace(line);
        std::optional<Key> key;
        if (QStringView(m_text).sliced(begin).startsWith("export"_L1)) {
            const qsizetype behind = begin + 6;
            const qsizetype solid = skipSpace(behind);
            if (solid > behind)
                key = keyAt(solid);
        }
        if (!key)
            key = keyAt(begin);
        if (!key) {
            line = nextLine(begin);
            continue;
        }
        qsizetype next = begin;
        entries.push_back(entryFor(*key, next));
        line = nextLine(next);
    }
    return entries;
}

} // namespace

std::vector<EnvEntry> parseDotenv(QString text)
{
    return DotenvScanner(std::move(text)).run();
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/jsonscan.h"

#include <QCoreApplication>

#include <algorithm>
#include <climits>

namespace core {

namespace {

using namespace Qt::StringLiterals;

bool isSpace(char byte)
{
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

bool isHex(char byte)
{
    const char low = char(byte | 0x20);
    return isDigit(byte) || (low >= 'a' && low <= 'f');
}

/// Reads tokens; every function returns false where the text is not JSON and leaves m_at there.
class JsonReader
{
public:
    JsonReader(QByteArrayView text, qsizetype at)
        : m_text(text)
        , m_at(at)
    {
    }
    [[nodiscard]] qsizetype at() const { return m_at; }
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return atEnd() ? '\0' : m_text[m_at]; }

    void skipSpace()
    {
        while (!atEnd() && isSpace(m_text[m_at]))
            ++m_at;
    }
    [[nodiscard]] bool take(char byte)
    {
        if (peek() != byte)
            return false;
        ++m_at;
        return true;
    }
    [[nodiscard]] bool string()
    {
        if (!take('"'))
            return false;
        while (!atEnd()) {
            const char byte = m_text[m_at];
            if (byte == '"') {
                ++m_at;
                return true;
            }
            if (uchar(byte) < 0x20 || (byte == '\\' && !escape()))
                return false;
            if (byte != '\\')
                ++m_at;
        }
        return false;
    }
    [[nodiscard]] bool number()
    {
        [[maybe_unused]] const bool negative = take('-');
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            return digits();
        }
        return true;
    }
    [[nodiscard]] bool word(QByteArrayView word)
    {
        if (!m_text.sliced(m_at).startsWith(word))
            return false;
        m_at += word.size();
        return true;
    }
    /// A value that holds no others.
    [[nodiscard]] bool scalar(JsonKind &kind)
    {
        switch (peek()) {
        case '"':
            kind = JsonKind::String;
            return string();
        case 't':
            kind = JsonKind::True;
            return word("true");
        case 'f':
            kind = JsonKind::False;
            return word("false");
        case 'n':
            kind = JsonKind::Null;
            return word("null");
        default:
            kind = JsonKind::Number;
            return number();
        }
    }

private:
    [[nodiscard]] bool escape()
    {
        ++m_at;
        const char what = peek();
        if (what == 'u') {
            for (qsizetype i = 1; i <= 4; ++i) {
                if (m_at + i >= m_text.size() || !isHex(m_text[m_at + i]))
                    return false;
            }
            m_at += 5;
            return true;
        }
        ++m_at;
        return QByteArrayView("\"\\/bfnrt").contains(what) && what != '\0';
    }
    [[nodiscard]] bool digits()
    {
        const qsizetype begin = m_at;
        while (isDigit(peek()))
            ++m_at;
        return m_at > begin;
    }

    QByteArrayView m_text;
    qsizetype m_at;
};

void count(int &children)
{
    if (children < INT_MAX)
        ++children;
}

/// One whole value with everything in it; containers on a stack of their own, so that depth costs
/// no program stack.
class JsonValueScan
{
public:
    explicit JsonValueScan(JsonReader &reader)
        : m_reader(reader)
    {
    }

    [[nodiscard]] bool run(JsonSpan &span)
    {
        span.begin = m_reader.at();
        if (!open(span.kind))
            return false;
        while (!m_open.empty()) {
            if (!step(span))
                return false;
        }
        span.end = m_reader.at();
        return true;
    }

private:
    /// A scalar as a whole, or the beginning of a container.
    [[nodiscard]] bool open(JsonKind &kind)
    {
        const char begin = m_reader.peek();
        if (begin != '{' && begin != '[')
            return m_reader.scalar(kind);
        kind = begin == '{' ? JsonKind::Object : JsonKind::Array;
        m_open.push_back(begin);
        m_first = true;
        return int(m_open.size()) <= mostJsonDepth && m_reader.take(begin);
    }

    /// The next member of the innermost container, or its end.
    [[nodiscard]] bool step(JsonSpan &span)
    {
        const bool object = m_open.back() == '{';
        m_reader.skipSpace();
        if (m_reader.take(object ? '}' : ']')) {
            m_open.pop_back();
            m_first = false;
            return true;
        }
        if (!m_first && !m_reader.take(','))
            return false;
        m_first = false;
        m_reader.skipSpace();
        if (m_open.size() == 1)
            count(span.children);
        if (object && !name())
            return false;
        JsonKind inner = JsonKind::Null;
        return open(inner);
    }

    [[nodiscard]] bool name()
    {
        if (!m_reader.string())
            return false;
        m_reader.skipSpace();
        if (!m_reader.take(':'))
            return false;
        m_reader.skipSpace();
        return true;
    }

    JsonReader &m_reader;
    std::vector<char> m_open;
    bool m_first = false;
};

} // namespace

Result<JsonSpan> scanJson(QByteArrayView text)
{
    JsonReader reader(text, 0);
    reader.skipSpace();
    JsonSpan root;
    bool valid = JsonValueScan(reader).run(root);
    if (valid) {
        reader.skipSpace();
        valid = reader.atEnd();
    }
    if (valid)
        return root;
    auto error = failure(ErrorKind::Usage, "json.invalid"_ba,
                         QCoreApplication::translate("core::scanJson", "This is not JSON."));
    error.error().position = int(std::min<qsizetype>(reader.at(), INT_MAX - 1)) + 1;
    return error;
}

std::vector<JsonSpan> jsonChildren(QByteArrayView text, const JsonSpan &container, qsizetype from,
                                   int most)
{
    std::vector<JsonSpan> children;
    const bool object = container.kind == JsonKind::Object;
    JsonReader reader(text, from == container.begin ? from + 1 : from);
    while (int(children.size()) < most) {
        reader.skipSpace();
        if (reader.at() >= container.end - 1)
            break;
        if (reader.take(','))
            reader.skipSpace();
        JsonSpan child;
        if (object) {
            child.keyBegin = reader.at();
            if (!reader.string())
                break;
            child.keyEnd = reader.at();
            reader.skipSpace();
            if (!reader.take(':'))
                break;
            reader.skipSpace();
        }
        if (!JsonValueScan(reader).run(child))
            break;
        children.push_back(child);
    }
    return children;
}

} // namespace core

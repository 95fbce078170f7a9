// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/sql/position.h"

#include "core/sql/lexer.h"

#include <algorithm>

namespace core {

namespace {

bool isContinuation(char byte)
{
    return (quint8(byte) & 0xC0U) == 0x80U;
}

/// Bytes of the character at `at`: its length if it is well-formed UTF-8, else 1 (Unicode table
/// 3-7).
qsizetype characterLength(QByteArrayView text, qsizetype at)
{
    const quint8 lead = quint8(text[at]);
    if (lead < 0xC2 || lead > 0xF4)
        return 1;
    const qsizetype length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (at + length > text.size())
        return 1;
    const quint8 second = quint8(text[at + 1]);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool beyond = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    if (overlong || beyond)
        return 1;
    for (qsizetype next = at + 1; next < at + length; ++next) {
        if (!isContinuation(text[next]))
            return 1;
    }
    return length;
}

/// Walks over a text character by character and keeps count in every unit.
class Walker
{
public:
    explicit Walker(QByteArrayView text)
        : m_text(text)
    {
    }
    [[nodiscard]] const TextPosition &position() const { return m_position; }
    [[nodiscard]] bool atEnd() const { return m_position.byte >= m_text.size(); }
    /// Where the character under way ends.
    [[nodiscard]] qsizetype nextByte() const
    {
        return m_position.byte + characterLength(m_text, m_position.byte);
    }

    void step()
    {
        const char byte = m_text[m_position.byte];
        const qsizetype length = characterLength(m_text, m_position.byte);
        m_position.byte += length;
        m_position.utf16 += length == 4 ? 2 : 1;
        ++m_position.character;
        ++m_position.column;
        const bool pair = byte == '\r' && !atEnd() && m_text[m_position.byte] == '\n';
        if (byte == '\n' || (byte == '\r' && !pair)) {
            ++m_position.line;
            m_position.column = 1;
        }
    }

private:
    QByteArrayView m_text;
    TextPosition m_position;
};

} // namespace

TextPosition positionOfByte(QByteArrayView text, qsizetype byte)
{
    Walker walker(text);
    while (!walker.atEnd() && walker.nextByte() <= byte)
        walker.step();
    return walker.position();
}

TextPosition positionOfCharacter(QByteArrayView text, qsizetype character, qsizetype statementBegin)
{
    Walker walker(text);
    while (!walker.atEnd() && walker.nextByte() <= statementBegin)
        walker.step();
    for (qsizetype left = character - 1; left > 0 && !walker.atEnd(); --left)
        walker.step();
    return walker.position();
}

qsizetype endOfToken(QByteArrayView text, qsizetype byte)
{
    if (byte >= text.size())
        return text.size();
    const qsizetype least = byte + characterLength(text, byte);
    const SqlToken token = SqlLexer(text, byte).next();
    return token.begin == byte ? std::max(token.end, least) : least;
}

} // namespace core

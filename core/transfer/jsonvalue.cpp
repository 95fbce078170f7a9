// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/jsonvalue.h"

#include "core/transfer/bytescan.h"

#include <algorithm>

namespace core {

namespace {

using bytescan::find;
using bytescan::JsonSpecial;

constexpr char hexDigits[] = "0123456789abcdef";
/// \u00xx, the longest escape.
constexpr qsizetype longestEscape = 6;
constexpr qsizetype pieceSize = OutBuffer::largestPiece / longestEscape - 1;

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

char *escape(char byte, char *to)
{
    *to++ = '\\';
    switch (byte) {
    case '\b':
        *to++ = 'b';
        break;
    case '\f':
        *to++ = 'f';
        break;
    case '\n':
        *to++ = 'n';
        break;
    case '\r':
        *to++ = 'r';
        break;
    case '\t':
        *to++ = 't';
        break;
    case '"':
    case '\\':
        *to++ = byte;
        break;
    default:
        *to++ = 'u';
        *to++ = '0';
        *to++ = '0';
        *to++ = hexDigits[quint8(byte) >> 4];
        *to++ = hexDigits[quint8(byte) & 0xF];
    }
    return to;
}

/// Escapes at most pieceSize bytes to `to`.
char *escapePiece(const char *at, const char *end, char *to)
{
    for (;;) {
        const char *special = find<JsonSpecial>(at, end);
        std::memcpy(to, at, std::size_t(special - at));
        to += special - at;
        if (special == end)
            return to;
        to = escape(*special, to);
        at = special + 1;
    }
}

/// What row_to_json does not quote (jsonapi.c, IsValidJsonNumber): the output functions of number
/// types write nothing else but NaN and the infinities.
bool isJsonNumber(QByteArrayView text)
{
    return isDigit(text[0]) || (text[0] == '-' && text.size() > 1 && isDigit(text[1]));
}

/// ISO text as datetime.c writes it, in XSD style as json.c asks for it: T between date and time,
/// +hh:mm for +hh. Infinite and BC values keep their words.
void writeDateTime(QByteArrayView text, OutBuffer &out)
{
    static constexpr qsizetype longest = 64;
    if (text.size() > longest) {
        writeJsonString(text, out);
        return;
    }
    char *to = out.room(longest + 8);
    *to++ = '"';
    bool inTime = false;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const char byte = text[at];
        if (byte == ' ' && !inTime && at + 1 < text.size() && isDigit(text[at + 1])) {
            inTime = true;
            *to++ = 'T';
            continue;
        }
        *to++ = byte;
        const bool zone = inTime && (byte == '+' || byte == '-');
        if (zone && at + 2 < text.size() && (at + 3 == text.size() || text[at + 3] == ' ')) {
            *to++ = text[at + 1];
            *to++ = text[at + 2];
            at += 2;
            std::memcpy(to, ":00", 3);
            to += 3;
        }
    }
    *to++ = '"';
    out.commit(to);
}

} // namespace

void writeJsonString(QByteArrayView text, OutBuffer &out)
{
    const char *at = text.data();
    const char *const end = at + text.size();
    out.put('"');
    while (at != end) {
        const char *pieceEnd = at + std::min<qsizetype>(end - at, pieceSize);
        char *to = out.room((pieceEnd - at) * longestEscape);
        out.commit(escapePiece(at, pieceEnd, to));
        at = pieceEnd;
    }
    out.put('"');
}

void writeJsonValue(JsonKind kind, QByteArrayView text, OutBuffer &out)
{
    switch (kind) {
    case JsonKind::Bool:
        if (text == "t" || text == "f") {
            out.write(text == "t" ? QByteArrayView("true") : QByteArrayView("false"));
            return;
        }
        break;
    case JsonKind::Number:
        if (!text.isEmpty() && isJsonNumber(text)) {
            out.write(text);
            return;
        }
        break;
    case JsonKind::DateTime:
        writeDateTime(text, out);
        return;
    case JsonKind::Verbatim:
        out.write(text);
        return;
    case JsonKind::String:
        break;
    }
    writeJsonString(text, out);
}

/// Reads the element that begins with the quote at `at` into m_element; gives the place behind its
/// closing quote.
qsizetype JsonArrayWriter::quotedElement(QByteArrayView text, qsizetype at)
{
    m_element.resize(0);
    for (++at; at < text.size() && text[at] != '"'; ++at) {
        if (text[at] == '\\' && at + 1 < text.size())
            ++at;
        m_element.append(text[at]);
    }
    return std::min(at + 1, text.size());
}

void JsonArrayWriter::write(const FormatColumn &column, QByteArrayView text, OutBuffer &out)
{
    // Bounds other than 1 stand before the value: [0:2]={…}.
    const qsizetype bounds = text.startsWith('[') ? text.indexOf('=') + 1 : 0;
    for (qsizetype at = bounds; at < text.size();) {
        const char byte = text[at];
        if (byte == '{' || byte == '}') {
            out.put(byte == '{' ? '[' : ']');
            ++at;
        } else if (byte == column.arrayDelimiter) {
            out.put(',');
            ++at;
        } else if (byte == '"') {
            at = quotedElement(text, at);
            writeJsonValue(column.kind, m_element, out);
        } else {
            const qsizetype begin = at;
            while (at < text.size() && text[at] != column.arrayDelimiter && text[at] != '}')
                ++at;
            const QByteArrayView element = text.sliced(begin, at - begin);
            if (element == "NULL")
                out.write("null");
            else
                writeJsonValue(column.kind, element, out);
        }
    }
}

} // namespace core

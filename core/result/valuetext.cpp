// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/result/valuetext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTextBoundaryFinder>

#include <algorithm>

namespace core {

namespace {

using namespace Qt::StringLiterals;

/// Bytea of up to this many bytes is shown whole, else its first four.
constexpr qint64 wholeBytea = 16;
constexpr qsizetype byteaPrefix = 2 + 2 * 4;
constexpr char32_t firstComplex = 0x300;
constexpr char32_t joiners[] = {0x200C, 0x200D};

struct Decoded {
    char32_t code = 0;
    int length = 0; ///< bytes; 0 = the first byte is not UTF-8
};

/// One character by Unicode 3.9, table 3-7: no overlong forms, no surrogates, nothing beyond
/// U+10FFFF.
Decoded decode(const uchar *at, const uchar *end)
{
    const uchar lead = *at;
    if (lead < 0x80)
        return {lead, 1};
    const int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || end - at < length)
        return {};
    char32_t code = lead & (0x7FU >> length);
    for (int i = 1; i < length; ++i) {
        if ((at[i] & 0xC0) != 0x80)
            return {};
        code = (code << 6) | (at[i] & 0x3FU);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (code < least[length] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF))
        return {};
    return {code, length};
}

/// Characters that a reader could not see or that change how their neighbours are drawn. The
/// ideographic space is part of ordinary text; joiners are, between letters that join.
bool isInvisible(char32_t code)
{
    switch (QChar::category(code)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_NotAssigned:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    case QChar::Separator_Space:
        return code != U' ' && code != 0x3000;
    default:
        return code == 0x115F || code == 0x1160 || code == 0x3164
               || code == 0xFFA0; // Hangul fillers
    }
}

class CellWriter
{
public:
    CellWriter(CellText &out, QByteArrayView bytes, int limit)
        : m_out(out)
        , m_begin(reinterpret_cast<const uchar *>(bytes.data()))
        , m_at(m_begin)
        , m_end(m_begin + bytes.size())
        , m_limit(limit)
    {
    }

    void run()
    {
        leadingSpaces();
        while (m_at < m_end && m_out.text.size() < m_limit) {
            if (!plainRun())
                character();
        }
        if (m_at < m_end) {
            m_out.cut = true;
            dropHalfGrapheme();
        } else {
            trailingSpaces();
        }
    }

private:
    void mark(QStringView text, TextMark::Kind kind)
    {
        m_out.marks.push_back({int(m_out.text.size()), int(text.size()), kind});
        m_out.text += text;
    }

    void leadingSpaces()
    {
        while (m_at < m_end && *m_at == ' ' && m_out.text.size() < m_limit) {
            mark(u"·", TextMark::Kind::Space);
            ++m_at;
        }
    }

    void trailingSpaces()
    {
        qsizetype first = m_out.text.size();
        while (first > m_textEnd && m_out.text.at(first - 1) == u' ')
            --first;
        for (qsizetype at = first; at < m_out.text.size(); ++at) {
            m_out.text[at] = u'·';
            m_out.marks.push_back({int(at), 1, TextMark::Kind::Space});
        }
    }

    bool plainRun()
    {
        const qsizetype room = std::min<qsizetype>(m_end - m_at, m_limit - m_out.text.size());
        qsizetype length = 0;
        while (length < room && m_at[length] >= 0x20 && m_at[length] < 0x7F)
            ++length;
        m_out.text += QLatin1StringView(reinterpret_cast<const char *>(m_at), length);
        m_at += length;
        return length > 0;
    }

    void character()
    {
        const Decoded decoded = decode(m_at, m_end);
        if (decoded.length == 0) {
            const uint byte = *m_at++;
            marked(u"\\x%1"_s.arg(QString::number(byte, 16).toUpper()), TextMark::Kind::Invalid);
            return;
        }
        const char32_t code = decoded.code;
        if (code == U'\n')
            marked(u" ↵ "_s, TextMark::Kind::Break);
        else if (code == U'\t')
            marked(u" → "_s, TextMark::Kind::Break);
        else if (isInvisible(code) && !joins(code, m_at + decoded.length))
            marked(codeName(code), TextMark::Kind::Control);
        else
            plain(code);
        m_at += decoded.length;
    }

    void marked(QStringView text, TextMark::Kind kind)
    {
        mark(text, kind);
        m_textEnd = m_out.text.size();
    }

    void plain(char32_t code)
    {
        m_out.complex = m_out.complex || code >= firstComplex;
        m_out.text += QChar::fromUcs4(code);
    }

    /// A joiner that stands between two characters of scripts or emoji that use it.
    bool joins(char32_t code, const uchar *next) const
    {
        if (!std::ranges::contains(joiners, code) || m_out.text.size() == m_textEnd
            || next >= m_end)
            return false;
        const Decoded after = decode(next, m_end);
        return m_out.text.back().unicode() >= firstComplex && after.length > 0
               && after.code >= firstComplex && !isInvisible(after.code);
    }

    static QString codeName(char32_t code)
    {
        return "U+"_L1 + QString::number(uint(code), 16).toUpper().rightJustified(4, u'0');
    }

    void dropHalfGrapheme()
    {
        if (!m_out.complex || m_out.text.size() == m_textEnd)
            return;
        const Decoded next = decode(m_at, m_end);
        if (next.length == 0)
            return;
        QString joined = m_out.text.sliced(m_textEnd);
        const qsizetype end = joined.size();
        joined += QChar::fromUcs4(next.code);
        QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, joined);
        finder.setPosition(end);
        if (finder.isAtBoundary())
            return;
        const qsizetype boundary = finder.toPreviousBoundary();
        if (boundary > 0)
            m_out.text.truncate(m_textEnd + boundary);
    }

    CellText &m_out;
    const uchar *const m_begin;
    const uchar *m_at;
    const uchar *const m_end;
    const int m_limit;
    qsizetype m_textEnd = 0; ///< where the last mark inside the text ended
};

void addSize(CellText &out, qint64 size)
{
    const QString note = u" … %1"_s.arg(sizeText(size));
    out.marks.push_back({int(out.text.size()), int(note.size()), TextMark::Kind::Size});
    out.text += note;
    out.cut = true;
}

bool setBytea(CellText &out, const Cell &cell)
{
    const qint64 here = byteaSize(cell.bytes);
    if (here < 0)
        return false;
    const qint64 whole = cell.fullSize >= 0 ? cell.fullSize : here;
    const bool shown = cell.fullSize < 0 && here <= wholeBytea;
    out.text += QLatin1StringView(
        shown ? cell.bytes : cell.bytes.first(std::min(byteaPrefix, cell.bytes.size())));
    if (!shown)
        addSize(out, whole);
    return true;
}

bool setBoolean(CellText &out, QByteArrayView bytes)
{
    if (bytes != "t" && bytes != "f")
        return false;
    out.text += bytes == "t" ? "true"_L1 : "false"_L1;
    if (bytes == "f")
        out.kind = CellText::Kind::False;
    return true;
}

void setValue(CellText &out, const Cell &cell, TypeCategory category, int limit)
{
    if (cell.bytes.isEmpty() && cell.fullSize <= 0) {
        out.text += "''"_L1;
        out.kind = CellText::Kind::Empty;
        return;
    }
    if (category == TypeCategory::Boolean && setBoolean(out, cell.bytes))
        return;
    if (category == TypeCategory::Binary && setBytea(out, cell))
        return;
    CellWriter(out, cell.bytes, limit).run();
    if (cell.fullSize >= 0)
        addSize(out, cell.fullSize);
    else if (out.cut)
        addSize(out, cell.bytes.size());
}

} // namespace

void setCellText(CellText &out, const Cell &cell, TypeCategory category, int limit)
{
    out.text.truncate(0);
    out.marks.clear();
    out.kind = CellText::Kind::Value;
    out.complex = false;
    out.cut = false;
    if (cell.state == Cell::State::Missing) {
        out.kind = CellText::Kind::Missing;
    } else if (cell.state == Cell::State::Gone) {
        out.text = QCoreApplication::translate("core::CellText", "row deleted meanwhile");
        out.kind = CellText::Kind::Gone;
        out.complex = true; // a translation may be in any script
    } else if (cell.isNull) {
        out.text += "NULL"_L1;
        out.kind = CellText::Kind::Null;
    } else {
        setValue(out, cell, category, limit);
    }
}

CellText cellText(QByteArrayView bytes, TypeCategory category, int limit)
{
    CellText out;
    Cell cell;
    cell.state = Cell::State::Present;
    cell.bytes = bytes;
    setCellText(out, cell, category, limit);
    return out;
}

QString exactText(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes);
}

QString sizeText(qint64 bytes)
{
    if (bytes == 1)
        return QCoreApplication::translate("core::sizeText", "1 byte");
    if (bytes < 1024)
        return QCoreApplication::translate("core::sizeText", "%n bytes", nullptr, int(bytes));
    static constexpr const char *units[] = {"KB", "MB", "GB", "TB", "PB", "EB"};
    int unit = 0;
    qint64 whole = bytes;
    qint64 rest = 0; // tenths, cut
    for (; whole >= 1024 && unit < 6; ++unit) {
        rest = (whole % 1024) * 10 / 1024;
        whole /= 1024;
    }
    const QString amount = whole < 10 && rest > 0
                               ? QLocale().toString(double(whole) + double(rest) / 10, 'f', 1)
                               : QLocale().toString(whole);
    return amount + u' ' + QLatin1StringView(units[unit - 1]);
}

qint64 byteaSize(QByteArrayView hexOutput)
{
    if (!hexOutput.startsWith("\\x") || hexOutput.size() % 2 != 0)
        return -1;
    return (hexOutput.size() - 2) / 2;
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/conntext_p.h"

#include <QCoreApplication>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace core::conntext {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::ConnInfo)
};

int hexDigit(QChar c)
{
    const char16_t u = c.unicode();
    if (u >= u'0' && u <= u'9')
        return u - u'0';
    const char16_t lower = u | 0x20;
    return lower >= u'a' && lower <= u'f' ? lower - u'a' + 10 : -1;
}

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Reads libpq's keyword text from left to right.
class KeywordReader
{
public:
    KeywordReader(QStringView text, qsizetype at)
        : m_text(text)
        , m_offset(at)
    {
    }

    Result<std::vector<Setting>> read()
    {
        std::vector<Setting> settings;
        for (skipSpace(); !atEnd(); skipSpace()) {
            Setting setting;
            const qsizetype keyStart = m_pos;
            while (!atEnd() && !peek().isSpace() && peek() != u'=')
                ++m_pos;
            setting.key = m_text.sliced(keyStart, m_pos - keyStart).toUtf8();
            skipSpace();
            if (setting.key.isEmpty() || atEnd() || peek() != u'=') {
                return textError("conninfo.syntax"_ba,
                                 Text::tr("A keyword without “=” and a value."),
                                 m_offset + keyStart, Text::tr("Write keyword=value."));
            }
            ++m_pos;
            skipSpace();
            setting.at = m_offset + m_pos;
            Result<QString> value = readValue();
            if (!value)
                return std::unexpected(std::move(value.error()));
            setting.value = value->toUtf8();
            settings.push_back(std::move(setting));
        }
        return settings;
    }

private:
    [[nodiscard]] bool atEnd() const { return m_pos >= m_text.size(); }
    [[nodiscard]] QChar peek() const { return m_text[m_pos]; }
    void skipSpace()
    {
        while (!atEnd() && peek().isSpace())
            ++m_pos;
    }

    Result<QString> readValue()
    {
        QString value;
        const bool quoted = !atEnd() && peek() == u'\'';
        const qsizetype start = m_pos;
        if (quoted)
            ++m_pos;
        while (!atEnd() && (quoted ? peek() != u'\'' : !peek().isSpace())) {
            if (peek() == u'\\' && m_pos + 1 < m_text.size())
                ++m_pos;
            value += m_text[m_pos++];
        }
        if (!quoted)
            return value;
        if (atEnd()) {
            return textError("conninfo.syntax"_ba, Text::tr("A quoted value is not ended."),
                             m_offset + start, Text::tr("Close it with an apostrophe."));
        }
        ++m_pos;
        return value;
    }

    QStringView m_text;
    qsizetype m_offset;
    qsizetype m_pos = 0;
};

} // namespace

std::unexpected<Error> textError(QByteArray id, QString message, qsizetype at, QString advice)
{
    const int position = int(at) + 1;
    std::unexpected<Error> error =
        failure(ErrorKind::Usage, std::move(id), std::move(message),
                Text::tr("At character %1 of the address.").arg(position), std::move(advice));
    error.error().position = position;
    return error;
}

Result<QByteArray> percentDecoded(QStringView text, qsizetype at, bool plusIsSpace)
{
    QByteArray out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'+' && plusIsSpace) {
            out += ' ';
            continue;
        }
        if (text[i] != u'%') {
            const qsizetype units = text[i].isHighSurrogate() ? 2 : 1;
            out += text.sliced(i, units).toUtf8();
            i += units - 1;
            continue;
        }
        const int high = i + 2 < text.size() ? hexDigit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? hexDigit(text[i + 2]) : -1;
        if (high < 0 || low < 0) {
            return textError("conninfo.badPercent"_ba,
                             Text::tr("“%” is not followed by two hexadecimal digits."), at + i,
                             Text::tr("Write a “%” that is meant as such as “%25”."));
        }
        const char byte = char(high * 16 + low);
        if (isControl(byte)) {
            return textError("conninfo.control"_ba,
                             Text::tr("The address holds an encoded control character."), at + i);
        }
        out += byte;
        i += 2;
    }
    if (!out.isValidUtf8()) {
        return textError("conninfo.badPercent"_ba,
                         Text::tr("The encoded bytes are not text in UTF-8."), at);
    }
    return out;
}

QString percentEncoded(QByteArrayView text)
{
    return QString::fromLatin1(text.toByteArray().toPercentEncoding());
}

Result<std::vector<Setting>> querySettings(QStringView query, qsizetype at, bool plusIsSpace)
{
    std::vector<Setting> settings;
    qsizetype start = 0;
    while (start <= query.size()) {
        qsizetype end = query.indexOf(u'&', start);
        if (end < 0)
            end = query.size();
        const QStringView part = query.sliced(start, end - start);
        const qsizetype equals = part.indexOf(u'=');
        const QStringView rawKey = equals < 0 ? part : part.first(equals);
        const qsizetype valueStart = equals < 0 ? part.size() : equals + 1;
        Result<QByteArray> key = percentDecoded(rawKey, at + start, plusIsSpace);
        if (!key)
            return std::unexpected(std::move(key.error()));
        Result<QByteArray> value =
            percentDecoded(part.sliced(valueStart), at + start + valueStart, plusIsSpace);
        if (!value)
            return std::unexpected(std::move(value.error()));
        if (!key->isEmpty())
            settings.push_back({*key, *value, at + start + valueStart, equals >= 0});
        start = end + 1;
    }
    return settings;
}

Result<std::vector<Setting>> keywordSettings(QStringView text, qsizetype at)
{
    return KeywordReader(text, at).read();
}

} // namespace core::conntext

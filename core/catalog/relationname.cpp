// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/catalog/relationname.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qsizetype longestName = 63; // NAMEDATALEN - 1

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Catalog", text);
}

/// What scanner_isspace() of the server takes for a blank.
bool isBlank(QChar letter)
{
    return letter == u' ' || (letter >= u'\t' && letter <= u'\r');
}

/// Key words that cannot be a table's name unquoted: reserved ones, and those that may only be
/// functions or types (src/include/parser/kwlist.h of PostgreSQL 18).
constexpr QLatin1StringView reservedWords[] = {"all"_L1,
                                               "analyse"_L1,
                                               "analyze"_L1,
                                               "and"_L1,
                                               "any"_L1,
                                               "array"_L1,
                                               "as"_L1,
                                               "asc"_L1,
                                               "asymmetric"_L1,
                                               "authorization"_L1,
                                               "binary"_L1,
                                               "both"_L1,
                                               "case"_L1,
                                               "cast"_L1,
                                               "check"_L1,
                                               "collate"_L1,
                                               "collation"_L1,
                                               "column"_L1,
                                               "concurrently"_L1,
                                               "constraint"_L1,
                                               "create"_L1,
                                               "cross"_L1,
                                               "current_catalog"_L1,
                                               "current_date"_L1,
                                               "current_role"_L1,
                                               "current_schema"_L1,
                                               "current_time"_L1,
                                               "current_timestamp"_L1,
                                               "current_user"_L1,
                                               "default"_L1,
                                               "deferrable"_L1,
                                               "desc"_L1,
                                               "distinct"_L1,
                                               "do"_L1,
                                               "else"_L1,
                                               "end"_L1,
                                               "except"_L1,
                                               "false"_L1,
                                               "fetch"_L1,
                                               "for"_L1,
                                               "foreign"_L1,
                                               "freeze"_L1,
                                               "from"_L1,
                                               "full"_L1,
                                               "grant"_L1,
                                               "group"_L1,
                                               "having"_L1,
                                               "ilike"_L1,
                                               "in"_L1,
                                               "initially"_L1,
                                               "inner"_L1,
                                               "intersect"_L1,
                                               "into"_L1,
                                               "is"_L1,
                                               "isnull"_L1,
                                               "join"_L1,
                                               "lateral"_L1,
                                               "leading"_L1,
                                               "left"_L1,
                                               "like"_L1,
                                               "limit"_L1,
                                               "localtime"_L1,
                                               "localtimestamp"_L1,
                                               "natural"_L1,
                                               "not"_L1,
                                               "notnull"_L1,
                                               "null"_L1,
                                               "offset"_L1,
                                               "on"_L1,
                                               "only"_L1,
                                               "or"_L1,
                                               "order"_L1,
                                               "outer"_L1,
                                               "overlaps"_L1,
                                               "placing"_L1,
                                               "primary"_L1,
                                               "references"_L1,
                                               "returning"_L1,
                                               "right"_L1,
                                               "select"_L1,
                                               "session_user"_L1,
                                               "similar"_L1,
                                               "some"_L1,
                                               "symmetric"_L1,
                                               "system_user"_L1,
                                               "table"_L1,
                                               "tablesample"_L1,
                                               "then"_L1,
                                               "to"_L1,
                                               "trailing"_L1,
                                               "true"_L1,
                                               "union"_L1,
                                               "unique"_L1,
                                               "user"_L1,
                                               "using"_L1,
                                               "variadic"_L1,
                                               "verbose"_L1,
                                               "when"_L1,
                                               "where"_L1,
                                               "window"_L1,
                                               "with"_L1};

/// Never in the middle of a character.
QByteArray cutName(QByteArray name)
{
    if (name.size() <= longestName)
        return name;
    qsizetype end = longestName;
    while (end > 0 && (uchar(name[end]) & 0xC0) == 0x80)
        --end;
    return name.first(end);
}

class NameReader
{
public:
    explicit NameReader(QStringView text)
        : m_text(text)
    {
    }

    Result<QByteArrayList> read()
    {
        QByteArrayList parts;
        for (;;) {
            skipBlanks();
            Result<QString> part = atEnd() || m_text[m_at] != u'"' ? plain() : quoted();
            if (!part)
                return std::unexpected(std::move(part).error());
            parts.append(cutName(part->toUtf8()));
            skipBlanks();
            if (atEnd())
                return parts;
            if (m_text[m_at] != u'.')
                return bad(tr("Something follows the name that is not a dot."));
            ++m_at;
        }
    }

private:
    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    void skipBlanks()
    {
        while (!atEnd() && isBlank(m_text[m_at]))
            ++m_at;
    }
    [[nodiscard]] std::unexpected<Error> bad(const QString &reason) const
    {
        Error error;
        error.kind = ErrorKind::Usage;
        error.id = "relation.badName"_ba;
        error.message = reason;
        error.place = tr("Character %1 of %2.").arg(m_at + 1).arg(m_text);
        error.advice =
            tr("Write a name as SQL does: schema.table, with \"…\" around capitals and signs.");
        error.position = int(m_at + 1);
        return std::unexpected(std::move(error));
    }
    Result<QString> plain()
    {
        QString part;
        while (!atEnd() && m_text[m_at] != u'.' && !isBlank(m_text[m_at])) {
            const QChar letter = m_text[m_at++];
            part += letter >= u'A' && letter <= u'Z' ? QChar(letter.unicode() + 32) : letter;
        }
        if (part.isEmpty())
            return bad(tr("A name is missing."));
        return part;
    }
    Result<QString> quoted()
    {
        const qsizetype opening = m_at++;
        QString part;
        while (!atEnd()) {
            const QChar letter = m_text[m_at++];
            if (letter != u'"')
                part += letter;
            else if (!atEnd() && m_text[m_at] == u'"')
                part += m_text[m_at++];
            else if (part.isEmpty())
                break;
            else
                return part;
        }
        const bool empty = part.isEmpty() && m_at > opening + 1;
        m_at = opening;
        return bad(empty ? tr("A quoted name is empty.") : tr("A quote is not closed."));
    }

    QStringView m_text;
    qsizetype m_at = 0;
};

} // namespace

Result<QByteArrayList> parseRelationName(QStringView text)
{
    return NameReader(text).read();
}

QString writtenName(QByteArrayView name)
{
    const QString text = QString::fromUtf8(name);
    const auto plain = [](QChar letter) {
        return (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9')
               || letter == u'_';
    };
    const bool asIs = !text.isEmpty() && std::ranges::all_of(text, plain) && !text.front().isDigit()
                      && !std::ranges::binary_search(reservedWords, text);
    return asIs ? text : u'"' + QString(text).replace(u'"', "\"\""_L1) + u'"';
}

} // namespace core

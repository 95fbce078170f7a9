// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/searchpath.h"

#include "core/pq/quoting.h"

#include <QByteArrayList>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// What scanner_isspace() of the server takes for a blank.
bool isBlank(char letter)
{
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

qsizetype afterBlanks(const QByteArray &list, qsizetype at)
{
    while (at < list.size() && isBlank(list[at]))
        ++at;
    return at;
}

/// What stands in double quotes from `at` on, which moves behind them.
std::optional<QByteArray> quotedPart(const QByteArray &list, qsizetype &at)
{
    QByteArray part;
    while (++at < list.size()) {
        if (list[at] != '"') {
            part += list[at];
            continue;
        }
        ++at;
        if (at == list.size() || list[at] != '"')
            return part;
        part += '"';
    }
    return std::nullopt;
}

QByteArray plainPart(const QByteArray &list, qsizetype &at)
{
    const qsizetype begin = at;
    while (at < list.size() && list[at] != ',' && !isBlank(list[at]))
        ++at;
    return list.sliced(begin, at - begin).toLower(); // of ASCII alone
}

} // namespace

QByteArray searchPathOf(const QByteArray &schema)
{
    const auto isPlain = [](char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9')
               || letter == '_';
    };
    const bool asIs = !schema.isEmpty() && std::ranges::all_of(schema, isPlain)
                      && !(schema.front() >= '0' && schema.front() <= '9');
    return asIs ? schema : quotedIdentifier(QByteArrayView(schema)).value_or(QByteArray());
}

QByteArray searchPathOfList(const QByteArray &list)
{
    QByteArrayList names;
    for (qsizetype at = 0;; ++at) {
        at = afterBlanks(list, at);
        const bool quoted = at < list.size() && list[at] == '"';
        const std::optional<QByteArray> part =
            quoted ? quotedPart(list, at) : std::optional(plainPart(list, at));
        names << searchPathOf(part.value_or(QByteArray()));
        at = afterBlanks(list, at);
        if (names.last().isEmpty() || (at < list.size() && list[at] != ','))
            return {};
        if (at >= list.size())
            return names.join(',');
    }
}

QByteArray searchPathOption(const QByteArray &path)
{
    // The server splits options at white space, a backslash takes the next character as it is.
    QByteArray option = "-c search_path="_ba;
    for (const char letter : path) {
        if (letter == '\\' || isBlank(letter))
            option += '\\';
        option += letter;
    }
    return option;
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/quoting.h"

#include <QCoreApplication>
#include <QStringView>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::Quoting)
};

Result<> checked(QByteArrayView text)
{
    if (text.contains('\0')) {
        return failure(ErrorKind::Usage, "quoting.nul"_ba,
                       Text::tr("A text with a zero byte cannot be part of an SQL statement."));
    }
    if (!text.isValidUtf8()) {
        return failure(ErrorKind::Usage, "quoting.notUtf8"_ba,
                       Text::tr("A text that is not UTF-8 cannot be part of an SQL statement."));
    }
    return {};
}

Result<QByteArray> utf8(QStringView text)
{
    if (!text.isValidUtf16()) {
        return failure(
            ErrorKind::Usage, "quoting.notUtf8"_ba,
            Text::tr("A text with half a character cannot be part of an SQL statement."));
    }
    return text.toUtf8();
}

QByteArray doubled(QByteArrayView text, char mark, bool backslashes)
{
    QByteArray out;
    out.reserve(text.size() + 8);
    for (const char c : text) {
        if (c == mark || (backslashes && c == '\\'))
            out += c;
        out += c;
    }
    return out;
}

} // namespace

Result<QByteArray> quotedIdentifier(QByteArrayView name)
{
    if (name.isEmpty())
        return failure(ErrorKind::Usage, "quoting.empty"_ba, Text::tr("A name cannot be empty."));
    return checked(name).transform([name] { return '"' + doubled(name, '"', false) + '"'; });
}

Result<QByteArray> quotedIdentifier(QStringView name)
{
    return utf8(name).and_then([](const QByteArray &text) { return quotedIdentifier(text); });
}

Result<QByteArray> quotedName(QByteArrayView schema, QByteArrayView name)
{
    return quotedIdentifier(schema).and_then([name](const QByteArray &first) {
        return quotedIdentifier(name).transform(
            [&first](const QByteArray &second) { return first + '.' + second; });
    });
}

Result<QByteArray> quotedName(QStringView schema, QStringView name)
{
    return utf8(schema).and_then([name](const QByteArray &first) {
        return utf8(name).and_then(
            [&first](const QByteArray &second) { return quotedName(first, second); });
    });
}

Result<QByteArray> quotedLiteral(QByteArrayView text)
{
    return checked(text).transform([text]() -> QByteArray {
        const bool backslashes = text.contains('\\');
        return (backslashes ? " E'"_ba : "'"_ba) + doubled(text, '\'', backslashes) + '\'';
    });
}

Result<QByteArray> quotedLiteral(QStringView text)
{
    return utf8(text).and_then([](const QByteArray &bytes) { return quotedLiteral(bytes); });
}

} // namespace core

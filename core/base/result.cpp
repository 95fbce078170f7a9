// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/result.h"

namespace core {

QString Error::text() const
{
    QString line = message;
    for (const QString &part : {place, advice}) {
        if (!part.isEmpty())
            line += u' ' + part;
    }
    return line;
}

std::unexpected<Error> failure(ErrorKind kind, QByteArray id, QString message, QString place,
                               QString advice)
{
    Error error;
    error.kind = kind;
    error.id = std::move(id);
    error.message = std::move(message);
    error.place = std::move(place);
    error.advice = std::move(advice);
    return std::unexpected(std::move(error));
}

} // namespace core

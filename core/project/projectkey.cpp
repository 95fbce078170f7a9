// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/projectkey.h"

#include <QCryptographicHash>

using namespace Qt::StringLiterals;

namespace core {

QString projectKey(const QString &folder)
{
    if (folder.isEmpty())
        return u"none"_s;
    const QByteArray hash = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().first(16));
}

} // namespace core

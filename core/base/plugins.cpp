// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/plugins.h"

#include <QCoreApplication>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace core {

QString pluginFile(const QString &name)
{
    const QString program = QCoreApplication::applicationDirPath();
    for (const QString &place : {u"/../lib/sluice/"_s, u"/../../lib/sluice/"_s}) { // … of tests
        const QString path = program + place + name + u".so"_s;
        if (QFileInfo::exists(path))
            return QFileInfo(path).canonicalFilePath();
    }
    return {};
}

} // namespace core

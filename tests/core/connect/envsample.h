// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/databases.h"

#include <QStringList>

namespace test {

/// A project as reading an env file of these lines ("KEY=url") gives it; every value is at its line
/// of .env.
inline core::Project projectOfLines(const QStringList &lines,
                                    const QString &file = QStringLiteral(".env"))
{
    core::Project project;
    project.folder = QStringLiteral("/home/a/shop");
    int number = 0;
    for (const QString &line : lines) {
        core::UrlValue value;
        value.source = {.file = file, .line = ++number, .key = line.section(u'=', 0, 0)};
        const core::Result<core::ConnInfo> info =
            core::parseConnInfo(line.section(u'=', 1), core::ConnOrigin::File);
        if (info)
            value.info = *info;
        else
            value.error = info.error();
        project.values.push_back(value);
    }
    return project;
}

} // namespace test

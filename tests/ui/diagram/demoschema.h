// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/testdatabase.h"

#include <QDir>
#include <QFile>

namespace test {

/// The tables of the demo project, without its rows.
inline void addDemoSchema(TestDatabase &database)
{
    const QDir folder(QStringLiteral(SLUICE_SOURCE_DIR "/resources/demo/db/migrations"));
    for (const QString &name :
         folder.entryList({QStringLiteral("*.sql")}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            database.exec(file.readAll());
    }
}

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/ddl/torture.h"

#include <QFile>

using namespace Qt::StringLiterals;

namespace test {

namespace {

constexpr qsizetype wordSize = 6; ///< "--15+ "

bool isWord(QByteArrayView line)
{
    return line.size() > wordSize && line.startsWith("--") && line[5] == ' '
           && (line[4] == '+' || line[4] == '-');
}

/// Without the words; empty where one of them excludes the version.
QByteArrayView lineFor(QByteArrayView line, int major)
{
    while (isWord(line)) {
        const int version = line.sliced(2, 2).toInt();
        if (line[4] == '+' ? major < version : major > version)
            return {};
        line = line.sliced(wordSize);
    }
    return line;
}

} // namespace

int majorOf(const TestDatabase &database)
{
    return database.valueSuper("SHOW server_version_num").toInt() / 10'000;
}

QByteArray tortureFor(const TestDatabase &database, const TestRole &one, const TestRole &two)
{
    QFile file(QStringLiteral(SLUICE_TEST_DATA "/torture.sql"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const int major = majorOf(database);
    QByteArray text;
    for (const QByteArray &line : file.readAll().split('\n'))
        text.append(lineFor(line, major)).append('\n');
    return text.replace("@one@", one.name()).replace("@two@", two.name());
}

} // namespace test

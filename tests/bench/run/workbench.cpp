// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/run/workbench.h"

#include "core/base/atomicfile.h"
#include "tests/bench/common/openfolder.h"

#include <QDir>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace bench {

core::Result<QString> Workbench::project(const QString &database) const
{
    const QString folder = options.folder + u"/projects/"_s + database;
    if (!QDir().mkpath(folder))
        return core::failure(core::ErrorKind::Local, "bench.folder"_ba,
                             u"The folder cannot be made."_s, folder);
    // The server's port is another one each time.
    const QByteArray address = test::tcpUrl(server.facts(), database, test::Role::Super).toUtf8();
    if (const auto written =
            core::writeFileAtomically(folder + u"/.env"_s, "DATABASE_URL=" + address + '\n');
        !written)
        return std::unexpected(written.error());
    if (const auto opened = openFolder(folder); !opened)
        return std::unexpected(opened.error());
    return folder;
}

void say(const QString &line)
{
    std::fprintf(stderr, "bench: %s\n", qPrintable(line));
}

} // namespace bench

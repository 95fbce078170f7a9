// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/process.h"

#include <QByteArray>
#include <QByteArrayList>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core {

namespace {

/// What hardenProcess() found; it runs once, before there is a second thread.
mode_t foundUmask = 0;
rlimit foundCore = {};
bool hardened = false;

} // namespace

void hardenProcess()
{
    foundUmask = ::umask(077);
    ::getrlimit(RLIMIT_CORE, &foundCore);
    hardened = true;
    // A file beyond the size limit is an error of its write. A handler, because children would
    // inherit that it is ignored.
    std::signal(SIGXFSZ, [](int) {});
    // The soft limit alone: a program that is started for a person gets its own back.
    const rlimit none{0, foundCore.rlim_max};
    ::setrlimit(RLIMIT_CORE, &none);
    QByteArrayList names;
    for (char **entry = environ; *entry; ++entry) {
        if (std::strncmp(*entry, "PG", 2) == 0
            && (*entry)[2] != '_') // PG_URL is an application's, not libpq's
            names << QByteArray(*entry).split('=').front();
    }
    for (const QByteArray &name : std::as_const(names))
        ::unsetenv(name.constData());
}

void restoreProcess()
{
    if (!hardened)
        return;
    ::umask(foundUmask);
    ::setrlimit(RLIMIT_CORE, &foundCore);
}

} // namespace core

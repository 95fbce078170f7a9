// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/process.h"

#include <QByteArray>
#include <QByteArrayList>

#include <cstdlib>
#include <cstring>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace core {

void hardenProcess()
{
    ::umask(077);
    const rlimit none{0, 0};
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

} // namespace core

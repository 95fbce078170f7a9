// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayList>
#include <QFuture>

namespace core {

/// True where libpq would have to ask a name server for `host`: it is no address and no socket
/// folder.
[[nodiscard]] bool needsLookup(const QByteArray &host);

/// The numeric addresses of a name in the system's order, never an empty list. libpq resolves names
/// inside PQconnectPoll and cannot be interrupted there; this runs getaddrinfo() on a thread that
/// nobody waits for, so that neither leaving a connection attempt nor ending the program hangs on a
/// name server. Error: connection.dns.
[[nodiscard]] QFuture<Result<QByteArrayList>> lookUpHost(const QByteArray &host,
                                                         const QString &place);

} // namespace core

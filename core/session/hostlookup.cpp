// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/hostlookup.h"

#include "core/pq/pgerror.h"

#include <QPromise>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>
#include <thread>

namespace core {

namespace {

using Addresses = Result<QByteArrayList>;

addrinfo streamHints(int flags)
{
    addrinfo hints = {};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    return hints;
}

QByteArray numericText(const addrinfo &info)
{
    char text[NI_MAXHOST] = {};
    const int failed =
        getnameinfo(info.ai_addr, info.ai_addrlen, text, sizeof(text), nullptr, 0, NI_NUMERICHOST);
    return failed != 0 ? QByteArray() : QByteArray(text);
}

Addresses resolve(const QByteArray &host, const QString &place)
{
    const addrinfo hints = streamHints(0);
    addrinfo *found = nullptr;
    const int failed = getaddrinfo(host.constData(), nullptr, &hints, &found);
    if (failed != 0) {
        const char *reason = failed == EAI_SYSTEM ? std::strerror(errno) : gai_strerror(failed);
        return std::unexpected(dnsError(QString::fromLocal8Bit(reason), place));
    }
    QByteArrayList addresses;
    for (const addrinfo *info = found; info != nullptr; info = info->ai_next) {
        const QByteArray text = numericText(*info);
        if (!text.isEmpty() && !addresses.contains(text))
            addresses.append(text);
    }
    freeaddrinfo(found);
    if (addresses.isEmpty())
        return std::unexpected(dnsError(QString::fromLocal8Bit(gai_strerror(EAI_NONAME)), place));
    return addresses;
}

} // namespace

bool needsLookup(const QByteArray &host)
{
    if (host.isEmpty() || host.startsWith('/') || host.startsWith('@') || host.contains(','))
        return false;
    const addrinfo hints = streamHints(AI_NUMERICHOST);
    addrinfo *found = nullptr;
    const bool numeric = getaddrinfo(host.constData(), nullptr, &hints, &found) == 0;
    if (numeric)
        freeaddrinfo(found);
    return !numeric;
}

QFuture<Addresses> lookUpHost(const QByteArray &host, const QString &place)
{
    auto promise = std::make_shared<QPromise<Addresses>>();
    QFuture<Addresses> future = promise->future();
    promise->start();
    // A thread pool would be waited for at the end of the program.
    std::thread([promise, host, place] {
        promise->addResult(resolve(host, place));
        promise->finish();
    }).detach();
    return future;
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/connsecurity.h"

#include "core/pq/keyword.h"

#include <QRegularExpression>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace core {

namespace {

HostClass classifyIpv4(quint32 address)
{
    const auto within = [address](quint32 network, int bits) {
        return (address >> (32 - bits)) == (network >> (32 - bits));
    };
    // Connecting to 0.0.0.0 reaches this machine (Linux, ip(7)).
    if (within(0x7f000000, 8) || address == 0)
        return HostClass::Loopback;
    if (within(0x0a000000, 8) || within(0xac100000, 12) || within(0xc0a80000, 16)
        || within(0xa9fe0000, 16))
        return HostClass::Private;
    return HostClass::Public;
}

HostClass classifyIpv6(const in6_addr &address)
{
    if (IN6_IS_ADDR_LOOPBACK(&address) || IN6_IS_ADDR_UNSPECIFIED(&address))
        return HostClass::Loopback;
    if (IN6_IS_ADDR_V4MAPPED(&address)) {
        quint32 tail = 0;
        std::memcpy(&tail, address.s6_addr + 12, sizeof tail);
        return classifyIpv4(ntohl(tail));
    }
    const bool uniqueLocal = (address.s6_addr[0] & 0xfe) == 0xfc; // RFC 4193
    return uniqueLocal || IN6_IS_ADDR_LINKLOCAL(&address) ? HostClass::Private : HostClass::Public;
}

HostClass classifyName(const QString &name)
{
    if (name == "localhost"_L1 || name.endsWith(".localhost"_L1))
        return HostClass::Loopback;
    // RFC 6762, RFC 8375, ICANN's reservation of .internal, and names without a dot: containers and
    // office machines.
    static const std::array<QLatin1StringView, 4> suffixes = {".local"_L1, ".home.arpa"_L1,
                                                              ".internal"_L1, ".lan"_L1};
    const bool known = std::ranges::any_of(
        suffixes, [&name](QLatin1StringView suffix) { return name.endsWith(suffix); });
    return known || !name.contains(u'.') ? HostClass::Private : HostClass::Public;
}

void raiseSslMode(ConnKeywords &keywords, const QByteArray &minimum)
{
    QByteArray &mode = keywords["sslmode"_ba];
    if (sslModeRank(mode) < sslModeRank(minimum))
        mode = minimum;
    const bool direct = keyword(keywords, "sslnegotiation"_ba) == "direct";
    const bool bound = keyword(keywords, "channel_binding"_ba) == "require";
    // libpq refuses direct negotiation below require; channel binding is of no use without TLS.
    if ((direct || bound) && sslModeRank(mode) < sslModeRank("require"_ba))
        mode = "require"_ba;
    if (sslModeRank(mode) >= sslModeRank("verify-ca"_ba)
        && keyword(keywords, "sslrootcert"_ba).isEmpty()) {
        // The system's authorities need the name to be checked, or anybody's certificate would do.
        mode = "verify-full"_ba;
        keywords["sslrootcert"_ba] = "system"_ba;
    }
}

} // namespace

HostClass classifyHost(const QString &host)
{
    if (host.isEmpty() || host.startsWith(u'/') || host.startsWith(u'@'))
        return HostClass::Socket;
    QString name = host.toLower();
    if (name.startsWith(u'[') && name.endsWith(u']'))
        name = name.sliced(1, name.size() - 2);
    if (name.endsWith(u'.'))
        name.chop(1);
    const QByteArray text = name.section(u'%', 0, 0).toUtf8();
    in6_addr six{};
    if (inet_pton(AF_INET6, text.constData(), &six) == 1)
        return classifyIpv6(six);
    // inet_aton knows the short and hexadecimal forms that getaddrinfo would accept too ("127.1",
    // "0x7f000001").
    in_addr four{};
    if (inet_aton(text.constData(), &four) != 0)
        return classifyIpv4(ntohl(four.s_addr));
    return classifyName(name);
}

int sslModeRank(const QByteArray &mode)
{
    static const std::array<QByteArray, 7> order = {""_ba,           "disable"_ba, "allow"_ba,
                                                    "prefer"_ba,     "require"_ba, "verify-ca"_ba,
                                                    "verify-full"_ba};
    const auto found = std::ranges::find(order, mode);
    return found == order.end() ? 0 : int(found - order.begin());
}

QByteArray minimumSslMode(HostClass host)
{
    return host == HostClass::Public ? "require"_ba : "prefer"_ba;
}

ConnKeywords secured(const ConnInfo &info, const ConnSecurity &choices)
{
    ConnKeywords keywords = info.keywords;
    raiseSslMode(keywords, choices.lowestSslMode.isEmpty()
                               ? minimumSslMode(classifyHost(info.host()))
                               : choices.lowestSslMode);
    const bool verified = keyword(keywords, "sslmode"_ba) == "verify-full";
    const QByteArray defaultAuth =
        verified || choices.clearTextPassword ? "!gss,!sspi"_ba : "!password,!gss,!sspi"_ba;
    const std::array<std::pair<QByteArray, QByteArray>, 4> defaults = {{
        {"require_auth"_ba, defaultAuth},
        // Nothing can lie below /dev/null; the bare device would make libpq warn on standard error.
        {"passfile"_ba, "/dev/null/none"_ba},
        {"gssencmode"_ba, "disable"_ba},
        {"sslcertmode"_ba, keywords.contains("sslcert"_ba) ? "allow"_ba : "disable"_ba},
    }};
    for (const auto &[key, text] : defaults)
        keywords.try_emplace(key, text);
    keywords["client_encoding"_ba] = "UTF8"_ba;
    keywords["application_name"_ba] = "sluice"_ba;
    keywords.try_emplace("port"_ba, "5432"_ba);
    return keywords;
}

bool needsTls(const ConnKeywords &secured)
{
    return sslModeRank(keyword(secured, "sslmode"_ba)) >= sslModeRank("require"_ba);
}

} // namespace core

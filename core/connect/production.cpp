// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/production.h"

#include "core/project/hosts.h"
#include "core/session/hostlookup.h"

#include <QCoreApplication>

#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Production", text);
}

/// The first run of letters that is one of the words; empty for none. "delivery" and "product" hold
/// none.
QString productionWord(const QString &text)
{
    constexpr std::array words = {"prod"_L1, "production"_L1, "live"_L1};
    qsizetype begin = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        if (i < text.size() && text[i].isLetter())
            continue;
        const QStringView word = QStringView(text).sliced(begin, i - begin);
        for (const QLatin1StringView candidate : words) {
            if (word.compare(candidate, Qt::CaseInsensitive) == 0)
                return candidate;
        }
        begin = i + 1;
    }
    return {};
}

/// This machine, or an address of a private range. A name is neither, however private its ending:
/// who can reach the network that it means something in (a VPN, a cluster) may reach anything by
/// it.
bool isLocal(const QString &host)
{
    switch (classifyHost(host)) {
    case HostClass::Loopback:
    case HostClass::Socket:
        return true;
    case HostClass::Private:
        return !needsLookup(host.toUtf8())
               || host.compare("host.docker.internal"_L1, Qt::CaseInsensitive) == 0;
    case HostClass::Public:
        break;
    }
    return false;
}

ExposureFinding exposureOf(const Endpoint &endpoint)
{
    const QString host = endpoint.info.host();
    // Behind ssh even 127.0.0.1 is another machine.
    if (!endpoint.ssh && isLocal(host))
        return {.exposure = Exposure::Local, .reason = tr("%1 is local or private").arg(host)};
    const std::array places = {
        std::pair(endpoint.source.key, tr("the variable's name holds “%1”")),
        std::pair(endpoint.source.file, tr("the file's name holds “%1”")),
        std::pair(host, tr("the host's name holds “%1”")),
        std::pair(endpoint.info.database(), tr("the database's name holds “%1”")),
    };
    for (const auto &[text, sentence] : places) {
        if (const QString word = productionWord(text); !word.isEmpty())
            return {.exposure = Exposure::Production, .reason = sentence.arg(word)};
    }
    if (endpoint.ssh) {
        if (const QString word = productionWord(endpoint.ssh->host); !word.isEmpty())
            return {.exposure = Exposure::Production,
                    .reason = tr("the ssh host's name holds “%1”").arg(word)};
        return {.exposure = Exposure::Remote,
                .reason = tr("it is reached through ssh, by %1").arg(endpoint.ssh->host)};
    }
    if (const QString inside = onlyInside(host); !inside.isEmpty())
        return {.exposure = Exposure::Remote, .reason = tr("%1 is inside of %2").arg(host, inside)};
    if (classifyHost(host) == HostClass::Private)
        return {.exposure = Exposure::Remote, .reason = tr("%1 may be any machine").arg(host)};
    return {.exposure = Exposure::Remote, .reason = tr("%1 is a public host").arg(host)};
}

} // namespace

ExposureFinding exposureOf(const Database &database)
{
    if (database.mark == ExposureMark::Production)
        return {.exposure = Exposure::Production, .reason = tr("marked so by you")};
    ExposureFinding strictest;
    for (const std::optional<Endpoint> *endpoint : {&database.direct, &database.pooled}) {
        if (!*endpoint)
            continue;
        ExposureFinding finding = exposureOf(**endpoint);
        if (strictest.reason.isEmpty() || finding.exposure > strictest.exposure)
            strictest = std::move(finding);
    }
    if (database.mark == ExposureMark::NotProduction && strictest.exposure == Exposure::Production)
        return {.exposure = Exposure::Remote, .reason = tr("marked as not production by you")};
    return strictest;
}

QString exposureId(Exposure exposure)
{
    switch (exposure) {
    case Exposure::Local:
        return u"local"_s;
    case Exposure::Remote:
        return u"remote"_s;
    case Exposure::Production:
        break;
    }
    return u"production"_s;
}

} // namespace core

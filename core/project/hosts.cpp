// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/hosts.h"

#include "core/project/source.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Hosts", text);
}

UrlValue twinOf(const UrlValue &value, const QString &host, quint16 port,
                const SourceLocation &source)
{
    UrlValue twin;
    twin.source = source;
    twin.package = value.package;
    twin.info = value.info;
    twin.info->keywords["host"] = host.toUtf8();
    twin.info->keywords["port"] = QByteArray::number(port);
    twin.twinOf = value.source;
    return twin;
}

/// Compose's own default is not to know services of another folder's file, so the nearest counts.
const ComposeService *serviceOf(const UrlValue &value, const std::vector<ComposeService> &services)
{
    const ComposeService *found = nullptr;
    const QString host = value.info->host();
    for (const ComposeService &service : services) {
        if (!service.names.contains(host, Qt::CaseInsensitive))
            continue;
        const QString folder =
            service.file.contains(u'/') ? service.file.section(u'/', 0, -2) : QString();
        if (!found || folder == value.package)
            found = &service;
    }
    return found;
}

/// Render's inner hosts have no dot; the outer one begins with the same name.
UrlValue *outsideOf(const UrlValue &value, std::vector<UrlValue> &values)
{
    const QString begin = value.info->host() + u'.';
    const auto found = std::ranges::find_if(values, [&](const UrlValue &other) {
        return other.info && !other.twinOf && other.info->host().startsWith(begin)
               && other.info->database() == value.info->database();
    });
    return found == values.end() ? nullptr : &*found;
}

class Marker
{
public:
    explicit Marker(Findings &findings)
        : m_findings(findings)
    {
    }
    void run();

private:
    void mark(UrlValue &value);
    void addTwin(const UrlValue &value, const QString &host, quint16 port,
                 const SourceLocation &source)
    {
        m_twins.push_back(twinOf(value, host, port, source));
    }
    void dropKnownServers();

    Findings &m_findings;
    std::vector<UrlValue> m_twins;
    QSet<QString> m_serverKeys; ///< under which servers of compose files stand among the values
};

void Marker::mark(UrlValue &value)
{
    const QString host = value.info->host();
    const quint16 port = value.info->port();
    if (const ComposeService *service = serviceOf(value, m_findings.services)) {
        value.elsewhere = {
            tr("the compose network"),
            tr("“%1” is a service of %2:%3").arg(host, service->file).arg(service->line)};
        if (const ComposeService::Port *published = service->published(port))
            addTwin(value, published->address(), published->here,
                    {published->file, published->line, value.source.key});
    } else if (host == "host.docker.internal"_L1) {
        value.elsewhere = {tr("a container"), tr("it is this computer as a container sees it")};
        addTwin(value, u"127.0.0.1"_s, port, value.source);
    } else if (host.startsWith("dpg-"_L1) && !host.contains(u'.')) {
        value.elsewhere = {u"Render"_s, tr("hosts without a dot exist inside of Render only")};
        if (UrlValue *outside = outsideOf(value, m_findings.values))
            outside->twinOf = value.source;
    } else if (const QString platform = onlyInside(host); !platform.isEmpty()) {
        value.elsewhere = {platform, tr("“%1” exists inside of %2 only").arg(host, platform)};
    }
}

bool leadsTo(const ConnInfo &info, const ConnInfo &server)
{
    const auto isHere = [](const ConnInfo &one) {
        return classifyHost(one.host()) == HostClass::Loopback;
    };
    return info.port() == server.port() && isHere(info) && isHere(server);
}

/// The server of a compose file is a database of its own only where nothing else leads there.
void Marker::dropKnownServers()
{
    const auto isServer = [this](const UrlValue &value) {
        return value.info && value.purpose && m_serverKeys.contains(value.source.key);
    };
    std::vector<IgnoredValue> dropped;
    for (const UrlValue &server : m_findings.values) {
        if (!isServer(server))
            continue;
        const auto leads = [&](const UrlValue &value) {
            return value.info && !isServer(value) && leadsTo(*value.info, *server.info);
        };
        const auto value = std::ranges::find_if(m_findings.values, leads);
        const auto twin = std::ranges::find_if(m_twins, leads);
        if (value == m_findings.values.end() && twin == m_twins.end())
            continue;
        const SourceLocation source =
            value != m_findings.values.end() ? value->source : *twin->twinOf;
        dropped.push_back({server, IgnoredReason::SameServer,
                           tr("The server that %1 in %2 leads to.").arg(source.key, source.text()),
                           source});
    }
    for (IgnoredValue &server : dropped) {
        std::erase_if(m_findings.values,
                      [&](const UrlValue &value) { return value.source == server.value.source; });
        m_findings.ignored.push_back(std::move(server));
    }
}

void Marker::run()
{
    for (const ComposeService &service : m_findings.services)
        m_serverKeys.insert("services."_L1 + service.names.first());
    for (UrlValue &value : m_findings.values) {
        if (value.info && !value.twinOf && classifyHost(value.info->host()) != HostClass::Loopback)
            mark(value);
    }
    dropKnownServers();
    std::ranges::move(m_twins, std::back_inserter(m_findings.values));
}

} // namespace

QString onlyInside(const QString &host)
{
    if (host == "host.docker.internal"_L1)
        return {};
    static const std::array endings = {
        std::pair(".railway.internal"_L1, "Railway"_L1),     std::pair(".svc"_L1, "Kubernetes"_L1),
        std::pair(".svc.cluster.local"_L1, "Kubernetes"_L1), std::pair(".flycast"_L1, "Fly.io"_L1),
        std::pair(".internal"_L1, "the platform"_L1),
    };
    for (const auto &[ending, platform] : endings) {
        if (host.endsWith(ending, Qt::CaseInsensitive))
            return platform;
    }
    return {};
}

void markHosts(Findings &findings)
{
    Marker(findings).run();
}

} // namespace core

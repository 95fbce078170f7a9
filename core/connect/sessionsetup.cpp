// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/sessionsetup.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::SessionSetup", text);
}

} // namespace

SessionConfig sessionConfig(const Endpoint &endpoint)
{
    SessionConfig config;
    config.keywords = endpoint.keywords();
    config.searchPath = endpoint.info.schemaHint;
    config.way = endpoint.way;
    // libpq heeds it in its blocking functions only. The address was read with a limit of its own.
    const auto timeout = config.keywords.find("connect_timeout"_ba);
    if (timeout != config.keywords.end()) {
        if (const int seconds = timeout->second.toInt(); seconds > 0)
            config.connectTimeout = std::chrono::seconds(seconds);
    }
    config.ownServer = poolEvidence(endpoint.info).sessionMode;
    config.pooled = endpoint.role == EndpointRole::Pooled && !config.ownServer;
    return config;
}

Result<> checkTrust(const Endpoint &endpoint, const TrustToken &token)
{
    if (token.covers(endpoint.info))
        return {};
    return failure(
        ErrorKind::Consent, "trust.needed"_ba,
        tr("Connecting to %1 has not been agreed to.").arg(TrustTarget::of(endpoint.info).text()),
        endpoint.source.text(), tr("Trust the folder first."));
}

} // namespace core

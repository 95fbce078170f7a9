// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/explanation.h"
#include "core/pq/connsecurity.h"
#include "tests/support/connection.h"

#include <QTest>

#include <algorithm>

namespace test {

/// An endpoint as a folder's file would give it.
inline core::Endpoint endpointOf(const QString &url,
                                 core::EndpointRole role = core::EndpointRole::Direct)
{
    core::Endpoint endpoint;
    endpoint.role = role;
    endpoint.info = core::parseConnInfo(url, core::ConnOrigin::User).value_or(core::ConnInfo());
    endpoint.text = url;
    endpoint.source = {
        .file = QStringLiteral(".env.local"), .line = 3, .key = QStringLiteral("DATABASE_URL")};
    return endpoint;
}

/// An endpoint that a person allowed to be used without encryption.
inline core::Endpoint unencrypted(const QString &url)
{
    core::Endpoint endpoint = endpointOf(url + QStringLiteral("?sslmode=disable"));
    endpoint.security.lowestSslMode = "disable";
    return endpoint;
}

/// The error of really connecting there, as the programs do it.
inline core::Error connectError(const core::Endpoint &endpoint)
{
    const auto connection = Connection::tryConnect(endpoint.keywords());
    return connection ? core::Error{.id = "it connected"} : connection.error();
}

inline core::Explanation explained(const core::Failure &failure)
{
    return core::explain(failure).value_or(
        core::Explanation{.id = "none for " + failure.error.id, .title = failure.error.text()});
}

inline core::Explanation explained(const core::Error &error, const core::Endpoint &endpoint)
{
    core::Failure failure;
    failure.error = error;
    failure.endpoint = &endpoint;
    return explained(failure);
}

/// What is said where really connecting there fails.
inline core::Explanation explainedConnecting(const core::Endpoint &endpoint)
{
    return explained(connectError(endpoint), endpoint);
}

/// What may be pasted, of all fixes.
inline QString pasteable(const core::Explanation &explanation)
{
    QStringList texts;
    for (const core::Fix &fix : explanation.fixes)
        texts << fix.before << fix.text;
    return texts.join(QLatin1Char('\n'));
}

/// All words of it, to look for what must not be in them.
inline QString words(const core::Explanation &explanation)
{
    QStringList texts = {explanation.title, explanation.why, explanation.where,
                         pasteable(explanation)};
    for (const core::Fix &fix : explanation.fixes)
        texts << fix.sentence;
    return texts.join(QLatin1Char('\n'));
}

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/poolerfindings.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::PoolerFindings", text);
}

} // namespace

QString poolerPlace(const Endpoint &endpoint)
{
    const ConnInfo &info = endpoint.info;
    return u"%1@%2:%3/%4"_s.arg(info.user(), info.host(), QString::number(info.port()),
                                info.database());
}

const PoolerFinding *PoolerFindings::of(const Endpoint &endpoint) const
{
    const auto found = byPlace.find(poolerPlace(endpoint));
    return found == byPlace.end() ? nullptr : &found->second;
}

Standing standingOf(const Endpoint &endpoint, const PoolerFindings &findings)
{
    const bool pooled = endpoint.role == EndpointRole::Pooled;
    const PoolerFinding *found = findings.of(endpoint);
    if (found && found->kind == PoolerKind::None)
        return pooled ? Standing::NoPoolerSeen : Standing::Direct;
    switch (found ? found->mode : PoolMode::Unknown) {
    case PoolMode::Session:
        return Standing::SessionPooler;
    case PoolMode::Transaction:
        return Standing::Pooled;
    case PoolMode::Statement:
        return Standing::StatementPooler;
    case PoolMode::Unknown:
        break;
    }
    if (poolEvidence(endpoint.info).sessionMode)
        return Standing::SessionPooler;
    return pooled || found ? Standing::Pooled : Standing::Direct;
}

QString standingReason(const Endpoint &endpoint, const PoolerFindings &findings)
{
    const PoolerFinding *found = findings.of(endpoint);
    if (!found)
        return endpoint.reason;
    if (found->kind != PoolerKind::None)
        return tr("%1 answers").arg(poolerText(*found));
    return endpoint.role == EndpointRole::Pooled
               ? tr("%1, but no pooler was seen").arg(endpoint.reason)
               : endpoint.reason;
}

bool applyFindings(Database &database, PoolerFindings &findings)
{
    if (!database.direct)
        return false;
    const PoolerFinding *found = findings.of(*database.direct);
    const Standing standing = standingOf(*database.direct, findings);
    if (!found || (standing != Standing::Pooled && standing != Standing::StatementPooler))
        return false;
    Endpoint moved = *std::exchange(database.direct, std::nullopt);
    moved.role = EndpointRole::Pooled;
    moved.reason = tr("%1 answers where the server was expected").arg(poolerText(*found));
    if (database.pooled)
        findings.misnamed = std::move(moved);
    else
        database.pooled = std::move(moved);
    return true;
}

} // namespace core

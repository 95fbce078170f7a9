// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/routing.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Routing", text);
}

/// The lines of DESIGN 4's table; what needs the server to itself is a part of its last one.
enum class Need : quint8 { Reading, State, DirectOnly, ServerItself };

Need needOf(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Browse:
    case Purpose::Catalog:
    case Purpose::Query:
    case Purpose::Export:
        return Need::Reading;
    case Purpose::SessionState:
        return Need::State;
    case Purpose::Migrate:
    case Purpose::SchemaChange:
    case Purpose::Listen:
        return Need::DirectOnly;
    case Purpose::Dump:
    case Purpose::Restore:
    case Purpose::Replication:
        break;
    }
    return Need::ServerItself;
}

QString whatFor(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Migrate:
        return tr("Migrations need the direct endpoint.");
    case Purpose::SchemaChange:
        return tr("Changes of the schema need the direct endpoint.");
    case Purpose::Dump:
        return tr("Dumps need the direct endpoint.");
    case Purpose::Restore:
        return tr("Restoring needs the direct endpoint.");
    case Purpose::Listen:
        return tr("Listening needs the direct endpoint.");
    case Purpose::Replication:
        return tr("Replication needs the direct endpoint.");
    default:
        return tr("This needs the direct endpoint.");
    }
}

/// What a person can do about it.
QString adviceFor(const Endpoint &endpoint)
{
    if (const std::optional<DerivedDirect> derived = derivedDirect(endpoint.info))
        return tr("The direct address may be %1. %2 Set DIRECT_URL to it if that is right.")
            .arg(derived->info.url(), derived->rule);
    return tr("Set DIRECT_URL beside %1.").arg(endpoint.source.key);
}

QString pooledOnly(const Database &database, const PoolerFindings &findings)
{
    const Endpoint &pooled = *database.pooled;
    QString place = tr("“%1” has a pooled address only (%2: %3).")
                        .arg(database.name, pooled.source.text(), standingReason(pooled, findings));
    if (const std::optional<Endpoint> &misnamed = findings.misnamed)
        place += u' '
                 + tr("%1 (%2) is no direct one: %3.")
                       .arg(misnamed->source.key, misnamed->source.text(), misnamed->reason);
    return place;
}

std::unexpected<Error> refusal(const Database &database, Purpose purpose,
                               const PoolerFindings &findings)
{
    const Endpoint &pooled = *database.pooled;
    const bool unseen = standingOf(pooled, findings) == Standing::NoPoolerSeen;
    return failure(
        ErrorKind::Usage, "route.needsDirect"_ba, whatFor(purpose), pooledOnly(database, findings),
        unseen ? tr("That none was seen is no proof. If the server itself answers there, set "
                    "DIRECT_URL to the same address.")
               : adviceFor(pooled));
}

std::unexpected<Error> sessionRefusal(const Database &database, Purpose purpose,
                                      const PoolerFindings &findings)
{
    const Endpoint &endpoint = database.any();
    return failure(ErrorKind::Usage, "route.sessionPooler"_ba, whatFor(purpose),
                   tr("“%1” leads to a pooler (%2: %3). %4")
                       .arg(database.name, endpoint.source.text(),
                            standingReason(endpoint, findings), sessionModeLimit()),
                   adviceFor(endpoint));
}

std::unexpected<Error> statementRefusal(const Database &database, const PoolerFindings &findings)
{
    const Endpoint &pooled = *database.pooled;
    return failure(ErrorKind::Usage, "route.statementPooler"_ba,
                   tr("This needs a transaction, and the pooler allows none."),
                   tr("“%1” has a pooled address only (%2: %3).")
                       .arg(database.name, pooled.source.text(), standingReason(pooled, findings)),
                   tr("Let it run in transaction mode (pool_mode = transaction).") + u' '
                       + adviceFor(pooled));
}

/// The direct address means something elsewhere alone, while the pooled one can be reached.
bool onlyPooledReachable(const Database &database)
{
    return database.direct && database.direct->isUnreachable() && database.pooled
           && !database.pooled->isUnreachable();
}

std::unexpected<Error> unreachable(const Database &database, Purpose purpose)
{
    const Endpoint &direct = *database.direct;
    return failure(ErrorKind::Usage, "route.unreachable"_ba, whatFor(purpose),
                   tr("%1 (%2) can be reached inside of %3 only.")
                       .arg(direct.source.key, direct.source.text(), direct.elsewhere->where),
                   tr("Set DIRECT_URL to an address that can be reached from here."));
}

/// A pipeline ends its transaction in one go, which a pool in statement mode does not notice.
bool isReadInOneGo(Purpose purpose)
{
    return purpose == Purpose::Browse || purpose == Purpose::Catalog;
}

QString directReason(const Database &database, Need need, const DirectBudget &budget,
                     const PoolerFindings &findings)
{
    if (!database.pooled)
        return tr("the only endpoint; %1").arg(standingReason(*database.direct, findings));
    if (need == Need::Reading && budget.limit > 0)
        return tr("within budget, %1 of %2").arg(budget.used).arg(budget.limit);
    if (need == Need::Reading)
        return tr("preferred for reading");
    if (need == Need::State)
        return tr("the session's state must stay");
    return tr("needed for this");
}

/// Where there is no direct endpoint.
Result<Route> pooledRoute(const Database &database, Purpose purpose, const PoolerFindings &findings)
{
    const Endpoint &pooled = *database.pooled;
    const Need need = needOf(purpose);
    const Standing standing = standingOf(pooled, findings);
    const bool keeps = standing == Standing::SessionPooler || standing == Standing::NoPoolerSeen;
    const QString known = standingReason(pooled, findings);
    if (standing == Standing::StatementPooler && need != Need::DirectOnly
        && need != Need::ServerItself && !isReadInOneGo(purpose))
        return statementRefusal(database, findings);
    if (need == Need::Reading)
        return Route{.endpoint = pooled,
                     .reason = tr("no direct endpoint; %1").arg(known),
                     .keepsSession = keeps};
    if (standing == Standing::SessionPooler && need != Need::ServerItself)
        return Route{.endpoint = pooled,
                     .reason = tr("no direct endpoint, but this pooler keeps a session's state"),
                     .keepsSession = true};
    if (need != Need::State)
        return refusal(database, purpose, findings);
    if (keeps)
        return Route{.endpoint = pooled,
                     .reason = tr("no direct endpoint; %1").arg(known),
                     .keepsSession = true};
    return Route{.endpoint = pooled,
                 .reason = tr("no direct endpoint, so state lasts one transaction"),
                 .oneTransactionOnly = true};
}

/// What is read goes to the pooler while the server has no room for more.
std::optional<Route> wayOut(const Database &database, Purpose purpose, const DirectBudget &budget,
                            const PoolerFindings &findings)
{
    if (needOf(purpose) != Need::Reading || !database.direct || !database.pooled || budget.allows()
        || database.pooled->isUnreachable())
        return {};
    const Standing standing = standingOf(*database.pooled, findings);
    if (standing == Standing::StatementPooler && !isReadInOneGo(purpose))
        return {};
    return Route{
        .endpoint = *database.pooled,
        .reason =
            budget.refused
                ? tr("the server has no free connection for the direct one")
                : tr("%1 of %2 direct connections are in use").arg(budget.used).arg(budget.limit)};
}

} // namespace

QString purposeId(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Browse:
        return u"browse"_s;
    case Purpose::Catalog:
        return u"catalog"_s;
    case Purpose::Query:
        return u"query"_s;
    case Purpose::Export:
        return u"export"_s;
    case Purpose::SessionState:
        return u"sessionState"_s;
    case Purpose::Migrate:
        return u"migrate"_s;
    case Purpose::SchemaChange:
        return u"schemaChange"_s;
    case Purpose::Dump:
        return u"dump"_s;
    case Purpose::Restore:
        return u"restore"_s;
    case Purpose::Listen:
        return u"listen"_s;
    case Purpose::Replication:
        return u"replication"_s;
    }
    return {};
}

Result<Route> route(const Database &database, Purpose purpose, const DirectBudget &budget,
                    const PoolerFindings &findings)
{
    const Need need = needOf(purpose);
    if (need == Need::ServerItself
        && standingOf(database.any(), findings) == Standing::SessionPooler)
        return sessionRefusal(database, purpose, findings);
    if (onlyPooledReachable(database)) {
        Database reachable = database;
        reachable.direct.reset();
        Result<Route> found = route(reachable, purpose, budget, findings);
        if (!found)
            return unreachable(database, purpose);
        found->reason = tr("the direct endpoint can be reached inside of %1 only")
                            .arg(database.direct->elsewhere->where);
        return found;
    }
    if (std::optional<Route> pooled = wayOut(database, purpose, budget, findings))
        return *std::move(pooled);
    if (!database.direct)
        return pooledRoute(database, purpose, findings);
    return Route{.endpoint = *database.direct,
                 .reason = directReason(database, need, budget, findings)};
}

const std::vector<Purpose> &allPurposes()
{
    static const std::vector<Purpose> all = {
        Purpose::Browse,       Purpose::Catalog, Purpose::Query,        Purpose::Export,
        Purpose::SessionState, Purpose::Migrate, Purpose::SchemaChange, Purpose::Dump,
        Purpose::Restore,      Purpose::Listen,  Purpose::Replication};
    return all;
}

QString purposeName(Purpose purpose)
{
    switch (purpose) {
    case Purpose::Browse:
        return tr("browsing");
    case Purpose::Catalog:
        return tr("the schema");
    case Purpose::Query:
        return tr("reading SQL");
    case Purpose::Export:
        return tr("export");
    case Purpose::SessionState:
        return tr("SQL with session state");
    case Purpose::Migrate:
        return tr("migrations");
    case Purpose::SchemaChange:
        return tr("schema changes");
    case Purpose::Dump:
        return tr("dumps");
    case Purpose::Restore:
        return tr("restoring");
    case Purpose::Listen:
        return tr("listening");
    case Purpose::Replication:
        break;
    }
    return tr("replication");
}

std::vector<RouteLine> routeLines(const Database &database, const DirectBudget &budget,
                                  const PoolerFindings &findings)
{
    std::vector<RouteLine> lines;
    for (const Purpose purpose : allPurposes()) {
        const Result<Route> found = route(database, purpose, budget, findings);
        // The sentences of an error name its purpose; why and what to do are the same.
        const auto same = std::ranges::find_if(lines, [&found](const RouteLine &line) {
            return found ? line.route == *found
                         : line.error && line.error->place == found.error().place;
        });
        if (same != lines.end())
            same->purposes.push_back(purpose);
        else if (found)
            lines.push_back({.purposes = {purpose}, .route = *found});
        else
            lines.push_back({.purposes = {purpose}, .error = found.error()});
    }
    return lines;
}

} // namespace core

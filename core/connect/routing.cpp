// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/routing.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Routing", text);
}

/// The three lines of DESIGN 4's table.
enum class Need : quint8 { Reading, State, DirectOnly };

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
    case Purpose::Dump:
    case Purpose::Restore:
    case Purpose::Listen:
    case Purpose::Replication:
        break;
    }
    return Need::DirectOnly;
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

std::unexpected<Error> refusal(const Database &database, Purpose purpose)
{
    const Endpoint &pooled = *database.pooled;
    QString advice = tr("Set DIRECT_URL beside %1.").arg(pooled.source.key);
    if (const std::optional<DerivedDirect> derived = derivedDirect(pooled.info))
        advice = tr("The direct address may be %1. %2 Set DIRECT_URL to it if that is right.")
                     .arg(derived->info.url(), derived->rule);
    return failure(ErrorKind::Usage, "route.needsDirect"_ba, whatFor(purpose),
                   tr("“%1” has a pooled address only (%2: %3).")
                       .arg(database.name, pooled.source.text(), pooled.reason),
                   advice);
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

Result<Route> route(const Database &database, Purpose purpose, const DirectBudget &budget)
{
    const Need need = needOf(purpose);
    if (need == Need::Reading && database.direct && database.pooled && !budget.allows()) {
        return Route{
            .endpoint = *database.pooled,
            .reason =
                tr("%1 of %2 direct connections are in use").arg(budget.used).arg(budget.limit)};
    }
    if (database.direct) {
        QString reason;
        if (!database.pooled)
            reason = tr("the only endpoint; %1").arg(database.direct->reason);
        else if (need == Need::Reading && budget.limit > 0)
            reason = tr("within budget, %1 of %2").arg(budget.used).arg(budget.limit);
        else if (need == Need::Reading)
            reason = tr("preferred for reading");
        else if (need == Need::State)
            reason = tr("the session's state must stay");
        else
            reason = tr("needed for this");
        return Route{.endpoint = *database.direct, .reason = reason};
    }
    if (need == Need::DirectOnly)
        return refusal(database, purpose);
    if (need == Need::State) {
        return Route{.endpoint = *database.pooled,
                     .reason = tr("no direct endpoint, so state lasts one transaction"),
                     .oneTransactionOnly = true};
    }
    return Route{.endpoint = *database.pooled,
                 .reason = tr("no direct endpoint; %1").arg(database.pooled->reason)};
}

} // namespace core

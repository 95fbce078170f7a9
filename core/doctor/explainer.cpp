// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/doctor/explainer.h"

#include "core/base/worker.h"
#include "core/doctor/definitions.h"

namespace core {

namespace {

/// A failure that owns what it points at, so that a worker may have it.
struct OwnFailure {
    Failure failure = {};
    Database database = {};
    Endpoint endpoint = {};

    [[nodiscard]] std::optional<Explanation> explained() const
    {
        Failure whole = failure;
        whole.database = &database;
        whole.endpoint = &endpoint;
        return explain(whole);
    }
};

OwnFailure gathered(const OpenDatabase &database, const Error &error, const FailureContext &context)
{
    OwnFailure own;
    own.database = database.database();
    const Result<Route> route = database.connections().routeFor(Purpose::Query);
    own.endpoint = route ? route->endpoint : own.database.any();
    if (const PoolerFinding *found = database.connections().findings().of(own.endpoint))
        own.failure.pooler = *found;
    own.failure.error = error;
    own.failure.catalog = database.catalog();
    own.failure.statementPlace = context.statementPlace;
    own.failure.ownFrame = context.ownFrame;
    for (const OpenDatabase *other : context.open) {
        own.failure.projectDatabases << other->name();
        if (other != &database && other->catalog())
            own.failure.others.push_back({other->name(), other->catalog()});
    }
    return own;
}

} // namespace

std::optional<Explanation> explainNow(const OpenDatabase &database, const Error &error,
                                      const FailureContext &context)
{
    return gathered(database, error, context).explained();
}

QString adviceFor(const OpenDatabase *database, const Error &error)
{
    if (!database)
        return error.advice;
    const std::optional<Explanation> told = explainNow(*database, error);
    return told && !told->fixes.empty() ? told->fixes.front().sentence : error.advice;
}

QFuture<std::optional<Explanation>> explainLater(const OpenDatabase &database, const Error &error,
                                                 const FailureContext &context)
{
    return runOnWorker([own = gathered(database, error, context), folder = context.folder,
                        files = context.sqlFiles]() mutable {
        const QString name = missingName(own.failure.error);
        if (!name.isEmpty() && !folder.isEmpty())
            own.failure.definitions = findDefinitions(folder, files, name);
        return own.explained();
    });
}

} // namespace core

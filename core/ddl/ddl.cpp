// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ddl/ddl.h"

#include "core/base/worker.h"
#include "core/ddl/ddlfacts.h"
#include "core/ddl/ddlqueries.h"
#include "core/ddl/ddltext.h"
#include "core/result/typeoids.h"
#include "core/session/collect.h"
#include "core/session/sessionthread.h"

#include <QCoreApplication>
#include <QPromise>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr quint32 classOfRoles = 1260;
constexpr int rowsPerChunk = 1024;
constexpr std::chrono::milliseconds patience{300'000}; // pg_dump has no limit at all

struct Task {
    DdlScope scope = DdlScope::All;
    ObjectId object = {};
    DdlOptions options = {};
    bool again = false;
};

RequestSpec requestFor(const Task &task, const std::vector<const DdlQuery *> &queries, int version)
{
    RequestSpec spec;
    for (const DdlQuery *const query : queries) {
        Statement statement{ddlSql(*query, task.scope, version)};
        if (task.scope == DdlScope::One) {
            statement.parameters = {QByteArray::number(number(task.object.catalog)),
                                    QByteArray::number(number(task.object.object))};
            statement.parameterTypes = {oids::oid, oids::oid};
        }
        statement.effect = Effect::Reads;
        spec.statements.push_back(std::move(statement));
    }
    spec.rowsPerChunk = rowsPerChunk;
    spec.repeatableRead = true;
    if (task.scope != DdlScope::One)
        spec.statementTimeout = patience;
    // Nobody's own settings may change what the server's functions write. pg_temp last: there a
    // table of somebody's may have the name of a system catalog.
    spec.settings = {{"search_path"_ba, "pg_catalog, pg_temp"_ba},
                     {"DateStyle"_ba, "ISO"_ba},
                     {"IntervalStyle"_ba, "postgres"_ba},
                     {"extra_float_digits"_ba, "3"_ba},
                     {"bytea_output"_ba, "hex"_ba},
                     {"quote_all_identifiers"_ba, "off"_ba},
                     {"jit"_ba, "off"_ba}};
    return spec;
}

/// What was there when the query began and is gone when one of the server's functions looks for it.
bool vanishedMeanwhile(const Error &error)
{
    constexpr std::array states = {"XX000", "42P01", "42704", "42883", "3F000"};
    return error.server && std::ranges::any_of(states, [&](const char *state) {
               return error.server->sqlState == state;
           });
}

QFuture<Result<QString>> ended(Result<QString> outcome)
{
    return QtFuture::makeReadyValueFuture(std::move(outcome));
}

QFuture<Result<QString>> ask(SessionThread &session, const Task &task)
{
    auto queries = ddlQueries(task.scope, task.object.catalog);
    RequestSpec spec = requestFor(task, queries, session.serverInfo().version);
    const auto write = [&session, task, queries](const Result<std::vector<Table>> &answers) {
        if (!answers) {
            if (task.again || !vanishedMeanwhile(answers.error()))
                return ended(std::unexpected(answers.error()));
            Task second = task;
            second.again = true;
            return ask(session, second);
        }
        std::vector<DdlAnswer> read;
        for (std::size_t at = 0; at < queries.size(); ++at)
            read.push_back({queries[at]->shape, (*answers)[at].chunks});
        const DdlKey one = task.scope == DdlScope::One
                               ? ddlKey(number(task.object.catalog), number(task.object.object))
                               : 0;
        return runOnWorker([read = std::move(read), one, options = task.options]() mutable {
            return ddlText(readDdlFacts(std::move(read), one), options);
        });
    };
    return collect(session, std::move(spec)).then(&session, write).unwrap();
}

QFuture<Result<int>> serverVersion(SessionThread &session)
{
    if (const int known = session.serverInfo().version; known != 0)
        return QtFuture::makeReadyValueFuture(Result<int>(known));
    auto promise = std::make_shared<QPromise<Result<int>>>();
    promise->start();
    auto *const waiting = new QObject(&session);
    const auto end = [&session, promise, waiting](Result<int> outcome) {
        promise->addResult(std::move(outcome));
        promise->finish();
        QObject::disconnect(&session, nullptr, waiting, nullptr);
        waiting->deleteLater();
    };
    QObject::connect(&session, &SessionThread::connected, waiting,
                     [end](const ServerInfo &info) { end(info.version); });
    QObject::connect(&session, &SessionThread::connectFailed, waiting,
                     [end](const Error &error) { end(std::unexpected(error)); });
    session.open();
    return promise->future();
}

/// Which text of a query is right depends on the server.
QFuture<Result<QString>> load(SessionThread &session, const Task &task)
{
    return serverVersion(session)
        .then(&session,
              [&session, task](const Result<int> &version) {
                  return version ? ask(session, task) : ended(std::unexpected(version.error()));
              })
        .unwrap();
}

} // namespace

QFuture<Result<QString>> loadObjectDdl(SessionThread &session, ObjectId object,
                                       const DdlOptions &options)
{
    if (number(object.catalog) == classOfRoles) {
        return ended(failure(
            ErrorKind::Usage, "ddl.unsupported"_ba,
            QCoreApplication::translate("core::Ddl", "Roles belong to the server and not to a "
                                                     "database; they have no definition here.")));
    }
    return load(session, {.scope = DdlScope::One, .object = object, .options = options});
}

QFuture<Result<QString>> loadAllDdl(SessionThread &session, const DdlOptions &options)
{
    return load(session,
                {.scope = options.extensionMembers ? DdlScope::AllWithMembers : DdlScope::All,
                 .options = options});
}

} // namespace core

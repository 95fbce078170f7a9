// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/connectionset.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <initializer_list>
#include <memory>
#include <vector>

namespace test {

/// A folder with these lines in its .env, read and paired as the programs do it.
struct Opened {
    QTemporaryDir dir;
    core::Project project = {};
    core::Database database = {};

    explicit Opened(const QStringList &lines)
    {
        QFile file(dir.filePath(QStringLiteral(".env")));
        if (file.open(QIODevice::WriteOnly))
            file.write(lines.join(QLatin1Char('\n')).toUtf8());
        file.close();
        if (const core::Result<core::Project> read = core::readProject(dir.path(), {}))
            project = *read;
        if (const core::Result<core::Database> found =
                core::findDatabase(core::pairDatabases(project), {}))
            database = *found;
    }

    [[nodiscard]] core::Result<std::unique_ptr<core::ConnectionSet>> connections() const
    {
        return core::TrustStore(dir.filePath(QStringLiteral("trust.json")))
            .grant(project)
            .and_then([this](const core::TrustToken &token) {
                return core::ConnectionSet::create(database, token);
            });
    }
};

inline core::RequestSpec reading(const QByteArray &sql)
{
    core::RequestSpec spec;
    spec.statements = {{.sql = sql}};
    return spec;
}

/// How a request ends: "done", or its error's id.
inline QByteArray outcomeOf(core::Request &sent)
{
    const std::unique_ptr<core::Request> request(&sent);
    QSignalSpy finished(request.get(), &core::Request::finished);
    if (finished.isEmpty() && !finished.wait(30'000))
        return QByteArray("no answer");
    const auto outcome = finished.front().front().value<core::Result<core::Summary>>();
    return outcome ? QByteArray("done") : outcome.error().id;
}

/// Sends one statement for each purpose, all before the first answer, and waits until all have
/// ended; the texts of their errors, or nothing.
inline QStringList runAll(core::ConnectionSet &set, std::initializer_list<core::Purpose> purposes)
{
    std::vector<std::unique_ptr<core::Request>> requests;
    std::vector<std::unique_ptr<QSignalSpy>> spies;
    for (const core::Purpose purpose : purposes) {
        const core::Result<core::Request *> request = set.send(purpose, reading("select 1"));
        if (!request)
            return {request.error().text()};
        requests.emplace_back(*request);
        spies.push_back(std::make_unique<QSignalSpy>(*request, &core::Request::finished));
    }
    QStringList errors;
    for (const std::unique_ptr<QSignalSpy> &finished : spies) {
        if (finished->isEmpty() && !finished->wait(30'000)) {
            errors.append(QStringLiteral("no answer"));
            continue;
        }
        const auto outcome = finished->front().front().value<core::Result<core::Summary>>();
        if (!outcome)
            errors.append(outcome.error().text());
    }
    return errors;
}

} // namespace test

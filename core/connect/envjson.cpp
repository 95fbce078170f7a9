// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/envjson.h"

#include "core/connect/production.h"
#include "core/connect/routing.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString reasonId(IgnoredReason reason)
{
    switch (reason) {
    case IgnoredReason::Loses:
        return u"loses"_s;
    case IgnoredReason::SameAddress:
        return u"sameAddress"_s;
    case IgnoredReason::Shadow:
        return u"shadow"_s;
    case IgnoredReason::NotPostgres:
        return u"notPostgres"_s;
    case IgnoredReason::Example:
        return u"example"_s;
    case IgnoredReason::OtherMode:
        return u"otherMode"_s;
    case IgnoredReason::NotRead:
        return u"notRead"_s;
    case IgnoredReason::BrowserLeak:
        return u"browserLeak"_s;
    case IgnoredReason::Process:
        return u"process"_s;
    case IgnoredReason::Empty:
        return u"empty"_s;
    case IgnoredReason::Encrypted:
        return u"encrypted"_s;
    case IgnoredReason::Unpaired:
        return u"unpaired"_s;
    case IgnoredReason::Unset:
        return u"unset"_s;
    case IgnoredReason::Computed:
        return u"computed"_s;
    case IgnoredReason::SameServer:
        return u"sameServer"_s;
    case IgnoredReason::Inside:
        return u"inside"_s;
    }
    return {};
}

QJsonObject sourceJson(const SourceLocation &source)
{
    return {{u"file"_s, source.file}, {u"line"_s, source.line}, {u"key"_s, source.key}};
}

QJsonArray namesOf(const ConnInfo &info, ConnChange::Kind kind)
{
    QJsonArray names;
    for (const ConnChange &change : info.changes) {
        if (change.kind == kind)
            names.append(QString::fromUtf8(change.key));
    }
    return names;
}

QJsonArray sourcesJson(const std::vector<SourceLocation> &sources)
{
    QJsonArray array;
    for (const SourceLocation &source : sources)
        array.append(sourceJson(source));
    return array;
}

QJsonArray readingsJson(const std::vector<OtherReading> &readings, bool reveal)
{
    QJsonArray array;
    for (const OtherReading &reading : readings) {
        QJsonObject object{{u"reader"_s, reading.reader}, {u"difference"_s, reading.difference}};
        if (reading.info)
            object.insert(u"url"_s, reading.info->url(reveal));
        array.append(object);
    }
    return array;
}

/// Where the address in the file means nothing here, and what is used in its place.
void addElsewhere(const Endpoint &endpoint, bool reveal, QJsonObject &object)
{
    if (endpoint.elsewhere) {
        object.insert(u"onlyInside"_s, endpoint.elsewhere->where);
        object.insert(u"onlyInsideReason"_s, endpoint.elsewhere->reason);
        object.insert(u"reachable"_s, endpoint.twin.has_value());
    }
    if (endpoint.twin) {
        object.insert(u"twin"_s, QJsonObject{{u"written"_s, endpoint.twin->named.url(reveal)},
                                             {u"source"_s, sourceJson(endpoint.twin->source)}});
    }
}

QJsonObject endpointJson(const Endpoint &endpoint, bool reveal)
{
    QJsonObject object{
        {u"role"_s, roleId(endpoint.role)},
        {u"reason"_s, endpoint.reason},
        {u"host"_s, endpoint.info.host()},
        {u"port"_s, endpoint.info.port()},
        {u"dbname"_s, endpoint.info.database()},
        {u"user"_s, endpoint.info.user()},
        {u"source"_s, sourceJson(endpoint.source)},
        {u"dropped"_s, namesOf(endpoint.info, ConnChange::Kind::Dropped)},
        {u"translated"_s, namesOf(endpoint.info, ConnChange::Kind::Translated)},
        {u"refused"_s, namesOf(endpoint.info, ConnChange::Kind::Refused)},
        {u"hints"_s, namesOf(endpoint.info, ConnChange::Kind::Hint)},
        {u"namedBy"_s, sourcesJson(endpoint.namedBy)},
        {u"url"_s, endpoint.info.url(reveal)},
    };
    if (!endpoint.info.schemaHint.isEmpty())
        object.insert(u"searchPath"_s, QString::fromUtf8(endpoint.info.schemaHint));
    addElsewhere(endpoint, reveal, object);
    if (!endpoint.otherReadings.empty())
        object.insert(u"otherReadings"_s, readingsJson(endpoint.otherReadings, reveal));
    return object;
}

QJsonArray routesJson(const Database &database)
{
    QJsonArray routes;
    for (const Purpose purpose : allPurposes()) {
        const Result<Route> found = route(database, purpose);
        QJsonObject object{{u"purpose"_s, purposeId(purpose)}};
        if (found) {
            object.insert(u"endpoint"_s, roleId(found->endpoint.role));
            object.insert(u"reason"_s, found->reason);
            object.insert(u"oneTransactionOnly"_s, found->oneTransactionOnly);
        } else {
            object.insert(u"error"_s, QString::fromLatin1(found.error().id));
            object.insert(u"reason"_s, found.error().place);
            object.insert(u"advice"_s, found.error().advice);
        }
        routes.append(object);
    }
    return routes;
}

QJsonObject databaseJson(const Database &database, bool reveal)
{
    QJsonArray endpoints;
    for (const Endpoint *endpoint : database.endpoints())
        endpoints.append(endpointJson(*endpoint, reveal));
    const ExposureFinding finding = exposureOf(database);
    return {{u"name"_s, database.name},
            {u"package"_s, database.package},
            {u"exposure"_s, exposureId(finding.exposure)},
            {u"exposureReason"_s, finding.reason},
            {u"endpoints"_s, endpoints},
            {u"routes"_s, routesJson(database)}};
}

QJsonObject ignoredJson(const IgnoredValue &ignored, bool reveal)
{
    QJsonObject object{{u"source"_s, sourceJson(ignored.value.source)},
                       {u"reason"_s, reasonId(ignored.reason)},
                       {u"explanation"_s, ignored.explanation}};
    if (ignored.winner)
        object.insert(u"winner"_s, sourceJson(*ignored.winner));
    if (ignored.value.info)
        object.insert(u"url"_s, ignored.value.info->url(reveal));
    return object;
}

QJsonObject brokenJson(const UrlValue &value)
{
    const Error error = value.error.value_or(Error{});
    return {{u"source"_s, sourceJson(value.source)},
            {u"id"_s, QString::fromUtf8(error.id)},
            {u"message"_s, error.message},
            {u"advice"_s, error.advice},
            {u"position"_s, error.position}};
}

QJsonObject warningJson(const ProjectWarning &warning)
{
    return {{u"id"_s, warningId(warning.kind)},
            {u"text"_s, warning.text},
            {u"advice"_s, warning.advice},
            {u"places"_s, sourcesJson(warning.places)}};
}

QJsonArray fallbacksJson(const DatabaseSet &set)
{
    QJsonArray array;
    for (const Fallback &fallback : set.fallbacks)
        array.append(QJsonObject{{u"name"_s, fallback.name},
                                 {u"source"_s, sourceJson(fallback.source)},
                                 {u"database"_s, fallback.database},
                                 {u"explanation"_s, fallback.explanation}});
    return array;
}

QJsonArray packagesJson(const Project &project)
{
    QJsonArray array;
    for (const ProjectPackage &package : project.packages)
        array.append(QJsonObject{{u"folder"_s, package.folder},
                                 {u"loader"_s, package.loader.name},
                                 {u"evidence"_s, package.loader.evidence}});
    return array;
}

QJsonArray settingsFilesJson(const Project &project)
{
    QJsonArray array;
    for (const FileSeen &file : project.files) {
        if (file.isSettings)
            array.append(QJsonObject{{u"name"_s, file.name},
                                     {u"read"_s, file.state == FileSeen::State::Read}});
    }
    return array;
}

QJsonObject loaderJson(const Project &project)
{
    QJsonArray files;
    for (const FileSeen &file : project.files) {
        if (file.inOrder)
            files.append(QJsonObject{{u"name"_s, file.name},
                                     {u"read"_s, file.state == FileSeen::State::Read}});
    }
    return {{u"name"_s, project.loader.name},
            {u"evidence"_s, project.loader.evidence},
            {u"mode"_s, project.mode},
            {u"files"_s, files}};
}

} // namespace

QString warningId(ProjectWarning::Kind kind)
{
    switch (kind) {
    case ProjectWarning::Kind::ReadDifferently:
        return u"readDifferently"_s;
    case ProjectWarning::Kind::LoadersDisagree:
        return u"loadersDisagree"_s;
    case ProjectWarning::Kind::GitWouldCommit:
        return u"gitWouldCommit"_s;
    case ProjectWarning::Kind::GitTracked:
        return u"gitTracked"_s;
    case ProjectWarning::Kind::BrowserLeak:
        return u"browserLeak"_s;
    case ProjectWarning::Kind::FileRefused:
        return u"fileRefused"_s;
    case ProjectWarning::Kind::Cycle:
        return u"cycle"_s;
    case ProjectWarning::Kind::Pairing:
        return u"pairing"_s;
    case ProjectWarning::Kind::CutAtHash:
        return u"cutAtHash"_s;
    case ProjectWarning::Kind::NotLoaded:
        return u"notLoaded"_s;
    }
    return {};
}

QJsonObject envJson(const Project &project, const DatabaseSet &set, bool reveal)
{
    QJsonArray databases;
    for (const Database &database : set.databases)
        databases.append(databaseJson(database, reveal));
    QJsonArray ignored;
    for (const IgnoredValue &value : set.ignored)
        ignored.append(ignoredJson(value, reveal));
    QJsonArray errors;
    for (const UrlValue &value : set.broken)
        errors.append(brokenJson(value));
    QJsonArray warnings;
    for (const ProjectWarning &warning : set.warnings)
        warnings.append(warningJson(warning));
    return {{u"folder"_s, project.folder},
            {u"loader"_s, loaderJson(project)},
            {u"packages"_s, packagesJson(project)},
            {u"settingsFiles"_s, settingsFilesJson(project)},
            {u"databases"_s, databases},
            {u"fallbacks"_s, fallbacksJson(set)},
            {u"ignored"_s, ignored},
            {u"errors"_s, errors},
            {u"warnings"_s, warnings}};
}

} // namespace core

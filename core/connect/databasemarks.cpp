// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/databasemarks.h"

#include "core/base/jsonstore.h"
#include "core/base/paths.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int schema = 1;
constexpr auto foldersKey = "folders"_L1;
constexpr auto databasesKey = "databases"_L1;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::DatabaseMarks", text);
}

QStringList placesOf(const Database &database)
{
    QStringList places;
    for (const Endpoint *endpoint : database.endpoints()) {
        const ConnInfo &info = endpoint->info;
        places.append(info.host().toLower() + u':' + QString::number(info.port()) + u'/'
                      + info.database());
    }
    return places;
}

QString targetText(const ConnInfo &info)
{
    return info.user() + u'@' + info.host().toLower() + u':' + QString::number(info.port()) + u'/'
           + info.database();
}

QString markId(ExposureMark mark)
{
    switch (mark) {
    case ExposureMark::None:
        break;
    case ExposureMark::Production:
        return u"production"_s;
    case ExposureMark::NotProduction:
        return u"notProduction"_s;
    }
    return {};
}

ExposureMark markOf(const QString &id)
{
    for (const ExposureMark mark : {ExposureMark::Production, ExposureMark::NotProduction}) {
        if (markId(mark) == id)
            return mark;
    }
    return ExposureMark::None;
}

/// The folder's own entry; empty where it is another owner's.
QJsonObject entryOf(const QJsonObject &store, const Project &project)
{
    const QJsonObject entry = store[foldersKey].toObject()[project.folder].toObject();
    return entry["owner"_L1].toInteger(-1) == qint64(project.ownerId) ? entry : QJsonObject();
}

Result<> change(const QString &file, const Project &project, const QString &database,
                const std::function<void(QJsonObject &)> &edit)
{
    return JsonStore(file, schema).update([&](QJsonObject &store) -> Result<> {
        QJsonObject entry = entryOf(store, project);
        QJsonObject databases = entry[databasesKey].toObject();
        QJsonObject mark = databases[database].toObject();
        edit(mark);
        if (mark.isEmpty())
            databases.remove(database);
        else
            databases.insert(database, mark);
        entry.insert(databasesKey, databases);
        entry.insert("owner"_L1, qint64(project.ownerId));
        QJsonObject folders = store[foldersKey].toObject();
        if (databases.isEmpty())
            folders.remove(project.folder);
        else
            folders.insert(project.folder, entry);
        store.insert(foldersKey, folders);
        return {};
    });
}

} // namespace

DatabaseMarks::DatabaseMarks(QString file)
    : m_file(file.isEmpty() ? stateDirectory() + "/marks.json"_L1 : std::move(file))
{
}

Result<FolderMarks> DatabaseMarks::read(const Project &project) const
{
    const Result<QJsonObject> store = JsonStore(m_file, schema).read();
    if (!store)
        return std::unexpected(store.error());
    FolderMarks marks;
    const QJsonObject databases = entryOf(*store, project)[databasesKey].toObject();
    for (auto entry = databases.begin(); entry != databases.end(); ++entry) {
        const QJsonObject object = entry->toObject();
        DatabaseMark mark{.exposure = markOf(object["exposure"_L1].toString())};
        const QJsonArray places = object["places"_L1].toArray();
        for (const QJsonValue &place : places)
            mark.places.append(place.toString());
        mark.direct = object["direct"_L1].toString();
        mark.derivedFrom = object["derivedFrom"_L1].toString();
        marks.insert(entry.key(), mark);
    }
    return marks;
}

Result<> DatabaseMarks::markExposure(const Project &project, const Database &database,
                                     ExposureMark mark) const
{
    return change(m_file, project, database.name, [&](QJsonObject &object) {
        if (mark == ExposureMark::None) {
            object.remove("exposure"_L1);
            object.remove("places"_L1);
        } else {
            object.insert("exposure"_L1, markId(mark));
            object.insert("places"_L1, QJsonArray::fromStringList(placesOf(database)));
        }
    });
}

Result<> DatabaseMarks::confirmDirect(const Project &project, const Database &database) const
{
    std::optional<DerivedDirect> derived;
    if (database.pooled)
        derived = derivedDirect(database.pooled->info);
    if (!derived) {
        return failure(ErrorKind::Usage, "mark.nothingDerived"_ba,
                       tr("No direct address of “%1” can be derived.").arg(database.name),
                       database.any().source.text(), tr("Set DIRECT_URL beside the pooled one."));
    }
    return change(m_file, project, database.name, [&](QJsonObject &object) {
        object.insert("direct"_L1, targetText(derived->info));
        object.insert("derivedFrom"_L1, targetText(database.pooled->info));
    });
}

Result<> DatabaseMarks::forgetDirect(const Project &project) const
{
    const Result<FolderMarks> marks = read(project);
    if (!marks)
        return std::unexpected(marks.error());
    for (auto mark = marks->begin(); mark != marks->end(); ++mark) {
        if (mark->direct.isEmpty())
            continue;
        const Result<> forgotten = change(m_file, project, mark.key(), [](QJsonObject &object) {
            object.remove("direct"_L1);
            object.remove("derivedFrom"_L1);
        });
        if (!forgotten)
            return forgotten;
    }
    return {};
}

Result<QString> DatabaseMarks::moveAside() const
{
    return JsonStore(m_file, schema).moveAside();
}

namespace {

void addConfirmed(const DatabaseMark &mark, Project &project, Database &database)
{
    if (mark.direct.isEmpty() || database.direct || !database.pooled
        || targetText(database.pooled->info) != mark.derivedFrom)
        return;
    const std::optional<DerivedDirect> derived = derivedDirect(database.pooled->info);
    if (!derived || targetText(derived->info) != mark.direct)
        return;
    Endpoint direct;
    direct.role = EndpointRole::Direct;
    direct.reason = tr("derived, confirmed by you");
    direct.info = derived->info;
    direct.source = database.pooled->source;
    project.confirmed.push_back({.source = direct.source, .info = direct.info});
    database.direct = std::move(direct);
}

} // namespace

void applyMarks(const FolderMarks &marks, Project &project, DatabaseSet &set)
{
    project.confirmed.clear();
    for (Database &database : set.databases) {
        const DatabaseMark mark = marks.value(database.name);
        addConfirmed(mark, project, database);
        const auto known = [&mark](const QString &place) { return mark.places.contains(place); };
        const bool holds = mark.exposure == ExposureMark::Production
                           || std::ranges::all_of(placesOf(database), known);
        database.mark = holds ? mark.exposure : ExposureMark::None;
    }
}

DatabaseSet markedDatabases(Project &project, const DatabaseMarks &marks)
{
    DatabaseSet set = pairDatabases(project);
    const Result<FolderMarks> read = marks.read(project);
    if (read) {
        applyMarks(*read, project, set);
        return set;
    }
    ProjectWarning warning{.kind = ProjectWarning::Kind::FileRefused, .text = read.error().text()};
    warning.advice = tr("What you marked as production or as not production is not known.");
    if (read.error().id == "store.broken") {
        if (const Result<QString> aside = marks.moveAside())
            warning.advice += u' ' + tr("The file was kept as %1.").arg(*aside);
    }
    set.warnings.push_back(std::move(warning));
    return set;
}

} // namespace core

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
    for (const std::optional<Endpoint> *endpoint : {&database.pooled, &database.direct}) {
        if (*endpoint) {
            const ConnInfo &info = (*endpoint)->info;
            places.append(info.host().toLower() + u':' + QString::number(info.port()) + u'/'
                          + info.database());
        }
    }
    return places;
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

Result<QString> DatabaseMarks::moveAside() const
{
    return JsonStore(m_file, schema).moveAside();
}

void applyMarks(const FolderMarks &marks, DatabaseSet &set)
{
    for (Database &database : set.databases) {
        const DatabaseMark mark = marks.value(database.name);
        const auto known = [&mark](const QString &place) { return mark.places.contains(place); };
        const bool holds = mark.exposure == ExposureMark::Production
                           || std::ranges::all_of(placesOf(database), known);
        database.mark = holds ? mark.exposure : ExposureMark::None;
    }
}

DatabaseSet markedDatabases(const Project &project, const DatabaseMarks &marks)
{
    DatabaseSet set = pairDatabases(project);
    const Result<FolderMarks> read = marks.read(project);
    if (read) {
        applyMarks(*read, set);
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

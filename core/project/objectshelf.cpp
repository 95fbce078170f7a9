// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/objectshelf.h"

#include "core/base/jsonstore.h"
#include "core/base/paths.h"
#include "core/project/projectkey.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int schema = 1;
constexpr qsizetype mostPinned = 50;
constexpr qsizetype mostRecent = 20;

QJsonArray toJson(const QList<ShelvedObject> &objects)
{
    QJsonArray array;
    for (const ShelvedObject &object : objects) {
        array.append(QJsonObject{
            {u"database"_s, object.database}, {u"kind"_s, object.kind}, {u"name"_s, object.name}});
    }
    return array;
}

QList<ShelvedObject> fromJson(const QJsonValue &value, qsizetype most)
{
    QList<ShelvedObject> objects;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &one : array) {
        const ShelvedObject object{one["database"_L1].toString(), one["kind"_L1].toString(),
                                   one["name"_L1].toString()};
        if (!object.name.isEmpty() && !objects.contains(object) && objects.size() < most)
            objects.append(object);
    }
    return objects;
}

} // namespace

void ShelvedObjects::visit(const ShelvedObject &object)
{
    recent.removeAll(object);
    recent.prepend(object);
    if (recent.size() > mostRecent)
        recent.resize(mostRecent);
}

bool ShelvedObjects::isPinned(const ShelvedObject &object) const
{
    return pinned.contains(object);
}

void ShelvedObjects::setPinned(const ShelvedObject &object, bool pin)
{
    pinned.removeAll(object);
    if (pin && pinned.size() < mostPinned)
        pinned.append(object);
}

ObjectShelf::ObjectShelf(const QString &projectFolder, const QString &root)
    : m_folder(projectFolder)
    , m_file((root.isEmpty() ? stateDirectory() + "/objects"_L1 : root) + u'/'
             + projectKey(projectFolder) + ".json"_L1)
{
}

ShelvedObjects ObjectShelf::read() const
{
    const Result<QJsonObject> kept = JsonStore(m_file, schema).read();
    if (!kept || kept->value("folder"_L1).toString() != m_folder)
        return {};
    return {fromJson(kept->value("pinned"_L1), mostPinned),
            fromJson(kept->value("recent"_L1), mostRecent)};
}

Result<> ObjectShelf::write(const ShelvedObjects &objects) const
{
    const JsonStore store(m_file, schema);
    const auto change = [&](QJsonObject &object) -> Result<> {
        object["folder"_L1] = m_folder;
        object["pinned"_L1] = toJson(objects.pinned);
        object["recent"_L1] = toJson(objects.recent);
        return {};
    };
    return store.updateOrReplace(change);
}

} // namespace core

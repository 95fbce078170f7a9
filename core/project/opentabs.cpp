// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/opentabs.h"

#include "core/base/jsonstore.h"
#include "core/base/paths.h"
#include "core/project/projectkey.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int schema = 1;
constexpr qsizetype mostKeys = 100;

} // namespace

TabStore::TabStore(const QString &projectFolder, const QString &root)
    : m_folder(projectFolder)
    , m_file((root.isEmpty() ? stateDirectory() + "/session"_L1 : root) + u'/'
             + projectKey(projectFolder) + ".json"_L1)
{
}

OpenTabs TabStore::read() const
{
    OpenTabs tabs;
    const Result<QJsonObject> kept = JsonStore(m_file, schema).read();
    if (!kept || kept->value("folder"_L1).toString() != m_folder)
        return tabs;
    const QJsonArray keys = kept->value("tabs"_L1).toArray();
    for (const QJsonValue &key : keys) {
        if (key.isString() && tabs.keys.size() < mostKeys)
            tabs.keys << key.toString();
    }
    tabs.current = kept->value("current"_L1).toString();
    return tabs;
}

Result<> TabStore::write(const OpenTabs &tabs) const
{
    const JsonStore store(m_file, schema);
    const auto change = [&](QJsonObject &object) -> Result<> {
        object["folder"_L1] = m_folder;
        object["tabs"_L1] =
            QJsonArray::fromStringList(tabs.keys.first(qMin(tabs.keys.size(), mostKeys)));
        object["current"_L1] = tabs.current;
        return {};
    };
    return store.updateOrReplace(change);
}

} // namespace core

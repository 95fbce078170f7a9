// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/databases.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Databases", text);
}

QString namesOf(const std::vector<Database> &databases)
{
    QStringList names;
    for (const Database &database : databases)
        names.append(database.name);
    return names.join(u", "_s);
}

Result<Database> defaultDatabase(const DatabaseSet &set)
{
    const auto main = std::ranges::find(set.databases, u"main"_s, &Database::name);
    if (main != set.databases.end())
        return *main;
    if (set.databases.size() == 1)
        return set.databases.front();
    return failure(ErrorKind::Usage, "database.ambiguous"_ba,
                   tr("None of the databases is called main."), {},
                   tr("Choose one of: %1.").arg(namesOf(set.databases)));
}

} // namespace

Result<Database> findDatabase(const DatabaseSet &set, const QString &name)
{
    if (set.databases.empty()) {
        if (!set.broken.empty()) {
            const UrlValue &first = set.broken.front();
            Error error = first.error.value_or(Error{});
            error.place = tr("%1 in %2").arg(first.source.key, first.source.text());
            return std::unexpected(std::move(error));
        }
        return failure(ErrorKind::Usage, "database.none"_ba, tr("No database address was found."));
    }
    if (name.isEmpty())
        return defaultDatabase(set);
    const auto byName = std::ranges::find(set.databases, name, &Database::name);
    if (byName != set.databases.end())
        return *byName;
    const auto fallback = std::ranges::find(set.fallbacks, name, &Fallback::name);
    if (fallback != set.fallbacks.end())
        return findDatabase(set, fallback->database);
    std::vector<Database> byServer;
    std::ranges::copy_if(set.databases, std::back_inserter(byServer),
                         [&](const Database &database) { return database.serverName() == name; });
    if (byServer.size() == 1)
        return byServer.front();
    if (byServer.empty()) {
        return failure(ErrorKind::Usage, "database.unknown"_ba,
                       tr("There is no database “%1” here.").arg(name), {},
                       tr("There are: %1.").arg(namesOf(set.databases)));
    }
    return failure(ErrorKind::Usage, "database.ambiguous"_ba,
                   tr("“%1” is the server's name for several databases.").arg(name), {},
                   tr("Choose one of: %1.").arg(namesOf(byServer)));
}

} // namespace core

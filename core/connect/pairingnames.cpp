// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/pairing_p.h"

#include "core/pq/keyword.h"
#include "core/project/urlkey.h"

#include <QCoreApplication>
#include <QHash>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Pairing", text);
}

/// The endpoint of `database` with the address of another; nullptr = none.
const Endpoint *sameIn(const Database &database, const Endpoint &other)
{
    const std::vector<const Endpoint *> endpoints = database.endpoints();
    const auto found = std::ranges::find_if(endpoints, [&](const Endpoint *endpoint) {
        return sameAddress(endpoint->asWritten(), other.asWritten());
    });
    return found == endpoints.end() ? nullptr : *found;
}

/// The same text for the same address.
QString addressOf(const ConnInfo &info)
{
    const bool isHere = classifyHost(info.host()) == HostClass::Loopback;
    return (isHere ? QString() : info.host().toLower()) + u'\n' + QString::number(info.port())
           + u'\n' + info.database() + u'\n' + info.user();
}

/// Which databases repeat which; there may be thousands.
class Doubles
{
public:
    Doubles(const Project &project, const std::vector<Database> &databases);

    /// The database that has every address of another; nullopt = none.
    [[nodiscard]] std::optional<size_t> keeperOf(size_t later) const;
    void drop(size_t number) { m_isDropped[number] = true; }
    [[nodiscard]] bool isDropped(size_t number) const { return m_isDropped[number]; }

private:
    [[nodiscard]] bool mayKeep(size_t one, size_t later) const;

    const std::vector<Database> &m_databases;
    /// Those that stand in tools' files only; a variable of the environment is a database of its
    /// own even with the same address.
    std::vector<bool> m_isOfSettings;
    std::vector<bool> m_isDropped;
    QHash<QString, std::vector<size_t>> m_byAddress;
};

Doubles::Doubles(const Project &project, const std::vector<Database> &databases)
    : m_databases(databases)
    , m_isOfSettings(databases.size(), false)
    , m_isDropped(databases.size(), false)
{
    QSet<QString> settings;
    for (const UrlValue &value : project.values) {
        if (value.purpose && value.namedBy.empty())
            settings.insert(placeOf(value.source));
    }
    for (size_t i = 0; i < databases.size(); ++i) {
        const std::vector<const Endpoint *> endpoints = databases[i].endpoints();
        m_isOfSettings[i] = std::ranges::all_of(endpoints, [&](const Endpoint *endpoint) {
            return settings.contains(placeOf(endpoint->source));
        });
        for (const Endpoint *endpoint : endpoints)
            m_byAddress[addressOf(endpoint->asWritten())].push_back(i);
    }
}

bool Doubles::mayKeep(size_t one, size_t later) const
{
    if (one == later || m_isDropped[one])
        return false;
    if (m_isOfSettings[later] && !m_isOfSettings[one])
        return true;
    return one < later && m_isOfSettings[one] == m_isOfSettings[later]
           && m_databases[one].package != m_databases[later].package;
}

std::optional<size_t> Doubles::keeperOf(size_t later) const
{
    const std::vector<const Endpoint *> endpoints = m_databases[later].endpoints();
    const auto candidates = m_byAddress.value(addressOf(endpoints.front()->asWritten()));
    const auto found = std::ranges::find_if(candidates, [&](size_t one) {
        return mayKeep(one, later) && std::ranges::all_of(endpoints, [&](const Endpoint *endpoint) {
                   return sameIn(m_databases[one], *endpoint) != nullptr;
               });
    });
    return found == candidates.end() ? std::nullopt : std::optional(*found);
}

void recordDouble(const Endpoint &endpoint, const Endpoint &kept, DatabaseSet &set)
{
    UrlValue value;
    value.source = endpoint.source;
    value.info = endpoint.asWritten();
    set.ignored.push_back(
        {value, IgnoredReason::SameAddress,
         tr("The same address as %1 in %2.").arg(kept.source.key, kept.source.text()),
         kept.source});
    const QByteArray password = keyword(endpoint.info.keywords, "password"_ba);
    if (!password.isEmpty() && password != keyword(kept.info.keywords, "password"_ba)) {
        set.warnings.push_back(
            {.kind = ProjectWarning::Kind::Pairing,
             .text = tr("%1 in %2 and %3 in %4 have different passwords for the same address.")
                         .arg(kept.source.key, kept.source.text(), endpoint.source.key,
                              endpoint.source.text()),
             .advice = tr("The first one is used."),
             .places = {kept.source, endpoint.source}});
    }
}

bool isAsked(const IgnoredValue &ignored)
{
    if (ignored.reason != IgnoredReason::Empty && ignored.reason != IgnoredReason::Example)
        return false;
    const UrlKey key = ignored.value.key();
    return key.known && key.role == UrlKey::Role::Default && key.database != "main"_L1;
}

} // namespace

QString placeOf(const SourceLocation &source)
{
    return source.file + u'\n' + QString::number(source.line) + u'\n' + source.key;
}

void mergeDoubles(const Project &project, DatabaseSet &set)
{
    const std::vector<Database> all = std::move(set.databases);
    set.databases.clear();
    Doubles doubles(project, all);
    for (size_t i = 0; i < all.size(); ++i) {
        const std::optional<size_t> keeper = doubles.keeperOf(i);
        if (!keeper)
            continue;
        doubles.drop(i);
        for (const Endpoint *endpoint : all[i].endpoints())
            recordDouble(*endpoint, *sameIn(all[*keeper], *endpoint), set);
    }
    for (size_t i = 0; i < all.size(); ++i) {
        if (!doubles.isDropped(i))
            set.databases.push_back(all[i]);
    }
}

void qualifyNames(std::vector<Database> &databases)
{
    QHash<QString, QSet<QString>> packages;
    for (const Database &database : databases)
        packages[database.name].insert(database.package);
    for (Database &database : databases) {
        if (!database.package.isEmpty() && packages[database.name].size() > 1)
            database.name = database.package.section(u'/', -1) + u'/' + database.name;
    }
}

void makeUnique(std::vector<Database> &databases)
{
    QSet<QString> taken;
    for (Database &database : databases) {
        const QString base = database.name;
        for (int number = 2; taken.contains(database.name); ++number)
            database.name = base + u'_' + QString::number(number);
        taken.insert(database.name);
    }
}

void addFallbacks(DatabaseSet &set)
{
    const auto main = std::ranges::find(set.databases, u"main"_s, &Database::name);
    if (main == set.databases.end())
        return;
    for (const IgnoredValue &ignored : set.ignored) {
        const QString &key = ignored.value.source.key;
        const QString name = ignored.value.key().database;
        const bool isKnown = std::ranges::contains(set.databases, name, &Database::name)
                             || std::ranges::contains(set.fallbacks, name, &Fallback::name)
                             || std::ranges::contains(set.broken, key, [](const UrlValue &value) {
                                    return value.source.key;
                                });
        if (!isAsked(ignored) || isKnown)
            continue;
        const QString usual = (main->pooled ? *main->pooled : *main->direct).source.key;
        set.fallbacks.push_back(
            {.name = name,
             .source = ignored.value.source,
             .database = main->name,
             .explanation =
                 ignored.reason == IgnoredReason::Empty
                     ? tr("%1 is set to nothing, so applications use %2.").arg(key, usual)
                     : tr("%1 is named by an example and set nowhere, so applications use %2.")
                           .arg(key, usual)});
    }
}

} // namespace core

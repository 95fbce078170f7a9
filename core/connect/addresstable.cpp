// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/addresstable.h"

#include "core/connect/pairing_p.h"

#include <QCoreApplication>
#include <QHash>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::AddressTable", text);
}

AddressRow::Kind kindOf(const IgnoredValue &ignored)
{
    switch (ignored.reason) {
    case IgnoredReason::Shadow:
        return AddressRow::Kind::Shadow;
    case IgnoredReason::BrowserLeak:
        return AddressRow::Kind::Leak;
    case IgnoredReason::Loses:
    case IgnoredReason::SameAddress:
    case IgnoredReason::SameServer:
    case IgnoredReason::Unpaired:
        return AddressRow::Kind::Loser;
    default:
        return AddressRow::Kind::NotUsed;
    }
}

QString usedAs(const Endpoint &endpoint)
{
    return endpoint.role == EndpointRole::Pooled ? tr("Pooled: %1").arg(endpoint.reason)
                                                 : tr("Direct: %1").arg(endpoint.reason);
}

/// Builds the groups from the set; every value of it ends up in exactly one row.
class TableBuilder
{
public:
    explicit TableBuilder(const DatabaseSet &set);
    std::vector<AddressGroup> build();

private:
    [[nodiscard]] AddressGroup groupOf(const Database &database);
    void addEndpoint(const Endpoint &endpoint, AddressGroup &group) const;
    void addLosers(const Database &database, AddressGroup &group);
    void addOtherModes(const Database &database, AddressGroup &group);
    void addIgnored(size_t number, AddressGroup &group);
    [[nodiscard]] AddressGroup rest();

    const DatabaseSet &m_set;
    std::vector<bool> m_placed; ///< which of the ignored stand in a row
    // Numbers of ignored values: there may be thousands.
    QHash<QString, std::vector<size_t>> m_byWinner;
    QHash<QString, std::vector<size_t>> m_asideByKey; ///< of other modes and other loaders
};

TableBuilder::TableBuilder(const DatabaseSet &set)
    : m_set(set)
    , m_placed(set.ignored.size(), false)
{
    for (size_t i = 0; i < set.ignored.size(); ++i) {
        const IgnoredValue &ignored = set.ignored[i];
        if (ignored.winner && kindOf(ignored) == AddressRow::Kind::Loser)
            m_byWinner[placeOf(*ignored.winner)].push_back(i);
        else if (ignored.reason == IgnoredReason::OtherMode
                 || ignored.reason == IgnoredReason::NotRead)
            m_asideByKey[ignored.value.package + u'\n' + ignored.value.source.key].push_back(i);
    }
}

void TableBuilder::addEndpoint(const Endpoint &endpoint, AddressGroup &group) const
{
    AddressRow row;
    row.kind =
        endpoint.role == EndpointRole::Pooled ? AddressRow::Kind::Pooled : AddressRow::Kind::Direct;
    row.source = endpoint.source;
    row.info = endpoint.asWritten();
    row.action = usedAs(endpoint);
    row.namedBy = endpoint.namedBy;
    if (endpoint.elsewhere) {
        row.kind = AddressRow::Kind::Elsewhere;
        row.action = endpoint.elsewhere->reason;
    }
    group.rows.push_back(std::move(row));
    if (!endpoint.twin)
        return;
    group.rows.push_back(
        {.kind = AddressRow::Kind::Twin,
         .source = endpoint.twin->source,
         .info = endpoint.info,
         .action = tr("The way there from here; used instead. %1").arg(usedAs(endpoint)),
         .namedBy = {}});
}

void TableBuilder::addIgnored(size_t number, AddressGroup &group)
{
    const IgnoredValue &ignored = m_set.ignored[number];
    m_placed[number] = true;
    group.rows.push_back({.kind = kindOf(ignored),
                          .source = ignored.value.source,
                          .info = ignored.value.info,
                          .action = ignored.explanation,
                          .namedBy = ignored.value.namedBy});
}

void TableBuilder::addLosers(const Database &database, AddressGroup &group)
{
    for (const Endpoint *endpoint : database.endpoints()) {
        for (const size_t i : m_byWinner.value(placeOf(endpoint->source)))
            addIgnored(i, group);
    }
}

/// The same variables in files of other modes.
void TableBuilder::addOtherModes(const Database &database, AddressGroup &group)
{
    for (const Endpoint *endpoint : database.endpoints()) {
        const QString key = database.package + u'\n' + endpoint->source.key;
        for (const size_t i : m_asideByKey.value(key)) {
            if (!m_placed[i])
                addIgnored(i, group);
        }
    }
}

QString summaryOf(const AddressGroup &group, const Database &database)
{
    if (group.unreachable)
        return tr("reachable inside of %1 only").arg(database.any().elsewhere->where);
    if (group.pooled && group.direct)
        return tr("pooled and direct");
    return group.pooled ? tr("pooled only, no direct address named")
                        : tr("direct only, no pooler named");
}

AddressGroup TableBuilder::groupOf(const Database &database)
{
    AddressGroup group;
    group.database = database.name;
    group.package = database.package;
    group.pooled = database.pooled.has_value();
    group.direct = database.direct.has_value();
    const std::vector<const Endpoint *> endpoints = database.endpoints();
    group.unreachable = std::ranges::all_of(endpoints, &Endpoint::isUnreachable);
    group.summary = summaryOf(group, database);
    for (const Endpoint *endpoint : endpoints)
        addEndpoint(*endpoint, group);
    addLosers(database, group);
    addOtherModes(database, group);
    for (const Fallback &fallback : m_set.fallbacks) {
        if (fallback.database == database.name)
            group.rows.push_back({.kind = AddressRow::Kind::Fallback,
                                  .source = fallback.source,
                                  .info = {},
                                  .action = fallback.explanation,
                                  .namedBy = {}});
    }
    return group;
}

AddressGroup TableBuilder::rest()
{
    AddressGroup group;
    group.summary = tr("recognised, and left alone");
    for (const UrlValue &broken : m_set.broken)
        group.rows.push_back({.kind = AddressRow::Kind::Broken,
                              .source = broken.source,
                              .info = {},
                              .action = broken.error ? broken.error->text() : QString(),
                              .namedBy = broken.namedBy});
    for (size_t i = 0; i < m_set.ignored.size(); ++i) {
        const SourceLocation &source = m_set.ignored[i].value.source;
        const bool isFallback = std::ranges::contains(m_set.fallbacks, source, &Fallback::source);
        if (!m_placed[i] && !isFallback)
            addIgnored(i, group);
    }
    return group;
}

std::vector<AddressGroup> TableBuilder::build()
{
    std::vector<AddressGroup> groups;
    for (const Database &database : m_set.databases)
        groups.push_back(groupOf(database));
    AddressGroup left = rest();
    if (!left.rows.empty())
        groups.push_back(std::move(left));
    return groups;
}

} // namespace

QString AddressRow::address(bool reveal) const
{
    if (!info)
        return kind == Kind::Fallback ? tr("not set") : QString();
    return info->url(reveal).sliced(QLatin1StringView("postgresql://").size());
}

std::vector<AddressGroup> addressTable(const DatabaseSet &set)
{
    return TableBuilder(set).build();
}

std::vector<AddressChangeNote> changeNotes(const DatabaseSet &set)
{
    std::vector<AddressChangeNote> notes;
    for (const Database &database : set.databases) {
        for (const Endpoint *endpoint : database.endpoints()) {
            for (const ConnChange &change : endpoint->info.changes) {
                const QString key = QString::fromUtf8(change.key);
                notes.push_back({.text = change.value.isEmpty()
                                             ? key
                                             : key + u'=' + QString::fromUtf8(change.value),
                                 .source = endpoint->source,
                                 .what = change.reason});
            }
        }
    }
    return notes;
}

} // namespace core

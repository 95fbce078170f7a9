// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/overviewrows.h"

#include "core/connect/addresstable.h"
#include "core/connect/production.h"
#include "ui/common/format.h"

#include <QCoreApplication>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace ui {

namespace {

QString tr(const char *text, int n = -1)
{
    return QCoreApplication::translate("ui::Overview", text, nullptr, n);
}

QString withoutScheme(const QString &url)
{
    const qsizetype mark = url.indexOf("://"_L1);
    return mark < 0 ? url : url.sliced(mark + 3);
}

OverviewRow rowAt(const core::SourceLocation &source)
{
    OverviewRow row;
    row.name = source.key;
    row.place = source.text();
    row.file = source.file;
    row.line = source.line;
    return row;
}

void setAddress(OverviewRow &row, const core::ConnInfo &info)
{
    row.address = withoutScheme(info.url());
    if (info.hasPassword()) {
        row.secret = info.url(true);
        row.password = QString::fromUtf8(info.keywords.at("password"));
    }
}

QString sentence(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

struct KindLook {
    QString iconName;
    Meaning meaning = Meaning::Neutral;
    Meaning actionMeaning = Meaning::Neutral;
    bool struck = false;
};

KindLook lookOf(core::AddressRow::Kind kind)
{
    using enum core::AddressRow::Kind;
    switch (kind) {
    case Pooled:
        return {.iconName = u"pooled"_s};
    case Direct:
        return {.iconName = u"direct"_s};
    case Elsewhere:
        return {.iconName = u"container"_s, .meaning = Meaning::Warning};
    case Twin:
        return {.iconName = u"reference"_s, .meaning = Meaning::Ok, .actionMeaning = Meaning::Ok};
    case Loser:
    case NotUsed:
        return {.iconName = u"remove"_s, .struck = true};
    case Leak:
    case Broken:
        return {
            .iconName = u"error"_s, .meaning = Meaning::Danger, .actionMeaning = Meaning::Danger};
    case Fallback:
    case Shadow:
        break;
    }
    return {.iconName = u"remove"_s};
}

OverviewRow rowOf(const core::AddressRow &address)
{
    OverviewRow row = rowAt(address.source);
    if (address.kind == core::AddressRow::Kind::Twin)
        row.name = tr("local twin");
    if (address.info)
        setAddress(row, *address.info);
    else
        row.address = address.address();
    const KindLook look = lookOf(address.kind);
    row.iconName = look.iconName;
    row.meaning = look.meaning;
    row.actionMeaning = look.actionMeaning;
    row.struck = look.struck;
    row.action = sentence(address.action);
    QStringList named;
    for (const core::SourceLocation &place : address.namedBy)
        named << place.text();
    if (!named.isEmpty())
        row.more = tr("Named by %1").arg(named.join(u", "_s));
    return row;
}

// The same text as another program reads it: both stand there, for a password may differ.
OverviewRow readingRow(const core::SourceLocation &source, const core::OtherReading &reading)
{
    OverviewRow row = rowAt(source);
    row.name = tr("as %1 reads it").arg(isolated(reading.reader));
    row.iconName = u"difference"_s;
    row.meaning = Meaning::Warning;
    row.actionMeaning = Meaning::Warning;
    if (reading.info)
        setAddress(row, *reading.info);
    row.action = reading.difference;
    if (reading.error)
        row.action = reading.error->message;
    row.action = sentence(row.action);
    return row;
}

std::vector<OverviewChip> chipsOf(const core::Database &database)
{
    std::vector<OverviewChip> chips;
    if (core::exposureOf(database).exposure == core::Exposure::Production)
        chips.push_back({Meaning::Production, u"production"_s, tr("Production")});
    else if (core::exposureOf(database).exposure == core::Exposure::Remote)
        chips.push_back({Meaning::ReadOnly, u"remote"_s, tr("Remote")});
    if (database.pooled)
        chips.push_back({Meaning::Neutral, u"pooled"_s, tr("Pooled")});
    if (database.direct)
        chips.push_back({Meaning::Neutral, u"direct"_s, tr("Direct")});
    if (database.any().isUnreachable())
        chips.push_back({Meaning::ReadOnly, u"container"_s, tr("Container only")});
    return chips;
}

QString wordsOf(const core::Database &database)
{
    const QString name = isolated(database.serverName());
    if (database.pooled && database.direct) {
        const QString pooled = database.pooled->info.host();
        const QString direct = database.direct->info.host();
        return pooled == direct
                   ? tr("database %1 at %2").arg(name, isolated(pooled))
                   : tr("database %1 at %2 and %3").arg(name, isolated(pooled), isolated(direct));
    }
    const QString host = isolated(database.any().info.host());
    return database.direct ? tr("database %1 at %2, no pooler named").arg(name, host)
                           : tr("database %1 at %2, pooled only").arg(name, host);
}

// The other readings stand below the row of their address.
void addReadings(OverviewGroup &group, const core::Database &database)
{
    for (const auto *endpoint : {&database.pooled, &database.direct}) {
        if (!*endpoint)
            continue;
        const core::SourceLocation &source = (*endpoint)->source;
        auto place = std::ranges::find_if(group.rows, [&source](const OverviewRow &row) {
            return row.name == source.key && row.place == source.text();
        });
        for (const core::OtherReading &reading : (*endpoint)->otherReadings) {
            if (place != group.rows.end())
                ++place;
            place = group.rows.insert(place, readingRow(source, reading));
        }
    }
}

// What was found out stands behind what the address says.
void addPoolers(OverviewGroup &group, const core::Database &database,
                const core::PoolerFindings &findings)
{
    for (const core::Endpoint *endpoint : database.endpoints()) {
        const auto row = std::ranges::find_if(group.rows, [endpoint](const OverviewRow &one) {
            return !one.struck && one.name == endpoint->source.key
                   && one.place == endpoint->source.text();
        });
        if (row == group.rows.end())
            continue;
        row->role = endpoint->role;
        const core::PoolerFinding *found = findings.of(*endpoint);
        if (!found)
            continue;
        row->action = found->kind == core::PoolerKind::None
                          ? tr("%1; no pooler was seen").arg(row->action)
                          : tr("%1; %2 answers").arg(row->action, core::poolerText(*found));
        row->more = QStringList{row->more, found->evidence}.join(u'\n').trimmed();
        const core::Standing standing = core::standingOf(*endpoint, findings);
        if (endpoint->role == core::EndpointRole::Direct
            && (standing == core::Standing::Pooled
                || standing == core::Standing::StatementPooler)) {
            row->iconName = u"pooled"_s;
            row->meaning = Meaning::Warning;
            row->actionMeaning = Meaning::Warning;
        }
    }
}

OverviewGroup groupOf(const core::Database &database, const core::AddressGroup &found,
                      const core::PoolerFindings &findings)
{
    OverviewGroup group;
    group.iconName = u"database"_s;
    if (core::exposureOf(database).exposure == core::Exposure::Production) {
        group.iconName = u"production"_s;
        group.meaning = Meaning::Production;
    }
    group.name = database.name;
    group.database = database.name;
    group.words = wordsOf(database);
    group.chips = chipsOf(database);
    for (const core::AddressRow &row : found.rows)
        group.rows.push_back(rowOf(row));
    addPoolers(group, database, findings);
    addReadings(group, database);
    return group;
}

OverviewParameter parameterOf(const core::ConnChange &change, const core::SourceLocation &source)
{
    OverviewParameter parameter;
    parameter.name = QString::fromUtf8(change.key);
    if (!change.value.isEmpty())
        parameter.name += u'=' + QString::fromUtf8(change.value);
    parameter.place = source.text();
    parameter.file = source.file;
    parameter.line = source.line;
    parameter.reason = sentence(change.reason);
    switch (change.kind) {
    case core::ConnChange::Kind::Dropped:
        parameter.iconName = u"remove"_s;
        break;
    case core::ConnChange::Kind::Hint:
        parameter.iconName = u"info"_s;
        break;
    case core::ConnChange::Kind::Translated:
        parameter.iconName = u"swap"_s;
        break;
    case core::ConnChange::Kind::Refused:
        parameter.iconName = u"never"_s;
        parameter.meaning = Meaning::Warning;
        break;
    }
    return parameter;
}

void addParameters(Overview &overview, const std::optional<core::Endpoint> &endpoint)
{
    if (!endpoint)
        return;
    for (const core::ConnChange &change : endpoint->info.changes)
        overview.parameters.push_back(parameterOf(change, endpoint->source));
}

OverviewGroup othersOf()
{
    OverviewGroup others;
    others.iconName = u"conceal"_s;
    others.name = tr("Not databases");
    others.words = tr("recognised, and left alone");
    return others;
}

void countPlaces(Overview &overview)
{
    QSet<QString> files;
    for (const OverviewGroup &group : overview.groups) {
        for (const OverviewRow &row : group.rows) {
            if (row.address.isEmpty() && row.meaning != Meaning::Danger)
                continue;
            ++overview.addresses;
            files.insert(row.file);
        }
    }
    overview.files = int(files.size());
}

} // namespace

Overview overviewOf(const core::DatabaseSet &databases, const PoolersOfDatabases &poolers)
{
    Overview overview;
    OverviewGroup broken;
    broken.iconName = u"error"_s;
    broken.meaning = Meaning::Danger;
    broken.name = tr("Cannot be read");
    broken.words = tr("no database until it is corrected");
    OverviewGroup others = othersOf();
    for (const core::AddressGroup &found : core::addressTable(databases)) {
        const auto database =
            std::ranges::find(databases.databases, found.database, &core::Database::name);
        if (!found.database.isEmpty() && database != databases.databases.end()) {
            const auto known = poolers.find(database->name);
            overview.groups.push_back(groupOf(
                *database, found, known == poolers.end() ? core::PoolerFindings() : known->second));
            addParameters(overview, database->pooled);
            addParameters(overview, database->direct);
            continue;
        }
        for (const core::AddressRow &row : found.rows) {
            const bool isBroken = row.kind == core::AddressRow::Kind::Broken;
            (isBroken ? broken : others).rows.push_back(rowOf(row));
        }
    }
    if (!broken.rows.empty())
        overview.groups.push_back(std::move(broken));
    if (!others.rows.empty())
        overview.groups.push_back(std::move(others));
    countPlaces(overview);
    return overview;
}

} // namespace ui

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/changes.h"

#include "core/pq/keyword.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <array>
#include <map>
#include <set>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Changes", text);
}

/// An address in use under the name that tells it apart from the others of its set.
struct Named {
    QString database = {};
    QString package = {};
    const Endpoint *endpoint = nullptr;

    [[nodiscard]] bool isSameNameAs(const Named &other) const
    {
        const SourceLocation &one = endpoint->source;
        const SourceLocation &two = other.endpoint->source;
        // Settings of two files may have the same name; variables are told by theirs alone.
        const bool sameFile = !one.key.contains(u'.') || one.file == two.file;
        return package == other.package && one.key == two.key && sameFile;
    }
};

std::vector<Named> namedOf(const DatabaseSet &set)
{
    std::vector<Named> all;
    for (const Database &database : set.databases) {
        for (const Endpoint *endpoint : database.endpoints())
            all.push_back({database.name, database.package, endpoint});
    }
    return all;
}

QString shown(const QString &text)
{
    return text.isEmpty() ? tr("none") : text;
}

/// The parts of the target that differ, each as "old → new".
QStringList movedParts(const ConnInfo &before, const ConnInfo &after)
{
    QStringList parts;
    const auto add = [&](const QString &form, const QString &old, const QString &now) {
        if (old != now)
            parts.append(form.arg(shown(old), shown(now)));
    };
    add(u"%1 → %2"_s, before.host(), after.host());
    add(tr("port %1 → %2"), QString::number(before.port()), QString::number(after.port()));
    add(tr("database %1 → %2"), before.database(), after.database());
    add(tr("user %1 → %2"), before.user(), after.user());
    return parts;
}

/// Keywords whose values are words of libpq's, numbers or paths. Any other might hold a secret.
bool mayBeShown(const QByteArray &key)
{
    static constexpr auto keys = std::to_array<QByteArrayView>(
        {"sslmode", "sslrootcert", "sslnegotiation", "channel_binding", "ssl_min_protocol_version",
         "target_session_attrs", "require_auth", "connect_timeout"});
    return std::ranges::find(keys, QByteArrayView(key)) != keys.end();
}

/// What an address says beside its target and its password. Values that are not to be seen stand
/// under a null one.
std::map<QByteArray, QByteArray> parametersOf(const ConnInfo &info)
{
    static constexpr auto told =
        std::to_array<QByteArrayView>({"host", "port", "dbname", "user", "password"});
    std::map<QByteArray, QByteArray> parameters;
    // Of no part in the connection (connection_limit); what was translated is a keyword as well.
    for (const ConnChange &change : info.changes) {
        if (change.kind != ConnChange::Kind::Translated)
            parameters[change.key] = change.value;
    }
    for (const auto &[key, value] : info.keywords) {
        if (std::ranges::find(told, QByteArrayView(key)) == told.end())
            parameters[key] = mayBeShown(key) ? value : QByteArray();
    }
    if (info.pgbouncerHint)
        parameters["pgbouncer"_ba] = "true"_ba;
    if (!info.schemaHint.isEmpty())
        parameters["schema"_ba] = info.schemaHint;
    return parameters;
}

/// Those that differ: "sslmode was require, is prefer", "sslkey was not set, is set".
QStringList otherParameters(const ConnInfo &before, const ConnInfo &after)
{
    const std::map<QByteArray, QByteArray> old = parametersOf(before);
    const std::map<QByteArray, QByteArray> now = parametersOf(after);
    std::set<QByteArray> keys;
    for (const auto *parameters : {&old, &now}) {
        for (const auto &[key, value] : *parameters)
            keys.insert(key);
    }
    const auto word = [](const std::map<QByteArray, QByteArray> &parameters,
                         const QByteArray &key) {
        const auto found = parameters.find(key);
        if (found == parameters.end())
            return tr("not set");
        return found->second.isEmpty() ? tr("set") : QString::fromUtf8(found->second);
    };
    QStringList parts;
    for (const QByteArray &key : keys) {
        const QString was = word(old, key);
        const QString is = word(now, key);
        if (was != is)
            parts << tr("%1 was %2, is %3").arg(QString::fromUtf8(key), was, is);
    }
    return parts;
}

std::optional<AddressChange> compared(const Named &before, const Named &after)
{
    const ConnInfo &old = before.endpoint->info;
    const ConnInfo &now = after.endpoint->info;
    if (old == now)
        return std::nullopt;
    AddressChange change{.kind = AddressChange::Kind::Target,
                         .database = after.database,
                         .source = after.endpoint->source,
                         .before = old,
                         .after = now,
                         .text = {}};
    if (const QStringList moved = movedParts(old, now); !moved.isEmpty()) {
        change.text = moved.join(u", "_s);
        return change;
    }
    const QString parameters = otherParameters(old, now).join(u"; "_s);
    const bool samePassword =
        keyword(old.keywords, "password"_ba) == keyword(now.keywords, "password"_ba);
    change.kind = samePassword || !parameters.isEmpty() ? AddressChange::Kind::Parameters
                                                        : AddressChange::Kind::Password;
    if (parameters.isEmpty())
        change.text = samePassword ? tr("other parameters") : tr("another password");
    else
        change.text = (samePassword ? tr("other parameters: %1")
                                    : tr("another password and other parameters: %1"))
                          .arg(parameters);
    return change;
}

AddressChange appeared(const Named &now)
{
    return {.kind = AddressChange::Kind::Added,
            .database = now.database,
            .source = now.endpoint->source,
            .before = {},
            .after = now.endpoint->info,
            .text = tr("new: %1").arg(now.endpoint->info.host())};
}

AddressChange disappeared(const Named &old)
{
    return {.kind = AddressChange::Kind::Removed,
            .database = old.database,
            .source = old.endpoint->source,
            .before = old.endpoint->info,
            .after = {},
            .text = tr("removed: %1").arg(old.endpoint->info.host())};
}

} // namespace

bool AddressChange::isAnotherPlace() const
{
    if (kind == Kind::Added)
        return true;
    return before && after
           && (before->host() != after->host() || before->port() != after->port()
               || before->user() != after->user());
}

std::vector<AddressChange> changesBetween(const DatabaseSet &before, const DatabaseSet &after)
{
    const std::vector<Named> old = namedOf(before);
    const std::vector<Named> now = namedOf(after);
    std::vector<AddressChange> changes;
    for (const Named &one : now) {
        const auto match =
            std::ranges::find_if(old, [&](const Named &other) { return one.isSameNameAs(other); });
        if (match == old.end())
            changes.push_back(appeared(one));
        else if (std::optional<AddressChange> change = compared(*match, one))
            changes.push_back(std::move(*change));
    }
    for (const Named &one : old) {
        if (std::ranges::none_of(now, [&](const Named &other) { return one.isSameNameAs(other); }))
            changes.push_back(disappeared(one));
    }
    return changes;
}

QString changeId(AddressChange::Kind kind)
{
    switch (kind) {
    case AddressChange::Kind::Added:
        return u"added"_s;
    case AddressChange::Kind::Removed:
        return u"removed"_s;
    case AddressChange::Kind::Target:
        return u"target"_s;
    case AddressChange::Kind::Password:
        return u"password"_s;
    case AddressChange::Kind::Parameters:
        break;
    }
    return u"parameters"_s;
}

} // namespace core

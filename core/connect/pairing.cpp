// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/databases.h"
#include "core/connect/pairing_p.h"
#include "core/project/urlkey.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Pairing", text);
}

struct Named {
    UrlValue value = {};
    UrlKey key = {};
    PoolEvidence evidence = {};
    std::optional<UrlValue> twin = {};
};

/// Pairs the values of one database name. Takes them one after the other from the most telling key
/// on, and always says what became of each.
class Pairing
{
public:
    Pairing(QString package, QString name, std::vector<Named> values, DatabaseSet &set)
        : m_values(std::move(values))
        , m_set(set)
    {
        m_database.name = std::move(name);
        m_database.package = std::move(package);
    }

    void run();

private:
    [[nodiscard]] std::optional<Named> take(std::initializer_list<UrlKey::Role> roles);
    void assignDirect(const std::optional<Named> &usual);
    void assignUsual(const std::optional<Named> &usual);
    void assignPooled();
    void assignRest();
    [[nodiscard]] bool isTaken(const Named &named);
    void drop(const Named &named, IgnoredReason reason, const QString &explanation,
              const SourceLocation &winner);
    void warn(const QString &text, const std::vector<SourceLocation> &places);
    void set(std::optional<Endpoint> &endpoint, EndpointRole role, const Named &named,
             const QString &reason) const;
    void addAlone(const Named &named);
    void checkPair();

    Database m_database;
    std::vector<Named> m_values;
    DatabaseSet &m_set;
};

/// Removes and returns the preferred value of the first of the roles that there is.
std::optional<Named> Pairing::take(std::initializer_list<UrlKey::Role> roles)
{
    for (const UrlKey::Role role : roles) {
        auto best = m_values.end();
        for (auto it = m_values.begin(); it != m_values.end(); ++it) {
            if (it->key.role == role && (best == m_values.end() || it->key.rank < best->key.rank))
                best = it;
        }
        if (best == m_values.end())
            continue;
        Named named = std::move(*best);
        m_values.erase(best);
        return named;
    }
    return std::nullopt;
}

void Pairing::set(std::optional<Endpoint> &endpoint, EndpointRole role, const Named &named,
                  const QString &reason) const
{
    endpoint = Endpoint{.role = role,
                        .reason = reason,
                        .info = named.twin ? *named.twin->info : *named.value.info,
                        .text = named.value.text,
                        .source = named.value.source,
                        .otherReadings = named.value.otherReadings,
                        .elsewhere = named.value.elsewhere,
                        .twin = {},
                        .namedBy = named.value.namedBy};
    if (named.twin)
        endpoint->twin = LocalTwin{.named = *named.value.info, .source = named.twin->source};
}

/// What says that a variable is the direct one: its name, or the setting that names it.
QString directReason(const Named &named)
{
    const QString &key = named.value.source.key;
    if (readUrlKey(key).role != UrlKey::Role::Direct && !named.value.namedBy.empty()) {
        const SourceLocation &by = named.value.namedBy.front();
        return tr("named by %1 in %2").arg(by.key.section(u'.', -1), by.text());
    }
    return tr("named by %1").arg(key);
}

void Pairing::drop(const Named &named, IgnoredReason reason, const QString &explanation,
                   const SourceLocation &winner)
{
    m_set.ignored.push_back({named.value, reason, explanation, winner});
}

void Pairing::warn(const QString &text, const std::vector<SourceLocation> &places)
{
    m_set.warnings.push_back(
        {.kind = ProjectWarning::Kind::Pairing, .text = text, .advice = {}, .places = places});
}

/// A variable that is named direct is taken at its word, unless its address says that a pooler
/// shares connections there.
void Pairing::assignDirect(const std::optional<Named> &usual)
{
    while (std::optional<Named> named = take({UrlKey::Role::Direct})) {
        const QString &key = named->value.source.key;
        if (m_database.direct) {
            if (!isTaken(*named)) {
                drop(*named, IgnoredReason::Unpaired,
                     tr("%1 names the direct address already.").arg(m_database.direct->source.key),
                     m_database.direct->source);
            }
        } else if (!named->evidence.pooled || named->evidence.sessionMode) {
            const QString reason =
                named->evidence.sessionMode
                    ? tr("%1; %2").arg(directReason(*named), named->evidence.reason)
                    : directReason(*named);
            set(m_database.direct, EndpointRole::Direct, *named, reason);
        } else {
            warn(tr("%1 in %2 is named direct, but leads to a pooler: %3.")
                     .arg(key, named->value.source.text(), named->evidence.reason),
                 {named->value.source});
            if (usual) {
                drop(*named, IgnoredReason::Unpaired,
                     tr("Not used as direct: %1.").arg(named->evidence.reason),
                     usual->value.source);
            } else if (!m_database.pooled) {
                set(m_database.pooled, EndpointRole::Pooled, *named, named->evidence.reason);
            }
        }
    }
}

/// The variable that applications use: pooled where its address says so, or where another one is
/// named direct.
void Pairing::assignUsual(const std::optional<Named> &usual)
{
    if (!usual)
        return;
    if (usual->evidence.pooled) {
        set(m_database.pooled, EndpointRole::Pooled, *usual, usual->evidence.reason);
    } else if (!m_database.direct) {
        const bool named = usual->key.role == UrlKey::Role::Pooled;
        if (named)
            set(m_database.pooled, EndpointRole::Pooled, *usual,
                tr("named by %1").arg(usual->value.source.key));
        else
            set(m_database.direct, EndpointRole::Direct, *usual, tr("nothing suggests a pooler"));
    } else if (!isTaken(*usual)) {
        set(m_database.pooled, EndpointRole::Pooled, *usual,
            tr("%1 is named as the direct one").arg(m_database.direct->source.key));
    }
}

/// Names that promise a pooler, where the usual variable gave none.
void Pairing::assignPooled()
{
    while (std::optional<Named> named = take({UrlKey::Role::Pooled})) {
        if (isTaken(*named))
            continue;
        if (!m_database.pooled) {
            const QString reason = named->evidence.pooled
                                       ? named->evidence.reason
                                       : tr("named by %1").arg(named->value.source.key);
            set(m_database.pooled, EndpointRole::Pooled, *named, reason);
        } else {
            drop(*named, IgnoredReason::Unpaired,
                 tr("%1 names the pooled address already.").arg(m_database.pooled->source.key),
                 m_database.pooled->source);
        }
    }
}

/// True where an endpoint has this address; the value is recorded as a second name for it.
bool Pairing::isTaken(const Named &named)
{
    for (const Endpoint *endpoint : m_database.endpoints()) {
        if (!sameAddress(endpoint->asWritten(), *named.value.info))
            continue;
        drop(named, IgnoredReason::SameAddress,
             tr("The same address as %1.").arg(endpoint->source.key), endpoint->source);
        return true;
    }
    return false;
}

/// A variable of the same standing with another address is a database of its own, called after the
/// variable.
void Pairing::addAlone(const Named &named)
{
    QString name = named.value.source.key.toLower();
    for (const QLatin1StringView ending : {"_url"_L1, "_uri"_L1, "_dsn"_L1}) {
        if (name.endsWith(ending))
            name.chop(ending.size());
    }
    if (!named.key.ownName.isEmpty())
        name = named.key.ownName;
    Database database;
    database.package = m_database.package;
    database.name = m_database.name == "main"_L1 ? name : m_database.name + u'_' + name;
    if (named.evidence.pooled)
        set(database.pooled, EndpointRole::Pooled, named, named.evidence.reason);
    else
        set(database.direct, EndpointRole::Direct, named, tr("nothing suggests a pooler"));
    m_set.databases.push_back(std::move(database));
}

void Pairing::assignRest()
{
    while (std::optional<Named> named =
               take({UrlKey::Role::Default, UrlKey::Role::Public, UrlKey::Role::NoSsl})) {
        if (isTaken(*named))
            continue;
        const QString server = named->value.info->database();
        const bool fits = m_database.pooled.has_value() != m_database.direct.has_value()
                          && m_database.serverName() == server;
        if (named->key.role == UrlKey::Role::NoSsl) {
            drop(*named, IgnoredReason::Unpaired,
                 tr("An address without TLS; another one is used."), m_database.any().source);
        } else if (fits && !m_database.pooled && named->evidence.pooled) {
            set(m_database.pooled, EndpointRole::Pooled, *named, named->evidence.reason);
        } else if (fits && !m_database.direct && !named->evidence.pooled) {
            set(m_database.direct, EndpointRole::Direct, *named, tr("nothing suggests a pooler"));
        } else if (named->key.role == UrlKey::Role::Public) {
            drop(*named, IgnoredReason::Unpaired,
                 tr("The same database as seen from outside of its platform."),
                 m_database.any().source);
        } else {
            addAlone(*named);
        }
    }
}

void Pairing::checkPair()
{
    if (!m_database.pooled || !m_database.direct)
        return;
    const QString pooled = m_database.pooled->info.database();
    const QString direct = m_database.direct->info.database();
    if (pooled != direct) {
        warn(tr("%1 names the database “%2”, but %3 names “%4”.")
                 .arg(m_database.pooled->source.key, pooled, m_database.direct->source.key, direct),
             {m_database.pooled->source, m_database.direct->source});
    }
}

void Pairing::run()
{
    std::optional<Named> usual = take({UrlKey::Role::Default});
    // Inside of its platform the usual address is the right one; from here only the public one can
    // be.
    if (usual && !usual->twin && !onlyInside(usual->value.info->host()).isEmpty()) {
        if (std::optional<Named> outside = take({UrlKey::Role::Public})) {
            drop(*usual, IgnoredReason::Unpaired,
                 tr("Its host is reachable inside of %1 only; %2 is used from here.")
                     .arg(onlyInside(usual->value.info->host()), outside->value.source.key),
                 outside->value.source);
            usual = std::move(outside);
        }
    }
    if (!usual)
        usual = take({UrlKey::Role::Pooled, UrlKey::Role::Public, UrlKey::Role::NoSsl});
    assignDirect(usual);
    assignUsual(usual);
    assignPooled();
    assignRest();
    checkPair();
    m_set.databases.push_back(std::move(m_database));
}

} // namespace

bool sameAddress(const ConnInfo &one, const ConnInfo &other)
{
    const auto isHere = [](const ConnInfo &info) {
        return classifyHost(info.host()) == HostClass::Loopback;
    };
    const bool sameHost = one.host().compare(other.host(), Qt::CaseInsensitive) == 0
                          || (isHere(one) && isHere(other));
    return sameHost && one.port() == other.port() && one.database() == other.database()
           && one.user() == other.user();
}

std::vector<const Endpoint *> Database::endpoints() const
{
    std::vector<const Endpoint *> endpoints;
    for (const std::optional<Endpoint> *endpoint : {&pooled, &direct}) {
        if (*endpoint)
            endpoints.push_back(&**endpoint);
    }
    return endpoints;
}

const Endpoint &Database::any() const
{
    return direct ? *direct : *pooled;
}

DatabaseSet pairDatabases(const Project &project)
{
    DatabaseSet set;
    set.ignored = project.ignored;
    set.warnings = project.warnings;
    QMap<std::pair<QString, QString>, std::vector<Named>> groups;
    std::vector<const UrlValue *> twins;
    for (const UrlValue &value : project.values) {
        if (value.twinOf && value.info)
            twins.push_back(&value);
    }
    for (const UrlValue &value : project.values) {
        if (value.twinOf)
            continue;
        if (!value.info) {
            set.broken.push_back(value);
            continue;
        }
        const auto twin = std::ranges::find_if(
            twins, [&](const UrlValue *other) { return *other->twinOf == value.source; });
        UrlKey key = value.key();
        groups[{value.package, key.database}].push_back(
            {.value = value,
             .key = key,
             .evidence = poolEvidence(*value.info),
             .twin = twin == twins.end() ? std::nullopt : std::optional(**twin)});
    }
    for (auto it = groups.begin(); it != groups.end(); ++it)
        Pairing(it.key().first, it.key().second, std::move(it.value()), set).run();
    mergeDoubles(project, set);
    qualifyNames(set.databases);
    std::ranges::stable_sort(set.databases, [](const Database &one, const Database &other) {
        const bool oneMain = one.name == "main"_L1;
        const bool otherMain = other.name == "main"_L1;
        return oneMain != otherMain ? oneMain : one.name < other.name;
    });
    makeUnique(set.databases);
    addFallbacks(set);
    return set;
}

} // namespace core

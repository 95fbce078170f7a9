// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/urlkey.h"

#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct KnownKey {
    QLatin1StringView name;
    UrlKey::Role role;
};

using enum UrlKey::Role;

/// Names by which frameworks and platforms hand out addresses (MIGRATION-FORMATS 6.1); a prefix or
/// a suffix, set off by an underscore, names the database. Where one name ends in another the
/// longer stands first. Among keys of one role the earlier is preferred.
constexpr std::array knownKeys = {
    KnownKey{"SHADOW_DATABASE_URL"_L1, Shadow},
    KnownKey{"DATABASE_SHADOW_URL"_L1, Shadow},
    KnownKey{"DATABASE_URL_SHADOW"_L1, Shadow},
    KnownKey{"POSTGRES_SHADOW_URL"_L1, Shadow},
    KnownKey{"SHADOW_DB_URL"_L1, Shadow},
    KnownKey{"SHADOW_URL"_L1, Shadow},
    KnownKey{"DATABASE_URL_UNPOOLED"_L1, Direct},
    KnownKey{"DATABASE_URL_NON_POOLING"_L1, Direct},
    KnownKey{"DATABASE_URL_DIRECT"_L1, Direct},
    KnownKey{"POSTGRES_URL_NON_POOLING"_L1, Direct},
    KnownKey{"POSTGRES_URL_UNPOOLED"_L1, Direct},
    KnownKey{"DIRECT_DATABASE_URL"_L1, Direct},
    KnownKey{"DATABASE_DIRECT_URL"_L1, Direct},
    KnownKey{"DIRECT_POSTGRES_URL"_L1, Direct},
    KnownKey{"POSTGRES_DIRECT_URL"_L1, Direct},
    KnownKey{"UNPOOLED_DATABASE_URL"_L1, Direct},
    KnownKey{"DIRECT_DB_URL"_L1, Direct},
    KnownKey{"DB_DIRECT_URL"_L1, Direct},
    KnownKey{"DIRECT_URL"_L1, Direct},
    KnownKey{"POSTGRES_URL_NO_SSL"_L1, NoSsl},
    KnownKey{"DATABASE_URL_NO_SSL"_L1, NoSsl},
    KnownKey{"DATABASE_PUBLIC_URL"_L1, Public},
    KnownKey{"DATABASE_URL_POOLED"_L1, Pooled},
    KnownKey{"DATABASE_CONNECTION_POOL_URL"_L1, Pooled},
    KnownKey{"POOLED_DATABASE_URL"_L1, Pooled},
    KnownKey{"DATABASE_POOLED_URL"_L1, Pooled},
    KnownKey{"DATABASE_POOLER_URL"_L1, Pooled},
    KnownKey{"DATABASE_POOL_URL"_L1, Pooled},
    KnownKey{"POSTGRES_PRISMA_URL"_L1, Pooled},
    KnownKey{"PGBOUNCER_URL"_L1, Pooled},
    KnownKey{"DATABASE_URL"_L1, Default},
    KnownKey{"POSTGRES_URL"_L1, Default},
    KnownKey{"POSTGRESQL_URL"_L1, Default},
    KnownKey{"SUPABASE_DB_URL"_L1, Default},
    KnownKey{"PG_URL"_L1, Default},
    KnownKey{"DB_URL"_L1, Default},
    KnownKey{"DATABASE_URI"_L1, Default},
    KnownKey{"POSTGRES_URI"_L1, Default},
    KnownKey{"DB_URI"_L1, Default},
    KnownKey{"DATABASE_DSN"_L1, Default},
    KnownKey{"POSTGRES_DSN"_L1, Default},
    KnownKey{"DB_DSN"_L1, Default},
    KnownKey{"PG_DSN"_L1, Default},
};

/// What bundlers demand in front of a name; says nothing of the database.
constexpr std::array browserPrefixes = {"VITE_"_L1,        "NEXT_PUBLIC_"_L1, "REACT_APP_"_L1,
                                        "EXPO_PUBLIC_"_L1, "NUXT_PUBLIC_"_L1, "PUBLIC_"_L1};

QString withoutBrowserPrefix(const QString &key)
{
    for (const QLatin1StringView prefix : browserPrefixes) {
        if (key.startsWith(prefix))
            return key.sliced(prefix.size());
    }
    return key;
}

/// The rest of the name around a known one; nullopt where it does not stand at an end.
std::optional<QString> restAround(const QString &key, QLatin1StringView known)
{
    if (key == known)
        return QString();
    if (key.endsWith(known) && key[key.size() - known.size() - 1] == u'_')
        return key.chopped(known.size() + 1);
    if (key.startsWith(known) && key[known.size()] == u'_')
        return key.sliced(known.size() + 1);
    return std::nullopt;
}

QString databaseName(QString rest)
{
    while (rest.startsWith(u'_'))
        rest = rest.sliced(1);
    while (rest.endsWith(u'_'))
        rest.chop(1);
    return rest.isEmpty() ? u"main"_s : rest.toLower();
}

} // namespace

UrlKey readUrlKey(const QString &key)
{
    const QString upper = withoutBrowserPrefix(key.toUpper());
    UrlKey result;
    result.inBrowser = upper.size() != key.size();
    for (const KnownKey &known : knownKeys) {
        ++result.rank;
        if (const std::optional<QString> rest = restAround(upper, known.name)) {
            result.role = known.role;
            result.database = databaseName(*rest);
            result.known = true;
            return result;
        }
    }
    QString rest = upper;
    for (const QLatin1StringView ending :
         {"_CONNECTION_STRING"_L1, "_URL"_L1, "_URI"_L1, "_DSN"_L1}) {
        if (rest.endsWith(ending)) {
            rest.chop(ending.size());
            break;
        }
    }
    ++result.rank;
    result.database = databaseName(rest);
    return result;
}

} // namespace core

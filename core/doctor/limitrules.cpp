// SPDX-License-Identifier: GPL-3.0-or-later
// The server has no connection left for us. All of it is SQLSTATE 53300.
#include "core/doctor/rules_p.h"

#include <array>

using namespace Qt::StringLiterals;

namespace core::doctor {

namespace {

bool isFull(const Failure &failure)
{
    return hasState(failure, "53300") || hasId(failure, "connection.tooMany");
}

Fix seeWho()
{
    return seeActivity(Text::tr("See who has them; sessions that are idle for hours come from "
                                "processes that were never stopped."));
}

Fix smallerPools(const Failure &failure)
{
    if (failure.database && failure.database->pooled && !isPooled(failure))
        return {.sentence = Text::tr("Let the application use the pooled address (%1), and keep "
                                     "the direct one for migrations.")
                                .arg(failure.database->pooled->source.text())};
    return {.sentence = Text::tr("Give each process a smaller pool: processes × pool size has to "
                                 "stay below the limit."),
            .text = u"connection_limit=5"_s};
}

std::optional<Explanation> ofRole(const Failure &failure)
{
    // Not "reserved for roles with …", which is the whole server's.
    if (!isFull(failure) || !says(failure, "connections for role"_L1))
        return {};
    const QString role = userOf(failure);
    return Explanation{
        .title = Text::tr("“%1” may not have more connections").arg(role),
        .why = Text::tr("The role has a limit of its own (CONNECTION LIMIT), and it is reached. "
                        "The server itself has connections left."),
        .fixes = {seeWho(),
                  smallerPools(failure),
                  {.sentence = Text::tr("Or raise the limit, as an administrator."),
                   .text = u"ALTER ROLE %1 CONNECTION LIMIT 50;"_s.arg(sqlName(role))}},
    };
}

std::optional<Explanation> ofDatabase(const Failure &failure)
{
    if (!isFull(failure) || !says(failure, "connections for database"_L1))
        return {};
    const QString name = databaseOf(failure);
    return Explanation{
        .title = Text::tr("The database “%1” may not have more connections").arg(name),
        .why = Text::tr("The database has a limit of its own (CONNECTION LIMIT), and it is "
                        "reached. The server itself has connections left."),
        .fixes = {seeWho(),
                  smallerPools(failure),
                  {.sentence = Text::tr("Or raise the limit, as its owner."),
                   .text = u"ALTER DATABASE %1 CONNECTION LIMIT 50;"_s.arg(sqlName(name))}},
    };
}

std::optional<Explanation> reserved(const Failure &failure)
{
    if (!isFull(failure) || !says(failure, "reserved"_L1))
        return {};
    return Explanation{
        .title = Text::tr("Only connections kept for administrators are left"),
        .why = Text::tr("max_connections is reached, except for the few that superusers keep "
                        "(superuser_reserved_connections)."),
        .fixes = {seeWho(),
                  smallerPools(failure),
                  {.sentence = Text::tr("A superuser still gets in and can end sessions.")}},
    };
}

std::optional<Explanation> ofServer(const Failure &failure)
{
    if (!isFull(failure))
        return {};
    return Explanation{
        .title = Text::tr("The server has too many clients"),
        .why = Text::tr("max_connections is reached: the pools of all processes together are "
                        "larger than what the server takes."),
        .fixes = {seeWho(),
                  smallerPools(failure),
                  {.sentence = Text::tr("Raising it needs a restart and memory for each "
                                        "connection; a pooler is the better way."),
                   .text = u"ALTER SYSTEM SET max_connections = 200;"_s}},
    };
}

constexpr std::array rules = {
    Rule{"limits.role", ofRole},
    Rule{"limits.database", ofDatabase},
    Rule{"limits.reserved", reserved},
    Rule{"limits.server", ofServer},
};

} // namespace

std::span<const Rule> limitRules()
{
    return rules;
}

} // namespace core::doctor

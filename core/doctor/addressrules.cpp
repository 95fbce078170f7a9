// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses that cannot be read, and hosts that mean nothing on this machine.
#include "core/doctor/rules_p.h"

#include <array>

using namespace Qt::StringLiterals;

namespace core::doctor {

namespace {

std::optional<Explanation> unescaped(const Failure &failure)
{
    if (!hasId(failure, "conninfo.unescaped") && !hasId(failure, "conninfo.badPercent"))
        return {};
    return Explanation{
        .title = failure.error.message,
        .why = Text::tr("In a URL some characters end a part or begin a code, so a password that "
                        "holds one of them has to have it written as a percent code. Programs "
                        "differ in what they make of it as it stands."),
        .where = failure.error.place,
        .fixes = {Fix{.sentence = failure.error.advice}},
    };
}

std::optional<Explanation> unreadable(const Failure &failure)
{
    if (!failure.error.id.startsWith("conninfo."))
        return {};
    return Explanation{
        .title = failure.error.message,
        .why = Text::tr("The address cannot be read, so nothing was connected to."),
        .where = failure.error.place,
        .fixes = {Fix{.sentence = failure.error.advice.isEmpty()
                                      ? Text::tr("Correct the address where it stands.")
                                      : failure.error.advice}},
    };
}

/// The same address with a host that is here.
ConnInfo onThisMachine(const ConnInfo &info)
{
    ConnInfo local = info;
    local.keywords["host"_ba] = "localhost"_ba;
    return local;
}

std::optional<Explanation> onlyInsideOf(const Failure &failure)
{
    if (failure.error.kind != ErrorKind::Connection && failure.error.kind != ErrorKind::Timeout)
        return {};
    if (!failure.endpoint)
        return {};
    const QString host = failure.endpoint->info.host();
    QString inside = onlyInside(host);
    // A name without a dot that nobody knows is a service of a compose file or a container.
    const bool service = inside.isEmpty() && hasId(failure, "connection.dns") && !host.isEmpty()
                         && !host.contains(u'.') && !host.contains(u':');
    if (inside.isEmpty() && !service)
        return {};
    Explanation told{
        .title = service ? Text::tr("“%1” is not a name of this network").arg(host)
                         : Text::tr("“%1” exists only inside of %2").arg(host, inside),
        .why = service
                   ? Text::tr("A short name like this is mostly a service of a compose file: "
                              "containers find each other by it, this machine does not.")
                   : Text::tr("Programs that run there find this host; from this machine there is "
                              "no way to it."),
    };
    told.fixes.push_back(
        {.sentence = Text::tr("Give this machine an address of its own in an env file that wins, "
                              "for example .env.local; the port has to be published."),
         .text = envLine(*failure.endpoint, onThisMachine(failure.endpoint->info)),
         .before = envLine(*failure.endpoint, failure.endpoint->info)});
    if (!service)
        told.fixes.push_back(
            {.sentence = Text::tr("Or use the public address that the platform shows, or a tunnel "
                                  "to it.")});
    return told;
}

constexpr std::array rules = {
    Rule{"address.unescaped", unescaped},
    Rule{"address.unreadable", unreadable},
    Rule{"address.onlyInside", onlyInsideOf},
};

} // namespace

std::span<const Rule> addressRules()
{
    return rules;
}

} // namespace core::doctor

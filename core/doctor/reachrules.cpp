// SPDX-License-Identifier: GPL-3.0-or-later
// The server is not reached, or not in the way it wants.
#include "core/doctor/rules_p.h"

#include "core/pq/keyword.h"

#include <array>

using namespace Qt::StringLiterals;

namespace core::doctor {

namespace {

bool isHere(const Failure &failure)
{
    return failure.endpoint && classifyHost(failure.endpoint->info.host()) == HostClass::Loopback;
}

std::optional<Explanation> refused(const Failure &failure)
{
    if (!hasId(failure, "connection.refused"))
        return {};
    Explanation told{.title = Text::tr("Nothing answers at %1").arg(addressOf(failure))};
    if (isHere(failure)) {
        told.why = Text::tr("This machine answered at once that no program listens on this port: "
                            "the server is not running, or it listens on another port.");
        told.fixes = {
            {.sentence = Text::tr("Start the server, or the container that holds it.")},
            {.sentence = Text::tr("Find out which ports have a server."), .text = u"ss -ltn"_s},
            {.sentence = Text::tr("Or make a database of your own for this folder."),
             .text = u"sluicectl local create"_s,
             .action = "project.createLocal"_ba},
        };
    } else {
        told.why = Text::tr("The machine is there and answered at once that no program listens on "
                            "this port: the server is down, or the port is another one.");
        told.fixes = {
            {.sentence = Text::tr("Check the port: servers listen on 5432, PgBouncer on 6432, "
                                  "Supabase's transaction pooler on 6543.")},
            {.sentence = Text::tr("See whether the platform has paused the database.")},
        };
    }
    return told;
}

std::optional<Explanation> unknownHost(const Failure &failure)
{
    if (!hasId(failure, "connection.dns"))
        return {};
    const QString host = failure.endpoint ? failure.endpoint->info.host() : failure.error.place;
    return Explanation{
        .title = Text::tr("There is no host “%1”").arg(host),
        .why = Text::tr("The name of the host was not found. A typing error, a database that was "
                        "deleted, or no network are the usual causes."),
        .fixes = {{.sentence = Text::tr("Compare the host with what the platform shows today.")},
                  {.sentence = Text::tr("See whether this machine finds the name at all."),
                   .text = u"getent hosts "_s + host},
                  {.sentence = Text::tr("Connect the VPN if the name belongs to one.")}},
    };
}

std::optional<Explanation> noAnswer(const Failure &failure)
{
    const bool stalled = hasId(failure, "connection.stalled");
    if (!stalled && !hasId(failure, "connection.timeout"))
        return {};
    return Explanation{
        .title = stalled ? Text::tr("%1 has stopped answering").arg(addressOf(failure))
                         : Text::tr("%1 does not answer").arg(addressOf(failure)),
        .why = stalled ? Text::tr("The connection is open, but nothing comes through it any more. "
                                  "A network that changed, a firewall that forgot the connection, "
                                  "or a server that hangs look like this.")
                       : Text::tr("Nothing came back, not even a refusal. A firewall or an address "
                                  "list that does not have you on it looks like this."),
        .fixes = {{.sentence = Text::tr("Add your present address to the list of those that the "
                                        "platform lets in.")},
                  {.sentence = Text::tr("Connect the VPN if the database is behind one.")},
                  {.sentence =
                       Text::tr("A database that sleeps may need some seconds: try again.")}},
    };
}

std::optional<Explanation> noWay(const Failure &failure)
{
    if (!hasId(failure, "connection.unreachable"))
        return {};
    Explanation told{
        .title = Text::tr("There is no way to %1 from here").arg(addressOf(failure)),
        .why = Text::tr("This machine has no route to that address. An IPv6 address in a network "
                        "that has IPv4 only looks like this, and so does a VPN that is off."),
        .fixes = {{.sentence = Text::tr("Connect the VPN if the database is behind one.")}},
    };
    if (failure.database && failure.database->pooled && !isPooled(failure))
        told.fixes.push_back({.sentence = Text::tr("The pooled address of this database may have "
                                                   "IPv4; for reading it will do.")});
    return told;
}

std::optional<Explanation> noSocket(const Failure &failure)
{
    if (!hasId(failure, "connection.noSocket"))
        return {};
    return Explanation{
        .title = Text::tr("There is no server socket at %1").arg(addressOf(failure)),
        .why = Text::tr("A host that begins with “/” is a folder with a socket. There is none for "
                        "this port: the server is not running, or keeps its socket elsewhere."),
        .fixes = {{.sentence = Text::tr("Start the server.")},
                  {.sentence = Text::tr("Or connect over TCP, with localhost as the host.")}},
    };
}

std::optional<Explanation> tlsNotOffered(const Failure &failure)
{
    if (!hasId(failure, "connection.tls") || !failure.error.message.contains("not support SSL"_L1))
        return {};
    Explanation told{
        .title = Text::tr("%1 does not offer encryption").arg(addressOf(failure)),
        .why = Text::tr("The address asks for an encrypted connection, and the server or pooler at "
                        "the other end has none to give."),
        .fixes = {{.sentence = Text::tr("Switch TLS on at the server (ssl = on), or at the pooler "
                                        "(client_tls_sslmode).")}},
    };
    if (failure.endpoint && classifyHost(failure.endpoint->info.host()) != HostClass::Public)
        told.fixes.push_back(parameterFix(
            Text::tr("In a network that you trust, sslmode=prefer takes what there is."), failure,
            "sslmode"_ba, "prefer"_ba));
    return told;
}

std::optional<Explanation> tlsFailed(const Failure &failure)
{
    if (!hasId(failure, "connection.tls"))
        return {};
    return Explanation{
        .title = Text::tr("No encrypted connection to %1").arg(addressOf(failure)),
        .why = failure.error.message,
        .fixes = {{.sentence = Text::tr("With sslmode=verify-full the certificate must be signed "
                                        "by an authority this machine knows and name this very "
                                        "host. Check the host name first.")},
                  {.sentence = Text::tr("sslmode=require encrypts without checking who answers."),
                   .text = u"sslmode=require"_s}},
    };
}

/// Where encryption was to be tried too, it was: the server has none, or refused with it as well.
bool triedPlainOnly(const Failure &failure)
{
    return !failure.endpoint || keyword(failure.endpoint->keywords(), "sslmode"_ba) == "disable";
}

std::optional<Explanation> tlsWanted(const Failure &failure)
{
    const bool byServer = hasState(failure, "28000") && triedPlainOnly(failure)
                          && (says(failure, "no encryption"_L1) || says(failure, "SSL off"_L1));
    if (!byServer && !says(failure, "SSL required"_L1))
        return {};
    Explanation told{
        .title = byServer ? Text::tr("The server does not let you in without encryption")
                          : Text::tr("The pooler takes encrypted connections only"),
        .why = byServer
                   ? Text::tr("The connection was made without encryption, and pg_hba.conf has no "
                              "line that lets such a one in from here.")
                   : Text::tr("The connection was made without encryption."),
        .fixes = {parameterFix(Text::tr("Ask for encryption in the address."), failure,
                               "sslmode"_ba, "require"_ba)},
    };
    if (byServer)
        told.fixes.push_back(hbaLine(failure));
    return told;
}

constexpr std::array rules = {
    Rule{"reach.refused", refused},     Rule{"reach.dns", unknownHost},
    Rule{"reach.timeout", noAnswer},    Rule{"reach.noRoute", noWay},
    Rule{"reach.noSocket", noSocket},   Rule{"reach.tlsNotOffered", tlsNotOffered},
    Rule{"reach.tlsFailed", tlsFailed}, Rule{"reach.tlsWanted", tlsWanted},
};

} // namespace

std::span<const Rule> reachRules()
{
    return rules;
}

} // namespace core::doctor

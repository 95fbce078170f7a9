// SPDX-License-Identifier: GPL-3.0-or-later
// The server is there and does not let us in.
#include "core/doctor/rules_p.h"

#include "core/pq/keyword.h"

#include <array>

using namespace Qt::StringLiterals;

namespace core::doctor {

namespace {

QString secretOf(const Failure &failure)
{
    return failure.endpoint
               ? QString::fromUtf8(keyword(failure.endpoint->info.keywords, "password"_ba))
               : QString();
}

/// What about the way the password is written may have changed it; none of its characters is said
/// but those that have a meaning in URLs and env files.
QStringList suspicions(const Failure &failure)
{
    QStringList found;
    if (!failure.endpoint)
        return found;
    const QString secret = secretOf(failure);
    for (const OtherReading &other : failure.endpoint->otherReadings)
        found << Text::tr("%1 reads this line differently: %2").arg(other.reader, other.difference);
    if (failure.endpoint->info.passwordDecoded)
        found << Text::tr("Its percent codes were read as characters. If the password itself holds "
                          "a “%”, that has to be written as %25.");
    if (secret.contains(u'%') && !failure.endpoint->info.passwordDecoded)
        found << Text::tr("It holds a “%”.");
    if (secret.contains(u'+'))
        found << Text::tr("It holds a “+”, which stands for itself in a URL. A blank is %20.");
    const bool quoted = secret.size() > 1 && (secret.front() == u'"' || secret.front() == u'\'')
                        && secret.back() == secret.front();
    if (quoted)
        found << Text::tr("It begins and ends with a quotation mark, which may belong to the env "
                          "file's line.");
    if (!secret.isEmpty() && secret.trimmed() != secret)
        found << Text::tr("It begins or ends with a blank.");
    return found;
}

std::optional<Explanation> wrongPasswordAsWritten(const Failure &failure)
{
    if (!hasId(failure, "auth.password"))
        return {};
    const QStringList found = suspicions(failure);
    if (found.isEmpty())
        return {};
    return Explanation{
        .title = Text::tr("The password of “%1” was not accepted, and its spelling in the URL is "
                          "suspicious")
                     .arg(userOf(failure)),
        .why = found.join(u' '),
        .fixes = {{.sentence = Text::tr("Write the password with percent codes for everything but "
                                        "letters, digits and “-._~”. This prints the coded form of "
                                        "what you type:"),
                   .text = u"python3 -c \"import getpass, urllib.parse as u; "
                           "print(u.quote(getpass.getpass(), safe=''))\""_s},
                  {.sentence = Text::tr("If it is right as it stands, set it anew at the server or "
                                        "the platform.")}},
    };
}

std::optional<Explanation> wrongPassword(const Failure &failure)
{
    if (!hasId(failure, "auth.password"))
        return {};
    Explanation told{
        .title = Text::tr("The password of “%1” was not accepted").arg(userOf(failure)),
        .why = Text::tr("The server does not say whether the user or the password is wrong: it "
                        "answers the same for a user that does not exist."),
        .fixes = {{.sentence = Text::tr("Copy the address anew from where the database is managed; "
                                        "the password may have been changed there.")},
                  {.sentence = Text::tr("Check that the user exists on this very server.")}},
    };
    if (isPooled(failure))
        told.fixes.push_back({.sentence = Text::tr("A pooler keeps passwords of its own. If the "
                                                   "direct address works, its list of users is "
                                                   "out of date.")});
    return told;
}

std::optional<Explanation> noPassword(const Failure &failure)
{
    if (!hasId(failure, "auth.passwordMissing"))
        return {};
    return Explanation{
        .title = Text::tr("The server asks for a password, and the address has none"),
        .why = Text::tr("Passwords are taken from the address alone, never from a file in your "
                        "home folder or from the environment."),
        .fixes = {{.sentence = Text::tr("Add the password behind the user: user:password@host.")}},
    };
}

std::optional<Explanation> clearText(const Failure &failure)
{
    if (!hasId(failure, "auth.clearText"))
        return {};
    return Explanation{
        .title = Text::tr("The server wants the password in clear text"),
        .why = Text::tr("Whoever answers at this address would read the password. It was not sent: "
                        "only a server whose certificate was checked may ask for that."),
        .fixes = {{.sentence = Text::tr("Let the server use SCRAM: in pg_hba.conf scram-sha-256 "
                                        "instead of “password”.")},
                  parameterFix(Text::tr("Or connect with a checked certificate."), failure,
                               "sslmode"_ba, "verify-full"_ba)},
    };
}

std::optional<Explanation> notInHba(const Failure &failure)
{
    if (!hasState(failure, "28000")
        || (!says(failure, "no pg_hba.conf entry"_L1) && !says(failure, "pg_hba.conf rejects"_L1)))
        return {};
    return Explanation{
        .title =
            Text::tr("The server's rules have no place for “%1” from here").arg(userOf(failure)),
        .why = Text::tr("pg_hba.conf names who may connect to which database from which address. "
                        "No line of it fits, or the first that fits rejects."),
        .fixes = {hbaLine(failure),
                  {.sentence = Text::tr("On a platform: add your address to the list of those that "
                                        "are let in.")}},
    };
}

std::optional<Explanation> noRole(const Failure &failure)
{
    if (!hasId(failure, "auth.refused")
        || (!says(failure, "does not exist"_L1) && !says(failure, "no such user"_L1)))
        return {};
    return Explanation{
        .title = Text::tr("There is no user “%1” on this server").arg(userOf(failure)),
        .why = Text::tr("The server was reached and does not know this role. Often the address "
                        "leads to another server than it was meant for."),
        .fixes = {{.sentence = Text::tr("Check the user of the address.")},
                  {.sentence = Text::tr("Or make the role, as an administrator."),
                   .text = u"CREATE ROLE %1 LOGIN;"_s.arg(sqlName(userOf(failure)))}},
    };
}

std::optional<Explanation> mayNotLogIn(const Failure &failure)
{
    if (!hasId(failure, "auth.refused") || !says(failure, "not permitted to log in"_L1))
        return {};
    return Explanation{
        .title = Text::tr("“%1” is a role that cannot log in").arg(userOf(failure)),
        .why = Text::tr("The role exists as a group or an owner; it was never given the right to "
                        "connect."),
        .fixes = {{.sentence = Text::tr("Connect as a member of it, or allow it, as an "
                                        "administrator."),
                   .text = u"ALTER ROLE %1 LOGIN;"_s.arg(sqlName(userOf(failure)))}},
    };
}

std::optional<Explanation> mayNotConnect(const Failure &failure)
{
    if (!hasState(failure, "42501") || !says(failure, "permission denied for database"_L1)
        || !failure.error.sessionLost)
        return {};
    const QString database = databaseOf(failure);
    return Explanation{
        .title = Text::tr("“%1” may not connect to “%2”").arg(userOf(failure), database),
        .why = Text::tr("User and password are right; the role lacks the right CONNECT on this "
                        "database."),
        .fixes = {{.sentence = Text::tr("Give it, as the owner of the database."),
                   .text = u"GRANT CONNECT ON DATABASE %1 TO %2;"_s.arg(sqlName(database),
                                                                        sqlName(userOf(failure)))}},
    };
}

std::optional<Explanation> noDatabase(const Failure &failure)
{
    if (!hasId(failure, "connection.databaseMissing")
        && !hasId(failure, "connection.databaseDropped"))
        return {};
    const QString name = databaseOf(failure);
    return Explanation{
        .title = Text::tr("There is no database “%1” on this server").arg(name),
        .why = Text::tr("The server was reached and let you in. The database was never made there, "
                        "was dropped, or is called otherwise."),
        .fixes = {{.sentence = Text::tr("Check the name at the end of the address.")},
                  {.sentence = Text::tr("Or make it, and apply the migrations."),
                   .text = u"CREATE DATABASE %1;"_s.arg(sqlName(name))}},
    };
}

std::optional<Explanation> otherRefusal(const Failure &failure)
{
    if (failure.error.kind != ErrorKind::Authentication)
        return {};
    return Explanation{
        .title = Text::tr("The server does not let “%1” in").arg(userOf(failure)),
        .why = failure.error.message,
        .fixes = {{.sentence = Text::tr("Check the user of this address, and whether the server "
                                        "admits it from this machine (pg_hba.conf).")}},
    };
}

constexpr std::array rules = {
    Rule{"auth.passwordEncoding", wrongPasswordAsWritten},
    Rule{"auth.password", wrongPassword},
    Rule{"auth.passwordMissing", noPassword},
    Rule{"auth.clearText", clearText},
    Rule{"auth.notInHba", notInHba},
    Rule{"auth.noRole", noRole},
    Rule{"auth.noLogin", mayNotLogIn},
    Rule{"auth.noConnect", mayNotConnect},
    Rule{"auth.noDatabase", noDatabase},
    Rule{"auth.refused", otherRefusal},
};

} // namespace

Fix hbaLine(const Failure &failure)
{
    const QString database = failure.endpoint ? failure.endpoint->info.database() : u"…"_s;
    return {.sentence = Text::tr("Add a line to the server's pg_hba.conf, with your address in "
                                 "place of the dots, and reload it."),
            .text = u"host  %1  %2  …/32  scram-sha-256"_s.arg(database, userOf(failure))};
}

std::span<const Rule> authRules()
{
    return rules;
}

} // namespace core::doctor

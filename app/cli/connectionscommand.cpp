// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/connectionscommand.h"

#include "core/connect/production.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QLocale>

#include <algorithm>
#include <array>
#include <tuple>

using namespace Qt::StringLiterals;

namespace cli {

namespace {

/// "host", "host:port", "[::1]:port".
core::Result<std::pair<QString, quint16>> hostAndPort(const QString &text, quint16 otherwise)
{
    const qsizetype colon = text.lastIndexOf(u':');
    const bool hasPort = colon > 0 && (text.count(u':') == 1 || text[colon - 1] == u']');
    QString host = hasPort ? text.first(colon) : text;
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.sliced(1, host.size() - 2);
    bool good = true;
    const uint port = hasPort ? text.sliced(colon + 1).toUInt(&good) : otherwise;
    if (!good || port > 65535 || (hasPort && port == 0))
        return std::unexpected(
            usageError(ConnectionsCommand::tr("“%1” is no host and port.").arg(text)));
    return std::pair(host, quint16(port));
}

QString absolute(const QString &file)
{
    return file.isEmpty() || file == "system"_L1 ? file : QFileInfo(file).absoluteFilePath();
}

QJsonObject connectionJson(const core::SavedConnection &connection)
{
    QJsonObject json{{u"name"_s, connection.name},
                     {u"host"_s, connection.host},
                     {u"port"_s, connection.port},
                     {u"dbname"_s, connection.database},
                     {u"user"_s, connection.user},
                     {u"password"_s, core::secretPlaceId(connection.secret)},
                     {u"sslmode"_s, QString::fromLatin1(core::effectiveSslMode(connection))}};
    if (connection.pooled)
        json[u"pooled"_s] = u"%1:%2"_s.arg(connection.pooled->host).arg(connection.pooled->port);
    if (connection.ssh)
        json[u"ssh"_s] = connection.ssh->text();
    if (!connection.folder.isEmpty())
        json[u"folder"_s] = connection.folder;
    if (const auto database = core::databaseOf(connection))
        json[u"exposure"_s] = core::exposureId(core::exposureOf(*database).exposure);
    return json;
}

QString connectionText(const core::SavedConnection &connection)
{
    QString text = connection.name + u'\n';
    const auto database = core::databaseOf(connection);
    if (!database)
        return text;
    for (const auto &endpoint : {database->pooled, database->direct}) {
        if (endpoint)
            text += u"  %1  %2\n"_s.arg(core::roleId(endpoint->role).leftJustified(6),
                                        endpoint->info.url());
    }
    const core::ExposureFinding finding = core::exposureOf(*database);
    if (finding.exposure != core::Exposure::Local)
        text += u"          %1: %2\n"_s.arg(core::exposureId(finding.exposure), finding.reason);
    if (connection.ssh)
        text += u"          "_s
                + ConnectionsCommand::tr("through ssh to %1").arg(connection.ssh->text()) + u'\n';
    if (!connection.folder.isEmpty())
        text +=
            u"          "_s + ConnectionsCommand::tr("beside %1").arg(connection.folder) + u'\n';
    return text;
}

} // namespace

void ConnectionsCommand::start()
{
    const QString what = arguments().operands.isEmpty() ? u"list"_s : arguments().operands.first();
    const bool wantsName = what != "list"_L1;
    constexpr std::array known = {"list"_L1, "add"_L1, "edit"_L1, "remove"_L1, "test"_L1};
    if (!std::ranges::contains(known, what))
        return fail(usageError(tr("There is no “connections %1”.").arg(what),
                               tr("It is one of list, add, edit, remove and test.")));
    if (wantsName != (arguments().operands.size() == 2))
        return fail(wantsName ? usageError(tr("The connection's name is missing."),
                                           u"sluicectl connections %1 NAME"_s.arg(what))
                              : usageError(tr("The list takes no name.")));
    if (what == "list"_L1)
        return list();
    if (what == "test"_L1)
        return test();
    if (what == "remove"_L1)
        return remove();
    if (what == "add"_L1) {
        core::SavedConnection fresh;
        fresh.name = arguments().operands[1];
        return save(fresh);
    }
    const auto before = named();
    if (!before)
        return fail(before.error());
    save(*before);
}

void ConnectionsCommand::interrupt()
{
    if (m_test && m_test->isRunning())
        m_test->cancel();
    Command::interrupt();
}

core::Result<core::SavedConnection> ConnectionsCommand::named() const
{
    return m_store.find(arguments().operands.value(1));
}

void ConnectionsCommand::list()
{
    const auto content = m_store.read();
    if (!content)
        return fail(content.error());
    QJsonArray array;
    QString text;
    for (const core::SavedConnection &connection : content->connections) {
        array.append(connectionJson(connection));
        text += connectionText(connection);
    }
    for (const core::Error &problem : content->problems)
        say(errorText(problem));
    if (wantsJson())
        printJson({{u"connections"_s, array}});
    else
        print(content->connections.empty() ? tr("No connection is saved.") + u'\n' : text);
    done();
}

core::Result<core::SavedConnection> ConnectionsCommand::withUrl(core::SavedConnection connection,
                                                                const QString &url)
{
    const auto pasted = core::connectionOfUrl(url);
    if (!pasted)
        return std::unexpected(pasted.error());
    if (!pasted->password.isEmpty())
        return std::unexpected(
            usageError(tr("A password in an argument is seen by everybody on this machine."),
                       tr("Leave it out of the URL; it is asked for, or give --password-file -.")));
    for (const core::ConnChange &change : pasted->dropped)
        say(u"%1: %2\n"_s.arg(QString::fromUtf8(change.key), change.reason));
    connection.host = pasted->connection.host;
    connection.port = pasted->connection.port;
    connection.database = pasted->connection.database;
    connection.user = pasted->connection.user;
    if (!pasted->connection.sslMode.isEmpty())
        connection.sslMode = pasted->connection.sslMode;
    for (const auto member : {&core::SavedConnection::rootCert, &core::SavedConnection::clientCert,
                              &core::SavedConnection::clientKey}) {
        if (!(pasted->connection.*member).isEmpty())
            connection.*member = pasted->connection.*member;
    }
    return connection;
}

core::Result<core::SavedConnection>
ConnectionsCommand::withOptions(core::SavedConnection connection)
{
    if (const auto url = arguments().value(u"url"_s)) {
        auto filled = withUrl(std::move(connection), *url);
        if (!filled)
            return filled;
        connection = std::move(*filled);
    }
    connection.name = arguments().value(u"name"_s).value_or(connection.name);
    connection.database = arguments().value(u"dbname"_s).value_or(connection.database);
    connection.user = arguments().value(u"user"_s).value_or(connection.user);
    if (const auto host = arguments().value(u"host"_s)) {
        const auto place = hostAndPort(*host, connection.port);
        if (!place)
            return std::unexpected(place.error());
        std::tie(connection.host, connection.port) = *place;
    }
    if (const auto pooled = arguments().value(u"pooled-twin"_s)) {
        const auto place = hostAndPort(*pooled, 6432);
        if (!place)
            return std::unexpected(place.error());
        connection.pooled.reset();
        if (!pooled->isEmpty())
            connection.pooled =
                core::SavedConnection::Twin{.host = place->first, .port = place->second};
    }
    if (const auto ssh = arguments().value(u"ssh"_s)) {
        const auto hop = ssh->isEmpty() ? core::Result<core::SshHop>() : core::parseHop(*ssh);
        if (!hop)
            return std::unexpected(hop.error());
        connection.ssh = ssh->isEmpty() ? std::nullopt : std::optional(*hop);
    }
    if (const auto mode = arguments().value(u"sslmode"_s)) {
        constexpr std::array modes = {""_L1,        "disable"_L1,   "prefer"_L1,
                                      "require"_L1, "verify-ca"_L1, "verify-full"_L1};
        if (!std::ranges::contains(modes, *mode))
            return std::unexpected(usageError(tr("There is no TLS mode “%1”.").arg(*mode)));
        connection.sslMode = mode->toLatin1();
    }
    connection.rootCert = absolute(arguments().value(u"root-cert"_s).value_or(connection.rootCert));
    connection.clientCert =
        absolute(arguments().value(u"client-cert"_s).value_or(connection.clientCert));
    connection.clientKey =
        absolute(arguments().value(u"client-key"_s).value_or(connection.clientKey));
    if (const auto place = arguments().value(u"password"_s)) {
        const auto known = core::secretPlaceNamed(*place);
        if (!known)
            return std::unexpected(
                usageError(tr("--password says where it is kept: keychain, ask or none."),
                           tr("The password itself is asked for, or read by --password-file -.")));
        connection.secret = *known;
    }
    if (arguments().has(u"production"_s))
        connection.production = true;
    if (const auto folder = arguments().value(u"project"_s))
        connection.folder = folder->isEmpty() ? QString() : QFileInfo(*folder).canonicalFilePath();
    return connection;
}

core::Result<std::optional<QString>>
ConnectionsCommand::newPassword(const core::SavedConnection &connection) const
{
    if (const auto file = arguments().value(u"password-file"_s)) {
        const auto secret = readSecretFile(*file);
        if (!secret)
            return std::unexpected(secret.error());
        return *secret;
    }
    const bool fresh = connection.id.isEmpty() || arguments().value(u"password"_s).has_value();
    if (connection.secret != core::SecretPlace::Keychain || !fresh)
        return std::nullopt;
    return promptSecret(tr("Password of %1 (empty: asked for later): ").arg(connection.user));
}

void ConnectionsCommand::save(const core::SavedConnection &before)
{
    auto wanted = withOptions(before);
    if (!wanted)
        return fail(wanted.error());
    if (const auto valid = core::databaseOf(*wanted); !valid)
        return fail(valid.error());
    const auto password = newPassword(*wanted);
    if (!password)
        return fail(password.error());
    const auto kept = m_store.save(*wanted);
    if (!kept)
        return fail(kept.error());
    if (*password && !(*password)->isEmpty() && kept->secret == core::SecretPlace::Keychain)
        keep(*kept, **password);
    else
        saved(*kept);
}

/// The connection is saved whatever the keychain says.
void ConnectionsCommand::keep(const core::SavedConnection &connection, const QString &password)
{
    m_secrets.keychain()
        .write(connection.id, password)
        .then(this, [this, connection](const core::Result<> &written) {
            if (!written)
                return fail(written.error());
            saved(connection);
        });
}

void ConnectionsCommand::saved(const core::SavedConnection &connection)
{
    if (wantsJson())
        printJson(connectionJson(connection));
    else
        print(connectionText(connection));
    done();
}

void ConnectionsCommand::remove()
{
    const auto connection = named();
    if (!connection)
        return fail(connection.error());
    if (!arguments().has(u"yes"_s)
        && !(canAsk() && ask(tr("Remove the saved connection %1?").arg(connection->name)))) {
        core::Error error;
        error.kind = core::ErrorKind::Consent;
        error.id = "savedConnection.consent";
        error.message = tr("Nothing was removed.");
        error.advice = tr("Give --yes to remove it.");
        return fail(error);
    }
    if (const auto removed = m_store.remove(connection->id); !removed)
        return fail(removed.error());
    m_secrets.keychain()
        .remove(connection->id)
        .then(this, [this, name = connection->name](const core::Result<> &) {
            // A keychain that does not answer holds nothing that we could take out.
            if (wantsJson())
                printJson({{u"removed"_s, name}});
            else
                print(tr("%1 was removed.").arg(name) + u'\n');
            done();
        });
}

void ConnectionsCommand::test()
{
    const auto connection = named();
    if (!connection)
        return fail(connection.error());
    m_test =
        std::make_unique<core::ConnectionTest>(*connection, &m_secrets.keeper(), core::SshSetup{});
    if (const auto file = arguments().value(u"password-file"_s)) {
        const auto secret = readSecretFile(*file);
        if (!secret)
            return fail(secret.error());
        m_test->setPassword(*secret);
    }
    connect(m_test.get(), &core::ConnectionTest::finished, this, &ConnectionsCommand::printTest);
    m_test->start();
}

void ConnectionsCommand::printTest()
{
    QJsonArray array;
    QString text;
    qsizetype widest = 0;
    for (const core::StepReport &step : m_test->steps())
        widest = std::max(widest, step.title.size());
    std::optional<core::Error> error;
    for (const core::StepReport &step : m_test->steps()) {
        const double milliseconds = double(step.took.count()) / 1000.0;
        const bool timed = step.took.count() > 0;
        const QString state = core::ConnectionTest::stateId(step.state);
        QJsonObject json{{u"step"_s, core::ConnectionTest::stepId(step.step)},
                         {u"state"_s, state},
                         {u"fact"_s, step.fact}};
        if (timed)
            json[u"ms"_s] = milliseconds;
        array.append(json);
        const QString took =
            timed ? tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', 1)) : QString();
        text += u"%1  %2  %3  %4\n"_s.arg(state.leftJustified(8), took.rightJustified(10),
                                          step.title.leftJustified(widest), step.fact);
        if (step.error)
            error = step.error;
    }
    if (wantsJson())
        printJson({{u"steps"_s, array}});
    else
        print(text);
    if (error)
        return fail(*error);
    done();
}

} // namespace cli

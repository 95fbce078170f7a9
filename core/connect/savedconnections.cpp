// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/connect/savedconnections.h"

#include "core/base/jsonstore.h"
#include "core/base/paths.h"
#include "core/pq/connsecurity.h"
#include "core/pq/keyword.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int schema = 1;
constexpr auto listKey = "connections"_L1;
constexpr qsizetype longestName = 200;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::SavedConnections", text);
}

constexpr std::array secretPlaces = {std::pair{SecretPlace::Ask, "ask"_L1},
                                     std::pair{SecretPlace::Keychain, "keychain"_L1},
                                     std::pair{SecretPlace::None, "none"_L1}};

/// Known keys that hold plain text, so that reading and writing cannot differ.
constexpr std::array texts = {std::pair{"name"_L1, &SavedConnection::name},
                              std::pair{"host"_L1, &SavedConnection::host},
                              std::pair{"database"_L1, &SavedConnection::database},
                              std::pair{"user"_L1, &SavedConnection::user},
                              std::pair{"rootCert"_L1, &SavedConnection::rootCert},
                              std::pair{"clientCert"_L1, &SavedConnection::clientCert},
                              std::pair{"clientKey"_L1, &SavedConnection::clientKey},
                              std::pair{"folder"_L1, &SavedConnection::folder}};

quint16 portOf(const QJsonValue &value, quint16 otherwise)
{
    const int number = value.toInt(otherwise);
    return number > 0 && number <= 65535 ? quint16(number) : quint16(0);
}

SavedConnection fromJson(const QJsonObject &json)
{
    SavedConnection connection;
    connection.id = json["id"_L1].toString();
    for (const auto &[key, member] : texts)
        connection.*member = json[key].toString();
    connection.port = portOf(json["port"_L1], 5432);
    connection.sslMode = json["sslmode"_L1].toString().toLatin1();
    connection.clearTextPassword = json["clearTextPassword"_L1].toBool();
    connection.production = json["production"_L1].toBool();
    connection.secret = secretPlaceNamed(json["password"_L1].toString()).value_or(SecretPlace::Ask);
    if (const QJsonValue twin = json["pooled"_L1]; twin.isObject()) {
        connection.pooled = SavedConnection::Twin{.host = twin["host"_L1].toString(),
                                                  .port = portOf(twin["port"_L1], 6432)};
    }
    if (const QJsonValue hop = json["ssh"_L1]; hop.isObject()) {
        connection.ssh =
            SshHop{.host = hop["host"_L1].toString(),
                   .user = hop["user"_L1].toString(),
                   .port = hop["port"_L1].toInt() > 0 ? portOf(hop["port"_L1], 0) : quint16(0)};
    }
    return connection;
}

void setOrRemove(QJsonObject &json, QLatin1StringView key, const QJsonValue &value, bool there)
{
    if (there)
        json.insert(key, value);
    else
        json.remove(key);
}

/// Over what is there: keys that we do not know stay.
void writeInto(QJsonObject &json, const SavedConnection &connection)
{
    json.insert("id"_L1, connection.id);
    for (const auto &[key, member] : texts)
        setOrRemove(json, key, connection.*member, !(connection.*member).isEmpty());
    json.insert("port"_L1, connection.port);
    setOrRemove(json, "sslmode"_L1, QString::fromLatin1(connection.sslMode),
                !connection.sslMode.isEmpty());
    setOrRemove(json, "clearTextPassword"_L1, true, connection.clearTextPassword);
    setOrRemove(json, "production"_L1, true, connection.production);
    json.insert("password"_L1, secretPlaceId(connection.secret));
    QJsonObject twin = json["pooled"_L1].toObject();
    if (connection.pooled) {
        twin.insert("host"_L1, connection.pooled->host);
        twin.insert("port"_L1, connection.pooled->port);
    }
    setOrRemove(json, "pooled"_L1, twin, connection.pooled.has_value());
    QJsonObject hop = json["ssh"_L1].toObject();
    if (connection.ssh) {
        hop.insert("host"_L1, connection.ssh->host);
        setOrRemove(hop, "user"_L1, connection.ssh->user, !connection.ssh->user.isEmpty());
        setOrRemove(hop, "port"_L1, connection.ssh->port, connection.ssh->port != 0);
    }
    setOrRemove(json, "ssh"_L1, hop, connection.ssh.has_value());
}

Error brokenEntry(const Error &cause, const QJsonValue &entry, const QString &file)
{
    Error error = cause;
    error.id = "savedConnection.broken";
    const QString name = entry["name"_L1].toString();
    error.message = tr("The saved connection “%1” cannot be used: %2")
                        .arg(name.isEmpty() ? tr("without a name") : name, cause.message);
    error.place = file;
    error.position = 0;
    return error;
}

Result<> checkName(const QString &name)
{
    const bool plain = std::ranges::none_of(name, [](QChar c) {
        return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format
               || c.category() == QChar::Separator_Line;
    });
    if (plain && !name.trimmed().isEmpty() && name.size() <= longestName)
        return {};
    return failure(ErrorKind::Usage, "savedConnection.name"_ba,
                   tr("A saved connection needs a name of one line."), {},
                   tr("Give it a short name, such as staging."));
}

QString quoted(const QString &value)
{
    return u'\'' + QString(value).replace(u'\\', "\\\\"_L1).replace(u'\'', "\\'"_L1) + u'\'';
}

/// Checked and brought into shape by the same parser as every other address.
Result<ConnInfo> addressOf(const SavedConnection &connection, const QString &host, quint16 port)
{
    QString text = u"host=%1 port=%2 user=%3"_s.arg(quoted(host), QString::number(port),
                                                    quoted(connection.user));
    if (!connection.database.isEmpty())
        text += " dbname="_L1 + quoted(connection.database);
    Result<ConnInfo> info = parseConnInfo(text, ConnOrigin::User);
    if (!info) {
        info.error().position = 0; // of a text that nobody wrote
        return info;
    }
    const QByteArray mode = effectiveSslMode(connection);
    info->keywords["sslmode"_ba] = mode;
    if (!connection.rootCert.isEmpty())
        info->keywords["sslrootcert"_ba] = connection.rootCert.toUtf8();
    if (!connection.clientCert.isEmpty()) {
        info->keywords["sslcert"_ba] = connection.clientCert.toUtf8();
        info->keywords["sslkey"_ba] = connection.clientKey.toUtf8();
    }
    return info;
}

Endpoint endpointOf(const SavedConnection &connection, ConnInfo info)
{
    Endpoint endpoint;
    endpoint.info = std::move(info);
    endpoint.source.key = connection.name;
    endpoint.source.savedId = connection.id.isEmpty() ? u"new"_s : connection.id;
    // A person's choice is the floor and the ceiling: only they lower it.
    endpoint.security.lowestSslMode = effectiveSslMode(connection);
    endpoint.security.clearTextPassword = connection.clearTextPassword;
    endpoint.ssh = connection.ssh;
    return endpoint;
}

} // namespace

QByteArray effectiveSslMode(const SavedConnection &connection)
{
    if (!connection.sslMode.isEmpty())
        return connection.sslMode;
    if (connection.production)
        return "verify-full"_ba;
    return minimumSslMode(classifyHost(connection.host));
}

Result<Database> databaseOf(const SavedConnection &connection)
{
    if (const Result<> named = checkName(connection.name); !named)
        return std::unexpected(named.error());
    if (connection.ssh) {
        if (const Result<> hop = checkHop(*connection.ssh); !hop)
            return std::unexpected(hop.error());
        if (classifyHost(connection.host) == HostClass::Socket)
            return failure(ErrorKind::Usage, "savedConnection.socket"_ba,
                           tr("A local socket cannot be reached through ssh."), connection.host,
                           tr("Write localhost and the port, as the machine behind ssh has it."));
    }
    Result<ConnInfo> info = addressOf(connection, connection.host, connection.port);
    if (!info)
        return std::unexpected(info.error());
    Database database;
    database.name = connection.name;
    if (connection.production)
        database.mark = ExposureMark::Production;
    Endpoint first = endpointOf(connection, *info);
    const PoolEvidence evidence = poolEvidence(first.info);
    const bool pooled = evidence.pooled && !evidence.sessionMode;
    first.role = pooled ? EndpointRole::Pooled : EndpointRole::Direct;
    first.reason = evidence.reason.isEmpty() ? tr("entered by you") : evidence.reason;
    (pooled ? database.pooled : database.direct) = std::move(first);
    if (!connection.pooled)
        return database;
    if (pooled) {
        return failure(ErrorKind::Usage, "savedConnection.twin"_ba,
                       tr("The address itself is a pooler: %1.").arg(evidence.reason), {},
                       tr("Enter the direct address first, and this one as its pooled twin."));
    }
    info = addressOf(connection, connection.pooled->host, connection.pooled->port);
    if (!info)
        return std::unexpected(info.error());
    Endpoint twin = endpointOf(connection, std::move(*info));
    twin.role = EndpointRole::Pooled;
    twin.reason = tr("entered as the pooled twin");
    database.pooled = std::move(twin);
    return database;
}

Result<PastedConnection> connectionOfUrl(const QString &url)
{
    const Result<ConnInfo> info = parseConnInfo(url.trimmed(), ConnOrigin::User);
    if (!info)
        return std::unexpected(info.error());
    const auto value = [&info](const QByteArray &key) { return keyword(info->keywords, key); };
    PastedConnection pasted;
    pasted.connection.host = info->host();
    pasted.connection.port = info->port();
    pasted.connection.database = info->database();
    pasted.connection.user = info->user();
    pasted.connection.sslMode = value("sslmode"_ba);
    pasted.connection.rootCert = QString::fromUtf8(value("sslrootcert"_ba));
    pasted.connection.clientCert = QString::fromUtf8(value("sslcert"_ba));
    pasted.connection.clientKey = QString::fromUtf8(value("sslkey"_ba));
    pasted.password = QString::fromUtf8(value("password"_ba));
    pasted.dropped = info->changes;
    static const std::array<QByteArray, 9> kept = {"host"_ba,        "port"_ba,     "dbname"_ba,
                                                   "user"_ba,        "password"_ba, "sslmode"_ba,
                                                   "sslrootcert"_ba, "sslcert"_ba,  "sslkey"_ba};
    for (const auto &[key, text] : info->keywords) {
        if (std::ranges::find(kept, key) == kept.end())
            pasted.dropped.push_back({.kind = ConnChange::Kind::Dropped,
                                      .key = key,
                                      .reason = tr("has no place in a saved connection")});
    }
    return pasted;
}

SavedConnectionStore::SavedConnectionStore(QString file)
    : m_file(file.isEmpty() ? configDirectory() + "/connections.json"_L1 : std::move(file))
{
}

Result<SavedConnectionStore::Content> SavedConnectionStore::read() const
{
    const JsonStore store(m_file, schema);
    Content content;
    Result<QJsonObject> object = store.read();
    if (!object && object.error().id == "store.broken") {
        const Result<QString> aside = store.moveAside();
        if (!aside)
            return std::unexpected(aside.error());
        Error error = object.error();
        error.id = "savedConnection.movedAside";
        error.message = tr("The file of saved connections is damaged and was moved aside.");
        error.advice =
            tr("It is %1 now; mend it and move it back, or enter them again.").arg(*aside);
        content.problems.push_back(std::move(error));
        return content;
    }
    if (!object)
        return std::unexpected(object.error());
    const QJsonArray list = (*object)[listKey].toArray();
    for (const QJsonValue &entry : list) {
        SavedConnection connection = fromJson(entry.toObject());
        if (const Result<Database> database = databaseOf(connection);
            !database || connection.id.isEmpty()) {
            Error cause = database ? Error{} : database.error();
            if (database)
                cause.message = tr("it has no id.");
            content.problems.push_back(brokenEntry(cause, entry, m_file));
            continue;
        }
        content.connections.push_back(std::move(connection));
    }
    std::ranges::sort(content.connections, [](const auto &one, const auto &other) {
        return one.name.localeAwareCompare(other.name) < 0;
    });
    return content;
}

Result<SavedConnection> SavedConnectionStore::find(const QString &name) const
{
    const Result<Content> content = read();
    if (!content)
        return std::unexpected(content.error());
    const auto found = std::ranges::find(content->connections, name, &SavedConnection::name);
    if (found != content->connections.end())
        return *found;
    QStringList names;
    for (const SavedConnection &connection : content->connections)
        names << connection.name;
    return failure(ErrorKind::Usage, "savedConnection.unknown"_ba,
                   tr("There is no saved connection “%1”.").arg(name), m_file,
                   names.isEmpty() ? tr("None is saved yet.")
                                   : tr("There are: %1.").arg(names.join(u", "_s)));
}

Result<SavedConnection> SavedConnectionStore::save(SavedConnection connection) const
{
    connection.name = connection.name.trimmed();
    if (const Result<Database> database = databaseOf(connection); !database)
        return std::unexpected(database.error());
    if (connection.id.isEmpty())
        connection.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const Result<> done = JsonStore(m_file, schema).update([&](QJsonObject &object) -> Result<> {
        QJsonArray list = object[listKey].toArray();
        qsizetype at = list.size();
        for (qsizetype i = 0; i < list.size(); ++i) {
            if (list[i]["id"_L1].toString() == connection.id)
                at = i;
            else if (list[i]["name"_L1].toString() == connection.name)
                return failure(ErrorKind::Usage, "savedConnection.nameTaken"_ba,
                               tr("There is a saved connection “%1” already.").arg(connection.name),
                               m_file, tr("Give it another name."));
        }
        QJsonObject entry = at < list.size() ? list[at].toObject() : QJsonObject();
        writeInto(entry, connection);
        if (at < list.size())
            list.replace(at, entry);
        else
            list.append(entry);
        object.insert(listKey, list);
        return {};
    });
    if (!done)
        return std::unexpected(done.error());
    return connection;
}

Result<> SavedConnectionStore::remove(const QString &id) const
{
    return JsonStore(m_file, schema).update([&](QJsonObject &object) -> Result<> {
        QJsonArray list = object[listKey].toArray();
        for (qsizetype i = 0; i < list.size(); ++i) {
            if (list[i]["id"_L1].toString() != id)
                continue;
            list.removeAt(i);
            object.insert(listKey, list);
            return {};
        }
        return failure(ErrorKind::Usage, "savedConnection.unknown"_ba,
                       tr("This saved connection is gone."), m_file);
    });
}

Result<TrustToken> SavedConnectionStore::token(const SavedConnection &connection)
{
    const Result<Database> database = databaseOf(connection);
    if (!database)
        return std::unexpected(database.error());
    std::vector<TrustTarget> targets;
    for (const Endpoint *endpoint : database->endpoints())
        targets.push_back(TrustTarget::of(endpoint->info));
    return TrustToken({}, std::move(targets));
}

QString secretPlaceId(SecretPlace place)
{
    return std::ranges::find(secretPlaces, place, &std::pair<SecretPlace, QLatin1StringView>::first)
        ->second;
}

std::optional<SecretPlace> secretPlaceNamed(const QString &id)
{
    for (const auto &[place, name] : secretPlaces) {
        if (id == name)
            return place;
    }
    return std::nullopt;
}

} // namespace core

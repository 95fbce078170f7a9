// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/connparameters_p.h"

#include "core/pq/connsecurity.h"
#include "core/pq/searchpath.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core::conntext {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::ConnInfo)
};

/// What becomes of a key.
enum class Rule : quint8 {
    Keep,         ///< passed on
    Alias,        ///< passed on under `other`
    Choice,       ///< passed on if the value is one of `other`
    Timeout,      ///< connect_timeout, in whole seconds
    SslMode,      ///< one of libpq's six, or a driver's name for one
    SslSwitch,    ///< ssl=true
    RequireAuth,  ///< only what asks for more than the default
    RootCert,     ///< a file of the user's; `system` means verify-full
    Schema,       ///< hint
    PgBouncer,    ///< hint
    Options,      ///< -c search_path=x is a hint; the rest is the user's own
    UserOnly,     ///< names a file, a socket or a behaviour of this computer
    Never,        ///< would take the decision out of our hands whoever says so
    Pool,         ///< of the application's connection pool
    Driver,       ///< of the application's database driver
    Certificates, ///< a driver's word on what is checked of a certificate
};

struct Row {
    QLatin1StringView key;
    Rule rule;
    QLatin1StringView other = {};
};

constexpr std::array table = {
    Row{"host"_L1, Rule::Keep},
    Row{"port"_L1, Rule::Keep},
    Row{"dbname"_L1, Rule::Keep},
    Row{"user"_L1, Rule::Keep},
    Row{"password"_L1, Rule::Keep},
    Row{"socket"_L1, Rule::Alias, "host"_L1}, // dbmate
    Row{"connect_timeout"_L1, Rule::Timeout},
    Row{"connectTimeout"_L1, Rule::Timeout}, // JDBC
    Row{"loginTimeout"_L1, Rule::Timeout},
    Row{"sslmode"_L1, Rule::SslMode},
    Row{"ssl-mode"_L1, Rule::SslMode},
    Row{"ssl"_L1, Rule::SslSwitch},
    Row{"channel_binding"_L1, Rule::Choice, "prefer require"_L1},
    Row{"ssl_min_protocol_version"_L1, Rule::Choice, "TLSv1.2 TLSv1.3"_L1},
    Row{"sslnegotiation"_L1, Rule::Choice, "postgres direct"_L1},
    Row{"target_session_attrs"_L1, Rule::Choice,
        "any read-write read-only primary standby prefer-standby"_L1},
    Row{"require_auth"_L1, Rule::RequireAuth},
    Row{"sslrootcert"_L1, Rule::RootCert},
    Row{"ssl-ca"_L1, Rule::RootCert},
    Row{"schema"_L1, Rule::Schema},
    Row{"search_path"_L1, Rule::Schema},
    Row{"currentSchema"_L1, Rule::Schema},
    Row{"pgbouncer"_L1, Rule::PgBouncer},
    Row{"options"_L1, Rule::Options},

    Row{"hostaddr"_L1, Rule::UserOnly},
    Row{"passfile"_L1, Rule::UserOnly},
    Row{"sslcert"_L1, Rule::UserOnly},
    Row{"ssl-cert"_L1, Rule::UserOnly, "sslcert"_L1},
    Row{"sslkey"_L1, Rule::UserOnly},
    Row{"ssl-key"_L1, Rule::UserOnly, "sslkey"_L1},
    Row{"sslpassword"_L1, Rule::UserOnly},
    Row{"sslcrl"_L1, Rule::UserOnly},
    Row{"sslcrldir"_L1, Rule::UserOnly},
    Row{"sslcertmode"_L1, Rule::UserOnly},
    Row{"sslsni"_L1, Rule::UserOnly},
    Row{"min_protocol_version"_L1, Rule::UserOnly}, // libpq 18
    Row{"max_protocol_version"_L1, Rule::UserOnly},
    Row{"ssl_max_protocol_version"_L1, Rule::UserOnly},
    Row{"requirepeer"_L1, Rule::UserOnly},
    Row{"krbsrvname"_L1, Rule::UserOnly},
    Row{"gsslib"_L1, Rule::UserOnly},
    Row{"gssdelegation"_L1, Rule::UserOnly},
    Row{"gssencmode"_L1, Rule::UserOnly},
    Row{"keepalives"_L1, Rule::UserOnly},
    Row{"keepalives_idle"_L1, Rule::UserOnly},
    Row{"keepalives_interval"_L1, Rule::UserOnly},
    Row{"keepalives_count"_L1, Rule::UserOnly},
    Row{"tcp_user_timeout"_L1, Rule::UserOnly},

    Row{"service"_L1, Rule::Never},
    Row{"servicefile"_L1, Rule::Never},
    Row{"replication"_L1, Rule::Never},
    Row{"load_balance_hosts"_L1, Rule::Never},
    Row{"client_encoding"_L1, Rule::Never},
    Row{"authtype"_L1, Rule::Never},
    Row{"sslcompression"_L1, Rule::Never},
    Row{"sslkeylogfile"_L1, Rule::Never},
    Row{"oauth_issuer"_L1, Rule::Never},
    Row{"oauth_client_id"_L1, Rule::Never},
    Row{"oauth_client_secret"_L1, Rule::Never},
    Row{"oauth_scope"_L1, Rule::Never},
    Row{"scram_client_key"_L1, Rule::Never},
    Row{"scram_server_key"_L1, Rule::Never},

    Row{"connection_limit"_L1, Rule::Pool}, // Prisma
    Row{"pool_timeout"_L1, Rule::Pool},
    Row{"max_connection_lifetime"_L1, Rule::Pool},
    Row{"max_idle_connection_lifetime"_L1, Rule::Pool},
    Row{"single_use_connections"_L1, Rule::Pool},
    Row{"max"_L1, Rule::Pool}, // node
    Row{"idle_timeout"_L1, Rule::Pool},
    Row{"pool"_L1, Rule::Pool}, // Rails
    Row{"checkout_timeout"_L1, Rule::Pool},
    Row{"reaping_frequency"_L1, Rule::Pool},
    Row{"pool_size"_L1, Rule::Pool}, // SQLAlchemy, Ecto
    Row{"max_overflow"_L1, Rule::Pool},
    Row{"pool_recycle"_L1, Rule::Pool},
    Row{"pool_pre_ping"_L1, Rule::Pool},
    Row{"pool_max_conns"_L1, Rule::Pool}, // pgx
    Row{"pool_min_conns"_L1, Rule::Pool},
    Row{"pool_max_conn_lifetime"_L1, Rule::Pool},
    Row{"pool_max_conn_idle_time"_L1, Rule::Pool},
    Row{"pool_health_check_period"_L1, Rule::Pool},
    Row{"pool_max_conn_lifetime_jitter"_L1, Rule::Pool},

    Row{"application_name"_L1, Rule::Driver},
    Row{"fallback_application_name"_L1, Rule::Driver},
    Row{"ApplicationName"_L1, Rule::Driver},
    Row{"socket_timeout"_L1, Rule::Driver},
    Row{"socketTimeout"_L1, Rule::Driver},
    Row{"statement_cache_size"_L1, Rule::Driver},
    Row{"statement-cache-capacity"_L1, Rule::Driver},
    Row{"statement_cache_capacity"_L1, Rule::Driver},
    Row{"default_query_exec_mode"_L1, Rule::Driver},
    Row{"prepared_statements"_L1, Rule::Driver},
    Row{"prepare"_L1, Rule::Driver},
    Row{"prepareThreshold"_L1, Rule::Driver},
    Row{"reWriteBatchedInserts"_L1, Rule::Driver},
    Row{"binary_parameters"_L1, Rule::Driver},
    Row{"tcpKeepAlive"_L1, Rule::Driver},
    Row{"targetServerType"_L1, Rule::Driver},
    Row{"stringtype"_L1, Rule::Driver},
    Row{"sslaccept"_L1, Rule::Certificates},
    Row{"sslidentity"_L1, Rule::Driver},
    Row{"sslfactory"_L1, Rule::Driver},
    Row{"uselibpqcompat"_L1, Rule::Driver},
    Row{"workaround"_L1, Rule::Driver},
    Row{"supa"_L1, Rule::Driver},
};

const Row *rowOf(const QByteArray &key)
{
    const auto found =
        std::ranges::find_if(table, [&key](const Row &row) { return row.key == key; });
    return found == table.end() ? nullptr : found;
}

/// Keys come from the file too: they are shown, so they are kept short and plain.
QByteArray shownKey(const QByteArray &key)
{
    return key.size() <= 64 ? key : QString::fromUtf8(key).left(40).toUtf8() + "…";
}

void note(ConnInfo &info, ConnChange::Kind kind, const QByteArray &key, const QString &reason)
{
    info.changes.push_back({.kind = kind, .key = shownKey(key), .value = {}, .reason = reason});
}

/// Only for keys of the table, whose values are words and numbers.
void noteValue(ConnInfo &info, ConnChange::Kind kind, const Setting &setting, const QString &reason)
{
    note(info, kind, setting.key, reason);
    info.changes.back().value = shownKey(setting.value);
}

void keepAs(ConnInfo &info, const QByteArray &key, const Setting &setting, const QByteArray &value)
{
    info.keywords[key] = value;
    if (setting.key != key || setting.value != value) {
        note(info, ConnChange::Kind::Translated, setting.key,
             Text::tr("passed on as %1=%2").arg(QString::fromUtf8(key), QString::fromUtf8(value)));
    }
}

void applyTimeout(ConnInfo &info, const Setting &setting)
{
    bool number = false;
    const qint64 seconds = setting.value.trimmed().toLongLong(&number);
    if (!number) {
        note(info, ConnChange::Kind::Dropped, setting.key, Text::tr("not a number of seconds"));
        return;
    }
    // In libpq zero and less mean "for ever".
    const qint64 clamped = seconds <= 0 ? 30 : std::min<qint64>(seconds, 30);
    keepAs(info, "connect_timeout"_ba, setting, QByteArray::number(clamped));
}

void applySslMode(ConnInfo &info, const Setting &setting)
{
    static constexpr std::array<std::pair<QLatin1StringView, QLatin1StringView>, 13> modes = {{
        {"disable"_L1, "disable"_L1},
        {"allow"_L1, "allow"_L1},
        {"prefer"_L1, "prefer"_L1},
        {"require"_L1, "require"_L1},
        {"verify-ca"_L1, "verify-ca"_L1},
        {"verify-full"_L1, "verify-full"_L1},
        {"no-verify"_L1, "require"_L1}, // node-pg
        {"disabled"_L1, "disable"_L1},  // MySQL's words, which some libraries use for both
        {"preferred"_L1, "prefer"_L1},
        {"required"_L1, "require"_L1},
        {"verify_ca"_L1, "verify-ca"_L1},
        {"verify_identity"_L1, "verify-full"_L1},
        {"verify_full"_L1, "verify-full"_L1},
    }};
    const QByteArray value = setting.value.toLower();
    const auto found =
        std::ranges::find_if(modes, [&value](const auto &mode) { return mode.first == value; });
    if (found == modes.end()) {
        note(info, ConnChange::Kind::Dropped, setting.key, Text::tr("no known mode"));
        return;
    }
    // Said twice in one address, the stronger word holds.
    const QByteArray mode(found->second.data(), found->second.size());
    if (sslModeRank(mode) >= sslModeRank(info.keywords["sslmode"_ba]))
        keepAs(info, "sslmode"_ba, setting, mode);
}

void applySslSwitch(ConnInfo &info, const Setting &setting)
{
    const QByteArray value = setting.value.toLower();
    const bool off =
        value == "false" || value == "0" || value == "off" || value == "no" || value == "disable";
    Setting mode = setting;
    if (off)
        mode.value = "disable"_ba;
    else if (value == "prefer" || value == "allow" || value == "verify-ca"
             || value == "verify-full")
        mode.value = value;
    else // true, 1, require, no-verify, a node object: all want encryption
        mode.value = "require"_ba;
    applySslMode(info, mode);
}

void applyRequireAuth(ConnInfo &info, const Setting &setting, ConnOrigin origin)
{
    // Any other list could let in what the default keeps out.
    if (setting.value == "scram-sha-256" || origin == ConnOrigin::User) {
        info.keywords["require_auth"_ba] = setting.value;
        return;
    }
    note(info, ConnChange::Kind::Refused, setting.key,
         Text::tr("could allow a weaker way of logging in"));
}

void refuseForFile(ConnInfo &info, const QByteArray &key)
{
    note(info, ConnChange::Kind::Refused, key, Text::tr("may be set only by you, not by a file"));
}

void applyRootCert(ConnInfo &info, const Setting &setting, ConnOrigin origin)
{
    if (setting.value == "system") {
        // What libpq makes of it too: the system's authorities are worth nothing without the name.
        keepAs(info, "sslmode"_ba, setting, "verify-full"_ba);
    } else if (origin == ConnOrigin::User) {
        info.keywords["sslrootcert"_ba] = setting.value;
    } else {
        refuseForFile(info, setting.key);
    }
}

/// `schema` is Prisma's word for one schema, whatever its name; the others are lists.
void applySchema(ConnInfo &info, const Setting &setting, ConnChange::Kind kind,
                 const QByteArray &value)
{
    const QByteArray path = setting.key == "schema" ? searchPathOf(value) : searchPathOfList(value);
    if (path.isEmpty()) {
        noteValue(info, ConnChange::Kind::Dropped, setting, Text::tr("names no schema"));
        return;
    }
    info.schemaHint = path;
    if (kind == ConnChange::Kind::Hint)
        noteValue(info, kind, setting, Text::tr("the schema to begin with"));
    else
        note(info, kind, setting.key, Text::tr("used as the schema to begin with"));
}

void applyOptions(ConnInfo &info, const Setting &setting, ConnOrigin origin)
{
    static const QRegularExpression searchPath(uR"(^\s*(?:-c\s*|--)search[_-]path=(\S+)\s*$)"_s);
    const QRegularExpressionMatch match = searchPath.match(QString::fromUtf8(setting.value));
    if (match.hasMatch()) {
        applySchema(info, setting, ConnChange::Kind::Translated, match.captured(1).toUtf8());
    } else if (origin == ConnOrigin::User) {
        info.keywords["options"_ba] = setting.value;
    } else if (setting.value.startsWith("endpoint=")) {
        note(info, ConnChange::Kind::Dropped, setting.key,
             Text::tr("not needed: TLS names the server"));
    } else {
        refuseForFile(info, setting.key);
    }
}

/// sqlx: options[search_path]=x.
void applyBracketOption(ConnInfo &info, const Setting &setting, ConnOrigin origin)
{
    const QByteArray name = setting.key.sliced(8, setting.key.size() - 9);
    if (name == "search_path") {
        applySchema(info, setting, ConnChange::Kind::Translated, setting.value);
        return;
    }
    if (origin == ConnOrigin::File) {
        refuseForFile(info, setting.key);
        return;
    }
    // The server splits options at white space, a backslash takes the next character as it is.
    QByteArray value = setting.value;
    value.replace('\\', "\\\\").replace(' ', "\\ ");
    QByteArray &options = info.keywords["options"_ba];
    options += (options.isEmpty() ? ""_ba : " "_ba) + "-c " + name + '=' + value;
}

void applyChoice(ConnInfo &info, const Row &row, const Setting &setting, ConnOrigin origin)
{
    const QList<QByteArray> choices =
        QByteArray::fromRawData(row.other.data(), row.other.size()).split(' ');
    if (choices.contains(setting.value) || origin == ConnOrigin::User)
        info.keywords[setting.key] = setting.value;
    else
        note(info, ConnChange::Kind::Refused, setting.key,
             Text::tr("a value that lowers security, or is not known"));
}

void applyUserOnly(ConnInfo &info, const Row &row, const Setting &setting, ConnOrigin origin)
{
    if (origin == ConnOrigin::File) {
        refuseForFile(info, setting.key);
        return;
    }
    const QLatin1StringView key = row.other.isEmpty() ? row.key : row.other;
    info.keywords[QByteArray(key.data(), key.size())] = setting.value;
}

void applyRow(ConnInfo &info, const Row &row, const Setting &setting, ConnOrigin origin)
{
    switch (row.rule) {
    case Rule::Keep:
        info.keywords[setting.key] = setting.value;
        return;
    case Rule::Alias:
        info.keywords[QByteArray(row.other.data(), row.other.size())] = setting.value;
        return;
    case Rule::Choice:
        return applyChoice(info, row, setting, origin);
    case Rule::Timeout:
        return applyTimeout(info, setting);
    case Rule::SslMode:
        return applySslMode(info, setting);
    case Rule::SslSwitch:
        return applySslSwitch(info, setting);
    case Rule::RequireAuth:
        return applyRequireAuth(info, setting, origin);
    case Rule::RootCert:
        return applyRootCert(info, setting, origin);
    case Rule::Schema:
        return applySchema(info, setting, ConnChange::Kind::Hint, setting.value);
    case Rule::PgBouncer:
        info.pgbouncerHint = setting.value.toLower() == "true" || setting.value == "1";
        return noteValue(info, ConnChange::Kind::Hint, setting,
                         Text::tr("kept as evidence, not sent to the server"));
    case Rule::Options:
        return applyOptions(info, setting, origin);
    case Rule::UserOnly:
        return applyUserOnly(info, row, setting, origin);
    case Rule::Never:
        return note(info, ConnChange::Kind::Refused, setting.key,
                    Text::tr("Sluice decides this itself"));
    case Rule::Pool:
        return noteValue(info, ConnChange::Kind::Dropped, setting,
                         Text::tr("a setting of the application's connection pool"));
    case Rule::Driver:
        return noteValue(info, ConnChange::Kind::Dropped, setting,
                         Text::tr("a setting of the application's database driver"));
    case Rule::Certificates:
        return noteValue(info, ConnChange::Kind::Refused, setting,
                         Text::tr("certificates stay checked as this program does it"));
    }
}

} // namespace

void applySetting(ConnInfo &info, const Setting &setting, ConnOrigin origin)
{
    if (const Row *row = rowOf(setting.key)) {
        applyRow(info, *row, setting, origin);
    } else if (setting.key.startsWith("options[") && setting.key.endsWith(']')) {
        applyBracketOption(info, setting, origin);
    } else if (setting.key.startsWith("x-")) { // golang-migrate
        note(info, ConnChange::Kind::Dropped, setting.key,
             Text::tr("a setting of the migration tool"));
    } else {
        note(info, ConnChange::Kind::Dropped, setting.key,
             Text::tr("not known to PostgreSQL connections"));
    }
}

} // namespace core::conntext

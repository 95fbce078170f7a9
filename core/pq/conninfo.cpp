// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/pq/conninfo.h"

#include "core/base/redact.h"
#include "core/pq/connparameters_p.h"
#include "core/pq/conntext_p.h"
#include "core/pq/keyword.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <optional>

using namespace Qt::StringLiterals;

namespace core {

using conntext::percentDecoded;
using conntext::percentEncoded;
using conntext::Setting;
using conntext::textError;

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::ConnInfo)
};

/// What stands before the part that all notations share.
struct Scheme {
    qsizetype length = 0;
    bool jdbc = false; ///< credentials in the query, + is a space, no host means localhost
};

/// The text of a URL cut in pieces that are not decoded yet; every view points into the text given.
struct UrlParts {
    QStringView user;
    std::optional<QStringView> password;
    bool hasUser = false;
    QStringView host; ///< with port
    QStringView path; ///< without its first slash
    QStringView query;
};

struct Reader {
    QString text; ///< as given
    ConnOrigin origin;
    Scheme scheme = {};

    [[nodiscard]] qsizetype at(QStringView part) const { return part.data() - text.constData(); }
};

std::optional<Scheme> schemeOf(QStringView text)
{
    static const QRegularExpression url(
        uR"(\A(?:db:(?:pg|postgres|postgresql):|jdbc:postgresql:|(?:postgres|postgresql|postgis|pgsql|pgx[45]?|ecto)(?:\+[a-z0-9_]+)?:(?=//)))"_s,
        QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = url.matchView(text);
    if (!match.hasMatch())
        return std::nullopt;
    return Scheme{match.capturedLength(), text.startsWith(u"jdbc:", Qt::CaseInsensitive)};
}

bool isKeywordText(QStringView text)
{
    static const QRegularExpression keyword(uR"(\A[A-Za-z_]+\s*=)"_s);
    return keyword.matchView(text).hasMatch();
}

std::unexpected<Error> schemeError(QStringView text, qsizetype at)
{
    if (text.startsWith(u"prisma", Qt::CaseInsensitive)) {
        return textError(
            "conninfo.scheme"_ba,
            Text::tr("This is the address of a Prisma proxy, not of a PostgreSQL server."), at,
            Text::tr("Give the database's own address, often in DIRECT_URL."));
    }
    return textError("conninfo.scheme"_ba, Text::tr("This is no PostgreSQL address."), at,
                     Text::tr("Write postgresql://user:password@host:port/database."));
}

/// A place after which a host name, and perhaps a port, could follow.
bool hostFollows(QStringView text, bool mustGoOn)
{
    static const QRegularExpression host(
        uR"(\A(?:\[[^\]]*\]|[A-Za-z0-9_.\-]+)(:[0-9]+)?(/|\?|\z))"_s);
    const QRegularExpressionMatch match = host.matchView(text);
    return match.hasMatch()
           && (!mustGoOn || match.capturedLength(1) > 0 || match.captured(2) == u"/");
}

/// The error for a character of the password that ended it too early. `body` is what follows
/// `scheme://`, the password runs from its first colon to `lastAt`.
std::unexpected<Error> unescapedError(const Reader &reader, QStringView body, qsizetype culprit,
                                      qsizetype lastAt)
{
    const QChar c = body[culprit];
    const QString code = percentEncoded(QString(c).toUtf8());
    const qsizetype colon = body.first(lastAt).indexOf(u':');
    const QStringView user = colon < 0 ? body.first(0) : body.first(colon);
    const qsizetype hostEnd = [body, lastAt] {
        const qsizetype query = body.indexOf(u'?', lastAt);
        return query < 0 ? body.size() : query;
    }();
    const QString corrected =
        u"%1%2:%3%4%3%5"_s.arg(reader.text.first(reader.at(body)).trimmed(), user, mask, code,
                               body.sliced(lastAt, hostEnd - lastAt));
    return textError("conninfo.unescaped"_ba,
                     Text::tr("The password holds a “%1” that ends it too early.").arg(c),
                     reader.at(body) + culprit,
                     Text::tr("Write it as %1: %2").arg(code, corrected));
}

/// `/`, `?` or `#` inside a password: the text before it then looks like host:port, and an @ comes
/// later.
std::optional<qsizetype> lateAt(QStringView body, qsizetype authorityEnd)
{
    const QStringView authority = body.first(authorityEnd);
    const QStringView rest = body.sliced(authorityEnd);
    if (rest.isEmpty())
        return std::nullopt;
    const qsizetype at = body.lastIndexOf(u'@');
    if (at < authorityEnd)
        return std::nullopt;
    const qsizetype userEnd = authority.indexOf(u'@');
    const qsizetype colon = authority.lastIndexOf(u':');
    const bool hasPort = colon >= 0
                         && std::ranges::all_of(authority.sliced(colon + 1),
                                                [](QChar c) { return c >= u'0' && c <= u'9'; });
    const bool broken = rest.front() == u'#' || (userEnd < 0 && colon >= 0 && !hasPort);
    if (broken)
        return at;
    // host:5432/a@b is a database named "a@b"; host:5432/a@b:5432/c is not.
    const qsizetype query = rest.indexOf(u'?');
    const QStringView path = query < 0 ? rest : rest.first(query);
    const qsizetype pathAt = path.lastIndexOf(u'@');
    if (authority.contains(u':') && pathAt >= 0 && hostFollows(path.sliced(pathAt + 1), true))
        return authorityEnd + pathAt;
    return std::nullopt;
}

Result<UrlParts> splitUrl(const Reader &reader, QStringView body)
{
    UrlParts parts;
    qsizetype end = 0;
    while (end < body.size() && !u"/?#"_s.contains(body[end]))
        ++end;
    if (const std::optional<qsizetype> at = lateAt(body, end))
        return unescapedError(reader, body, end, *at);
    const QStringView authority = body.first(end);
    const qsizetype lastAt = authority.lastIndexOf(u'@');
    if (lastAt >= 0 && authority.first(lastAt).contains(u'@'))
        return unescapedError(reader, body, authority.indexOf(u'@'), lastAt);
    parts.hasUser = lastAt >= 0;
    parts.host = authority.sliced(lastAt + 1);
    if (parts.hasUser) {
        const QStringView userInfo = authority.first(lastAt);
        const qsizetype colon = userInfo.indexOf(u':');
        parts.user = colon < 0 ? userInfo : userInfo.first(colon);
        if (colon >= 0)
            parts.password = userInfo.sliced(colon + 1);
    }
    const QStringView rest = body.sliced(end);
    if (const qsizetype hash = rest.indexOf(u'#'); hash >= 0) {
        return textError("conninfo.unescaped"_ba, Text::tr("An address cannot hold a bare “#”."),
                         reader.at(rest) + hash, Text::tr("Write it as %1.").arg(u"%23"_s));
    }
    const qsizetype mark = rest.indexOf(u'?');
    const QStringView path = mark < 0 ? rest : rest.first(mark);
    parts.path = path.startsWith(u'/') ? path.sliced(1) : path;
    parts.query = mark < 0 ? rest.last(0) : rest.sliced(mark + 1);
    return parts;
}

/// A password with a bad percent sign is shown how to be written, without being shown.
Result<QByteArray> decodedPassword(const Reader &reader, const UrlParts &parts)
{
    Result<QByteArray> password = percentDecoded(*parts.password, reader.at(*parts.password));
    if (!password && password.error().id == "conninfo.badPercent") {
        password.error().message = Text::tr("The password holds a “%” that is not followed by two "
                                            "hexadecimal digits.");
        password.error().advice =
            Text::tr("Write it as %1: %2")
                .arg(u"%25"_s, u"%1:%2%25%2@%3"_s.arg(parts.user, mask, parts.host));
    }
    return password;
}

Result<> checkPort(const QByteArray &text, qsizetype at)
{
    const bool digits = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
    const int number = text.size() <= 5 ? text.toInt() : 0;
    if (digits && number >= 1 && number <= 65535)
        return {};
    return textError("conninfo.port"_ba, Text::tr("The port is not a number from 1 to 65535."), at);
}

/// Where a host:port text is cut; the port is empty when there is none.
Result<std::pair<QStringView, QStringView>> cutPort(const Reader &reader, QStringView host)
{
    if (host.contains(u',')) {
        return textError("conninfo.multipleHosts"_ba, Text::tr("The address names several hosts."),
                         reader.at(host) + host.indexOf(u','), Text::tr("Give one host."));
    }
    if (host.startsWith(u'[')) {
        const qsizetype close = host.indexOf(u']');
        const bool wellFormed = close > 0 && (close + 1 == host.size() || host[close + 1] == u':');
        if (!wellFormed) {
            return textError("conninfo.host"_ba,
                             Text::tr("The “[” of an IPv6 address is not closed."), reader.at(host),
                             Text::tr("Write [::1]:5432."));
        }
        const QStringView port = close + 1 < host.size() ? host.sliced(close + 2) : host.last(0);
        return std::pair(host.first(close + 1), port);
    }
    if (host.count(u':') > 1) {
        return textError("conninfo.host"_ba,
                         Text::tr("An IPv6 address must stand in square brackets."),
                         reader.at(host), Text::tr("Write [::1]:5432."));
    }
    const qsizetype colon = host.indexOf(u':');
    if (colon < 0)
        return std::pair(host, host.last(0));
    return std::pair(host.first(colon), host.sliced(colon + 1));
}

bool isIpv6(const QByteArray &text)
{
    in6_addr address{};
    const qsizetype zone = text.indexOf('%');
    return inet_pton(AF_INET6, (zone < 0 ? text : text.first(zone)).constData(), &address) == 1;
}

/// Host names as getaddrinfo takes them; other letters become their ASCII form.
Result<QByteArray> checkedHost(const QByteArray &text, qsizetype at, ConnOrigin origin)
{
    const auto badHost = [at] {
        return textError("conninfo.host"_ba, Text::tr("This cannot be the name of a host."), at);
    };
    if (text.contains(',')) {
        return textError("conninfo.multipleHosts"_ba, Text::tr("The address names several hosts."),
                         at, Text::tr("Give one host."));
    }
    if (classifyHost(QString::fromUtf8(text)) == HostClass::Socket) {
        if (origin == ConnOrigin::User)
            return text;
        return textError("conninfo.socketHost"_ba,
                         text.isEmpty() ? Text::tr("The address names no host.")
                                        : Text::tr("The address names a local socket."),
                         at,
                         Text::tr("Write localhost, or enter the address yourself: a file of the "
                                  "project may not choose a socket of this computer."));
    }
    if (text.startsWith('[')) {
        const QByteArray inner = text.sliced(1, text.size() - 2);
        if (!text.endsWith(']') || !isIpv6(inner))
            return badHost();
        return inner;
    }
    if (isIpv6(text))
        return text;
    const bool ascii = std::ranges::all_of(text, [](char c) { return c > 0; });
    const QByteArray name = ascii ? text : QUrl::toAce(QString::fromUtf8(text));
    static const QRegularExpression plain(uR"(\A[A-Za-z0-9_][A-Za-z0-9_.\-]{0,252}\z)"_s);
    if (!plain.match(QString::fromLatin1(name)).hasMatch() || name.contains(".."))
        return badHost();
    return name;
}

/// The settings of a URL in the order in which libpq would apply them: the address, then its
/// parameters.
Result<std::vector<Setting>> urlSettings(const Reader &reader, const UrlParts &parts)
{
    std::vector<Setting> settings;
    if (!parts.user.isEmpty()) {
        Result<QByteArray> user = percentDecoded(parts.user, reader.at(parts.user));
        if (!user)
            return std::unexpected(std::move(user.error()));
        settings.push_back({"user"_ba, *user, reader.at(parts.user)});
    }
    if (parts.password) {
        Result<QByteArray> password = decodedPassword(reader, parts);
        if (!password)
            return std::unexpected(std::move(password.error()));
        settings.push_back({"password"_ba, *password, reader.at(*parts.password)});
    }
    const auto cut = cutPort(reader, parts.host);
    if (!cut)
        return std::unexpected(cut.error());
    for (const auto &[key, raw] :
         {std::pair("host"_ba, cut->first), std::pair("port"_ba, cut->second),
          std::pair("dbname"_ba, parts.path)}) {
        Result<QByteArray> value = percentDecoded(raw, reader.at(raw));
        if (!value)
            return std::unexpected(std::move(value.error()));
        if (!value->isEmpty())
            settings.push_back({key, *value, reader.at(raw)});
    }
    auto query = conntext::querySettings(parts.query, reader.at(parts.query), reader.scheme.jdbc);
    if (!query)
        return std::unexpected(std::move(query.error()));
    std::ranges::move(*query, std::back_inserter(settings));
    return settings;
}

/// Checks host and port, which may have come from several places, and fills in what has a fixed
/// default.
Result<ConnInfo> completed(const Reader &reader, const std::vector<Setting> &settings,
                           qsizetype hostAt)
{
    ConnInfo info;
    qsizetype portAt = hostAt;
    for (const Setting &setting : settings) {
        conntext::applySetting(info, setting, reader.origin);
        if (setting.key == "host" || setting.key == "socket")
            hostAt = setting.at;
        else if (setting.key == "port")
            portAt = setting.at;
    }
    std::erase_if(info.keywords, [](const auto &entry) { return entry.second.isEmpty(); });
    ConnKeywords &keywords = info.keywords;
    if (reader.scheme.jdbc)
        keywords.try_emplace("host"_ba, "localhost"_ba);
    const bool addressOnly = !keywords.contains("host"_ba) && keywords.contains("hostaddr"_ba);
    if (!addressOnly) {
        Result<QByteArray> host = checkedHost(keywords["host"_ba], hostAt, reader.origin);
        if (!host)
            return std::unexpected(std::move(host.error()));
        keywords["host"_ba] = *host;
        if (host->isEmpty())
            keywords.erase("host"_ba);
    }
    keywords.try_emplace("port"_ba, "5432"_ba);
    if (Result<> port = checkPort(keywords["port"_ba], portAt); !port)
        return std::unexpected(std::move(port.error()));
    keywords["port"_ba] = QByteArray::number(keywords["port"_ba].toInt()); // 05432 is 5432
    if (const auto password = keywords.find("password"_ba); password != keywords.end())
        rememberSecret(QString::fromUtf8(password->second));
    return info;
}

Result<ConnInfo> parseUrl(const Reader &reader, QStringView afterScheme)
{
    UrlParts parts;
    if (afterScheme.startsWith(u"//")) {
        Result<UrlParts> split = splitUrl(reader, afterScheme.sliced(2));
        if (!split)
            return std::unexpected(std::move(split.error()));
        parts = *split;
    } else { // jdbc:postgresql:database, db:pg:database
        const qsizetype mark = afterScheme.indexOf(u'?');
        const QStringView path = mark < 0 ? afterScheme : afterScheme.first(mark);
        parts.user = parts.host = path.first(0);
        parts.path = path.startsWith(u'/') ? path.sliced(1) : path;
        parts.query = mark < 0 ? path.last(0) : afterScheme.sliced(mark + 1);
    }
    return urlSettings(reader, parts).and_then([&](const std::vector<Setting> &settings) {
        Result<ConnInfo> info = completed(reader, settings, reader.at(parts.host));
        if (info && parts.password)
            info->passwordDecoded = parts.password->contains(u'%');
        return info;
    });
}

std::optional<qsizetype> controlCharacter(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i].unicode() < 0x20 || text[i].unicode() == 0x7f)
            return i;
    }
    return std::nullopt;
}

} // namespace

Result<ConnInfo> parseConnInfo(const QString &text, ConnOrigin origin)
{
    Reader reader{text, origin};
    const QStringView body = QStringView(reader.text).trimmed();
    if (body.isEmpty())
        return textError("conninfo.empty"_ba, Text::tr("The address is empty."), 0);
    if (const std::optional<qsizetype> place = controlCharacter(body)) {
        return textError("conninfo.control"_ba,
                         Text::tr("The address holds a control character or a line break."),
                         reader.at(body) + *place);
    }
    if (!body.isValidUtf16())
        return textError("conninfo.control"_ba, Text::tr("The address is not valid text."), 0);
    if (const std::optional<Scheme> scheme = schemeOf(body)) {
        reader.scheme = *scheme;
        return parseUrl(reader, body.sliced(scheme->length));
    }
    if (!isKeywordText(body))
        return schemeError(body, reader.at(body));
    return conntext::keywordSettings(body, reader.at(body))
        .and_then([&](const std::vector<Setting> &settings) {
            return completed(reader, settings, reader.at(body));
        });
}

bool looksLikePostgres(const QString &text)
{
    const QStringView body = QStringView(text).trimmed();
    if (schemeOf(body) || body.startsWith(u"prisma+postgres://", Qt::CaseInsensitive))
        return true;
    static const QRegularExpression keyword(uR"((?:\A|\s)(?:host|hostaddr|dbname|service)\s*=)"_s);
    return isKeywordText(body) && keyword.matchView(body).hasMatch();
}

QString ConnInfo::host() const
{
    return QString::fromUtf8(keyword(keywords, "host"_ba));
}

quint16 ConnInfo::port() const
{
    const auto found = keywords.find("port"_ba);
    return found == keywords.end() ? quint16(5432) : found->second.toUShort();
}

QString ConnInfo::database() const
{
    return QString::fromUtf8(keyword(keywords, "dbname"_ba));
}

QString ConnInfo::user() const
{
    return QString::fromUtf8(keyword(keywords, "user"_ba));
}

bool ConnInfo::hasPassword() const
{
    return keywords.contains("password"_ba);
}

QString ConnInfo::url(bool reveal) const
{
    static const std::array<QByteArray, 5> address = {"host"_ba, "port"_ba, "dbname"_ba, "user"_ba,
                                                      "password"_ba};
    QString out = u"postgresql://"_s;
    if (!user().isEmpty() || hasPassword())
        out += percentEncoded(user().toUtf8());
    if (hasPassword())
        out += u':' + (reveal ? percentEncoded(keywords.at("password"_ba)) : mask);
    if (!user().isEmpty() || hasPassword())
        out += u'@';
    QStringList query;
    const bool socket = classifyHost(host()) == HostClass::Socket;
    if (!socket && host().contains(u':'))
        out += u'[' + host().replace(u'%', "%25"_L1) + u']';
    else if (!socket)
        out += host();
    out += u':' + QString::number(port()) + u'/' + percentEncoded(database().toUtf8());
    if (socket && !host().isEmpty())
        query << u"host="_s + percentEncoded(host().toUtf8());
    for (const auto &[key, value] : keywords) {
        if (std::ranges::find(address, key) != address.end())
            continue;
        const bool secret = key == "sslpassword" && !reveal;
        query << QString::fromUtf8(key) + u'=' + (secret ? mask : percentEncoded(value));
    }
    return query.isEmpty() ? out : out + u'?' + query.join(u'&');
}

} // namespace core

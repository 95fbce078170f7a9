// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sourcetexts.h"

#include <QMap>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr std::array modeNames = {"development"_L1, "test"_L1, "production"_L1, "staging"_L1};

bool isMode(const QString &text)
{
    return std::ranges::any_of(modeNames, [&](QLatin1StringView mode) {
        return text.compare(mode, Qt::CaseInsensitive) == 0;
    });
}

/// The database that a setting is for by the way to it.
UrlKey purposeOf(QStringList path, const QString &fileName)
{
    if (path.size() > 1 && isMode(path.first()))
        path.removeFirst();
    const QString ownName = fileName.section(u'/', -1).section(u'.', 0, 0);
    if (path.size() == 2 && path.first() == "ConnectionStrings"_L1) {
        const bool usual = path.last().startsWith("Default"_L1);
        return settingPurpose(UrlKey::Role::Default, usual ? u"main"_s : path.last().toLower(),
                              ownName);
    }
    const UrlKey key = readUrlKey(path.join(u'_').toUpper());
    return settingPurpose(key.role, key.known ? key.database : u"main"_s, ownName);
}

bool namesPostgres(const SettingTexts &texts, const QStringList &parent)
{
    for (const QLatin1StringView key : {"dialect"_L1, "type"_L1, "driver"_L1, "client"_L1}) {
        const SettingText *text = findText(texts, parent + QStringList{QString(key)});
        if (text && (text->text.startsWith("postgres"_L1) || text->text == "pg"_L1))
            return true;
    }
    return false;
}

/// An address in parts, as ORMs' files have it; `host` is one of them.
std::optional<QString> urlOfParts(const SettingTexts &texts, const SettingText &host)
{
    const QStringList parent = host.path.first(host.path.size() - 1);
    if (host.path.last() != "host"_L1 || !namesPostgres(texts, parent))
        return std::nullopt;
    const auto part = [&](std::initializer_list<QLatin1StringView> keys) {
        for (const QLatin1StringView key : keys) {
            if (const SettingText *text = findText(texts, parent + QStringList{QString(key)}))
                return text->text;
        }
        return QString();
    };
    return urlOf(UrlFields{.host = host.text,
                           .port = part({"port"_L1}),
                           .user = part({"username"_L1, "user"_L1}),
                           .password = part({"password"_L1}),
                           .database = part({"database"_L1})});
}

CodeValue valueOf(const SettingTexts &texts, const SettingText &text)
{
    const QString key = text.path.isEmpty() ? QString() : text.path.last();
    if (key == "use_env_variable"_L1 || key == "ENV"_L1)
        return variable(text.text);
    if (looksLikePostgres(text.text) && !text.text.contains(u';'))
        return literal(text.text);
    if (const std::optional<QString> url = urlOfNpgsql(text.text))
        return literal(*url);
    if (const std::optional<QString> url = key.isEmpty() ? std::nullopt : urlOfParts(texts, text))
        return literal(*url);
    return {};
}

} // namespace

std::optional<QString> urlOfNpgsql(const QString &text)
{
    QMap<QString, QString> parts;
    for (const QString &part : text.split(u';', Qt::SkipEmptyParts)) {
        const qsizetype equals = part.indexOf(u'=');
        if (equals <= 0)
            return std::nullopt;
        QString key = part.first(equals).trimmed().toLower();
        parts.insert(key.remove(u' ').remove(u'_'), part.sliced(equals + 1).trimmed());
    }
    const auto first = [&](std::initializer_list<QLatin1StringView> keys) {
        for (const QLatin1StringView key : keys) {
            if (parts.contains(key))
                return parts.value(key);
        }
        return QString();
    };
    // "Server" alone is as likely Microsoft's.
    const bool isNpgsql = parts.contains("host"_L1)
                          && (parts.contains("database"_L1) || parts.contains("username"_L1));
    if (!isNpgsql || !text.contains(u';'))
        return std::nullopt;
    QString url = urlOf(UrlFields{.host = parts.value(u"host"_s),
                                  .port = parts.value(u"port"_s),
                                  .user = first({"username"_L1, "userid"_L1, "user"_L1}),
                                  .password = first({"password"_L1, "pwd"_L1}),
                                  .database = first({"database"_L1, "db"_L1})});
    if (const QString mode = parts.value(u"sslmode"_s).toLower(); !mode.isEmpty()) {
        const QString hyphened = mode == "verifyfull"_L1 ? u"verify-full"_s
                                 : mode == "verifyca"_L1 ? u"verify-ca"_s
                                                         : mode;
        url += "?sslmode="_L1 + hyphened;
    }
    return url;
}

std::vector<Setting> jsonSettings(const SettingTexts &texts, const QString &fileName,
                                  const QString &mode)
{
    std::vector<Setting> settings;
    for (const SettingText &text : texts) {
        const bool otherMode = text.path.size() > 1 && isMode(text.path.first())
                               && text.path.first().compare(mode, Qt::CaseInsensitive) != 0;
        CodeValue value = valueOf(texts, text);
        if (otherMode || !value.isKnown())
            continue;
        settings.push_back({.name = text.name(),
                            .line = text.line,
                            .value = std::move(value),
                            .purpose = purposeOf(text.path, fileName),
                            .losesToEnvironment = false});
    }
    return settings;
}

void readJsonSource(const FolderView &view, Findings &findings)
{
    QString titled = view.mode.name;
    titled[0] = titled[0].toUpper();
    // The strongest first.
    QStringList names = {u"appsettings.%1.json"_s.arg(titled), u"appsettings.json"_s,
                         u"database.json"_s, u"ormconfig.json"_s};
    names.removeIf([&](const QString &name) { return !view.evidence.names.contains(name); });
    if (view.evidence.names.contains("config"_L1)) {
        for (const QString &name : {view.mode.name, u"default"_s, u"config"_s, u"database"_s})
            names.append(u"config/%1.json"_s.arg(name));
    }
    for (const QString &name : std::as_const(names)) {
        if (const auto texts = readSettings(view, name, readJsonTexts, findings))
            addSettings(view, view.path(name), jsonSettings(*texts, name, view.mode.name),
                        findings);
    }
}

} // namespace core

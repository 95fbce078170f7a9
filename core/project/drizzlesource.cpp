// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sourcetexts.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// `dialect: "postgresql"`, or `driver: "pg"` of older versions; what says nothing may be either.
bool isPostgres(CodeTokens tokens)
{
    const std::optional<CodeProperty> dialect = findProperty(tokens, "dialect"_L1);
    if (!dialect)
        return true;
    const CodeValue value = readCodeValue(dialect->value, tokens);
    return !value.isKnown() || value.parts.front().isVariable
           || value.parts.front().text == "postgresql"_L1;
}

const CodeProperty *propertyOf(const std::vector<CodeProperty> &properties,
                               std::initializer_list<QLatin1StringView> names)
{
    for (const QLatin1StringView name : names) {
        const auto found = std::ranges::find(properties, name, &CodeProperty::name);
        if (found != properties.end())
            return &*found;
    }
    return nullptr;
}

/// One address of the parts that the credentials give.
CodeValue valueOfFields(const std::vector<CodeProperty> &properties, CodeTokens tokens)
{
    const auto value = [&](QLatin1StringView name) -> std::optional<CodeValue> {
        const CodeProperty *property = propertyOf(properties, {name});
        return property ? std::optional(readCodeValue(property->value, tokens)) : std::nullopt;
    };
    return urlOf(UrlValues{.host = value("host"_L1),
                           .port = value("port"_L1),
                           .user = value("user"_L1),
                           .password = value("password"_L1),
                           .database = value("database"_L1)});
}

} // namespace

std::vector<Setting> drizzleSettings(const QString &text)
{
    const std::vector<CodeToken> tokens = codeTokens(text);
    const auto credentials = findObject(tokens, "dbCredentials"_L1);
    if (!credentials || !isPostgres(tokens))
        return {};
    Setting setting{.name = {},
                    .line = 0,
                    .value = {},
                    .purpose = settingPurpose(UrlKey::Role::Default, u"main"_s, u"drizzle"_s),
                    .losesToEnvironment = false};
    if (const CodeProperty *url = propertyOf(*credentials, {"url"_L1, "connectionString"_L1})) {
        setting.name = "dbCredentials."_L1 + url->name;
        setting.line = url->line;
        setting.value = readCodeValue(url->value, tokens);
    } else if (const CodeProperty *host = propertyOf(*credentials, {"host"_L1})) {
        setting.name = u"dbCredentials"_s;
        setting.line = host->line;
        setting.value = valueOfFields(*credentials, tokens);
    } else {
        return {};
    }
    return {setting};
}

void readDrizzleSource(const FolderView &view, Findings &findings)
{
    for (const QString &name : view.evidence.names) {
        if (!name.startsWith("drizzle"_L1) || !name.contains(".config."_L1))
            continue;
        if (const std::optional<QString> text = readSettingsText(view, name, findings))
            addSettings(view, view.path(name), drizzleSettings(*text), findings);
    }
}

} // namespace core

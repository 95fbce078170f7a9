// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/setting.h"
#include "core/project/sourcetexts.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::PrismaSource", text);
}

/// url, directUrl and shadowDatabaseUrl, in the schema as in the config.
std::optional<UrlKey::Role> roleOfUrl(const QString &name)
{
    if (name == "url"_L1)
        return UrlKey::Role::Default;
    if (name == "directUrl"_L1)
        return UrlKey::Role::Direct;
    return name == "shadowDatabaseUrl"_L1 ? std::optional(UrlKey::Role::Shadow) : std::nullopt;
}

void addUrl(std::vector<Setting> &settings, const QString &block, const CodeProperty &property,
            CodeTokens all)
{
    const std::optional<UrlKey::Role> role = roleOfUrl(property.name);
    if (!role)
        return;
    settings.push_back({.name = block + u'.' + property.name,
                        .line = property.line,
                        .value = readCodeValue(property.value, all),
                        .purpose = settingPurpose(*role, u"main"_s, u"prisma"_s),
                        .losesToEnvironment = false});
}

/// A direct URL belongs to the database of the url beside it.
void joinDatabase(std::vector<Setting> &settings)
{
    QString database = u"main"_s;
    for (const Setting &setting : settings) {
        const QString name = setting.value.variable();
        if (setting.purpose.role == UrlKey::Role::Default && !name.isEmpty())
            database = readUrlKey(name).database;
    }
    for (Setting &setting : settings)
        setting.purpose.database = database;
}

/// `name = value` until the block ends; there are no commas in Prisma's language.
std::vector<CodeProperty> schemaProperties(CodeTokens tokens, size_t open)
{
    std::vector<CodeProperty> properties;
    for (size_t i = open + 1; i + 1 < tokens.size() && !tokens[i].isMark(u'}'); ++i) {
        if (tokens[i].kind != CodeToken::Kind::Word || !tokens[i + 1].isMark(u'='))
            continue;
        size_t end = i + 2;
        while (end < tokens.size() && tokens[end].line == tokens[i].line
               && !tokens[end].isMark(u'}'))
            ++end;
        properties.push_back({tokens[i].text, tokens[i].line, tokens.subspan(i + 2, end - i - 2)});
    }
    return properties;
}

bool isPostgres(const std::vector<CodeProperty> &properties)
{
    constexpr std::array providers = {"postgresql"_L1, "postgres"_L1, "cockroachdb"_L1};
    for (const CodeProperty &property : properties) {
        if (property.name == "provider"_L1 && !property.value.empty())
            return std::ranges::contains(providers, property.value.front().text);
    }
    return true;
}

/// Where the schema lies, the named place first.
QStringList schemaNames(const FolderView &view)
{
    QStringList names;
    const auto add = [&](QString name) {
        if (name.startsWith("./"_L1))
            name = name.sliced(2);
        if (!name.isEmpty() && !names.contains(name))
            names.append(name);
    };
    if (view.evidence.prismaSchema.endsWith(".prisma"_L1))
        add(view.evidence.prismaSchema);
    if (view.evidence.names.contains("prisma"_L1)) {
        add(u"prisma/schema.prisma"_s);
        add(u"prisma/schema/schema.prisma"_s);
    }
    if (view.evidence.names.contains("schema.prisma"_L1))
        add(u"schema.prisma"_s);
    return names;
}

/// Prisma 7 leaves the loading of env files to prisma.config.ts.
void warnIfNothingLoads(const FolderView &view, const QString &name,
                        const std::vector<Setting> &settings, Findings &findings)
{
    const auto named = std::ranges::find_if(
        settings, [](const Setting &setting) { return !setting.value.variable().isEmpty(); });
    if (prismaMajor(view.evidence) < 7 || !view.evidence.dotenvImport.isEmpty()
        || view.rule.loader == EnvLoader::Bun || named == settings.end())
        return;
    findings.warnings.push_back(
        {.kind = ProjectWarning::Kind::NotLoaded,
         .text = tr("Prisma 7 reads no env file by itself and %1 loads none, so its own commands "
                    "find %2 in the environment only.")
                     .arg(view.path(name), named->value.variable()),
         .advice = tr("Begin %1 with: import \"dotenv/config\"").arg(name),
         .places = {{.file = view.path(name), .line = named->line, .key = named->name}}});
}

} // namespace

std::vector<Setting> prismaSchemaSettings(const QString &text)
{
    const std::vector<CodeToken> tokens = codeTokens(text);
    const CodeTokens all(tokens);
    std::vector<Setting> settings;
    for (size_t i = 0; i + 2 < all.size(); ++i) {
        if (!all[i].isWord("datasource"_L1) || !all[i + 2].isMark(u'{'))
            continue;
        const std::vector<CodeProperty> properties = schemaProperties(all, i + 2);
        if (!isPostgres(properties))
            continue;
        for (const CodeProperty &property : properties)
            addUrl(settings, u"datasource "_s + all[i + 1].text, property, {});
    }
    joinDatabase(settings);
    return settings;
}

std::vector<Setting> prismaConfigSettings(const QString &text)
{
    const std::vector<CodeToken> tokens = codeTokens(text);
    std::vector<Setting> settings;
    for (const CodeProperty &property :
         findObject(tokens, "datasource"_L1).value_or(std::vector<CodeProperty>()))
        addUrl(settings, u"datasource"_s, property, tokens);
    joinDatabase(settings);
    return settings;
}

void readPrismaSource(const FolderView &view, Findings &findings)
{
    FolderView seen = view;
    for (const QString &name : view.evidence.names) {
        if (!name.startsWith("prisma.config."_L1))
            continue;
        const std::optional<QString> text = readSettingsText(view, name, findings);
        if (!text)
            continue;
        const std::vector<CodeToken> tokens = codeTokens(*text);
        if (const auto schema = findProperty(tokens, "schema"_L1)) {
            const CodeValue value = readCodeValue(schema->value, tokens);
            if (value.isKnown() && !value.parts.front().isVariable)
                seen.evidence.prismaSchema = value.parts.front().text;
        }
        const std::vector<Setting> settings = prismaConfigSettings(*text);
        warnIfNothingLoads(view, name, settings, findings);
        addSettings(view, view.path(name), settings, findings);
    }
    for (const QString &name : schemaNames(seen)) {
        if (const std::optional<QString> text = readSettingsText(view, name, findings))
            addSettings(view, view.path(name), prismaSchemaSettings(*text), findings);
    }
}

} // namespace core

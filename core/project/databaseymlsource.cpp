// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/sourcetexts.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

/// `<%= ENV["X"] %>`, `<%= ENV.fetch("X") { 5 } %>`, `<%= ENV.fetch("X", "y") %>` between texts.
/// Any other Ruby makes it unknown.
CodeValue valueOfErb(const QString &text)
{
    static const QRegularExpression variable(
        uR"(\A\s*ENV(?:\.fetch\(|\[)\s*["'](\w+)["'](?:\s*,\s*["']([^"']*)["'])?\s*[\])]\s*(?:\{\s*["']?([^"'}]*?)["']?\s*\})?(?:\s*\|\|\s*["']([^"']*)["'])?\s*\z)"_s);
    CodeValue value;
    qsizetype begin = 0;
    for (qsizetype open = text.indexOf("<%="_L1); open >= 0; open = text.indexOf("<%="_L1, begin)) {
        const qsizetype close = text.indexOf("%>"_L1, open);
        const QRegularExpressionMatch match =
            close < 0 ? QRegularExpressionMatch()
                      : variable.match(text.sliced(open + 3, close - open - 3));
        if (!match.hasMatch())
            return {};
        if (open > begin)
            value.parts.push_back({.isVariable = false, .text = text.sliced(begin, open - begin)});
        CodeValue::Part &part = value.parts.emplace_back(
            CodeValue::Part{.isVariable = true, .text = match.captured(1)});
        for (const int group : {2, 3, 4}) {
            if (part.otherwise.isEmpty())
                part.otherwise = match.captured(group);
        }
        begin = close + 2;
    }
    if (begin < text.size() || value.parts.empty())
        value.parts.push_back({.isVariable = false, .text = text.sliced(begin)});
    return value;
}

/// One address of the parts of a section; a part that is Ruby stays a variable in it.
CodeValue valueOfParts(const SettingTexts &texts, const QStringList &section)
{
    const auto value =
        [&](std::initializer_list<QLatin1StringView> keys) -> std::optional<CodeValue> {
        for (const QLatin1StringView key : keys) {
            if (const SettingText *text = findText(texts, section + QStringList{QString(key)}))
                return valueOfErb(text->text);
        }
        return std::nullopt;
    };
    return urlOf(UrlValues{.host = value({"host"_L1}),
                           .port = value({"port"_L1}),
                           .user = value({"username"_L1, "user"_L1}),
                           .password = value({"password"_L1}),
                           .database = value({"database"_L1})});
}

void addSection(const SettingTexts &texts, const QStringList &section, const QString &database,
                std::vector<Setting> &settings)
{
    const auto textOf = [&](QLatin1StringView key) {
        return findText(texts, section + QStringList{QString(key)});
    };
    const SettingText *adapter = textOf("adapter"_L1);
    const SettingText *url = textOf("url"_L1);
    const bool isPostgres = adapter ? adapter->text.contains("postg"_L1) : url != nullptr;
    const SettingText *anchor = url ? url : textOf("database"_L1);
    if (!isPostgres || !anchor)
        return;
    settings.push_back({.name = url ? url->name() : section.join(u'.'),
                        .line = anchor->line,
                        .value = url ? valueOfErb(url->text) : valueOfParts(texts, section),
                        .purpose = settingPurpose(UrlKey::Role::Default, database, u"rails"_s),
                        .losesToEnvironment = true});
}

} // namespace

std::vector<Setting> databaseYmlSettings(const SettingTexts &texts, const QString &mode)
{
    std::vector<Setting> settings;
    const QStringList keys = keysBelow(texts, {mode});
    const bool isOne = std::ranges::any_of(keys, [](const QString &key) {
        return key == "adapter"_L1 || key == "url"_L1 || key == "database"_L1;
    });
    const bool hasSections = std::ranges::any_of(
        keys, [&](const QString &key) { return !keysBelow(texts, {mode, key}).isEmpty(); });
    if (!hasSections && isOne) {
        addSection(texts, {mode}, u"main"_s, settings);
        return settings;
    }
    for (const QString &key : keys)
        addSection(texts, {mode, key}, key == "primary"_L1 ? u"main"_s : key, settings);
    return settings;
}

void readDatabaseYmlSource(const FolderView &view, Findings &findings)
{
    if (!view.evidence.names.contains("config"_L1))
        return;
    const QString name = u"config/database.yml"_s;
    const auto texts = readSettings(view, name, readYamlTexts, findings);
    if (texts)
        addSettings(view, view.path(name), databaseYmlSettings(*texts, view.mode.name), findings);
}

} // namespace core

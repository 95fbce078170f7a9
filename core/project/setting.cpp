// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/setting.h"

#include "core/base/boundedfile.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Setting", text);
}

QString encoded(const QString &text)
{
    return QString::fromLatin1(text.toUtf8().toPercentEncoding());
}

/// The value in use of a variable: of the package, else of the project itself.
UrlValue *valueOf(const FolderView &view, const QString &variable, Findings &findings)
{
    for (const QString &package : {view.package, QString()}) {
        const auto found = std::ranges::find_if(findings.values, [&](const UrlValue &value) {
            const bool isVariable = !value.purpose || !value.namedBy.empty();
            return isVariable && value.source.key == variable && value.package == package;
        });
        if (found != findings.values.end())
            return &*found;
    }
    return nullptr;
}

/// A variable that is listed already, with a reason of its own why it is not used.
const IgnoredValue *ignoredOf(const QString &variable, const Findings &findings)
{
    constexpr std::array aside = {IgnoredReason::Loses, IgnoredReason::Example,
                                  IgnoredReason::OtherMode, IgnoredReason::NotRead};
    const auto found = std::ranges::find_if(findings.ignored, [&](const IgnoredValue &ignored) {
        return ignored.value.source.key == variable
               && !std::ranges::contains(aside, ignored.reason);
    });
    return found == findings.ignored.end() ? nullptr : &*found;
}

void ignore(const FolderView &view, const SourceLocation &place, IgnoredReason reason,
            const QString &explanation, Findings &findings)
{
    UrlValue value;
    value.source = place;
    value.package = view.package;
    findings.ignored.push_back({std::move(value), reason, explanation, {}});
}

/// A tool's file names the variable of this value.
void markNamed(UrlValue &value, const SourceLocation &place, const Setting &setting,
               Findings &findings)
{
    using enum UrlKey::Role;
    const UrlKey::Role role = setting.purpose.role;
    UrlKey key = value.key();
    if (role == Shadow && value.namedBy.empty()) {
        findings.ignored.push_back(
            {value,
             IgnoredReason::Shadow,
             tr("%1 names it as the shadow database; never listed, never connected.")
                 .arg(place.text()),
             {}});
        const SourceLocation source = value.source;
        std::erase_if(findings.values,
                      [&](const UrlValue &other) { return other.source == source; });
        return;
    }
    value.namedBy.push_back(place);
    if (role == Direct && key.role == Default) {
        key.role = Direct;
        if (!setting.purpose.database.isEmpty())
            key.database = setting.purpose.database;
        value.purpose = key;
    }
}

/// An address that stands in the tool's file itself.
void addText(const FolderView &view, const SourceLocation &place, const QString &text,
             const Setting &setting, Findings &findings)
{
    std::optional<Candidate> found = candidateOf(place, text);
    if (!found || (!found->value.info && !found->value.error))
        return;
    UrlValue value = std::move(found->value);
    value.package = view.package;
    value.purpose = setting.purpose;
    if (setting.purpose.role == UrlKey::Role::Shadow) {
        findings.ignored.push_back(
            {std::move(value),
             IgnoredReason::Shadow,
             tr("A migration tool's shadow database; never listed, never connected."),
             {}});
        return;
    }
    const auto winner = std::ranges::find_if(findings.values, [&](const UrlValue &other) {
        const UrlKey key = other.key();
        return !other.purpose && other.package == view.package && key.role == UrlKey::Role::Default
               && key.database == setting.purpose.database;
    });
    if (setting.losesToEnvironment && winner != findings.values.end()) {
        findings.ignored.push_back({std::move(value), IgnoredReason::Loses,
                                    tr("Loses to %1 in %2: the environment goes before this file.")
                                        .arg(winner->source.key, winner->source.text()),
                                    winner->source});
        return;
    }
    findings.values.push_back(std::move(value));
}

/// The text that a value stands for with the package's variables, or the one that is unset.
std::expected<QString, QString> settled(const FolderView &view, const CodeValue &value,
                                        const Winners &variables)
{
    QString text;
    for (const CodeValue::Part &part : value.parts) {
        std::optional<QString> known = part.text;
        if (part.isVariable)
            known = variableValue(view, part.text, variables);
        if (!known && !part.otherwise.isEmpty())
            known = part.otherwise;
        if (!known)
            return std::unexpected(part.text);
        text += part.isVariable && part.isField ? encoded(*known) : *known;
    }
    return text;
}

void addSetting(const FolderView &view, const QString &file, const Setting &setting,
                Findings &findings)
{
    const SourceLocation place{file, setting.line, setting.name};
    if (!setting.value.isKnown()) {
        return ignore(view, place, IgnoredReason::Computed,
                      tr("It is computed, and code is never run to find out."), findings);
    }
    const QString name = setting.value.variable();
    if (UrlValue *value = name.isEmpty() ? nullptr : valueOf(view, name, findings))
        return markNamed(*value, place, setting, findings);
    if (!name.isEmpty() && variableValue(view, name, findings.variables)) {
        if (!ignoredOf(name, findings))
            ignore(view, place, IgnoredReason::NotPostgres,
                   tr("It names %1, which holds no PostgreSQL address.").arg(name), findings);
        return;
    }
    const std::expected<QString, QString> text = settled(view, setting.value, findings.variables);
    if (text)
        return addText(view, place, *text, setting, findings);
    if (!ignoredOf(text.error(), findings))
        ignore(view, place, IgnoredReason::Unset,
               tr("It names %1, which nothing sets here.").arg(text.error()), findings);
}

} // namespace

UrlKey settingPurpose(UrlKey::Role role, const QString &database, const QString &ownName)
{
    UrlKey key;
    key.role = role;
    key.database = database;
    key.rank = 1000;
    key.known = true;
    key.ownName = ownName;
    return key;
}

std::optional<QString> readSettingsText(const FolderView &view, const QString &name,
                                        Findings &findings)
{
    const QString path = view.path(name);
    Result<QString> text =
        readFileBeneath(view.folder, path, largestSettingsFile)
            .and_then([&path](const QByteArray &bytes) { return decodedText(bytes, path); });
    if (!text && text.error().id == "file.missing")
        return std::nullopt;
    FileSeen seen{.name = path,
                  .state = text ? FileSeen::State::Read : FileSeen::State::Refused,
                  .inOrder = false,
                  .isSettings = true,
                  .error = {}};
    if (!text) {
        seen.error = text.error();
        addRefusal(path, tr("%1 was not read: %2"), text.error(), findings);
    }
    findings.files.push_back(std::move(seen));
    return text ? std::optional(std::move(*text)) : std::nullopt;
}

std::optional<SettingTexts> readSettings(const FolderView &view, const QString &name,
                                         Result<SettingTexts> (*read)(const QString &text),
                                         Findings &findings)
{
    const std::optional<QString> text = readSettingsText(view, name, findings);
    if (!text)
        return std::nullopt;
    Result<SettingTexts> texts = read(*text);
    if (texts)
        return std::move(*texts);
    FileSeen &seen = findings.files.back();
    seen.state = FileSeen::State::Refused;
    seen.error = texts.error();
    addRefusal(view.path(name), tr("%1 was not read. %2"), texts.error(), findings);
    return std::nullopt;
}

void addSettings(const FolderView &view, const QString &file, std::span<const Setting> settings,
                 Findings &findings)
{
    for (const Setting &setting : settings)
        addSetting(view, file, setting, findings);
}

std::optional<QString> variableValue(const FolderView &view, const QString &name,
                                     const Winners &variables)
{
    if (view.mode.useProcess) {
        if (const auto found = view.mode.process.constFind(name);
            found != view.mode.process.constEnd())
            return *found;
    }
    const auto found = variables.constFind(name);
    return found == variables.constEnd() ? std::nullopt : std::optional(found->value);
}

QString urlOf(const UrlFields &fields)
{
    QString url = u"postgresql://"_s;
    if (!fields.user.isEmpty() || !fields.password.isEmpty()) {
        url += encoded(fields.user);
        if (!fields.password.isEmpty())
            url += u':' + encoded(fields.password);
        url += u'@';
    }
    url += fields.host.contains(u':') ? u'[' + fields.host + u']' : fields.host;
    if (!fields.port.isEmpty())
        url += u':' + fields.port;
    return url + u'/' + encoded(fields.database);
}

CodeValue urlOf(const UrlValues &values)
{
    CodeValue url = literal(u"postgresql://"_s);
    const std::pair<QLatin1StringView, const std::optional<CodeValue> *> inOrder[] = {
        {""_L1, &values.user},
        {":"_L1, &values.password},
        {"@"_L1, &values.host},
        {":"_L1, &values.port},
        {"/"_L1, &values.database}};
    for (const auto &[before, value] : inOrder) {
        if (!*value)
            continue;
        if (!(*value)->isKnown())
            return {};
        url.parts.push_back({.isVariable = false, .text = before});
        for (CodeValue::Part part : (*value)->parts) {
            part.isField = true;
            if (!part.isVariable)
                part.text = encoded(part.text);
            url.parts.push_back(std::move(part));
        }
    }
    return url;
}

} // namespace core

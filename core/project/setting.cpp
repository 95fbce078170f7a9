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

std::optional<QString> variableValue(const FolderView &view, const QString &name,
                                     const Findings &findings)
{
    if (view.mode.useProcess) {
        if (const auto found = view.mode.process.constFind(name);
            found != view.mode.process.constEnd())
            return *found;
    }
    const auto found = findings.variables.constFind(name);
    return found == findings.variables.constEnd() ? std::nullopt : std::optional(found->value);
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

QString unsetVariable(const FolderView &view, const CodeValue &value, const Findings &findings)
{
    for (const CodeValue::Part &part : value.parts) {
        if (part.isVariable && !variableValue(view, part.text, findings))
            return part.text;
    }
    return {};
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
    const QString missing = unsetVariable(view, setting.value, findings);
    if (missing.isEmpty() && !name.isEmpty()) {
        if (!ignoredOf(name, findings))
            ignore(view, place, IgnoredReason::NotPostgres,
                   tr("It names %1, which holds no PostgreSQL address.").arg(name), findings);
        return;
    }
    if (const std::optional<QString> text = settled(view, setting.value, findings))
        return addText(view, place, *text, setting, findings);
    if (!ignoredOf(missing, findings))
        ignore(view, place, IgnoredReason::Unset,
               tr("It names %1, which nothing sets here.").arg(missing), findings);
}

} // namespace

CodeValue literal(const QString &text)
{
    return {.parts = {{.isVariable = false, .text = text}}, .otherwise = {}, .line = 0};
}

CodeValue variable(const QString &name)
{
    return {.parts = {{.isVariable = true, .text = name}}, .otherwise = {}, .line = 0};
}

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
        findings.warnings.push_back(
            {.kind = ProjectWarning::Kind::FileRefused,
             .text = tr("%1 was not read: %2").arg(path, text.error().message),
             .advice = text.error().advice,
             .places = {{.file = path, .line = 0, .key = {}}}});
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
    findings.warnings.push_back(
        {.kind = ProjectWarning::Kind::FileRefused,
         .text = tr("%1 was not read. %2").arg(view.path(name), texts.error().message),
         .advice = texts.error().advice,
         .places = {{.file = view.path(name), .line = 0, .key = {}}}});
    return std::nullopt;
}

void addSettings(const FolderView &view, const QString &file, std::span<const Setting> settings,
                 Findings &findings)
{
    for (const Setting &setting : settings)
        addSetting(view, file, setting, findings);
}

std::optional<QString> settled(const FolderView &view, const CodeValue &value,
                               const Findings &findings)
{
    QString text;
    for (const CodeValue::Part &part : value.parts) {
        if (!part.isVariable) {
            text += part.text;
        } else if (const std::optional<QString> found = variableValue(view, part.text, findings)) {
            text +=
                part.isField ? QString::fromLatin1(found->toUtf8().toPercentEncoding()) : *found;
        } else if (value.parts.size() == 1 && !value.otherwise.isEmpty()) {
            return value.otherwise;
        } else {
            return std::nullopt;
        }
    }
    return text;
}

QString urlOf(const UrlFields &fields)
{
    const auto encoded = [](const QString &text) {
        return QString::fromLatin1(text.toUtf8().toPercentEncoding());
    };
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

} // namespace core

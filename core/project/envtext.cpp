// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/source.h"

#include "core/base/boundedfile.h"

#include <QCoreApplication>

#include <algorithm>
#include <ranges>
#include <span>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::EnvText", text);
}

/// The values that stand when only these files were read; the earlier file wins.
QHash<QString, QString> merged(std::span<const EnvText> files)
{
    QHash<QString, QString> values;
    for (const EnvText &file : files | std::views::reverse) {
        for (const EnvEntry &entry : file.entries)
            values.insert(entry.key, entry.value);
    }
    return values;
}

EnvLookup lookupIn(const EnvMode &mode, QHash<QString, QString> values)
{
    return [&mode, values = std::move(values)](const QString &name) -> std::optional<QString> {
        if (mode.useProcess) {
            if (const auto found = mode.process.constFind(name); found != mode.process.constEnd())
                return *found;
        }
        const auto found = values.constFind(name);
        return found == values.constEnd() ? std::nullopt : std::optional(*found);
    };
}

/// All files as one list, the weakest first, as loaders do that merge before they expand.
void expandMerged(std::vector<EnvText> &files, const LoaderRule &rule, const EnvMode &mode)
{
    std::vector<EnvEntry> all;
    for (const EnvText &file : files | std::views::reverse)
        all.insert(all.end(), file.entries.begin(), file.entries.end());
    // dotenv puts values into the environment before dotenv-expand looks there.
    const bool populatesFirst =
        rule.loader == EnvLoader::Dotenv || rule.loader == EnvLoader::DotenvFlow;
    const std::vector<int> unsettled =
        expandEnv(all, rule.expansion,
                  lookupIn(mode, populatesFirst ? merged(files) : QHash<QString, QString>()));
    size_t first = 0;
    for (EnvText &file : files | std::views::reverse) {
        const size_t last = first + file.entries.size();
        std::ranges::copy(all.begin() + qsizetype(first), all.begin() + qsizetype(last),
                          file.entries.begin());
        for (const int number : unsettled) {
            if (size_t(number) >= first && size_t(number) < last)
                file.unsettled.push_back(number - int(first));
        }
        first = last;
    }
}

} // namespace

void addRefusal(const QString &path, const QString &form, const Error &error, Findings &findings)
{
    findings.warnings.push_back({.kind = ProjectWarning::Kind::FileRefused,
                                 .text = form.arg(path, error.message),
                                 .advice = error.advice,
                                 .places = {{.file = path, .line = 0, .key = {}}}});
}

std::optional<QString> readEnvText(const FolderView &view, const QString &name, bool inOrder,
                                   Findings &findings)
{
    const QString path = view.path(name);
    Result<QString> text =
        readFileBeneath(view.folder, path, largestEnvFile).and_then(decodeEnvText);
    FileSeen seen{.name = path,
                  .state = FileSeen::State::Read,
                  .inOrder = inOrder,
                  .isSettings = false,
                  .error = {}};
    if (!text && text.error().id == "file.missing") {
        seen.state = FileSeen::State::Absent;
    } else if (!text) {
        seen.state = FileSeen::State::Refused;
        seen.error = text.error();
        addRefusal(path, tr("%1 was not read: %2"), text.error(), findings);
    }
    findings.files.push_back(std::move(seen));
    return text ? std::optional(std::move(*text)) : std::nullopt;
}

void interpret(std::vector<EnvText> &files, const LoaderRule &rule, const EnvMode &mode)
{
    for (EnvText &file : files) {
        file.entries = parseEnv(file.text, rule.grammar);
        file.unsettled.clear();
    }
    if (rule.mergedScope) {
        expandMerged(files, rule, mode);
        return;
    }
    for (size_t i = 0; i < files.size(); ++i) {
        const EnvLookup outer = lookupIn(mode, merged(std::span(files).first(i)));
        files[i].unsettled = expandEnv(files[i].entries, rule.expansion, outer);
    }
}

const EnvEntry *lastOf(const EnvText &file, const QString &key)
{
    const auto found = std::ranges::find(file.entries | std::views::reverse, key, &EnvEntry::key);
    return found == file.entries.rend() ? nullptr : &*found;
}

} // namespace core

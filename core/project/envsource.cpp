// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/source.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>
#include <array>
#include <ranges>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int maxOtherFiles = 64;

QString tr(const char *text)
{
    return QCoreApplication::translate("core::EnvSource", text);
}

std::vector<EnvText> readTexts(const FolderView &view, const QStringList &names, bool inOrder,
                               Findings &findings)
{
    std::vector<EnvText> texts;
    for (const QString &name : names) {
        if (std::optional<QString> text = readEnvText(view, name, inOrder, findings))
            texts.push_back({.name = view.path(name),
                             .text = std::move(*text),
                             .entries = {},
                             .unsettled = {}});
    }
    return texts;
}

/// Which assignment of each key stands; `files` are the strongest first.
Winners winnersOf(const std::vector<EnvText> &files)
{
    Winners winners;
    for (const EnvText &file : files) {
        Winners ofFile;
        for (const EnvEntry &entry : file.entries)
            ofFile.insert(entry.key, {{file.name, entry.line, entry.key}, entry.value});
        for (auto it = ofFile.begin(); it != ofFile.end(); ++it) {
            if (!winners.contains(it.key()))
                winners.insert(it.key(), it.value());
        }
    }
    return winners;
}

QString losingText(const FolderView &view, const SourceLocation &loser,
                   const SourceLocation &winner)
{
    if (winner.file.isEmpty())
        return tr("Loses to this process's own variable.");
    if (winner.file == loser.file)
        return tr("Loses to line %1 of the same file.").arg(winner.line);
    return tr("Loses to %1 in the order of %2.").arg(winner.text(), view.rule.name);
}

/// What stands of one assignment: a value in use, or one that is left out and why.
void place(const FolderView &view, const Winners &winners, Candidate candidate, Findings &findings)
{
    const SourceLocation source = candidate.value.source;
    SourceLocation winner = winners.value(source.key).place;
    if (view.mode.useProcess && view.mode.process.contains(source.key))
        winner = {.file = {}, .line = 0, .key = source.key};
    if (winner != source) {
        findings.ignored.push_back({std::move(candidate.value), IgnoredReason::Loses,
                                    losingText(view, source, winner), winner});
    } else if (candidate.ignored) {
        findings.ignored.push_back(
            {std::move(candidate.value), *candidate.ignored, candidate.explanation, {}});
    } else {
        findings.values.push_back(std::move(candidate.value));
    }
}

void addUnsettled(const EnvText &file, Findings &findings)
{
    for (const int number : file.unsettled) {
        const EnvEntry &entry = file.entries[size_t(number)];
        const SourceLocation source{file.name, entry.line, entry.key};
        findings.warnings.push_back(
            {.kind = ProjectWarning::Kind::Cycle,
             .text = tr("%1 in %2 refers to itself, directly or through others.")
                         .arg(source.key, source.text()),
             .advice = tr("Its references were left as they stand."),
             .places = {source}});
    }
}

/// Why a file that lies beside those in order does not count. `name` is relative to the package.
std::pair<IgnoredReason, QString> asideReason(const FolderView &view, const QString &name)
{
    for (const QLatin1StringView word : {"example"_L1, "sample"_L1, "template"_L1, "dist"_L1}) {
        if (name.contains(word, Qt::CaseInsensitive))
            return {IgnoredReason::Example, tr("An example file; never a source.")};
    }
    if (name.startsWith(".vercel/"_L1))
        return {IgnoredReason::Example,
                tr("A copy that Vercel's tool keeps; no program reads it here.")};
    const QStringList words = name.split(u'.', Qt::SkipEmptyParts).mid(1);
    if (!words.isEmpty() && words.first() != view.mode.name) {
        for (const QLatin1StringView mode :
             {"development"_L1, "production"_L1, "test"_L1, "staging"_L1, "preview"_L1}) {
            if (words.first() == mode)
                return {IgnoredReason::OtherMode,
                        tr("Not used: the mode is %1.").arg(view.mode.name)};
        }
    }
    return {IgnoredReason::NotRead, tr("%1 does not read this file.").arg(view.rule.name)};
}

/// Env files of the folder that are in no order: other modes, examples, other loaders' names.
QStringList asideNames(const FolderView &view, const Findings &findings)
{
    QStringList names;
    const auto seen = [&](const QString &name) {
        return std::ranges::contains(findings.files, view.path(name), &FileSeen::name);
    };
    const std::array withoutAddresses = {".env.vault"_L1, ".env.keys"_L1};
    for (const QString &name : view.evidence.names) {
        const bool isEnv =
            name.startsWith(".env"_L1) && !std::ranges::contains(withoutAddresses, name);
        if (isEnv && !seen(name) && names.size() < maxOtherFiles)
            names.append(name);
    }
    const QDir vercel(view.folder + u'/' + view.path(u".vercel"_s));
    for (const QString &name :
         vercel.entryList({u".env*"_s}, QDir::Files | QDir::Hidden, QDir::Name).mid(0, 8))
        names.append(".vercel/"_L1 + name);
    return names;
}

void readAside(const FolderView &view, Findings &findings)
{
    std::vector<EnvText> files = readTexts(view, asideNames(view, findings), false, findings);
    LoaderRule alone = view.rule;
    alone.mergedScope = false;
    for (EnvText &file : files) {
        std::vector<EnvText> one = {std::move(file)};
        interpret(one, alone, view.mode);
        const QString &name = one.front().name;
        const auto [reason, explanation] =
            asideReason(view, view.package.isEmpty() ? name : name.sliced(view.package.size() + 1));
        for (const EnvEntry &entry : one.front().entries) {
            std::optional<Candidate> found =
                candidateOf({one.front().name, entry.line, entry.key}, entry.value);
            // A database of its own that an example names, even without an address, tells what the
            // application looks for.
            const bool isAsked = found && reason == IgnoredReason::Example && found->key.known
                                 && found->key.role == UrlKey::Role::Default
                                 && found->key.database != "main"_L1;
            if (found && (found->value.info || found->value.error || isAsked))
                findings.ignored.push_back({std::move(found->value), reason, explanation, {}});
        }
    }
}

/// Another loader of the same folder: what only it finds is in use too, and where it takes another
/// value, that is said.
void compareLoader(const FolderView &view, const LoaderRule &other, const Winners &winners,
                   Findings &findings)
{
    QStringList unseen;
    for (const QString &name : other.files) {
        if (!std::ranges::contains(findings.files, view.path(name), &FileSeen::name))
            unseen.append(view.path(name));
    }
    Findings again;
    std::vector<EnvText> files = readTexts(view, other.files, false, again);
    interpret(files, other, view.mode);
    const Winners theirs = winnersOf(files);
    QStringList keys = theirs.keys();
    std::ranges::sort(keys);
    for (const QString &key : std::as_const(keys)) {
        const Winner &their = theirs[key];
        std::optional<Candidate> found = candidateOf(their.place, their.value);
        if (!found || found->ignored)
            continue;
        const auto own = winners.constFind(key);
        if (own == winners.constEnd()) {
            findings.values.push_back(std::move(found->value));
        } else if (own->value != their.value && own->place != their.place) {
            findings.warnings.push_back(
                {.kind = ProjectWarning::Kind::LoadersDisagree,
                 .text = tr("%1 takes %2 from %3, but %4 takes it from %5.")
                             .arg(other.name, key, their.place.text(), view.rule.name,
                                  own->place.text()),
                 .advice = tr("Make both hold the same address, or remove one."),
                 .places = {own->place, their.place}});
        }
    }
    for (FileSeen &seen : again.files) {
        if (unseen.contains(seen.name))
            findings.files.push_back(std::move(seen));
    }
}

/// Prisma reads two files and leaves open which of them is meant where they differ.
void addConflicts(const std::vector<EnvText> &files, Findings &findings)
{
    for (const IgnoredValue &loser : findings.ignored) {
        if (loser.reason != IgnoredReason::Loses || !loser.winner
            || loser.winner->file == loser.value.source.file
            || !std::ranges::contains(files, loser.value.source.file, &EnvText::name))
            continue;
        const auto winning = std::ranges::find(findings.values, *loser.winner, &UrlValue::source);
        if (winning == findings.values.end() || winning->info == loser.value.info
            || files.size() < 2)
            continue;
        findings.warnings.push_back(
            {.kind = ProjectWarning::Kind::LoadersDisagree,
             .text = tr("%1 stands in %2 and in %3 with different values; Prisma warns of it "
                        "or stops.")
                         .arg(loser.value.source.key, winning->source.text(),
                              loser.value.source.text()),
             .advice = tr("Remove one of them."),
             .places = {winning->source, loser.value.source}});
    }
}

} // namespace

void readEnvSource(const FolderView &view, Findings &findings)
{
    const size_t before = findings.values.size();
    const size_t ignoredBefore = findings.ignored.size();
    std::vector<EnvText> files = readTexts(view, view.rule.files, true, findings);
    interpret(files, view.rule, view.mode);
    const Winners winners = winnersOf(files);
    findings.variables.insert(winners);
    for (const EnvText &file : files) {
        addUnsettled(file, findings);
        for (const EnvEntry &entry : file.entries) {
            if (std::optional<Candidate> found =
                    candidateOf({file.name, entry.line, entry.key}, entry.value))
                place(view, winners, std::move(*found), findings);
        }
    }
    if (view.rule.loader == EnvLoader::Prisma)
        addConflicts(files, findings);
    addOtherReadings(view, files, findings);
    addHashCuts(files, findings);
    for (const LoaderRule &other : otherLoaders(view.evidence, view.rule, view.mode.name))
        compareLoader(view, other, winners, findings);
    readAside(view, findings);
    for (UrlValue &value : findings.values | std::views::drop(before))
        value.package = view.package;
    for (IgnoredValue &ignored : findings.ignored | std::views::drop(ignoredBefore))
        ignored.value.package = view.package;
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/gitwarnings.h"

#include "core/project/gitignore.h"
#include "core/project/gitindex.h"

#include <QCoreApplication>
#include <QMap>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Translator {
    Q_DECLARE_TR_FUNCTIONS(core::GitWarnings)
};

/// How many passwords each file holds.
QMap<QString, int> passwordsOf(const Project &project)
{
    QMap<QString, int> passwords;
    const auto isSettings = [&](const QString &name) {
        const auto seen = std::ranges::find(project.files, name, &FileSeen::name);
        return seen != project.files.end() && seen->isSettings;
    };
    const auto count = [&](const UrlValue &value) {
        if (value.source.file.isEmpty() || value.twinOf || !value.info
            || !value.info->hasPassword())
            return;
        const bool isShared =
            isSettings(value.source.file)
            && (value.elsewhere || classifyHost(value.info->host()) != HostClass::Public);
        if (!isShared)
            ++passwords[value.source.file];
    };
    std::ranges::for_each(project.values, count);
    for (const IgnoredValue &ignored : project.ignored) {
        const bool isServer =
            ignored.reason == IgnoredReason::SameServer || ignored.reason == IgnoredReason::Inside;
        if (ignored.reason != IgnoredReason::Example && !isServer)
            count(ignored.value);
    }
    return passwords;
}

} // namespace

void addGitWarnings(const Project &project, std::vector<ProjectWarning> &warnings)
{
    const QMap<QString, int> passwords = passwordsOf(project);
    if (passwords.isEmpty() || topOfRepository(project.folder).isEmpty())
        return;
    const GitTracked tracked(project.folder);
    for (auto it = passwords.constBegin(); it != passwords.constEnd(); ++it) {
        const QString &file = it.key();
        const QString path = project.folder + u'/' + file;
        const std::vector<SourceLocation> places = {{.file = file, .line = 0, .key = {}}};
        if (tracked.holds(path)) {
            warnings.push_back(
                {.kind = ProjectWarning::Kind::GitTracked,
                 .text = Translator::tr("git keeps %1 already, which holds %n passwords.", nullptr,
                                        it.value())
                             .arg(file),
                 .advice = Translator::tr("Take it out with git rm --cached, add it to .gitignore "
                                          "and change the passwords: they stay in the history."),
                 .places = places});
            continue;
        }
        const std::optional<GitIgnore> git = GitIgnore::ofFolder(path.section(u'/', 0, -2));
        if (!git || git->ignores(path.section(u'/', -1)))
            continue;
        warnings.push_back({.kind = ProjectWarning::Kind::GitWouldCommit,
                            .text = Translator::tr("git would commit %1, which holds %n passwords.",
                                                   nullptr, it.value())
                                        .arg(file),
                            .advice = Translator::tr("Add it to .gitignore."),
                            .places = places});
    }
}

} // namespace core

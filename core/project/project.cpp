// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include "core/base/boundedfile.h"
#include "core/base/worker.h"
#include "core/project/gitignore.h"
#include "core/project/source.h"

#include <QCoreApplication>
#include <QDir>
#include <QDirListing>
#include <QFileInfo>
#include <QProcessEnvironment>
#include <QRegularExpression>

#include <algorithm>
#include <array>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr qint64 largestPackageJson = qint64(4) << 20;
constexpr int maxNames = 20'000;

/// Every kind of place that addresses come from, the strongest first; each has a file of its own.
constexpr std::array<SourceReader, 2> sourceReaders = {readProcessSource, readEnvSource};

QString tr(const char *text)
{
    return QCoreApplication::translate("core::Project", text);
}

Result<QFileInfo> checkedFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (!info.exists())
        return failure(ErrorKind::Local, "project.gone"_ba, tr("The folder is not there."), folder);
    if (!info.isDir())
        return failure(ErrorKind::Usage, "project.notFolder"_ba, tr("This is not a folder."),
                       folder, tr("Open the folder that holds the file."));
    const QFileInfo canonical(info.canonicalFilePath());
    if (!canonical.isReadable() || !canonical.isExecutable()) {
        return failure(ErrorKind::Local, "project.permission"_ba, tr("The folder may not be read."),
                       folder, tr("Give yourself permission to read it, or open it as its owner."));
    }
    return canonical;
}

/// Names in the folder that matter to loaders; in a folder of many thousands the rest is passed
/// over.
QStringList namesOf(const QString &folder)
{
    static const QRegularExpression interesting(
        uR"(^(\.env.*|(next|vite)\.config\..+|bun\.lockb?|package\.json|prisma)$)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    QStringList names;
    using Flag = QDirListing::IteratorFlag;
    for (const auto &entry : QDirListing(folder, Flag::IncludeHidden)) {
        if (interesting.match(entry.fileName()).hasMatch() && names.size() < maxNames)
            names.append(entry.fileName());
    }
    std::ranges::sort(names);
    return names;
}

bool holdsPassword(const UrlValue &value)
{
    return value.info && value.info->hasPassword();
}

/// Env files with passwords that git would commit.
void addGitWarnings(const QString &folder, const Project &project,
                    std::vector<ProjectWarning> &warnings)
{
    QMap<QString, int> passwords;
    const auto count = [&](const UrlValue &value) {
        if (!value.source.file.isEmpty() && holdsPassword(value))
            ++passwords[value.source.file];
    };
    std::ranges::for_each(project.values, count);
    for (const IgnoredValue &ignored : project.ignored) {
        if (ignored.reason != IgnoredReason::Example)
            count(ignored.value);
    }
    if (passwords.isEmpty())
        return;
    const std::optional<GitIgnore> git = GitIgnore::ofFolder(folder);
    if (!git)
        return;
    for (auto it = passwords.constBegin(); it != passwords.constEnd(); ++it) {
        if (git->ignores(it.key()))
            continue;
        warnings.push_back(
            {.kind = ProjectWarning::Kind::GitWouldCommit,
             .text = QCoreApplication::translate("core::Project",
                                                 "git would commit %1, which holds %n passwords.",
                                                 nullptr, it.value())
                         .arg(it.key()),
             .advice = tr("Add it to .gitignore."),
             .places = {{.file = it.key(), .line = 0, .key = {}}}});
    }
}

void addLeakWarnings(const Project &project, std::vector<ProjectWarning> &warnings)
{
    for (const IgnoredValue &ignored : project.ignored) {
        if (ignored.reason != IgnoredReason::BrowserLeak)
            continue;
        const SourceLocation &source = ignored.value.source;
        warnings.push_back(
            {.kind = ProjectWarning::Kind::BrowserLeak,
             .text =
                 tr("%1 in %2 is put into the page by the bundler.").arg(source.key, source.text()),
             .advice = tr("Rename it, then change the password."),
             .places = {source}});
    }
}

Result<QString> checkedMode(const QString &mode)
{
    static const QRegularExpression allowed(u"\\A[A-Za-z0-9_.-]{1,64}\\z"_s);
    if (allowed.match(mode).hasMatch() && mode != "local"_L1)
        return mode;
    return failure(ErrorKind::Usage, "project.mode"_ba, tr("“%1” cannot be a mode.").arg(mode), {},
                   tr("A mode is a word such as development, test or production."));
}

} // namespace

QString SourceLocation::text() const
{
    if (file.isEmpty())
        return tr("the environment");
    return line > 0 ? file + u':' + QString::number(line) : file;
}

EnvMode EnvMode::ofThisProcess(const QString &name, bool useProcess)
{
    EnvMode mode;
    mode.name = name.isEmpty() ? u"development"_s : name;
    mode.useProcess = useProcess;
    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &key : environment.keys())
        mode.process.insert(key, environment.value(key));
    return mode;
}

QString Project::searchedText() const
{
    QStringList inOrder;
    QStringList aside;
    for (const FileSeen &file : files) {
        QString text = file.name;
        if (file.state == FileSeen::State::Absent)
            text = tr("%1 (not there)").arg(file.name);
        else if (file.state == FileSeen::State::Refused)
            text = tr("%1 (not read: %2)")
                       .arg(file.name, file.error ? file.error->message : QString());
        if (file.inOrder)
            inOrder.append(text);
        else if (file.state != FileSeen::State::Absent)
            aside.append(text);
    }
    QStringList sentences = {tr("Searched in the order of %1, because %2: %3.")
                                 .arg(loader.name, loader.evidence, inOrder.join(u", "_s))};
    if (!aside.isEmpty())
        sentences.append(tr("Also there, but not read by it: %1.").arg(aside.join(u", "_s)));
    for (const IgnoredValue &value : ignored) {
        sentences.append(
            tr("%1 in %2: %3")
                .arg(value.value.source.key, value.value.source.text(), value.explanation));
        if (sentences.size() > 8)
            break;
    }
    return sentences.join(u' ');
}

Result<Project> readProject(const QString &folder, const EnvMode &mode)
{
    const Result<QString> modeName = checkedMode(mode.name);
    if (!modeName)
        return std::unexpected(modeName.error());
    const Result<QFileInfo> info = checkedFolder(folder);
    if (!info)
        return std::unexpected(info.error());
    FolderView view;
    view.folder = info->filePath();
    view.mode = mode;
    const QByteArray packageJson =
        readBoundedFile(view.folder + "/package.json"_L1, largestPackageJson)
            .value_or(QByteArray());
    view.evidence = readLoaderEvidence(packageJson, namesOf(view.folder));
    view.rule = chooseLoader(view.evidence, mode.name);

    Findings findings;
    for (const SourceReader read : sourceReaders)
        read(view, findings);
    Project project;
    project.folder = view.folder;
    project.name = info->fileName();
    project.mode = mode.name;
    project.ownerId = info->ownerId();
    project.ownedByOther = project.ownerId != ::geteuid();
    project.loader = view.rule;
    project.files = std::move(findings.files);
    project.values = std::move(findings.values);
    project.ignored = std::move(findings.ignored);
    project.warnings = std::move(findings.warnings);
    addLeakWarnings(project, project.warnings);
    addGitWarnings(project.folder, project, project.warnings);
    return project;
}

QFuture<Result<Project>> readProjectLater(const QString &folder, const EnvMode &mode)
{
    return runOnWorker([folder, mode] { return readProject(folder, mode); });
}

} // namespace core

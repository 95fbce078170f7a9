// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/project.h"

#include "core/base/boundedfile.h"
#include "core/base/worker.h"
#include "core/project/codetokens.h"
#include "core/project/folderscan.h"
#include "core/project/gitwarnings.h"
#include "core/project/source.h"

#include <QCoreApplication>
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
constexpr qsizetype maxWatched = 200;

/// Every kind of place below the process's own variables that addresses come from, the strongest
/// first; each has a file of its own.
constexpr std::array sourceReaders = {
    SourceReader(readEnvSource),    SourceReader(readPartsSource),
    SourceReader(readPrismaSource), SourceReader(readDrizzleSource),
    SourceReader(readTomlSource),   SourceReader(readDatabaseYmlSource),
    SourceReader(readJsonSource),   SourceReader(readSupabaseSource),
    SourceReader(readComposeSource)};

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

/// prisma.config.ts where it loads dotenv: Prisma 7 leaves that to it.
QString dotenvImport(const FolderView &view)
{
    for (const QString &name : view.evidence.names) {
        if (!name.startsWith("prisma.config."_L1))
            continue;
        const Result<QByteArray> text =
            readFileBeneath(view.folder, view.path(name), largestEnvFile);
        const std::vector<CodeToken> tokens =
            codeTokens(QString::fromUtf8(text.value_or(QByteArray())));
        const bool loads = std::ranges::any_of(tokens, [](const CodeToken &token) {
            return token.isWord("loadEnvFile"_L1)
                   || (token.kind == CodeToken::Kind::Text
                       && (token.text == "dotenv"_L1 || token.text.startsWith("dotenv/"_L1)
                           || token.text.startsWith("@dotenvx/"_L1)));
        });
        if (loads)
            return name;
    }
    return {};
}

FolderView viewOf(const QString &folder, const PackageFolder &package, const EnvMode &mode)
{
    FolderView view;
    view.folder = folder;
    view.package = package.folder;
    view.mode = mode;
    const QByteArray packageJson =
        readFileBeneath(folder, view.path(u"package.json"_s), largestPackageJson)
            .value_or(QByteArray());
    view.evidence = readLoaderEvidence(packageJson, package.names);
    view.evidence.dotenvImport = dotenvImport(view);
    view.rule = chooseLoader(view.evidence, mode.name);
    return view;
}

/// One package, or the project itself, whose variables every package sees.
void readPackage(const FolderView &view, Project &project, Findings &findings)
{
    const Winners ofProject = findings.variables;
    if (view.package.isEmpty()) {
        project.loader = view.rule;
        readProcessSource(view, findings);
    } else {
        project.packages.push_back(
            {.folder = view.package, .name = view.package.section(u'/', -1), .loader = view.rule});
    }
    for (const SourceReader read : sourceReaders)
        read(view, findings);
    if (!view.package.isEmpty())
        findings.variables = ofProject;
}

QStringList workspacesOf(const QString &folder)
{
    const QByteArray packageJson =
        readFileBeneath(folder, u"package.json"_s, largestPackageJson).value_or(QByteArray());
    const QByteArray pnpm =
        readFileBeneath(folder, u"pnpm-workspace.yaml"_s, largestEnvFile).value_or(QByteArray());
    return workspacePatterns(packageJson, QString::fromUtf8(pnpm));
}

/// The folders of files that were looked at, and those above them, where new ones may appear.
QStringList watchedFolders(const QStringList &scanned, const std::vector<FileSeen> &files)
{
    QStringList folders = {QString()};
    const auto add = [&](const QString &folder) {
        if (!folders.contains(folder) && folders.size() < maxWatched)
            folders.append(folder);
    };
    for (const FileSeen &file : files) {
        const QString folder =
            file.name.contains(u'/') ? file.name.section(u'/', 0, -2) : QString();
        if (file.state != FileSeen::State::Absent)
            add(folder);
    }
    for (const QString &folder : scanned)
        add(folder);
    return folders;
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
    if (!savedId.isEmpty())
        return tr("saved connection");
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
    QStringList settings;
    for (const FileSeen &file : files) {
        QString text = file.name;
        if (file.state == FileSeen::State::Absent)
            text = tr("%1 (not there)").arg(file.name);
        else if (file.state == FileSeen::State::Refused)
            text = tr("%1 (not read: %2)")
                       .arg(file.name, file.error ? file.error->message : QString());
        if (file.inOrder)
            inOrder.append(text);
        else if (file.isSettings)
            settings.append(text);
        else if (file.state != FileSeen::State::Absent)
            aside.append(text);
    }
    QStringList sentences = {tr("Searched in the order of %1, because %2: %3.")
                                 .arg(loader.name, loader.evidence, inOrder.join(u", "_s))};
    if (!aside.isEmpty())
        sentences.append(tr("Also there, but not read by it: %1.").arg(aside.join(u", "_s)));
    if (!settings.isEmpty())
        sentences.append(tr("Settings that were looked at: %1.").arg(settings.join(u", "_s)));
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
    Project project;
    project.folder = info->filePath();
    project.name = info->fileName();
    project.mode = mode.name;
    project.ownerId = info->ownerId();
    project.ownedByOther = project.ownerId != ::geteuid();

    const FolderScan scan = scanFolder(project.folder, workspacesOf(project.folder));
    Findings findings;
    for (const PackageFolder &package : scan.packages)
        readPackage(viewOf(project.folder, package, mode), project, findings);
    markHosts(findings);
    project.folders = watchedFolders(scan.folders, findings.files);
    project.files = std::move(findings.files);
    project.values = std::move(findings.values);
    project.ignored = std::move(findings.ignored);
    project.warnings = std::move(findings.warnings);
    addLeakWarnings(project, project.warnings);
    addGitWarnings(project, project.warnings);
    return project;
}

QFuture<Result<Project>> readProjectLater(const QString &folder, const EnvMode &mode)
{
    return runOnWorker([folder, mode] { return readProject(folder, mode); });
}

} // namespace core

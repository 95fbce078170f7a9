// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/project/folderscan.h"

#include "core/project/gitignore.h"
#include "core/project/settingtexts.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <array>
#include <deque>
#include <memory>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int maxDepth = 4;
constexpr size_t maxPatterns = 64;

/// Never looked into: what tools fetched or made.
constexpr std::array toolFolders = {
    "node_modules"_L1, "bower_components"_L1, "vendor"_L1, "target"_L1,      "dist"_L1, "build"_L1,
    "out"_L1,          "coverage"_L1,         "venv"_L1,   "__pycache__"_L1, "tmp"_L1,  "log"_L1,
    "logs"_L1,         "site-packages"_L1};
/// Not looked into unless a workspace names them: their addresses are nobody's.
constexpr std::array quietFolders = {
    "examples"_L1,  "example"_L1,  "fixtures"_L1,  "__fixtures__"_L1, "test"_L1,   "tests"_L1,
    "__tests__"_L1, "testdata"_L1, "templates"_L1, "template"_L1,     "samples"_L1};

/// Of folders whose files belong to the tools of the folder above.
constexpr std::array folderNames = {"prisma"_L1, "supabase"_L1, "config"_L1};

bool isAny(const auto &names, const QString &name)
{
    return std::ranges::any_of(names, [&](QLatin1StringView other) { return other == name; });
}

/// Names that some source reads or that show the folder's tools.
bool matters(const QString &name)
{
    static const QRegularExpression names(
        uR"(\A(\.env.*|(next|vite|prisma|drizzle[^/]*)\.config\..+|bun\.lockb?|package\.json|pnpm-workspace\.yaml|schema\.prisma|[^/]+\.toml|(docker-)?compose(\.override)?\.ya?ml|appsettings[^/]*\.json|database\.json|ormconfig\.json|prisma|supabase|config)\z)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    return names.match(name).hasMatch();
}

/// Names that make a folder below the project a package with addresses of its own.
bool makesPackage(const QString &name)
{
    static const QRegularExpression files(
        uR"(\A(\.env.*|(prisma|drizzle[^/]*)\.config\..+|schema\.prisma|(docker-)?compose\.ya?ml|appsettings\.json)\z)"_s,
        QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression examples(
        uR"(\A\.env.*(example|sample|template|dist|vault|keys|rc))"_s,
        QRegularExpression::CaseInsensitiveOption);
    return files.match(name).hasMatch() && !examples.match(name).hasMatch();
}

struct Listing {
    QStringList files = {};
    QStringList folders = {};
};

struct CloseFolder {
    void operator()(DIR *folder) const { ::closedir(folder); }
};

bool isFolder(int fd, const dirent &entry)
{
    if (entry.d_type != DT_UNKNOWN)
        return entry.d_type == DT_DIR;
    struct stat facts = {};
    return ::fstatat(fd, entry.d_name, &facts, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(facts.st_mode);
}

class Scan
{
public:
    Scan(QString root, const QStringList &workspaces)
        : m_root(std::move(root))
    {
        for (const QString &pattern : workspaces)
            m_patterns.push_back(pattern.split(u'/', Qt::SkipEmptyParts));
    }
    FolderScan run();

private:
    struct Place {
        QString folder = {};
        int depth = 0;
    };
    [[nodiscard]] Listing list(const QString &folder);
    void look(const Place &place);
    void addPackage(const QString &folder, const QStringList &names);
    [[nodiscard]] bool entered(const QString &folder, const QString &name) const;
    [[nodiscard]] bool isOfWorkspace(const QString &folder) const;

    QString m_root;
    std::vector<QStringList> m_patterns;
    std::deque<Place> m_places;
    QHash<QString, QStringList> m_names; ///< of folders looked into
    FolderScan m_scan;
    int m_left = maxScannedNames;
    int m_leftOfRoot = 10 * maxScannedNames;
};

Listing Scan::list(const QString &folder)
{
    Listing listing;
    const QString path = folder.isEmpty() ? m_root : m_root + u'/' + folder;
    const int number = ::open(QFile::encodeName(path).constData(),
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (number < 0)
        return listing;
    const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(number));
    if (!stream) {
        ::close(number);
        return listing;
    }
    // What lies in the project itself is always seen: tools are told apart by it.
    int &left = folder.isEmpty() ? m_leftOfRoot : m_left;
    while (const dirent *entry = ::readdir(stream.get())) {
        if (--left < 0) {
            m_scan.isCut = true;
            break;
        }
        const QString name = QFile::decodeName(entry->d_name);
        if (name == "."_L1 || name == ".."_L1)
            continue;
        (isFolder(number, *entry) ? listing.folders : listing.files).append(name);
    }
    std::ranges::sort(listing.files);
    std::ranges::sort(listing.folders);
    return listing;
}

/// Whether a folder is a member of a workspace, or the way to one.
bool Scan::isOfWorkspace(const QString &folder) const
{
    const QStringList parts = folder.split(u'/');
    return std::ranges::any_of(m_patterns, [&](const QStringList &pattern) {
        for (qsizetype i = 0; i < parts.size(); ++i) {
            if (i < pattern.size() && pattern[i] == "**"_L1)
                return true;
            if (i >= pattern.size() || !matchesGlob(pattern[i], parts[i]))
                return false;
        }
        return true;
    });
}

bool Scan::entered(const QString &folder, const QString &name) const
{
    if (name.startsWith(u'.') || isAny(toolFolders, name))
        return false;
    return !isAny(quietFolders, name)
           || isOfWorkspace(folder.isEmpty() ? name : folder + u'/' + name);
}

void Scan::addPackage(const QString &folder, const QStringList &names)
{
    if (std::ranges::contains(m_scan.packages, folder, &PackageFolder::folder))
        return;
    if (m_scan.packages.size() > maxPackages)
        m_scan.isCut = true;
    else
        m_scan.packages.push_back({folder, names});
}

void Scan::look(const Place &place)
{
    const Listing listing = list(place.folder);
    QStringList names;
    // What only looks like one of the tools' folders, a link for instance, is not theirs.
    std::ranges::copy_if(listing.files, std::back_inserter(names), [](const QString &name) {
        return matters(name) && !isAny(folderNames, name);
    });
    std::ranges::copy_if(listing.folders, std::back_inserter(names), matters);
    std::ranges::sort(names);
    m_names.insert(place.folder, names);
    const QString last = place.folder.section(u'/', -1);
    const bool isPart = isAny(folderNames, last);
    const bool speaks = std::ranges::any_of(listing.files, makesPackage)
                        || (last == "supabase"_L1 && listing.files.contains("config.toml"_L1))
                        || (last == "config"_L1 && listing.files.contains("database.yml"_L1));
    if (place.folder.isEmpty()) {
        addPackage({}, names);
    } else if (speaks && isPart) {
        const QString above = place.folder.section(u'/', 0, -2);
        addPackage(above, m_names.value(above));
    } else if (speaks) {
        addPackage(place.folder, names);
    }
    m_scan.folders.append(place.folder);
    if (place.depth >= maxDepth)
        return;
    for (const QString &name : listing.folders) {
        if (entered(place.folder, name))
            m_places.push_back(
                {place.folder.isEmpty() ? name : place.folder + u'/' + name, place.depth + 1});
    }
}

FolderScan Scan::run()
{
    // By levels, so that what is cut lies deep.
    for (m_places.push_back({}); !m_places.empty() && !m_scan.isCut; m_places.pop_front())
        look(m_places.front());
    if (!m_scan.packages.empty())
        std::ranges::sort(m_scan.packages.begin() + 1, m_scan.packages.end(), {},
                          &PackageFolder::folder);
    return std::move(m_scan);
}

} // namespace

QStringList workspacePatterns(const QByteArray &packageJson, const QString &pnpmWorkspace)
{
    QStringList patterns;
    const auto add = [&](QString pattern) {
        if (pattern.startsWith("./"_L1))
            pattern = pattern.sliced(2);
        if (!pattern.isEmpty() && !pattern.startsWith(u'!')
            && size_t(patterns.size()) < maxPatterns)
            patterns.append(pattern);
    };
    const QJsonValue workspaces = QJsonDocument::fromJson(packageJson).object()["workspaces"_L1];
    const QJsonArray members =
        workspaces.isArray() ? workspaces.toArray() : workspaces["packages"_L1].toArray();
    for (const QJsonValue &member : members)
        add(member.toString());
    if (const Result<SettingTexts> texts = readYamlTexts(pnpmWorkspace)) {
        for (const SettingText &text : *texts) {
            if (text.path.size() == 2 && text.path.first() == "packages"_L1)
                add(text.text);
        }
    }
    return patterns;
}

FolderScan scanFolder(const QString &folder, const QStringList &workspaces)
{
    return Scan(folder, workspaces).run();
}

} // namespace core

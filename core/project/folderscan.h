// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace core {

/// A folder that may hold addresses.
struct PackageFolder {
    QString folder = {};    ///< relative to the project's; empty = the project itself
    QStringList names = {}; ///< of files and folders in it that matter to a source, sorted
    bool operator==(const PackageFolder &) const = default;
};

struct FolderScan {
    std::vector<PackageFolder> packages = {}; ///< the project itself first, then by name
    QStringList folders =
        {};             ///< all that were looked into and may matter, the project itself first
    bool isCut = false; ///< there was more than is looked at
};

inline constexpr int maxScannedNames = 20'000;
inline constexpr int maxPackages = 64;

/// Looks through a folder four levels deep for packages with env files or settings of their own.
/// Never follows a link; passes over what tools keep (node_modules, .git, build output, caches)
/// and, where no workspace names them, over examples, tests and fixtures. `workspaces` are the
/// patterns of package.json and pnpm-workspace.yaml ("apps/*"). Blocks on the disk.
[[nodiscard]] FolderScan scanFolder(const QString &folder, const QStringList &workspaces);

/// The patterns that make members of a workspace. Pure.
[[nodiscard]] QStringList workspacePatterns(const QByteArray &packageJson,
                                            const QString &pnpmWorkspace);

} // namespace core

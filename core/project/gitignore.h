// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace core {

/// The patterns of one .gitignore file, in its grammar (gitignore(5)).
class IgnorePatterns
{
public:
    IgnorePatterns() = default;
    explicit IgnorePatterns(const QByteArray &text);

    /// What the last matching pattern says of a path below this file's folder: true = ignored,
    /// false = wanted all the same; nullopt where none matches.
    [[nodiscard]] std::optional<bool> verdict(const QString &path, bool isFolder) const;

private:
    struct Pattern {
        QStringList parts = {}; ///< between slashes; "**" alone stands for any number of folders
        bool wanted = false;    ///< began with '!'
        bool anchored = false;
        bool foldersOnly = false;
    };
    std::vector<Pattern> m_patterns;
};

/// Which files below a folder git would take with `git add`. Reads .gitignore files,
/// .git/info/exclude and the user's own ignore file; starts nothing. A file that is tracked already
/// counts as taken only by these rules.
class GitIgnore
{
public:
    /// nullopt where the folder is in no repository. Blocks on the disk.
    [[nodiscard]] static std::optional<GitIgnore> ofFolder(const QString &folder);

    /// `path` is relative to the folder it was made for.
    [[nodiscard]] bool ignores(const QString &path) const;

private:
    struct Level {
        QString folder = {}; ///< relative to the top of the repository; empty = the top
        IgnorePatterns patterns = {};
    };
    [[nodiscard]] bool excluded(const QString &pathFromTop, bool isFolder) const;

    QString m_prefix;            ///< of the folder within the repository
    std::vector<Level> m_levels; ///< weakest first
};

/// The folder with `.git` at or above a folder; empty = there is none.
[[nodiscard]] QString topOfRepository(const QString &folder);

/// fnmatch(3) for one part of a path: * ? [set] and backslash; linear in time for each star.
[[nodiscard]] bool matchesGlob(QStringView pattern, QStringView name);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QSet>
#include <QString>

namespace core {

/// The paths in a git index (versions 2 to 4, SHA-1 and SHA-256), relative to the top of the
/// repository. Pure; no git is run. At most a million. Error: gitindex.broken.
[[nodiscard]] Result<QSet<QByteArray>> readGitIndex(const QByteArray &index);

/// Which files git tracks already, of the repository around a folder. Reads its index once: at most
/// 64 MiB, a larger one counts as unknown. Follows a `.git` file into the repository's own
/// `worktrees` or `modules` only.
class GitTracked
{
public:
    explicit GitTracked(const QString &folder);
    /// `path` is absolute.
    [[nodiscard]] bool holds(const QString &path) const;

private:
    QString m_top;
    QSet<QByteArray> m_paths;
};

} // namespace core

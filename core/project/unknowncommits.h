// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>

namespace core {

/// A commit of which nobody knows whether it arrived, until the server is asked.
struct UnknownCommit {
    QString id = {};               ///< made by add()
    QString database = {};         ///< as the project calls it
    QString server = {};           ///< "user@host:port/name", without password
    QByteArray transactionId = {}; ///< empty where there is no number to ask by
    QString words = {};            ///< what was run, shortened, without secrets
    QDateTime time = {};
    bool operator==(const UnknownCommit &) const = default;
};

/// $XDG_STATE_HOME/sluice/unknown/<project key>.json, owner-only: questions that stay until they
/// are answered, also over a restart. Stateless between calls; any thread; blocks for a small file.
class UnknownCommits
{
public:
    /// `root` empty = $XDG_STATE_HOME/sluice/unknown.
    explicit UnknownCommits(const QString &projectFolder, const QString &root = {});

    /// Oldest first. Errors of JsonStore.
    [[nodiscard]] Result<QList<UnknownCommit>> read() const;
    /// Keeps it; the id that it was given. At most 100 are kept, the oldest go first.
    [[nodiscard]] Result<QString> add(const UnknownCommit &commit) const;
    [[nodiscard]] Result<> remove(const QString &id) const;

private:
    QString m_folder;
    QString m_file;
};

} // namespace core

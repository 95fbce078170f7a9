// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

#include <sys/types.h>

namespace core {

/// The PostgreSQL programs of the newest version that is in one of the fixed places of the
/// distributions. Never looked up in PATH: a project's environment must not choose what runs (TRUST
/// A2, binary planting).
struct ServerTools {
    QString directory = {}; ///< holds postgres, initdb, psql
    int majorVersion = 0;
    QString pgbouncer = {};
    bool operator==(const ServerTools &) const = default;
};

/// Errors: local.noServer, local.noPooler, local.root, each with the line that installs what is
/// missing.
[[nodiscard]] Result<ServerTools> findServerTools();

/// Runs a program to its end with `input` on its standard input; argument list only, no shell. The
/// environment holds nothing of ours but PATH, HOME and LANG=C. Returns what it wrote to standard
/// output; its standard error is the error's advice. `errorId` names the failure.
[[nodiscard]] Result<QByteArray> runTool(const QString &program, const QStringList &arguments,
                                         const QByteArray &input, const QByteArray &errorId,
                                         const QString &what);

/// Starts a server that outlives this program, with `lockDescriptor` open in it and its output in
/// `log`.
[[nodiscard]] Result<pid_t> startServer(const QString &program, const QStringList &arguments,
                                        const QString &workingDirectory, const QString &log,
                                        int lockDescriptor);

/// A process watched through a pidfd, so that a recycled process id is never mistaken for it.
class ProcessWatch
{
public:
    explicit ProcessWatch(pid_t pid);
    ~ProcessWatch();
    ProcessWatch(const ProcessWatch &) = delete;
    ProcessWatch &operator=(const ProcessWatch &) = delete;

    [[nodiscard]] bool isValid() const { return m_fd >= 0; }
    /// Waits until it has ended, at most so long; true when it has ended.
    [[nodiscard]] bool waitForEnd(int milliseconds) const;
    [[nodiscard]] bool signal(int number) const;

private:
    int m_fd;
};

} // namespace core

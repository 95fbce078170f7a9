// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <sys/types.h>

namespace core {

/// Where the files of one instance lie, and what the servers' own status files say.
class ServerFiles
{
public:
    explicit ServerFiles(QString directory)
        : m_directory(std::move(directory))
    {
    }
    [[nodiscard]] QString directory() const { return m_directory; }
    [[nodiscard]] QString data() const;
    [[nodiscard]] QString postgresLog() const;
    [[nodiscard]] QString postgresLock() const;
    [[nodiscard]] QString poolerConfig() const;
    [[nodiscard]] QString poolerUsers() const;
    [[nodiscard]] QString poolerLog() const;
    [[nodiscard]] QString poolerLock() const;
    [[nodiscard]] QString poolerPidFile() const;

    /// Line 8 of postmaster.pid: "starting", "stopping", "ready", "standby" (miscadmin.h); empty
    /// without a file.
    [[nodiscard]] QByteArray postmasterStatus() const;
    /// Line 1 of postmaster.pid; 0 without a file.
    [[nodiscard]] pid_t postmasterPid() const;
    [[nodiscard]] pid_t poolerPid() const;
    /// The last lines of a server's log, for an error's text.
    [[nodiscard]] static QString tail(const QString &log, int lines = 3);

private:
    QString m_directory;
};

} // namespace core

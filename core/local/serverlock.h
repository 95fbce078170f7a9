// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace core {

/// An advisory lock (flock) that a server process inherits and holds for its lifetime. It belongs
/// to the open file, not to a process id, so it is right across PID namespaces and after a crash,
/// when the kernel has dropped it.
class ServerLock
{
public:
    explicit ServerLock(QString path);
    ~ServerLock();
    ServerLock(const ServerLock &) = delete;
    ServerLock &operator=(const ServerLock &) = delete;

    /// False when somebody else holds it, or the file cannot be opened.
    [[nodiscard]] bool tryAcquire();
    /// Valid after tryAcquire(); close-on-exec, so the child that is to hold the lock clears that
    /// flag on its copy.
    [[nodiscard]] int descriptor() const { return m_fd; }
    /// True while any process holds it; takes nothing.
    [[nodiscard]] static bool isHeld(const QString &path);

private:
    QString m_path;
    int m_fd = -1;
};

} // namespace core

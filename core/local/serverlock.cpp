// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/local/serverlock.h"

#include <QFile>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace core {

ServerLock::ServerLock(QString path)
    : m_path(std::move(path))
{
}

ServerLock::~ServerLock()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

bool ServerLock::tryAcquire()
{
    if (m_fd < 0)
        m_fd = ::open(QFile::encodeName(m_path).constData(),
                      O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    return m_fd >= 0 && ::flock(m_fd, LOCK_EX | LOCK_NB) == 0;
}

bool ServerLock::isHeld(const QString &path)
{
    const int fd = ::open(QFile::encodeName(path).constData(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return false;
    // A shared lock fails exactly while an exclusive one is held, and closing gives it back.
    const bool held = ::flock(fd, LOCK_SH | LOCK_NB) != 0;
    ::close(fd);
    return held;
}

} // namespace core

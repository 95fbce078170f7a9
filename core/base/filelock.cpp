// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/filelock.h"

#include "core/base/atomicfile.h"
#include "core/base/descriptor.h"

#include <QCoreApplication>
#include <QFile>

#include <cerrno>

#include <fcntl.h>
#include <sys/file.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(core::File)
};

} // namespace

struct FileLock::State {
    Descriptor file;
};

FileLock::FileLock(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}

FileLock::FileLock(FileLock &&) noexcept = default;
FileLock &FileLock::operator=(FileLock &&) noexcept = default;
FileLock::~FileLock() = default;

Result<FileLock> FileLock::acquire(const QString &path, Mode mode, Wait wait)
{
    auto state = std::make_unique<State>();
    state->file = Descriptor(::open(QFile::encodeName(path).constData(),
                                    O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600));
    if (!state->file.isValid())
        return std::unexpected(writeError(errno, path));
    const int operation =
        (mode == Mode::Shared ? LOCK_SH : LOCK_EX) | (wait == Wait::No ? LOCK_NB : 0);
    while (::flock(state->file.get(), operation) != 0) {
        if (errno == EWOULDBLOCK) {
            return failure(ErrorKind::Local, "lock.held"_ba,
                           Text::tr("Another program is using this now."), path,
                           Text::tr("Try again when it has ended."));
        }
        if (errno != EINTR)
            return std::unexpected(writeError(errno, path));
    }
    return FileLock(std::move(state));
}

} // namespace core

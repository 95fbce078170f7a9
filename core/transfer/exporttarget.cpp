// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/transfer/exporttarget.h"

#include "core/base/atomicfile.h"
#include "core/base/descriptor.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <climits>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("core::ExportJob", text);
}

/// A new file that appears under its name when it is whole.
class FileTarget final : public TargetWriter
{
public:
    explicit FileTarget(const QString &path)
        : m_file(path)
    {
    }
    Result<> open() override
    {
        // Only exports are so big that what a killed one left matters.
        AtomicFile::removeAbandoned(QFileInfo(m_file.path()).path());
        return m_file.open();
    }
    Result<State> write(QByteArrayView bytes) override
    {
        return m_file.write(bytes).transform([] { return State::Writing; });
    }
    Result<> commit() override { return m_file.commit(); }
    void discard() override { m_file.discard(); }

private:
    AtomicFile m_file;
};

/// Standard output and the like: a pipe's reader may be slow or may go away.
class DescriptorTarget final : public TargetWriter
{
public:
    explicit DescriptorTarget(int descriptor)
        : m_wake(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
        , m_descriptor(descriptor)
    {
    }

    Result<> open() override
    {
        struct stat facts{};
        if (!m_wake.isValid() || ::fstat(m_descriptor, &facts) != 0)
            return std::unexpected(outputError(errno));
        m_isFile = S_ISREG(facts.st_mode);
        return {};
    }

    Result<State> write(QByteArrayView bytes) override
    {
        while (!bytes.isEmpty()) {
            if (const Result<State> ready = awaitReader(); !ready || *ready != State::Writing)
                return ready;
            // A pipe that poll() calls writable takes PIPE_BUF bytes without blocking, and a
            // blocked write cannot be stopped.
            const qsizetype most = m_isFile ? bytes.size() : qsizetype(PIPE_BUF);
            const qsizetype piece = std::min(bytes.size(), most);
            const ssize_t written = ::write(m_descriptor, bytes.data(), std::size_t(piece));
            if (written >= 0)
                bytes = bytes.sliced(qsizetype(written));
            else if (errno == EPIPE)
                return State::ReaderGone;
            else if (errno != EINTR && errno != EAGAIN)
                return std::unexpected(outputError(errno));
        }
        return State::Writing;
    }

    Result<> commit() override { return {}; }
    void discard() override {}
    void stop() override
    {
        const quint64 one = 1;
        [[maybe_unused]] const ssize_t written = ::write(m_wake.get(), &one, sizeof one);
    }

private:
    Result<State> awaitReader()
    {
        if (m_isFile)
            return State::Writing;
        pollfd descriptors[] = {{m_descriptor, POLLOUT, 0}, {m_wake.get(), POLLIN, 0}};
        while (::poll(descriptors, 2, -1) < 0) {
            if (errno != EINTR)
                return std::unexpected(outputError(errno));
        }
        if (descriptors[1].revents != 0)
            return State::Stopped;
        if ((descriptors[0].revents & POLLERR) != 0)
            return State::ReaderGone;
        return State::Writing;
    }

    Descriptor m_wake; ///< what stop() writes to and awaitReader() looks at
    int m_descriptor;
    bool m_isFile = false;
};

} // namespace

Error outputError(int code)
{
    const bool full = code == ENOSPC || code == EDQUOT || code == EFBIG;
    return failure(ErrorKind::Local, full ? "export.diskFull"_ba : "export.cannotWrite"_ba,
                   full ? tr("There is no room left for the output.")
                        : tr("The output cannot be written."),
                   full ? QString() : qt_error_string(code))
        .error();
}

std::unique_ptr<TargetWriter> makeTarget(const ExportTarget &target)
{
    if (target.descriptor >= 0)
        return std::make_unique<DescriptorTarget>(target.descriptor);
    return std::make_unique<FileTarget>(target.path);
}

} // namespace core

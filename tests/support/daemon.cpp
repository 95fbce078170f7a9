// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/daemon.h"

#include <array>
#include <csignal>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace test {

namespace {

constexpr qsizetype logLimit = 64 * 1024;

/// Between fork and exec only async-signal-safe calls are allowed (POSIX, fork).
[[noreturn]] void becomeProgram(std::vector<char *> &argv, int errorFd, Daemon::Options options,
                                pid_t parent)
{
    if (options.ownSession)
        setsid();
    if (options.signalAtParentDeath != 0) {
        prctl(PR_SET_PDEATHSIG, options.signalAtParentDeath);
        if (getppid() != parent) // died in between
            _exit(127);
    }
    const int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(errorFd, STDERR_FILENO);
    close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, nullptr);
    execv(argv.front(), argv.data());
    _exit(127);
}

void closeFd(int &fd)
{
    if (fd >= 0)
        close(fd);
    fd = -1;
}

bool waitEnded(int pidFd, int milliseconds)
{
    pollfd item{pidFd, POLLIN, 0};
    return poll(&item, 1, milliseconds) == 1;
}

} // namespace

Daemon::~Daemon()
{
    if (m_pid > 0)
        stop(SIGKILL);
    join();
}

bool Daemon::start(const QString &program, const QStringList &arguments, Options options)
{
    std::vector<QByteArray> texts{QFile::encodeName(program)};
    for (const QString &argument : arguments)
        texts.push_back(argument.toUtf8());
    std::vector<char *> argv;
    for (QByteArray &text : texts)
        argv.push_back(text.data());
    argv.push_back(nullptr);

    std::array<int, 2> pipeFds{};
    if (pipe2(pipeFds.data(), O_CLOEXEC) != 0)
        return false;
    if (!options.logFile.isEmpty()) {
        m_logFile.setFileName(options.logFile);
        if (!m_logFile.open(QIODevice::Append | QIODevice::Unbuffered))
            return false;
    }
    m_ended = false;
    m_log.clear();
    const pid_t parent = getpid();
    m_pid = fork();
    if (m_pid == 0)
        becomeProgram(argv, pipeFds[1], options, parent);
    close(pipeFds[1]);
    m_pipe = pipeFds[0];
    if (m_pid < 0)
        return false;
    m_pidFd = int(syscall(SYS_pidfd_open, m_pid, 0));
    m_wake = eventfd(0, EFD_CLOEXEC);
    m_reader = std::thread([this] { read(); });
    return true;
}

void Daemon::read()
{
    std::array<char, 4096> buffer{};
    for (;;) {
        std::array<pollfd, 2> items{{{m_pipe, POLLIN, 0}, {m_wake, POLLIN, 0}}};
        if (poll(items.data(), items.size(), -1) < 0)
            continue;
        const ssize_t got =
            items[0].revents != 0 ? ::read(m_pipe, buffer.data(), buffer.size()) : 0;
        if (got > 0 && m_logFile.isOpen())
            m_logFile.write(buffer.data(), qint64(got));
        const std::scoped_lock lock(m_mutex);
        if (got > 0) {
            m_log.append(buffer.data(), qsizetype(got));
            m_log = m_log.right(logLimit);
        } else {
            m_ended = true;
        }
        m_changed.notify_all();
        if (m_ended)
            return;
    }
}

bool Daemon::waitForText(const QByteArray &text, std::chrono::seconds limit)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, limit, [this, &text] { return m_ended || m_log.contains(text); });
    return m_log.contains(text);
}

QByteArray Daemon::log() const
{
    const std::scoped_lock lock(m_mutex);
    return m_log;
}

void Daemon::stop(int signal)
{
    if (m_pid <= 0)
        return;
    kill(m_pid, signal);
    if (!waitEnded(m_pidFd, 10'000))
        kill(m_pid, SIGKILL);
    waitpid(m_pid, nullptr, 0);
    m_pid = -1;
    join();
}

void Daemon::release()
{
    m_pid = -1;
    join();
}

void Daemon::join()
{
    if (m_reader.joinable()) {
        const quint64 one = 1;
        [[maybe_unused]] const ssize_t written = write(m_wake, &one, sizeof one);
        m_reader.join();
    }
    m_logFile.close();
    closeFd(m_pipe);
    closeFd(m_pidFd);
    closeFd(m_wake);
}

} // namespace test

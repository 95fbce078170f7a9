// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/childprocess.h"

#include "core/base/process.h"

#include <QFile>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace cli {

namespace {

/// Bytes and pointers as execve() takes them.
class Words
{
public:
    explicit Words(const QStringList &words)
    {
        for (const QString &word : words)
            m_bytes.push_back(QFile::encodeName(word));
        for (QByteArray &bytes : m_bytes)
            m_pointers.push_back(bytes.data());
        m_pointers.push_back(nullptr);
    }
    [[nodiscard]] char *const *data() const { return m_pointers.data(); }
    [[nodiscard]] const char *first() const { return m_pointers.front(); }

private:
    std::vector<QByteArray> m_bytes;
    std::vector<char *> m_pointers;
};

constexpr std::array ourSignals = {SIGINT, SIGTERM, SIGPIPE};
constexpr std::array watched = {SIGCHLD, SIGTERM, SIGHUP, SIGINT, SIGQUIT};

/// Handlers go by themselves with exec, an ignored signal would stay ignored.
void restoreSignals()
{
    for (const int signal : ourSignals)
        std::signal(signal, SIG_DFL);
}

sigset_t watchedSet()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : watched)
        sigaddset(&set, signal);
    return set;
}

int exitCodeOf(int error)
{
    return error == ENOENT || error == ENOTDIR ? 127 : 126;
}

int exitCodeOfStatus(int status)
{
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

/// The child's side. Only what is safe after fork; the error goes through the pipe, which exec
/// closes.
[[noreturn]] void execChild(const Words &command, const Words &environment, const sigset_t &mask,
                            int errors)
{
    restoreSignals();
    core::restoreProcess();
    ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
    ::execve(command.first(), command.data(), environment.data());
    const int error = errno;
    [[maybe_unused]] const ssize_t written = ::write(errors, &error, sizeof error);
    ::_exit(exitCodeOf(error));
}

/// Hands signals on until the child has ended; its exit code.
int waitFor(pid_t child, const sigset_t &set)
{
    while (true) {
        siginfo_t info = {};
        const int signal = ::sigwaitinfo(&set, &info);
        // Ctrl+C and Ctrl+\ reach the child by the terminal.
        if (signal == SIGTERM || signal == SIGHUP)
            ::kill(child, signal);
        int status = 0;
        if (::waitpid(child, &status, WNOHANG) == child)
            return exitCodeOfStatus(status);
    }
}

} // namespace

ExecFailure becomeProgram(const QStringList &command)
{
    const Words words(command);
    restoreSignals();
    core::restoreProcess();
    ::execvp(words.first(), words.data());
    const int error = errno;
    return {.exitCode = exitCodeOf(error), .reason = qt_error_string(error)};
}

ChildEnd runChild(const QStringList &command, const QProcessEnvironment &environment)
{
    const Words words(command);
    const Words variables(environment.toStringList());
    std::array<int, 2> errors = {-1, -1};
    if (::pipe2(errors.data(), O_CLOEXEC) != 0)
        return {.exitCode = 126, .failure = qt_error_string(errno)};
    const sigset_t set = watchedSet();
    sigset_t before;
    ::pthread_sigmask(SIG_BLOCK, &set, &before);
    const pid_t child = ::fork();
    if (child == 0)
        execChild(words, variables, before, errors[1]);
    const int forkError = errno;
    ::close(errors[1]);
    ChildEnd end;
    int error = 0;
    if (child < 0)
        end = {.exitCode = 126, .failure = qt_error_string(forkError)};
    else if (::read(errors[0], &error, sizeof error) == ssize_t(sizeof error))
        end.failure = qt_error_string(error);
    ::close(errors[0]);
    if (child > 0)
        end.exitCode = waitFor(child, set);
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return end;
}

} // namespace cli

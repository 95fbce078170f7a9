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
#include <atomic>
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
/// Those that a terminal sends to the program as well; and those that are handed on to it.
constexpr std::array terminalSignals = {SIGINT, SIGQUIT};
constexpr std::array handedOn = {SIGTERM, SIGHUP};

// A signal handler may only touch these.
std::atomic<pid_t> childRunning{0};
std::atomic<int> signalBefore{0}; ///< came before there was a child to hand it on to

void handOn(int signal)
{
    const int error = errno;
    if (const pid_t child = childRunning)
        ::kill(child, signal);
    else
        signalBefore = signal;
    errno = error;
}

/// Ctrl+C and Ctrl+\ reach the child by the terminal.
void leaveToChild(int) {}

/// While it lives, signals are the child's. Handlers, not a wait for signals: a keychain's or a
/// session's thread may be the one that gets them.
class SignalsForChild
{
public:
    SignalsForChild()
    {
        childRunning = 0;
        signalBefore = 0;
        for (const int signal : terminalSignals)
            install(signal, leaveToChild);
        for (const int signal : handedOn)
            install(signal, handOn);
    }
    ~SignalsForChild()
    {
        for (const auto &[signal, action] : m_before)
            ::sigaction(signal, &action, nullptr);
    }
    SignalsForChild(const SignalsForChild &) = delete;
    SignalsForChild &operator=(const SignalsForChild &) = delete;

private:
    void install(int signal, void (*handler)(int))
    {
        struct sigaction before = {};
        ::sigaction(signal, nullptr, &before);
        // nohup's SIGHUP stays ignored, by the child too.
        if (before.sa_handler == SIG_IGN)
            return;
        struct sigaction action = {};
        action.sa_handler = handler;
        ::sigaction(signal, &action, nullptr);
        m_before.emplace_back(signal, before);
    }

    std::vector<std::pair<int, struct sigaction>> m_before;
};

/// Handlers go by themselves with exec, an ignored signal would stay ignored.
void restoreSignals()
{
    for (const int signal : ourSignals)
        std::signal(signal, SIG_DFL);
}

/// Of one that was not ours before runChild().
void restoreHandled(int signal)
{
    struct sigaction action = {};
    ::sigaction(signal, nullptr, &action);
    if (action.sa_handler != SIG_IGN)
        std::signal(signal, SIG_DFL);
}

sigset_t signalsOfChild()
{
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : terminalSignals)
        sigaddset(&set, signal);
    for (const int signal : handedOn)
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
    for (const int signal : {SIGQUIT, SIGHUP})
        restoreHandled(signal);
    core::restoreProcess();
    ::pthread_sigmask(SIG_SETMASK, &mask, nullptr);
    ::execve(command.first(), command.data(), environment.data());
    const int error = errno;
    [[maybe_unused]] const ssize_t written = ::write(errors, &error, sizeof error);
    ::_exit(exitCodeOf(error));
}

/// What execChild() wrote, if it did; a pipe that exec closed otherwise.
bool readError(int errors, int &error)
{
    ssize_t got = 0;
    do {
        got = ::read(errors, &error, sizeof error);
    } while (got < 0 && errno == EINTR);
    return got == ssize_t(sizeof error);
}

/// Its exit code, once it has ended.
int waitFor(pid_t child)
{
    siginfo_t info = {};
    while (::waitid(P_PID, id_t(child), &info, WEXITED | WNOWAIT) != 0 && errno == EINTR) {
    }
    childRunning = 0; // before another process may have its number
    int status = 0;
    ::waitpid(child, &status, 0);
    return exitCodeOfStatus(status);
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
    const SignalsForChild signalsForChild;
    // Not between fork and exec, where the child still has our handlers.
    const sigset_t set = signalsOfChild();
    sigset_t before;
    ::pthread_sigmask(SIG_BLOCK, &set, &before);
    const pid_t child = ::fork();
    if (child == 0)
        execChild(words, variables, before, errors[1]);
    const int forkError = errno;
    if (child > 0)
        childRunning = child;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (const int signal = signalBefore; signal != 0 && child > 0)
        ::kill(child, signal);
    ::close(errors[1]);
    ChildEnd end;
    int error = 0;
    if (child < 0)
        end = {.exitCode = 126, .failure = qt_error_string(forkError)};
    else if (readError(errors[0], error))
        end.failure = qt_error_string(error);
    ::close(errors[0]);
    if (child > 0)
        end.exitCode = waitFor(child);
    return end;
}

} // namespace cli

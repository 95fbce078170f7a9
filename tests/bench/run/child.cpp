// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/run/child.h"

#include "tests/bench/common/clock.h"

#include <QFile>
#include <QJsonDocument>

#include <array>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace bench {

namespace {

std::unexpected<core::Error> failed(const QByteArray &id, const QString &what,
                                    const Command &command)
{
    return core::failure(core::ErrorKind::Local, id, what,
                         command.program + u' ' + command.arguments.join(u' '));
}

/// Text in the form that execve wants, alive as long as this object.
class Texts
{
public:
    void add(QByteArray text) { m_texts.push_back(std::move(text)); }
    [[nodiscard]] std::vector<char *> pointers()
    {
        std::vector<char *> all;
        for (QByteArray &text : m_texts)
            all.push_back(text.data());
        all.push_back(nullptr);
        return all;
    }

private:
    std::vector<QByteArray> m_texts;
};

Texts environmentOf(const Command &command)
{
    Texts texts;
    for (char **entry = environ; *entry != nullptr; ++entry) {
        const QByteArray name = QByteArray(*entry).split('=').front();
        const auto isName = [&name](const auto &one) { return one.first == name; };
        if (std::ranges::none_of(command.environment, isName))
            texts.add(*entry);
    }
    for (const auto &[name, value] : command.environment)
        texts.add(name + '=' + value);
    return texts;
}

/// Between fork and exec only async-signal-safe calls are allowed (POSIX, fork).
[[noreturn]] void become(char *const *arguments, char *const *environment, int output, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);
    const int null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(output, STDOUT_FILENO);
    close_range(3, ~0U, 0);
    execve(arguments[0], arguments, environment);
    _exit(127);
}

/// Everything until the pipe's end. False when the time is over first.
bool readAll(int pipe, QByteArray &output, qint64 deadline)
{
    std::array<char, 65536> buffer{};
    for (;;) {
        const qint64 left = (deadline - nanoseconds()) / 1'000'000;
        pollfd item{pipe, POLLIN, 0};
        if (left <= 0 || poll(&item, 1, int(left)) == 0)
            return false;
        const ssize_t got = read(pipe, buffer.data(), buffer.size());
        if (got <= 0)
            return true;
        output.append(buffer.data(), qsizetype(got));
    }
}

double secondsOf(const timeval &time)
{
    return double(time.tv_sec) + double(time.tv_usec) / 1e6;
}

} // namespace

core::Result<Finished> runToEnd(const Command &command)
{
    Texts arguments;
    arguments.add(QFile::encodeName(command.program));
    for (const QString &argument : command.arguments)
        arguments.add(argument.toUtf8());
    Texts environment = environmentOf(command);
    const std::vector<char *> argv = arguments.pointers();
    const std::vector<char *> envp = environment.pointers();
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        return failed("bench.cannotRun"_ba, qt_error_string(errno), command);

    Finished finished;
    const pid_t parent = getpid();
    finished.startedAt = nanoseconds();
    const pid_t child = fork();
    if (child == 0)
        become(argv.data(), envp.data(), ends[1], parent);
    close(ends[1]);
    const qint64 deadline = finished.startedAt + std::chrono::nanoseconds(command.limit).count();
    // What holds the pipe open has not ended; what has closed it is about to.
    const bool inTime = child > 0 && readAll(ends[0], finished.output, deadline);
    close(ends[0]);
    if (child < 0)
        return failed("bench.cannotRun"_ba, qt_error_string(errno), command);
    if (!inTime)
        kill(child, SIGKILL);
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    finished.seconds = double(nanoseconds() - finished.startedAt) / 1e9;
    finished.cpuSeconds = secondsOf(used.ru_utime) + secondsOf(used.ru_stime);
    finished.residentBytes = double(used.ru_maxrss) * 1024;
    if (!inTime)
        return failed("bench.tooSlow"_ba, u"It took too long and was killed."_s, command);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        const QString how = WIFEXITED(status)
                                ? u"It ended with status %1."_s.arg(WEXITSTATUS(status))
                                : u"It was ended by signal %1."_s.arg(WTERMSIG(status));
        return failed("bench.failed"_ba, how, command);
    }
    return finished;
}

core::Result<QJsonObject> runForJson(const Command &command)
{
    const auto finished = runToEnd(command);
    if (!finished)
        return std::unexpected(finished.error());
    const QJsonDocument document = QJsonDocument::fromJson(finished->output);
    if (!document.isObject())
        return failed("bench.badResult"_ba, u"It printed no JSON object."_s, command);
    return document.object();
}

} // namespace bench

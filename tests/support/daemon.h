// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>
#include <QStringList>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <sys/types.h>

namespace test {

/// A program in the background whose standard error is read to the end: kept (the last 64 KiB), and
/// searched for the line that says that it is ready. It gets no standard input and output and no
/// other file of ours, and dies with the thread that made it (PR_SET_PDEATHSIG); make it in the
/// main thread.
class Daemon
{
public:
    struct Options {
        int signalAtParentDeath = 9; ///< 0 = outlives us
        bool ownSession = false;     ///< not reached by Ctrl+C of the terminal
        QString logFile = {};        ///< its standard error is appended here too
    };

    Daemon() = default;
    Daemon(const Daemon &) = delete;
    Daemon &operator=(const Daemon &) = delete;
    /// Kills at once what still runs, unless released.
    ~Daemon();

    /// False where fork fails; a program that cannot be executed ends with status 127.
    [[nodiscard]] bool start(const QString &program, const QStringList &arguments, Options options);
    /// True once `text` has been written to standard error; false when the program ended or the
    /// time is over.
    [[nodiscard]] bool waitForText(const QByteArray &text, std::chrono::seconds limit);
    /// Sends the signal and waits for the end, with SIGKILL after ten seconds.
    void stop(int signal);
    /// Lets it run on without us; its standard error is closed.
    void release();

    [[nodiscard]] pid_t pid() const { return m_pid; }
    /// Readable when the program has ended; owned by this object.
    [[nodiscard]] int pidFd() const { return m_pidFd; }
    [[nodiscard]] QByteArray log() const;

private:
    void read();
    void join();

    pid_t m_pid = -1;
    int m_pidFd = -1;
    int m_pipe = -1;
    int m_wake = -1; ///< eventfd; ends the reader although the pipe is open
    std::thread m_reader;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    QFile m_logFile; ///< the reader's alone while it runs
    QByteArray m_log;
    bool m_ended = false;
};

} // namespace test

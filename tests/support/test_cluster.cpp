// SPDX-License-Identifier: GPL-3.0-or-later
// test_cluster start|stop [--owner PID] [--facts FILE]: the PostgreSQL cluster of one ctest run
// (fixture `cluster`). `start` leaves a watchdog behind, which has the server as its child: the
// server ends with the watchdog, and the watchdog ends it when the owner (ctest) is gone, however
// that died.
#include "tests/support/cluster.h"
#include "tests/support/connection.h"
#include "tests/support/daemon.h"
#include "tests/support/server.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <array>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds startLimit{120};

struct Arguments {
    QString command;
    qint64 owner = getppid();
    QString facts;
    QString folder;       ///< watch only
    QString socketFolder; ///< watch only
};

[[nodiscard]] int complain(const QString &text)
{
    std::fprintf(stderr, "test_cluster: %s\n", qPrintable(text));
    return 1;
}

std::optional<Arguments> parsed(const QStringList &words)
{
    Arguments arguments;
    if (words.size() < 2)
        return std::nullopt;
    arguments.command = words[1];
    for (qsizetype i = 2; i + 1 < words.size(); i += 2) {
        const QString &value = words[i + 1];
        if (words[i] == "--owner"_L1)
            arguments.owner = value.toLongLong();
        else if (words[i] == "--facts"_L1)
            arguments.facts = value;
        else if (words[i] == "--folder"_L1)
            arguments.folder = value;
        else if (words[i] == "--socket-folder"_L1)
            arguments.socketFolder = value;
        else
            return std::nullopt;
    }
    if (arguments.facts.isEmpty())
        arguments.facts = test::clusterFile(arguments.owner);
    return arguments;
}

/// The text the watchdog prints when the server is ready: "ready <port> <postmaster>".
std::optional<std::pair<quint16, qint64>> readyLine(const QByteArray &log)
{
    const QByteArrayList words = log.mid(log.indexOf("ready ")).simplified().split(' ');
    if (words.size() < 3)
        return std::nullopt;
    return std::pair(words[1].toUShort(), words[2].toLongLong());
}

void clearUp(const QString &folder, const QString &socketFolder, const QString &factsFile)
{
    QFile::remove(factsFile);
    QDir(socketFolder).removeRecursively();
    QDir(folder).removeRecursively();
}

int start(const Arguments &arguments)
{
    test::ClusterFacts facts = test::newClusterFacts();
    if (!test::Server(facts.folder, facts.socketFolder).initialise(facts.superPassword)) {
        clearUp(facts.folder, facts.socketFolder, arguments.facts);
        return complain(u"cannot make a cluster in "_s + facts.folder);
    }

    test::Daemon watchdog;
    if (!watchdog.start(QCoreApplication::applicationFilePath(),
                        {u"watch"_s, u"--owner"_s, QString::number(arguments.owner), u"--facts"_s,
                         arguments.facts, u"--folder"_s, facts.folder, u"--socket-folder"_s,
                         facts.socketFolder},
                        {.signalAtParentDeath = 0, .ownSession = true})
        || !watchdog.waitForText("ready\n"_ba, startLimit))
        return complain(u"the server did not start: "_s + QString::fromUtf8(watchdog.log()));
    const auto ready = readyLine(watchdog.log());
    facts.port = ready ? ready->first : quint16(0);
    facts.postmaster = ready ? ready->second : 0;
    facts.watchdog = watchdog.pid();
    auto admin =
        test::Connection::tryConnect(test::socketKeywords(facts, u"postgres"_s, test::Role::Super));
    if (!admin)
        return complain(admin.error().text());
    if (const auto made = admin->tryExec(test::createPlainRole(facts)); !made)
        return complain(made.error().text());
    if (!test::writeCluster(arguments.facts, facts))
        return complain(u"cannot write "_s + arguments.facts);
    watchdog.release();
    return 0;
}

int stop(const Arguments &arguments)
{
    const auto facts = test::readCluster(arguments.facts);
    if (!facts)
        return 0; // its watchdog has cleared up
    const QByteArray lock = QFile::encodeName(facts->folder + u"/watchdog.lock"_s);
    const int fd = open(lock.constData(), O_RDONLY | O_CLOEXEC);
    // The watchdog holds the lock as long as it lives: a process of that number without it is
    // somebody else.
    if (fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0) {
        kill(pid_t(facts->watchdog), SIGTERM);
        flock(fd, LOCK_SH);
    }
    if (fd >= 0)
        close(fd);
    QFile::remove(arguments.facts);
    return 0;
}

int watch(const Arguments &arguments)
{
    const QByteArray lock = QFile::encodeName(arguments.folder + u"/watchdog.lock"_s);
    const int lockFd = open(lock.constData(), O_RDONLY | O_CREAT | O_CLOEXEC, 0600);
    const int owner = int(syscall(SYS_pidfd_open, pid_t(arguments.owner), 0));
    sigset_t ending;
    sigemptyset(&ending);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGINT);
    sigprocmask(SIG_BLOCK, &ending, nullptr);
    const int signalFd = signalfd(-1, &ending, SFD_CLOEXEC);
    test::Server server(arguments.folder, arguments.socketFolder);
    if (flock(lockFd, LOCK_EX | LOCK_NB) != 0 || owner < 0 || !server.start()) {
        const int failed = complain(u"no server: "_s + QString::fromUtf8(server.daemon().log()));
        clearUp(arguments.folder, arguments.socketFolder, arguments.facts);
        return failed;
    }
    std::fprintf(stderr, "ready %d %d ready\n", int(server.port()), int(server.daemon().pid()));
    const int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
    dup2(null, STDERR_FILENO);
    std::array<pollfd, 3> items{
        {{owner, POLLIN, 0}, {server.daemon().pidFd(), POLLIN, 0}, {signalFd, POLLIN, 0}}};
    while (poll(items.data(), items.size(), -1) < 0) {
    }
    server.stop(SIGQUIT);
    clearUp(arguments.folder, arguments.socketFolder, arguments.facts);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const std::optional<Arguments> arguments = parsed(QCoreApplication::arguments());
    if (arguments && arguments->command == "start"_L1)
        return start(*arguments);
    if (arguments && arguments->command == "stop"_L1)
        return stop(*arguments);
    if (arguments && arguments->command == "watch"_L1)
        return watch(*arguments);
    std::fprintf(stderr, "usage: test_cluster start|stop [--owner PID] [--facts FILE]\n");
    return 2;
}

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/local/tools.h"

#include "core/base/atomicfile.h"
#include "core/base/descriptor.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QProcess>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace core {

namespace {

constexpr int oldestMajor = 14;
constexpr int newestMajor = 30;
constexpr int longestRun = 120'000; // milliseconds; initdb on a slow disk takes tens of seconds

QString tr(const char *text)
{
    return QCoreApplication::translate("core::ServerTools", text);
}

QString postgresDirectory(int major)
{
    const QString number = QString::number(major);
    for (const QString &pattern : {u"/usr/lib/postgresql/%1/bin"_s, u"/usr/pgsql-%1/bin"_s,
                                   u"/opt/homebrew/opt/postgresql@%1/bin"_s}) {
        const QString directory = pattern.arg(number);
        if (QFileInfo(directory + u"/postgres"_s).isExecutable()
            && QFileInfo(directory + u"/initdb"_s).isExecutable())
            return directory;
    }
    return {};
}

QProcessEnvironment bareEnvironment()
{
    QProcessEnvironment environment;
    environment.insert(u"PATH"_s, u"/usr/bin:/bin"_s);
    environment.insert(u"HOME"_s, QDir::homePath());
    environment.insert(u"LANG"_s, u"C.UTF-8"_s);
    environment.insert(u"LC_MESSAGES"_s, u"C"_s);
    return environment;
}

} // namespace

Result<ServerTools> findServerTools()
{
    if (::geteuid() == 0) {
        return failure(ErrorKind::Local, "local.root"_ba, tr("PostgreSQL refuses to run as root."),
                       {}, tr("Start Sluice as an ordinary user, or through packaging/box."));
    }
    ServerTools tools;
    for (int major = newestMajor; major >= oldestMajor && tools.directory.isEmpty(); --major) {
        tools.directory = postgresDirectory(major);
        tools.majorVersion = major;
    }
    if (tools.directory.isEmpty()) {
        return failure(ErrorKind::Local, "local.noServer"_ba,
                       tr("There is no PostgreSQL server on this machine."),
                       u"/usr/lib/postgresql"_s, tr("Install it: apt install postgresql"));
    }
    for (const QString &place : {u"/usr/sbin/pgbouncer"_s, u"/usr/bin/pgbouncer"_s,
                                 u"/usr/local/bin/pgbouncer"_s, u"/opt/homebrew/bin/pgbouncer"_s}) {
        if (QFileInfo(place).isExecutable()) {
            tools.pgbouncer = place;
            return tools;
        }
    }
    return failure(ErrorKind::Local, "local.noPooler"_ba,
                   tr("There is no PgBouncer on this machine."), u"/usr/sbin/pgbouncer"_s,
                   tr("Install it: apt install pgbouncer"));
}

Result<QByteArray> runTool(const QString &program, const QStringList &arguments,
                           const QByteArray &input, const QByteArray &errorId, const QString &what)
{
    QProcess process;
    process.setProcessEnvironment(bareEnvironment());
    process.setWorkingDirectory(u"/"_s);
    process.start(program, arguments);
    if (process.waitForStarted()) {
        process.write(input);
        process.closeWriteChannel();
        if (process.waitForFinished(longestRun) && process.exitStatus() == QProcess::NormalExit
            && process.exitCode() == 0)
            return process.readAllStandardOutput();
    }
    QString said = QString::fromUtf8(process.readAllStandardError()).trimmed();
    if (said.isEmpty())
        said = process.errorString();
    return failure(ErrorKind::Local, errorId, what, QFileInfo(program).fileName(), said);
}

Result<pid_t> startServer(const QString &program, const QStringList &arguments,
                          const QString &workingDirectory, const QString &log, int lockDescriptor)
{
    // Made here, because QProcess would make it readable for everybody.
    const Descriptor made(::open(QFile::encodeName(log).constData(),
                                 O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!made.isValid())
        return std::unexpected(writeError(errno, log));
    QProcess process;
    process.setProgram(program);
    process.setArguments(arguments);
    process.setWorkingDirectory(workingDirectory);
    process.setProcessEnvironment(bareEnvironment());
    process.setStandardInputFile(QProcess::nullDevice());
    process.setStandardOutputFile(log, QIODevice::Append);
    process.setStandardErrorFile(log, QIODevice::Append);
    // Runs between fork and exec, only in this child: others that start meanwhile do not get the
    // lock.
    process.setChildProcessModifier([lockDescriptor] { ::fcntl(lockDescriptor, F_SETFD, 0); });
    qint64 pid = 0;
    if (!process.startDetached(&pid)) {
        return failure(ErrorKind::Local, "local.startFailed"_ba,
                       tr("The server program cannot be started."), program, process.errorString());
    }
    return pid_t(pid);
}

ProcessWatch::ProcessWatch(pid_t pid)
    : m_fd(pid > 0 ? int(::syscall(SYS_pidfd_open, pid, 0)) : -1)
{
}

ProcessWatch::~ProcessWatch()
{
    if (m_fd >= 0)
        ::close(m_fd);
}

bool ProcessWatch::waitForEnd(int milliseconds) const
{
    if (m_fd < 0)
        return true;
    pollfd watched{m_fd, POLLIN, 0};
    return ::poll(&watched, 1, milliseconds) > 0;
}

bool ProcessWatch::signal(int number) const
{
    return m_fd >= 0 && ::syscall(SYS_pidfd_send_signal, m_fd, number, nullptr, 0) == 0;
}

} // namespace core

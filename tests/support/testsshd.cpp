// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/testsshd.h"

#include "tests/support/cluster.h"

#include <QDir>
#include <QFile>
#include <QProcess>

#include <csignal>
#include <pwd.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace test {

namespace {

void collectBelow(pid_t pid, std::vector<pid_t> &found)
{
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        const int candidate = name.toInt();
        if (candidate > 0 && parentOf(candidate) == pid) {
            found.push_back(candidate);
            collectBelow(candidate, found);
        }
    }
}

} // namespace

TestSshd::TestSshd(const SshdOptions &options)
    : m_folder(shortFolder(u"sshd"_s))
    , m_port(freePort())
{
    for (const QString &name : {u"host"_s, u"otherhost"_s, u"stranger"_s})
        makeKey(name);
    makeKey(u"user"_s, options.passphrase);
    write(u"authorized_keys"_s, read(options.rightKey ? u"user.pub"_s : u"stranger.pub"_s));
    const QByteArray folder = QFile::encodeName(m_folder);
    const QByteArray port = QByteArray::number(m_port);
    write(u"sshd_config"_s, "Port " + port + "\nListenAddress 127.0.0.1\nHostKey " + folder
                                + "/host\nAuthorizedKeysFile " + folder
                                + "/authorized_keys\nPidFile none\n"
                                + "UsePAM no\nStrictModes no\nPasswordAuthentication no\n"
                                  "KbdInteractiveAuthentication no\nLogLevel VERBOSE\n"
                                + options.settings.join('\n') + '\n');
    const QByteArray known = read(options.knowsOtherKey ? u"otherhost.pub"_s : u"host.pub"_s);
    write(u"known_hosts"_s, options.knownHost ? "[127.0.0.1]:" + port + ' ' + known : QByteArray());
    const passwd *entry = getpwuid(getuid());
    write(u"ssh_config"_s, "Host bastion\n  HostName 127.0.0.1\n  Port " + port + "\n  User "
                               + QByteArray(entry ? entry->pw_name : "nobody") + "\n  IdentityFile "
                               + folder
                               + "/user\n  IdentitiesOnly yes\n  IdentityAgent none\n"
                                 "  GlobalKnownHostsFile /dev/null\n  UserKnownHostsFile "
                               + folder + "/known_hosts\n  StrictHostKeyChecking ask\n  "
                               + options.clientSettings.join("\n  ") + '\n');
    start();
}

TestSshd::~TestSshd()
{
    kill();
    QDir(m_folder).removeRecursively();
}

void TestSshd::makeKey(const QString &name, const QString &passphrase) const
{
    QProcess keygen;
    keygen.start(u"/usr/bin/ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, passphrase,
                                            u"-f"_s, m_folder + u'/' + name});
    if (!keygen.waitForFinished() || keygen.exitCode() != 0)
        qFatal("no ssh key: %s", keygen.readAllStandardError().constData());
}

void TestSshd::write(const QString &name, const QByteArray &content) const
{
    QFile file(m_folder + u'/' + name);
    if (!file.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner)
        || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
}

QByteArray TestSshd::read(const QString &name) const
{
    QFile file(m_folder + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSshd::start()
{
    if (!m_daemon.start(u"/usr/sbin/sshd"_s,
                        {u"-D"_s, u"-e"_s, u"-f"_s, m_folder + u"/sshd_config"_s}, {})
        || !m_daemon.waitForText("Server listening on"_ba, std::chrono::seconds(30)))
        qFatal("sshd did not start: %s", m_daemon.log().constData());
}

void TestSshd::kill()
{
    if (m_daemon.pid() <= 0)
        return;
    // Held up until there is no new one: who forks meanwhile would leave a child that serves on.
    std::vector<pid_t> serving;
    for (std::size_t known = 0;; known = serving.size()) {
        serving.clear();
        collectBelow(m_daemon.pid(), serving);
        if (serving.size() == known)
            break;
        for (const pid_t pid : serving)
            ::kill(pid, SIGSTOP);
    }
    m_daemon.stop(SIGKILL);
    for (const pid_t pid : serving)
        ::kill(pid, SIGKILL);
}

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/server.h"

#include "tests/support/cluster.h"

#include <QFile>
#include <QProcess>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace test {

Server::Server(QString folder, QString socketFolder)
    : m_folder(std::move(folder))
    , m_socketFolder(std::move(socketFolder))
{
}

bool Server::initialise(const QByteArray &superPassword) const
{
    QFile passwordFile(m_folder + u"/password"_s);
    if (!passwordFile.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner))
        return false;
    passwordFile.write(superPassword + '\n');
    passwordFile.close();
    QProcess initdb;
    initdb.setProcessChannelMode(QProcess::MergedChannels);
    initdb.start(serverProgram(u"initdb"_s),
                 {u"--pgdata"_s, m_folder + u"/data"_s, u"--username=postgres"_s, u"--pwfile"_s,
                  passwordFile.fileName(), u"--auth-local=trust"_s, u"--auth-host=scram-sha-256"_s,
                  u"--encoding=UTF8"_s, u"--locale=C.UTF-8"_s, u"--no-sync"_s,
                  u"--no-instructions"_s});
    const bool ended = initdb.waitForFinished(120'000);
    if (!ended || initdb.exitStatus() != QProcess::NormalExit || initdb.exitCode() != 0) {
        std::fprintf(stderr, "initdb: %s\n", initdb.readAll().constData());
        return false;
    }
    QFile settings(m_folder + u"/data/postgresql.conf"_s);
    return settings.open(QIODevice::Append)
           && settings.write("listen_addresses = '127.0.0.1'\nfsync = off\n"
                             "full_page_writes = off\nautovacuum = off\nwal_level = logical\n"
                             "max_connections = 200\nmax_prepared_transactions = 4\n"
                             "shared_buffers = 64MB\nlc_messages = 'C'\ntimezone = 'UTC'\n"
                             "log_timezone = 'UTC'\n")
                  > 0;
}

bool Server::start()
{
    const QByteArray ready = "ready to accept connections"_ba;
    if (m_port != 0)
        return launch({}, ready);
    // The port may be taken between asking for it and using it.
    for (int attempt = 0; attempt < 5; ++attempt) {
        m_port = freePort();
        if (launch({}, ready))
            return true;
    }
    m_port = 0;
    return false;
}

bool Server::startHeld()
{
    QFile standby(m_folder + u"/data/standby.signal"_s);
    return standby.open(QIODevice::WriteOnly)
           && launch({u"-c"_s, u"hot_standby=off"_s}, "entering standby mode"_ba);
}

bool Server::letStart()
{
    QFile promote(m_folder + u"/data/promote"_s);
    return promote.open(QIODevice::WriteOnly) && kill(m_daemon.pid(), SIGUSR1) == 0
           && m_daemon.waitForText("ready to accept connections"_ba, std::chrono::seconds(60));
}

bool Server::launch(const QStringList &more, const QByteArray &ready)
{
    m_daemon.stop(SIGKILL);
    return m_daemon.start(serverProgram(u"postgres"_s),
                          QStringList{u"-D"_s, m_folder + u"/data"_s, u"-p"_s,
                                      QString::number(m_port), u"-k"_s, m_socketFolder}
                              + more,
                          {.signalAtParentDeath = SIGQUIT, .logFile = m_folder + u"/server.log"_s})
           && m_daemon.waitForText(ready, std::chrono::seconds(60));
}

void Server::stop(int signal)
{
    m_daemon.stop(signal);
}

} // namespace test

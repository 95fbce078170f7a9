// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/privatecluster.h"

#include "tests/support/connection.h"

#include <QDir>
#include <QFile>

#include <csignal>
#include <vector>

#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace test {

namespace {

std::vector<pid_t> childrenOf(pid_t pid)
{
    QFile file(u"/proc/%1/task/%1/children"_s.arg(pid));
    std::vector<pid_t> children;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &word : file.readAll().simplified().split(' '))
            children.push_back(word.toInt());
    }
    return children;
}

void killAndWait(pid_t pid)
{
    const int fd = pid > 0 ? int(syscall(SYS_pidfd_open, pid, 0)) : -1;
    if (fd < 0)
        return;
    kill(pid, SIGKILL);
    pollfd item{fd, POLLIN, 0};
    poll(&item, 1, 10'000);
    close(fd);
}

} // namespace

PrivateCluster::PrivateCluster()
    : m_facts(newClusterFacts())
    , m_server(std::make_unique<Server>(m_facts.folder, m_facts.socketFolder))
{
    if (!m_server->initialise(m_facts.superPassword))
        qFatal("no private cluster in %s", qPrintable(m_facts.folder));
    start();
    m_facts.port = m_server->port();
    Connection(socketKeywords(m_facts, u"postgres"_s, Role::Super)).exec(createPlainRole(m_facts));
}

PrivateCluster::~PrivateCluster()
{
    m_server->stop(SIGQUIT);
    QDir(m_facts.folder).removeRecursively();
    QDir(m_facts.socketFolder).removeRecursively();
}

void PrivateCluster::shutDown()
{
    m_server->stop(SIGINT);
}

void PrivateCluster::crash()
{
    const std::vector<pid_t> children = childrenOf(m_server->daemon().pid());
    m_server->stop(SIGKILL);
    // They would end by themselves soon; until then a new server could not have their shared
    // memory.
    for (const pid_t child : children)
        killAndWait(child);
}

void PrivateCluster::start()
{
    if (!m_server->start())
        qFatal("the private cluster did not start: %s", m_server->daemon().log().constData());
    m_facts.postmaster = m_server->daemon().pid();
}

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/privatecluster.h"

#include "tests/support/connection.h"

#include <QDir>

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
    std::vector<pid_t> children;
    for (const QString &name : QDir(u"/proc"_s).entryList(QDir::Dirs)) {
        if (const int candidate = name.toInt(); candidate > 0 && parentOf(candidate) == pid)
            children.push_back(candidate);
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
    // The postmaster last and asleep until then, or its children would send 57P01 before they end.
    const pid_t postmaster = m_server->daemon().pid();
    kill(postmaster, SIGSTOP);
    for (const pid_t child : childrenOf(postmaster))
        killAndWait(child);
    m_server->stop(SIGKILL);
}

void PrivateCluster::stopImmediately()
{
    m_server->stop(SIGQUIT);
}

void PrivateCluster::holdStarting()
{
    shutDown();
    if (!m_server->startHeld())
        qFatal("the private cluster did not start: %s", m_server->daemon().log().constData());
    m_facts.postmaster = m_server->daemon().pid();
}

void PrivateCluster::letStart()
{
    if (!m_server->letStart())
        qFatal("the private cluster did not go on: %s", m_server->daemon().log().constData());
}

void PrivateCluster::start()
{
    if (!m_server->start())
        qFatal("the private cluster did not start: %s", m_server->daemon().log().constData());
    m_facts.postmaster = m_server->daemon().pid();
}

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/cluster.h"
#include "tests/support/server.h"

#include <memory>

namespace test {

/// A server of its own, for a test that stops or kills it; ends with the test program. Slow to make
/// (initdb, about a second): use cluster() wherever the server may live. Make it in the main
/// thread.
class PrivateCluster
{
public:
    PrivateCluster();
    PrivateCluster(const PrivateCluster &) = delete;
    PrivateCluster &operator=(const PrivateCluster &) = delete;
    ~PrivateCluster();

    [[nodiscard]] const ClusterFacts &facts() const { return m_facts; }
    /// As an administrator stops it: open sessions get 57P01.
    void shutDown();
    /// kill -9 of every process of it: sockets close without a word.
    void crash();
    /// As after a power cut, or by an administrator in a hurry: no goodbye, and recovery next time.
    void stopImmediately();
    /// Again, on the same port.
    void start();
    /// Shuts down and starts, and is then starting (57P03) until letStart().
    void holdStarting();
    void letStart();

private:
    ClusterFacts m_facts;
    std::unique_ptr<Server> m_server;
};

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "tests/support/cluster.h"
#include "tests/support/server.h"

#include <memory>

namespace bench {

/// The PostgreSQL of the bench. Its data stay in the folder, so that a second run has them at once;
/// the process ends with this object, and with this program however that ends. Make it in the main
/// thread. It has shared_buffers of 4 GB or a quarter of the machine's memory, and neither fsync
/// nor jit nor parallel query; scans begin at the table's start.
class BenchServer
{
public:
    /// `folder`: of the cluster; made where it is missing.
    explicit BenchServer(const QString &folder);
    BenchServer(const BenchServer &) = delete;
    BenchServer &operator=(const BenchServer &) = delete;
    ~BenchServer();

    /// Errors: bench.server. A server that uses the folder already is one.
    [[nodiscard]] core::Result<> start();
    [[nodiscard]] const test::ClusterFacts &facts() const { return m_facts; }

    /// The events of `rows` rows and the same without key and a fifth of the rows, in a database of
    /// their own, which is named. Made at the first call.
    [[nodiscard]] core::Result<QString> prepareEvents(qint64 rows) const;
    /// So many tables of ten columns with a primary key, a thousand a schema, and a schema `drawn`
    /// of a hundred that reference each other. Made at the first call.
    [[nodiscard]] core::Result<QString> prepareCatalog(int tables) const;
    /// The database of the demo project.
    [[nodiscard]] core::Result<QString> prepareDemo() const;
    /// Brings the tables into memory.
    [[nodiscard]] core::Result<> warm(const QString &database) const;

private:
    [[nodiscard]] core::Result<> initialise();
    [[nodiscard]] core::Result<> writeSettings() const;

    test::ClusterFacts m_facts;
    std::unique_ptr<test::Server> m_server;
};

} // namespace bench

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/daemon.h"
#include "tests/support/testdatabase.h"

namespace test {

struct PoolerOptions {
    QByteArray poolMode = "transaction";
    int maxPreparedStatements = 100; ///< 0 switches them off
    int poolSize = 4;                ///< server connections a user and database
    int maxClients = 100;
    QByteArrayList settings = {}; ///< more lines of pgbouncer.ini, e.g. "query_wait_timeout = 2"
};

/// A real PgBouncer of one test before one database, on a free port of 127.0.0.1 and a socket;
/// clients log in with SCRAM as the cluster's two roles, and it logs in to the server as them. The
/// superuser may use its console.
class TestPooler
{
public:
    explicit TestPooler(const TestDatabase &database, const PoolerOptions &options = {});
    TestPooler(const TestPooler &) = delete;
    TestPooler &operator=(const TestPooler &) = delete;
    ~TestPooler();

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] QString socketFolder() const { return m_folder; }
    [[nodiscard]] core::ConnKeywords keywords(Role role = Role::Plain) const;
    /// With ?pgbouncer=true.
    [[nodiscard]] QString url(Role role = Role::Plain) const;
    [[nodiscard]] Connection connect(Role role = Role::Plain) const;
    /// The console: SHOW POOLS, PAUSE, KILL …
    [[nodiscard]] Connection console() const;
    /// One column of SHOW POOLS of the database and role, e.g. "cl_active", "sv_idle".
    [[nodiscard]] int pool(const QByteArray &column, Role role = Role::Plain) const;
    [[nodiscard]] QByteArray log() const { return m_daemon.log(); }
    /// Ends it at once, as a crash would.
    void kill();
    /// Ends it by this signal and starts it again on the same port.
    void restart(int signal);

private:
    [[nodiscard]] bool launch(const PoolerOptions &options);

    const TestDatabase &m_database;
    PoolerOptions m_options;
    QString m_folder;
    quint16 m_port = 0;
    Daemon m_daemon;
};

} // namespace test

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/cluster.h"
#include "tests/support/connection.h"

#include <memory>

namespace test {

/// One empty database for one test, owned by the plain role, dropped (with whoever is still
/// connected) at the end.
class TestDatabase
{
public:
    struct Options {
        /// After `CREATE DATABASE name OWNER role`, e.g. "ENCODING 'SQL_ASCII' TEMPLATE template0
        /// LOCALE 'C'".
        QByteArray clauses = {};
        const ClusterFacts *facts = nullptr; ///< another server than cluster()
    };

    TestDatabase();
    explicit TestDatabase(const Options &options);
    TestDatabase(const TestDatabase &) = delete;
    TestDatabase &operator=(const TestDatabase &) = delete;
    ~TestDatabase();

    [[nodiscard]] QString name() const { return m_name; }
    [[nodiscard]] const ClusterFacts &facts() const { return *m_facts; }

    /// For the code under test: TCP with SCRAM, `port` for a proxy before the server.
    [[nodiscard]] core::ConnKeywords keywords(Role role = Role::Plain, quint16 port = 0) const;
    [[nodiscard]] QString url(Role role = Role::Plain, quint16 port = 0) const;
    /// A blocking connection over the socket.
    [[nodiscard]] Connection connect(Role role = Role::Plain) const;

    /// As the plain role, on one connection that is kept.
    void exec(const QByteArray &sql);
    [[nodiscard]] QByteArray value(const QByteArray &sql);
    /// As the superuser, on a connection for this call.
    void execSuper(const QByteArray &sql) const;
    [[nodiscard]] QByteArray valueSuper(const QByteArray &sql) const;
    /// Backends of this database with this application_name; "sluice" are those of the tested code.
    [[nodiscard]] int sessions(const QByteArray &applicationName) const;

private:
    Connection &own();

    const ClusterFacts *m_facts;
    QString m_name;
    std::unique_ptr<Connection> m_own;
};

} // namespace test

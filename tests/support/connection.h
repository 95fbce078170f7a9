// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/pq/conninfo.h"
#include "core/pq/handles.h"

#include <QByteArray>
#include <QByteArrayList>

#include <vector>

namespace test {

/// A blocking connection for set-up, for looking at what the tested code did, and for playing the
/// other client. The server knows it as "sluice-test", so that it is never taken for a session of
/// the tested code. One thread. exec(), value() and rows() end the program on an error and name the
/// statement; try… return it.
class Connection
{
public:
    explicit Connection(const core::ConnKeywords &keywords);
    [[nodiscard]] static core::Result<Connection> tryConnect(const core::ConnKeywords &keywords);

    /// Any number of statements (simple protocol).
    void exec(const QByteArray &sql);
    [[nodiscard]] core::Result<> tryExec(const QByteArray &sql);
    /// First cell of the last statement; empty for NULL and for no row.
    [[nodiscard]] QByteArray value(const QByteArray &sql);
    [[nodiscard]] core::Result<QByteArray> tryValue(const QByteArray &sql);
    /// First column of all rows.
    [[nodiscard]] QByteArrayList column(const QByteArray &sql);
    [[nodiscard]] std::vector<QByteArrayList> rows(const QByteArray &sql);
    /// The bytes that COPY … TO STDOUT sends.
    [[nodiscard]] QByteArray copyOut(const QByteArray &sql);
    /// One statement with text parameters (extended protocol).
    [[nodiscard]] core::Result<QByteArray> tryParams(const QByteArray &sql,
                                                     const QByteArrayList &parameters);

    /// The server process, asked for (behind a pooler it is not PQbackendPID).
    [[nodiscard]] int backendPid();
    [[nodiscard]] PGconn *handle() const { return m_connection.get(); }

private:
    explicit Connection(core::PgConnHandle connection);
    [[nodiscard]] core::Result<core::PgResultHandle> run(const QByteArray &sql);

    core::PgConnHandle m_connection;
};

} // namespace test

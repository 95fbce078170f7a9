// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/local/instance.h"

#include <QStringList>

#include <functional>

namespace core {

/// Told what is being done now ("Creating the cluster"); called in the thread that runs the work.
using LocalProgress = std::function<void(const QString &step)>;

/// Makes, starts and stops private servers. Every call blocks for seconds: run it on a worker
/// (core/base/worker.h), never in a thread with a window. Each server inherits the instance's lock
/// and holds it for its lifetime, so that two programs, or two PID namespaces, can never start it
/// twice (a PID file alone lets them).
class LocalServer
{
public:
    explicit LocalServer(LocalStore store = {}, LocalProgress progress = {});

    /// A new cluster, role and database for a project folder, running. Nothing is left behind on
    /// failure. Errors: local.noServer, local.noPooler, local.root, local.exists, local.initFailed,
    /// local.startFailed.
    [[nodiscard]] Result<LocalInstance> create(const QString &projectFolder);
    /// Starts both servers and waits until they take connections; at once where they run already.
    /// Errors: local.portTaken, local.startFailed (with the end of the server's log),
    /// local.poolerFailed.
    [[nodiscard]] Result<> start(const LocalInstance &instance);
    /// Stops the pooler at once and PostgreSQL by a fast shutdown; fine where they do not run.
    [[nodiscard]] Result<> stop(const LocalInstance &instance);
    /// Runs plain SQL as the instance's owner in one transaction, through the owner-only socket.
    /// Error: local.sqlFailed with the server's message.
    [[nodiscard]] Result<> runSql(const LocalInstance &instance, const QByteArray &sql);

private:
    [[nodiscard]] Result<> build(const LocalInstance &instance);
    [[nodiscard]] Result<> makeCluster(const LocalInstance &instance);
    /// Returns the role's SCRAM verifier.
    [[nodiscard]] Result<QByteArray> makeDatabase(const LocalInstance &instance);
    [[nodiscard]] Result<QByteArray> psql(const LocalInstance &instance,
                                          const QStringList &arguments, const QByteArray &sql,
                                          const QByteArray &errorId, const QString &what);
    [[nodiscard]] Result<> startPostgres(const LocalInstance &instance);
    [[nodiscard]] Result<> startPooler(const LocalInstance &instance);
    void report(const QString &step) const;

    LocalStore m_store;
    LocalProgress m_progress;
};

} // namespace core

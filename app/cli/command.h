// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "core/connect/connectionset.h"

#include <QObject>

#include <memory>

namespace cli {

/// One run of one command. start() is called from the event loop; finished() follows exactly once
/// with the exit code.
class Command : public QObject
{
    Q_OBJECT

public:
    explicit Command(Arguments arguments);

    virtual void start() = 0;
    /// Ctrl+C. What runs on a server is cancelled there; partial files are removed.
    virtual void interrupt();

signals:
    void finished(int exitCode);

protected:
    [[nodiscard]] const Arguments &arguments() const { return m_arguments; }
    [[nodiscard]] bool wantsJson() const { return m_arguments.has(QStringLiteral("json")); }
    void fail(const core::Error &error);
    /// Done is only done when standard output took everything.
    void done(int exitCode = Done);

private:
    Arguments m_arguments;
    bool m_ended = false;
};

/// A command on a project folder: reads its files, connects to nothing.
class ProjectCommand : public Command
{
    Q_OBJECT

public:
    using Command::Command;
    void start() final;

protected:
    virtual void run() = 0;
    [[nodiscard]] const core::Project &project() const { return m_project; }
    [[nodiscard]] const core::DatabaseSet &databases() const { return m_databases; }

private:
    core::Project m_project;
    core::DatabaseSet m_databases;
};

/// A command on one database of a trusted folder.
class DatabaseCommand : public ProjectCommand
{
    Q_OBJECT

public:
    using ProjectCommand::ProjectCommand;

protected:
    void run() final;
    virtual void runOn(core::ConnectionSet &connections) = 0;
    /// Deletes the connections at once; for the end of a command whose request may still run.
    [[nodiscard]] core::ConnectionSet *connections() const { return m_connections.get(); }

private:
    std::unique_ptr<core::ConnectionSet> m_connections;
};

/// The command that the arguments name.
[[nodiscard]] std::unique_ptr<Command> makeCommand(const Arguments &arguments);

} // namespace cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/arguments.h"
#include "app/cli/output.h"
#include "core/connect/connectionset.h"
#include "core/connect/savedconnections.h"

#include <QObject>

#include <memory>

namespace cli {

class Secrets;

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
    explicit ProjectCommand(Arguments arguments);
    ~ProjectCommand() override;
    void start() final;

protected:
    virtual void run() = 0;
    /// Saved connections: those beside the folder are among databases(), by the same names.
    [[nodiscard]] const std::vector<core::SavedConnection> &saved() const { return m_saved; }
    [[nodiscard]] Secrets &secrets();
    [[nodiscard]] const core::Project &project() const { return m_project; }
    [[nodiscard]] const core::DatabaseSet &databases() const { return m_databases; }
    /// What a person runs to trust this folder.
    [[nodiscard]] QString trustCommand() const;

private:
    core::Project m_project;
    core::DatabaseSet m_databases;
    std::vector<core::SavedConnection> m_saved;
    std::unique_ptr<Secrets> m_secrets; ///< made at first use
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
    /// Consent to connect to this database; there once runOn() is called.
    [[nodiscard]] const core::TrustToken &token() const { return *m_token; }

private:
    void runOnSaved(const core::SavedConnection &connection);
    void openAndRun(const core::Database &database, const core::TrustToken &token);

    std::unique_ptr<core::ConnectionSet> m_connections;
    std::optional<core::TrustToken> m_token;
};

/// The command that the arguments name.
[[nodiscard]] std::unique_ptr<Command> makeCommand(const Arguments &arguments);

} // namespace cli

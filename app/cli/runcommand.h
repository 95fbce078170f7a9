// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/psqlcall.h"
#include "core/connect/writeswitch.h"

namespace cli {

/// `sluicectl run -- COMMAND…`: becomes the command, with the database's addresses in its
/// environment: DATABASE_URL (or the name of --pooled-as) through the pooler where there is one,
/// DIRECT_URL beside it. Nothing of them is an argument. Exit code 127 where the command is not
/// found, 126 where it cannot be executed.
class RunCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    void openWays();
    void becomeCommand();

    core::Database m_database; ///< with the passwords that were kept elsewhere
};

/// `sluicectl shell`: psql on the direct endpoint, read-only by its own default unless --write;
/// --pooled goes through the pooler, where nothing can hold it read-only. Lives until psql ends and
/// takes over its exit code.
class ShellCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    [[nodiscard]] core::Result<core::Endpoint> endpointOf(const core::Database &database) const;
    void runPsql(const QString &psql, app::PsqlCall &call);

    core::WriteSwitch m_writing; ///< on with --write
};

} // namespace cli

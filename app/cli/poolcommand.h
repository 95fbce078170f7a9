// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/connect/budget.h"
#include "core/connect/serveruse.h"

namespace cli {

/// `sluicectl pool`: whether the application's pools fit the server, and what to set (P11). Numbers
/// come from the options, then sluice.toml, then the addresses; the server tells its own.
class PoolCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;
    void interrupt() override;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    [[nodiscard]] core::Result<core::PoolPlan> plan(const core::Database &database) const;
    void show(core::PoolPlan plan, const core::ServerUse &use);

    QFuture<core::Result<std::vector<core::Table>>> m_asking;
};

} // namespace cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/ddl/ddl.h"

namespace cli {

/// `sluicectl ddl NAME` and `sluicectl ddl --all`.
class DdlCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    [[nodiscard]] core::Result<> check() const;
    [[nodiscard]] core::DdlOptions options() const;
    void findAndLoad(core::SessionThread &session);
    void write(const core::Result<QString> &text);
};

} // namespace cli

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "core/connect/poolerprobe.h"

#include <QJsonArray>

#include <vector>

namespace cli {

/// `sluicectl pooler`: which pooler answers at each endpoint of a database, and for how long it
/// lends a connection. Takes two connections of an endpoint for a moment, one endpoint after the
/// other.
class PoolerCommand : public DatabaseCommand
{
    Q_OBJECT

public:
    using DatabaseCommand::DatabaseCommand;

protected:
    void runOn(core::ConnectionSet &connections) override;

private:
    void probeNext();
    void take(const core::Endpoint &endpoint, const core::Result<core::PoolerFinding> &outcome);

    std::vector<core::Endpoint> m_endpoints; ///< not probed yet, the first one last
    std::unique_ptr<core::PoolerProbe> m_probe;
    QJsonArray m_json;
    std::optional<core::Error> m_error; ///< the first one
};

} // namespace cli

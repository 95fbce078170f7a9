// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/poolerfindings.h"
#include "core/doctor/finding.h"
#include "core/doctor/serverfacts.h"
#include "core/project/poolsettings.h"

namespace core {

/// What connecting to one endpoint showed: does it answer, is a pooler there as declared, is it
/// encrypted. `facts` holds why it failed; `poolers` what was found out before. Pure.
[[nodiscard]] std::vector<Finding> checkEndpoint(const Database &database, const Endpoint &endpoint,
                                                 const Result<ServerFacts> &facts,
                                                 const PoolerFindings &poolers = {});

/// What is wrong in the server itself, asked once a database: version, role, limits, clock,
/// forgotten transactions, slots. Pure.
[[nodiscard]] std::vector<Finding> checkServer(const Database &database, const ServerFacts &facts);

/// Pool size × processes + extras against what the server and the plan allow (P11), with what to
/// set. None where nothing says how the application connects. Pure.
[[nodiscard]] std::optional<Finding> checkBudget(const Database &database, const ServerFacts &facts,
                                                 const PoolSettings &settings);

} // namespace core

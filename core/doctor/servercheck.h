// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/doctor/finding.h"
#include "core/doctor/serverfacts.h"

namespace core {

/// What connecting to one endpoint showed: does it answer, is a pooler there as declared, is it
/// encrypted. `facts` holds why it failed. Pure.
[[nodiscard]] std::vector<Finding> checkEndpoint(const Database &database, const Endpoint &endpoint,
                                                 const Result<ServerFacts> &facts);

/// What is wrong in the server itself, asked once a database: version, role, limits, clock,
/// forgotten transactions, slots. Pure.
[[nodiscard]] std::vector<Finding> checkServer(const Database &database, const ServerFacts &facts);

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/endpoint.h"
#include "core/project/trust.h"
#include "core/session/sessionthread.h"

namespace core {

/// What a session needs to connect to an endpoint, by its way and with the care that it asks for.
[[nodiscard]] SessionConfig sessionConfig(const Endpoint &endpoint);

/// Whether a person has agreed to connect there. Error: trust.needed.
[[nodiscard]] Result<> checkTrust(const Endpoint &endpoint, const TrustToken &token);

} // namespace core

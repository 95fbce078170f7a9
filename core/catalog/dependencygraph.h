// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/catalog/dependencies.h"
#include "core/session/collect.h"

namespace core {

/// What sql/dependents.sql answered, as the list that people read. Pure; the second table is that
/// of sql/mentions.sql.
[[nodiscard]] Result<Dependents> dependentsOf(ObjectId object, const Table &edges,
                                              const Table &mentions);

} // namespace core

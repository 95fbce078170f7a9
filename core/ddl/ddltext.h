// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/ddl/ddl.h"
#include "core/ddl/ddlfacts.h"

#include <QString>

namespace core {

/// The text of everything that was read, in an order that loads. Errors: ddl.encoding; of one
/// object object.missing.
[[nodiscard]] Result<QString> ddlText(const DdlFacts &facts, const DdlOptions &options);

} // namespace core

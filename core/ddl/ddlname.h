// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/objectkind.h"

#include <QFuture>
#include <QStringList>

namespace core {

class SessionThread;

/// The object that a person means by a name, as SQL reads names, with or without its schema, and of
/// a function with or without its arguments. `kind` tells apart what has the same name ("table",
/// "type", "text search parser"); empty = any. What stands by itself goes before constraints,
/// triggers, rules and policies, and what search_path finds before what it does not. Errors:
/// object.missing, object.ambiguous (with the names that may be meant), the session's.
[[nodiscard]] QFuture<Result<ObjectId>> findDdlObject(SessionThread &session, const QString &name,
                                                      const QString &kind = {});

/// What `kind` may be.
[[nodiscard]] QStringList ddlKinds();

} // namespace core

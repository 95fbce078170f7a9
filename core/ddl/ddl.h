// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/catalog/objectkind.h"

#include <QFuture>
#include <QString>

namespace core {

class SessionThread;

/// What is written beside the objects themselves.
struct DdlOptions {
    bool ownership = true;         ///< ALTER … OWNER TO
    bool privileges = true;        ///< GRANT, REVOKE, default privileges
    bool comments = true;          ///< COMMENT ON, SECURITY LABEL
    bool extensionMembers = false; ///< what an extension made, too
    bool operator==(const DdlOptions &) const = default;
};

/// One object with its parts (a table: its own sequences, constraints, indexes, triggers, policies,
/// rules, comments, grants), in one round trip. The server's own words where it has a function for
/// them; names are always qualified, whatever search_path is. Secrets are left out: passwords of
/// user mappings and connection strings of subscriptions. Errors: object.missing where it is not
/// there any more, ddl.unsupported for a kind without a CREATE of its own in a database (roles),
/// ddl.encoding where names are no UTF-8, and the session's (42501 where the role may not read).
[[nodiscard]] QFuture<Result<QString>> loadObjectDdl(SessionThread &session, ObjectId object,
                                                     const DdlOptions &options = {});

/// Everything in the database, in an order that loads into an empty one; roles and tablespaces have
/// to be there. One round trip, a query a kind. Equal databases give equal texts.
[[nodiscard]] QFuture<Result<QString>> loadAllDdl(SessionThread &session,
                                                  const DdlOptions &options = {});

} // namespace core

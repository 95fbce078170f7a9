// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <libpq-fe.h>

#include <memory>

namespace core {

/// Frees what libpq allocated; one overload a type, so that no handle can be freed the wrong way.
struct PgDeleter {
    void operator()(PGconn *connection) const noexcept { PQfinish(connection); }
    void operator()(PGresult *result) const noexcept { PQclear(result); }
    void operator()(PGcancelConn *cancel) const noexcept { PQcancelFinish(cancel); }
    void operator()(PGnotify *notify) const noexcept { PQfreemem(notify); }
    void operator()(PQconninfoOption *options) const noexcept { PQconninfoFree(options); }
    /// Text from PQencryptPasswordConn, PQgetCopyData and the like.
    void operator()(char *text) const noexcept { PQfreemem(text); }
};

/// PQfinish closes the socket: remove socket notifiers first.
using PgConnHandle = std::unique_ptr<PGconn, PgDeleter>;
using PgResultHandle = std::unique_ptr<PGresult, PgDeleter>;
using PgCancelHandle = std::unique_ptr<PGcancelConn, PgDeleter>;
using PgNotifyHandle = std::unique_ptr<PGnotify, PgDeleter>;
using PgOptionsHandle = std::unique_ptr<PQconninfoOption, PgDeleter>;
using PgTextHandle = std::unique_ptr<char, PgDeleter>;

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/pq/conninfo.h"

#include <QFuture>

namespace core {

/// What has to be there before a server can be connected to: an ssh tunnel, a password that is kept
/// elsewhere. A session asks its way before every attempt, so that a tunnel that died is made anew
/// and nothing secret is fetched before it is needed. Both functions may be called from any thread
/// and answer later; neither is waited for when a session ends.
class ConnectionWay
{
public:
    ConnectionWay() = default;
    ConnectionWay(const ConnectionWay &) = delete;
    ConnectionWay &operator=(const ConnectionWay &) = delete;
    virtual ~ConnectionWay() = default;

    /// Keywords to lay over those of the session (hostaddr, port, password), or why there is no
    /// way. May take as long as a person needs to answer a question.
    [[nodiscard]] virtual QFuture<Result<ConnKeywords>> open() = 0;
    /// An attempt over this way has failed; what the way knows better (that the tunnel's other end
    /// refused the address) replaces the error.
    [[nodiscard]] virtual QFuture<Error> explain(const Error &error) = 0;
};

} // namespace core

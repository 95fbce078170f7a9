// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connect/poolerkind.h"
#include "core/project/trust.h"
#include "core/session/sessionthread.h"

#include <QObject>
#include <QTimer>

#include <array>
#include <memory>

namespace core {

/// Finds out by trying which pooler answers at an endpoint: two connections take turns with small
/// reads, and what they meet is told by poolerKind(). Nothing is left behind, and no server process
/// is held for longer than a read. Meant for when a person asks, because it takes a second
/// connection. Lives in the thread that made it; finished() comes once, from the event loop;
/// deleting it ends everything.
class PoolerProbe : public QObject
{
    Q_OBJECT

public:
    /// Errors: trust.needed.
    [[nodiscard]] static Result<std::unique_ptr<PoolerProbe>> create(const Endpoint &endpoint,
                                                                     const TrustToken &token);
    ~PoolerProbe() override;
    void start();

signals:
    void progressed(int done, int all);
    /// An error only where it tells nothing about a pooler (no connection, wrong password), or
    /// pooler.busy, where none of its server connections became free.
    void finished(const core::Result<core::PoolerFinding> &outcome);

private:
    explicit PoolerProbe(const Endpoint &endpoint);
    void read(int connection);
    void take(int connection, const Result<Summary> &outcome);
    void next();
    void askFirstAgain();
    void giveUp();
    void end(const Result<PoolerFinding> &outcome);

    PoolerFacts m_facts;
    std::array<int, 2> m_announced{}; ///< PQbackendPID of each connection
    std::array<std::unique_ptr<SessionThread>, 2> m_sessions;
    std::array<std::unique_ptr<Request>, 2> m_requests;
    QTimer m_patience; ///< with the second connection's first answer
    QTimer m_limit;    ///< with all of it
    int m_turns = 0;
    int m_askedAgain = 0; ///< how often the first one was asked while the second one waited
    bool m_ended = false;
};

} // namespace core

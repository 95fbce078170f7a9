// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/personrun.h"

namespace core {

/// Frame::Writing (TRUST A3, 6): an opening with a round trip of its own proves that the
/// transaction may write and in which database; each statement travels alone in the extended
/// protocol; before COMMIT the transaction's number is learned, so that a connection that dies
/// between COMMIT and its answer leaves a number to ask for (commit.unknown). An error or a cancel
/// before COMMIT has left rolls back. Behind a pooler COMMIT is followed by a new transaction in
/// which the server process is looked over: where something was left in it, the connection is
/// closed inside of that transaction and the pooler throws the process away.
class WritingRun final : public PersonRun
{
    Q_OBJECT

public:
    using PersonRun::PersonRun;

    void start() override;
    [[nodiscard]] std::chrono::milliseconds silenceLimit() const override;
    /// From COMMIT on there is nothing to cancel: its answer counts.
    [[nodiscard]] bool isClosing() const override { return m_phase >= Phase::Commit; }
    void updateHeld(HeldState &held) const override;

protected:
    void take(PgResultHandle result) override;
    void proceed() override;
    [[nodiscard]] bool wantsNotices() const override;
    [[nodiscard]] Error meaningOf(const Error &loss) const override;
    void noteStatement() override;
    [[nodiscard]] Error leftError(const QByteArray &tag) const override;

private:
    enum class Phase : quint8 { Opening, Statement, Number, Commit, Leave, Rollback };
    void takeOpening(const PGresult *result);
    void opened();
    [[nodiscard]] bool maySetInSecret() const;
    void takeNumber(const PGresult *result);
    void takeCommit(const PGresult *result);
    void takeCommitted(const PGresult *result);
    void commitEnded();
    void sendPhase(Phase phase, const QByteArray &sql);

    std::optional<QByteArray> m_before; ///< the inventory, before anything of ours
    std::optional<QByteArray> m_after;
    QByteArray m_number;
    Phase m_phase = Phase::Opening;
    bool m_committed = false;
    bool m_suspect = false; ///< something may have stayed that the inventory does not tell
};

} // namespace core

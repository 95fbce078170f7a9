// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/personrun.h"

namespace core {

/// Frame::Writing (TRUST A3, 6): an opening with a round trip of its own proves that the
/// transaction may write and in which database; each statement travels alone in the extended
/// protocol, and with the last one the question for the transaction's number; before COMMIT the
/// transaction's number is learned, so that a connection that dies between COMMIT and its answer
/// leaves a number to ask for (commit.unknown). An error or a cancel before COMMIT has left rolls
/// back. Behind a pooler COMMIT is followed, in the same message, by a new transaction in which the
/// server process is looked over: where something was left in it, the connection is closed inside
/// of that transaction and the pooler throws the process away.
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
    /// The last two of a pipeline: a statement, and the question for the number behind it.
    enum class Phase : quint8 {
        Opening,
        Statement,
        LastStatement,
        LastNumber,
        Number,
        Commit,
        Rollback
    };
    void takeOpening(const PGresult *result);
    void opened();
    void sendStatements();
    void sendLastStatement();
    void takeLastNumber(const PGresult *result);
    [[nodiscard]] bool maySetInSecret() const;
    void takeNumber(const PGresult *result);
    void takeCommit(const PGresult *result);
    void takeCommitted(const PGresult *result);
    [[nodiscard]] QByteArray commitMessage() const;
    void commitEnded();
    void sendPhase(Phase phase, const QByteArray &sql);

    QByteArray m_before; ///< the inventory, before anything of ours
    QByteArray m_state;  ///< the number of that
    std::optional<QByteArray> m_after;
    QByteArray m_number;
    Phase m_phase = Phase::Opening;
    bool m_lastRanWell = false;
    bool m_committed = false;
    bool m_suspect = false; ///< something may have stayed that the inventory does not tell
    bool m_isClean = false; ///< behind a pooler: nothing has stayed
};

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/framerun.h"

#include <QTimer>

namespace core {

/// Frame::Plain: a person's statements as typed, one extended message each, without a transaction
/// of ours around them. Outside of a transaction a question goes ahead, which finds a dead
/// connection before anything was sent that must not be sent twice; inside one nothing of ours is
/// sent but the question for its number before COMMIT, and a savepoint around what expects a number
/// of rows or is to leave nothing. Outside of one, what expects a number of rows gets a transaction
/// to itself. At the end, outside of a transaction, the server is asked what the connection holds.
/// Without statements it only asks whether the connection lives.
class PlainRun final : public FrameRun
{
    Q_OBJECT

public:
    PlainRun(Link *link, const RequestSpec &spec, const SessionConfig &config, QObject *parent);

    void start() override;
    [[nodiscard]] std::chrono::milliseconds silenceLimit() const override;
    [[nodiscard]] bool isClosing() const override { return m_phase >= Phase::Release; }
    void updateHeld(HeldState &held) const override;

protected:
    void take(PgResultHandle result) override;
    void proceed() override;
    [[nodiscard]] bool wantsNotices() const override
    {
        return m_phase == Phase::Statement || m_phase == Phase::Release;
    }
    [[nodiscard]] Error meaningOf(const Error &loss) const override;

private:
    /// Hold and Release: the savepoint, or the transaction, that holds one statement.
    enum class Phase : quint8 { Question, Hold, Statement, Number, Release, Inventory };
    enum class Hold : quint8 { None, Begun, Ran };
    void takeFacts(const PGresult *result);
    void takeNumber(const PGresult *result);
    void sendNext();
    void statementEnded();
    void statementSettled();
    void noteTransaction();
    void checkRows();
    [[nodiscard]] bool needsHold() const;
    void beginHold();
    void releaseHold();
    void holdReleased();
    [[nodiscard]] const Statement &nextStatement() const;
    [[nodiscard]] bool leavesNothing() const;
    [[nodiscard]] Effect effect() const;
    void sendStatement();
    void sendPhase(Phase phase, const QByteArray &sql);
    void finish();

    QTimer m_limit; ///< the session's own statement_timeout is a person's to set
    std::optional<QByteArray> m_inventory;
    QByteArray m_number;
    Phase m_phase = Phase::Question;
    PGTransactionStatusType m_before = PQTRANS_IDLE; ///< the last statement, and what holds it
    Hold m_hold = Hold::None;
    bool m_numberAsked = false;
    bool m_keeps = true;     ///< what the last statement did stays
    bool m_changed = false;  ///< a transaction began or ended here
    int m_inTransaction = 0; ///< statements that ran well in the last one here
};

} // namespace core

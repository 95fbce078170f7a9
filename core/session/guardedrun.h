// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/personrun.h"

namespace core {

/// Frame::Guarded, for text a person wrote (TRUST A3): an opening with a round trip of its own
/// proves that the transaction is read-only and can no longer be made writable; then each statement
/// travels alone in the extended protocol, and what it did to the transaction is checked before the
/// next one; ROLLBACK always, and the advisory locks it left are released. A statement that got out
/// of the frame costs the connection.
class GuardedRun final : public PersonRun
{
    Q_OBJECT

public:
    using PersonRun::PersonRun;

    void start() override;
    [[nodiscard]] std::chrono::milliseconds silenceLimit() const override;
    [[nodiscard]] bool isClosing() const override { return m_phase == Phase::Closing; }

protected:
    void take(PgResultHandle result) override;
    void proceed() override;
    [[nodiscard]] bool wantsNotices() const override { return m_phase == Phase::Statement; }
    [[nodiscard]] Error leftError(const QByteArray &tag) const override;

private:
    enum class Phase : quint8 { Opening, Statement, Closing };
    void takeOpening(const PGresult *result);
    void opened();
    void sendClosing();

    Phase m_phase = Phase::Opening;
};

} // namespace core

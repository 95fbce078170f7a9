// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/framerun.h"

namespace core {

/// Frame::Pipelined: BEGIN READ ONLY, settings, the statements, ROLLBACK and one Sync leave in one
/// go; one round trip. After an error the server skips to the Sync and the transaction is still
/// there: ROLLBACK follows at once. libpq 17, "Pipeline Mode": COPY is not possible in it.
class PipelinedRun final : public FrameRun
{
    Q_OBJECT

public:
    using FrameRun::FrameRun;

    void start() override;
    [[nodiscard]] std::chrono::milliseconds silenceLimit() const override;
    [[nodiscard]] bool isClosing() const override { return m_closing; }

protected:
    void take(PgResultHandle result) override;
    void proceed() override;
    [[nodiscard]] bool wantsNotices() const override;

private:
    enum class Step : quint8 { Begin, Snapshot, Settings, Statement, Rollback, Sync };
    [[nodiscard]] bool sendAll();
    [[nodiscard]] bool queueText(const QByteArray &sql);
    void commandEnded();
    void enterNextStep();
    void takeSettings(const PGresult *result);
    void leavePipeline();

    Step m_step = Step::Begin;
    bool m_closing = false;
};

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/session/framerun.h"

namespace core {

/// A person's statements within a transaction of ours, each alone in the extended protocol: what it
/// did to the transaction is looked at before the next one, and one that got out of it costs the
/// connection. One that changed another number of rows than expected has failed. What a ROLLBACK
/// keeps is released. Common to Guarded and Writing.
class PersonRun : public FrameRun
{
    Q_OBJECT

public:
    using FrameRun::FrameRun;

protected:
    /// The opening's row, which proves the frame.
    void takeFacts(const FrameFacts &facts);
    [[nodiscard]] const FrameFacts &facts() const { return m_facts; }
    /// A pooler gives the server process to others: declared, or seen in this run.
    [[nodiscard]] bool isBehindPooler() const { return m_behindPooler; }

    /// The running statement has gone well up to now.
    [[nodiscard]] bool runsWell() const { return !hasFailed() && !isCancelled(); }
    /// With the transaction's status after it.
    void statementEnded(bool ranWell);
    /// A statement ended within the frame.
    virtual void noteStatement() {}
    [[nodiscard]] virtual Error leftError(const QByteArray &tag) const = 0;

    /// ROLLBACK, and the release of what it keeps.
    [[nodiscard]] QByteArray closingText() const;
    void takeOfClosing(const PGresult *result);
    void closingEnded();

private:
    [[nodiscard]] std::optional<Error> breach() const;
    /// False, and failed, where other rows than expected were changed.
    [[nodiscard]] bool hasExpectedRows();

    FrameFacts m_facts;
    bool m_behindPooler = false;
    bool m_closed = true; ///< false once a statement of the closing failed
};

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/personrun.h"

#include "core/session/sessionerrors.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace core {

void PersonRun::takeFacts(const FrameFacts &facts)
{
    m_facts = facts;
    m_behindPooler = isShared(m_facts.backendPid);
    noteFacts(m_facts);
}

std::optional<Error> PersonRun::breach() const
{
    const PGTransactionStatusType status = PQtransactionStatus(conn());
    const bool inside = status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
    if (!inside || leavesFrame(commandTag()))
        return leftError(commandTag());
    if (m_behindPooler && outlivesFrame(commandTag()))
        return sessionStateError(commandTag(), link()->place());
    return std::nullopt;
}

void PersonRun::statementEnded(bool ranWell)
{
    if (std::optional<Error> left = breach()) {
        // Closed inside the transaction, a pooler throws its server connection away too.
        abandon(std::move(*left));
        return;
    }
    noteStatement();
    if (ranWell && hasExpectedRows())
        finishStatement();
    if (maySend())
        proceed();
}

bool PersonRun::hasExpectedRows()
{
    const std::optional<qint64> expected =
        spec().statements[std::size_t(statementIndex())].expectedRows;
    const std::optional<qint64> found = changedRows(commandTag());
    if (!expected || found == expected)
        return true;
    fail(otherRowsError(*expected, found, LeftOfRun::Nothing, statementIndex() == 0,
                        link()->place()));
    return false;
}

QByteArray PersonRun::closingText() const
{
    // Before a person's text was sent there is nothing of ours to release, and perhaps no list of
    // what was held.
    if (statementIndex() < 0)
        return "ROLLBACK"_ba;
    const QByteArray text = guardedClosing(m_facts.locksBefore);
    return m_behindPooler ? text + statementsCheck(m_facts.prepared) : text;
}

void PersonRun::takeOfClosing(const PGresult *result)
{
    m_closed = m_closed && PQresultStatus(result) != PGRES_FATAL_ERROR;
}

void PersonRun::closingEnded()
{
    end(m_closed && PQtransactionStatus(conn()) == PQTRANS_IDLE);
}

} // namespace core

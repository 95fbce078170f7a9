// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/guardedrun.h"

#include "core/pq/pgerror.h"
#include "core/session/sessionerrors.h"

using namespace Qt::StringLiterals;

namespace core {

void GuardedRun::start()
{
    const Result<QByteArray> text = guardedOpening(spec());
    if (!text) {
        fail(text.error());
        end(true);
        return;
    }
    if (PQsendQuery(conn(), text->constData()) == 0) {
        abandon(resultError(nullptr, conn(), link()->place()));
        return;
    }
    link()->flush();
}

std::chrono::milliseconds GuardedRun::silenceLimit() const
{
    if (m_phase != Phase::Statement)
        return patience();
    if (spec().statementTimeout.count() == 0)
        return {};
    return spec().statementTimeout + patience();
}

void GuardedRun::take(PgResultHandle result)
{
    switch (m_phase) {
    case Phase::Opening:
        if (result)
            takeOpening(result.get());
        else
            opened();
        break;
    case Phase::Statement:
        if (result)
            takeOfStatement(result.get());
        else
            statementEnded();
        break;
    case Phase::Closing:
        if (result)
            m_closed = m_closed && PQresultStatus(result.get()) != PGRES_FATAL_ERROR;
        else
            end(m_closed && PQtransactionStatus(conn()) == PQTRANS_IDLE);
        break;
    }
}

void GuardedRun::takeOpening(const PGresult *result)
{
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return;
    m_facts = frameFacts(result);
    m_behindPooler = isShared(m_facts.backendPid);
    noteFacts(m_facts);
}

void GuardedRun::opened()
{
    const bool inside = PQtransactionStatus(conn()) == PQTRANS_INTRANS;
    if (!hasFailed() && !(inside && m_facts.readOnly))
        abandon(notReadOnlyError(link()->place()));
    else if (maySend())
        proceed();
}

void GuardedRun::proceed()
{
    const bool more = statementIndex() + 1 < statementCount();
    if (more && !hasFailed() && !isCancelled())
        sendNext();
    else
        sendClosing();
}

void GuardedRun::sendNext()
{
    m_phase = Phase::Statement;
    beginStatement();
    const Statement &statement = spec().statements[std::size_t(statementIndex())];
    if (!sendStatement(statement)) {
        abandon(resultError(nullptr, conn(), link()->place()));
        return;
    }
    PQsetChunkedRowsMode(conn(), spec().rowsPerRead);
    link()->flush();
}

std::optional<Error> GuardedRun::breach() const
{
    const PGTransactionStatusType status = PQtransactionStatus(conn());
    const bool inside = status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
    if (!inside || leavesFrame(commandTag()))
        return frameLeftError(commandTag(), link()->place());
    if (m_behindPooler && outlivesFrame(commandTag()))
        return sessionStateError(commandTag(), link()->place());
    return std::nullopt;
}

void GuardedRun::statementEnded()
{
    if (std::optional<Error> left = breach()) {
        // Closed inside the transaction, a pooler throws its server connection away too.
        abandon(std::move(*left));
        return;
    }
    if (!hasFailed() && !isCancelled())
        finishStatement();
    if (maySend())
        proceed();
}

void GuardedRun::sendClosing()
{
    m_phase = Phase::Closing;
    // Before a person's text was sent there is nothing of ours to release, and perhaps no list of
    // what was held.
    QByteArray text = statementIndex() < 0 ? "ROLLBACK"_ba : guardedClosing(m_facts.locksBefore);
    if (statementIndex() >= 0 && m_behindPooler)
        text += statementsCheck(m_facts.prepared);
    if (PQsendQuery(conn(), text.constData()) == 0) {
        end(false);
        return;
    }
    link()->flush();
}

void GuardedRun::abandon(Error error)
{
    fail(std::move(error));
    end(false);
}

} // namespace core

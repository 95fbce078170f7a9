// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/guardedrun.h"

#include "core/session/sessionerrors.h"

namespace core {

void GuardedRun::start()
{
    const Result<QByteArray> text = guardedOpening(spec());
    if (!text) {
        fail(text.error());
        end(true);
        return;
    }
    sendText(*text);
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
            statementEnded(runsWell());
        break;
    case Phase::Closing:
        if (result)
            takeOfClosing(result.get());
        else
            closingEnded();
        break;
    }
}

void GuardedRun::takeOpening(const PGresult *result)
{
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        takeFacts(frameFacts(result));
}

void GuardedRun::opened()
{
    const bool inside = PQtransactionStatus(conn()) == PQTRANS_INTRANS;
    if (!hasFailed() && !(inside && facts().readOnly))
        abandon(notReadOnlyError(link()->place()));
    else if (maySend())
        proceed();
}

void GuardedRun::proceed()
{
    const bool more = statementIndex() + 1 < statementCount();
    if (more && !hasFailed() && !isCancelled()) {
        m_phase = Phase::Statement;
        sendNextStatement();
    } else {
        sendClosing();
    }
}

Error GuardedRun::leftError(const QByteArray &tag) const
{
    return frameLeftError(tag, link()->place());
}

void GuardedRun::sendClosing()
{
    m_phase = Phase::Closing;
    // Refused, it costs the connection, but not what was answered.
    if (PQsendQuery(conn(), closingText().constData()) == 0) {
        end(false);
        return;
    }
    link()->flush();
}

} // namespace core

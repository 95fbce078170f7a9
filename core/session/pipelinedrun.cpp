// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/pipelinedrun.h"

#include "core/pq/pgerror.h"
#include "core/session/sessionerrors.h"

#include <algorithm>

namespace core {

void PipelinedRun::start()
{
    if (!sendAll()) {
        // Either the connection broke, or a text that cannot be sent was refused before it left.
        if (!hasFailed())
            fail(resultError(nullptr, conn(), link()->place()));
        end(false);
        return;
    }
    link()->flush();
}

bool PipelinedRun::queueText(const QByteArray &sql)
{
    return sendStatement({.sql = sql});
}

bool PipelinedRun::sendAll()
{
    if (PQenterPipelineMode(conn()) == 0 || !queueText(beginText(spec().repeatableRead)))
        return false;
    if (!spec().snapshot.isEmpty()) {
        const Result<QByteArray> text = snapshotText(spec().snapshot);
        if (!text) {
            fail(text.error());
            return false;
        }
        if (!queueText(*text))
            return false;
    }
    if (!sendStatement(settingsStatement(spec())))
        return false;
    // Otherwise BEGIN's answer would wait for the slowest statement, and on a pooled endpoint
    // nobody could tell a server at work from a queue in front of it.
    if (isPooled() && PQsendFlushRequest(conn()) == 0)
        return false;
    for (const Statement &statement : spec().statements) {
        if (!sendStatement(statement))
            return false;
    }
    return queueText("ROLLBACK") && PQpipelineSync(conn()) == 1;
}

std::chrono::milliseconds PipelinedRun::silenceLimit() const
{
    if (m_closing)
        return patience();
    if (spec().statementTimeout.count() == 0 && statementCount() > 0)
        return {};
    // The answers of quick statements may wait in the server for those of slow ones.
    const int left = std::max(statementCount() - std::max(statementIndex(), 0), 1);
    return spec().statementTimeout * left + patience();
}

bool PipelinedRun::wantsNotices() const
{
    return m_step == Step::Statement;
}

void PipelinedRun::take(PgResultHandle result)
{
    if (!result) {
        commandEnded();
        return;
    }
    switch (PQresultStatus(result.get())) {
    case PGRES_PIPELINE_SYNC:
        leavePipeline();
        break;
    case PGRES_PIPELINE_ABORTED:
    case PGRES_FATAL_ERROR:
        break;
    case PGRES_COPY_OUT:
    case PGRES_COPY_IN:
    case PGRES_COPY_BOTH:
        fail(copyUnsupportedError(link()->place()));
        end(false);
        break;
    default:
        if (m_step == Step::Settings)
            takeSettings(result.get());
        else if (m_step == Step::Statement)
            takeOfStatement(result.get());
        break;
    }
}

void PipelinedRun::takeSettings(const PGresult *result)
{
    const FrameFacts facts = frameFacts(result);
    if (!facts.readOnly) {
        fail(notReadOnlyError(link()->place()));
        end(false);
        return;
    }
    noteFacts(facts);
}

void PipelinedRun::commandEnded()
{
    if (m_closing) {
        end(PQtransactionStatus(conn()) == PQTRANS_IDLE);
        return;
    }
    if (m_step == Step::Statement && !hasFailed() && !isCancelled())
        finishStatement();
    enterNextStep();
}

void PipelinedRun::enterNextStep()
{
    switch (m_step) {
    case Step::Begin:
        m_step = spec().snapshot.isEmpty() ? Step::Settings : Step::Snapshot;
        return;
    case Step::Snapshot:
        m_step = Step::Settings;
        return;
    case Step::Settings:
    case Step::Statement:
        break;
    case Step::Rollback:
    case Step::Sync:
        m_step = Step::Sync;
        return;
    }
    if (statementIndex() + 1 >= statementCount()) {
        m_step = Step::Rollback;
        return;
    }
    m_step = Step::Statement;
    if (!hasFailed())
        beginStatement();
    // Only now is it this statement whose results come next; libpq forgets the mode with each one.
    PQsetChunkedRowsMode(conn(), spec().rowsPerRead);
}

void PipelinedRun::leavePipeline()
{
    PQexitPipelineMode(conn());
    m_step = Step::Sync;
    if (PQtransactionStatus(conn()) == PQTRANS_IDLE)
        end(true);
    else if (maySend())
        proceed();
}

void PipelinedRun::proceed()
{
    m_closing = true;
    if (PQsendQuery(conn(), "ROLLBACK") == 0) {
        end(false);
        return;
    }
    link()->flush();
}

} // namespace core

// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/writingrun.h"

#include "core/pq/pgerror.h"
#include "core/session/sessionerrors.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace core {

void WritingRun::start()
{
    const Result<QByteArray> text = writingOpening(spec());
    if (!text) {
        fail(text.error());
        end(true);
        return;
    }
    sendPhase(Phase::Opening, *text);
}

std::chrono::milliseconds WritingRun::silenceLimit() const
{
    // COMMIT checks deferred constraints and waits for standbys: as long as a statement may take.
    if (m_phase != Phase::Statement && m_phase != Phase::Commit)
        return patience();
    if (spec().statementTimeout.count() == 0)
        return {};
    return spec().statementTimeout + patience();
}

bool WritingRun::wantsNotices() const
{
    return m_phase == Phase::Statement || m_phase == Phase::Commit;
}

void WritingRun::take(PgResultHandle result)
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
    case Phase::Number:
        if (result)
            takeNumber(result.get());
        else if (maySend())
            proceed();
        break;
    case Phase::Commit:
        if (result)
            takeCommit(result.get());
        else
            commitEnded();
        break;
    case Phase::Leave:
    case Phase::Rollback:
        if (result)
            takeOfClosing(result.get());
        else
            closingEnded();
        break;
    }
}

void WritingRun::takeOpening(const PGresult *result)
{
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return;
    if (!m_before) {
        m_before = QByteArray(PQgetvalue(result, 0, 0));
        noteFound(*m_before);
        return;
    }
    takeFacts(result);
}

void WritingRun::opened()
{
    const bool inside = PQtransactionStatus(conn()) == PQTRANS_INTRANS;
    const QByteArray &wanted = spec().database;
    if (!hasFailed() && (!inside || facts().readOnly))
        fail(notWritableError(link()->place()));
    else if (!hasFailed() && !wanted.isEmpty() && facts().database != wanted)
        fail(otherDatabaseError(facts().database, wanted, link()->place()));
    if (maySend())
        proceed();
}

void WritingRun::proceed()
{
    if (hasFailed() || isCancelled()) {
        sendPhase(Phase::Rollback, closingText());
    } else if (m_phase == Phase::Number) {
        // Behind a pooler both lists are compared, and nothing is known by name.
        const bool pooled = isBehindPooler();
        sendPhase(Phase::Commit, commitText(pooled, pooled ? QByteArrayList() : namedSettings()));
    } else if (statementIndex() + 1 < statementCount()) {
        m_phase = Phase::Statement;
        sendNextStatement();
    } else {
        sendPhase(Phase::Number, "SELECT pg_catalog.pg_current_xact_id_if_assigned()"_ba);
    }
}

Error WritingRun::leftError(const QByteArray &tag) const
{
    return writingLeftError(tag, link()->place());
}

void WritingRun::noteStatement()
{
    m_suspect = m_suspect || maySetInSecret();
}

/// Settings with names of one's own are in no list of the server's.
bool WritingRun::maySetInSecret() const
{
    const QByteArray &tag = commandTag();
    const QByteArray &sql = spec().statements[std::size_t(statementIndex())].sql;
    return tag == "SET" || tag == "RESET" || tag == "DO" || tag == "CALL"
           || sql.toLower().contains("set_config");
}

void WritingRun::takeNumber(const PGresult *result)
{
    if (PQresultStatus(result) == PGRES_TUPLES_OK)
        m_number = PQgetvalue(result, 0, 0); // NULL, where nothing was written, reads as empty
}

void WritingRun::takeCommit(const PGresult *result)
{
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
        if (m_committed) // BEGIN
            break;
        // A failed transaction answers COMMIT with ROLLBACK.
        m_committed = QByteArrayView(PQcmdStatus(const_cast<PGresult *>(result))) == "COMMIT";
        if (!m_committed)
            break;
        summary().committed = true;
        summary().transactionId = m_number;
        settle();
        break;
    case PGRES_TUPLES_OK:
        takeCommitted(result);
        break;
    default: // an error, already noted
        break;
    }
}

/// What is told behind COMMIT.
void WritingRun::takeCommitted(const PGresult *result)
{
    const QByteArray cell = PQgetvalue(result, 0, 0);
    if (QByteArrayView(PQfname(result, 0)) == "inventory")
        m_after = cell;
    else
        m_suspect = m_suspect || cell != "f";
}

void WritingRun::commitEnded()
{
    if (!m_committed) {
        if (!hasFailed())
            fail(writingLeftError("ROLLBACK"_ba, link()->place()));
        sendPhase(Phase::Rollback, closingText());
    } else if (!isBehindPooler()) {
        end(PQtransactionStatus(conn()) == PQTRANS_IDLE);
    } else if (!m_suspect && m_after && m_after == m_before) {
        sendPhase(Phase::Leave, "ROLLBACK"_ba);
    } else {
        end(false);
    }
}

void WritingRun::sendPhase(Phase phase, const QByteArray &sql)
{
    // Refused, it has not left: then it is not this phase's connection that broke.
    if (sendText(sql))
        m_phase = phase;
}

Error WritingRun::meaningOf(const Error &loss) const
{
    // Without a number nothing had been written.
    if (m_phase != Phase::Commit || m_committed || m_number.isEmpty())
        return loss;
    return commitUnknownError(m_number, loss);
}

void WritingRun::updateHeld(HeldState &held) const
{
    if (!isBehindPooler() && m_committed && m_after)
        readInventory(*m_after, found(), held);
}

} // namespace core

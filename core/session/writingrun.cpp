// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/writingrun.h"

#include "core/pq/pgerror.h"
#include "core/session/sessionerrors.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace core {

namespace {

const auto numberText = "SELECT pg_catalog.pg_current_xact_id_if_assigned()"_ba;

/// libpq knows no COPY in a pipeline, and only a text with that word in it can be one.
bool mayBeCopy(const Statement &statement)
{
    return statement.sql.toLower().contains("copy");
}

} // namespace

void WritingRun::start()
{
    const Result<QByteArray> text = writingOpening(spec(), sources().names);
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
    const bool isTheirs = m_phase == Phase::Statement || m_phase == Phase::LastStatement;
    if (!isTheirs && m_phase != Phase::Commit)
        return patience();
    if (spec().statementTimeout.count() == 0)
        return {};
    return spec().statementTimeout + patience();
}

bool WritingRun::wantsNotices() const
{
    return m_phase == Phase::Statement || m_phase == Phase::LastStatement
           || m_phase == Phase::Commit;
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
            statementEnded(runsWell());
        break;
    case Phase::LastStatement:
        if (result) {
            takeOfStatement(result.get());
        } else {
            m_lastRanWell = runsWell();
            m_phase = Phase::LastNumber;
        }
        break;
    case Phase::LastNumber:
        takeLastNumber(result.get());
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
    if (m_before.isEmpty()) {
        m_before = PQgetvalue(result, 0, 0);
        m_state = PQgetvalue(result, 0, 1);
        noteFound(m_before);
        return;
    }
    FrameFacts facts = frameFacts(result);
    facts.locksBefore = heldLocksOf(m_before);
    takeFacts(facts);
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
    } else if (m_phase == Phase::Number || m_phase == Phase::LastNumber) {
        sendPhase(Phase::Commit, commitMessage());
    } else if (statementIndex() + 1 < statementCount()) {
        sendStatements();
    } else {
        sendPhase(Phase::Number, numberText);
    }
}

void WritingRun::sendStatements()
{
    const int next = statementIndex() + 1;
    if (next + 1 == statementCount() && !mayBeCopy(spec().statements[std::size_t(next)])) {
        sendLastStatement();
        return;
    }
    m_phase = Phase::Statement;
    sendNextStatement();
}

/// The number costs no round trip then. It is a question like any other: whatever the statement did
/// to the transaction is seen behind it.
void WritingRun::sendLastStatement()
{
    m_phase = Phase::LastStatement;
    if (PQenterPipelineMode(conn()) == 0) {
        abandon(resultError(nullptr, conn(), link()->place()));
        return;
    }
    if (!sendNextStatement(false))
        return;
    if (!sendStatement({.sql = numberText}) || PQpipelineSync(conn()) == 0) {
        abandon(resultError(nullptr, conn(), link()->place()));
        return;
    }
    link()->flush();
}

void WritingRun::takeLastNumber(const PGresult *result)
{
    if (PQresultStatus(result) != PGRES_PIPELINE_SYNC) {
        takeNumber(result);
        return;
    }
    PQexitPipelineMode(conn());
    statementEnded(m_lastRanWell);
}

QByteArray WritingRun::commitMessage() const
{
    if (!isBehindPooler())
        return commitText(namedSettings());
    return m_suspect ? commitAndStay() : commitAndCheck(m_state, sources());
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
    if (!isBehindPooler()) {
        m_after = QByteArray(PQgetvalue(result, 0, 0));
        return;
    }
    const auto text = [result](int column) { return QByteArray(PQgetvalue(result, 0, column)); };
    m_isClean = text(0) == "1";
    setSources(withRow(sources(), text(1), text(2), text(3)));
}

void WritingRun::commitEnded()
{
    if (!m_committed) {
        if (!hasFailed())
            fail(writingLeftError("ROLLBACK"_ba, link()->place()));
        sendPhase(Phase::Rollback, closingText());
        return;
    }
    const bool isIdle = PQtransactionStatus(conn()) == PQTRANS_IDLE;
    end(isIdle && (m_isClean || !isBehindPooler()));
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

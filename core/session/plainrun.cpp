// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/session/plainrun.h"

#include "core/pq/pgerror.h"
#include "core/session/sessionerrors.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace core {

namespace {

/// What a living connection gets to answer the question whether it lives.
constexpr std::chrono::milliseconds answerTime = 3s;

RequestSpec withoutFrame(RequestSpec spec)
{
    spec.lockTimeout = 0ms; // not set by us, so not ours to explain
    spec.settings.clear();
    return spec;
}

} // namespace

PlainRun::PlainRun(Link *link, const RequestSpec &spec, const SessionConfig &config,
                   QObject *parent)
    : FrameRun(link, withoutFrame(spec), config, parent)
{
    m_limit.setSingleShot(true);
    // A coarse one may fire a second early, and what the server says then would not be explained.
    m_limit.setTimerType(Qt::PreciseTimer);
    connect(&m_limit, &QTimer::timeout, this, &FrameRun::stopWanted);
}

void PlainRun::start()
{
    m_before = PQtransactionStatus(conn());
    if (statementCount() == 0) {
        sendPhase(Phase::Question, ""_ba); // allowed everywhere, even in a failed transaction
        return;
    }
    if (m_before != PQTRANS_IDLE) {
        proceed();
        return;
    }
    QByteArray text = factsText();
    // As in the frames: the bytes of a database without an encoding are shown as bytes.
    if (QByteArrayView(PQparameterStatus(conn(), "server_encoding")) == "SQL_ASCII")
        text += ", pg_catalog.set_config('client_encoding', 'SQL_ASCII', false)";
    if (found().isEmpty())
        text += "; " + inventoryText();
    sendPhase(Phase::Question, text);
}

std::chrono::milliseconds PlainRun::silenceLimit() const
{
    if (statementCount() == 0)
        return std::min(patience(), answerTime);
    if (m_phase != Phase::Statement)
        return patience();
    if (spec().statementTimeout.count() == 0)
        return {};
    return spec().statementTimeout + patience();
}

void PlainRun::take(PgResultHandle result)
{
    switch (m_phase) {
    case Phase::Question:
        if (result)
            takeFacts(result.get());
        else if (maySend())
            proceed();
        break;
    case Phase::Statement:
        if (result)
            takeOfStatement(result.get());
        else
            statementEnded();
        break;
    case Phase::Number:
        if (!result) {
            if (maySend())
                proceed();
        } else if (PQresultStatus(result.get()) == PGRES_TUPLES_OK) {
            m_number = PQgetvalue(result.get(), 0, 0);
        }
        break;
    case Phase::Inventory:
        if (!result)
            end(true);
        else if (PQresultStatus(result.get()) == PGRES_TUPLES_OK)
            m_inventory = QByteArray(PQgetvalue(result.get(), 0, 0));
        break;
    }
}

void PlainRun::takeFacts(const PGresult *result)
{
    if (PQresultStatus(result) != PGRES_TUPLES_OK)
        return;
    if (QByteArrayView(PQfname(result, 0)) == "inventory") {
        noteFound(PQgetvalue(result, 0, 0));
        return;
    }
    const FrameFacts facts = frameFacts(result);
    noteFacts(facts);
    const QByteArray &wanted = spec().database;
    if (isShared(facts.backendPid))
        fail(plainNeedsDirectError(link()->place()));
    else if (!wanted.isEmpty() && facts.database != wanted)
        fail(otherDatabaseError(facts.database, wanted, link()->place()));
}

void PlainRun::proceed()
{
    if (hasFailed() || isCancelled() || statementIndex() + 1 >= statementCount()) {
        finish();
        return;
    }
    const Effect next = spec().statements[std::size_t(statementIndex() + 1)].effect;
    const bool asks = next == Effect::Commits && !std::exchange(m_numberAsked, false);
    if (asks && PQtransactionStatus(conn()) == PQTRANS_INTRANS) {
        m_numberAsked = true;
        sendPhase(Phase::Number, "SELECT pg_catalog.pg_current_xact_id_if_assigned()"_ba);
    } else {
        sendStatement();
    }
}

void PlainRun::sendStatement()
{
    m_before = PQtransactionStatus(conn());
    if (!sendNextStatement())
        return;
    m_phase = Phase::Statement;
    if (spec().statementTimeout.count() > 0)
        m_limit.start(spec().statementTimeout);
}

void PlainRun::statementEnded()
{
    m_limit.stop();
    noteTransaction();
    if (!hasFailed() && !isCancelled())
        finishStatement();
    // A cancel that came too late for what changes has changed nothing; rows it threw away are
    // missing.
    const bool last = statementIndex() + 1 >= statementCount();
    if (last && !hasFailed() && (!isCancelled() || effect() != Effect::Reads))
        settle();
    m_number.clear();
    if (maySend())
        proceed();
}

/// What the statement made of the transaction it found.
void PlainRun::noteTransaction()
{
    const PGTransactionStatusType now = PQtransactionStatus(conn());
    const bool inside = now == PQTRANS_INTRANS || now == PQTRANS_INERROR;
    const bool wasInside = m_before == PQTRANS_INTRANS || m_before == PQTRANS_INERROR;
    // COMMIT AND CHAIN: another one, though the status is the same.
    const bool chained = wasInside && inside && commandTag() == "COMMIT";
    if (inside != wasInside || chained) {
        m_changed = true;
        m_inTransaction = 0;
    } else if (inside && !hasFailed()) {
        ++m_inTransaction;
    }
    statementSummary().inTransaction = inside;
}

Effect PlainRun::effect() const
{
    return statementIndex() < 0 ? Effect::Reads
                                : spec().statements[std::size_t(statementIndex())].effect;
}

void PlainRun::sendPhase(Phase phase, const QByteArray &sql)
{
    if (sendText(sql))
        m_phase = phase;
}

void PlainRun::finish()
{
    m_limit.stop();
    const PGTransactionStatusType status = PQtransactionStatus(conn());
    if (status == PQTRANS_IDLE && statementIndex() >= 0)
        sendPhase(Phase::Inventory, inventoryText(namedSettings()));
    else
        end(status == PQTRANS_IDLE || status == PQTRANS_INTRANS || status == PQTRANS_INERROR);
}

Error PlainRun::meaningOf(const Error &loss) const
{
    if (m_phase != Phase::Statement)
        return loss;
    // Inside a transaction it went with it, and in autocommit it may have been the last thing done.
    if (m_before == PQTRANS_IDLE)
        return effect() == Effect::Reads ? loss : effectUnknownError(loss);
    if (m_before == PQTRANS_INTRANS && effect() == Effect::Commits && !m_number.isEmpty())
        return commitUnknownError(m_number, loss);
    return loss;
}

void PlainRun::updateHeld(HeldState &held) const
{
    if (m_inventory)
        readInventory(*m_inventory, found(), held);
    const PGTransactionStatusType status = PQtransactionStatus(conn());
    if (m_changed || status == PQTRANS_IDLE) {
        held.number = TransactionNumber::None;
        held.since = {};
        held.statements = 0;
    }
    held.statements += m_inTransaction;
    switch (status) {
    case PQTRANS_INTRANS:
        held.transaction = HeldState::Transaction::Open;
        break;
    case PQTRANS_INERROR:
        held.transaction = HeldState::Transaction::Failed;
        break;
    default:
        held.transaction = HeldState::Transaction::None;
        return;
    }
    if (held.number == TransactionNumber::None) {
        held.number = newTransactionNumber();
        held.since = QDateTime::currentDateTimeUtc();
    }
}

} // namespace core
